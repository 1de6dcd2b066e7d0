"""Rectangles of a picture: where they lie, how they are cut, and which of them has the most texture."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F

Size = tuple[int, int]

# Of a picture of more pixels than this only every n-th row and column is looked at, since its gradient would take as
# much memory as the picture itself. Chosen: that is 17 MB of 32-bit values a channel.
SEEN_PX = 2**22
# Positions that are compared overlap by all but an eighth of the part. Chosen.
POSITIONS_PER_SIDE = 8


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of whole pixels: where it begins and one past where it ends, rows before columns."""

    start: Size
    stop: Size

    @classmethod
    def between(cls, rows: tuple[int, int], columns: tuple[int, int]) -> Region:
        """Make a region of its rows and its columns, each (first, one past the last)."""
        return cls((rows[0], columns[0]), (rows[1], columns[1]))

    @property
    def size(self) -> Size:
        """Rows and columns."""
        return self.stop[0] - self.start[0], self.stop[1] - self.start[1]

    def union(self, other: Region) -> Region:
        """Return the smallest region that holds both."""
        return Region(
            (min(self.start[0], other.start[0]), min(self.start[1], other.start[1])),
            (max(self.stop[0], other.stop[0]), max(self.stop[1], other.stop[1])),
        )

    def cut(self, x: torch.Tensor, start: Size = (0, 0)) -> torch.Tensor:
        """Cut the region out of a tensor (..., h, w) that begins at `start`."""
        rows, columns = (slice(a - s, b - s) for a, b, s in zip(self.start, self.stop, start, strict=True))
        return x[..., rows, columns]


def most_textured_part(picture: torch.Tensor, side_px: int) -> torch.Tensor:
    """Return the part, at most `side_px` a side, with the largest mean gradient.

    What is measured or enlarged many times is this part only: all of a large picture would take longer than training.

    Returns
    -------
    Tensor, shape (1, C, min(H, side_px), min(W, side_px))
    """
    whole = (picture.shape[-2], picture.shape[-1])
    height, width = (min(n, side_px) for n in whole)
    if (height, width) == whole:
        return picture
    thinning = max(1, math.isqrt(whole[0] * whole[1] // SEEN_PX))
    seen = picture[..., ::thinning, ::thinning]
    across, down = (seen.diff(dim=dim).abs().mean(1, keepdim=True) for dim in (-1, -2))
    gradient = F.pad(across, (0, 1)) + F.pad(down, (0, 0, 0, 1))
    stride = max(1, side_px // thinning // POSITIONS_PER_SIDE)
    part = (max(1, height // thinning), max(1, width // thinning))
    means = F.avg_pool2d(gradient, part, stride=stride)[0, 0]
    best = int(means.argmax())
    places = (best // means.shape[1], best % means.shape[1])
    top, left = (
        min(thinning * stride * n, size - side) for n, size, side in zip(places, whole, (height, width), strict=True)
    )
    return picture[..., top : top + height, left : left + width]
