"""PSNR and SSIM against the field's own reckoning, which scikit-image and numpy do here in the plainest way."""

from __future__ import annotations

import math

import numpy as np
import pytest
from skimage.metrics import structural_similarity

from tests import piece_of_sample
from zssr_studio.engine.psnr_ssim import psnr_ssim
from zssr_studio.imaging.read import read_picture


def by_the_protocol(a: np.ndarray, b: np.ndarray, border: int) -> tuple[float, float]:
    """What the tables' script computes: luma in 16..235 of 8-bit values, without the border."""
    lumas = []
    for pixels in (a, b):
        rgb = np.broadcast_to(np.rint(pixels.astype(np.float64) * 255) / 255, (*pixels.shape[:2], 3))
        y = rgb @ np.array([65.481, 128.553, 24.966]) + 16
        lumas.append(y[border:-border, border:-border] if border else y)
    one, other = lumas
    ssim = structural_similarity(
        one, other, data_range=255, gaussian_weights=True, sigma=1.5, use_sample_covariance=False
    )
    return 10 * math.log10(255**2 / np.mean((one - other) ** 2)), ssim


def as_in_a_file(pixels: np.ndarray) -> np.ndarray:
    """Values of 8 bits, so that no rounding is left to differ in."""
    return np.rint(pixels * 255).astype(np.uint8).astype(np.float32) / np.float32(255)


@pytest.mark.parametrize(("size", "border"), [((40, 61), 0), ((300, 57), 2), ((700, 33), 3)])
@pytest.mark.parametrize("channels", [1, 3])
def test_agrees_with_the_protocol(size, border, channels):
    rng = np.random.default_rng(size[0])
    truth = as_in_a_file(rng.random((*size, channels), dtype=np.float32))
    picture = as_in_a_file((truth + rng.normal(0, 0.05, truth.shape).astype(np.float32)).clip(0, 1))
    psnr, ssim = by_the_protocol(picture, truth, border)
    found = psnr_ssim(picture, truth, border)
    assert found.psnr_db == pytest.approx(psnr, abs=1e-9)
    assert found.ssim == pytest.approx(ssim, abs=1e-9)


def test_agrees_with_the_protocol_on_a_photo(tmp_path):
    truth = read_picture(piece_of_sample(tmp_path / "photo.png", (120, 60, 280, 150))).pixels
    blurred = as_in_a_file((truth + np.roll(truth, 1, axis=1)) / 2)
    psnr, ssim = by_the_protocol(blurred, truth, 2)
    found = psnr_ssim(blurred, truth, 2)
    assert (found.psnr_db, found.ssim) == (pytest.approx(psnr, abs=1e-9), pytest.approx(ssim, abs=1e-9))


def test_equal_pictures_and_tiny_ones():
    truth = np.random.default_rng(0).random((30, 20, 3), dtype=np.float32)
    same = psnr_ssim(truth, truth, 2)
    assert (same.psnr_db, same.ssim) == (math.inf, pytest.approx(1))
    tiny = psnr_ssim(truth[:4, :4] / 2, truth[:4, :4], 4)
    assert math.isfinite(tiny.psnr_db)
    assert tiny.ssim is None


def test_other_sizes_are_an_error():
    with pytest.raises(ValueError, match="cannot be compared"):
        psnr_ssim(np.zeros((4, 5, 3), np.float32), np.zeros((5, 4, 3), np.float32), 0)
