"""How much a picture was sharpened, and the kernel that undoes it."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import gaussian_filter
from skimage import data

from zssr_studio.engine.damage import Damage
from zssr_studio.engine.estimation.edges.sharpening import (
    MOST_AMOUNT,
    RADIUS_PX,
    estimate_sharpening,
)
from zssr_studio.engine.estimation.inspection import find_damage
from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel
from zssr_studio.engine.estimation.spectrum import luma
from zssr_studio.engine.kernels.estimate import Finding
from zssr_studio.engine.kernels.shapes import bicubic_kernel, sharpened_bicubic_kernel
from zssr_studio.jpeg_tables import JpegTables
from zssr_studio.kernel_choice import kernel_named

QUALITY = 90
DOUBLE = (2.0, 2.0)


def web_picture(amount: float) -> np.ndarray:
    """A photo that was made small, sharpened and compressed."""
    photo = Image.fromarray(data.rocket())
    small = np.asarray(photo.resize((photo.width // 2, photo.height // 2), Image.Resampling.BICUBIC), np.float64)
    sharp = small + amount * (small - gaussian_filter(small, (RADIUS_PX, RADIUS_PX, 0)))
    file = io.BytesIO()
    Image.fromarray(np.rint(sharp.clip(0, 255)).astype(np.uint8)).save(file, "JPEG", quality=QUALITY)
    with Image.open(file) as image:
        return np.asarray(image, np.float32) / 255


def test_more_sharpening_is_found_as_more():
    found = [estimate_sharpening(luma(web_picture(amount))) for amount in (0.0, 0.2, 0.4, 0.6)]
    assert found == sorted(found)
    assert found[0] < 0.25
    assert found[-1] - found[0] > 0.2
    assert max(found) <= MOST_AMOUNT


@pytest.mark.parametrize(
    "pixels", [np.full((90, 90), 0.5), np.zeros((10, 200)), np.random.default_rng(0).random((90, 90))]
)
def test_what_has_no_edges_was_not_sharpened(pixels):
    assert estimate_sharpening(pixels) == 0


def test_a_sharpened_jpeg_gets_the_kernel_of_it_and_another_file_does_not():
    damage = Damage(jpeg=JpegTables.of_quality(QUALITY))
    found = estimate_kernel(web_picture(0.5), DOUBLE, damage)
    assert found.finding is Finding.SHARPENED
    assert found.sharpening > 0.2
    assert found.sure
    # What a run prints of it is what --kernel reads, to the two decimals that are printed.
    assert kernel_named(found.kernel.name, DOUBLE).taps == pytest.approx(found.kernel.taps, abs=2e-3)
    assert estimate_kernel(web_picture(0.5), DOUBLE).finding is Finding.AS_SHARP_AS_DOWNSCALED


@pytest.mark.parametrize("scale", [(2.0, 2.0), (1.5, 3.0), (8.0, 8.0)])
def test_the_kernel_sharpens_and_keeps_the_mean(scale):
    kernel, plain = sharpened_bicubic_kernel(0.4, RADIUS_PX, scale), bicubic_kernel(scale)
    assert kernel.taps.sum() == pytest.approx(1)
    assert max(kernel.taps.shape) <= 64
    assert np.abs(np.fft.fft2(kernel.taps, (64, 64))).max() > np.abs(np.fft.fft2(plain.taps, (64, 64))).max() + 0.1
    # It lies where the other does, so that nothing is shifted.
    offsets = [(n - 1) / 2 - centre for n, centre in zip(kernel.taps.shape, kernel.centre_of_mass, strict=True)]
    assert offsets == pytest.approx([0, 0], abs=1e-6)


def test_the_kernel_of_a_grainy_picture_is_no_wider_than_its_edges_allow():
    """A camera's sharpening makes edges steep, and the spectrum of its noise fall as under a wider blur."""
    photo = data.astronaut().astype(np.float64) / 255
    rng = np.random.default_rng(2)
    soft = gaussian_filter(photo, (2.2, 2.2, 0))[::2, ::2]
    grain = gaussian_filter(rng.normal(size=(*soft.shape[:2], 1)), (0.7, 0.7, 0)) * np.ones(3)
    grainy = soft + 0.01 * grain / grain.std()
    camera = grainy + 0.8 * (grainy - gaussian_filter(grainy, (RADIUS_PX, RADIUS_PX, 0)))
    widths_px = []
    for pixels in (grainy, camera):
        shown = (np.rint(255 * pixels.clip(0, 1)) / 255).astype(np.float32)
        estimate = estimate_kernel(shown, DOUBLE, find_damage(shown))
        assert estimate.finding is Finding.GAUSSIAN
        widths_px.append(np.mean(estimate.lengths_px))
    assert widths_px[1] < 0.95 * widths_px[0]
