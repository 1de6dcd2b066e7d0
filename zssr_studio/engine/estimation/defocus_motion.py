"""A defocus disc or a motion line, told from a Gaussian by the zeros of the spectrum. Imports no torch.

A lens out of focus and a camera in motion leave kernels that end abruptly, so that their transfer functions pass
through zero where a Gaussian's only falls. The zeros give the radius of the disc, or length and angle of the line,
within a few hundredths. What such pictures lose when they are taken for Gaussian, how often discs and lines are found,
and the limits below unless they say otherwise, stand in docs/lab, "Out of focus and shaken".
"""

from __future__ import annotations

import math
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import j1

from zssr_studio.engine.estimation.spectrum import (
    HALF_FREQUENCIES,
    USED,
    WINDOW_PX,
    aliased_power,
    gaussian_power_transfer,
)
from zssr_studio.engine.estimation.spectrum_fit import fit_spectrum
from zssr_studio.engine.kernels.shapes import Shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from zssr_studio.engine.estimation.spectrum import Aliases, NoiseFloor
    from zssr_studio.engine.estimation.spectrum_fit import SpectrumFit

    Array = NDArray[np.float64]
    # Takes the parameters of a blur, and frequencies; gives the squared transfer function.
    PowerTransfer = Callable[[Array, Aliases], Array]

# Where the search begins, in LR pixels. Smaller discs and lines look like Gaussians (discs below 2 and lines below 5 HR
# pixels at x2), which do for them; larger ones have zeros too near to each other for the windows. The spacing is
# chosen.
START_RADII_LR_PX = np.geomspace(0.8, 5, 16)
START_LENGTHS_LR_PX = np.geomspace(2, 12, 14)
START_ANGLES = np.arange(24) * np.pi / 24
# Where the search may end: half a window shows too little of anything larger.
MAX_SIZE_LR_PX = WINDOW_PX / 2
# Variance in LR pixels squared of the Gaussian that softens the border of a disc or a line, which the pixels do if
# nothing else: at the start of the search (chosen), and at the least and the most of what is accepted.
START_SOFTENING_LR_PX2, LEAST_SOFTENING_LR_PX2, MAX_SOFTENING_LR_PX2 = 0.04, -0.05, 0.12
# A disc or a line is accepted where it lowers the loss of the fit by this much, and to this share of a Gaussian's.
LEAST_LOSS_REDUCTION, MAX_LOSS_RATIO = 25.0, 0.85
# Keeps the logarithms of the starts finite at their zeros; chosen.
START_POWER_FLOOR = 1e-4
# The amplitude of the scene is read where the power is so many times that of the noise, or at so many of the strongest
# frequencies where there are fewer. Chosen; that noise counts at all found 70 and 46 of 99 instead of 57 and 40 at
# noise of 3 and 5 of 255.
LEAST_SIGNAL_TO_NOISE, LEAST_FREQUENCIES = 6, 20


def find_disc_or_line(measured: Array, floor: NoiseFloor, softening: float = 0.0) -> Shape | None:
    """Find the disc or the line that a picture was blurred by.

    Parameters
    ----------
    measured : ndarray, shape (m,)
        As `zssr_studio.engine.estimation.spectrum.sharpest_spectrum` gives it.
    floor : NoiseFloor
        The noise, as far as it is known.
    softening : float
        Variance in LR pixels squared of what softened the picture besides.

    Returns
    -------
    Shape or None
        A `disc` or a `motion` with lengths in LR pixels; None where a Gaussian fits as well.
    """
    gaussian = _fitted(gaussian_power_transfer, np.array([0.5, 0.0, 0.5]), measured, floor)
    fits = {
        "disc": _fitted(_disc_power_transfer, _nearest_start(_disc_starts(), measured, floor), measured, floor),
        "motion": _fitted(_line_power_transfer, _nearest_start(_line_starts(), measured, floor), measured, floor),
    }
    family, best = min(fits.items(), key=lambda item: item[1].loss)
    clearly = best.loss <= min(gaussian.loss - LEAST_LOSS_REDUCTION, gaussian.loss * MAX_LOSS_RATIO)
    if not clearly or not LEAST_SOFTENING_LR_PX2 <= best.values[-1] <= MAX_SOFTENING_LR_PX2 + softening:
        return None
    return _shape(family, best.values)


def mean_variance_of_part(whole: Shape, measured: Array, floor: NoiseFloor) -> float:
    """Measure the disc or the line in a part of the picture in which it was found.

    Parameters
    ----------
    whole : Shape
        That of the whole picture, in LR pixels.
    measured, floor
        As for `find_disc_or_line`, of the part.

    Returns
    -------
    float
        Mean of the vertical and the horizontal variance, in LR pixels squared.
    """
    # Fitted from the size in the whole picture and from the part's own start; the better fit counts.
    if whole.family == "disc":
        starts = (np.array([whole.values[0], START_SOFTENING_LR_PX2]), _nearest_start(_disc_starts(), measured, floor))
        disc = _best_values(_disc_power_transfer, starts, measured, floor)
        return float(disc[0] ** 2 / 4 + disc[1])
    start = np.array([whole.values[0], math.radians(whole.values[1]), START_SOFTENING_LR_PX2])
    starts = (start, _nearest_start(_line_starts(), measured, floor))
    line = _best_values(_line_power_transfer, starts, measured, floor)
    return float(line[0] ** 2 / 24 + line[2])


