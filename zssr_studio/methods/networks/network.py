"""A network with all that running it as its authors meant it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import nn

# Per channel, or one for all.
PerChannel = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """Which values a network takes and gives, of a picture in [0, 1]: v * span + low.

    Parameters
    ----------
    span, low : tuple of float
        Of what it takes, for each channel or one for all.
    out_span, out_low : tuple of float or None
        Of what it gives; None where that is the same.
    """

    span: PerChannel = (1.0,)
    low: PerChannel = (0.0,)
    out_span: PerChannel | None = None
    out_low: PerChannel | None = None

    def taken(self, x: torch.Tensor) -> torch.Tensor:
        """Turn pictures (N, C, h, w) in [0, 1] into what the network takes."""
        return x * _channels(self.span, x) + _channels(self.low, x)

    def given(self, y: torch.Tensor) -> torch.Tensor:
        """Turn what the network gives into pictures in [0, 1]."""
        span = self.span if self.out_span is None else self.out_span
        low = self.low if self.out_low is None else self.out_low
        return (y - _channels(low, y)) / _channels(span, y)


def _channels(values: PerChannel, like: torch.Tensor) -> torch.Tensor:
    return like.new_tensor(values)[:, None, None]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A network that was recognised.

    Parameters
    ----------
    kind : str
        The terminal's word for its architecture, such as `edsr`.
    title : str
        What people call it, with what sets its size.
    module : nn.Module
        Takes and gives (1, channels, h, w).
    channels : int
        1 for luma (BT.601, 16 to 235 of 255), with colours by bicubic interpolation; 3 for RGB.
    scale : int or None
        By which it enlarges; None where it works on the bicubic enlargement, by any scale.
    values : Values
    halo_px : int or None
        Pixels around a block of its input on which the block's output depends; None where that is the whole picture.
    multiple : int
        What the sides of its input must be a multiple of.
    least_px : int
        The shortest side that it takes.
    is_generative : bool
        Whether such networks are trained to please the eye with detail of their own, as the generators of GANs are.
    block_px : int or None
        Side of a block of its input, where it takes squares of one size only: `multiple`.
    count : int or None
        Numbers that it learned; None counts those of the module.
    bytes_per_px : float or None
        That it takes for a pixel of its input; None measures that.
    """

    kind: str
    title: str
    module: nn.Module
    channels: int
    scale: int | None
    values: Values = Values()
    halo_px: int | None = None
    multiple: int = 1
    least_px: int = 1
    is_generative: bool = False
    block_px: int | None = None
    count: int | None = None
    bytes_per_px: float | None = None

    @property
    def parameters(self) -> int:
        """Numbers that it learned."""
        if self.count is not None:
            return self.count
        return sum(tensor.numel() for tensor in self.module.state_dict().values())

    @torch.no_grad()
    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """Enlarge (1, channels, h, w) in [0, 1], not clipped."""
        y: torch.Tensor = self.module(self.values.taken(x))
        return self.values.given(y)
