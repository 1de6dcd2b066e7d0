"""The power spectrum of a picture at its sharpest places, to which models of a blur are fitted. Imports no torch.

One window of a picture says little about its blur: it may show something soft. So for each direction only the sharpest
windows are used, since a blur shows itself at edges.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from zssr_studio.engine.damage import LUMA, ColouredNoise
from zssr_studio.jpeg_tables import BLOCK_PX

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from zssr_studio.engine.damage import Noise

    Array = NDArray[np.float64]

Floating = TypeVar("Floating", bound=np.floating)

# The windows, their overlap, and the directions that are told apart (sectors of 22.5 degrees). Chosen; no comparison
# with other sizes was kept.
WINDOW_PX = 32
HALF_PX = WINDOW_PX // 2 + 1
HOP_PX = WINDOW_PX // 4
SECTORS = 8
# The windows that count: of the half with the most contrast, the sharper half. The sharpest windows of each direction
# in the place of all took the error of the variance from 0.36 to 0.35 HR pixels squared (docs/lab, "The blur"); no
# comparison with other shares was kept.
CONTRAST_SHARE = SHARP_SHARE = 0.5
# The power of a scene falls as the frequency to the power of minus this: about 2 in the mean of natural pictures (Field
# 1987), between 2 and 3 for most. Chosen; no comparison was kept. What it is off in the mean is part of the bias that
# `kernel_estimate` takes off.
SCENE_EXPONENT = 2.4
# Cycles per pixel. Below the first the window is too short. Contrast is measured up to the second and sharpness from
# the third on. Chosen; no comparison was kept.
LEAST_FREQUENCY, LOW_FREQUENCY, HIGH_FREQUENCY = 0.05, 0.16, 0.25
NYQUIST = 0.5
# A uniform error of one interval of 8 bits.
ROUNDING_VARIANCE = 1 / 12 / 255**2
# Bounds the time of an estimate; chosen.
MAX_WINDOWS = 4000
# Ratio of the power of a picture to that of its noise from which a blur can be measured, and the same against rounding
# for each direction. Chosen, so that drawn patterns are refused (tests/unit/estimation/test_kernel_estimate.py).
LEAST_SIGNAL_TO_NOISE = 4
# Of a larger picture the middle is used. Chosen, to bound time and memory.
MAX_SIDE_PX = 2048


def luma(pixels: NDArray[np.float32]) -> Array:
    """Return the brightness of pixels (H, W, C), or of the middle of many, shape (h, w), float64."""
    weights = LUMA if pixels.shape[2] == 3 else (1.0,)
    brightness: Array = middle(pixels, MAX_SIDE_PX).astype(np.float64) @ np.array(weights)
    return brightness


def middle(values: NDArray[Floating], side_px: int) -> NDArray[Floating]:
    """Return the middle of an array (H, W, ...), of so many rows and columns at most."""
    top, left = (max(0, size - side_px) // 2 for size in values.shape[:2])
    return values[top : top + side_px, left : left + side_px]


@dataclass(frozen=True, slots=True, eq=False)
class Aliases:
    """Frequencies of a sampled picture, each with the eight nearest of the scene that alias to it.

    Parameters
    ----------
    rows, columns, radius : ndarray, shape (9, ...)
        Vertical and horizontal frequency in cycles per pixel, and both together.
    scene_power : ndarray, shape (9, ...)
        Power of a scene at them, by the power law.
    """

    rows: Array
    columns: Array
    radius: Array
    scene_power: Array

    @classmethod
    def at(cls, rows: Array, columns: Array) -> Aliases:
        """Return the aliases of frequencies of the picture, in cycles per pixel."""
        shifts = list(itertools.product((-1, 0, 1), repeat=2))
        down, right = (np.stack([own + shift[axis] for shift in shifts]) for axis, own in enumerate((rows, columns)))
        squares = down**2 + right**2
        return cls(down, right, np.sqrt(squares), (squares + 1e-4) ** (-SCENE_EXPONENT / 2))


def count_of_windows(size: tuple[int, ...], hop: int = HOP_PX) -> int:
    """Count the windows of a picture of a size in pixels, one after each so many."""
    return math.prod(max(0, (side - WINDOW_PX) // hop + 1) for side in size)


def windows(brightness: Array) -> tuple[Array, NDArray[np.intp]]:
    """Cut a brightness into overlapping windows.

    Parameters
    ----------
    brightness : ndarray, shape (H, W), float64, nominally in [0, 1]

    Returns
    -------
    powers : ndarray, shape (n, 17, 32)
        Power spectra of the windows at the vertical frequencies that are not negative, since those of real values are
        symmetric; white noise of variance v has power v. None for a picture smaller than a window.
    places : ndarray, shape (n, 2)
        Where the windows begin, row before column.
    """
    if min(brightness.shape) < WINDOW_PX:
        return np.empty((0, HALF_PX, WINDOW_PX)), np.empty((0, 2), np.intp)
    hop = HOP_PX
    while count_of_windows(brightness.shape, hop) > MAX_WINDOWS:
        hop += HOP_PX
    every = np.lib.stride_tricks.sliding_window_view(brightness, (WINDOW_PX, WINDOW_PX))[::hop, ::hop]
    places = np.argwhere(np.ones(every.shape[:2], bool)) * hop
    parts = every.reshape(-1, WINDOW_PX, WINDOW_PX)
    parts = parts - np.tensordot(parts, _TAPER**2)[:, None, None]
    spectra = np.fft.rfftn(parts * _TAPER, axes=(2, 1))
    return spectra.real**2 + spectra.imag**2, places


@dataclass(frozen=True, slots=True, eq=False)
class NoiseFloor:
    """The power of a picture's noise at the frequencies of a window.

    Parameters
    ----------
    level : float
        Its mean over the frequencies in `USED`.
    shape : ndarray, shape (32, 32)
        The power over its mean; white noise has 1 everywhere.
    """

    level: float
    shape: Array

    @classmethod
    def of(cls, noise: Noise | ColouredNoise | None) -> NoiseFloor:
        """Return that of a noise, and at least that of rounding."""
        if isinstance(noise, ColouredNoise):
            return cls._coloured(noise)
        variance = 0.0 if noise is None else noise.luma_std() ** 2
        return cls(max(variance, ROUNDING_VARIANCE), np.ones((WINDOW_PX, WINDOW_PX)))

    @classmethod
    def _coloured(cls, noise: ColouredNoise) -> NoiseFloor:
        # The frequencies of a window of 32 pixels, and those of the DCT of 8 that are nearest to them.
        nearest = np.minimum(np.rint(2 * BLOCK_PX * np.abs(np.fft.fftfreq(WINDOW_PX))), BLOCK_PX - 1).astype(np.intp)
        power = np.array(noise.power[0]).reshape(BLOCK_PX, BLOCK_PX)[np.ix_(nearest, nearest)]
        power = np.maximum(power * float(np.mean(np.square(noise.gains))), ROUNDING_VARIANCE)
        level = float(power[USED].mean())
        return cls(level, power / level)


def is_informative(powers: Array, noise_power: float) -> bool:
    """Whether windows show more than noise, and low frequencies in each direction, as drawn stripes do not.

    Parameters
    ----------
    powers : ndarray, shape (n, 17, 32)
    noise_power : float
    """
    mean = powers.mean(axis=0)
    least = min((mean * where).sum() for where in _LOW)
    shows_more = mean[_USED].mean() > LEAST_SIGNAL_TO_NOISE * noise_power
    return bool(shows_more and least > LEAST_SIGNAL_TO_NOISE * ROUNDING_VARIANCE)


def has_contrast(powers: Array) -> bool:
    """Whether any window (n, 17, 32) shows something in each direction, as none does in clipped black."""
    return bool((_means(powers, _LOW).max(axis=0) >= np.finfo(float).tiny).all())


def _means(powers: Array, where: Array) -> Array:
    """Mean power of each window at some frequencies of each direction: shape (n, directions)."""
    means: Array = np.tensordot(powers, where, ((1, 2), (1, 2)))
    return means


def sharpest_spectrum(powers: Array, floor: NoiseFloor) -> Array:
    """Average the sharpest windows of each direction.

    Parameters
    ----------
    powers : ndarray, shape (n, 17, 32)
        Such as `has_contrast`.
    floor : NoiseFloor

    Returns
    -------
    ndarray, shape (m,)
        Logarithm of their mean power at the frequencies in `USED`.
    """
    spectrum = np.zeros(powers.shape[1:])
    noise_powers = _means(floor.shape[None, :HALF_PX], _HIGH)[0] * floor.level
    for inside, low, high, noise_power in zip(
        _INSIDE, _means(powers, _LOW).T, _means(powers, _HIGH).T, noise_powers, strict=True
    ):
        contrasted = low >= max(float(np.quantile(low, 1 - CONTRAST_SHARE)), np.finfo(float).tiny)
        sharpness = np.where(contrasted, (high - noise_power).clip(0) / np.maximum(low, np.finfo(float).tiny), 0)
        chosen = contrasted & (sharpness >= np.quantile(sharpness, 1 - CONTRAST_SHARE * SHARP_SHARE))
        # Each window counts alike, whatever its contrast.
        weights = 1 / low[chosen] / np.count_nonzero(chosen)
        spectrum[inside] = np.tensordot(weights, powers[chosen], 1)[inside] * np.median(low[chosen])
    measured: Array = np.log(np.maximum(spectrum[_USED], np.finfo(float).tiny))
    return measured


def aliased_power(power_transfer: Callable[[Aliases], Array], frequencies: Aliases) -> Array:
    """Power of a blurred and sampled scene.

    Parameters
    ----------
    power_transfer : callable
        Squared transfer function of the blur at frequencies and their aliases, shape (9, ...).
    frequencies : Aliases
        Those of the sampled picture at which the power is wanted.
    """
    power: Array = np.einsum("a...,a...->...", power_transfer(frequencies), frequencies.scene_power)
    return power


def gaussian_power_transfer(covariance: Array, frequencies: Aliases) -> Array:
    """Squared transfer function of a Gaussian of row-row, row-column and column-column variance in pixels squared."""
    rows, columns = frequencies.rows, frequencies.columns
    variance = covariance[0] * rows**2 + 2 * covariance[1] * rows * columns + covariance[2] * columns**2
    # The bounds keep the exponential finite while a fit tries variances that are far off.
    transfer: Array = np.exp(-4 * math.pi**2 * variance.clip(-2, 50))
    return transfer


def _taper() -> Array:
    hann = np.hanning(WINDOW_PX + 2)[1:-1]
    taper = np.outer(hann, hann)
    # White noise of variance v has power v.
    unit: Array = taper / np.sqrt((taper**2).sum())
    return unit


_TAPER = _taper()
ROWS, COLUMNS = np.meshgrid(np.fft.fftfreq(WINDOW_PX), np.fft.fftfreq(WINDOW_PX), indexing="ij")
RADIUS = np.hypot(ROWS, COLUMNS)
SECTOR = np.floor(np.mod(np.arctan2(ROWS, COLUMNS), np.pi) / np.pi * SECTORS + 0.5).astype(int) % SECTORS
# The spectrum of a real picture is symmetric, so that one half of it holds all.
USED = ((ROWS > 0) | ((ROWS == 0) & (COLUMNS > 0))) & (RADIUS > LEAST_FREQUENCY) & (RADIUS <= NYQUIST)
# One half of the spectrum of real values holds all, and is all that is kept of a window.
_USED = USED[:HALF_PX]
_INSIDE = [_USED & (SECTOR[:HALF_PX] == sector) for sector in range(SECTORS)]
# What powers are multiplied by to give the mean at the low and at the high frequencies of each direction.
_LOW, _HIGH = (
    np.stack([(inside & some[:HALF_PX]) / np.count_nonzero(inside & some[:HALF_PX]) for inside in _INSIDE])
    for some in (RADIUS < LOW_FREQUENCY, RADIUS > HIGH_FREQUENCY)
)
HALF_FREQUENCIES, USED_FREQUENCIES = (Aliases.at(ROWS[which], COLUMNS[which]) for which in (np.s_[:HALF_PX], USED))
ROUNDING_FLOOR = NoiseFloor.of(None)
