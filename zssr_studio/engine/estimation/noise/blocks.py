"""Blocks of a picture by their DCT coefficients, ordered from the calmest on. Imports no torch."""

from __future__ import annotations

import itertools
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


# Of all parts, those of just one colour that count as paint. Chosen: a photograph that is cut out, on two such colours
# under its transparent part, passed for free of noise.
PAINTED_SHARE = 0.02
# The share of the blocks, from the calmest on, that the noise is read from.
CALM_SHARE = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """DCT coefficients of blocks, ordered from the calmest on.

    Parameters
    ----------
    calm_energy : ndarray, shape (n, components, 64)
        Squared coefficients of the calm ones. Of a picture made smaller its brightness is all of the components.
    values : ndarray, shape (m,)
        Mean brightness of all.
    low, high : ndarray, shape (m,)
        Mean energy of the brightness of all at low and at high frequencies.
    """

    calm_energy: Array
    values: Array
    low: Array
    high: Array

    @property
    def calm(self) -> slice:
        """Which of all blocks are calm."""
        return slice(0, len(self.calm_energy))


def dct_of_blocks(side_px: int) -> Array:
    """Return the matrix that blocks (n, side_px^2) are multiplied by to give the coefficients of their DCT-II."""
    single = np.eye(side_px**2).reshape(-1, side_px, side_px)
    matrix: Array = dctn(single, axes=(1, 2), norm="ortho").reshape(side_px**2, -1)
    return matrix


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
    coefficients = _coefficients(not_painted(every[::hop, ::hop]), shrink)
    values = coefficients[:, 0, 0] / BLOCK_PX
    within = (values > DARKEST) & (values < BRIGHTEST)
    if within.sum() < LEAST_BLOCKS:
        return None
    energy, values = coefficients[within] ** 2, values[within]
    low, high = (energy[:, 0, which].mean(axis=1) for which in (LOW, HIGH))
    order = np.argsort(low)
    calm = order[: round(CALM_SHARE * len(order))]
    return Blocks(energy[calm], values[order], low[order], high[order])


def not_painted(parts: NDArray[np.float32]) -> NDArray[np.float32]:
    """Leave out parts of a picture that are a frame, or what lies where it is transparent: many of just one colour.

    Parameters
    ----------
    parts : ndarray, shape (rows, columns, C, side, side), float32

    Returns
    -------
    ndarray, shape (n, C, side, side)
        Those that are not flat, and the flat ones whose colour has no such share.
    """
    every = parts.reshape(-1, *parts.shape[2:])
    colours = every[:, :, 0, 0]
    flat = np.flatnonzero((every == colours[:, :, None, None]).all(axis=(1, 2, 3)))
    if len(flat) < PAINTED_SHARE * len(every):
        return every
    _, which, counts = np.unique(colours[flat], axis=0, return_inverse=True, return_counts=True)
    painted = counts >= PAINTED_SHARE * len(every)
    return np.delete(every, flat[painted[which.ravel()]], axis=0)


def _coefficients(parts: NDArray[np.float32], shrink: int) -> Array:
    """Transform parts of a picture, shape (n, C, side, side): shape (n, components, 64)."""
    means = sum(
        parts[..., down::shrink, right::shrink].astype(np.float64)
        for down, right in itertools.product(range(shrink), repeat=2)
    )
    cut: Array = np.reshape(means, (*parts.shape[:2], BLOCK_PX**2)) / shrink**2
    if parts.shape[1] == len(LUMA):
        cut = np.matmul(TO_COMPONENTS if shrink == 1 else TO_COMPONENTS[:1], cut)
    coefficients: Array = cut @ _DCT
    return coefficients


_DCT = dct_of_blocks(BLOCK_PX)
