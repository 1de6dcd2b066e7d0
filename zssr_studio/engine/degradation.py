"""How an LR son is made from an HR father: the kernel, the sampling, the noise."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F

from zssr_studio.engine.resample import AxisMap, pad_mirrored, resample, resize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.engine.kernel import Kernel

# Random noise on the taps breaks each symmetry a little; a kernel that differs from its turned self by less than this
# share (L1) is treated as symmetric.
SYMMETRY_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class Orientation:
    """One of the 8 flips and rotations of a picture: an optional transposition, then optional flips."""

    transpose: bool
    flip_rows: bool
    flip_columns: bool

    def apply(self, x: torch.Tensor) -> torch.Tensor:
        """Orient a tensor (..., H, W)."""
        x = x.transpose(-2, -1) if self.transpose else x
        return _flipped(x, self)

    def undo(self, x: torch.Tensor) -> torch.Tensor:
        """Turn an oriented tensor back."""
        x = _flipped(x, self)
        return x.transpose(-2, -1) if self.transpose else x


def _flipped(x: torch.Tensor, orientation: Orientation) -> torch.Tensor:
    dims = [dim for dim, wanted in ((-2, orientation.flip_rows), (-1, orientation.flip_columns)) if wanted]
    return x.flip(dims) if dims else x


ORIENTATIONS = tuple(Orientation(t, r, c) for t in (False, True) for r in (False, True) for c in (False, True))


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

    def downscale(self, hr: torch.Tensor, out_size: tuple[int, int] | None = None) -> torch.Tensor:
        """Make the LR version of HR pictures, without noise.

        Parameters
        ----------
        hr : Tensor, shape (N, C, H, W)
        out_size : tuple of int, optional
            Rows and columns of the result; by default the size divided by the scale and rounded up.

        Returns
        -------
        Tensor, shape (N, C, *out_size)
        """
        size = out_size or self.son_size(hr.shape[-2], hr.shape[-1])
        if self.kernel is None:
            return resize(hr, (1 / self.scale[0], 1 / self.scale[1]), size)
        return self._blur_and_sample(hr, self.kernel, size)

    def upscale(self, lr: torch.Tensor, out_size: tuple[int, int]) -> torch.Tensor:
        """Enlarge LR pictures by bicubic interpolation to HR, aligned with `downscale`."""
        return resize(lr, self.scale, out_size)

    def orientations(self) -> tuple[Orientation, ...]:
        """Orientations under which the degradation looks the same, so that a turned picture may be enlarged."""
        square = self.scale[0] == self.scale[1]
        allowed = (o for o in ORIENTATIONS if square or not o.transpose)
        if self.kernel is None:
            return tuple(allowed)
        centred = self._centred_kernel(self.kernel)
        return tuple(o for o in allowed if _is_symmetric(centred, o))

    def _blur_and_sample(self, hr: torch.Tensor, kernel: Kernel, size: tuple[int, int]) -> torch.Tensor:
        # A blurred pixel q holds sum_j K[j] x[q + j - n//2]. The LR pixel at HR position p wants K's origin o on p:
        # sum_j K[j] x[p + j - o], which is the blurred picture at p + n//2 - o. Where the kernel is placed for an
        # integer scale these are whole pixels, and a strided correlation makes them without interpolating.
        shifts = [n // 2 - origin for n, origin in zip(kernel.taps.shape, kernel.origin(self.scale), strict=True)]
        first = [(s - 1) / 2 + shift for s, shift in zip(self.scale, shifts, strict=True)]
        if all(float(value).is_integer() for value in (*self.scale, *first)):
            return _correlate(hr, kernel, _whole(first), _whole(self.scale), size)
        blurred = _correlate(hr, kernel, (0, 0), (1, 1), (hr.shape[-2], hr.shape[-1]))
        rows, columns = (
            AxisMap(1 / s, full, 0, out, shift_px=shift, antialias=False)
            for s, full, out, shift in zip(self.scale, hr.shape[-2:], size, shifts, strict=True)
        )
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
    x: torch.Tensor, kernel: Kernel, first: tuple[int, int], stride: tuple[int, int], out_size: tuple[int, int]
) -> torch.Tensor:
    """Correlate with the kernel about first, first + stride, ...; a picture is mirrored beyond its border."""
    weight = torch.as_tensor(kernel.taps.copy(), dtype=x.dtype, device=x.device)[None, None]
    pads: list[int] = []
    for n, start, step, size, out in zip(kernel.taps.shape, first, stride, x.shape[-2:], out_size, strict=True):
        before = n // 2 - start
        pads += [before, step * (out - 1) + n - before - size]
    padded = pad_mirrored(x, *pads)
    return F.conv2d(padded.flatten(0, 1)[:, None], weight, stride=stride).reshape(*x.shape[:2], *out_size)


def _whole(values: Sequence[float]) -> tuple[int, int]:
    return int(values[0]), int(values[1])


def _is_symmetric(taps: torch.Tensor, orientation: Orientation) -> bool:
    turned = orientation.apply(taps)
    return turned.shape == taps.shape and float((turned - taps).abs().sum()) <= SYMMETRY_TOLERANCE
