"""How an LR son is made from an HR father: blurred by the kernel, and sampled."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F

from zssr_studio.engine.config import enlarged_px
from zssr_studio.engine.degradation.orientations import ORIENTATIONS, Orientation
from zssr_studio.engine.degradation.regions import Region, Size
from zssr_studio.engine.degradation.resample import AxisMap, mirrored, needed, resample, resize

if TYPE_CHECKING:
    from zssr_studio.engine.kernels.kernel import Kernel

# A kernel that differs from its flipped or turned self by less than this share (L1) is treated as symmetric, since
# noise on the taps breaks each symmetry a little. Chosen; turning a picture whose kernel is not quite symmetric lost
# 0.05 to 0.4 dB (docs/lab, "What it came to").
SYMMETRY_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class Degradation:
    """The way from an HR picture to its LR version.

    Parameters
    ----------
    scale : tuple of float
        HR pixels per LR pixel, vertical and horizontal.
    kernel : Kernel or None
        Blur on the HR grid before sampling; None means antialiased bicubic downscaling.
    """

    scale: tuple[float, float]
    kernel: Kernel | None = None

    def son_size(self, height: int, width: int) -> tuple[int, int]:
        """Rows and columns of the LR son of a father of the given size, rounded up."""
        rows, columns = (
            max(1, math.ceil(round(size / s, 6))) for size, s in zip((height, width), self.scale, strict=True)
        )
        return rows, columns

    def hr_size(self, lr: torch.Tensor) -> Size:
        """Rows and columns of the enlargement of LR pictures (N, C, h, w), rounded up."""
        return enlarged_px(lr.shape[-2], self.scale[0]), enlarged_px(lr.shape[-1], self.scale[1])

    def downscale(
        self, hr: torch.Tensor, out_size: Size | None = None, taps: torch.Tensor | None = None
    ) -> torch.Tensor:
        """Make the LR version of HR pictures, without noise.

        Parameters
        ----------
        hr : Tensor, shape (N, C, H, W)
        out_size : tuple of int, optional
            Rows and columns of the result; by default the size divided by the scale and rounded up.
        taps : Tensor, shape (N, n, m), optional
            Taps for each picture, about the origin of the kernel, in the place of the kernel's own.

        Returns
        -------
        Tensor, shape (N, C, *out_size)
        """
        size = (hr.shape[-2], hr.shape[-1])
        return self.downscale_part(hr, (0, 0), size, Region((0, 0), out_size or self.son_size(*size)), taps)

    def downscale_part(
        self, hr: torch.Tensor, hr_start: Size, hr_size: Size, region: Region, taps: torch.Tensor | None = None
    ) -> torch.Tensor:
        """Make a region of the LR version from a part of the HR picture that holds `hr_needed(region)`.

        Parameters
        ----------
        hr : Tensor, shape (N, C, h, w)
            The part that begins at `hr_start` of a picture of `hr_size`.
        taps : Tensor, shape (N, n, m), optional
            See `downscale`.
        """
        if self.kernel is not None:
            if taps is None:
                taps = _taps_on(self.kernel, hr.device, hr.dtype)
            return self._blur_and_sample(hr, hr_start, hr_size, taps, region)
        rows, columns = (
            replace(axis, in_start=start) for axis, start in zip(self._sampling(hr_size, region), hr_start, strict=True)
        )
        return resample(hr, rows, columns)

    def hr_needed(self, region: Region, hr_size: Size) -> Region:
        """Return the part of the HR picture that a region of its LR version is made of."""
        ends = [needed(axis) for axis in self._sampling(hr_size, region)]
        if self.kernel is not None:
            ends = [self._blur_reach(axis, low, high, hr_size[axis]) for axis, (low, high) in enumerate(ends)]
        return Region.between(*ends)

    def upscale(self, lr: torch.Tensor, out_size: Size) -> torch.Tensor:
        """Enlarge LR pictures by bicubic interpolation to HR, aligned with `downscale`."""
        return resize(lr, self.scale, out_size)

    def upscale_part(self, lr: torch.Tensor, lr_start: Size, lr_size: Size, region: Region) -> torch.Tensor:
        """Enlarge to a region of the HR picture from a part of the LR picture that holds `lr_needed(region)`."""
        rows, columns = (
            replace(axis, in_start=start) for axis, start in zip(self._cubic(lr_size, region), lr_start, strict=True)
        )
        return resample(lr, rows, columns)

    def lr_needed(self, region: Region, lr_size: Size) -> Region:
        """Return the part of the LR picture that a region of its bicubic enlargement is made of."""
        return Region.between(*(needed(axis) for axis in self._cubic(lr_size, region)))

    def orientations(self) -> tuple[Orientation, ...]:
        """Orientations under which the degradation looks the same, so that a turned picture may be enlarged."""
        square = self.scale[0] == self.scale[1]
        allowed = (o for o in ORIENTATIONS if square or not o.transpose)
        if self.kernel is None:
            return tuple(allowed)
        centred = self._centred_kernel(self.kernel)
        return tuple(o for o in allowed if _is_symmetric(centred, o))

    def _cubic(self, lr_size: Size, region: Region) -> list[AxisMap]:
        ends = zip(self.scale, lr_size, region.start, region.stop, strict=True)
        return [AxisMap(scale, size, start, stop) for scale, size, start, stop in ends]

    def _sampling(self, hr_size: Size, region: Region) -> list[AxisMap]:
        """Return how each axis of the (blurred) HR picture is sampled for a region of the LR picture."""
        # A blurred pixel q holds sum_j K[j] x[q + j - n//2]. The LR pixel at HR position p wants K's origin o on p:
        # sum_j K[j] x[p + j - o], which is the blurred picture at p + n//2 - o. Where the kernel is placed for an
        # integer scale these are whole pixels, and the cubic that samples them has one tap.
        shifts = (0.0, 0.0)
        if self.kernel is not None:
            origin = self.kernel.origin(self.scale)
            shifts = tuple(n // 2 - o for n, o in zip(self.kernel.taps.shape, origin, strict=True))
        return [
            AxisMap(1 / scale, size, start, stop, shift_px=shift, antialias=self.kernel is None)
            for scale, size, start, stop, shift in zip(
                self.scale, hr_size, region.start, region.stop, shifts, strict=True
            )
        ]

    def _blur_reach(self, axis: int, low: int, high: int, size: int) -> tuple[int, int]:
        """Pixels of an axis that the blurred pixels from `low` to `high` are made of; mirrored ones lie inside."""
        assert self.kernel is not None
        n = self.kernel.taps.shape[axis]
        indices = mirrored(np.arange(low - n // 2, high - 1 - n // 2 + n), size)
        return int(indices.min()), int(indices.max()) + 1

    def _blur_and_sample(
        self, hr: torch.Tensor, hr_start: Size, hr_size: Size, taps: torch.Tensor, region: Region
    ) -> torch.Tensor:
        axes = self._sampling(hr_size, region)
        first = [(s - 1) / 2 + axis.shift_px for s, axis in zip(self.scale, axes, strict=True)]
        if all(float(value).is_integer() for value in (*self.scale, *first)):
            strides = [int(s) for s in self.scale]
            starts = [int(f) + stride * start for f, stride, start in zip(first, strides, region.start, strict=True)]
            spans = [(a, a + stride * (n - 1) + 1) for a, stride, n in zip(starts, strides, region.size, strict=True)]
            return _correlate(hr, hr_start, hr_size, taps, spans, strides)
        spans = [needed(axis) for axis in axes]
        blurred = _correlate(hr, hr_start, hr_size, taps, spans, [1, 1])
        rows, columns = (replace(axis, in_start=low) for axis, (low, _) in zip(axes, spans, strict=True))
        return resample(blurred, rows, columns)

    def _centred_kernel(self, kernel: Kernel) -> torch.Tensor:
        """Pad the kernel with zeros so that its origin lies in the middle, to the nearest half pixel."""
        taps = kernel.taps
        pads = []
        for n, origin in zip(taps.shape, kernel.origin(self.scale), strict=True):
            excess = round(2 * origin) - (n - 1)
            pads.append((max(0, -excess), max(0, excess)))
        side = max(n + sum(pad) for n, pad in zip(taps.shape, pads, strict=True))
        padded = np.pad(taps, pads)
        fill = [(side - n) // 2 for n in padded.shape]
        padded = np.pad(padded, [(fill[0], fill[0]), (fill[1], fill[1])])
        return torch.from_numpy(padded)


def _correlate(
    x: torch.Tensor, start: Size, size: Size, taps: torch.Tensor, spans: list[tuple[int, int]], stride: list[int]
) -> torch.Tensor:
    """Correlate a part of pictures with taps about each `stride`-th pixel of `spans`, mirrored at the border.

    The taps, shape (1 or N, n, m), are of all pictures or of each.
    """
    for dim, (n, first, (low, high), whole) in enumerate(zip(taps.shape[1:], start, spans, size, strict=True)):
        x = x.index_select(dim - 2, _indices_on(low - n // 2, high - 1 - n // 2 + n, whole, first, x.device))
    # As one picture with a group per channel: a batch of pictures takes nearly three times as long (docs/lab, "The
    # computation").
    shape, groups = x.shape[:2], taps.expand(len(x), -1, -1).repeat_interleave(x.shape[1], dim=0)[:, None]
    blurred = F.conv2d(x.reshape(1, -1, *x.shape[-2:]), groups, stride=stride, groups=len(groups))
    return blurred.view(*shape, *blurred.shape[-2:])


def made_smaller(picture: torch.Tensor, size: Size) -> torch.Tensor:
    """Make pictures (N, C, h, w) smaller, as ordinary downscaling does, to so many rows and columns; in [0, 1]."""
    if (picture.shape[-2], picture.shape[-1]) == size:
        return picture
    scale = picture.shape[-2] / size[0], picture.shape[-1] / size[1]
    return Degradation(scale).downscale(picture, size).clamp(0, 1)


# What is the same at each step of training is sent to a device once. Chosen: for the kernels and sizes of a run.
@lru_cache(maxsize=8)
def _taps_on(kernel: Kernel, device: torch.device, dtype: torch.dtype) -> torch.Tensor:
    return torch.from_numpy(kernel.taps[None].copy()).to(device, dtype)


@lru_cache(maxsize=32)
def _indices_on(low: int, high: int, whole: int, first: int, device: torch.device) -> torch.Tensor:
    """Return where the pixels `low` to `high` of an axis of `whole` pixels lie in a part that begins at `first`."""
    return torch.from_numpy(mirrored(np.arange(low, high), whole) - first).to(device)


def _is_symmetric(taps: torch.Tensor, orientation: Orientation) -> bool:
    turned = orientation.apply(taps)
    return turned.shape == taps.shape and float((turned - taps).abs().sum()) <= SYMMETRY_TOLERANCE
