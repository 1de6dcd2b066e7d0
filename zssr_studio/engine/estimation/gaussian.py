"""How a picture was blurred, found from its own spectrum. Imports no torch.

The spectrum of a scene falls with the wave number alike in all directions, nearly as a power law. What it falls beyond
that is the blur's doing. The model of the power at a picture's sharpest places is a power law times the squared
transfer function of a Gaussian, summed over the aliases of the sampling, plus a floor of noise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import least_squares

from zssr_studio.engine.estimation.defocus_motion import find_rim, variance_in
from zssr_studio.engine.estimation.spectrum import (
    ROUNDING_VARIANCE,
    SECTORS,
    USED_WAVES,
    aliased,
    gaussian_transfer,
    misfit,
    sharpest,
    tells_enough,
    windows,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.kernels.shapes import Shape

    Array = NDArray[np.float64]

# Two parts of a picture that are both sharper than this do not differ.
LEAST_VARIANCE_LR = 0.1
LEAST_WINDOWS = 40


@dataclass(frozen=True, slots=True)
class Blur:
    """A Gaussian blur, in pixels of the picture itself.

    Parameters
    ----------
    covariance : tuple of float
        Row-row, row-column and column-column, in LR pixels squared, as the model fits it best: not yet corrected for
        what scenes have in common with blurs (see `zssr_studio.engine.estimation.kernel_estimate`).
    spread : float
        How far four parts of the picture differ about it: standard deviation of the logarithm of the mean variance.
    rim : Shape or None
        A defocus disc or a motion line, in LR pixels, where one fits clearly better than any Gaussian.
    """

    covariance: tuple[float, float, float]
    spread: float
    rim: Shape | None


def measure_blur(brightness: Array, noise_variance: float = 0.0) -> Blur | None:
    """Fit the blur of a picture.

    Parameters
    ----------
    brightness : ndarray, shape (H, W), float64, nominally in [0, 1]
    noise_variance : float
        Of white noise in it, as far as it is known.

    Returns
    -------
    Blur or None
        None where the picture has too little to go by: too small, or flat, be it in one direction only.
    """
    powers, places = windows(brightness)
    floor = max(noise_variance, ROUNDING_VARIANCE)
    if len(powers) < LEAST_WINDOWS or not tells_enough(powers, floor):
        return None
    measured = sharpest(powers, floor)
    whole = _fit(measured, floor)
    middle = np.median(places, axis=0)
    quarter = (places > middle) @ np.array([2, 1])
    parts = [powers[quarter == n] for n in range(4)]
    rim = find_rim(measured, floor)
    sizes = [_size(rim, sharpest(part, floor), floor) for part in parts if len(part) >= LEAST_WINDOWS // 4]
    spread = float(np.std(np.log(np.maximum(sizes, LEAST_VARIANCE_LR)))) if len(sizes) > 1 else math.inf
    return Blur(whole, spread, rim)


def _size(rim: Shape | None, measured: Array, floor: float) -> float:
    """Mean variance in a part of the picture, by the model that fits the whole."""
    if rim is not None:
        return variance_in(rim, measured, floor)
    rows, _, columns = _fit(measured, floor)
    return (rows + columns) / 2


def _fit(measured: Array, floor: float) -> tuple[float, float, float]:
    """Fit covariance, amplitude and noise floor to the spectrum of the sharpest windows."""
    floor_log = math.log(floor)

    def residuals(p: Array) -> Array:
        return misfit(_model(p), p[5:], p[4], floor_log, measured)

    start = np.concatenate([[0.5, 0, 0.5, measured.mean(), floor_log], np.zeros(SECTORS)])
    fitted = least_squares(residuals, start, loss="soft_l1").x
    return float(fitted[0]), float(fitted[1]), float(fitted[2])


def _model(p: Array) -> Array:
    """Logarithm of the power at the used wave numbers; p is covariance (3), log amplitude, log floor."""
    log_power: Array = np.log(np.exp(p[3]) * aliased(partial(gaussian_transfer, p), USED_WAVES) + np.exp(p[4]))
    return log_power
