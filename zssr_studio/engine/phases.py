"""What a blur has that no symmetric kernel has, found from the phases of a picture's waves. Imports no torch.

A spectrum tells how strongly each wave was damped, not how far it was moved. The picture does: an edge of the scene is
one at all scales, so its long waves, which a blur hardly touches, foretell where its short ones belong. So the long
waves are sharpened by a power of the derivative, which makes short waves with the phases of edges, and blurred with the
symmetric kernel; what the picture's own short waves lead or lag behind those is the kernel's doing. Linear least
squares turns that into taps, held by what taps usually are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.blur import ROUNDING_VARIANCE
from zssr_studio.engine.kernel import Kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Waves = NDArray[np.complex128]
    Factors = tuple[float, float]

# Cycles per pixel of the picture: up to where its waves are known well enough to foretell shorter ones, and which waves
# are asked. The cut is as soft as a Butterworth filter of this order.
CUT, CUT_ORDER, LEAST_FREQUENCY, NYQUIST = 0.35, 6, 0.1, 0.5
# A transfer below this is not divided by.
LEAST_TRANSFER = 0.02
SHARPENING_POWER = 2.0
# About how far structures are sharpened by their own contrast.
SURROUND_PX = 8.0
DIRECTIONS = 4
# Deviation of a tap from the symmetric kernel, as a share of it.
TAP_STD = 0.2
# A scene has phases of its own, in more than one wave at a time: four quarters of a picture differ by this many times
# the variance that independent waves would have.
DEPENDENCE = 8.0
MOST_SHARE = 0.6
# Weight of keeping the centre of mass: such that a thousandth of a tap counts.
UNMOVED = 1e7
MARGIN_PX = 48
# The window that hides the margin is a Hann window to this power: nearly flat.
WINDOW_POWER = 0.1
# Of a larger picture the middle is looked at.
MOST_SIDE_PX = 384
RINGS = 32
CHUNK = 8192


def lopsided(kernel: Kernel, brightness: Array, scale: Factors) -> Kernel:
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
    shares = np.linalg.solve(normal, right).clip(-MOST_SHARE, MOST_SHARE)
    taps = kernel.taps.copy().ravel()
    taps[pairs] *= 1 + shares
    taps[taps.size - 1 - pairs] *= 1 - shares
    return Kernel(taps.reshape(kernel.taps.shape), kernel.name, kernel.doubt)


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
        """Look at the middle of a picture, from `DIRECTIONS` sides."""
        picture, taper = _framed(brightness)
        rows, columns = (np.fft.fftfreq(size).astype(np.float64) for size in picture.shape)
        radius = np.hypot(rows[:, None], columns)
        transfer = _transfer(kernel, rows / scale[0], columns / scale[1])
        spectrum = np.fft.fft2(picture)
        known = 1 / (1 + (radius / CUT) ** (2 * CUT_ORDER))
        long_waves = spectrum * known * transfer / np.maximum(transfer**2, LEAST_TRANSFER**2)
        # Rounding to 8 bits is always there, in a derivative the more the shorter the wave.
        rounding = ROUNDING_VARIANCE * (2 * np.pi * radius) ** 2 / 2 * np.square(taper).sum()
        lead, weight = np.zeros(picture.shape), np.zeros(picture.shape)
        for angle in np.arange(DIRECTIONS) * np.pi / DIRECTIONS:
            across = 2j * np.pi * (np.sin(angle) * rows[:, None] + np.cos(angle) * columns)
            own = np.fft.fft2(np.fft.ifft2(spectrum * across).real * taper)
            foretold = np.fft.fft2(_sharpened(np.fft.ifft2(long_waves * across).real) * taper)
            gain, left = _fitted(own, foretold * transfer, radius)
            noise = np.maximum(left, rounding + np.finfo(float).tiny)
            lead += (own * foretold.conj()).imag * gain / noise
            weight += np.abs(foretold) ** 2 * gain**2 / noise
        # The spectrum of a real picture is symmetric: one half of it says all.
        asked = (radius >= LEAST_FREQUENCY) & (radius <= NYQUIST)
        asked &= (rows[:, None] > 0) | ((rows[:, None] == 0) & (columns > 0))
        row, column = np.nonzero(asked)
        return cls(lead[asked], weight[asked], rows[row], columns[column])

    def chunks(self) -> list[tuple[Array, Array, Array, Array]]:
        """Cut into parts of a bounded size: lead, weight, rows, columns."""
        starts = range(0, len(self.lead), CHUNK)
        parts = (self.lead, self.weight, self.rows, self.columns)
        return [tuple(part[start : start + CHUNK] for part in parts) for start in starts]  # type: ignore[misc]


def _framed(brightness: Array) -> tuple[Array, Array]:
    """Cut out the middle, mirror its margin, and make the window that hides it."""
    starts = [max(0, size - MOST_SIDE_PX) // 2 for size in brightness.shape]
    middle = brightness[starts[0] : starts[0] + MOST_SIDE_PX, starts[1] : starts[1] + MOST_SIDE_PX]
    margin = min(MARGIN_PX, *middle.shape)
    window = np.outer(*(np.hanning(size + 2)[1:-1] for size in middle.shape)) ** WINDOW_POWER
    return np.pad(middle, margin, mode="symmetric"), np.pad(window, margin)


def _transfer(kernel: Kernel, rows: Array, columns: Array) -> Array:
    """Factor by which a symmetric kernel damps waves; rows and columns in cycles per HR pixel."""
    height, width = kernel.taps.shape
    down = np.exp(2j * np.pi * np.outer(rows, np.arange(height) - (height - 1) / 2))
    right = np.exp(2j * np.pi * np.outer(columns, np.arange(width) - (width - 1) / 2))
    transfer: Array = (down @ kernel.taps @ right.T).real
    return transfer


def _sharpened(derivative: Array) -> Array:
    """Raise a derivative to a power, against the contrast about it: soft edges become sharp ones in their places."""
    from scipy.ndimage import gaussian_filter

    square = derivative**2
    contrast = np.sqrt(gaussian_filter(square, SURROUND_PX) + square.mean() / 1000 + ROUNDING_VARIANCE)
    sharp: Array = np.sign(derivative) * np.abs(derivative / contrast) ** SHARPENING_POWER * contrast
    return sharp


def _fitted(own: Waves, foretold: Waves, radius: Array) -> tuple[Array, Array]:
    """Gain that brings the foretold waves nearest to the picture's, and the power of what is left, for each ring."""
    ring = np.minimum((radius * RINGS).astype(int), RINGS)

    def total(values: Array) -> Array:
        return np.bincount(ring.ravel(), values.ravel(), RINGS + 1).astype(np.float64)

    shared, power = total((own * foretold.conj()).real), total(np.abs(foretold) ** 2)
    gain = (shared / np.maximum(power, np.finfo(float).tiny)).clip(0)
    whole = total(np.abs(own) ** 2)
    left = np.maximum(whole - gain * shared, whole / 50) / np.maximum(total(np.ones(ring.shape)), 1)
    return gain[ring], left[ring]
