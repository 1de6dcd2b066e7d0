"""What patches are looked for in: the picture and smaller versions of it, each blurred and as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from scipy.ndimage import gaussian_filter
from torch.nn import functional

from zssr_studio.engine.config import enlarged_px
from zssr_studio.engine.degradation.resample import mirrored, resize

if TYPE_CHECKING:
    from zssr_studio.engine.degradation.regions import Region, Size

# Pixels of a side of a patch, as in the paper.
PATCH_PX = 5
RADIUS_PX = PATCH_PX // 2
# Around each version of the picture, mirrored: enough for a patch that is stretched twofold and turned.
MARGIN_PX = 8
# Blur that patches are compared under, and that their detail is told against. Measured on Set5 x2, images 2 and 3: 0,
# 0.5, 0.6 and 0.7 give 35.89, 36.18, 36.20 and 36.16 dB.
COMPARED_SIGMA_PX = 0.6


@dataclass(frozen=True, slots=True)
class Source:
    """Where a part of a version of the picture lies in the atlas.

    Parameters
    ----------
    top, left : int
        Its first pixel, inside its margin.
    region : Region
        The part.
    whole : tuple of int
        Rows and columns of all of the version.
    """

    top: int
    left: int
    region: Region
    whole: Size

    @property
    def limits(self) -> tuple[int, int, int, int]:
        """First row and column in the atlas, and last ones."""
        height, width = self.region.size
        return self.top, self.left, self.top + height - 1, self.left + width - 1

    def in_atlas(self, shares: torch.Tensor) -> torch.Tensor:
        """Turn places in shares of the picture's height and width, (n, 2), into rows and columns of the atlas."""
        return shares * torch.tensor(self.whole) - 0.5 - self._origin

    def in_picture(self, places: torch.Tensor) -> torch.Tensor:
        """Turn rows and columns of the atlas into shares of the picture's height and width."""
        return (places + self._origin + 0.5) / torch.tensor(self.whole)

    @property
    def _origin(self) -> torch.Tensor:
        return torch.tensor(self.region.start) - torch.tensor((self.top, self.left))


@dataclass(frozen=True, slots=True, eq=False)
class Exemplars:
    """All versions of the picture below each other on one sheet, the atlas.

    Parameters
    ----------
    layers : Tensor, shape (1, 2, H, W), float32
        What is compared, and the detail that it lacks.
    table : Tensor, shape (n, PATCH_PX ** 2), float32
        The compared patch around each pixel of the atlas, without its mean; see `row_of`.
    sources : tuple of Source
        The picture itself first, then ever smaller ones.
    """

    layers: torch.Tensor
    table: torch.Tensor
    sources: tuple[Source, ...]

    def row_of(self, rows: torch.Tensor, columns: torch.Tensor) -> torch.Tensor:
        """Return the rows of the table for whole pixels of the atlas."""
        across = self.layers.shape[-1] - 2 * RADIUS_PX
        return (rows - RADIUS_PX) * across + columns - RADIUS_PX

    def patches(self, places: torch.Tensor, shapes: torch.Tensor, *, with_detail: bool) -> torch.Tensor:
        """Return transformed patches.

        Parameters
        ----------
        places : Tensor, shape (n, 2), float32
            Centres: row and column in the atlas.
        shapes : Tensor, shape (n, 2, 2), float32
            What an offset from a patch's centre becomes in the atlas, rows before columns.
        with_detail : bool
            Whether detail is asked for too; both are then sampled by cubic instead of linear interpolation.

        Returns
        -------
        Tensor, shape (1 or 2, n, PATCH_PX ** 2)
            What is compared, without each patch's mean, and its detail.
        """
        sampled = places[:, None] + torch.einsum("nij,pj->npi", shapes, patch_offsets())
        height, width = self.layers.shape[-2:]
        grid = sampled.flip(-1) * sampled.new_tensor([2 / (width - 1), 2 / (height - 1)]) - 1
        layers, mode = (self.layers, "bicubic") if with_detail else (self.layers[:, :1], "bilinear")
        found = functional.grid_sample(layers, grid[None], mode=mode, padding_mode="border", align_corners=True)[0]
        found[0] -= found[0].mean(dim=1, keepdim=True)
        return found


def patch_offsets() -> torch.Tensor:
    """Return the offsets of a patch's pixels from its centre, (PATCH_PX ** 2, 2): row and column."""
    across = torch.arange(-RADIUS_PX, RADIUS_PX + 1, dtype=torch.float32)
    return torch.cartesian_prod(across, across)


def patch_table(sheet: torch.Tensor) -> torch.Tensor:
    """Return the patch around each pixel of a sheet (H, W) that has one inside, without its mean: (n, pixels)."""
    table = functional.unfold(sheet[None, None], PATCH_PX)[0].T.contiguous()
    return table - table.mean(dim=1, keepdim=True)


def blurred(picture: torch.Tensor) -> torch.Tensor:
    """Blur a picture (1, 1, H, W) as patches are compared under."""
    return torch.from_numpy(gaussian_filter(picture.numpy(), (0, 0, COMPARED_SIGMA_PX, COMPARED_SIGMA_PX)))


def enlarged_and_blurred(small: torch.Tensor, factors: tuple[float, float], size: Size) -> torch.Tensor:
    """Return what detail is missing in: a picture enlarged by cubic interpolation, and blurred."""
    return blurred(resize(small, factors, size))


def exemplars_of(pictures: list[torch.Tensor], factors: tuple[float, float], regions: list[Region]) -> Exemplars:
    """Lay the versions of a picture onto one sheet.

    Parameters
    ----------
    pictures : list of Tensor, each (1, 1, H, W)
        The picture itself first, then ever smaller ones.
    factors : tuple of float
        The enlargement that detail is wanted for: each picture is made so much smaller, and larger again.
    regions : list of Region
        The part of each that is looked in.
    """
    pieces = [
        mirrored_part(_layers(picture, factors), region, MARGIN_PX)
        for picture, region in zip(pictures, regions, strict=True)
    ]
    width = max(piece.shape[-1] for piece in pieces)
    sheet = torch.cat([functional.pad(piece, (0, width - piece.shape[-1])) for piece in pieces], dim=-2)
    sources, top = list[Source](), MARGIN_PX
    for picture, region, piece in zip(pictures, regions, pieces, strict=True):
        sources.append(Source(top, MARGIN_PX, region, (picture.shape[-2], picture.shape[-1])))
        top += piece.shape[-2]
    return Exemplars(sheet, patch_table(sheet[0, 0]), tuple(sources))


def _layers(picture: torch.Tensor, factors: tuple[float, float]) -> torch.Tensor:
    """Return a picture as it is when it was enlarged, and the detail that this lacks, (1, 2, H, W)."""
    size = (picture.shape[-2], picture.shape[-1])
    smaller = (1 / factors[0], 1 / factors[1])
    small = resize(picture, smaller, (enlarged_px(size[0], smaller[0]), enlarged_px(size[1], smaller[1])))
    coarse = enlarged_and_blurred(small, factors, size)
    return torch.cat([coarse, picture - coarse], dim=1)


def mirrored_part(x: torch.Tensor, region: Region, margin_px: int) -> torch.Tensor:
    """Cut a region out of (..., H, W) with what lies around it, mirrored where nothing does."""
    rows, columns = (
        torch.from_numpy(mirrored(np.arange(start - margin_px, stop + margin_px), size))
        for start, stop, size in zip(region.start, region.stop, x.shape[-2:], strict=True)
    )
    return x[..., rows[:, None], columns]
