"""3x3 convolutions by Winograd's minimal filtering F(4 x 4, 3 x 3) (Lavin and Gray 2016), with their gradients.

A tile of 4 x 4 outputs takes 36 multiplications a pair of channels instead of 144. The rest is done by matrix products,
so that it runs wherever the processor's library multiplies matrices well: there it is faster than the library's own
convolutions of small pictures, and its gradient of the weights above all (docs/lab/engine.md, "The computation").

Pictures stay in tiles (`tiling`); all views of the memory are made beforehand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import torch

from zssr_studio.engine.convolution.tiling import INSIDE, TILE_PX, WINDOW_PX, Tiling, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.engine.convolution.memory import Memory

PLACES = WINDOW_PX**2
# The products at the polynomials' 1 down and across are added to all outputs of a tile, so the bias is added to them.
BIAS_PLACE = WINDOW_PX + 1

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


@dataclass(frozen=True, slots=True, eq=False)
class _Matrices:
    """Of inputs, an axis (6, 6); of outputs (16, 36) and of weights (36, 9), both axes at once."""

    of_input: torch.Tensor
    of_output: torch.Tensor
    of_weights: torch.Tensor

    @classmethod
    @lru_cache(maxsize=1)
    def made(cls) -> _Matrices:
        of_output, of_weights = (torch.from_numpy(np.kron(x, x)).float() for x in (OF_OUTPUT, OF_WEIGHTS))
        return cls(torch.tensor(OF_INPUT).float(), of_output, of_weights)


class Filters:
    """The weights of convolutions of one shape, as they are multiplied by, and their gradients.

    Parameters
    ----------
    memory : Memory
    count : int
        Convolutions.
    channels, outputs : int
        Of each.
    """

    def __init__(self, memory: Memory, count: int, channels: int, outputs: int) -> None:
        of_weights = _Matrices.made().of_weights
        self._map, self._map_back = (x.expand(count, -1, -1) for x in (of_weights, of_weights.T))
        self._weights = memory.take(count, 9, channels, outputs)
        self._weights_by_place = self._weights.view(count, 3, 3, channels, outputs).permute(0, 4, 3, 1, 2).unbind()
        self.filters, self.of_filters = (memory.take(count, PLACES, channels, outputs) for _ in range(2))

    def take(self, weights: Sequence[torch.Tensor]) -> None:
        """Map the weights (outputs, channels, 3, 3) of all of the convolutions."""
        for place, weight in zip(self._weights_by_place, weights, strict=True):
            place.copy_(weight)
        torch.bmm(self._map, self._weights.flatten(2), out=self.filters.flatten(2))

    def gradients(self) -> list[torch.Tensor]:
        """Return the gradients of the weights, the channels last in memory."""
        mapped = torch.bmm(self._map_back, self.of_filters.flatten(2)).view_as(self._weights)
        last = mapped.permute(0, 3, 1, 2).contiguous()
        return list(last.view(*last.shape[:2], 3, 3, -1).permute(0, 1, 4, 2, 3).unbind())


class Scratch:
    """What convolutions of one width, or fewer outputs, share: each begins by writing what it reads.

    Attributes
    ----------
    active : Tensor, shape (4, 4, down, across, N, channels)
        The pictures in tiles that a convolution begins with; not contiguous.
    of_active : Tensor
        Their gradient, of the same shape, after a convolution's backward pass; not contiguous.
    """

    def __init__(self, memory: Memory, tiling: Tiling, channels: int, outputs: int) -> None:
        self.tiling, self.channels = tiling, channels
        # Beyond the border both are 0, and nothing writes there.
        across = memory.take(*tiling.in_tiles(TILE_PX, WINDOW_PX, channels))
        self._windows = memory.take(*tiling.in_tiles(WINDOW_PX, WINDOW_PX, channels))
        self.active = across[:, INSIDE]
        self._beyond = tiling.beyond(self.active)
        self._stretches = [memory.take(PLACES * tiling.tiles * max(channels, outputs)) for _ in range(2)]
        of_windows = self.second(WINDOW_PX, WINDOW_PX, channels)
        of_across = self.first(TILE_PX, WINDOW_PX, channels)
        self.of_active = of_across[:, INSIDE]
        self._to_copy = [shared(across, 1), shared(self._windows, 0)]
        self._to_add = [shared(of_windows, 0), shared(of_across, 1)]
        self._across, self._of_across = across.flatten(2), of_across.flatten(2)
        self._rows, self._of_rows = self._windows[INSIDE].flatten(2), of_windows[INSIDE].flatten(2)
        self._columns, self._of_columns = (x.view(WINDOW_PX, -1) for x in (self._windows, of_windows))
        self._of_inputs = self.first(WINDOW_PX, WINDOW_PX, channels).view(WINDOW_PX, -1)
        self._map = _Matrices.made().of_input
        self._map_rows = self._map.expand(TILE_PX, -1, -1)

    def first(self, rows: int, columns: int, channels: int) -> torch.Tensor:
        """Return tiles that lie on the first of two stretches of memory."""
        return self._on(0, rows, columns, channels)

    def second(self, rows: int, columns: int, channels: int) -> torch.Tensor:
        """Return tiles that lie on the second."""
        return self._on(1, rows, columns, channels)

    def _on(self, stretch: int, rows: int, columns: int, channels: int) -> torch.Tensor:
        shape = self.tiling.in_tiles(rows, columns, channels)
        return self._stretches[stretch][: math.prod(shape)].view(shape)

    def open_windows(self, inputs: torch.Tensor) -> None:
        """Make the inputs (6, values) of products: the windows about the tiles of `active`, mapped."""
        for part in self._beyond:
            part.zero_()
        for outside, inside in self._to_copy[0]:
            outside.copy_(inside)
        torch.bmm(self._map_rows, self._across, out=self._rows)
        for outside, inside in self._to_copy[1]:
            outside.copy_(inside)
        torch.mm(self._map, self._columns, out=inputs)

    def close_windows(self) -> None:
        """Make `of_active` of the gradient of the products' inputs, which lies on the first stretch."""
        torch.mm(self._map.T, self._of_inputs, out=self._of_columns)
        for outside, inside in self._to_add[0]:
            inside.add_(outside)
        torch.bmm(self._map_rows.mT, self._of_rows, out=self._of_across)
        for outside, inside in self._to_add[1]:
            inside.add_(outside)


