"""Draws HR fathers from the picture itself, with the three kinds of augmentation of the paper (section 3.1)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.degradation.resample import resize

if TYPE_CHECKING:
    from collections.abc import Sequence

# Of the draws of `fast` once there are results: 70, 85, 95 and 100 % tried (docs/lab/engine.md, "The recipe").
RESULT_SHARE = 0.95
# Of the rest, from smaller versions of the picture; chosen with the versions below, and not measured alone.
SMALLER_SHARE = 0.5
SMALLER_FATHERS = (0.875, 0.75, 0.625, 0.5)
RESULT_VERSIONS = (0.875, 0.75, 0.625, 0.5, 0.375)
# Versions of a result that are hardly larger than what it was made of hold no more detail; chosen, not measured alone.
LEAST_RESULT_GAIN = 1.1
# Of a father, and of a crop: under it the network's receptive field sees mostly mirrored border. Chosen.
MIN_FATHER_PX = 16
# A larger picture is made smaller in parts: 48 of them hold more crops than a run draws. Chosen for time and memory.
WHOLE_VERSIONS_PX = 2**22
PART_PX = 256
PARTS = 48


@dataclass(frozen=True, slots=True, eq=False)
class Fathers:
    """The pictures that HR crops are drawn from.

    Parameters
    ----------
    picture : Tensor, shape (1, C, H, W)
        The input picture.
    smaller : tuple of Tensor
        Antialiased smaller versions of it; empty where affine maps make them.
    results : tuple of Tensor
        What earlier stages enlarged, the largest first.
    """

    picture: torch.Tensor
    smaller: tuple[torch.Tensor, ...] = ()
    results: tuple[torch.Tensor, ...] = ()

    @property
    def everyone(self) -> tuple[torch.Tensor, ...]:
        """All fathers, the picture first."""
        return (self.picture, *self.smaller, *self.results)

    def shares(self) -> list[float]:
        """Return how often each of `everyone` is drawn: nearly always a result, once there are any."""
        results = RESULT_SHARE if self.results else 0.0
        smaller = (1 - results) * SMALLER_SHARE if self.smaller else 0.0
        return [
            1 - results - smaller,
            *(smaller / len(self.smaller) for _ in self.smaller),
            *(results / len(self.results) for _ in self.results),
        ]


def smaller_fathers(picture: torch.Tensor, generator: torch.Generator) -> tuple[torch.Tensor, ...]:
    """Make the antialiased smaller versions of a picture (1, C, H, W) that `fast` draws from.

    Those of a large picture are of parts strewn over it: more than training can draw from, and they take a second to
    make instead of as much memory as two more such pictures.
    """
    height, width = picture.shape[-2:]
    if height * width <= WHOLE_VERSIONS_PX:
        return versions(picture, SMALLER_FATHERS, MIN_FATHER_PX)
    made: list[torch.Tensor] = []
    for index in range(PARTS):
        factor = SMALLER_FATHERS[index % len(SMALLER_FATHERS)]
        side = round(PART_PX / factor)
        part = random_crop(picture, (min(height, side), min(width, side)), generator)
        made += versions(part, (factor,), MIN_FATHER_PX)
    return tuple(made)


def larger_fathers(result: torch.Tensor, lr: torch.Tensor, *, blurred: bool) -> tuple[torch.Tensor, ...]:
    """Return a stage's result, which may be several parts (n, C, H, W), with its smaller versions: the largest first.

    Those of a sharp picture stay larger than what it was made of, which is as sharp as they are. What was made of a
    blurred one is the sharper, the smaller it is.
    """
    gain = min(result.shape[-2] / lr.shape[-2], result.shape[-1] / lr.shape[-1])
    least_gain = 0.0 if blurred else LEAST_RESULT_GAIN
    made = (result, *versions(result, tuple(f for f in RESULT_VERSIONS if f * gain > least_gain), 1))
    return tuple(father[None] for version in made for father in version.unbind())


def versions(picture: torch.Tensor, factors: tuple[float, ...], least_px: int) -> tuple[torch.Tensor, ...]:
    """Make antialiased smaller versions of pictures (n, C, H, W), leaving out those under `least_px` a side."""
    height, width = picture.shape[-2:]
    sizes = {factor: (round(height * factor), round(width * factor)) for factor in factors}
    return tuple(resize(picture, (f, f), size) for f, size in sizes.items() if min(size) >= least_px)


def crop_size(fathers: Sequence[torch.Tensor], crop_px: int, least_factor: float) -> tuple[int, int]:
    """Rows and columns of a crop: at most `crop_px`, and inside each of the fathers made smaller by `least_factor`.

    So the smaller fathers of a small picture still hold a crop; under `MIN_FATHER_PX` the picture itself decides.
    """
    height, width = (
        min(crop_px, size, max(MIN_FATHER_PX, math.floor(size * least_factor)))
        for size in (min(father.shape[dim] for father in fathers) for dim in (-2, -1))
    )
    return height, width


def random_crop(father: torch.Tensor, size: tuple[int, int], generator: torch.Generator) -> torch.Tensor:
    """Cut a part of a size out of any place of a father (1, C, H, W)."""
    top, left = (integer(whole - part + 1, generator) for whole, part in zip(father.shape[-2:], size, strict=True))
    return father[..., top : top + size[0], left : left + size[1]]


def integer(stop: int, generator: torch.Generator) -> int:
    """Draw a whole number from 0 to less than `stop`."""
    return int(torch.randint(stop, (), generator=generator))
