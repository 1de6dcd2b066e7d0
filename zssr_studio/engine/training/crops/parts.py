"""The parts of a large picture that the result of a stage is made of.

Enlarged as a whole after each stage it would take longer than training. The part with the most texture alone would
teach the network one thing of a picture that shows many.
"""

from __future__ import annotations

import math

import torch

from zssr_studio.engine.training.crops.detail import fine_detail

# Largest side of a part, in pixels of the picture: nine of 128 and sixteen of 96 did the same for a picture of many
# scenes, four of 192 a little less (docs/lab/engine.md, "Where crops are drawn").
PART_PX = 128
# Of the choice, from any place alike, so that no place is never seen. As for the crops of `fast`; not tried by itself.
EVEN_SHARE = 0.3


def strewn_parts(picture: torch.Tensor, side_px: int, generator: torch.Generator) -> list[torch.Tensor]:
    """Choose parts that hold as many pixels together as a square of a side, the rather the more detail they hold.

    Parameters
    ----------
    picture : Tensor, shape (1, C, H, W)
    side_px : int
    generator : torch.Generator
        Of the draws, on the processor.

    Returns
    -------
    list of Tensor, shape (1, C, h, w) each
        None overlaps another; the picture itself where it is no larger than that square.
    """
    height, width = picture.shape[-2:]
    wanted_px = min(height, side_px) * min(width, side_px)
    if wanted_px == height * width:
        return [picture]
    # As many as cover the picture, so that each place of it may be chosen.
    rows, columns = (size // math.ceil(size / min(PART_PX, side_px)) for size in (height, width))
    places = [
        (top, left) for top in range(0, height - rows + 1, rows) for left in range(0, width - columns + 1, columns)
    ]
    plane, thinning = fine_detail(picture)
    detail = torch.stack([_mean(plane, top, left, rows, columns, thinning) for top, left in places]).cpu().double()
    total = float(detail.sum())
    chances = (1 - EVEN_SHARE) * detail / total + EVEN_SHARE / len(places) if total > 0 else torch.ones(len(places))
    count = min(len(places), max(1, wanted_px // (rows * columns)))
    chosen = torch.multinomial(chances, count, generator=generator).tolist()
    return [picture[..., top : top + rows, left : left + columns] for top, left in (places[n] for n in chosen)]


def _mean(plane: torch.Tensor, top: int, left: int, rows: int, columns: int, thinning: int) -> torch.Tensor:
    """Return the mean detail of a part of a picture, of which the plane holds every n-th row and column."""
    first_row, first_column = top // thinning, left // thinning
    last_row, last_column = (top + rows - 1) // thinning, (left + columns - 1) // thinning
    return plane[..., first_row : last_row + 1, first_column : last_column + 1].mean()
