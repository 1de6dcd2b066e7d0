"""Corrupts LR sons as the picture was corrupted, so that the network learns to clean while it enlarges.

Every file rounds its samples, so rounding is the least that was done to the picture. A network whose sons are not
rounded learns to recover frequencies that a kernel nearly erased from the last digits of its own arithmetic, where the
picture has nothing but its rounding error (docs/lab, "Rounding").
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from zssr_studio.engine.damage import ColouredNoise
from zssr_studio.engine.degradation.noise_field import NoiseField
from zssr_studio.engine.runtime.parcel import Parcel
from zssr_studio.jpeg_tables import BLOCK_PX

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.engine.damage import Damage, Noise
    from zssr_studio.jpeg_tables import JpegTables

    Corrupt = Callable[[torch.Tensor], torch.Tensor]

# ITU-R BT.601 at full range, as JFIF (ITU-T T.871) has it.
RGB_TO_YCC = ((0.299, 0.587, 0.114), (-0.168736, -0.331264, 0.5), (0.5, -0.418688, -0.081312))
# The level shift of T.81 for samples of 8 bits.
LEVEL_SHIFT = 128.0


class Corruption:
    """Adds the noise, the compression and the rounding of the picture to batches of LR sons.

    Parameters
    ----------
    damage : Damage
    device : device
    bits : int or None
        To which the samples of the sons are rounded; None leaves them as they are.
    """

    def __init__(self, damage: Damage, device: torch.device, bits: int | None = None) -> None:
        self._largest = None if bits is None else 2**bits - 1
        self._noise = _adder(damage.noise, device)
        self._jpeg = None if damage.jpeg is None else _Jpeg(damage.jpeg, device)

    def __call__(self, sons: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        """Corrupt sons (N, C, h, w) in [0, 1]; the draws come from `generator`, on the CPU."""
        parcel = Parcel(sons.device)
        corrupt = self.drawn((len(sons), *sons.shape[1:]), generator, parcel)
        parcel.send()
        return corrupt(sons)

    def drawn(self, shape: tuple[int, ...], generator: torch.Generator, parcel: Parcel) -> Corrupt:
        """Draw all for sons of a shape (N, C, h, w); what is returned corrupts them once the parcel was sent."""
        add = None if self._noise is None else self._noise.drawn(shape, generator, parcel)
        compress = None if self._jpeg is None else self._jpeg.drawn(shape, generator)

        def corrupt(sons: torch.Tensor) -> torch.Tensor:
            sons = sons if add is None else add(sons)
            sons = sons if compress is None else compress(sons)
            return sons if self._largest is None else (sons.clamp(0, 1) * self._largest).round() / self._largest

        return corrupt


def _adder(noise: Noise | ColouredNoise | None, device: torch.device) -> _Noise | NoiseField | None:
    match noise:
        case None:
            return None
        case ColouredNoise():
            return NoiseField(noise, device)
        case _:
            return _Noise(noise, device)


class _Noise:
    def __init__(self, noise: Noise, device: torch.device) -> None:
        self._variance, self._gain = (
            torch.tensor(values, dtype=torch.float32, device=device)[:, None, None] ** power
            for values, power in ((noise.std, 2), (noise.gain, 1))
        )

    def drawn(self, shape: tuple[int, ...], generator: torch.Generator, parcel: Parcel) -> Corrupt:
        normal = parcel.add(torch.randn(shape, generator=generator))
        return lambda sons: sons + (self._variance + (self._gain * sons).square()).sqrt() * normal()


class _Jpeg:
    """The lossy part of JPEG (T.81): chroma subsampling, and DCT coefficients rounded to quantisation intervals.

    The grid of the blocks is placed anew for each batch, since a crop may lie anywhere on that of the picture.
    """

    def __init__(self, tables: JpegTables, device: torch.device) -> None:
        self._subsampling = tables.subsampling
        self._intervals = [
            torch.tensor(table, dtype=torch.float32, device=device).reshape(BLOCK_PX, BLOCK_PX)
            for table in (tables.luma, tables.chroma)
        ]
        self._dct = _dct_matrix().to(device)
        self._to_ycc = torch.tensor(RGB_TO_YCC, device=device)
        self._to_rgb = torch.linalg.inv(self._to_ycc)

    def drawn(self, shape: tuple[int, ...], generator: torch.Generator) -> Corrupt:
        grid = [BLOCK_PX if shape[1] == 1 else BLOCK_PX * n for n in self._subsampling]
        before = [int(torch.randint(n, (), generator=generator)) for n in grid]
        return lambda sons: self._compressed(sons, before, grid)

    def _compressed(self, sons: torch.Tensor, before: list[int], grid: list[int]) -> torch.Tensor:
        rows, columns = (
            _mirrored(size, first, unit, sons.device)
            for size, first, unit in zip(sons.shape[-2:], before, grid, strict=True)
        )
        aligned = 255 * sons.index_select(-2, rows).index_select(-1, columns)
        if sons.shape[1] == 1:
            out = self._quantised(aligned - LEVEL_SHIFT, 0) + LEVEL_SHIFT
        else:
            out = self._compressed_colour(aligned)
        inside = out[..., before[0] : before[0] + sons.shape[-2], before[1] : before[1] + sons.shape[-1]]
        return (inside.round() / 255).clamp(0, 1).contiguous(memory_format=torch.channels_last)

    def _compressed_colour(self, rgb: torch.Tensor) -> torch.Tensor:
        # The Independent JPEG Group's library rounds to whole numbers after each conversion.
        ycc = torch.einsum("dc,nchw->ndhw", self._to_ycc, rgb).round()
        luma = self._quantised(ycc[:, :1] - LEVEL_SHIFT, 0) + LEVEL_SHIFT
        chroma = self._quantised(F.avg_pool2d(ycc[:, 1:], self._subsampling).round(), 1)
        if self._subsampling != (1, 1):
            chroma = F.interpolate(chroma, size=luma.shape[-2:], mode="bilinear", align_corners=False)
        return torch.einsum("dc,nchw->ndhw", self._to_rgb, torch.cat([luma, chroma], dim=1))

    def _quantised(self, planes: torch.Tensor, table: int) -> torch.Tensor:
        """Quantise the DCT coefficients of planes (n, c, h, w) by the table of luma (0) or of chroma (1)."""
        n, channels, height, width = planes.shape
        blocks = planes.reshape(n, channels, height // BLOCK_PX, BLOCK_PX, width // BLOCK_PX, BLOCK_PX)
        coefficients = self._dct @ blocks.transpose(3, 4) @ self._dct.T
        kept = (coefficients / self._intervals[table]).round() * self._intervals[table]
        return (self._dct.T @ kept @ self._dct).transpose(3, 4).reshape(planes.shape).round()


def _dct_matrix() -> torch.Tensor:
    """Return the orthonormal DCT-II of a block: row k is the cosine of k half periods."""
    angles = torch.outer(torch.arange(BLOCK_PX), 2 * torch.arange(BLOCK_PX) + 1) * (math.pi / (2 * BLOCK_PX))
    matrix = torch.cos(angles.float()) * math.sqrt(2 / BLOCK_PX)
    matrix[0] /= math.sqrt(2)
    return matrix


def _mirrored(size: int, before: int, unit: int, device: torch.device) -> torch.Tensor:
    """Return the indices of an axis that begins `before` pixels early and has whole units, mirrored at the border."""
    positions = torch.arange(-before, -(-(size + before) // unit) * unit - before, device=device) % (2 * size)
    return torch.minimum(positions, 2 * size - 1 - positions)
