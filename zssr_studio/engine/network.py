"""The image-specific networks. Both learn the residual to the bicubic enlargement (section 3.2 of the paper)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import torch
import torch.nn.functional as F
from torch import nn

from zssr_studio.engine.config import Body
from zssr_studio.engine.convolution.residual import Tiled
from zssr_studio.engine.degradation.orientations import AS_IT_IS, Orientation
from zssr_studio.engine.degradation.resample import AxisMap, kept_blocks, resample

if TYPE_CHECKING:
    from zssr_studio.engine.config import Preset
    from zssr_studio.engine.degradation.resample import Block

# Pixels to each side that a cubic reaches: 2, and 1 for the position between pixels.
CUBIC_REACH_PX = 3
# Variance of the initial weights times the number of inputs, as in the published code of Shocher, Cohen and Irani 2018
# (`init_variance`).
HR_INIT_VARIANCE = 0.1


@dataclass(frozen=True, slots=True)
class Window:
    """An LR patch and the HR window that is made from it, both placed on their whole pictures. Rows, then columns.

    Parameters
    ----------
    scale : tuple of float
        HR pixels per LR pixel.
    lr_size : tuple of int
        Size of the whole LR picture.
    lr_start : tuple of int
        Where the patch begins on the whole LR picture.
    hr_start, hr_stop : tuple of int
        The wanted window of the whole HR picture.
    """

    scale: tuple[float, float]
    lr_size: tuple[int, int]
    lr_start: tuple[int, int]
    hr_start: tuple[int, int]
    hr_stop: tuple[int, int]

    @classmethod
    def whole(cls, scale: tuple[float, float], lr_size: tuple[int, int], hr_size: tuple[int, int]) -> Window:
        """Make the window of a whole picture."""
        return cls(scale, lr_size, (0, 0), (0, 0), hr_size)

    def enlarge(self, lr: torch.Tensor, grid: tuple[int, int] = (1, 1)) -> torch.Tensor:
        """Resample a patch (N, C, h * grid, w * grid) that was already enlarged `grid` times to the HR window."""
        return resample(lr, *self._axes(grid))

    def matrices(self, lr: torch.Tensor) -> list[tuple[Block, ...]]:
        """Return those by which a patch, and one that was enlarged to the next whole factor, is resampled."""
        grids = {(1, 1), next_whole(self.scale)}
        return [kept_blocks(axis, lr.device, lr.dtype) for grid in grids for axis in self._axes(grid)]

    def _axes(self, grid: tuple[int, int]) -> tuple[AxisMap, AxisMap]:
        rows, columns = (
            AxisMap(s / g, size * g, start, stop, in_start=lr_start * g)
            for s, g, size, start, stop, lr_start in zip(
                self.scale, grid, self.lr_size, self.hr_start, self.hr_stop, self.lr_start, strict=True
            )
        )
        return rows, columns


def next_whole(scale: tuple[float, float]) -> tuple[int, int]:
    """Return the next whole factor of each axis."""
    return math.ceil(scale[0] - 1e-6), math.ceil(scale[1] - 1e-6)


class SingleImageNetwork(nn.Module):
    """Base of the networks that enlarge an LR patch by adding a residual to its bicubic enlargement.

    Attributes
    ----------
    lr_halo_px, hr_halo_px : int
        Margins that a tile needs so that its output is that of the whole picture: pixels of the LR patch around the HR
        window, and pixels of the HR window around the wanted tile.
    short : torch.dtype or None
        A 16-bit type in which the convolutions are computed; weights and residual keep their own.
    tiled : Tiled or None
        By which the network trains where convolutions in tiles are faster.
    """

    lr_halo_px: int
    hr_halo_px: int
    short: torch.dtype | None = None
    tiled: Tiled | None = None

    def forward(self, lr: torch.Tensor, window: Window, orientation: Orientation = AS_IT_IS) -> torch.Tensor:
        """Enlarge a patch: (N, C, h, w) in [0, 1] -> (N, C, *window) around [0, 1].

        Only the residual is computed in the given orientation, and turned back: an enlargement as a whole would be
        moved by a part of a pixel where its size was rounded up.
        """
        raise NotImplementedError

    def body_weights(self) -> list[torch.Tensor]:
        """Return the weights (out, in, 3, 3) of the convolutions between the first and the last."""
        raise NotImplementedError

    def layers(self, x: torch.Tensor) -> torch.Tensor:
        """Compute the residual from the input of the first layer."""
        raise NotImplementedError

    def residual(self, x: torch.Tensor, orientation: Orientation) -> torch.Tensor:
        """Compute the residual in an orientation, in the precision of `short`."""
        turned = orientation.apply(x).contiguous(memory_format=torch.channels_last)
        with torch.autocast(x.device.type, dtype=self.short or torch.bfloat16, enabled=self.short is not None):
            residual = self.layers(turned)
        return orientation.undo(residual.to(x.dtype))


class HrNetwork(SingleImageNetwork):
    """The paper's network: 3x3 convolutions without bias on the bicubic enlargement, ReLU between them."""

    def __init__(self, channels: int, depth: int, width: int, generator: torch.Generator) -> None:
        super().__init__()
        sizes = [channels, *[width] * (depth - 1), channels]
        self.convolutions = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1, bias=False) for a, b in pairwise(sizes))
        self.lr_halo_px, self.hr_halo_px = CUBIC_REACH_PX, depth
        for convolution in self.convolutions:
            weight = cast("nn.Conv2d", convolution).weight
            nn.init.normal_(weight, std=math.sqrt(HR_INIT_VARIANCE / (weight.shape[1] * 9)), generator=generator)

    def forward(self, lr: torch.Tensor, window: Window, orientation: Orientation = AS_IT_IS) -> torch.Tensor:
        """Enlarge a patch, see the base class."""
        enlarged = window.enlarge(lr)
        return enlarged + self.residual(enlarged, orientation)

    def layers(self, x: torch.Tensor) -> torch.Tensor:
        """Compute the residual on the HR grid."""
        for convolution in self.convolutions[:-1]:
            x = F.relu(convolution(x))
        return cast("torch.Tensor", self.convolutions[-1](x))

    def body_weights(self) -> list[torch.Tensor]:
        """Return the inner weights, see the base class."""
        return [cast("nn.Conv2d", convolution).weight for convolution in self.convolutions[1:-1]]


