"""3x3 convolutions by Winograd's minimal filtering F(4 x 4, 3 x 3) (Lavin and Gray 2016), with their gradients.

A tile of 4 x 4 outputs takes 36 multiplications a pair of channels instead of 144. The rest is done by matrix products
and by gathering rows, so that it runs wherever the processor's library multiplies matrices well: there it is faster
than the library's own convolutions of small pictures, and its gradient of the weights above all (docs/lab/engine.md,
"The computation").

Between the convolutions pictures stay in tiles (`tiling`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as F
from torch.autograd.function import once_differentiable

from zssr_studio.engine.convolution.tiling import TILE_PX, WINDOW_PX, Tiling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import nn

# The polynomials are taken at 0, 1, -1, 2, -2 and infinity.
OF_INPUT = (
    (4, 0, -5, 0, 1, 0),
    (0, -4, -4, 1, 1, 0),
    (0, 4, -4, -1, 1, 0),
    (0, -2, -1, 2, 1, 0),
    (0, 2, -1, -2, 1, 0),
    (0, 4, 0, -5, 0, 1),
)
OF_WEIGHTS = (
    (1 / 4, 0, 0),
    (-1 / 6, -1 / 6, -1 / 6),
    (-1 / 6, 1 / 6, -1 / 6),
    (1 / 24, 1 / 12, 1 / 6),
    (1 / 24, -1 / 12, 1 / 6),
    (0, 0, 1),
)
OF_OUTPUT = ((1, 1, 1, 1, 1, 0), (0, 1, -1, 2, -2, 0), (0, 1, 1, 4, 4, 0), (0, 1, -1, 8, -8, 1))


class _Map:
    """A matrix (m, n) that is applied to both axes of squares (n, n, values), one after the other."""

    def __init__(self, matrix: torch.Tensor) -> None:
        self._matrix = matrix
        self._for_each_row = matrix.expand(len(matrix), *matrix.shape)

    def bind(self, squares: torch.Tensor, half: torch.Tensor, out: torch.Tensor) -> Callable[[], None]:
        """Return what maps `squares` to `out`, (m, m, values), by way of `half`, which has room for (m, n, values)."""
        m, n = self._matrix.shape
        by_row, half_by_row, half, out = squares.view(n, -1), half.view(m, -1), half.view(m, n, -1), out.view(m, m, -1)

        def mapped() -> None:
            torch.mm(self._matrix, by_row, out=half_by_row)
            torch.bmm(self._for_each_row, half, out=out)

        return mapped


@dataclass(frozen=True, slots=True, eq=False)
class _Maps:
    """Of windows, of products to outputs, and of both of their gradients; of weights, both axes at once (36, 9)."""

    of_input: _Map
    of_output: _Map
    of_input_gradient: _Map
    of_output_gradient: _Map
    of_weights: torch.Tensor

    @classmethod
    @lru_cache(maxsize=1)
    def made(cls) -> _Maps:
        of_input, of_output = torch.tensor(OF_INPUT).float(), torch.tensor(OF_OUTPUT).float()
        of_weights = torch.from_numpy(np.kron(OF_WEIGHTS, OF_WEIGHTS)).float()
        return cls(_Map(of_input), _Map(of_output), _Map(of_input.T), _Map(of_output.T), of_weights)


class _Scratch:
    """Two stretches of memory that the convolutions of a network use in turns.

    What is asked of the system anew at each step is cleared by it page by page, which takes longer than the arithmetic.
    """

    def __init__(self, values: int) -> None:
        self._stretches = torch.empty(2, values)

    def first(self, *shape: int) -> torch.Tensor:
        return self._stretches[0, : math.prod(shape)].view(shape)

    def second(self, *shape: int) -> torch.Tensor:
        return self._stretches[1, : math.prod(shape)].view(shape)


class _Convolution:
    """One convolution of pictures in tiles, with all views of its memory made beforehand.

    Parameters
    ----------
    tiling : Tiling
    channels, outputs : int
    scratch : _Scratch
    out, of_out : Tensor, shape (16 * tiles, outputs)
        Where it writes to, and where the gradient of that is read from.
    """

    def __init__(
        self, tiling: Tiling, channels: int, outputs: int, scratch: _Scratch, out: torch.Tensor, of_out: torch.Tensor
    ) -> None:
        m, n, tiles, maps = TILE_PX, WINDOW_PX, tiling.tiles, _Maps.made()
        self._tiling, self._out, self._of_out = tiling, out, of_out
        self._windows = scratch.first(n * n * tiles, channels)
        self._inputs = torch.empty(n * n, tiles, channels)
        self._products = scratch.first(n * n, tiles, outputs)
        self._map_windows = maps.of_input.bind(self._windows, scratch.second(n * n * tiles, channels), self._inputs)
        self._map_products = maps.of_output.bind(self._products, scratch.second(m * n * tiles, outputs), out)
        self._of_products = scratch.second(n * n, tiles, outputs)
        self._of_products_turned = self._of_products.mT
        self._of_inputs = scratch.first(n * n, tiles, channels)
        self._map_out = maps.of_output_gradient.bind(of_out, scratch.first(m * n * tiles, outputs), self._of_products)
        half = scratch.second(n * n * tiles, channels)
        self._map_inputs = maps.of_input_gradient.bind(self._of_inputs, half, self._windows)
        self._of_weights, self._to_weights = maps.of_weights, maps.of_weights.T
        self._weight = torch.empty(9, outputs, channels)
        self._weight_by_place = self._weight.view(3, 3, outputs, channels).permute(2, 3, 0, 1)
        self._filters, self._of_filters = torch.empty(2, n * n, outputs, channels)
        self._filters_turned = self._filters.mT
        self._lists = [x.view(len(x), -1) for x in (self._weight, self._filters, self._of_filters)]

    def forward(self, x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> None:
        """Convolve a tiled list."""
        self._weight_by_place.copy_(weight)
        torch.mm(self._of_weights, self._lists[0], out=self._lists[1])
        torch.index_select(x, 0, self._tiling.windows, out=self._windows)
        self._map_windows()
        torch.bmm(self._inputs, self._filters_turned, out=self._products)
        self._map_products()
        self._out += bias

    def backward(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return the gradients of the tiled list, of the weight and of the bias."""
        self._map_out()
        torch.bmm(self._of_products_turned, self._inputs, out=self._of_filters)
        torch.bmm(self._of_products, self._filters, out=self._of_inputs)
        of_weight = torch.mm(self._to_weights, self._lists[2]).view(3, 3, *self._filters.shape[1:]).permute(2, 3, 0, 1)
        self._map_inputs()
        of_x = F.embedding_bag(self._tiling.held, self._windows, self._tiling.starts, mode="sum")
        return of_x, of_weight, self._of_out.sum(dim=0)


