"""Draws HR fathers from the picture itself, with the three kinds of augmentation of the paper (section 3.1)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from zssr_studio.engine.degradation import ORIENTATIONS
from zssr_studio.engine.resample import resize

AS_IS_SHARE = 0.05
FLIP_SHARE = 0.45
MIN_AFFINE_SCALE = 0.5
SCALE_DIFFERENCE_SIGMA = 0.25
SHEAR_SIGMA = 0.1
SMALLER_FATHERS = (0.875, 0.75, 0.625, 0.5)
MIN_FATHER_PX = 16
PHASE_PX = 512


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

    def draw(self, generator: torch.Generator) -> torch.Tensor:
        """Choose a father: half of the draws a result where there is one; else the picture or, as often, a smaller one.

        Returns
        -------
        Tensor, shape (1, C, h, w)
        """
        if self.results and _uniform(generator) < 0.5:
            return self.results[_integer(len(self.results), generator)]
        if self.smaller and _uniform(generator) < 0.5:
            return self.smaller[_integer(len(self.smaller), generator)]
        return self.picture


def versions(picture: torch.Tensor, factors: tuple[float, ...], least_px: int) -> tuple[torch.Tensor, ...]:
    """Make antialiased smaller versions of a picture (1, C, H, W), leaving out those under `least_px` a side."""
    height, width = picture.shape[-2:]
    sizes = {factor: (round(height * factor), round(width * factor)) for factor in factors}
    return tuple(resize(picture, (f, f), size) for f, size in sizes.items() if min(size) >= least_px)


def liveliest_part(picture: torch.Tensor, side_px: int = PHASE_PX) -> torch.Tensor:
    """Return the part, at most `side_px` a side, with the most gradient; the result of a phase is made of it only.

    A large picture holds more than the next phase can draw from, and enlarging all of it would take longer than the
    training.

    Returns
    -------
    Tensor, shape (1, C, min(H, side_px), min(W, side_px))
    """
    height, width = (min(n, side_px) for n in picture.shape[-2:])
    if (height, width) == tuple(picture.shape[-2:]):
        return picture
    across, down = (picture.diff(dim=dim).abs().mean(1, keepdim=True) for dim in (-1, -2))
    gradient = F.pad(across, (0, 1)) + F.pad(down, (0, 0, 0, 1))
    step = max(1, side_px // 8)
    means = F.avg_pool2d(gradient, (height, width), stride=step)[0, 0]
    best = int(means.argmax())
    top, left = step * (best // means.shape[1]), step * (best % means.shape[1])
    return picture[..., top : top + height, left : left + width]


def crop_size(fathers: Fathers, crop_px: int) -> tuple[int, int]:
    """Rows and columns of a crop: at most `crop_px`, and no larger than the smallest father."""
    everyone = (fathers.picture, *fathers.smaller, *fathers.results)
    height, width = (min(crop_px, *(father.shape[dim] for father in everyone)) for dim in (-2, -1))
    return height, width


def plain_crop(fathers: Fathers, size: tuple[int, int], generator: torch.Generator) -> torch.Tensor:
    """Draw a crop of a father in one of the orientations that keep its shape.

    Returns
    -------
    Tensor, shape (1, C, *size)
    """
    crop = _random_crop(fathers.draw(generator), size, generator)
    orientations = ORIENTATIONS if size[0] == size[1] else [o for o in ORIENTATIONS if not o.transpose]
    return orientations[_integer(len(orientations), generator)].apply(crop)


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
        return plain_crop(Fathers(_any_father(fathers, generator)), size, generator)
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
