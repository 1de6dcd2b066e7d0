"""What a blur has that no symmetric kernel has, found from the phases of a picture's waves. Imports no torch.

A spectrum tells how strongly each wave was damped, not how far it was moved. The picture does: what its short waves
lead or lag behind those that its long waves foretell (`edge_prediction`) is the kernel's doing. Linear
least squares turns that into taps, held by what taps usually are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.estimation.edge_prediction import NYQUIST, Frame
from zssr_studio.engine.estimation.spectrum import ROUNDING_VARIANCE
from zssr_studio.engine.kernels.kernel import Kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Waves = NDArray[np.complex128]
    Factors = tuple[float, float]

# Cycles per pixel of the picture: up to where its waves are known well enough to foretell shorter ones. A low cut
# leaves out what the blur has moved already, a high one foretells more; their mean is better than each alone.
CUTS = (0.3, 0.35, 0.4)
# Which waves are asked.
LEAST_FREQUENCY = 0.1
# A wave whose transfer is below this says nothing.
LEAST_TRANSFER = 1e-3
# A wave that is further off than the others of its ring counts less, half as much at this many times their power.
USUAL_POWER = 4.0
# Deviation of a tap from the symmetric kernel, as a share of it.
TAP_STD = 0.2
# A scene has phases of its own, in more than one wave at a time: four quarters of a picture differ by this many times
# the variance that independent waves would have.
DEPENDENCE = 8.0
MOST_SHARE = 0.6
# Weight of keeping the centre of mass: such that a thousandth of a tap counts.
UNMOVED = 1e7
# What was found, held by all that, is this much smaller than the truth: 61 pictures under kernels that were known.
HELD_BACK = 1.4
CHUNK = 8192


def asymmetric(kernel: Kernel, brightness: Array, scale: Factors) -> Kernel:
    """Give a symmetric kernel the taps that the picture's phases call for.

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
    seen = _Seen.of(brightness, kernel, scale)
    pairs = np.arange(kernel.taps.size // 2)
    normal, right = np.eye(len(pairs)) * (2 * DEPENDENCE / TAP_STD**2), np.zeros(len(pairs))
    for pull in _pulls(kernel.taps, pairs):
        normal += np.outer(pull, pull) * UNMOVED
    for lead, weight, rows, columns in seen.chunks():
        moved = _moved(kernel.taps, pairs, rows / scale[0], columns / scale[1])
        normal += (moved * weight[:, None]).T @ moved
        right += moved.T @ lead
    shares = (HELD_BACK * np.linalg.solve(normal, right)).clip(-MOST_SHARE, MOST_SHARE)
    taps = kernel.taps.copy().ravel()
    taps[pairs] *= 1 + shares
    taps[taps.size - 1 - pairs] *= 1 - shares
    return Kernel(taps.reshape(kernel.taps.shape), kernel.name, kernel.uncertainty)


def _pulls(taps: Array, pairs: NDArray[np.intp]) -> tuple[Array, Array]:
    """How far each pair, out of balance by all of itself, moves the centre of mass down and to the right, in taps.

    A picture does not tell where it lay: long and short waves are moved alike. So the centre stays where it is.
    """
    offsets = _offsets(taps, pairs)
    return 2 * taps.ravel()[pairs] * offsets[0], 2 * taps.ravel()[pairs] * offsets[1]


def _offsets(taps: Array, pairs: NDArray[np.intp]) -> tuple[Array, Array]:
    """Rows and columns from the middle of the kernel."""
    height, width = taps.shape
    return pairs // width - (height - 1) / 2, pairs % width - (width - 1) / 2


def _moved(taps: Array, pairs: NDArray[np.intp], rows: Array, columns: Array) -> Array:
    """How far each pair, out of balance by all of itself, leads waves; in parts of their amplitude before the blur."""
    row, column = _offsets(taps, pairs)
    angle = 2 * np.pi * (rows[:, None] * row + columns[:, None] * column)
    moved: Array = 2 * taps.ravel()[pairs] * np.sin(angle)
    return moved


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """What was seen at each wave of a picture.

    Parameters
    ----------
    lead : ndarray, shape (n,)
        Of the picture's wave before the foretold one, weighted.
    weight : ndarray, shape (n,)
        How much a wave says.
    rows, columns : ndarray, shape (n,)
        Wave numbers in cycles per pixel.
    """

    lead: Array
    weight: Array
    rows: Array
    columns: Array

    @classmethod
    def of(cls, brightness: Array, kernel: Kernel, scale: Factors) -> _Seen:
        """Look at a picture, with each of the cuts."""
        frame = Frame.of(brightness)
        transfer = _transfer(kernel, frame.rows[:, 0] / scale[0], frame.columns[0] / scale[1])
        lead, weight = np.zeros(transfer.shape), np.zeros(transfer.shape)
        for cut in CUTS:
            for own, foretold, long_waves in frame.sides(transfer, cut):
                alone = _without(frame, foretold, long_waves)
                gain, noise = _fitted(frame, own, alone)
                lead += (own * alone.conj()).imag * gain / noise / len(CUTS)
                weight += np.abs(alone) ** 2 * gain**2 / noise / len(CUTS)
        # The spectrum of a real picture is symmetric: one half of it says all.
        radius = frame.radius
        asked = (radius >= LEAST_FREQUENCY) & (radius <= NYQUIST) & (np.abs(transfer) > LEAST_TRANSFER)
        asked &= (frame.rows > 0) | ((frame.rows == 0) & (frame.columns > 0))
        row, column = np.nonzero(asked)
        # Told in parts of the amplitude before the blur.
        before = transfer[asked]
        return cls(lead[asked] / before, weight[asked] / before**2, frame.rows[row, 0], frame.columns[0, column])

    def chunks(self) -> list[tuple[Array, Array, Array, Array]]:
        """Cut into parts of a bounded size: lead, weight, rows, columns."""
        starts = range(0, len(self.lead), CHUNK)
        parts = (self.lead, self.weight, self.rows, self.columns)
        return [tuple(part[start : start + CHUNK] for part in parts) for start in starts]  # type: ignore[misc]


def _transfer(kernel: Kernel, rows: Array, columns: Array) -> Array:
    """Factor by which a symmetric kernel damps waves; rows and columns in cycles per HR pixel."""
    height, width = kernel.taps.shape
    down = np.exp(2j * np.pi * np.outer(rows, np.arange(height) - (height - 1) / 2))
    right = np.exp(2j * np.pi * np.outer(columns, np.arange(width) - (width - 1) / 2))
    transfer: Array = (down @ kernel.taps @ right.T).real
    return transfer


def _without(frame: Frame, foretold: Waves, long_waves: Waves) -> Waves:
    """Take out of foretold waves what they still hold of the picture's own, which says nothing about their place."""
    own_share = frame.ringed((foretold * long_waves.conj()).real)
    own_share /= np.maximum(frame.ringed(np.abs(long_waves) ** 2), np.finfo(float).tiny)
    alone: Waves = foretold - own_share[frame.rings] * long_waves
    return alone


def _fitted(frame: Frame, own: Waves, foretold: Waves) -> tuple[Array, Array]:
    """Gain that brings the foretold waves nearest to the picture's own, ring by ring, and the noise of each wave."""
    shared, power = frame.ringed((own * foretold.conj()).real), frame.ringed(np.abs(foretold) ** 2)
    gain = (shared / np.maximum(power, np.finfo(float).tiny)).clip(0)
    whole = frame.ringed(np.abs(own) ** 2)
    left = np.maximum(whole - gain * shared, whole / 50) / np.maximum(frame.ringed(np.ones(own.shape)), 1)
    # Rounding to 8 bits is always there, in a derivative the more the shorter the wave.
    rounding = ROUNDING_VARIANCE * (2 * np.pi * frame.radius) ** 2 / 2 * np.square(frame.taper).sum()
    noise = np.maximum(left[frame.rings], rounding + np.finfo(float).tiny)
    off = np.abs(own - gain[frame.rings] * foretold) ** 2 / noise
    return gain[frame.rings], noise * (1 + off / USUAL_POWER)
