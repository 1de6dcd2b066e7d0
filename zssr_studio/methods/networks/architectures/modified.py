"""SRResNet without normalisation as BasicSR and mmediting have it, the generator that ESRGAN's authors began with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import nn

from zssr_studio.methods.networks.architectures.layers import Convolution, convolution
from zssr_studio.methods.networks.architectures.residual import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

SLOPE = 0.1


class Modified(nn.Module):
    """Blocks without an end of their trunk, pixel shuffles, two convolutions, and bilinear interpolation added.

    Parameters
    ----------
    ends : tuple of Convolution
        The first one, the one that works at the result's size, and the last one.
    blocks : sequence of list of Convolution
        Two each.
    ups : sequence of Convolution
    factors : sequence of int
        By how much each of `ups` enlarges.
    """

    def __init__(
        self,
        ends: tuple[Convolution, Convolution, Convolution],
        blocks: Sequence[list[Convolution]],
        ups: Sequence[Convolution],
        factors: Sequence[int],
    ) -> None:
        super().__init__()
        self.first, self.fine, self.last = (convolution(one) for one in ends)
        self.blocks = nn.Sequential(*(Block(pair, [], nn.ReLU(), 1.0) for pair in blocks))
        self.ups = nn.ModuleList(convolution(one) for one in ups)
        self.factors = tuple(factors)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Enlarge (1, C, h, w)."""
        y: torch.Tensor = self.blocks(F.leaky_relu(self.first(x), SLOPE))
        for up, factor in zip(self.ups, self.factors, strict=True):
            y = F.leaky_relu(F.pixel_shuffle(up(y), factor), SLOPE)
        y = self.last(F.leaky_relu(self.fine(y), SLOPE))
        return y + F.interpolate(x, size=y.shape[-2:], mode="bilinear", align_corners=False)
