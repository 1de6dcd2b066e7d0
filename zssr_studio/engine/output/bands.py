"""The output in bands of whole rows, each made of blocks, within a budget of memory."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.config import Ensemble, enlarged_px
from zssr_studio.engine.degradation.regions import Region
from zssr_studio.engine.events import Notice, NoticeKind
from zssr_studio.engine.metrics import squared_error
from zssr_studio.engine.runtime.device import CPU, is_out_of_memory

if TYPE_CHECKING:
    from collections.abc import Generator

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
    between the input and the output downscaled again.
    """

    top: int
    pixels: torch.Tensor
    squared_error: float


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


def bands(
    enlarger: Enlarger, lr: torch.Tensor, source: torch.Tensor, side_px: int
) -> Generator[float | BandOfOutput | Notice, None, None]:
    """Make the output from top to bottom in blocks of `side_px` LR pixels a side.

    Yields the share of it that is done, now and then, each band when it is complete, and a notice where an
    accelerator's memory was not enough and the processor goes on.
    """
    lr_size = (lr.shape[-2], lr.shape[-1])
    scale = enlarger.degradation.scale
    row_edges, column_edges = ([*range(0, n, side_px), n] for n in lr_size)
    count = (len(row_edges) - 1) * (len(column_edges) - 1)
    done = 0
    width = enlarged_px(lr_size[1], scale[1])
    for rows in pairwise(row_edges):
        top, bottom = (enlarged_px(edge, scale[0]) if edge else 0 for edge in rows)
        # The channels last, as an array of pixels has them, so that none is copied.
        band = torch.empty((1, lr.shape[1], bottom - top, width), memory_format=torch.channels_last)
        error = 0.0
        for columns in pairwise(column_edges):
            block = Region.between(rows, columns)
            while True:
                try:
                    pixels, squared = yield from _block(enlarger, lr, source, block, done, count)
                    break
                except RuntimeError as problem:
                    if lr.device.type == CPU or not is_out_of_memory(problem):
                        raise
                yield Notice(NoticeKind.OUTPUT_ON_PROCESSOR, {"device": lr.device.type})
                enlarger, lr, source = _on_cpu(enlarger), lr.to(CPU), source.to(CPU)
            left = enlarged_px(columns[0], scale[1]) if columns[0] else 0
            band[..., left : left + pixels.shape[-1]] = pixels.to(CPU)
            error, done = error + squared, done + 1
        yield BandOfOutput(top, band, error)


def _block(
    enlarger: Enlarger, lr: torch.Tensor, source: torch.Tensor, block: Region, done: int, count: int
) -> Generator[float, None, tuple[torch.Tensor, float]]:
    """Make what the LR pixels of a block become, and compare it with them."""
    degradation = enlarger.degradation
    hr_size = degradation.hr_size(lr)
    wanted = Region(
        _pair(enlarged_px(n, s) if n else 0 for n, s in zip(block.start, degradation.scale, strict=True)),
        _pair(enlarged_px(n, s) for n, s in zip(block.stop, degradation.scale, strict=True)),
    )
    held = wanted.union(degradation.hr_needed(block, hr_size))
    run = enlarger.region(lr, source, held)
    while True:
        try:
            share = next(run)
        except StopIteration as end:
            out: torch.Tensor = end.value.clamp_(0, 1)
            break
        yield (done + share) / count
    again = degradation.downscale_part(out, held.start, hr_size, block)
    return wanted.cut(out, held.start), squared_error(again, block.cut(lr))


def _on_cpu(enlarger: Enlarger) -> Enlarger:
    network = enlarger.network
    return replace(enlarger, network=None if network is None else network.to(CPU))


def _pair(values: Generator[int, None, None]) -> Size:
    first, second = values
    return first, second
