"""Tensors of a file, and layers with them in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import torch
from torch import nn

Tensors = Mapping[str, torch.Tensor]
_COUNTS = "num_batches_tracked"


class Convolution(NamedTuple):
    """The tensors of a convolution: weight (out, in, k, k), bias (out) or None."""

    name: str
    weight: torch.Tensor
    bias: torch.Tensor | None

    @property
    def shape(self) -> tuple[int, int, int]:
        """Channels out, channels in, side of the taps."""
        return self.weight.shape[0], self.weight.shape[1], self.weight.shape[2]


class Norm(NamedTuple):
    """The tensors of a normalisation (channels): of each batch where `mean` is None, else with what was kept."""

    name: str
    weight: torch.Tensor
    bias: torch.Tensor
    mean: torch.Tensor | None
    variance: torch.Tensor | None


class Found(NamedTuple):
    """All layers of a file, each list in the order of its names."""

    convolutions: list[Convolution]
    norms: list[Norm]
    slopes: dict[str, torch.Tensor]


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """Order names so that 10 comes after 9."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name))


def found_layers(tensors: Tensors) -> Found | None:
    """Sort all tensors into layers; None where one is of no layer that is known here."""
    left = {name: value for name, value in tensors.items() if not name.endswith(_COUNTS)}
    if any(0 in value.shape for value in left.values()):
        return None
    convolutions, norms, slopes = [], [], {}
    for name in sorted((one for one in left if one.endswith("weight")), key=natural):
        prefix, weight = name.removesuffix("weight"), left.pop(name)
        bias = left.pop(f"{prefix}bias", None)
        if weight.ndim == 4 and weight.shape[2] == weight.shape[3] and weight.shape[2] % 2:
            if bias is not None and bias.shape != weight.shape[:1]:
                return None
            convolutions.append(Convolution(prefix.rstrip("."), weight, bias))
        elif weight.ndim == 1 and bias is not None:
            kept = (left.pop(f"{prefix}running_mean", None), left.pop(f"{prefix}running_var", None))
            norms.append(Norm(prefix.rstrip("."), weight, bias, *kept))
        elif weight.ndim == 1:
            slopes[prefix.rstrip(".")] = weight
        else:
            return None
    return None if left else Found(convolutions, norms, slopes)


def convolution(
    tensors: Convolution, *, stride: int = 1, padding: int | None = None, repeats_edge: bool = False
) -> nn.Conv2d:
    """Make a layer of its tensors, padded to keep the size unless told otherwise."""
    out, into, side = tensors.shape
    made = nn.Conv2d(
        into,
        out,
        side,
        stride=stride,
        padding=side // 2 if padding is None else padding,
        bias=tensors.bias is not None,
        padding_mode="replicate" if repeats_edge else "zeros",
        device="meta",  # nothing is drawn for weights that are replaced
    )
    made.weight = _fixed(tensors.weight)
    if tensors.bias is not None:
        made.bias = _fixed(tensors.bias)
    return made


def slope(weight: torch.Tensor) -> nn.PReLU:
    """Make the activation whose slope below zero was learned."""
    made = nn.PReLU(weight.numel())
    made.weight = _fixed(weight)
    return made


def norm(tensors: Norm) -> nn.Module:
    """Make a normalisation: with the mean and variance that were kept, or of each picture by itself."""
    channels = tensors.weight.numel()
    made: nn.BatchNorm2d | nn.InstanceNorm2d
    if tensors.mean is None or tensors.variance is None:
        made = nn.InstanceNorm2d(channels, affine=True)
    else:
        made = nn.BatchNorm2d(channels)
        made.running_mean, made.running_var = tensors.mean, tensors.variance
    made.weight, made.bias = _fixed(tensors.weight), _fixed(tensors.bias)
    return made.eval()


def _fixed(value: torch.Tensor) -> nn.Parameter:
    return nn.Parameter(value, requires_grad=False)
