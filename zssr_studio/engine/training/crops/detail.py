"""Where in a picture fine detail lies."""

from __future__ import annotations

import math
from functools import reduce
from typing import NamedTuple

import torch
import torch.nn.functional as F

from zssr_studio.engine.degradation.regions import SEEN_PX

# Detail is what differs from the mean of so many pixels a side: what an enlargement has to add looks the same, and a
# gradient would count the soft edges of a blurred background as well (docs/lab/engine.md, "Where crops are drawn").
NEIGHBOURS_PX = 3


class Detail(NamedTuple):
    """The detail of a picture, and of which of its pixels.

    Parameters
    ----------
    plane : Tensor, shape (1, 1, h, w)
        How far the brightness of pixels is from the mean about them, from 0.
    thinning : int
        The plane holds every so many rows and columns: all of a large picture would take as much memory as it does.
    """

    plane: torch.Tensor
    thinning: int


def fine_detail(picture: torch.Tensor) -> Detail:
    """Look at the fine detail of a picture (1, C, H, W)."""
    thinning = max(1, math.isqrt(picture.shape[-2] * picture.shape[-1] // SEEN_PX))
    seen = picture[..., ::thinning, ::thinning]
    # Not `mean`, which takes four times as long where the channels lie last.
    brightness = reduce(torch.add, seen.unbind(1))[:, None] / seen.shape[1]
    around = F.avg_pool2d(brightness, NEIGHBOURS_PX, stride=1, padding=NEIGHBOURS_PX // 2, count_include_pad=False)
    return Detail((brightness - around).abs_(), thinning)
