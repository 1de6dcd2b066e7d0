"""The JPEG compression of a picture that was saved as something else since, found from its blocks. Imports no torch.

The DCT coefficients of a decoded JPEG lie near multiples of their quantisation intervals. For each quality, how much
likelier its intervals make the coefficients decides. In 103 pictures that were no JPEGs no blocks were found that could
count wrongly (docs/lab, "Compression"). Where values were changed since, the borders of the blocks tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.fft import dctn

from zssr_studio.engine.estimation.compression.block_borders import quality_of_borders
from zssr_studio.engine.estimation.spectrum import luma
from zssr_studio.jpeg_tables import BLOCK_PX, JpegTables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float32]

# Fewer blocks, or fewer coefficients that are not rounded to 0, show too little; more take longer. Chosen.
LEAST_BLOCKS = 40
MAX_BLOCKS = 4000
# Above, the intervals are hardly longer than the rounding error of the decoded picture. Chosen.
QUALITIES = range(20, 96)
# Vertical and horizontal index of the DCT coefficients that are used: not the mean of a block, and none that is nearly
# always rounded to 0. Chosen.
COEFFICIENTS = [(0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (1, 2), (2, 1), (0, 3), (3, 0)]
# Standard deviation of a coefficient about its multiple, of 255, by rounding to whole numbers and conversion of colour.
# Chosen.
DECODING_STD = 0.6
# Gain in log-likelihood per coefficient, against coefficients that lie anywhere, from which a picture counts as a JPEG.
# Chosen; of pictures that are no JPEGs none reaches it so that it matters (docs/lab, "Compression").
LEAST_GAIN = 0.25
# Share of coefficients that the model allows to lie anywhere. Chosen.
OUTLIER_SHARE = 0.1
# Shorter intervals cannot be told from the decoding's own rounding. Chosen.
LEAST_INTERVAL = 3


def find_tables(pixels: NDArray[np.float32]) -> JpegTables | None:
    """Find the quantisation tables from the DCT coefficients of the blocks, or from the blocks' borders.

    Parameters
    ----------
    pixels : ndarray, shape (H, W, C), float32, in [0, 1]
        Any part of a picture, so that the grid of the blocks may lie anywhere.

    Returns
    -------
    JpegTables or None
        None where the picture shows no blocks.
    """
    plane = (255 * luma(pixels) - 128).astype(np.float32)
    if (plane.shape[0] // BLOCK_PX - 1) * (plane.shape[1] // BLOCK_PX - 1) < LEAST_BLOCKS:
        return None
    gain, quality = max(_best_quality(_coefficients(plane, top, left)) for top, left in _likely_grids(plane))
    if gain > LEAST_GAIN:
        return JpegTables.of_quality(quality)
    by_borders = quality_of_borders(plane)
    return None if by_borders is None else JpegTables.of_quality(by_borders)


def _likely_grids(plane: Values) -> list[tuple[int, int]]:
    """Return where blocks may begin: the strongest borders, and the picture's own corner."""
    starts = []
    for axis in (0, 1):
        third = np.abs(np.diff(plane, 3, axis=axis)).mean(axis=1 - axis)
        strength = [np.median(third[(start - 2) % BLOCK_PX :: BLOCK_PX]) for start in range(BLOCK_PX)]
        starts.append({0, int(np.argmax(strength))})
    return [(top, left) for top in starts[0] for left in starts[1]]


def _coefficients(plane: Values, top: int, left: int) -> Values:
    """DCT coefficients of the blocks of a grid: shape (blocks, len(COEFFICIENTS))."""
    rows, columns = ((n - start) // BLOCK_PX for n, start in zip(plane.shape, (top, left), strict=True))
    part = plane[top : top + rows * BLOCK_PX, left : left + columns * BLOCK_PX]
    blocks = part.reshape(rows, BLOCK_PX, columns, BLOCK_PX).swapaxes(1, 2).reshape(-1, BLOCK_PX, BLOCK_PX)
    blocks = blocks[:: max(1, len(blocks) // MAX_BLOCKS)]
    coefficients = dctn(blocks, axes=(1, 2), norm="ortho")
    return np.stack([coefficients[:, row, column] for row, column in COEFFICIENTS], axis=1)


def _best_quality(coefficients: Values) -> tuple[float, int]:
    """Return the largest gain in log-likelihood per coefficient, and the quality that has it."""
    return max((_gain(coefficients, quality), quality) for quality in QUALITIES)


def _gain(coefficients: Values, quality: int) -> float:
    """Gain in log-likelihood per coefficient, against coefficients that lie anywhere."""
    table = np.array(JpegTables.of_quality(quality).luma).reshape(BLOCK_PX, BLOCK_PX)
    intervals = np.array([table[row, column] for row, column in COEFFICIENTS], np.float32)
    if intervals.min() < LEAST_INTERVAL:
        return 0.0
    # What is rounded to 0 says little, since coefficients near 0 are frequent in any picture.
    used = np.abs(coefficients) > intervals / 2
    if used.sum() < LEAST_BLOCKS:
        return 0.0
    seen, intervals = coefficients[used], np.broadcast_to(intervals, coefficients.shape)[used]
    away = seen - intervals * np.round(seen / intervals)
    normal = np.exp(-0.5 * (away / DECODING_STD) ** 2) / (DECODING_STD * np.sqrt(2 * np.pi))
    gains = np.log((1 - OUTLIER_SHARE) * normal * intervals + OUTLIER_SHARE)
    return float(gains.mean())
