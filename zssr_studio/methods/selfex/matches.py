"""The nearest exemplars of each patch that were found so far."""

from __future__ import annotations

import torch

# Exemplars that are kept of each patch. Measured on Set5 x2, images 2 and 3: 12, 16 and 24 give 36.30, 36.37 and less.
KEPT = 16
# Two places are the same if they lie nearer than this, in rows and in columns. Chosen.
SAME_PX = 0.3


class Matches:
    """Of each of n patches the `KEPT` nearest exemplars; they change by `offer` only.

    Attributes
    ----------
    places : Tensor, shape (n, KEPT, 2), float32
        Row and column in the atlas.
    shapes : Tensor, shape (n, KEPT, 2, 2), float32
        What an offset from the patch's centre becomes in the atlas.
    costs : Tensor, shape (n, KEPT), float32
        Sum of the squared differences; infinite where there is none yet.
    """

    def __init__(self, count: int) -> None:
        self.places = torch.full((count, KEPT, 2), -1e6)
        self.shapes = torch.eye(2).expand(count, KEPT, 2, 2).clone()
        self.costs = torch.full((count, KEPT), torch.inf)
        self._all = torch.arange(count)

    def best(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Return place (n, 2) and shape (n, 2, 2) of each patch's nearest exemplar."""
        nearest = self.costs.argmin(dim=1)
        return self.places[self._all, nearest], self.shapes[self._all, nearest]

    def offer(self, places: torch.Tensor, costs: torch.Tensor, shapes: torch.Tensor | None = None) -> None:
        """Keep those that are nearer than a patch's farthest, or than what it has of the same place.

        Parameters
        ----------
        places, costs : Tensor, shapes (n, 2) and (n,)
        shapes : Tensor, shape (n, 2, 2), optional
            None: not transformed.
        """
        same = ((self.places - places[:, None]).abs() < SAME_PX).all(dim=2)
        known = same.any(dim=1)
        slot = torch.where(known, same.int().argmax(dim=1), self.costs.argmax(dim=1))
        (nearer,) = torch.nonzero(costs < self.costs[self._all, slot], as_tuple=True)
        slot = slot[nearer]
        self.places[nearer, slot] = places[nearer]
        self.costs[nearer, slot] = costs[nearer]
        self.shapes[nearer, slot] = torch.eye(2) if shapes is None else shapes[nearer]
