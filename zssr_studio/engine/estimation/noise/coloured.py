"""Noise that neighbouring pixels share, estimated from the picture alone. Imports no torch.

Noise of real pictures is rarely white: grain has a size, demosaicing and sharpening spread what the sensor saw, a
scanner sees paper. So the smallest eigenvalues of patches (`white`) find next to nothing of it. Here blocks of the
picture are ordered by how much happens in them at low frequencies. Texture has high frequencies where it has low ones;
noise has them everywhere alike. What high frequencies are left in the calmest blocks, and hardly grows from there to
livelier ones, is noise (the blocks are chosen as Lebrun, Colom and Morel choose them in "The Noise Clinic", 2015).
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.damage import ColouredNoise
from zssr_studio.engine.estimation.noise.blocks import COLUMNS, HIGH, ROWS, SQUARES, blocks_of
from zssr_studio.engine.estimation.noise.level import CalmLine, level_factor
from zssr_studio.engine.estimation.noise.witnesses import Witnesses, gaussian_fit, grouped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.estimation.noise.blocks import Blocks

    Array = NDArray[np.float64]

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


def estimate_coloured_noise(pixels: NDArray[np.float32], *, is_compressed: bool = False) -> ColouredNoise | None:
    """Estimate the noise of a picture, with its spectrum and how it follows the brightness.

    Parameters
    ----------
    pixels : ndarray, shape (H, W, C), float32, in [0, 1]
    is_compressed : bool
        Whether the picture was a JPEG.

    Returns
    -------
    ColouredNoise or None
        None where there is none to speak of, or what there is may be texture.
    """
    blocks = blocks_of(pixels)
    if blocks is None:
        return None
    low, high = grouped(blocks.low), grouped(blocks.high)
    power = blocks.calm_energy.mean(axis=0)
    # Colours may well have none, such as those of a gray picture that was saved in colour and toned.
    if low.min() < TINY or high.min() < TINY or power[0].min() < TINY**2:
        return None
    witnesses = Witnesses.of(pixels, blocks)
    if not witnesses.tell_noise(is_compressed=is_compressed):
        return None
    falls = [gaussian_fit(component) for component in power]
    pooled = float(blocks.high[blocks.calm].mean())
    line = CalmLine.through(low, high)
    share = line.share_of_noise(low, pooled, falls[0])
    values, gains = _levels(blocks, share * pooled)
    share *= level_factor(witnesses, share, line.slope, is_compressed=is_compressed) ** 2
    spectra = tuple(_spectrum(component, fall, share) for component, fall in zip(power, falls, strict=True))
    noise = ColouredNoise(tuple(tuple(map(float, spectrum)) for spectrum in spectra), values, gains)
    return noise if noise.luma_std() > LEAST_STD else None


def _spectrum(power: Array, fit: tuple[float, float], share: float) -> Array:
    """Return the noise's power: what was measured, at low frequencies no more than a Gaussian leaves of it."""
    fall = FALL_SHARE * fit[0]
    offset = fit[1] + (fit[0] - fall) * float(SQUARES[HIGH].mean())
    gaussian = share * np.exp(offset + fall * SQUARES)
    spectrum = share * power
    bounded = ROWS + COLUMNS < HIGH_FROM
    spectrum[bounded] = np.minimum(spectrum[bounded], MAX_OVER_GAUSSIAN * gaussian[bounded])
    low = ROWS + COLUMNS <= LOW_UP_TO
    # The calmest blocks were chosen by these, and hold less of them than others.
    spectrum[low] = gaussian[low]
    return spectrum


def _levels(blocks: Blocks, pooled: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
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
