"""The layers of the network at LR resolution, computed in tiles from its first to its last convolution."""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING, Any

import torch
import torch.nn.functional as F
from torch.autograd.function import once_differentiable

from zssr_studio.engine.convolution.memory import Memory
from zssr_studio.engine.convolution.tiling import TILE_PX, Tiling
from zssr_studio.engine.convolution.winograd import Convolution, Filters, Scratch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import nn


class _FirstConvolution:
    """A 3x3 convolution of the pictures into tiles, by one product of matrices: it has few channels.

    Parameters
    ----------
    tiling : Tiling
    channels : int
        Of the pictures.
    out, of_out : Tensor, shape (4, 4, down, across, N, width)
        Where it writes to, and where the gradient of that is read from.
    """

    def __init__(self, tiling: Tiling, channels: int, out: torch.Tensor, of_out: torch.Tensor) -> None:
        padded = (tiling.count, tiling.height + 2, tiling.width + 2, channels)
        values = torch.arange(math.prod(padded)).view(padded)
        around = values.unfold(1, 3, 1).unfold(2, 3, 1).permute(0, 1, 2, 4, 5, 3).reshape(-1, 9 * channels)
        self._places = around[tiling.places().flatten()].flatten()
        self._values = torch.empty(len(self._places))
        self._around, self._channels = self._values.view(-1, 9 * channels), channels
        self._out, self._of_out = (x.view(-1, x.shape[-1]) for x in (out, of_out))

    def forward(self, pictures: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> None:
        """Convolve pictures (N, H, W, C)."""
        padded = F.pad(pictures, (0, 0, 1, 1, 1, 1))
        torch.index_select(padded.view(-1), 0, self._places, out=self._values)
        torch.addmm(bias, self._around, weight.permute(2, 3, 1, 0).flatten(0, 2), out=self._out)

    def backward(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the gradients of the weight and of the bias."""
        of_weight = torch.mm(self._of_out.T, self._around).view(-1, 3, 3, self._channels).permute(0, 3, 1, 2)
        return of_weight, self._of_out.sum(dim=0)


class ResidualLayers:
    """A convolution; convolutions in pairs, the activation (SiLU) first, each pair added to what it began with; a last.

    Memory for one forward pass of pictures of one size, and the backward pass that belongs to it.

    Parameters
    ----------
    tiling : Tiling
    channels, width, outputs : int
        Of the pictures, between the convolutions, and of the last one.
    pairs : int
    """

    def __init__(self, tiling: Tiling, channels: int, width: int, pairs: int, outputs: int) -> None:
        self.tiling, self.passes, memory = tiling, 0, Memory()
        tiles = tiling.in_tiles(TILE_PX, TILE_PX, width)
        self._x, self._y, self._of_x, self._of_y, self._sigmoid = (memory.take(*tiles) for _ in range(5))
        self._out, self._of_out = (memory.take(*tiling.in_tiles(TILE_PX, TILE_PX, outputs)) for _ in range(2))
        self._slopes = [memory.take(*tiles) for _ in range(2 * pairs + 1)]
        self._beyond = [part for slopes in self._slopes for part in tiling.beyond(slopes)]
        self._of_beyond, self._places = tiling.beyond(self._of_out), tiling.places().flatten()
        self._pixels = _inverse(tiling)
        self._one = torch.ones(())
        self._scratch = scratch = Scratch(memory, tiling, width, outputs)
        self._first = _FirstConvolution(tiling, channels, self._x, self._of_x)
        self._filters = [Filters(memory, 2 * pairs, width, width), Filters(memory, 1, width, outputs)]
        mapped = [pair for own in self._filters for pair in zip(own.filters, own.of_filters, strict=True)]
        # The second of a pair adds to what the pair began with, whose gradient is its own.
        ends = [(self._y, self._of_y, False), (self._x, self._of_x, True)] * pairs + [(self._out, self._of_out, False)]
        self._convolutions = [
            Convolution(memory, scratch, *filters, out, of_out, added=added)
            for filters, (out, of_out, added) in zip(mapped, ends, strict=True)
        ]

    def forward(self, pictures: torch.Tensor, parameters: Sequence[torch.Tensor]) -> torch.Tensor:
        """Compute by each convolution's weight and bias.

        Parameters
        ----------
        pictures : Tensor, shape (N, H, W, channels)
        parameters : sequence of Tensor

        Returns
        -------
        Tensor, shape (N, H, W, outputs)
        """
        self.passes += 1
        weights, biases = parameters[::2], parameters[1::2]
        self._first.forward(pictures, weights[0], biases[0])
        for filters, own in zip(self._filters, (weights[1:-1], weights[-1:]), strict=True):
            filters.take(own)
        for index, (convolution, bias) in enumerate(zip(self._convolutions, biases[1:], strict=True)):
            self._activate(self._y if index % 2 else self._x, index)
            convolution.forward(bias)
        for part in self._beyond:
            part.zero_()
        return self._out.view(-1, self._out.shape[-1]).index_select(0, self._pixels).view(*pictures.shape[:3], -1)

    def backward(self, of_out: torch.Tensor) -> list[torch.Tensor]:
        """Return the gradients of the parameters, from that of what `forward` returned last."""
        outputs = of_out.shape[-1]
        torch.index_select(of_out.reshape(-1, outputs), 0, self._places, out=self._of_out.view(-1, outputs))
        for part in self._of_beyond:
            part.zero_()
        of_biases, of_active = [], self._scratch.of_active
        for index in reversed(range(len(self._convolutions))):
            of_biases.append(self._convolutions[index].backward())
            if index == len(self._convolutions) - 1:
                torch.mul(of_active, self._slopes[index], out=self._of_x)
            elif index % 2:
                torch.mul(of_active, self._slopes[index], out=self._of_y)
            else:
                self._of_x.addcmul_(of_active, self._slopes[index])
        of_weights = [gradient for filters in self._filters for gradient in filters.gradients()]
        pairs = zip(of_weights, reversed(of_biases), strict=True)
        return [*self._first.backward(), *(gradient for pair in pairs for gradient in pair)]

    def _activate(self, x: torch.Tensor, index: int) -> None:
        """Lay SiLU of x into the scratch, and keep its slope."""
        active = self._scratch.active
        torch.sigmoid(x, out=self._sigmoid)
        torch.mul(x, self._sigmoid, out=active)
        # a + s - a s, where a = x s
        torch.lerp(active, self._one, self._sigmoid, out=self._slopes[index])


def _inverse(tiling: Tiling) -> torch.Tensor:
    """Return where each pixel of the list (N * H * W) of all pictures lies in tiles."""
    places = tiling.places()
    for part in tiling.beyond(places):
        part.fill_(-1)
    flat = places.flatten()
    inside = (flat >= 0).nonzero().flatten()
    return inside[flat[inside].argsort()]


class Tiled:
    """Keeps the layers of a network, on each thread for the size of picture that it trained with there last."""

    def __init__(self) -> None:
        self._kept = threading.local()

    def compute(self, x: torch.Tensor, convolutions: Sequence[nn.Conv2d]) -> torch.Tensor:
        """Compute the layers of pictures (N, C, H, W), which get no gradient.

        Returns
        -------
        Tensor, shape (N, outputs, H, W), the channels last in memory
        """
        tiling = Tiling(x.shape[0], x.shape[-2], x.shape[-1])
        layers: ResidualLayers | None = getattr(self._kept, "layers", None)
        if layers is None or layers.tiling != tiling:
            first, last = convolutions[0], convolutions[-1]
            sizes = (first.in_channels, first.out_channels, len(convolutions) // 2 - 1, last.out_channels)
            self._kept.layers = layers = ResidualLayers(tiling, *sizes)
        parameters = (parameter for convolution in convolutions for parameter in (convolution.weight, convolution.bias))
        out: torch.Tensor = _Layers.apply(layers, x.permute(0, 2, 3, 1), *parameters)  # type: ignore[no-untyped-call]
        return out.permute(0, 3, 1, 2)

    def __deepcopy__(self, memo: object) -> Tiled:
        """Return one that keeps nothing: each network has its own memory."""
        return Tiled()


class _Layers(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, layers: ResidualLayers, pictures: torch.Tensor, *parameters: torch.Tensor) -> torch.Tensor:
        out = layers.forward(pictures, parameters)
        ctx.layers, ctx.passes = layers, layers.passes
        return out

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, of_out: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        if ctx.passes != ctx.layers.passes:
            raise RuntimeError("a forward pass was made before the backward pass of the one before")
        return None, None, *ctx.layers.backward(of_out)
