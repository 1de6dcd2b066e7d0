"""Draws batches of HR crops of the fathers."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.degradation.orientations import ORIENTATIONS
from zssr_studio.engine.runtime.parcel import Parcel
from zssr_studio.engine.training.crops.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.engine.training.fathers import Fathers

    Crops = Callable[[], torch.Tensor]


class Sampler:
    """Draws batches of HR crops of one size: of any place of a father, in an orientation that keeps its shape.

    Places with much fine detail are drawn more often (`Places`).

    All crops of a batch are gathered at once: a crop is a start and two strides on a flat list of pixels.

    Parameters
    ----------
    fathers : Fathers
        Those smaller than the crop are left out.
    size : tuple of int
        Rows and columns of a crop.
    even_share : float
        Of the draws, which any place is as likely in.
    """

    def __init__(self, fathers: Fathers, size: tuple[int, int], even_share: float = 1.0) -> None:
        self._size = size
        self._orientations = [o for o in ORIENTATIONS if size[0] == size[1] or not o.transpose]
        fit = [
            (father, share)
            for father, share in zip(fathers.everyone, fathers.shares(), strict=True)
            if father.shape[-2] >= size[0] and father.shape[-1] >= size[1]
        ]
        self._shapes = [(father.shape[-2], father.shape[-1]) for father, _ in fit]
        self._places = [Places(father, size, even_share) for father, _ in fit]
        self._below = list(accumulate(share for _, share in fit))
        # The picture may be large and is never copied; the others are gathered from one list.
        self._sources = [_flat(fit[0][0])]
        if len(fit) > 1:
            self._sources.append(torch.cat([_flat(father) for father, _ in fit[1:]]))
        self._starts = [0, *accumulate((h * w for h, w in self._shapes[1:-1]), initial=0)]
        self._device = fathers.picture.device
        self._rows, self._columns = (torch.arange(n, device=self._device) for n in size)

    def draw(self, count: int, generator: torch.Generator) -> torch.Tensor:
        """Draw crops.

        Returns
        -------
        Tensor, shape (count, C, *size), the channels last in memory
        """
        parcel = Parcel(self._device)
        crops = self.drawn(count, generator, parcel)
        parcel.send()
        return crops()

    def drawn(self, count: int, generator: torch.Generator, parcel: Parcel, *, in_order: bool = False) -> Crops:
        """Draw the places of crops; what is returned gathers them once the parcel was sent.

        Those of the picture come first, unless `in_order` keeps them as they were drawn, for several steps.
        """
        # One draw for all: each costs more than what is made of it.
        drawn = torch.rand(count, 4, dtype=torch.float64, generator=generator).tolist()
        crops = [self._crop(*numbers) for numbers in drawn]
        groups = [[crop for is_other, *crop in crops if is_other == wanted] for wanted in (False, True)]
        sources = [
            (source, parcel.add(torch.tensor(group)))
            for source, group in zip(self._sources, groups, strict=False)
            if group
        ]
        order = parcel.add(torch.tensor(_ranks([is_other for is_other, *_ in crops]))) if in_order else None

        def gathered() -> torch.Tensor:
            parts = [self._gather(source, group()) for source, group in sources]
            crops = parts[0] if len(parts) == 1 else torch.cat(parts)
            return (crops if order is None else crops.index_select(0, order())).permute(0, 3, 1, 2)

        return gathered

    def _crop(self, share: float, first: float, second: float, turn: float) -> tuple[bool, int, int, int]:
        """Turn four numbers in [0, 1) into a father, a place (by two of them) and an orientation.

        Returns
        -------
        bool
            Whether the father is another than the picture.
        int, int, int
            Index of the first pixel, steps to the next row and to the next column.
        """
        father = bisect_right(self._below, share * self._below[-1])
        width = self._shapes[father][1]
        rows, columns = self._size
        top, left = self._places[father].at(first, second)
        start = self._starts[father] + top * width + left
        down, right = width, 1
        orientation = self._orientations[int(turn * len(self._orientations))]
        if orientation.flip_rows:
            start, down = start + (rows - 1) * down, -down
        if orientation.flip_columns:
            start, right = start + (columns - 1) * right, -right
        return (father > 0, start, right, down) if orientation.transpose else (father > 0, start, down, right)

    def _gather(self, source: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
        start, down, right = places.T[:, :, None, None]
        indices = start + down * self._rows[:, None] + right * self._columns
        return source.index_select(0, indices.flatten()).view(*indices.shape, -1)


def _ranks(are_others: list[bool]) -> list[int]:
    """Return where each stands once those that are none were put first."""
    order = sorted(range(len(are_others)), key=are_others.__getitem__)
    ranks = [0] * len(order)
    for rank, place in enumerate(order):
        ranks[place] = rank
    return ranks


def _flat(father: torch.Tensor) -> torch.Tensor:
    """List the pixels of a father (1, C, H, W): (H * W, C), without a copy where its channels lie last."""
    return father[0].permute(1, 2, 0).reshape(-1, father.shape[1])
