"""The JPEG compression of a picture that was saved as something else since, found from its blocks. Imports no torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.fft import dctn

from zssr_studio.engine.estimation.spectrum import luma
from zssr_studio.jpeg_tables import BLOCK_PX, JpegTables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

LEAST_BLOCKS = 40
MAX_BLOCKS = 4000
QUALITIES = range(20, 96)
# Waves whose steps are told apart well: not the mean, and none that is nearly always rounded to 0.
WAVES = [(0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (1, 2), (2, 1), (0, 3), (3, 0)]
# Rounding to whole numbers and back from colours blurs a wave by about so much.
OWN_STD = 0.6
# How much likelier than chance the rounded waves have to be, each.
LEAST_GAIN = 0.25
FINEST_STEP = 3


def tables_of_blocks(pixels: NDArray[np.float32]) -> JpegTables | None:
    """Find the tables from the waves of the blocks, which lie on multiples of their steps.

    Parameters
    ----------
    pixels : ndarray, shape (H, W, C), float32, in [0, 1]
        Any part of a picture, so that the grid of the blocks may lie anywhere.

    Returns
    -------
    JpegTables or None
        None where the picture shows no blocks.
    """
    plane = 255 * luma(pixels) - 128
    if (plane.shape[0] // BLOCK_PX - 1) * (plane.shape[1] // BLOCK_PX - 1) < LEAST_BLOCKS:
        return None
    gain, quality = max(_best(_waves(plane, top, left)) for top, left in _likely_grids(plane))
    return JpegTables.of_quality(quality) if gain > LEAST_GAIN else None


def _likely_grids(plane: Array) -> list[tuple[int, int]]:
    """Return where blocks may begin: the strongest borders, and the picture's own corner."""
    starts = []
    for axis in (0, 1):
        second = np.abs(np.diff(plane, 3, axis=axis)).mean(axis=1 - axis)
        strength = [np.median(second[(start - 2) % BLOCK_PX :: BLOCK_PX]) for start in range(BLOCK_PX)]
        starts.append({0, int(np.argmax(strength))})
    return [(top, left) for top in starts[0] for left in starts[1]]


def _waves(plane: Array, top: int, left: int) -> Array:
    """Waves of the blocks of a grid: shape (blocks, len(WAVES))."""
    rows, columns = ((n - start) // BLOCK_PX for n, start in zip(plane.shape, (top, left), strict=True))
    part = plane[top : top + rows * BLOCK_PX, left : left + columns * BLOCK_PX]
    blocks = part.reshape(rows, BLOCK_PX, columns, BLOCK_PX).swapaxes(1, 2).reshape(-1, BLOCK_PX, BLOCK_PX)
    blocks = blocks[:: max(1, len(blocks) // MAX_BLOCKS)]
    waves = dctn(blocks, axes=(1, 2), norm="ortho")
    return np.stack([waves[:, row, column] for row, column in WAVES], axis=1)


def _best(waves: Array) -> tuple[float, int]:
    """Return the gain in log-likelihood per wave against waves that lie anywhere, and the quality that has it."""
    return max((_gain(waves, quality), quality) for quality in QUALITIES)


def _gain(waves: Array, quality: int) -> float:
    table = np.array(JpegTables.of_quality(quality).luma).reshape(BLOCK_PX, BLOCK_PX)
    steps = np.array([table[row, column] for row, column in WAVES], dtype=np.float64)
    if steps.min() < FINEST_STEP:
        return 0.0
    away = waves - steps * np.round(waves / steps)
    # What is rounded to 0 says little, since waves of 0 are frequent in any picture.
    told = np.abs(waves) > steps / 2
    if told.sum() < LEAST_BLOCKS:
        return 0.0
    normal = np.exp(-0.5 * (away / OWN_STD) ** 2) / (OWN_STD * np.sqrt(2 * np.pi))
    gains = np.log(0.9 * normal * steps + 0.1)
    return float(gains[told].mean())
