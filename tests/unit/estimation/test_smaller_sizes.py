"""Lines and discs that a picture's own size hides: found in the picture made smaller."""

from __future__ import annotations

import io
import re

import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import convolve
from skimage import data

from zssr_studio.engine.estimation.inspection import find_damage
from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel
from zssr_studio.engine.estimation.smaller_sizes import find_in_smaller_sizes
from zssr_studio.engine.kernels.estimate import Finding
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.imaging.read import read_picture
from zssr_studio.words.seen import kernel_seen

SCALE = (2.0, 2.0)


def photo(name: str) -> np.ndarray:
    return getattr(data, name)()[..., :3].astype(np.float32) / 255


def blurred(pixels: np.ndarray, shape: str) -> np.ndarray:
    """Blur as a lens or a hand does, and round to 8 bits."""
    taps = Shape.parse(shape).kernel((1.0, 1.0)).taps.astype(np.float32)
    moved = np.stack([convolve(plane, taps, mode="reflect") for plane in np.moveaxis(pixels, 2, 0)], axis=-1)
    return np.round(moved.clip(0, 1) * 255).astype(np.uint8)


@pytest.mark.parametrize(("shape", "length_px"), [("motion:24,30", 24), ("motion:36,100", 36), ("disc:9", 9)])
def test_a_jpeg_that_is_blurred_so_far_that_it_passes_for_sharp_is_told_its_blur(tmp_path, shape, length_px):
    file = tmp_path / "blurred.jpg"
    Image.fromarray(blurred(photo("astronaut"), shape)).save(file, quality=85)
    picture = read_picture(file)
    made = Shape.parse(shape)
    found = estimate_kernel(picture.pixels, SCALE, find_damage(picture.pixels, picture.jpeg))
    assert found.finding is (Finding.DEFOCUS if made.family == "disc" else Finding.MOTION)
    # A kernel has no longer line than 60 pixels of the result.
    assert found.lengths_px[0] / SCALE[0] == pytest.approx(min(length_px, 30), rel=0.08)
    if made.family == "motion":
        assert found.angle_deg == pytest.approx(made.values[1], abs=5)


@pytest.mark.parametrize("name", ["astronaut", "coffee", "chelsea"])
@pytest.mark.parametrize("shape", ["disc:3", "motion:8,120"])
def test_a_jpeg_that_is_a_few_pixels_out_of_focus_or_shaken_is_not_taken_for_one_under_a_gaussian(
    tmp_path, name, shape
):
    file = tmp_path / "blurred.jpg"
    Image.fromarray(blurred(photo(name), shape)).save(file, quality=88)
    picture = read_picture(file)
    made = Shape.parse(shape)
    found = estimate_kernel(picture.pixels, SCALE, find_damage(picture.pixels, picture.jpeg))
    assert found.finding is (Finding.DEFOCUS if made.family == "disc" else Finding.MOTION)
    assert found.lengths_px[0] / SCALE[0] == pytest.approx(made.values[0], rel=0.06)


@pytest.mark.parametrize("shape", ["gaussian:1.5", "gaussian:2.2,1.2,40"])
def test_a_jpeg_under_a_gaussian_is_not_taken_for_out_of_focus_or_shaken(tmp_path, shape):
    file = tmp_path / "blurred.jpg"
    Image.fromarray(blurred(photo("astronaut"), shape)).save(file, quality=88)
    picture = read_picture(file)
    found = estimate_kernel(picture.pixels, SCALE, find_damage(picture.pixels, picture.jpeg))
    assert found.finding is Finding.GAUSSIAN


SHARP = (
    *("astronaut", "brick", "camera", "chelsea", "coffee", "coins"),
    *("grass", "gravel", "moon", "page", "rocket", "text"),
)


@pytest.mark.parametrize("name", SHARP)
def test_in_a_picture_that_is_not_blurred_so_none_is_found(name):
    pixels = getattr(data, name)()
    brightness = (pixels if pixels.ndim == 2 else pixels.mean(axis=2)).astype(np.float64) / 255
    assert find_in_smaller_sizes(brightness, is_blurred=True) is None


@pytest.mark.parametrize("shape", ["motion:24,30", "motion:8,120", "disc:3"])
def test_of_a_picture_that_is_blurred_in_one_half_only_nothing_is_undone(shape):
    pixels = photo("astronaut")
    half = blurred(pixels, shape)
    half[:, :256] = np.round(255 * pixels[:, :256])
    assert find_in_smaller_sizes(half.mean(axis=2) / 255, is_blurred=True) is None


def test_a_picture_too_small_to_be_made_smaller_tells_nothing():
    assert find_in_smaller_sizes(np.random.default_rng(0).uniform(size=(60, 90))) is None


def test_what_is_seen_is_told_in_pixels_of_the_picture():
    content = io.BytesIO()
    Image.fromarray(blurred(photo("astronaut"), "motion:24,30")).save(content, "PNG")
    pixels = np.asarray(Image.open(content), np.float32) / 255
    told = re.fullmatch(r"Shaken, about ([\d.]+) pixels", kernel_seen(estimate_kernel(pixels, SCALE), SCALE))
    assert told is not None
    assert float(told[1]) == pytest.approx(24, abs=1.5)
