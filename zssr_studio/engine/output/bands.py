"""The output in bands of whole rows, each made of blocks, within a budget of memory."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from zssr_studio.engine.config import Ensemble, enlarged_px
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.regions import Region
from zssr_studio.engine.events import Notice, NoticeKind
from zssr_studio.engine.maps import MapRows
from zssr_studio.engine.metrics import squared_error
from zssr_studio.engine.output.consistency import UNDAMAGED
from zssr_studio.engine.output.enlarger import never
from zssr_studio.engine.relay import relayed
from zssr_studio.engine.runtime.device import CPU, is_out_of_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from zssr_studio.engine.degradation.regions import Size
    from zssr_studio.engine.output.consistency import Compared, Explained
    from zssr_studio.engine.output.enlarger import Enlarger

# Side of a block in LR pixels. Chosen: under the least most of what is computed is margin, above the most nothing is
# gained and Stop waits longer.
MIN_BLOCK_PX, MAX_BLOCK_PX = 96, 1024
# Tensors of a block's size that live at once: the sum, a new output, an error and its enlargement, what resampling
# makes of them, the band itself, and the first pass and the differences from it.
LIVE_TENSORS = 10
BYTES_PER_SAMPLE = 4


@dataclass(frozen=True, slots=True, eq=False)
class BandOfOutput:
    """Whole rows of the output: where they begin, their tensor (1, C, rows, W) in [0, 1], and how well they fit.

    `squared_error` is the sum over the samples of the input rows that belong to the band, of the squared difference
    between the input and the output downscaled again, and `maps` has it pixel by pixel; `passes_left_out` the mean
    number of passes of the network, over its pixels, that were left out in a hurry; `passes` those that each of its
    blocks was made of.
    """

    top: int
    pixels: torch.Tensor
    maps: MapRows
    squared_error: float
    passes_left_out: float
    passes: tuple[int, ...] = ()


def block_px(enlarger: Enlarger, channels: int, lr_size: Size, memory_bytes: float) -> int:
    """Side of a block in LR pixels, so that one with all that it needs around it fits into half of the memory.

    The other half is for the band that the blocks of a row become.
    """
    scale = enlarger.degradation.scale
    row_bytes = BYTES_PER_SAMPLE * channels * lr_size[1] * scale[1]
    band_rows = memory_bytes / 2 / row_bytes / scale[0]
    copies = LIVE_TENSORS + (len(enlarger.orientations) if enlarger.ensemble is Ensemble.MEDIAN else 0)
    samples = memory_bytes / 2 / (BYTES_PER_SAMPLE * copies * channels)
    hr_side_px = math.sqrt(samples) - 2 * halo_px(enlarger)
    side = int(min(hr_side_px / max(scale), band_rows))
    return max(MIN_BLOCK_PX, min(side, MAX_BLOCK_PX, max(lr_size)))


def halo_px(enlarger: Enlarger) -> int:
    """Roughly the HR pixels that back-projection needs around a block."""
    return math.ceil(4 * max(enlarger.degradation.scale)) * enlarger.rounds


class _Work:
    """How much of the output is done, as a share of the work: less is left once somebody is in a hurry."""

    def __init__(self, enlarger: Enlarger, lr_size: Size, hurry: Callable[[], bool]) -> None:
        self._passes, self._hurry = enlarger.passes, hurry
        self._work = enlarger.work
        self._left_px = lr_size[0] * lr_size[1]
        self._done = self._share = 0.0

    def share(self, block_px: int, done: float) -> float:
        """Return it while a block is made, of which so many passes are done; it never falls."""
        hurried = self._hurry()
        left = self._work(min(1, self._passes) if hurried else self._passes)
        here = max(0.0, self._work(math.ceil(done) if hurried else self._passes) - done)
        spent = self._done + block_px * done
        whole = spent + block_px * here + (self._left_px - block_px) * left
        self._share = max(self._share, spent / whole)
        return self._share

    def take(self, block_px: int, passes: int) -> None:
        """Count a block that is done."""
        self._done += block_px * self._work(passes)
        self._left_px -= block_px


class _Block(NamedTuple):
    """What the LR pixels of a block become, how it meets them, and the passes it is made of."""

    pixels: torch.Tensor
    deviation: torch.Tensor | None
    compared: Compared
    squared_error: float
    passes: int


def bands(
    enlarger: Enlarger,
    lr: torch.Tensor,
    source: torch.Tensor,
    side_px: int,
    hurry: Callable[[], bool] = never,
    explained: Explained = UNDAMAGED,
    told_passes: Sequence[int] = (),
) -> Generator[float | BandOfOutput | Notice, None, None]:
    """Make the output from top to bottom in blocks of `side_px` LR pixels a side.

    Yields the share of the work that is done, now and then, each band when it is complete, and a notice where an
    accelerator's memory was not enough and the processor goes on. Once `hurry` says True, passes of the network are
    left out; `told_passes` are those that the blocks are made of, where that is known before. What noise and rounding
    leave to be `explained` otherwise is marked in the maps.
    """
    lr_size = (lr.shape[-2], lr.shape[-1])
    scale = enlarger.degradation.scale
    row_edges, column_edges = ([*range(0, n, side_px), n] for n in lr_size)
    work = _Work(enlarger, lr_size, hurry)
    width = enlarged_px(lr_size[1], scale[1])
    told = iter(told_passes)
    for rows in pairwise(row_edges):
        top, bottom = (enlarged_px(edge, scale[0]) if edge else 0 for edge in rows)
        # The channels last, as an array of pixels has them, so that none is copied.
        band = torch.empty((1, lr.shape[1], bottom - top, width), memory_format=torch.channels_last)
        maps = _empty_maps((rows[0], bottom - top), (rows[1] - rows[0], lr_size[1]), width)
        error, left_out, made_of = 0.0, 0.0, []
        for columns in pairwise(column_edges):
            block, most = Region.between(rows, columns), next(told, enlarger.passes)
            while True:
                try:
                    own = replace(enlarger, orientations=enlarger.orientations[:most]) if most else enlarger
                    made = yield from _block(own, lr, source, block, explained, work, hurry)
                    break
                except RuntimeError as problem:
                    if lr.device.type == CPU or not is_out_of_memory(problem):
                        raise
                yield Notice(NoticeKind.OUTPUT_ON_PROCESSOR, {"device": lr.device.type})
                enlarger, lr, source = _on_cpu(enlarger), lr.to(CPU), source.to(CPU)
            left = enlarged_px(columns[0], scale[1]) if columns[0] else 0
            right = left + made.pixels.shape[-1]
            band[..., left:right] = made.pixels.to(CPU)
            _lay_in(maps, made, slice(left, right), slice(*columns))
            error += made.squared_error
            left_out += (enlarger.passes - made.passes) * (right - left) / width
            made_of.append(made.passes)
        yield BandOfOutput(top, band, maps, error, left_out, tuple(made_of))


def _empty_maps(rows: tuple[int, int], lr_size: Size, width: int) -> MapRows:
    """Make room for the maps of a band: where it begins in the input and its output rows, and both sizes."""
    lr_top, height = rows
    return MapRows(
        lr_top,
        error=np.empty(lr_size, np.float32),
        beyond=np.empty(lr_size, np.bool_),
        deviation=np.full((height, width), np.nan, np.float16),
    )


def _lay_in(maps: MapRows, made: _Block, columns: slice, lr_columns: slice) -> None:
    """Put a block's part into the maps of its band."""
    maps.error[:, lr_columns] = made.compared.error.cpu().numpy()
    maps.beyond[:, lr_columns] = made.compared.beyond.cpu().numpy()
    if made.deviation is not None:
        maps.deviation[:, columns] = made.deviation[0, 0].cpu().numpy()