class LrNetwork(SingleImageNetwork):
    """Residual pairs at LR resolution, activation first, then pixel shuffle to the next whole factor.

    At a fractional scale the shuffled residual is resampled, and training goes through the resampling.
    """

    def __init__(
        self, channels: int, depth: int, width: int, scale: tuple[float, float], generator: torch.Generator
    ) -> None:
        super().__init__()
        self.grid = next_whole(scale)
        self.channels = channels
        self.head = nn.Conv2d(channels, width, 3, padding=1)
        self.body = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range((depth - 2) // 2 * 2))
        self.tail = nn.Conv2d(width, channels * self.grid[0] * self.grid[1], 3, padding=1)
        self.lr_halo_px, self.hr_halo_px = depth + CUBIC_REACH_PX, 0
        for convolution in (self.head, *self.body):
            nn.init.kaiming_normal_(cast("nn.Conv2d", convolution).weight, generator=generator)
            nn.init.zeros_(cast("torch.Tensor", convolution.bias))
        # A zero tail makes the untrained network the bicubic enlargement.
        nn.init.zeros_(self.tail.weight)
        nn.init.zeros_(cast("torch.Tensor", self.tail.bias))

    def forward(self, lr: torch.Tensor, window: Window, orientation: Orientation = AS_IT_IS) -> torch.Tensor:
        """Enlarge a patch, see the base class."""
        return window.enlarge(lr) + self._cut(self.residual(lr, orientation), window)

    def layers(self, x: torch.Tensor) -> torch.Tensor:
        """Compute the residual on the grid of the next whole factor."""
        if self.tiled is not None and torch.is_grad_enabled():
            convolutions = (cast("nn.Conv2d", convolution) for convolution in (self.head, *self.body, self.tail))
            return self._shuffle(self.tiled.compute(x, list(convolutions)))
        x = self.head(x)
        for first, second in zip(self.body[::2], self.body[1::2], strict=True):
            x = x + second(F.silu(first(F.silu(x))))
        return self._shuffle(self.tail(F.silu(x)))

    def body_weights(self) -> list[torch.Tensor]:
        """Return the inner weights, see the base class."""
        return [cast("nn.Conv2d", convolution).weight for convolution in self.body]

    def _shuffle(self, x: torch.Tensor) -> torch.Tensor:
        """Pixel shuffle with a factor per axis: (N, C * a * b, h, w) -> (N, C, h * a, w * b)."""
        n, _, height, width = x.shape
        a, b = self.grid
        x = x.reshape(n, self.channels, a, b, height, width).permute(0, 1, 4, 2, 5, 3)
        return x.reshape(n, self.channels, height * a, width * b)

    def _cut(self, residual: torch.Tensor, window: Window) -> torch.Tensor:
        if window.scale != self.grid:
            return window.enlarge(residual, self.grid)
        rows, columns = (
            slice(start - lr_start * g, stop - lr_start * g)
            for start, stop, lr_start, g in zip(
                window.hr_start, window.hr_stop, window.lr_start, self.grid, strict=True
            )
        )
        return residual[..., rows, columns]


def build(
    preset: Preset,
    channels: int,
    scale: tuple[float, float],
    generator: torch.Generator,
    short: torch.dtype | None = None,
    *,
    in_tiles: bool = False,
) -> SingleImageNetwork:
    """Make the preset's network with weights drawn from `generator`, laid out with the channels last.

    `short` is the 16-bit type to compute in, where the preset allows one; `in_tiles` says whether it trains by
    convolutions in tiles where it computes in 32 bits at LR resolution.
    """
    network: SingleImageNetwork
    if preset.body is Body.HR:
        network = HrNetwork(channels, preset.depth, preset.width, generator)
    else:
        network = LrNetwork(channels, preset.depth, preset.width, scale, generator)
    network.short = short if preset.half_precision else None
    network.tiled = Tiled() if in_tiles and network.short is None else None
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]
