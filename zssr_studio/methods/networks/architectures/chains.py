"""SRCNN and VDSR: chains of convolutions on the bicubic enlargement."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import nn

from zssr_studio.methods.networks.architectures.layers import Convolution, Tensors, convolution, found_layers
from zssr_studio.methods.networks.network import Network

MIN_VDSR_DEPTH = 3


class Chain(nn.Module):
    """Convolutions with ReLUs between; SRCNN (Dong et al. 2014), and VDSR (Kim et al. 2016) with a residual."""

    def __init__(self, layers: list[Convolution], *, is_residual: bool) -> None:
        super().__init__()
        # SRCNN's authors repeat the edge of the picture.
        self.layers = nn.ModuleList(convolution(one, repeats_edge=not is_residual) for one in layers)
        self.is_residual = is_residual

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Enhance (1, C, h, w)."""
        y = x
        for layer in self.layers[:-1]:
            y = layer(y).relu_()
        out: torch.Tensor = self.layers[-1](y)
        return x + out if self.is_residual else out


def recognised(tensors: Tensors) -> list[Network]:
    """Return the network that tensors are of, or nothing."""
    found = found_layers(tensors)
    if found is None or found.norms or found.slopes:
        return []
    layers = _in_order(found.convolutions)
    if not _is_chain(layers):
        return []
    sides = [layer.shape[2] for layer in layers]
    halo = sum(side // 2 for side in sides)
    channels = layers[0].shape[1]
    if len(layers) == 3 and sides[0] > 3:
        title = f"SRCNN {'-'.join(map(str, sides))}"
        return [Network("srcnn", title, Chain(layers, is_residual=False), channels, None, halo_px=halo)]
    if len(layers) >= MIN_VDSR_DEPTH and set(sides) == {3}:
        title = f"VDSR, {len(layers)} layers"
        return [Network("vdsr", title, Chain(layers, is_residual=True), channels, None, halo_px=halo)]
    return []


def _in_order(layers: list[Convolution]) -> list[Convolution]:
    """Put first what takes a picture and last what gives one; the names order the others."""
    first = [layer for layer in layers if layer.shape[1] in (1, 3)]
    last = [layer for layer in layers if layer.shape[0] in (1, 3) and layer not in first]
    ends = {id(layer) for layer in (*first, *last)}
    return [*first, *(layer for layer in layers if id(layer) not in ends), *last]


def _is_chain(layers: list[Convolution]) -> bool:
    if len(layers) < MIN_VDSR_DEPTH or layers[0].shape[1] not in (1, 3):
        return False
    fits = all(before.shape[0] == after.shape[1] for before, after in pairwise(layers))
    return fits and layers[-1].shape[0] == layers[0].shape[1]