class ResidualPairs:
    """Convolutions in pairs, the activation (SiLU) first, each pair added to what it began with; then one more.

    Memory for one forward pass of pictures of one size, and the backward pass that belongs to it.

    Parameters
    ----------
    tiling : Tiling
    width : int
        Channels.
    pairs : int
    outputs : int
        Channels of the last convolution.
    """

    def __init__(self, tiling: Tiling, width: int, pairs: int, outputs: int) -> None:
        self.tiling, self.passes = tiling, 0
        scratch = _Scratch(WINDOW_PX**2 * tiling.tiles * max(width, outputs))
        pixels = TILE_PX**2 * tiling.tiles + 1
        # The row of zeros stays: nothing writes to it but what makes 0 of 0.
        self._x, self._y, self._of_x, self._of_y, self._active, self._sigmoid = torch.zeros(6, pixels, width)
        self._out, self._of_out = torch.zeros(2, pixels, outputs)
        of_results = [self._of_y, self._of_x] * pairs
        self._convolutions = [_Convolution(tiling, width, width, scratch, self._y[:-1], x[:-1]) for x in of_results]
        self._convolutions.append(_Convolution(tiling, width, outputs, scratch, self._out[:-1], self._of_out[:-1]))
        self._slopes = torch.empty(len(self._convolutions), pixels, width).unbind()
        self._one = torch.ones(())

    def forward(self, pixels: torch.Tensor, parameters: Sequence[torch.Tensor]) -> torch.Tensor:
        """Compute from a list of pixels, by each convolution's weight and bias.

        Parameters
        ----------
        pixels : Tensor, shape (N * H * W, width)
        parameters : sequence of Tensor

        Returns
        -------
        Tensor, shape (N * H * W, outputs)
        """
        self.passes += 1
        torch.index_select(pixels, 0, self.tiling.tiled, out=self._x[:-1])
        for index, convolution in enumerate(self._convolutions):
            is_second = index % 2 == 1
            active = self._activated(self._y if is_second else self._x, index)
            convolution.forward(active, parameters[2 * index], parameters[2 * index + 1])
            if is_second:
                self._x += self._y
        out: torch.Tensor = self._out.index_select(0, self.tiling.flat)
        return out

    def backward(self, of_out: torch.Tensor) -> list[torch.Tensor]:
        """Return the gradients of the pixels and of the parameters, from that of what `forward` returned last."""
        of_parameters: list[torch.Tensor] = []
        self._of_out.index_copy_(0, self.tiling.flat, of_out)
        for index in reversed(range(len(self._convolutions))):
            of_active, of_weight, of_bias = self._convolutions[index].backward()
            of_parameters += [of_bias, of_weight]
            if index == len(self._convolutions) - 1:
                torch.mul(of_active, self._slopes[index], out=self._of_x)
            elif index % 2 == 1:
                torch.mul(of_active, self._slopes[index], out=self._of_y)
            else:
                self._of_x.addcmul_(of_active, self._slopes[index])
        return [self._of_x.index_select(0, self.tiling.flat), *reversed(of_parameters)]

    def _activated(self, x: torch.Tensor, index: int) -> torch.Tensor:
        """Return SiLU of x, and keep its slope."""
        torch.sigmoid(x, out=self._sigmoid)
        torch.mul(x, self._sigmoid, out=self._active)
        # a + s - a s, where a = x s
        torch.lerp(self._active, self._one, self._sigmoid, out=self._slopes[index])
        active: torch.Tensor = self._active
        return active


