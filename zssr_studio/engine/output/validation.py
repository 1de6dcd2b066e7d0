"""How well a network rebuilds the picture from its own downscaled version (the reconstruction of the paper)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.damage import NO_DAMAGE
from zssr_studio.engine.degradation.corruption import Corruption
from zssr_studio.engine.degradation.regions import most_textured_part
from zssr_studio.engine.metrics import rmse
from zssr_studio.engine.network import Window
from zssr_studio.engine.output.back_projection import back_projected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.engine.damage import Damage
    from zssr_studio.engine.degradation.model import Degradation
    from zssr_studio.engine.degradation.orientations import Orientation
    from zssr_studio.engine.network import SingleImageNetwork

# Chosen: a pass over its 96 x 96 LR pixels costs about as much as two steps of `fast`, and 50 steps lie between.
VALIDATION_PX = 192


class Validation:
    """The liveliest part of a picture and its LR son.

    Parameters
    ----------
    picture : Tensor, shape (1, C, H, W)
    degradation : Degradation
    damage : Damage
        Done to the son, as it was done to the picture.
    bits : int or None
        Of the samples that the son is rounded to, as the picture's were.
    """

    def __init__(
        self, picture: torch.Tensor, degradation: Degradation, damage: Damage = NO_DAMAGE, bits: int | None = None
    ) -> None:
        self.degradation = degradation
        with torch.no_grad():
            self.father = most_textured_part(picture, VALIDATION_PX)
            son = degradation.downscale(self.father)
            # The same draws for all that are compared.
            self.son = Corruption(damage, son.device, bits)(son, torch.Generator().manual_seed(0))
        self.window = Window.whole(degradation.scale, _size(self.son), _size(self.father))

    @property
    def lr_px(self) -> int:
        """Pixels of the LR son."""
        return self.son.shape[-2] * self.son.shape[-1]

    @torch.no_grad()
    def rmse(self, network: SingleImageNetwork, rounds: int = 0) -> float:
        """Error of the network's reconstruction, after so many rounds of back-projection."""
        return self._error(network(self.son, self.window), rounds)

    @torch.no_grad()
    def interpolation_rmse(self, rounds: int = 0) -> float:
        """Error of the bicubic reconstruction, after so many rounds of back-projection."""
        return self._error(self.window.enlarge(self.son), rounds)

    @torch.no_grad()
    def loss_of_fewer_db(self, network: SingleImageNetwork, orientations: Sequence[Orientation], few: int) -> float:
        """Estimate what the mean over a few of these orientations loses against that over all of them.

        What they deviate from each other is their own error, which falls with their number; the rest is common to all.
        """
        outputs = torch.stack([network(self.son, self.window, orientation) for orientation in orientations])
        own = float(outputs.var(dim=0).mean()) * (1 / few - 1 / len(orientations))
        error = float((outputs.mean(dim=0) - self.father).square().mean())
        return 10 * math.log10(1 + own / error) if error else math.inf

    def _error(self, rebuilt: torch.Tensor, rounds: int) -> float:
        return rmse(back_projected(rebuilt, self.son, self.degradation, rounds), self.father)


def _size(x: torch.Tensor) -> tuple[int, int]:
    return x.shape[-2], x.shape[-1]
