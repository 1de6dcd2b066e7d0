"""Blocks of a picture by their DCT coefficients, ordered from the calmest on. Imports no torch."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.fft import dctn

from zssr_studio.engine.damage import HIGH_COEFFICIENTS, LOW_COEFFICIENTS, LUMA
from zssr_studio.jpeg_tables import BLOCK_PX

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Brightness, and the differences of blue and of red from it: what neighbours and channels share lies apart in these.
TO_COMPONENTS: Array = np.array([LUMA, np.array([0, 0, 1]) - LUMA, np.array([1, 0, 0]) - LUMA])
HOP_PX = 3
MAX_BLOCKS, LEAST_BLOCKS = 20_000, 300
# Near black and white values are cut off, and noise with them.
DARKEST, BRIGHTEST = 0.04, 0.96
# Rows and columns of the 64 coefficients, and their squared frequencies in cycles per pixel squared.
ROWS, COLUMNS = np.indices((BLOCK_PX, BLOCK_PX)).reshape(2, -1)
SQUARES: Array = (ROWS**2 + COLUMNS**2) / (2 * BLOCK_PX) ** 2
LOW, HIGH = np.array(LOW_COEFFICIENTS), np.array(HIGH_COEFFICIENTS)


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """DCT coefficients of blocks, ordered from the calmest on.

    Parameters
    ----------
    energy : ndarray, shape (n, components, 64)
        Squared coefficients.
    values : ndarray, shape (n,)
        Mean brightness.
    low, high : ndarray, shape (n,)
        Mean energy of the brightness at low and at high frequencies.
    """

    energy: Array
    values: Array
    low: Array
    high: Array


def blocks_of(pixels: NDArray[np.float32], shrink: int = 1) -> Blocks | None:
    """Cut a picture, or what it is at a half or a third of its size, into overlapping blocks.

    Parameters
    ----------
    pixels : ndarray, shape (H, W, C), float32, in [0, 1]
    shrink : int
        Pixels a side whose mean becomes one; only those that blocks are made of are looked at.

    Returns
    -------
    Blocks or None
        None where too few of them are neither black nor white.
    """
    side = shrink * BLOCK_PX
    if min(pixels.shape[:2]) < side:
        return None
    every = np.lib.stride_tricks.sliding_window_view(pixels, (side, side), axis=(0, 1))[::shrink, ::shrink]
    hop = max(HOP_PX, math.ceil(math.sqrt(every.shape[0] * every.shape[1] / MAX_BLOCKS)))
    parts = every[::hop, ::hop].reshape(-1, pixels.shape[2], BLOCK_PX, shrink, BLOCK_PX, shrink)
    cut = parts.mean(axis=(3, 5), dtype=np.float64)
    coefficients = dctn(cut, axes=(2, 3), norm="ortho").reshape(*cut.shape[:2], -1)
    if pixels.shape[2] == len(LUMA):
        coefficients = np.einsum("kc,nci->nki", TO_COMPONENTS, coefficients)
    values = coefficients[:, 0, 0] / BLOCK_PX
    within = (values > DARKEST) & (values < BRIGHTEST)
    if within.sum() < LEAST_BLOCKS:
        return None
    energy, values = coefficients[within] ** 2, values[within]
    low = energy[:, 0, LOW].mean(axis=1)
    order = np.argsort(low)
    return Blocks(energy[order], values[order], low[order], energy[order][:, 0, HIGH].mean(axis=1))
