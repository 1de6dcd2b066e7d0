"""RLFN: the residual local feature network (Kong et al. 2022)."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import nn

from zssr_studio.methods.networks.architectures.layers import Convolution, Tensors, convolution, found_layers, natural
from zssr_studio.methods.networks.network import Network, Values

SLOPE = 0.05
# A convolution with a stride of 2 leaves the 7 pixels that the coarse look takes.
LEAST_PX = 15
ATTENTION = ("conv1", "conv_f", "conv2", "conv3", "conv4")
BLOCK = ("c1_r", "c2_r", "c3_r", "c5", *(f"esa.{name}" for name in ATTENTION))


class Attention(nn.Module):
    """Weighs each feature by what a coarse look around it says (enhanced spatial attention)."""

    def __init__(self, layers: dict[str, Convolution]) -> None:
        super().__init__()
        self.narrow, self.along = convolution(layers["conv1"]), convolution(layers["conv_f"])
        self.coarse = convolution(layers["conv2"], stride=2, padding=0)
        self.look, self.widen = convolution(layers["conv3"]), convolution(layers["conv4"])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Weigh (1, C, h, w)."""
        narrow = self.narrow(x)
        coarse = self.look(F.max_pool2d(self.coarse(narrow), kernel_size=7, stride=3))
        seen = F.interpolate(coarse, size=x.shape[-2:], mode="bilinear", align_corners=False)
        weights: torch.Tensor = self.widen(seen + self.along(narrow))
        return x * weights.sigmoid_()


class Block(nn.Module):
    """Three convolutions with a residual, then the attention."""

    def __init__(self, layers: dict[str, Convolution]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(convolution(layers[name]) for name in BLOCK[:3])
        self.mix = convolution(layers["c5"])
        self.attention = Attention({name: layers[f"esa.{name}"] for name in ATTENTION})

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Pass features (1, C, h, w) on."""
        y = x
        for layer in self.layers:
            y = F.leaky_relu_(layer(y), SLOPE)
        out: torch.Tensor = self.attention(self.mix(y + x))
        return out


class Rlfn(nn.Module):
    """First features, blocks, and a pixel shuffle."""

    def __init__(
        self, first: Convolution, blocks: list[dict[str, Convolution]], ends: list[Convolution], scale: int
    ) -> None:
        super().__init__()
        self.first = convolution(first)
        self.blocks = nn.Sequential(*(Block(block) for block in blocks))
        self.end, self.upsampler = (convolution(one) for one in ends)
        self.scale = scale

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Enlarge (1, 3, h, w)."""
        first = self.first(x)
        features = self.end(self.blocks(first)) + first
        return F.pixel_shuffle(self.upsampler(features), self.scale)


def recognised(tensors: Tensors) -> list[Network]:
    """Return the network that tensors are of, or nothing."""
    found = found_layers(tensors)
    if found is None or found.norms or found.slopes:
        return []
    blocks: dict[str, dict[str, Convolution]] = {}
    others = []
    for one in found.convolutions:
        role = next((role for role in BLOCK if one.name.endswith(f".{role}")), None)
        if role is None:
            others.append(one)
        else:
            blocks.setdefault(one.name.removesuffix(f".{role}"), {})[role] = one
    if not blocks or len(others) != 3 or any(set(block) != set(BLOCK) for block in blocks.values()):
        return []
    first, end, last = sorted(others, key=lambda one: one.shape[1] != 3)
    width, scale = first.shape[0], math.isqrt(last.shape[0] // 3)
    if first.shape != (width, 3, 3) or end.shape != (width, width, 3) or last.shape != (3 * scale**2, width, 3):
        return []
    if not all(_fits(block, width) for block in blocks.values()):
        return []
    module = Rlfn(first, [blocks[name] for name in sorted(blocks, key=natural)], [end, last], scale)
    title = f"RLFN, {len(blocks)} blocks of {width} channels"
    # The authors' values, 0 to 255; with 0 to 1 it loses 4.6 dB. The attention's coarse look depends on the whole size.
    return [
        Network("rlfn", title, module, 3, scale, values, least_px=LEAST_PX) for values in (Values((255.0,)), Values())
    ]


def _fits(block: dict[str, Convolution], width: int) -> bool:
    narrow = block["esa.conv1"].shape[0]
    wanted = {
        **dict.fromkeys(BLOCK[:3], (width, width, 3)),
        "c5": (width, width, 1),
        "esa.conv1": (narrow, width, 1),
        "esa.conv_f": (narrow, narrow, 1),
        "esa.conv2": (narrow, narrow, 3),
        "esa.conv3": (narrow, narrow, 3),
        "esa.conv4": (width, narrow, 1),
    }
    return {role: one.shape for role, one in block.items()} == wanted
