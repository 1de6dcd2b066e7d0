"""Draws HR fathers from the picture itself, with the three kinds of augmentation of the paper (section 3.1)."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from zssr_studio.engine.degradation.orientations import ORIENTATIONS
from zssr_studio.engine.degradation.resample import resize

if TYPE_CHECKING:
    from collections.abc import Sequence

# How `paper` draws a crop, as the paper's authors released it: the picture as it is, one of its flips and rotations, or
# else an affine map from half the size up, the axes' scales apart by a normal draw, sheared by another.
AS_IS_SHARE = 0.05
FLIP_SHARE = 0.45
MIN_AFFINE_SCALE = 0.5
SCALE_DIFFERENCE_SIGMA = 0.25
SHEAR_SIGMA = 0.1
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
        part = _random_crop(picture, (min(height, side), min(width, side)), generator)
        made += versions(part, (factor,), MIN_FATHER_PX)
    return tuple(made)


def larger_fathers(result: torch.Tensor, lr: torch.Tensor, *, blurred: bool) -> tuple[torch.Tensor, ...]:
    """Return a stage's result with its smaller versions.

    Those of a sharp picture stay larger than what it was made of, which is as sharp as they are. What was made of a
    blurred one is the sharper, the smaller it is.
    """
    gain = min(result.shape[-2] / lr.shape[-2], result.shape[-1] / lr.shape[-1])
    least_gain = 0.0 if blurred else LEAST_RESULT_GAIN
    return (result, *versions(result, tuple(f for f in RESULT_VERSIONS if f * gain > least_gain), 1))


class Sampler:
    """Draws batches of HR crops of one size: each from any place of a father, in an orientation that keeps its shape.

    All crops of a batch are gathered at once: a crop is a start and two strides on a flat list of pixels.

    Parameters
    ----------
    fathers : Fathers
        Those smaller than the crop are left out.
    size : tuple of int
        Rows and columns of a crop.
    """

    def __init__(self, fathers: Fathers, size: tuple[int, int]) -> None:
        self._size = size
        self._orientations = [o for o in ORIENTATIONS if size[0] == size[1] or not o.transpose]
        fit = [
            (father, share)
            for father, share in zip(fathers.everyone, fathers.shares(), strict=True)
            if father.shape[-2] >= size[0] and father.shape[-1] >= size[1]
        ]
        self._shapes = [(father.shape[-2], father.shape[-1]) for father, _ in fit]
        self._below = list(accumulate(share for _, share in fit))
        # The picture may be large and is never copied; the others are gathered from one list.
        self._sources = [_flat(fit[0][0])]
        if len(fit) > 1:
            self._sources.append(torch.cat([_flat(father) for father, _ in fit[1:]]))
        self._starts = [0, *accumulate((h * w for h, w in self._shapes[1:-1]), initial=0)]
        device = fathers.picture.device
        self._rows, self._columns = (torch.arange(n, device=device) for n in size)

    def draw(self, count: int, generator: torch.Generator) -> torch.Tensor:
        """Draw crops.

        Returns
        -------
        Tensor, shape (count, C, *size), the channels last in memory
        """
        # One draw for all: each costs more than what is made of it.
        drawn = torch.rand(count, 4, dtype=torch.float64, generator=generator).tolist()
        places = sorted(self._place(*numbers) for numbers in drawn)
        from_picture = sum(not is_other for is_other, *_ in places)
        groups = zip(self._sources, (places[:from_picture], places[from_picture:]), strict=False)
        crops = [self._gather(source, [place for _, *place in group]) for source, group in groups if group]
        return (crops[0] if len(crops) == 1 else torch.cat(crops)).permute(0, 3, 1, 2)

    def _place(self, share: float, top: float, left: float, turn: float) -> tuple[bool, int, int, int]:
        """Turn four numbers in [0, 1) into a father, a place and an orientation.

        Returns
        -------
        bool
            Whether the father is another than the picture.
        int, int, int
            Index of the first pixel, steps to the next row and to the next column.
        """
        father = bisect_right(self._below, share * self._below[-1])
        height, width = self._shapes[father]
        rows, columns = self._size
        start = self._starts[father] + int(top * (height - rows + 1)) * width + int(left * (width - columns + 1))
        down, right = width, 1
        orientation = self._orientations[int(turn * len(self._orientations))]
        if orientation.flip_rows:
            start, down = start + (rows - 1) * down, -down
        if orientation.flip_columns:
            start, right = start + (columns - 1) * right, -right
        return (father > 0, start, right, down) if orientation.transpose else (father > 0, start, down, right)

    def _gather(self, source: torch.Tensor, places: list[list[int]]) -> torch.Tensor:
        start, down, right = torch.tensor(places, device=source.device).T[:, :, None, None]
        indices = start + down * self._rows[:, None] + right * self._columns
        return source.index_select(0, indices.flatten()).view(*indices.shape, -1)


def _flat(father: torch.Tensor) -> torch.Tensor:
    """List the pixels of a father (1, C, H, W): (H * W, C), without a copy where its channels lie last."""
    return father[0].permute(1, 2, 0).reshape(-1, father.shape[1])


def versions(picture: torch.Tensor, factors: tuple[float, ...], least_px: int) -> tuple[torch.Tensor, ...]:
    """Make antialiased smaller versions of a picture (1, C, H, W), leaving out those under `least_px` a side."""
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


def paper_crop(fathers: Fathers, size: tuple[int, int], generator: torch.Generator) -> torch.Tensor:
    """Draw a crop as the paper does: as it is, flipped or rotated, or by an affine map.

    Returns
    -------
    Tensor, shape (1, C, *size)
    """
    kind = _uniform(generator)
    if kind < AS_IS_SHARE:
        return _random_crop(_any_father(fathers, generator), size, generator)
    if kind < AS_IS_SHARE + FLIP_SHARE:
        return Sampler(Fathers(_any_father(fathers, generator)), size).draw(1, generator)
    return _affine_crop(_any_father(fathers, generator), size, generator)


def _any_father(fathers: Fathers, generator: torch.Generator) -> torch.Tensor:
    everyone = (fathers.picture, *fathers.results)
    return everyone[_integer(len(everyone), generator)]


def _affine_crop(father: torch.Tensor, size: tuple[int, int], generator: torch.Generator) -> torch.Tensor:
    """Shrink a region with antialiasing, then turn and shear it by a map that keeps areas.

    The region is chosen so that the warped crop lies inside the father; where the father is too small for that, it is
    mirrored. So no black border is ever learned.
    """
    scales = _axis_scales(generator)
    turn = _turn_and_shear(generator)
    corners = torch.tensor([[r * size[0], c * size[1]] for r in (-0.5, 0.5) for c in (-0.5, 0.5)]) @ turn.T
    reach = corners.abs().amax(dim=0) + 2
    region = [min(n, math.ceil(2 * float(r) / s)) for n, r, s in zip(father.shape[-2:], reach, scales, strict=True)]
    patch = _random_crop(father, (region[0], region[1]), generator)
    shrunk_size = (max(1, round(region[0] * scales[0])), max(1, round(region[1] * scales[1])))
    shrunk = resize(patch, scales, shrunk_size)
    return _warp(shrunk, turn.to(father), size)


def _warp(x: torch.Tensor, turn: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    """Sample (1, C, h, w) about its middle at `turn` times the offsets of a grid of `size`."""
    offsets = [torch.arange(n, device=x.device, dtype=x.dtype) - (n - 1) / 2 for n in size]
    grid = torch.stack(torch.meshgrid(*offsets, indexing="ij"), dim=-1) @ turn.T
    half = torch.tensor(x.shape[-2:], device=x.device, dtype=x.dtype) / 2
    return F.grid_sample(
        x, (grid / half).flip(-1)[None], mode="bicubic", padding_mode="reflection", align_corners=False
    )


def _axis_scales(generator: torch.Generator) -> tuple[float, float]:
    scale = MIN_AFFINE_SCALE + (1 - MIN_AFFINE_SCALE) * _uniform(generator)
    difference = SCALE_DIFFERENCE_SIGMA * float(torch.randn((), generator=generator))
    vertical, horizontal = (min(1.0, max(MIN_AFFINE_SCALE, scale + sign * difference / 2)) for sign in (-1, 1))
    return vertical, horizontal


def _turn_and_shear(generator: torch.Generator) -> torch.Tensor:
    angle = 2 * math.pi * _uniform(generator)
    shears = [SHEAR_SIGMA * float(torch.randn((), generator=generator)) for _ in range(2)]
    rotation = torch.tensor([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    return rotation @ torch.tensor([[1.0, shears[0]], [shears[1], 1.0]])


def _random_crop(father: torch.Tensor, size: tuple[int, int], generator: torch.Generator) -> torch.Tensor:
    top, left = (_integer(whole - part + 1, generator) for whole, part in zip(father.shape[-2:], size, strict=True))
    return father[..., top : top + size[0], left : left + size[1]]


def _uniform(generator: torch.Generator) -> float:
    return float(torch.rand((), generator=generator))


def _integer(stop: int, generator: torch.Generator) -> int:
    return int(torch.randint(stop, (), generator=generator))
