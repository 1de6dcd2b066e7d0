"""The JPEG compression that a picture's block borders tell of, after its values were changed. Imports no torch.

Toning, a crop or another table than the usual one leave no multiples of quantisation intervals to be found in the DCT
coefficients, but the borders of the blocks stay. How strong they are says how strongly the picture was compressed: it
is compressed again here, its blocks shifted by half a block, until the new borders are as strong as the old ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.fft import dctn, idctn

from zssr_studio.engine.estimation.spectrum import middle
from zssr_studio.jpeg_tables import BLOCK_PX, JpegTables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Values = NDArray[np.float32]

# Of a larger picture the middle is looked at.
MAX_SIDE_PX = 1024
# Borders count from here on, in standard errors: in the direction that shows them less, and in both together. Of 39
# sharp pictures that were no JPEGs the strongest has 6.7 together; of 24 that were compressed at 50 to 89, cropped and
# toned, one has less than 9; of 12 scans with grain compressed at 80 to 90 none (docs/lab, "Compression").
LEAST_ERRORS, LEAST_ERRORS_TOGETHER = 2.0, 9.0
# The picture is compressed again with these at most. Chosen.
LEAST_QUALITY, MOST_QUALITY = 20, 95
# Borders of blocks upon other borders are somewhat stronger: in 37 of 39 pictures of quality 40 to 95, cropped and
# toned, the quality came out 3.9 too low, which is this much too far from 100.
OVERSTATED = 0.87
# How far the strength of borders is told from that of the columns about it. Chosen: two blocks and one.
TREND = np.full(2 * BLOCK_PX + 1, 1 / (2 * BLOCK_PX + 1))
# Columns in the middle between two borders, by their distance from one.
MIDDLE = (3, 4, 5)
# A third difference across a border lies about its second and third pixel.
BEFORE_BORDER_PX = 2
# Added to differences before their logarithm, in steps of 8 bits: what rounding leaves. Chosen.
ROUNDING = np.float32(1.0)


@dataclass(frozen=True, slots=True)
class _Borders:
    """Where the blocks begin along an axis, how much stronger borders are than middles, and that in standard errors."""

    start: int
    strength: float
    errors: float


def quality_of_borders(plane: Values) -> int | None:
    """Tell the quality of the JPEG that left the borders of its blocks in a picture.

    Parameters
    ----------
    plane : ndarray, shape (H, W), float32
        Brightness less 128, in steps of 8 bits.

    Returns
    -------
    int or None
        From 30 to 96, as the Independent JPEG Group counts it; None where there are no borders to be seen.
    """
    part = middle(plane, MAX_SIDE_PX)
    if min(part.shape) < 6 * BLOCK_PX:
        return None
    down, across = (_borders(part, axis) for axis in (0, 1))
    if min(down.errors, across.errors) < LEAST_ERRORS or down.errors + across.errors < LEAST_ERRORS_TOGETHER:
        return None
    shifted = [(borders.start + BLOCK_PX // 2) % BLOCK_PX for borders in (down, across)]
    blocks = _Blocks.of(part, shifted)
    seen = down.strength + across.strength
    least, most = LEAST_QUALITY, MOST_QUALITY
    while most > least:
        tried = (least + most + 1) // 2
        again = blocks.compressed(tried)
        # The stronger the compression, the stronger its borders.
        if sum(_strength(_unevenness(again, axis), shifted[axis]) for axis in (0, 1)) >= seen:
            least = tried
        else:
            most = tried - 1
    return round(100 - OVERSTATED * (100 - least))


def _borders(plane: Values, axis: int) -> _Borders:
    """Find where the borders across an axis are strongest."""
    unevenness = _unevenness(plane, axis)
    strengths = [_strength(unevenness, start) for start in range(BLOCK_PX)]
    start = int(np.argmax(strengths))
    groups = [unevenness[phase::BLOCK_PX] for phase in range(BLOCK_PX)]
    error = float(np.mean([group.std() / np.sqrt(len(group)) for group in groups]))
    return _Borders(start, strengths[start], strengths[start] / max(error, np.finfo(float).tiny))


def _unevenness(plane: Values, axis: int) -> Array:
    """Return the mean logarithm of third differences along an axis, one for each place, without its trend."""
    logarithms = np.log(np.abs(np.diff(plane, 3, axis=axis)) + ROUNDING).mean(axis=1 - axis, dtype=np.float64)
    padded = np.pad(logarithms, len(TREND) // 2, mode="edge")
    uneven: Array = logarithms - np.convolve(padded, TREND, mode="valid")
    return uneven


def _strength(unevenness: Array, start: int) -> float:
    """Return how much more uneven borders are than the middles of blocks that begin at a place."""
    border = (start - BEFORE_BORDER_PX) % BLOCK_PX
    means = [float(unevenness[(border + away) % BLOCK_PX :: BLOCK_PX].mean()) for away in (0, *MIDDLE)]
    return means[0] - float(np.mean(means[1:]))


@dataclass(frozen=True, slots=True, eq=False)
class _Blocks:
    """The blocks of a plane that begin at some places, to be compressed by any quality.

    Parameters
    ----------
    plane : ndarray, shape (H, W)
    inside : tuple of slice
        The part of it that whole blocks cover.
    coefficients : ndarray, shape (rows, columns, 8, 8)
    """

    plane: Values
    inside: tuple[slice, ...]
    coefficients: Values

    @classmethod
    def of(cls, plane: Values, starts: list[int]) -> _Blocks:
        """Cut a plane into blocks and transform them."""
        rows, columns = ((size - start) // BLOCK_PX for size, start in zip(plane.shape, starts, strict=True))
        inside = tuple(slice(start, start + n * BLOCK_PX) for start, n in zip(starts, (rows, columns), strict=True))
        blocks = plane[inside].reshape(rows, BLOCK_PX, columns, BLOCK_PX).swapaxes(1, 2)
        return cls(plane, inside, dctn(blocks, axes=(2, 3), norm="ortho"))

    def compressed(self, quality: int) -> Values:
        """Round the coefficients to the intervals of a quality, and return the plane that they make."""
        table = np.array(JpegTables.of_quality(quality).luma, np.float32).reshape(BLOCK_PX, BLOCK_PX)
        rounded = np.rint(self.coefficients / table) * table
        decoded = np.rint(idctn(rounded, axes=(2, 3), norm="ortho", overwrite_x=True))
        out = self.plane.copy()
        rows, columns = decoded.shape[:2]
        out[self.inside] = decoded.swapaxes(1, 2).reshape(rows * BLOCK_PX, columns * BLOCK_PX)
        return out
