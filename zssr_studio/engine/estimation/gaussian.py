"""The Gaussian blur of a picture, fitted to its power spectrum. Imports no torch.

The power spectrum of a scene falls with the frequency alike in all directions, nearly as a power law. What a picture's
falls beyond that is the blur's doing. The model of the power at the sharpest places is a power law times the squared
transfer function of a Gaussian, summed over the aliases of the sampling, plus a noise floor (docs/lab, "The blur").
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.estimation.defocus_motion import find_disc_or_line, mean_variance_of_part
from zssr_studio.engine.estimation.edges.steepness import has_steeper_edges
from zssr_studio.engine.estimation.spectrum import (
    ROUNDING_FLOOR,
    USED_FREQUENCIES,
    NoiseFloor,
    aliased_power,
    gaussian_power_transfer,
    has_contrast,
    is_informative,
    sharpest_spectrum,
    windows,
)
from zssr_studio.engine.estimation.spectrum_fit import fit_spectrum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.kernels.shapes import Shape

    Array = NDArray[np.float64]

# LR pixels squared. Quarters of a picture that are both sharper than this count as equally sharp. Chosen; it lies well
# below what ordinary downscaling leaves (0.33, docs/lab, "Safe kernel").
LEAST_VARIANCE_LR_PX2 = 0.1
# The quarters of true blurs agree within 1 to 8 % in the median, and with this limit pictures of which one half only
# is out of focus keep bicubic (docs/lab, "Out of focus and shaken"). The value itself is chosen; no comparison was
# kept.
MAX_SPREAD = 0.35
# Fewer windows show too little; chosen. A quarter of the picture needs a quarter of them.
LEAST_WINDOWS = 40


@dataclass(frozen=True, slots=True)
class Blur:
    """The blur of a picture, in pixels of the picture itself.

    Parameters
    ----------
    covariance : tuple of float
        Row-row, row-column and column-column variance of the Gaussian that fits best, in LR pixels squared; the bias
        of the fit is not yet taken off (see `zssr_studio.engine.estimation.kernel_estimate`).
    spread : float
        How far the four quarters of the picture differ in their blur: standard deviation of the logarithm of the mean
        variance; inf where they are too small or too black to tell.
    disc_or_line : Shape or None
        A defocus disc or a motion line, in LR pixels, where one fits clearly better than any Gaussian.
    """

    covariance: tuple[float, float, float]
    spread: float
    disc_or_line: Shape | None


def measure_blur(
    brightness: Array, floor: NoiseFloor = ROUNDING_FLOOR, *, gaussian_only: bool = False, softening: float = 0.0
) -> Blur | None:
    """Fit the blur of a picture.

    Parameters
    ----------
    brightness : ndarray, shape (H, W), float64, nominally in [0, 1]
    floor : NoiseFloor
        The noise in it, as far as it is known.
    gaussian_only : bool
        Whether to look for no disc and no line.
    softening : float
        Variance in LR pixels squared of what softens the border of a disc or a line besides.

    Returns
    -------
    Blur or None
        None where nothing can be measured: the picture is too small, or flat, be it in one direction only.
    """
    powers, places = windows(brightness)
    if len(powers) < LEAST_WINDOWS or not is_informative(powers, floor.level):
        return None
    measured = sharpest_spectrum(powers, floor)
    covariance = _fitted_covariance(measured, floor)
    middle = np.median(places, axis=0)
    quarter = (places > middle) @ np.array([2, 1])
    parts = [powers[quarter == n] for n in range(4)]
    disc_or_line = None if gaussian_only else find_disc_or_line(measured, floor, softening)
    if disc_or_line is not None and has_steeper_edges(brightness, disc_or_line):
        disc_or_line = None
    variances = [
        _mean_variance(disc_or_line, sharpest_spectrum(part, floor), floor)
        for part in parts
        if len(part) >= LEAST_WINDOWS // 4 and has_contrast(part)
    ]
    enough = len(variances) > 1
    spread = float(np.std(np.log(np.maximum(variances, LEAST_VARIANCE_LR_PX2)))) if enough else math.inf
    return Blur(covariance, spread, disc_or_line)


def _mean_variance(disc_or_line: Shape | None, measured: Array, floor: NoiseFloor) -> float:
    """Mean of the vertical and the horizontal variance in a part of the picture, by the model that fits the whole."""
    if disc_or_line is not None:
        return mean_variance_of_part(disc_or_line, measured, floor)
    rows, _, columns = _fitted_covariance(measured, floor)
    return (rows + columns) / 2


def _fitted_covariance(measured: Array, floor: NoiseFloor) -> tuple[float, float, float]:
    """Fit covariance, amplitude and noise floor to the spectrum of the sharpest windows; return the covariance."""
    start = np.array([0.5, 0.0, 0.5])
    rows, both, columns = fit_spectrum(_power, start, float(measured.mean()), measured, floor).values
    return float(rows), float(both), float(columns)


def _power(covariance: Array) -> Array:
    """Power of a scene at the used frequencies behind a Gaussian of row-row, row-column and column-column variance."""
    return aliased_power(partial(gaussian_power_transfer, covariance), USED_FREQUENCIES)
