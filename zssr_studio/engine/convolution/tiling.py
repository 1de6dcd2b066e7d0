"""How pictures are cut into tiles of 4 x 4 pixels, each with the window of 6 x 6 about it.

In tiles pictures are a list of pixels (16 * tiles + 1, C), the place inside the tile before the tile, and a last row of
zeros, which stands for all that lies beyond the border. Of a size that is no multiple of 4 the last tiles reach over
the border; what is computed there is never read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch

# Outputs of a tile along an axis, and the inputs that they are made of.
TILE_PX, WINDOW_PX = 4, 6


@dataclass(frozen=True, slots=True, eq=False)
class Tiling:
    """How pictures of one size are cut into tiles: indices of rows, in lists of pixels.

    Parameters
    ----------
    shape : tuple of int
        Pictures, rows and columns.
    tiles : int
    windows : Tensor, shape (36 * tiles,)
        The pixels of the window about each tile, in the tiled list.
    held, starts : Tensor
        For each pixel of the tiled list where it lies in the windows, one after the other, and where its part begins.
    tiled, flat : Tensor, shape (16 * tiles,) and (pixels,)
        Where the pixels of the tiled list lie in that of the pictures, and the other way round; those beyond the border
        are given the first pixel.
    """

    shape: tuple[int, int, int]
    tiles: int
    windows: torch.Tensor
    held: torch.Tensor
    starts: torch.Tensor
    tiled: torch.Tensor
    flat: torch.Tensor

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, shape: tuple[int, int, int]) -> Tiling:
        """Cut pictures of a shape (N, H, W) into tiles."""
        count, *size = shape
        down, across = (-(-n // TILE_PX) for n in size)
        tiles = count * down * across
        # Where each pixel, and all around the pictures, lies in the tiled list.
        places = np.full((count, TILE_PX * down + 2, TILE_PX * across + 2), TILE_PX**2 * tiles)
        inside = np.arange(TILE_PX**2 * tiles).reshape(TILE_PX, TILE_PX, count, down, across)
        whole = inside.transpose(2, 3, 0, 4, 1).reshape(count, TILE_PX * down, TILE_PX * across)
        places[:, 1 : 1 + size[0], 1 : 1 + size[1]] = whole[:, : size[0], : size[1]]
        windows = np.lib.stride_tricks.sliding_window_view(places, (WINDOW_PX, WINDOW_PX), axis=(1, 2))
        windows = windows[:, ::TILE_PX, ::TILE_PX].transpose(3, 4, 0, 1, 2).reshape(-1)
        order = np.argsort(windows, kind="stable")
        starts = np.searchsorted(windows[order], np.arange(TILE_PX**2 * tiles + 1))
        held = order[: starts[-1]]
        flat = places[:, 1 : 1 + size[0], 1 : 1 + size[1]].reshape(-1)
        tiled = np.zeros(TILE_PX**2 * tiles, dtype=np.int64)
        tiled[flat] = np.arange(len(flat))
        arrays = (windows, held, starts, tiled, flat)
        return cls(shape, tiles, *(torch.from_numpy(np.ascontiguousarray(array)) for array in arrays))
