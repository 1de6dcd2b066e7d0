"""Compares a result, downscaled again, with its input, and says where the difference needs another explanation."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from zssr_studio.engine.damage import LUMA, NO_DAMAGE, ColouredNoise, Damage, Noise

if TYPE_CHECKING:
    from zssr_studio.jpeg_tables import JpegTables

# Noise explains a difference up to so many of its standard deviations, and of normal noise this share goes beyond.
SIGMAS, BEYOND_BY_CHANCE = 3.0, 0.0027
# Samples in floating point are taken as if they were rounded to so many bits: more is no difference that anybody means.
BITS_OF_FLOATS = 16
# Brightnesses at which the deviation of coloured noise is taken; between them it is interpolated.
GRAY_VALUES = np.linspace(0.0, 1.0, 9)
# What the red and the blue channel take of a colour difference (ITU-R BT.601, as in JPEG); green takes of both.
OF_RED, OF_BLUE = 1.402, 1.772


class Compared(NamedTuple):
    """A part of the input against the result: the error of each pixel (h, w), and where it is not explained."""

    error: torch.Tensor
    beyond: torch.Tensor


@dataclass(frozen=True, slots=True)
class Explained:
    """How far a consistent result may differ from its input: by noise, by compression, and by rounding.

    A pixel goes beyond where one of its channels differs by more than `SIGMAS` standard deviations of noise and
    compression together, and half a level.

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

    def compared(self, again: torch.Tensor, lr: torch.Tensor) -> Compared:
        """Compare the result, downscaled, with the input, both (1, C, h, w)."""
        difference = again - lr
        error = difference.square().mean(dim=1)[0].sqrt()
        return Compared(error, (difference.abs() > self.bound(again)).any(dim=1)[0])

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

    As if each erred by up to half its interval, evenly: at most, since many are zero before they are rounded. Colour
    that is kept for several pixels only is not counted.
    """
    luma, chroma = (
        math.sqrt(float(np.square(np.array(table, np.float64)).mean()) / 12) / 255
        for table in (tables.luma, tables.chroma)
    )
    if channels != len(LUMA):
        return (luma,) * channels
    green = math.hypot(OF_RED * LUMA[0], OF_BLUE * LUMA[2]) / LUMA[1]
    return tuple(math.hypot(luma, share * chroma) for share in (OF_RED, green, OF_BLUE))


def _square(values: tuple[float, ...], lr: torch.Tensor) -> torch.Tensor:
    """Lay the square of a value of each channel out as (C, 1, 1)."""
    return lr.new_tensor(values).square()[:, None, None]


def _of_coloured(noise: ColouredNoise, lr: torch.Tensor) -> torch.Tensor:
    """Return the variance of coloured noise, alike in all channels, by how bright each pixel is: (1, 1, h, w)."""
    light = lr.mean(dim=1, keepdim=True).cpu().numpy()
    stds = np.interp(light, GRAY_VALUES, [noise.mean_std(float(value)) for value in GRAY_VALUES])
    return torch.from_numpy(np.square(stds).astype(np.float32)).to(lr)
