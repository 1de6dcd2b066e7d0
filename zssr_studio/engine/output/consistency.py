"""Compares a result, downscaled again, with its input, and says where the difference needs another explanation."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from zssr_studio.engine.damage import LUMA, NO_DAMAGE, ColouredNoise, Damage, Noise
from zssr_studio.engine.degradation.regions import Region

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zssr_studio.engine.degradation.regions import Size
    from zssr_studio.jpeg_tables import JpegTables

# Noise explains a difference up to so many of its standard deviations, and of normal noise this share goes beyond.
SIGMAS, BEYOND_BY_CHANCE = 3.0, 0.0027
# Samples in floating point are taken as if they were rounded to so many bits: more is no difference that anybody means.
BITS_OF_FLOATS = 16
# Brightnesses at which the deviation of coloured noise is taken; between them it is interpolated.
GRAY_VALUES = np.linspace(0.0, 1.0, 9)
# What the red and the blue channel take of a colour difference (ITU-R BT.601, as in JPEG); green takes of both.
OF_RED, OF_BLUE = 1.402, 1.772
# The variance of rounding to whole levels. A JPEG's colours are rounded when they become brightness and colour
# differences, and when these come back from their coefficients.
ROUNDING_VARIANCE, COLOUR_ROUNDINGS = 1 / 12, 2
WHOLE = (1, 1)


class Compared(NamedTuple):
    """A part of the input against the result: the error of each pixel (h, w), and where it is not explained."""

    error: torch.Tensor
    beyond: torch.Tensor

    def cut(self, region: Region, start: Size) -> Compared:
        """Cut a region out of a comparison that begins at `start`."""
        return Compared(region.cut(self.error, start), region.cut(self.beyond, start))


@dataclass(frozen=True, slots=True)
class Explained:
    """How far a consistent result may differ from its input: by noise, by compression, and by rounding.

    A pixel goes beyond where one of its channels differs by more than `SIGMAS` standard deviations of noise and
    compression together, and half a level. Where a JPEG kept colour for several pixels only, the result's is first kept
    so, too, wherever the grid of these pixels may lie.

    Parameters
    ----------
    damage : Damage
        What was found in the input, or told of it.
    bits : int or None
        To how many the samples of the input were rounded; None for floating-point ones.
    """

    damage: Damage
    bits: int | None

    @property
    def half_level(self) -> float:
        """The most that rounding explains, in [0, 1] of the value range."""
        levels: int = 2 ** (self.bits or BITS_OF_FLOATS)
        return 0.5 / (levels - 1)

    def expected_share(self, channels: int) -> float:
        """Tell how many pixels go beyond by chance, at most: where each channel has noise of its own."""
        return 1 - (1 - BEYOND_BY_CHANCE) ** channels if self.damage else 0.0

    def needed(self, region: Region, lr: torch.Tensor) -> Region:
        """Return the part of the input (1, C, h, w) that is looked at for a region of it, whose colours it shares."""
        ends = zip(region.start, region.stop, lr.shape[-2:], self._subsampling(lr.shape[1]), strict=True)
        # Linear interpolation reaches into the next group of pixels.
        rows, columns = (
            (max(0, start - 2 * (pixels - 1)), min(size, stop + 2 * (pixels - 1))) for start, stop, size, pixels in ends
        )
        return Region.between(rows, columns)

    def compared(self, again: torch.Tensor, lr: torch.Tensor) -> Compared:
        """Compare the result, downscaled, with the input, both (1, C, h, w); the border's colours lie beyond it."""
        error = (again - lr).square().mean(dim=1)[0].sqrt()
        bound = self.bound(again)
        beyond = torch.ones_like(error, dtype=torch.bool)
        for kept in self._as_kept(again):
            beyond &= ((kept - lr).abs() > bound).any(dim=1)[0]
        return Compared(error, beyond)

    def _subsampling(self, channels: int) -> Size:
        jpeg = self.damage.jpeg
        return WHOLE if jpeg is None or channels != len(LUMA) else jpeg.subsampling

    def _as_kept(self, picture: torch.Tensor) -> Iterator[torch.Tensor]:
        """Make of a picture (1, C, h, w) what the file could keep of it, for each place that its grid may have."""
        subsampling = self._subsampling(picture.shape[1])
        if subsampling == WHOLE:
            yield picture
            return
        light = torch.einsum("c,nchw->nhw", picture.new_tensor(LUMA), picture)[:, None]
        for before in product(*map(range, subsampling)):
            yield (light + _for_several(picture - light, subsampling, before)).clamp(0, 1)

    def bound(self, lr: torch.Tensor) -> torch.Tensor | float:
        """Return how large a difference is explained at each sample of (1, C, h, w), in a shape that fits it.

        Noise is taken by the brightness of `lr`, which had best be without it.
        """
        if not self.damage:
            return self.half_level
        noise = self.damage.noise
        variance: torch.Tensor | float = 0.0
        if isinstance(noise, Noise):
            variance = _square(noise.std, lr) + _square(noise.gain, lr) * lr.square()
        elif isinstance(noise, ColouredNoise):
            variance = _of_coloured(noise, lr)
        if self.damage.jpeg is not None:
            variance = variance + _square(jpeg_stds(self.damage.jpeg, lr.shape[1]), lr)
        return SIGMAS * torch.as_tensor(variance).to(lr).sqrt() + self.half_level


