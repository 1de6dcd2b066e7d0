"""Compact, or SRVGG: the small networks of Real-ESRGAN (Wang et al. 2021)."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import nn

from zssr_studio.methods.networks.architectures.layers import Found, Tensors, convolution, found_layers, natural, slope
from zssr_studio.methods.networks.network import Network


class Compact(nn.Module):
    """Convolutions with learned slopes between, a pixel shuffle, and the nearest neighbour added."""

    def __init__(self, found: Found, scale: int) -> None:
        super().__init__()
        first, *others = (convolution(one) for one in found.convolutions)
        slopes = [slope(found.slopes[name]) for name in sorted(found.slopes, key=natural)]
        between = [layer for pair in zip(slopes, others, strict=True) for layer in pair]
        self.body = nn.Sequential(first, *between, nn.PixelShuffle(scale))
        self.scale = scale

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Enlarge (1, 3, h, w)."""
        y: torch.Tensor = self.body(x)
        return y + F.interpolate(x, scale_factor=self.scale, mode="nearest")


def recognised(tensors: Tensors) -> list[Network]:
    """Return the network that tensors are of, or nothing."""
    found = found_layers(tensors)
    if found is None or found.norms or len(found.slopes) != len(found.convolutions) - 1 or len(found.slopes) < 2:
        return []
    shapes = [one.shape for one in found.convolutions]
    width, scale = shapes[0][0], math.isqrt(shapes[-1][0] // 3)
    wanted = [(width, 3, 3), *[(width, width, 3)] * (len(shapes) - 2), (3 * scale**2, width, 3)]
    if scale < 1 or shapes != wanted or any(one.numel() not in (1, width) for one in found.slopes.values()):
        return []
    title = f"Real-ESRGAN Compact, {len(shapes) - 2} layers of {width} channels"
    module = Compact(found, scale)
    return [Network("compact", title, module, 3, scale, halo_px=len(shapes), is_generative=True)]
