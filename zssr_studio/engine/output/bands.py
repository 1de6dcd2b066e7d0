"""The output in bands of whole rows, each made of blocks, within a budget of memory."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.config import Ensemble, enlarged_px
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.regions import Region
from zssr_studio.engine.events import Notice, NoticeKind
from zssr_studio.engine.metrics import squared_error
from zssr_studio.engine.output.enlarger import never
from zssr_studio.engine.relay import relayed
from zssr_studio.engine.runtime.device import CPU, is_out_of_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from zssr_studio.engine.degradation.regions import Size
    from zssr_studio.engine.output.enlarger import Enlarger

# Side of a block in LR pixels. Chosen: under the least most of what is computed is margin, above the most nothing is
# gained and Stop waits longer.
MIN_BLOCK_PX, MAX_BLOCK_PX = 96, 1024
# Tensors of a block's size that live at once: the sum, a new output, an error and its enlargement, what resampling
# makes of them, and the band itself.
LIVE_TENSORS = 8
BYTES_PER_SAMPLE = 4


@dataclass(frozen=True, slots=True, eq=False)
class BandOfOutput:
    """Whole rows of the output: where they begin, their tensor (1, C, rows, W) in [0, 1], and how well they fit.

    `squared_error` is the sum over the samples of the input rows that belong to the band, of the squared difference
    between the input and the output downscaled again; `passes_left_out` the mean number of passes of the network, over
    its pixels, that were left out in a hurry; `passes` those that each of its blocks was made of.
    """

    top: int
    pixels: torch.Tensor
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


def bands(
    enlarger: Enlarger,
    lr: torch.Tensor,
    source: torch.Tensor,
    side_px: int,
    hurry: Callable[[], bool] = never,
    told_passes: Sequence[int] = (),
) -> Generator[float | BandOfOutput | Notice, None, None]:
    """Make the output from top to bottom in blocks of `side_px` LR pixels a side.

    Yields the share of the work that is done, now and then, each band when it is complete, and a notice where an
    accelerator's memory was not enough and the processor goes on. Once `hurry` says True, passes of the network are
    left out; `told_passes` are those that the blocks are made of, where that is known before.
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
        error, left_out, made_of = 0.0, 0.0, []
        for columns in pairwise(column_edges):
            block, most = Region.between(rows, columns), next(told, enlarger.passes)
            while True:
                try:
                    own = replace(enlarger, orientations=enlarger.orientations[:most]) if most else enlarger
                    pixels, squared, passes = yield from _block(own, lr, source, block, work, hurry)
                    break
                except RuntimeError as problem:
                    if lr.device.type == CPU or not is_out_of_memory(problem):
                        raise
                yield Notice(NoticeKind.OUTPUT_ON_PROCESSOR, {"device": lr.device.type})
                enlarger, lr, source = _on_cpu(enlarger), lr.to(CPU), source.to(CPU)
            left = enlarged_px(columns[0], scale[1]) if columns[0] else 0
            band[..., left : left + pixels.shape[-1]] = pixels.to(CPU)
            error += squared
            left_out += (enlarger.passes - passes) * pixels.shape[-1] / width
            made_of.append(passes)
        yield BandOfOutput(top, band, error, left_out, tuple(made_of))


def _block(
    enlarger: Enlarger, lr: torch.Tensor, source: torch.Tensor, block: Region, work: _Work, hurry: Callable[[], bool]
) -> Generator[float, None, tuple[torch.Tensor, float, int]]:
    """Make what the LR pixels of a block become, compare it with them, and count the passes."""
    degradation = enlarger.degradation
    hr_size = degradation.hr_size(lr)
    wanted = Region(
        _pair(enlarged_px(n, s) if n else 0 for n, s in zip(block.start, degradation.scale, strict=True)),
        _pair(enlarged_px(n, s) for n, s in zip(block.stop, degradation.scale, strict=True)),
    )
    held = wanted.union(degradation.hr_needed(block, hr_size))
    lr_px = math.prod(block.size)
    run = enlarger.region(lr, source, held, hurry)
    made = yield from relayed(run, lambda done: (work.share(lr_px, done),))
    work.take(lr_px, made.passes)
    out = made.pixels.clamp_(0, 1)
    again = degradation.downscale_part(out, held.start, hr_size, block)
    return wanted.cut(out, held.start), squared_error(again, block.cut(lr)), made.passes


def _on_cpu(enlarger: Enlarger) -> Enlarger:
    network = enlarger.network
    return replace(enlarger, network=None if network is None else network.to(CPU))


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
