"""Compression is found by the borders of its blocks, after a crop and after the tones were changed."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from skimage import data

from zssr_studio.engine.estimation.compression.block_borders import quality_of_borders
from zssr_studio.engine.estimation.compression.jpeg import find_tables
from zssr_studio.engine.estimation.inspection import find_damage

CROP_ROWS, CROP_COLUMNS = 3, 5
GAMMA = 0.85


def photo() -> Image.Image:
    """A sharp photo that was never a JPEG of this size."""
    image = Image.fromarray(data.astronaut())
    return image.resize((image.width // 2, image.height // 2), Image.Resampling.BICUBIC)


def compressed(image: Image.Image, quality: int) -> np.ndarray:
    """Compressed, cropped so that blocks begin elsewhere, and toned so that no value is what the JPEG held."""
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=quality, subsampling=2)
    with Image.open(io.BytesIO(kept.getvalue())) as opened:
        pixels = np.asarray(opened.convert("RGB"), np.float64)[CROP_ROWS:, CROP_COLUMNS:] / 255
    return (np.rint(255 * pixels**GAMMA) / 255).astype(np.float32)


def plane(pixels: np.ndarray) -> np.ndarray:
    return 255 * pixels.mean(axis=2, dtype=np.float64) - 128


@pytest.mark.parametrize("quality", [50, 70, 85, 90])
def test_the_quality_is_found_after_a_crop_and_toning(quality):
    assert quality_of_borders(plane(compressed(photo(), quality))) == pytest.approx(quality, abs=7)


def test_it_is_part_of_what_is_found():
    assert find_damage(compressed(photo(), 70)).jpeg.quality == pytest.approx(70, abs=7)


@pytest.mark.parametrize(
    "pixels",
    [
        np.asarray(photo(), np.float32) / 255,
        np.asarray(photo().resize((400, 400), Image.Resampling.BICUBIC), np.float32) / 255,
        np.full((256, 256, 3), 0.5, np.float32),
        np.zeros((20, 400, 3), np.float32),
    ],
    ids=["sharp", "enlarged", "even", "narrow"],
)
def test_what_was_never_compressed_has_no_borders(pixels):
    assert quality_of_borders(plane(pixels)) is None
    assert find_tables(pixels) is None


def test_noise_is_no_compression():
    noise = np.random.default_rng(5).normal(0.5, 0.05, (256, 256, 3))
    assert quality_of_borders(plane(noise)) is None
