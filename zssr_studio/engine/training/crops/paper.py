"""Draws a crop as the paper does: as it is, flipped or rotated, or by an affine map (section 3.1)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from zssr_studio.engine.degradation.orientations import ORIENTATIONS
from zssr_studio.engine.degradation.resample import AxisMap, along_columns, along_rows, blocks_of
from zssr_studio.engine.runtime.parcel import Parcel
from zssr_studio.engine.training.fathers import integer, random_crop

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.engine.training.fathers import Fathers

    Crop = Callable[[], torch.Tensor]

# How `paper` draws a crop, as the paper's authors released it: the picture as it is, one of its flips and rotations, or
# else an affine map from half the size up, the axes' scales apart by a normal draw, sheared by another.
AS_IS_SHARE = 0.05
FLIP_SHARE = 0.45
MIN_AFFINE_SCALE = 0.5
SCALE_DIFFERENCE_SIGMA = 0.25
SHEAR_SIGMA = 0.1


def paper_crop(fathers: Fathers, size: tuple[int, int], generator: torch.Generator) -> torch.Tensor:
    """Draw a crop.

    Returns
    -------
    Tensor, shape (1, C, *size)
    """
    parcel = Parcel(fathers.picture.device)
    crop = drawn_paper_crop(fathers, size, generator, parcel)
    parcel.send()
    return crop()


def drawn_paper_crop(fathers: Fathers, size: tuple[int, int], generator: torch.Generator, parcel: Parcel) -> Crop:
    """Draw a place and a map; what is returned makes the crop once the parcel was sent."""
    kind = _uniform(generator)
    father = _any_father(fathers, generator)
    if kind >= AS_IS_SHARE + FLIP_SHARE:
        return _affine_crop(father, size, generator, parcel)
    crop = random_crop(father, size, generator)
    if kind < AS_IS_SHARE:
        return lambda: crop
    orientations = [o for o in ORIENTATIONS if size[0] == size[1] or not o.transpose]
    orientation = orientations[integer(len(orientations), generator)]
    return lambda: orientation.apply(crop)


def _any_father(fathers: Fathers, generator: torch.Generator) -> torch.Tensor:
    everyone = (fathers.picture, *fathers.results)
    return everyone[integer(len(everyone), generator)]


def _affine_crop(father: torch.Tensor, size: tuple[int, int], generator: torch.Generator, parcel: Parcel) -> Crop:
    """Shrink a region with antialiasing, then turn and shear it by a map that keeps areas.

    The region is chosen so that the warped crop lies inside the father; where the father is too small for that, it is
    mirrored. So no black border is ever learned.
    """
    scales = _axis_scales(generator)
    turn = _turn_and_shear(generator)
    corners = torch.tensor([[r * size[0], c * size[1]] for r in (-0.5, 0.5) for c in (-0.5, 0.5)]) @ turn.T
    reach = corners.abs().amax(dim=0) + 2
    region = [min(n, math.ceil(2 * float(r) / s)) for n, r, s in zip(father.shape[-2:], reach, scales, strict=True)]
    patch = random_crop(father, (region[0], region[1]), generator)
    shrunk_size = (max(1, round(region[0] * scales[0])), max(1, round(region[1] * scales[1])))
    shrunk = [
        _resampled(AxisMap(scale, n, 0, out), resample, patch.dtype, parcel)
        for scale, n, out, resample in zip(scales, region, shrunk_size, (along_rows, along_columns), strict=True)
    ]
    half = torch.tensor(shrunk_size, dtype=patch.dtype) / 2
    maps = parcel.add(torch.cat([turn.to(patch.dtype), half[None]]))

    def warped() -> torch.Tensor:
        rows, columns = shrunk
        return _warp(columns(rows(patch)), maps()[:2], maps()[2], size)

    return warped


def _resampled(
    axis: AxisMap, resample: Callable[..., torch.Tensor], dtype: torch.dtype, parcel: Parcel
) -> Callable[[torch.Tensor], torch.Tensor]:
    """Take the matrices of an axis along; what is returned resamples by them."""
    if axis.factor == 1:
        return lambda x: x
    blocks = [(low, high, parcel.add(matrix)) for low, high, matrix in blocks_of(axis, dtype)]
    return lambda x: resample(x, [(low, high, matrix()) for low, high, matrix in blocks])


def _warp(x: torch.Tensor, turn: torch.Tensor, half: torch.Tensor, size: tuple[int, int]) -> torch.Tensor:
    """Sample (1, C, h, w) about its middle, at `half` of (h, w), at `turn` times the offsets of a grid of `size`."""
    offsets = [torch.arange(n, device=x.device, dtype=x.dtype) - (n - 1) / 2 for n in size]
    grid = torch.stack(torch.meshgrid(*offsets, indexing="ij"), dim=-1) @ turn.T
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


def _uniform(generator: torch.Generator) -> float:
    return float(torch.rand((), generator=generator))
