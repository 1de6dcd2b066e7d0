"""A blur under noise: measured on the picture without its noise, whatever it is, white, coarse, gray or in colour."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter
from skimage import data

from zssr_studio.engine.damage import ColouredNoise, Noise
from zssr_studio.engine.estimation.inspection import find_damage
from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel
from zssr_studio.engine.estimation.noise.cleaning import MAX_SIDE_PX, cleaned
from zssr_studio.engine.estimation.noise.white import estimate_noise
from zssr_studio.engine.kernels.estimate import Finding

SCALE = (2.0, 2.0)
# Deviation of the noise: some 8 of 255.
STD = 0.03


def photo(sigma_px: float) -> np.ndarray:
    """A photo at half its size behind a soft lens, shape (256, 256, 3); the lens in pixels of the large one."""
    large = data.astronaut().astype(np.float64) / 255
    return gaussian_filter(gaussian_filter(large, (sigma_px, sigma_px, 0)), (0.6, 0.6, 0))[::2, ::2]


def noise(shape: tuple[int, ...], grain_px: float) -> np.ndarray:
    """Noise that all channels share, and neighbours as far as the grain goes."""
    rows, columns, _ = shape
    field = np.random.default_rng(5).standard_normal((rows, columns))
    field = gaussian_filter(field, grain_px) if grain_px else field
    return STD * (field / field.std())[:, :, None]


def eight_bits(pixels: np.ndarray) -> np.ndarray:
    return (np.rint(255 * pixels.clip(0, 1)) / 255).astype(np.float32)


@pytest.mark.parametrize("grain_px", [0.0, 0.5, 0.8])
def test_a_blur_under_grain_is_found(grain_px):
    soft = photo(2.0)
    seen = eight_bits(soft + noise(soft.shape, grain_px))
    found = estimate_kernel(seen, SCALE, find_damage(seen))
    assert found.finding is Finding.GAUSSIAN
    without = estimate_kernel(eight_bits(soft), SCALE)
    assert np.mean(found.lengths_px) == pytest.approx(np.mean(without.lengths_px), rel=0.2)


@pytest.mark.parametrize("grain_px", [0.0, 0.5])
def test_a_sharp_picture_under_grain_keeps_bicubic(grain_px):
    sharp = photo(0.0)
    seen = eight_bits(sharp + noise(sharp.shape, grain_px))
    found = estimate_kernel(seen, SCALE, find_damage(seen))
    assert found.kernel is None


@pytest.mark.parametrize("grain_px", [0.0, 0.6])
def test_noise_is_taken_off_and_edges_stay(grain_px):
    plain = np.kron(np.random.default_rng(1).random((8, 6)), np.ones((24, 40)))
    seen = plain + noise((*plain.shape, 1), grain_px)[:, :, 0]
    found = find_damage(eight_bits(np.repeat(seen[:, :, None], 3, axis=2))).noise
    clean = cleaned(seen, found)
    assert clean.shape == plain.shape
    assert np.sqrt(np.mean((clean - plain) ** 2)) < 0.6 * STD
    steep = np.abs(np.diff(plain, axis=1)) > 0.3
    assert np.abs(np.diff(clean, axis=1))[steep].mean() > 0.9 * np.abs(np.diff(plain, axis=1))[steep].mean()


def test_noise_that_grows_with_the_light_is_taken_off_where_it_is():
    plain = np.where(np.arange(256) < 128, 0.2, 0.8) * np.ones((128, 1))
    rng = np.random.default_rng(2)
    clean = cleaned(plain + 0.05 * plain * rng.standard_normal(plain.shape), Noise((0.0,) * 3, (0.087,) * 3))
    dark, bright = clean[:, 10:110], clean[:, 140:240]
    assert dark.std() < 0.01 * 0.5
    assert bright.std() < 0.04 * 0.5
    # Black has none at all.
    assert not cleaned(np.zeros((40, 40)), Noise((0.0,) * 3, (0.087,) * 3)).any()


def test_of_a_large_picture_the_middle_is_cleaned():
    plain = np.zeros((MAX_SIDE_PX + 100, 64))
    plain[50] = 1.0
    clean = cleaned(plain, Noise.even(0.01, 1))
    assert clean.shape == (MAX_SIDE_PX, 64)
    assert clean[0].mean() == pytest.approx(1.0, abs=0.05)


def test_a_gray_picture_saved_in_colour_has_the_noise_of_the_gray_one():
    gray = photo(1.2)[:, :, 1:2]
    for grain_px in (0.0, 0.6):
        seen = eight_bits(gray + noise(gray.shape, grain_px))
        own, saved = find_damage(seen).noise, find_damage(np.repeat(seen, 3, axis=2)).noise
        assert isinstance(saved, ColouredNoise)
        assert own.luma_std() == pytest.approx(STD, rel=0.25)
        assert saved.luma_std() == pytest.approx(own.luma_std(), rel=1e-6)
        # None in the colours, so that all channels of the sons get the same.
        assert saved.mean_std() == pytest.approx(saved.luma_std(), rel=1e-6)


def test_a_toned_picture_has_all_of_the_noise_of_its_brightness():
    gray = photo(1.2)[:, :, 1:2]
    seen = gray + noise(gray.shape, 0.0)
    toned = eight_bits(seen * np.array([1.0, 0.9, 0.75]))
    share = float(np.array([0.299, 0.587, 0.114]) @ np.array([1.0, 0.9, 0.75]))
    assert find_damage(toned).noise.luma_std() == pytest.approx(share * STD, rel=0.2)


def test_channels_that_are_all_the_same_are_no_fault():
    ramp = np.linspace(0.3, 0.7, 400) * np.ones((300, 1))
    seen = eight_bits(np.repeat((ramp[:, :, None] + noise((*ramp.shape, 1), 0.9)), 3, axis=2))
    assert estimate_noise(seen) is None or estimate_noise(seen).luma_std() < STD
