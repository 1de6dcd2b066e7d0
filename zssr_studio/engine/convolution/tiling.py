"""How pictures are cut into tiles of 4 x 4 pixels, each with the window of 6 x 6 about it.

In tiles pictures are a tensor (4, 4, down, across, N, C): the place inside the tile comes first, so that the same place
of all tiles lies together, and one tile further down or across is a shift. Of a size that is no multiple of 4 the last
tiles reach over the border.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

# Outputs of a tile along an axis, and the inputs that they are made of: one more on each side.
TILE_PX, WINDOW_PX = 4, 6
# Of a window, the place of the tile.
INSIDE = slice(1, 1 + TILE_PX)


@dataclass(frozen=True, slots=True)
class Tiling:
    """How pictures of one size are cut into tiles.

    Parameters
    ----------
    count, height, width : int
        Pictures, rows and columns.
    """

    count: int
    height: int
    width: int

    @property
    def grid(self) -> tuple[int, int]:
        """Tiles down and across."""
        return -(-self.height // TILE_PX), -(-self.width // TILE_PX)

    @property
    def tiles(self) -> int:
        """Tiles of all pictures."""
        down, across = self.grid
        return down * across * self.count

    def in_tiles(self, rows: int, columns: int, channels: int) -> tuple[int, ...]:
        """Return the shape of so many rows and columns of each tile."""
        return (rows, columns, *self.grid, self.count, channels)

    def places(self) -> torch.Tensor:
        """Return which pixel of the list (N * H * W) of the pictures' pixels each one in tiles is.

        Those beyond the border are given the first one.

        Returns
        -------
        Tensor of int64, shape (4, 4, down, across, N)
        """
        down, across = self.grid
        whole = torch.zeros(self.count, TILE_PX * down, TILE_PX * across, dtype=torch.int64)
        pixels = torch.arange(self.count * self.height * self.width)
        whole[:, : self.height, : self.width] = pixels.view(self.count, self.height, self.width)
        return whole.view(self.count, down, TILE_PX, across, TILE_PX).permute(2, 4, 1, 3, 0).contiguous()

    def beyond(self, tiles: torch.Tensor) -> list[torch.Tensor]:
        """Return the parts of tiles (4, 4, down, across, N, ...) that lie beyond the border: views."""
        down, across = self.grid
        parts = []
        if self.height < TILE_PX * down:
            parts.append(tiles[self.height - TILE_PX * down :, :, -1])
        if self.width < TILE_PX * across:
            parts.append(tiles[:, self.width - TILE_PX * across :, :, -1])
        return parts


def shared(windows: torch.Tensor, axis: int) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Pair what windows have of the tile before and after theirs with the same pixels in that tile's own window.

    Parameters
    ----------
    windows : Tensor, shape (6, columns, down, across, N, C) or (rows, 6, down, across, N, C)
    axis : int
        0 for windows down, 1 for windows across.

    Returns
    -------
    list of (Tensor, Tensor)
        Views: the pixels outside of a tile, and the same pixels inside of another.
    """
    length = windows.shape[2 + axis] - 1
    first, before, after, last = (
        windows.select(axis, place).narrow(1 + axis, start, length)
        for place, start in ((0, 1), (TILE_PX, 0), (1, 1), (WINDOW_PX - 1, 0))
    )
    return [(first, before), (last, after)]
