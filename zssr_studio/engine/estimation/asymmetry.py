"""The asymmetry of a blur, found from the phases of a picture's frequencies. Imports no torch.

A power spectrum tells how strongly each frequency was damped, not how far its phase was shifted. The picture does: by
how much its high frequencies lead or lag behind those that its low ones predict (`edge_prediction`). Linear least
squares turns that into the odd part of the taps, with a prior on how far taps usually are from a symmetric kernel.
What was tried and what this is worth stands in docs/lab, "Beyond the Gaussian", where the figures below come from too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.estimation.edge_prediction import NYQUIST, CentreSpectrum
from zssr_studio.engine.estimation.spectrum import ROUNDING_VARIANCE
from zssr_studio.engine.kernels.kernel import Kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Spectrum = NDArray[np.complex128]
    Factors = tuple[float, float]

# Cycles per pixel of the picture, up to where its frequencies are known well enough to predict higher ones. A low
# cutoff leaves out what the blur has shifted already, a high one predicts more; the mean of three explains 0.42 of the
# power of the true shifts, one 0.41.
CUTOFFS = (0.3, 0.35, 0.4)
# Cycles per pixel from which frequencies are used. Chosen; no comparison was kept.
LEAST_FREQUENCY = 0.1
# A frequency whose transfer is below this tells nothing. Chosen.
LEAST_TRANSFER = 1e-3
# A frequency that is far off the others of its ring counts less, half as much at this many times their power. Counting
# it less explains 0.41 instead of 0.34 of the power; the number is chosen.
HALF_WEIGHT_POWER = 4.0
# Prior: standard deviation of a tap from the symmetric kernel, as a share of it. The taps of the test set's kernels are
# up to a quarter off (docs/lab, "The blur"); the value is chosen, and no comparison was kept.
TAP_STD = 0.2
# A scene has phases of its own, in several frequencies at a time: the shifts of four quarters of a picture differ by
# eight to thirty times the variance that independent frequencies would have.
PHASE_VARIANCE_FACTOR = 8.0
# Bounds the change of a tap, as a share of it. Chosen.
MAX_TAP_CHANGE = 0.6
# Weight that keeps the centre of mass where it is: such that a thousandth of a tap counts. Chosen.
CENTRE_WEIGHT = 1e7
# The prior makes what is found smaller than the truth by this factor: fitted to 61 pictures under known kernels.
SHRINKAGE_CORRECTION = 1.4
# Frequencies that are handled at once, to bound the memory.
CHUNK = 8192


def with_asymmetry(kernel: Kernel, brightness: Array, scale: Factors) -> Kernel:
    """Give a symmetric kernel the asymmetry that the phases of a picture show.

    Parameters
    ----------
    kernel : Kernel
        Equal to itself turned by half a turn, such as a Gaussian, with about the right widths.
    brightness : ndarray, shape (H, W), float64, nominally in [0, 1]
        The picture that the kernel is to have made, without noise to speak of.
    scale : tuple of float
        Vertical and horizontal.

    Returns
    -------
    Kernel
        Of the same shape and name; each pair of opposite taps keeps its sum.
    """
    shifts = _PhaseShifts.of(brightness, kernel, scale)
    pairs = np.arange(kernel.taps.size // 2)
    normal, right = np.eye(len(pairs)) * (2 * PHASE_VARIANCE_FACTOR / TAP_STD**2), np.zeros(len(pairs))
    for moment in _centre_shifts(kernel.taps, pairs):
        normal += np.outer(moment, moment) * CENTRE_WEIGHT
    for lead, weight, rows, columns in shifts.chunks():
        odd = _odd_transfer(kernel.taps, pairs, rows / scale[0], columns / scale[1])
        normal += (odd * weight[:, None]).T @ odd
        right += odd.T @ lead
    shares = (SHRINKAGE_CORRECTION * np.linalg.solve(normal, right)).clip(-MAX_TAP_CHANGE, MAX_TAP_CHANGE)
    taps = kernel.taps.copy().ravel()
    taps[pairs] *= 1 + shares
    taps[taps.size - 1 - pairs] *= 1 - shares
    return Kernel(taps.reshape(kernel.taps.shape), kernel.name, kernel.uncertainty)


def _centre_shifts(taps: Array, pairs: NDArray[np.intp]) -> tuple[Array, Array]:
    """How far each pair of taps moves the centre of mass down and to the right if all of it is on one side, in taps.

    A picture does not show where its scene lay: a shift moves low and high frequencies alike. So the centre is kept.
    """
    offsets = _offsets(taps, pairs)
    return 2 * taps.ravel()[pairs] * offsets[0], 2 * taps.ravel()[pairs] * offsets[1]


def _offsets(taps: Array, pairs: NDArray[np.intp]) -> tuple[Array, Array]:
    """Rows and columns of the first tap of each pair, from the middle of the kernel."""
    height, width = taps.shape
    return pairs // width - (height - 1) / 2, pairs % width - (width - 1) / 2


def _odd_transfer(taps: Array, pairs: NDArray[np.intp], rows: Array, columns: Array) -> Array:
    """Imaginary part of the transfer function of each pair of taps if all of it is on one side: shape (n, pairs)."""
    row, column = _offsets(taps, pairs)
    phase = 2 * np.pi * (rows[:, None] * row + columns[:, None] * column)
    odd: Array = 2 * taps.ravel()[pairs] * np.sin(phase)
    return odd


@dataclass(frozen=True, slots=True, eq=False)
class _PhaseShifts:
    """By how much the frequencies of a picture lead the predicted ones.

    Parameters
    ----------
    lead : ndarray, shape (n,)
        Imaginary part of the cross-spectrum with the prediction, over the transfer function and the noise.
    weight : ndarray, shape (n,)
        Power of the prediction before the blur, over the noise.
    rows, columns : ndarray, shape (n,)
        Vertical and horizontal frequency in cycles per pixel of the picture.
    """

    lead: Array
    weight: Array
    rows: Array
    columns: Array

    @classmethod
    def of(cls, brightness: Array, kernel: Kernel, scale: Factors) -> _PhaseShifts:
        """Compare a picture with its predictions, in the mean of the cutoffs."""
        centre = CentreSpectrum.of(brightness)
        transfer = _symmetric_transfer(kernel, centre.rows[:, 0] / scale[0], centre.columns[0] / scale[1])
        lead, weight = np.zeros(transfer.shape), np.zeros(transfer.shape)
        for cutoff in CUTOFFS:
            for own, predicted, low_passed in centre.predicted_gradients(transfer, cutoff):
                added = _orthogonal(centre, predicted, low_passed)
                gain, noise = _gain_and_noise(centre, own, added)
                lead += (own * added.conj()).imag * gain / noise / len(CUTOFFS)
                weight += np.abs(added) ** 2 * gain**2 / noise / len(CUTOFFS)
        # The spectrum of a real picture is symmetric, so that one half of it holds all.
        radius = centre.radius
        used = (radius >= LEAST_FREQUENCY) & (radius <= NYQUIST) & (np.abs(transfer) > LEAST_TRANSFER)
        used &= (centre.rows > 0) | ((centre.rows == 0) & (centre.columns > 0))
        row, column = np.nonzero(used)
        # As a share of the amplitude before the blur.
        before = transfer[used]
        return cls(lead[used] / before, weight[used] / before**2, centre.rows[row, 0], centre.columns[0, column])

    def chunks(self) -> list[tuple[Array, Array, Array, Array]]:
        """Cut into parts of a bounded size: lead, weight, rows, columns."""
        starts = range(0, len(self.lead), CHUNK)
        parts = (self.lead, self.weight, self.rows, self.columns)
        return [tuple(part[start : start + CHUNK] for part in parts) for start in starts]  # type: ignore[misc]


def _symmetric_transfer(kernel: Kernel, rows: Array, columns: Array) -> Array:
    """Transfer function of a symmetric kernel, which is real; rows and columns in cycles per HR pixel."""
    height, width = kernel.taps.shape
    down = np.exp(2j * np.pi * np.outer(rows, np.arange(height) - (height - 1) / 2))
    right = np.exp(2j * np.pi * np.outer(columns, np.arange(width) - (width - 1) / 2))
    transfer: Array = (down @ kernel.taps @ right.T).real
    return transfer


def _orthogonal(centre: CentreSpectrum, predicted: Spectrum, low_passed: Spectrum) -> Spectrum:
    """Return what a prediction has, ring by ring, beside what it was predicted from, whose phase is the picture's."""
    share = centre.ring_sums((predicted * low_passed.conj()).real)
    share /= np.maximum(centre.ring_sums(np.abs(low_passed) ** 2), np.finfo(float).tiny)
    added: Spectrum = predicted - share[centre.rings] * low_passed
    return added


def _gain_and_noise(centre: CentreSpectrum, own: Spectrum, predicted: Spectrum) -> tuple[Array, Array]:
    """Gain that brings a prediction nearest to the picture, ring by ring, and the noise power of each frequency."""
    shared = centre.ring_sums((own * predicted.conj()).real)
    power = centre.ring_sums(np.abs(predicted) ** 2)
    gain = (shared / np.maximum(power, np.finfo(float).tiny)).clip(0)
    whole = centre.ring_sums(np.abs(own) ** 2)
    count = np.maximum(centre.ring_sums(np.ones(own.shape)), 1)
    # At least a fiftieth of the power counts as noise, however well the prediction fits.
    unexplained = np.maximum(whole - gain * shared, whole / 50) / count
    # There is always rounding to 8 bits; a derivative raises it with the frequency.
    rounding = ROUNDING_VARIANCE * (2 * np.pi * centre.radius) ** 2 / 2 * np.square(centre.taper).sum()
    noise = np.maximum(unexplained[centre.rings], rounding + np.finfo(float).tiny)
    off = np.abs(own - gain[centre.rings] * predicted) ** 2 / noise
    return gain[centre.rings], noise * (1 + off / HALF_WEIGHT_POWER)
