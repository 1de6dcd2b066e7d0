"""Looks for the nearest exemplars of all patches at once: generalised PatchMatch (Barnes and others 2010).

What is near in the picture and what is anywhere is tried first by translation alone, which needs no interpolation; then
affine transformations, and those that planes of the scene give, of what was found.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

from zssr_studio.methods.selfex.exemplars import RADIUS_PX, patch_table
from zssr_studio.methods.selfex.matches import Matches

if TYPE_CHECKING:
    from collections.abc import Generator

    from zssr_studio.methods.selfex.exemplars import Exemplars
    from zssr_studio.methods.selfex.planes import Plane

# How far around its own place a patch is looked for in the picture and in smaller ones. Measured: 2 instead of 3 costs
# 0.02 dB on Set5 x2, images 2 and 3.
NEAR_PX, NEAR_IN_SMALLER_PX = 3, 1
SWEEPS, TRANSFORMED_SWEEPS = 10, 4
# From how far neighbours tell what they found, sweep by sweep.
JUMPS_PX = (8, 4, 2, 1)
NEIGHBOURS = ((1, 0), (-1, 0), (0, 1), (0, -1))
# Of the search around what was found: each ring is so much narrower than the one before.
NARROWING = 4
# Spread of an affine transformation that is tried: in its entries, anew and about what was found.
WIDE, CLOSE = 0.25, 0.06
CLOSE_PX = 0.5
# A transformed patch is neither enlarged nor made smaller beyond this. Chosen: the margin of the atlas holds it.
LEAST_STRETCH, MOST_STRETCH = 0.7, 1.9


class Search:
    """A search for the exemplars of all patches of a block.

    Parameters
    ----------
    block : Tensor, shape (H + 2 * RADIUS_PX, W + 2 * RADIUS_PX)
        What is to be enriched, blurred as exemplars are, with what lies around it.
    shares : Tensor, shape (H * W, 2)
        Where in the picture each patch lies, in shares of its height and width.
    exemplars : Exemplars
    generator : torch.Generator

    Attributes
    ----------
    wanted : Tensor, shape (H * W, PATCH_PX ** 2)
        The patches, without their means.
    matches : Matches
    """

    def __init__(
        self, block: torch.Tensor, shares: torch.Tensor, exemplars: Exemplars, generator: torch.Generator
    ) -> None:
        self.wanted = patch_table(block)
        self.matches = Matches(len(self.wanted))
        self._shares, self._exemplars, self._generator = shares, exemplars, generator
        self._size = (block.shape[0] - 2 * RADIUS_PX, block.shape[1] - 2 * RADIUS_PX)
        self._grid = torch.cartesian_prod(*(torch.arange(n) for n in self._size))
        self._limits = torch.tensor([source.limits for source in exemplars.sources])

    def translated(self) -> Generator[float, None, None]:
        """Look for patches as they are; yields the share that is done."""
        for source in range(len(self._exemplars.sources)):
            self._look_near(source)
        yield 0.2
        for sweep in range(SWEEPS):
            jump = JUMPS_PX[sweep % len(JUMPS_PX)]
            for direction in NEIGHBOURS:
                places, _ = self._of_neighbours(direction, jump)
                self._offer_whole(places.round().long())
            self._look_around()
            self._offer_whole(self._anywhere())
            yield 0.2 + 0.8 * (sweep + 1) / SWEEPS

    def transformed(self, planes: tuple[Plane, ...], factor: float) -> Generator[float, None, None]:
        """Look for patches that are turned, stretched and slanted.

        Parameters
        ----------
        planes : tuple of Plane
            Of the scene.
        factor : float
            How much larger the picture of the patches is than that of the first source.

        Yields
        ------
        float
            The share that is done.
        """
        for sweep in range(TRANSFORMED_SWEEPS):
            place, shape = self.matches.best()
            self._offer(place, shape + WIDE * self._normal(2, 2))
            self._offer(self._anywhere().float(), torch.eye(2) + WIDE * self._normal(2, 2))
            for plane in planes:
                self._offer_on(plane, factor)
            jump = JUMPS_PX[sweep % len(JUMPS_PX)]
            for direction in NEIGHBOURS:
                self._offer(*self._of_neighbours(direction, jump))
            place, shape = self.matches.best()
            self._offer(place + CLOSE_PX * self._normal(2), shape + CLOSE * self._normal(2, 2))
            yield (sweep + 1) / TRANSFORMED_SWEEPS

    def _look_near(self, source: int) -> None:
        reach = NEAR_IN_SMALLER_PX if source else NEAR_PX
        own = self._exemplars.sources[source].in_atlas(self._shares).round().long()
        for row in range(-reach, reach + 1):
            for column in range(-reach, reach + 1):
                self._offer_whole(own + torch.tensor([row, column]))

    def _of_neighbours(self, direction: tuple[int, int], jump: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return what a neighbour's nearest exemplar tells: its place, moved by as much as the neighbour is away."""
        limits = torch.tensor(self._size) - 1
        neighbour = (self._grid + jump * torch.tensor(direction)).clamp(torch.zeros(2, dtype=torch.long), limits)
        places, shapes = self.matches.best()
        index = neighbour[:, 0] * self._size[1] + neighbour[:, 1]
        away = (self._grid - neighbour).float()
        return places[index] + torch.einsum("nij,nj->ni", shapes[index], away), shapes[index]

    def _look_around(self) -> None:
        reach = float(max(self._exemplars.sources[0].region.size))
        places, _ = self.matches.best()
        places = places.round()
        while reach >= 1:
            moved = places + reach * (2 * torch.rand(places.shape, generator=self._generator) - 1)
            self._offer_whole(moved.round().long())
            reach /= NARROWING

    def _anywhere(self) -> torch.Tensor:
        """Draw a place for each patch, evenly over all sources."""
        limits = self._limits
        areas = (limits[:, 2:] - limits[:, :2] + 1).prod(dim=1).float()
        drawn = torch.multinomial(areas, len(self.wanted), replacement=True, generator=self._generator)
        low, high = limits[drawn, :2], limits[drawn, 2:]
        return low + (torch.rand(low.shape, generator=self._generator) * (high - low + 1)).long()

    def _normal(self, *shape: int) -> torch.Tensor:
        return torch.randn((len(self.wanted), *shape), generator=self._generator)

    def _inside(self, places: torch.Tensor) -> torch.Tensor:
        """Bring places back into the source that they are nearest to."""
        limits = self._limits.to(places.dtype)
        index = torch.bucketize(places[:, 0].contiguous(), limits[1:, 0].contiguous() - 1, right=True)
        return torch.minimum(torch.maximum(places, limits[index, :2]), limits[index, 2:])

    def _offer_whole(self, places: torch.Tensor) -> None:
        places = self._inside(places)
        found = self._exemplars.table[self._exemplars.row_of(places[:, 0], places[:, 1])]
        self.matches.offer(places.float(), (self.wanted - found).square_().sum(dim=1))

    def _offer_on(self, plane: Plane, factor: float) -> None:
        """Offer places of a plane, and what was found as it would look if it lay on the plane."""
        own = self._exemplars.sources[0]
        drawn = plane.drawn(len(self.wanted), self._generator)
        found = own.in_picture(self.matches.best()[0])
        for shares in (drawn, found):
            self._offer(own.in_atlas(shares), plane.shapes(self._shares, shares, own.whole, factor))

    def _offer(self, places: torch.Tensor, shapes: torch.Tensor) -> None:
        stretch = torch.linalg.det(shapes).abs().sqrt()
        places = self._inside(places)
        found = self._exemplars.patches(places, shapes, with_detail=False)[0]
        costs = (self.wanted - found).square_().sum(dim=1)
        longest = torch.linalg.matrix_norm(shapes)
        allowed = (stretch > LEAST_STRETCH) & (longest < MOST_STRETCH * math.sqrt(2))
        self.matches.offer(places, costs.masked_fill(~allowed, torch.inf), shapes)