def _block(
    enlarger: Enlarger,
    lr: torch.Tensor,
    source: torch.Tensor,
    block: Region,
    explained: Explained,
    work: _Work,
    hurry: Callable[[], bool],
) -> Generator[float, None, _Block]:
    """Make what the LR pixels of a block become, compare it with them, and count the passes."""
    degradation = enlarger.degradation
    hr_size = degradation.hr_size(lr)
    wanted = Region(
        _pair(enlarged_px(n, s) if n else 0 for n, s in zip(block.start, degradation.scale, strict=True)),
        _pair(enlarged_px(n, s) for n, s in zip(block.stop, degradation.scale, strict=True)),
    )
    looked_at = explained.needed(block, lr)
    held = wanted.union(degradation.hr_needed(looked_at, hr_size))
    lr_px = math.prod(block.size)
    run = enlarger.region(lr, source, held, hurry)
    made = yield from relayed(run, lambda done: (work.share(lr_px, done),))
    work.take(lr_px, made.passes)
    out = made.pixels.clamp_(0, 1)
    again = degradation.downscale_part(out, held.start, hr_size, looked_at)
    return _Block(
        pixels=wanted.cut(out, held.start),
        deviation=None if made.deviation is None else wanted.cut(made.deviation, held.start),
        compared=explained.compared(again, looked_at.cut(lr)).cut(block, looked_at.start),
        squared_error=squared_error(block.cut(again, looked_at.start), block.cut(lr)),
        passes=made.passes,
    )


def _on_cpu(enlarger: Enlarger) -> Enlarger:
    network = enlarger.network
    earlier = [one.to(CPU) for one in enlarger.earlier]
    return replace(enlarger, network=None if network is None else network.to(CPU), earlier=earlier)


def _pair(values: Generator[int, None, None]) -> Size:
    first, second = values
    return first, second


def interpolated_rows(lr: torch.Tensor, scale: tuple[float, float], rows: tuple[int, int]) -> torch.Tensor:
    """Enlarge a picture (1, C, h, w) by bicubic interpolation, and return rows (1, C, n, W) of that, in [0, 1]."""
    degradation = Degradation(scale)
    size = (lr.shape[-2], lr.shape[-1])
    region = Region((rows[0], 0), (rows[1], degradation.hr_size(lr)[1]))
    needed = degradation.lr_needed(region, size)
    return degradation.upscale_part(needed.cut(lr), needed.start, size, region).clamp_(0, 1)
