"""Short waves of a picture as its long ones foretell them. Imports no torch.

An edge of the scene is one at all scales. So a picture's long waves, which a blur hardly touches, are made steeper by a
power of their slope against the contrast about it; that makes short waves with the phases and about the strength of
edges. What the picture's own short waves are of those is the blur's doing: how strong they are tells how wide it is
(`width_correction`), where they lie tells how it leans (`asymmetry`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.estimation.spectrum import ROUNDING_VARIANCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Waves = NDArray[np.complex128]

NYQUIST = 0.5
# The cut between long and short waves is as soft as a Butterworth filter of this order.
CUT_ORDER = 6
# A transfer below this is not divided by.
LEAST_TRANSFER = 0.02
SHARPENING_POWER = 2.0
# About how far structures are sharpened by their own contrast.
SURROUND_PX = 8.0
MARGIN_PX = 48
# The window that hides the margin is a Hann window to this power: nearly flat.
WINDOW_POWER = 0.1
# Of a larger picture the middle is looked at.
MOST_SIDE_PX = 384
RINGS = 32


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The middle of a picture as waves.

    Parameters
    ----------
    spectrum : ndarray, shape (H, W), complex128
        Of the picture with its margin mirrored.
    taper : ndarray, shape (H, W)
        Window that hides the margin.
    rows, columns : ndarray, shapes (H, 1) and (1, W)
        Wave numbers in cycles per pixel.
    radius : ndarray, shape (H, W)
        The same, whatever the direction.
    rings : ndarray, shape (H, W), int
        Which of `RINGS` rings a wave lies in; `RINGS` for the shortest.
    """

    spectrum: Waves
    taper: Array
    rows: Array
    columns: Array
    radius: Array
    rings: NDArray[np.intp]

    @classmethod
    def of(cls, brightness: Array) -> Frame:
        """Look at the middle of a brightness (H, W), nominally in [0, 1]."""
        starts = [max(0, size - MOST_SIDE_PX) // 2 for size in brightness.shape]
        seen = brightness[starts[0] : starts[0] + MOST_SIDE_PX, starts[1] : starts[1] + MOST_SIDE_PX]
        margin = min(MARGIN_PX, *seen.shape)
        window = np.outer(*(np.hanning(size + 2)[1:-1] for size in seen.shape)) ** WINDOW_POWER
        spectrum = np.fft.fft2(np.pad(seen, margin, mode="symmetric"))
        rows, columns = (np.fft.fftfreq(size).astype(np.float64) for size in spectrum.shape)
        radius = np.hypot(rows[:, None], columns)
        rings = np.minimum((radius * RINGS).astype(np.intp), RINGS)
        return cls(spectrum, np.pad(window, margin), rows[:, None], columns[None], radius, rings)

    def ringed(self, values: Array) -> Array:
        """Sum values (H, W) over rings of alike wave numbers: shape (RINGS + 1,), ring r from r / RINGS on."""
        return np.bincount(self.rings.ravel(), values.ravel(), RINGS + 1).astype(np.float64)

    def sides(self, transfer: Array, cut: float) -> Iterator[tuple[Waves, Waves, Waves]]:
        """Look at the slope of the picture down and to the right.

        Parameters
        ----------
        transfer : ndarray, shape (H, W)
            By what the blur is thought to damp each wave.
        cut : float
            Cycles per pixel, up to where waves are known well enough to foretell shorter ones.

        Yields
        ------
        tuple of ndarray, each of shape (H, W), complex128
            Waves of the slope to that side: the picture's own; those foretold, blurred; the long ones that they were
            foretold from.
        """
        known = 1 / (1 + (self.radius / cut) ** (2 * CUT_ORDER))
        sharp = self.spectrum * known * transfer / np.maximum(transfer**2, LEAST_TRANSFER**2)
        sides = [2j * np.pi * waves for waves in (self.rows, self.columns)]
        steeper = _steeper([np.fft.ifft2(sharp * side).real for side in sides])
        for side, slope in zip(sides, steeper, strict=True):
            own, long_waves = (self._seen(np.fft.ifft2(self.spectrum * part * side).real) for part in (1, known))
            yield own, self._seen(slope) * transfer, long_waves

    def _seen(self, slope: Array) -> Waves:
        waves: Waves = np.fft.fft2(slope * self.taper)
        return waves


def _steeper(slopes: list[Array]) -> list[Array]:
    """Raise slopes to a power, against the contrast about them: soft edges become sharp ones in their places."""
    from scipy.ndimage import gaussian_filter

    square = sum(slope**2 for slope in slopes)
    contrast = np.sqrt(gaussian_filter(square, SURROUND_PX) + np.mean(square) / 1000 + ROUNDING_VARIANCE)
    steepness = (np.sqrt(square) / contrast) ** (SHARPENING_POWER - 1)
    return [slope * steepness for slope in slopes]