class Tiled:
    """Keeps the layers of a network for the size of picture that it was trained with last."""

    def __init__(self) -> None:
        self._layers: ResidualPairs | None = None

    def layers(self, tiling: Tiling, width: int, pairs: int, outputs: int) -> ResidualPairs:
        """Return them for pictures of a size."""
        if self._layers is None or self._layers.tiling is not tiling:
            self._layers = ResidualPairs(tiling, width, pairs, outputs)
        return self._layers

    def __deepcopy__(self, memo: object) -> Tiled:
        """Return one that keeps nothing: each network has its own memory."""
        return Tiled()


class _Layers(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, layers: ResidualPairs, pixels: torch.Tensor, *parameters: torch.Tensor) -> torch.Tensor:
        out = layers.forward(pixels, parameters)
        ctx.layers, ctx.passes = layers, layers.passes
        return out

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, of_out: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        if ctx.passes != ctx.layers.passes:
            raise RuntimeError("a forward pass was made before the backward pass of the one before")
        return None, *ctx.layers.backward(of_out)


def convolved_in_tiles(layers: ResidualPairs, x: torch.Tensor, convolutions: Sequence[nn.Conv2d]) -> torch.Tensor:
    """Compute the layers of pictures (N, C, H, W), the channels last in memory: (N, outputs, H, W), laid out alike."""
    parameters = (parameter for convolution in convolutions for parameter in (convolution.weight, convolution.bias))
    pixels = x.permute(0, 2, 3, 1).reshape(-1, x.shape[1])
    out: torch.Tensor = _Layers.apply(layers, pixels, *parameters)  # type: ignore[no-untyped-call]
    return out.view(*layers.tiling.shape, -1).permute(0, 3, 1, 2)