UNDAMAGED = Explained(NO_DAMAGE, None)


def jpeg_stds(tables: JpegTables, channels: int) -> tuple[float, ...]:
    """Return the deviation of what a JPEG's rounding of its coefficients adds to each channel, in [0, 1].

    As if each erred by up to half its interval, evenly: at most, since many are zero before they are rounded.
    """
    is_colour = channels == len(LUMA)
    roundings = COLOUR_ROUNDINGS if is_colour else 0
    luma, chroma = (
        math.sqrt(ROUNDING_VARIANCE * (float(np.square(np.array(table, np.float64)).mean()) + roundings)) / 255
        for table in (tables.luma, tables.chroma)
    )
    if not is_colour:
        return (luma,) * channels
    green = math.hypot(OF_RED * LUMA[0], OF_BLUE * LUMA[2]) / LUMA[1]
    return tuple(math.hypot(luma, share * chroma) for share in (OF_RED, green, OF_BLUE))


def _for_several(colour: torch.Tensor, pixels: Size, before: Sequence[int]) -> torch.Tensor:
    """Keep one colour of (1, C, h, w) for several pixels a side, on a grid that begins so many before the border."""
    (height, width), (top, left) = colour.shape[-2:], before
    bottom, right = (-(size + first) % n for size, first, n in zip((height, width), before, pixels, strict=True))
    fitting = F.pad(colour, (left, right, top, bottom), mode="replicate")
    # As the Independent JPEG Group's library does: a mean, and linear interpolation.
    few = F.avg_pool2d(fitting, pixels)
    laid_out = F.interpolate(few, size=fitting.shape[-2:], mode="bilinear", align_corners=False)
    return laid_out[..., top : top + height, left : left + width]


def _square(values: tuple[float, ...], lr: torch.Tensor) -> torch.Tensor:
    """Lay the square of a value of each channel out as (C, 1, 1)."""
    return lr.new_tensor(values).square()[:, None, None]


def _of_coloured(noise: ColouredNoise, lr: torch.Tensor) -> torch.Tensor:
    """Return the variance of coloured noise, alike in all channels, by how bright each pixel is: (1, 1, h, w)."""
    light = lr.mean(dim=1, keepdim=True).cpu().numpy()
    stds = np.interp(light, GRAY_VALUES, [noise.mean_std(float(value)) for value in GRAY_VALUES])
    return torch.from_numpy(np.square(stds).astype(np.float32)).to(lr)
