"""A defocus disc or a motion line, told from a Gaussian by the zeros of its spectrum. Imports no torch.

A lens out of focus and a camera in motion leave kernels that end abruptly, so that their transfer functions pass
through zero where a Gaussian's only falls. That tells the size of the disc, or length and angle of the line, within a
few hundredths. What such pictures lose when they are taken for Gaussian stands in ADR 4.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import least_squares
from scipy.special import j1

from zssr_studio.engine.estimation.spectrum import (
    ALL_WAVES,
    SECTORS,
    USED,
    WINDOW_PX,
    aliased,
    gaussian_transfer,
    misfit,
)
from zssr_studio.engine.kernels.shapes import Shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Transfer = Callable[[Array, Array, Array], Array]

# What the search begins at, in pixels of the picture. Smaller ones look like Gaussians, and Gaussians do for them;
# larger ones have zeros too near to each other for the windows.
RADII_LR = np.geomspace(0.8, 5, 16)
LENGTHS_LR = np.geomspace(2, 12, 14)
ANGLES = np.arange(24) * np.pi / 24
# What a search may end at: half a window shows too little of anything larger.
MOST_SIZE_LR = WINDOW_PX / 2
# Variance by which a rim is softened, by the pixels if by nothing else: usually, and what no rim has less or more of.
USUAL_SOFTNESS_LR, LEAST_SOFTNESS_LR, MOST_SOFTNESS_LR = 0.04, -0.05, 0.12
# By how much the loss of a disc or a line must be less than a Gaussian's, and to what share of it (ADR 4).
LEAST_GAIN, MOST_OF_GAUSSIAN = 25.0, 0.85
FLOOR_OF_STARTS = 1e-4
# By how many times the noise the power of a wave must exceed it to tell how strong the scene is; and how many waves
# must, in the place of which the strongest are taken.
CLEAR, FEW_CLEAR = 6, 20


@dataclass(frozen=True, slots=True)
class _Fit:
    loss: float
    values: Array


def find_rim(measured: Array, floor: float) -> Shape | None:
    """Find the disc or the line that a picture was blurred by.

    Parameters
    ----------
    measured : ndarray, shape (m,)
        As `zssr_studio.engine.estimation.spectrum.sharpest` gives it.
    floor : float
        Power of the noise, as far as it is known.

    Returns
    -------
    Shape or None
        A `disc` or a `motion` with lengths in pixels of the picture; None where a Gaussian fits as well.
    """
    gaussian = _fitted(gaussian_transfer, np.array([0.5, 0.0, 0.5]), measured, floor)
    fits = {
        "disc": _fitted(_disc_transfer, _nearest(_disc_starts(), measured, floor), measured, floor),
        "motion": _fitted(_line_transfer, _nearest(_line_starts(), measured, floor), measured, floor),
    }
    family, best = min(fits.items(), key=lambda item: item[1].loss)
    clearly = best.loss <= min(gaussian.loss - LEAST_GAIN, gaussian.loss * MOST_OF_GAUSSIAN)
    if not clearly or not LEAST_SOFTNESS_LR <= best.values[-1] <= MOST_SOFTNESS_LR:
        return None
    return _shape(family, best.values)


def variance_in(rim: Shape, measured: Array, floor: float) -> float:
    """Tell how large a disc or a line is in a part of the picture where it was found.

    Parameters
    ----------
    rim : Shape
        That of the whole picture, in its pixels.
    measured, floor
        As for `find_rim`, of the part.

    Returns
    -------
    float
        Mean variance over rows and columns, in pixels of the picture squared.
    """
    # The part has it, or one of its own: whichever fits better.
    if rim.family == "disc":
        starts = (np.array([rim.values[0], USUAL_SOFTNESS_LR]), _nearest(_disc_starts(), measured, floor))
        disc = _best(_disc_transfer, starts, measured, floor)
        return float(disc[0] ** 2 / 4 + disc[1])
    start = np.array([rim.values[0], math.radians(rim.values[1]), USUAL_SOFTNESS_LR])
    line = _best(_line_transfer, (start, _nearest(_line_starts(), measured, floor)), measured, floor)
    return float(line[0] ** 2 / 24 + line[2])


def _best(transfer: Transfer, starts: tuple[Array, ...], measured: Array, floor: float) -> Array:
    """Fit from several starts and return the values of the fit with the least loss."""
    fits = (_fitted(transfer, start, measured, floor) for start in starts)
    return min(fits, key=lambda fit: fit.loss).values


def _shape(family: str, values: Array) -> Shape | None:
    size, sizes = abs(float(values[0])), RADII_LR if family == "disc" else LENGTHS_LR
    if not sizes[0] <= size <= MOST_SIZE_LR:
        return None
    return Shape(family, (size,) if family == "disc" else (size, round(math.degrees(values[1]), 1)))


def _fitted(transfer: Transfer, start: Array, measured: Array, floor: float) -> _Fit:
    """Fit the values of a transfer function, amplitude, noise floor and the directions."""
    count, floor_log = len(start), math.log(floor)

    @lru_cache(maxsize=2)
    def seen(*values: float) -> Array:
        # Most steps of the search change other numbers than these.
        return _seen(partial(transfer, np.array(values)))

    def residuals(p: Array) -> Array:
        power = np.exp(p[count]) * seen(*p[:count]) + np.exp(p[count + 1])
        return misfit(np.log(power), p[count + 2 :], p[count + 1], floor_log, measured)

    amplitude = float(np.median(measured - np.log(_seen(partial(transfer, start)) + FLOOR_OF_STARTS)))
    fitted = least_squares(
        residuals, np.concatenate([start, [amplitude, floor_log], np.zeros(SECTORS)]), loss="soft_l1", max_nfev=60
    )
    return _Fit(float(fitted.cost), fitted.x[:count])


def _seen(transfer: Callable[[Array, Array], Array]) -> Array:
    """Power of a scene behind a blur, at the used wave numbers, as windows see it: they smear zeros."""
    power = aliased(transfer, ALL_WAVES)
    # The mean of a window is taken off; it leaks nowhere.
    power[0, 0] = power[0, 1]
    for axis in (0, 1):
        # The squared spectrum of a Hann window.
        power = 2 / 3 * power + (np.roll(power, 1, axis) + np.roll(power, -1, axis)) / 6
    used: Array = power[USED]
    return used


def _nearest(starts: tuple[Array, Array], measured: Array, floor: float) -> Array:
    """Return the values whose spectrum, with the noise above it, looks most like the measured one."""
    values, powers = starts
    clear = measured > math.log(CLEAR * floor)
    if clear.sum() < FEW_CLEAR:
        clear = measured >= np.sort(measured)[-FEW_CLEAR]
    amplitudes = np.exp(np.median(measured[clear] - np.log(powers[:, clear]), axis=1))
    off = measured - np.log(amplitudes[:, None] * powers + floor)
    nearest: Array = values[np.argmin(np.abs(off).mean(axis=1))]
    return nearest


@cache
def _disc_starts() -> tuple[Array, Array]:
    return _starts(_disc_transfer, np.array([(radius, USUAL_SOFTNESS_LR) for radius in RADII_LR]))


@cache
def _line_starts() -> tuple[Array, Array]:
    return _starts(
        _line_transfer, np.array([(length, angle, USUAL_SOFTNESS_LR) for length in LENGTHS_LR for angle in ANGLES])
    )


def _starts(transfer: Transfer, values: Array) -> tuple[Array, Array]:
    """Return values, shape (n, k), with their spectra, shape (n, m)."""
    return values, np.stack([_seen(partial(transfer, row)) for row in values]) + FLOOR_OF_STARTS


def _disc_transfer(p: Array, rows: Array, columns: Array) -> Array:
    """By what a disc multiplies the power of waves; p is its radius and the variance that softens its rim."""
    phase = np.maximum(2 * np.pi * np.abs(p[0]) * np.hypot(rows, columns), 1e-6)
    transfer: Array = (2 * j1(phase) / phase) ** 2 * _softening(p[1], rows, columns)
    return transfer


def _line_transfer(p: Array, rows: Array, columns: Array) -> Array:
    """By what a line multiplies the power of waves; p is its length, its angle and the variance that softens it."""
    # Rows count downwards, angles upwards.
    along = columns * np.cos(p[1]) - rows * np.sin(p[1])
    transfer: Array = np.sinc(p[0] * along) ** 2 * _softening(p[2], rows, columns)
    return transfer


def _softening(variance: float, rows: Array, columns: Array) -> Array:
    return gaussian_transfer(np.array([variance, 0.0, variance]), rows, columns)
