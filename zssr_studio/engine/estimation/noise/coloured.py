"""Noise that neighbouring pixels share, estimated from the picture alone. Imports no torch.

Noise of real pictures is rarely white: grain has a size, demosaicing and sharpening spread what the sensor saw, a
scanner sees paper. So the smallest eigenvalues of patches (`white`) find next to nothing of it. Here blocks of the
picture are ordered by how much happens in them at low frequencies. Texture has high frequencies where it has low ones;
noise has them everywhere alike. What high frequencies are left in the calmest blocks, and hardly grows from there to
livelier ones, is noise (the blocks are chosen as Lebrun, Colom and Morel choose them in "The Noise Clinic", 2015).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.fft import dctn

from zssr_studio.engine.damage import HIGH_COEFFICIENTS, LOW_COEFFICIENTS, LUMA, ColouredNoise
from zssr_studio.jpeg_tables import BLOCK_PX

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Brightness, and the differences of blue and of red from it: what neighbours and channels share lies apart in these.
TO_COMPONENTS: Array = np.array([LUMA, np.array([0, 0, 1]) - LUMA, np.array([1, 0, 0]) - LUMA])
HOP_PX = 3
MAX_BLOCKS, LEAST_BLOCKS = 20_000, 300
# Near black and white values are cut off, and noise with them.
DARKEST, BRIGHTEST = 0.04, 0.96
# Shares of the blocks, from the calmest on: groups whose high frequencies are compared, and those that the noise's
# power is taken from.
GROUPS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5)
LOWEST_GROUPS, CALM_GROUPS = 5, 3
# A picture is noisy where this stays below the limit: by which power of the low frequencies the high ones grow, half
# the coefficient of variation of their energy in a group, and how flat the noise's spectrum is. Of 39
# sharp pictures it took one for noisy, and of 60 noisy ones it missed six, in which texture is everywhere (docs/lab,
# "Coloured noise").
VARIATION_WEIGHT, FLATNESS_WEIGHT, USUAL_FALL = 0.5, 0.05, -15.0
MAX_TEXTURE = 0.84
# Or where the high frequencies hardly grow with the low ones and the spectrum does not fall as that of a scene does: a
# printing screen, or white noise. Of 39 sharp pictures two grow so little, and their spectra fall by 9 and 10.
MAX_GROWTH_OF_A_SCREEN, LEAST_FALL_OF_A_SCREEN = 0.3, -6.0
# Rounding to 8 bits alone is 0.0011; weaker noise is not seen in the result.
LEAST_STD = 0.005
# What is left of texture in calm blocks makes the spectrum fall too steeply: true falls were about 0.8 of those that
# were measured in 68 made pictures.
FALL_SHARE = 0.8
# The power that is measured at middle frequencies may exceed a Gaussian's by this; more is texture. Chosen.
MAX_OVER_GAUSSIAN = 1.25
LEVELS, CALM_OF_A_LEVEL = 5, 0.12
LEAST_GAIN, MOST_GAIN = 0.4, 1.8
# Sums of row and column of a coefficient: from the first on what is measured is taken as it is, up to the second none.
HIGH_FROM, LOW_UP_TO = 7, 3
# The median of the mean energy of the high coefficients of a block, over its mean. Chosen: white noise has 0.98, and
# coloured noise, of which fewer coefficients count, less.
MEDIAN_OF_MEAN = 0.94
TINY = 1e-12

_ROWS, _COLUMNS = np.indices((BLOCK_PX, BLOCK_PX)).reshape(2, -1)
_SQUARES: Array = (_ROWS**2 + _COLUMNS**2) / (2 * BLOCK_PX) ** 2
_FITTED = (_ROWS + _COLUMNS >= 4) & (_ROWS + _COLUMNS <= 12)
_LOW, _HIGH = np.array(LOW_COEFFICIENTS), np.array(HIGH_COEFFICIENTS)


@dataclass(frozen=True, slots=True, eq=False)
class _Blocks:
    """DCT coefficients of blocks, ordered from the calmest on.

    Parameters
    ----------
    energy : ndarray, shape (n, components, 64)
        Squared coefficients.
    values : ndarray, shape (n,)
        Mean brightness.
    low, high : ndarray, shape (n,)
        Mean energy of the brightness at low and at high frequencies.
    """

    energy: Array
    values: Array
    low: Array
    high: Array


def estimate_coloured_noise(pixels: NDArray[np.float32]) -> ColouredNoise | None:
    """Estimate the noise of a picture, with its spectrum and how it follows the brightness.

    Parameters
    ----------
    pixels : ndarray, shape (H, W, C), float32, in [0, 1]

    Returns
    -------
    ColouredNoise or None
        None where there is none to speak of, or what there is may be texture.
    """
    blocks = _blocks_of(pixels)
    if blocks is None:
        return None
    edges = [round(share * len(blocks.low)) for share in GROUPS]
    groups = [slice(start, stop) for start, stop in pairwise(edges)]
    low, high = (np.array([values[group].mean() for group in groups]) for values in (blocks.low, blocks.high))
    calm = slice(0, edges[CALM_GROUPS])
    power = blocks.energy[calm].mean(axis=0)
    if low.min() < TINY or high.min() < TINY or power.min() < TINY**2:
        return None
    falls = [_gaussian_fit(component) for component in power]
    growth = float(np.polyfit(np.log(low), np.log(high), 1)[0])
    variation = np.mean([blocks.high[group].std() / blocks.high[group].mean() for group in groups[:LOWEST_GROUPS]])
    texture = growth + VARIATION_WEIGHT * variation + FLATNESS_WEIGHT * (falls[0][0] - USUAL_FALL)
    share = _share_of_noise(low, high, blocks.high[calm].mean(), falls[0])
    spectra = tuple(_spectrum(component, fall, share) for component, fall in zip(power, falls, strict=True))
    values, gains = _levels(blocks, share * float(blocks.high[calm].mean()))
    noise = ColouredNoise(tuple(tuple(map(float, spectrum)) for spectrum in spectra), values, gains)
    is_screen = growth < MAX_GROWTH_OF_A_SCREEN and falls[0][0] > LEAST_FALL_OF_A_SCREEN
    return noise if (texture < MAX_TEXTURE or is_screen) and noise.luma_std() > LEAST_STD else None


def _blocks_of(pixels: NDArray[np.float32]) -> _Blocks | None:
    """Cut a picture into overlapping blocks; None where too few of them are neither black nor white."""
    if min(pixels.shape[:2]) < BLOCK_PX:
        return None
    every = np.lib.stride_tricks.sliding_window_view(pixels, (BLOCK_PX, BLOCK_PX), axis=(0, 1))
    hop = max(HOP_PX, math.ceil(math.sqrt(every.shape[0] * every.shape[1] / MAX_BLOCKS)))
    cut = every[::hop, ::hop].reshape(-1, pixels.shape[2], BLOCK_PX, BLOCK_PX).astype(np.float64)
    coefficients = dctn(cut, axes=(2, 3), norm="ortho").reshape(*cut.shape[:2], -1)
    if pixels.shape[2] == len(LUMA):
        coefficients = np.einsum("kc,nci->nki", TO_COMPONENTS, coefficients)
    values = coefficients[:, 0, 0] / BLOCK_PX
    within = (values > DARKEST) & (values < BRIGHTEST)
    if within.sum() < LEAST_BLOCKS:
        return None
    energy, values = coefficients[within] ** 2, values[within]
    low = energy[:, 0, _LOW].mean(axis=1)
    order = np.argsort(low)
    return _Blocks(energy[order], values[order], low[order], energy[order][:, 0, _HIGH].mean(axis=1))


def _gaussian_fit(power: Array) -> tuple[float, float]:
    """Fit log power = fall * frequency^2 + offset, which is white noise behind a Gaussian; the fall is not positive."""
    fall, offset = np.polyfit(_SQUARES[_FITTED], np.log(np.maximum(power[_FITTED], TINY)), 1)
    return min(0.0, float(fall)), float(offset)


def _share_of_noise(low: Array, high: Array, pooled: float, fit: tuple[float, float]) -> float:
    """Tell what share of the calm blocks' high frequencies would be left without the texture in them.

    The high frequencies are followed down to where the low ones hold the noise's own power and nothing else.
    """
    line = np.polyfit(np.log(low[:LOWEST_GROUPS]), np.log(high[:LOWEST_GROUPS]), 1)
    share = 1.0
    for _ in range(6):
        own = share * float(np.exp(fit[1] + fit[0] * _SQUARES[_LOW]).mean())
        within = np.clip(own, low[0] / 2, low[CALM_GROUPS - 1])
        share = float(np.clip(np.exp(np.polyval(line, np.log(within))) / pooled, 0.2, 1.0))
    return share


def _spectrum(power: Array, fit: tuple[float, float], share: float) -> Array:
    """Return the noise's power: what was measured, at low frequencies no more than a Gaussian leaves of it."""
    fall = FALL_SHARE * fit[0]
    offset = fit[1] + (fit[0] - fall) * float(_SQUARES[_HIGH].mean())
    gaussian = share * np.exp(offset + fall * _SQUARES)
    spectrum = share * power
    bounded = _ROWS + _COLUMNS < HIGH_FROM
    spectrum[bounded] = np.minimum(spectrum[bounded], MAX_OVER_GAUSSIAN * gaussian[bounded])
    low = _ROWS + _COLUMNS <= LOW_UP_TO
    # The calmest blocks were chosen by these, and hold less of them than others.
    spectrum[low] = gaussian[low]
    return spectrum


def _levels(blocks: _Blocks, pooled: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Follow the noise through the brightness: brightnesses, and the factor on the deviation at each."""
    edges = np.quantile(blocks.values, np.linspace(0, 1, LEVELS + 1))
    values: list[float] = []
    gains: list[float] = []
    for start, stop in pairwise(edges):
        inside = np.flatnonzero((blocks.values >= start) & (blocks.values <= stop))
        calm = inside[: max(1, round(CALM_OF_A_LEVEL * len(inside)))]
        value = float(blocks.values[calm].mean())
        if not values or value > values[-1]:
            values.append(value)
            gains.append(math.sqrt(float(np.median(blocks.high[calm])) / MEDIAN_OF_MEAN / pooled))
    bounded = np.clip(gains, LEAST_GAIN, MOST_GAIN)
    smoothed = bounded.copy()
    smoothed[1:-1] = bounded[:-2] / 4 + bounded[1:-1] / 2 + bounded[2:] / 4
    return tuple(values), tuple(map(float, smoothed))