class Convolution:
    """One convolution of pictures in tiles.

    Parameters
    ----------
    memory : Memory
    scratch : Scratch
    filters, of_filters : Tensor, shape (36, channels, outputs)
        Its weights, mapped, and where their gradient is written to.
    out, of_out : Tensor, shape (4, 4, down, across, N, outputs)
        Where it writes to, and where the gradient of that is read from.
    added : bool
        Whether it adds to what is there instead.
    """

    def __init__(
        self,
        memory: Memory,
        scratch: Scratch,
        filters: torch.Tensor,
        of_filters: torch.Tensor,
        out: torch.Tensor,
        of_out: torch.Tensor,
        *,
        added: bool,
    ) -> None:
        outputs, tiling = filters.shape[-1], scratch.tiling
        self._scratch, self._filters, self._of_filters = scratch, filters, of_filters
        inputs = memory.take(*tiling.in_tiles(WINDOW_PX, WINDOW_PX, scratch.channels))
        products, of_products = (on(WINDOW_PX, WINDOW_PX, outputs) for on in (scratch.first, scratch.second))
        of_inputs = scratch.first(WINDOW_PX, WINDOW_PX, scratch.channels)
        self._columns = inputs.view(WINDOW_PX, -1)
        self._inputs, self._products, self._of_inputs, self._of_products = (
            x.view(PLACES, tiling.tiles, -1) for x in (inputs, products, of_inputs, of_products)
        )
        self._map, self._kept = _Matrices.made().of_output, 1 if added else 0
        self._out, self._of_out = (x.view(TILE_PX**2, -1) for x in (out, of_out))
        self._by_place, self._of_by_place = (x.view(PLACES, -1) for x in (products, of_products))

    def forward(self, bias: torch.Tensor) -> None:
        """Convolve `active` of the scratch."""
        self._scratch.open_windows(self._columns)
        torch.bmm(self._inputs, self._filters, out=self._products)
        self._products[BIAS_PLACE] += bias
        torch.addmm(self._out, self._map, self._by_place, beta=self._kept, out=self._out)

    def backward(self) -> torch.Tensor:
        """Make the gradients of `active` and of the filters, and return that of the bias."""
        torch.mm(self._map.T, self._of_out, out=self._of_by_place)
        torch.bmm(self._inputs.mT, self._of_products, out=self._of_filters)
        torch.bmm(self._of_products, self._filters.mT, out=self._of_inputs)
        # Before the windows are closed, which overwrites it.
        of_bias = self._of_products[BIAS_PLACE].sum(dim=0)
        self._scratch.close_windows()
        return of_bias
