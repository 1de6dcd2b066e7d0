"""Where in an HR father crops are drawn: the more often, the more fine detail lies there.

A sky, a page or a blurred background teaches a network all that it can in a few crops. Drawn evenly they take most
steps of a picture that consists of them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import torch.nn.functional as F

from zssr_studio.engine.training.crops.detail import fine_detail

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray

    from zssr_studio.engine.degradation.regions import Size

# Places are told apart in steps of so many pixels: crops that begin so near to each other are nearly the same. Chosen.
STEP_PX = 4


class Places:
    """Draws where crops of one size begin in an HR father, each as likely as its share of the fine detail.

    Parameters
    ----------
    father : Tensor, shape (1, C, H, W)
    size : tuple of int
        Rows and columns of a crop, at most those of the father.
    even_share : float
        Of the draws, from 0 to 1, which any place is as likely in.
    """

    def __init__(self, father: torch.Tensor, size: Size, even_share: float) -> None:
        rows, columns = father.shape[-2:]
        detail, self._step_px = _mean_detail(father, size)
        self._starts = (rows - size[0] + 1, columns - size[1] + 1)
        self._cells_a_row = detail.shape[1]
        # The last cell of an axis may hold fewer starts than the others.
        down, across = ([self._held(axis, cell) for cell in range(detail.shape[axis])] for axis in (0, 1))
        even = np.outer(down, across).ravel() / math.prod(self._starts)
        chances = even * detail.ravel()
        total = float(chances.sum())
        # A picture without detail anywhere is drawn evenly.
        chances = (1 - even_share) * chances / total + even_share * even if total > 0 else even
        self._below = np.concatenate(([0.0], np.cumsum(chances)))

    def at(self, first: float, second: float) -> Size:
        """Turn two numbers in [0, 1), drawn evenly, into the top row and the left column of a crop."""
        wanted = first * self._below[-1]
        cell = min(int(self._below.searchsorted(wanted, side="right")), len(self._below) - 1) - 1
        # What is left of the first number within its cell is even again.
        rest = (wanted - self._below[cell]) / (self._below[cell + 1] - self._below[cell])
        row, column = divmod(cell, self._cells_a_row)
        return self._within(0, row, float(rest)), self._within(1, column, second)

    def _first(self, axis: int, cell: int) -> int:
        """Return the first start of a cell."""
        return min(cell * self._step_px, self._starts[axis] - 1)

    def _held(self, axis: int, cell: int) -> int:
        """Count the starts of a cell."""
        return min(self._step_px, self._starts[axis] - self._first(axis, cell))

    def _within(self, axis: int, cell: int, share: float) -> int:
        """Return a start within a cell."""
        return self._first(axis, cell) + int(share * self._held(axis, cell))


def _mean_detail(father: torch.Tensor, size: Size) -> tuple[NDArray[np.float64], int]:
    """Return the mean detail of crops that begin at every n-th pixel, and that n."""
    plane, thinning = fine_detail(father)
    rows, columns = (max(1, side // thinning) for side in size)
    stride = max(1, STEP_PX // thinning)
    # One axis after the other: a window of 32 x 32 costs 64 sums instead of 1024.
    by_rows = F.avg_pool2d(plane, (rows, 1), stride=(stride, 1))
    means = F.avg_pool2d(by_rows, (1, columns), stride=(1, stride))[0, 0]
    return means.cpu().double().numpy(), stride * thinning
