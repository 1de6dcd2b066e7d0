"""Resampling by any factor per axis, pixel centres aligned: output o lies at (o + 0.5) / factor - 0.5 of the input.

Cubic convolution (Keys 1981, a = -1/2) or another curve, stretched where it shrinks, so that shrinking is antialiased.
Beyond its border a picture is mirrored with its edge pixel repeated. Each axis is a banded matrix, applied block by
block: one mechanism for crops, whole pictures and tiles, and differentiable.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import torch

from zssr_studio.engine.config import Curve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# Of a banded matrix: first input, one past the last, and the part between them (outputs, inputs).
Block = tuple[int, int, torch.Tensor]

# Output pixels that are computed by one dense matrix: enough for fast matrix products, and so few that most of its
# entries are not 0. Chosen; no comparison was kept.
BLOCK_PX = 64


# How far from an output pixel a curve reaches, in input pixels.
REACH_PX = {Curve.CUBIC: 2.0, Curve.LANCZOS: 3.0, Curve.NEAREST: 0.5}


@dataclass(frozen=True, slots=True)
class AxisMap:
    """How one axis is resampled.

    Parameters
    ----------
    factor : float
        Output pixels per input pixel.
    in_size : int
        Pixels of the whole input axis; beyond it the picture is mirrored.
    out_start, out_stop : int
        The output pixels that are wanted, counted on the whole output axis.
    in_start : int
        Where on the whole input axis the first pixel of the given tensor lies (for tiles).
    shift_px : float
        Added to the sampling positions, in input pixels.
    antialias : bool
        Whether the curve is stretched by 1 / factor where the axis shrinks.
    curve : Curve
    """

    factor: float
    in_size: int
    out_start: int
    out_stop: int
    in_start: int = 0
    shift_px: float = 0.0
    antialias: bool = True
    curve: Curve = Curve.CUBIC


def resize(x: torch.Tensor, factor: tuple[float, float], out_size: tuple[int, int]) -> torch.Tensor:
    """Resize whole pictures.

    Parameters
    ----------
    x : Tensor, shape (N, C, H, W)
        Any floating dtype and device.
    factor : tuple of float
        Output pixels per input pixel, vertical and horizontal; the sampling phase follows from it, not from the sizes.
    out_size : tuple of int
        Rows and columns of the output.

    Returns
    -------
    Tensor, shape (N, C, *out_size)
    """
    rows, columns = (
        AxisMap(axis_factor, size, 0, out)
        for axis_factor, size, out in zip(factor, x.shape[-2:], out_size, strict=True)
    )
    return resample(x, rows, columns)


def resample(x: torch.Tensor, rows: AxisMap, columns: AxisMap) -> torch.Tensor:
    """Resample both axes of a tensor (N, C, H, W), each by its own map."""
    if not _is_identity(rows, x.shape[-2]):
        x = along_rows(x, kept_blocks(rows, x.device, x.dtype))
    if not _is_identity(columns, x.shape[-1]):
        x = along_columns(x, kept_blocks(columns, x.device, x.dtype))
    return x


def along_rows(x: torch.Tensor, blocks: Sequence[Block]) -> torch.Tensor:
    """Resample the rows of a tensor (N, C, H, W)."""
    return torch.cat([matrix @ x[..., low:high, :] for low, high, matrix in blocks], dim=-2)


def along_columns(x: torch.Tensor, blocks: Sequence[Block]) -> torch.Tensor:
    """Resample the columns of a tensor (N, C, H, W)."""
    return torch.cat([x[..., low:high] @ matrix.T for low, high, matrix in blocks], dim=-1)


def needed(axis: AxisMap) -> tuple[int, int]:
    """Return the first input pixel that the wanted output pixels of an axis are made of, and one past the last."""
    indices, weights = _taps(axis)
    used = indices[weights != 0]
    return int(used.min()), int(used.max()) + 1


def mirrored(indices: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Fold indices beyond [0, size) back inside, repeating the edge pixel (dcba|abcd|dcba)."""
    folded = np.mod(indices, 2 * size)
    inside: NDArray[np.int64] = np.minimum(folded, 2 * size - 1 - folded)
    return inside


def _is_identity(axis: AxisMap, size: int) -> bool:
    whole = axis.out_start == axis.in_start and axis.out_stop == axis.in_start + size
    return axis.factor == 1 and axis.shift_px == 0 and whole


def _cubic(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cubic convolution (Keys 1981, a = -1/2)."""
    d = np.abs(distance)
    near = (1.5 * d - 2.5) * d * d + 1
    far = ((-0.5 * d + 2.5) * d - 4) * d + 2
    return np.where(d <= 1, near, np.where(d < 2, far, 0.0))


def _lanczos(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sinc, windowed by its own main lobe over three (Duchon 1979)."""
    inside: NDArray[np.float64] = np.where(np.abs(distance) < 3, np.sinc(distance) * np.sinc(distance / 3), 0.0)
    return inside


def _box(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 for the input pixel in which an output pixel's centre lies; of two at the same distance, the later one."""
    return ((distance > -0.5) & (distance <= 0.5)).astype(np.float64)


_WEIGHTS = {Curve.CUBIC: _cubic, Curve.LANCZOS: _lanczos, Curve.NEAREST: _box}


def _taps(axis: AxisMap) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Input indices on the whole axis and weights of each wanted output pixel, both of shape (n, taps)."""
    stretch = max(1.0, 1 / axis.factor) if axis.antialias else 1.0
    centres = (np.arange(axis.out_start, axis.out_stop) + 0.5) / axis.factor - 0.5 + axis.shift_px
    reach = REACH_PX[axis.curve] * stretch
    first = np.floor(centres - reach).astype(np.int64)
    indices = first[:, None] + np.arange(int(np.ceil(2 * reach)) + 2)
    weights = _WEIGHTS[axis.curve]((indices - centres[:, None]) / stretch)
    weights /= weights.sum(axis=1, keepdims=True)
    return mirrored(indices, axis.in_size), weights


# Enough for training and for the blocks of one column of a picture; a large picture has thousands of others. Chosen.
@lru_cache(maxsize=96)
def kept_blocks(axis: AxisMap, device: torch.device, dtype: torch.dtype) -> tuple[Block, ...]:
    """Return the blocks of an axis on a device."""
    return tuple((low, high, matrix.to(device)) for low, high, matrix in blocks_of(axis, dtype))


def blocks_of(axis: AxisMap, dtype: torch.dtype) -> list[Block]:
    """Cut the axis's banded matrix into dense blocks, on the processor."""
    indices, weights = _taps(axis)
    blocks = []
    for start in range(0, len(indices), BLOCK_PX):
        part, part_weights = indices[start : start + BLOCK_PX], weights[start : start + BLOCK_PX]
        used = part[part_weights != 0]
        low, high = int(used.min()), int(used.max()) + 1
        matrix = np.zeros((len(part), high - low))
        rows = np.broadcast_to(np.arange(len(part))[:, None], part.shape)
        held = part_weights != 0
        np.add.at(matrix, (rows[held], part[held] - low), part_weights[held])
        blocks.append((low - axis.in_start, high - axis.in_start, torch.from_numpy(matrix).to(dtype)))
    return blocks