def _best_values(transfer: PowerTransfer, starts: tuple[Array, ...], measured: Array, floor: NoiseFloor) -> Array:
    """Fit from several starts and return the values of the fit with the least loss."""
    fits = (_fitted(transfer, start, measured, floor) for start in starts)
    return min(fits, key=lambda fit: fit.loss).values


def _shape(family: str, values: Array) -> Shape | None:
    size, sizes = abs(float(values[0])), START_RADII_LR_PX if family == "disc" else START_LENGTHS_LR_PX
    if not sizes[0] <= size <= MAX_SIZE_LR_PX:
        return None
    return Shape(family, (size,) if family == "disc" else (size, round(math.degrees(values[1]), 1)))


def _fitted(transfer: PowerTransfer, start: Array, measured: Array, floor: NoiseFloor) -> SpectrumFit:
    """Fit the parameters of a transfer function."""

    def power(values: Array) -> Array:
        return _windowed_power(partial(transfer, values))

    amplitude = float(np.median(measured - np.log(power(start) + START_POWER_FLOOR)))
    return fit_spectrum(power, start, amplitude, measured, floor)


def _windowed_power(transfer: Callable[[Aliases], Array]) -> Array:
    """Power of a blurred scene at the used frequencies, smeared as the windows smear it, zeros included."""
    power = aliased_power(transfer, HALF_FREQUENCIES)
    # The mean of a window is subtracted; it leaks into no other frequency.
    power[0, 0] = power[0, 1]
    # The spectrum of real values is symmetric: what lies above its first row.
    padded = np.concatenate([np.roll(power[1:2, ::-1], 1), power])
    # Convolution with the squared spectrum of a Hann window.
    smeared = 2 / 3 * padded[1:-1] + (padded[:-2] + padded[2:]) / 6
    smeared = 2 / 3 * smeared + (np.roll(smeared, 1, axis=1) + np.roll(smeared, -1, axis=1)) / 6
    used: Array = smeared[USED[: len(smeared)]]
    return used


def _nearest_start(starts: tuple[Array, Array], measured: Array, floor: NoiseFloor) -> Array:
    """Return the values whose spectrum, with the noise above it, is nearest to the measured one."""
    values, powers = starts
    clear = measured > math.log(LEAST_SIGNAL_TO_NOISE * floor.level)
    if clear.sum() < LEAST_FREQUENCIES:
        clear = measured >= np.sort(measured)[-LEAST_FREQUENCIES]
    amplitudes = np.exp(np.median(measured[clear] - np.log(powers[:, clear]), axis=1))
    off = measured - np.log(amplitudes[:, None] * powers + floor.level * floor.shape[USED])
    nearest: Array = values[np.argmin(np.abs(off).mean(axis=1))]
    return nearest


@cache
def _disc_starts() -> tuple[Array, Array]:
    values = [(radius, START_SOFTENING_LR_PX2) for radius in START_RADII_LR_PX]
    return _starts(_disc_power_transfer, np.array(values))


@cache
def _line_starts() -> tuple[Array, Array]:
    values = [(length, angle, START_SOFTENING_LR_PX2) for length in START_LENGTHS_LR_PX for angle in START_ANGLES]
    return _starts(_line_power_transfer, np.array(values))


def _starts(transfer: PowerTransfer, values: Array) -> tuple[Array, Array]:
    """Return values, shape (n, k), with their spectra, shape (n, m)."""
    return values, np.stack([_windowed_power(partial(transfer, row)) for row in values]) + START_POWER_FLOOR


def _disc_power_transfer(p: Array, frequencies: Aliases) -> Array:
    """Squared transfer function of a disc; p is its radius and the variance that softens its border."""
    phase = np.maximum(2 * np.pi * np.abs(p[0]) * frequencies.radius, 1e-6)
    transfer: Array = (2 * j1(phase) / phase) ** 2 * _softening(p[1], frequencies)
    return transfer


def _line_power_transfer(p: Array, frequencies: Aliases) -> Array:
    """Squared transfer function of a line; p is its length, its angle and the variance that softens it."""
    # Rows count downwards, angles upwards.
    along = frequencies.columns * np.cos(p[1]) - frequencies.rows * np.sin(p[1])
    transfer: Array = np.sinc(p[0] * along) ** 2 * _softening(p[2], frequencies)
    return transfer


def _softening(variance: float, frequencies: Aliases) -> Array:
    return gaussian_power_transfer(np.array([variance, 0.0, variance]), frequencies)
