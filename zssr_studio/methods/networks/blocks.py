"""A network over a whole picture: in blocks that equal the whole where memory or patience do not take it at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import nn

from zssr_studio.engine.degradation.orientations import AS_IT_IS, ORIENTATIONS
from zssr_studio.engine.degradation.regions import Region
from zssr_studio.engine.events import Notice, NoticeKind

if TYPE_CHECKING:
    from collections.abc import Generator

    from zssr_studio.engine.degradation.orientations import Orientation
    from zssr_studio.methods.networks.network import Network

# Sides of a block in pixels of the network's input. Chosen: below the least most of what is computed is what lies
# around it; above the most nothing is gained and a person waits longer for a sign.
MIN_BLOCK_PX, MAX_BLOCK_PX = 64, 512
# What lies around a block where a network depends on the whole picture and memory does not take that. Chosen.
HALO_PX_WITHOUT_END = 64
# Tensors like the largest that a network makes, that live at once: what a layer takes, what it gives, and a copy.
LIVE_TENSORS = 3
BYTES_PER_SAMPLE = 4
# Of the picture that a network is measured on, the side at least.
TRIED_PX = 16


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How a picture is cut: side of a block and what is needed around it, in pixels; None for the whole at once."""

    side_px: int | None
    halo_px: int
    is_exact: bool


def plan(network: Network, size: tuple[int, int], bytes_per_px: float, memory_bytes: float) -> Plan:
    """Choose blocks that fit into the memory.

    Parameters
    ----------
    network : Network
    size : tuple of int
        Rows and columns of its input.
    bytes_per_px : float
        That it takes for a pixel of its input; see `bytes_per_px`.
    memory_bytes : float
    """
    if network.block_px is not None:
        halo = (network.multiple - network.block_px) // 2
        return Plan(network.block_px, halo, is_exact=max(size) <= network.block_px)
    fits_px = memory_bytes / bytes_per_px
    is_whole = math.prod(size) <= fits_px
    if network.halo_px is None:
        if is_whole:
            return Plan(None, 0, is_exact=True)
        return Plan(_side(fits_px, HALO_PX_WITHOUT_END), HALO_PX_WITHOUT_END, is_exact=False)
    if is_whole and max(size) <= MAX_BLOCK_PX:
        return Plan(None, 0, is_exact=True)
    halo = _rounded_up(network.halo_px, network.multiple)
    fits = math.sqrt(fits_px) - 2 * halo >= MIN_BLOCK_PX
    halo = halo if fits else min(halo, HALO_PX_WITHOUT_END)
    return Plan(_rounded_up(_side(fits_px, halo), network.multiple), halo, is_exact=fits)


def _side(fits_px: float, halo_px: int) -> int:
    # Half of what is computed at least is the block itself, where the memory takes that.
    wished = max(MAX_BLOCK_PX, 5 * halo_px)
    return int(max(MIN_BLOCK_PX, min(wished, math.sqrt(fits_px) - 2 * halo_px)))


def _rounded_up(size: int, multiple: int) -> int:
    return -(-size // multiple) * multiple


def bytes_per_px(network: Network) -> float:
    """Measure what a network takes for each pixel of its input, by the largest tensor that it makes of a small one."""
    if network.bytes_per_px is not None:
        return network.bytes_per_px
    largest = 0

    def look(_module: nn.Module, _taken: object, given: object) -> None:
        nonlocal largest
        if isinstance(given, torch.Tensor):
            largest = max(largest, given.numel())

    handles = [one.register_forward_hook(look) for one in network.module.modules()]
    try:
        weights = next(network.module.parameters())
        side = _rounded_up(max(TRIED_PX, network.least_px), network.multiple)
        network(weights.new_zeros((1, network.channels, side, side)))
    finally:
        for handle in handles:
            handle.remove()
    return LIVE_TENSORS * BYTES_PER_SAMPLE * largest / side**2


def rows_of_blocks(
    network: Network, x: torch.Tensor, cut: Plan, *, is_ensemble: bool
) -> Generator[float | Notice | tuple[int, torch.Tensor], None, None]:
    """Run a network over a picture (1, channels, h, w) in [0, 1].

    Yields the share that is done, one notice where the blocks do not equal the whole, and whole rows of the output from
    the top on: where they begin, and their tensor (1, channels, rows, W) on the processor.
    """
    if not cut.is_exact:
        yield Notice(NoticeKind.BLOCKS_DIFFER)
    size = (x.shape[-2], x.shape[-1])
    rows, columns = ([*range(0, n, cut.side_px or n), n] for n in size)
    orientations = ORIENTATIONS if is_ensemble else (AS_IT_IS,)
    work, done = (len(rows) - 1) * (len(columns) - 1) * len(orientations), 0
    scale = network.scale or 1
    for across in pairwise(rows):
        made = []
        for down in pairwise(columns):
            block = Region.between(across, down)
            held = Region(
                (max(0, block.start[0] - cut.halo_px), max(0, block.start[1] - cut.halo_px)),
                (min(size[0], block.stop[0] + cut.halo_px), min(size[1], block.stop[1] + cut.halo_px)),
            )
            patch, total = held.cut(x), None
            for orientation in orientations:
                given = oriented(network, patch, orientation)
                total = given if total is None else total.add_(given)
                done += 1
                yield done / work
            wanted = Region(_scaled(block.start, scale), _scaled(block.stop, scale))
            if total is not None:
                made.append(wanted.cut(total.div_(len(orientations)), _scaled(held.start, scale)).to("cpu"))
        yield across[0] * scale, torch.cat(made, dim=-1)


def _scaled(place: tuple[int, int], scale: int) -> tuple[int, int]:
    return place[0] * scale, place[1] * scale


def oriented(network: Network, patch: torch.Tensor, orientation: Orientation) -> torch.Tensor:
    """Run a network on a patch that is turned, and turn what it gives back."""
    turned = orientation.apply(patch)
    height, width = turned.shape[-2:]
    below, beside = (_rounded_up(max(side, network.least_px), network.multiple) - side for side in (height, width))
    padded = F.pad(turned, (0, beside, 0, below), mode="replicate") if below or beside else turned
    scale = network.scale or 1
    given = network(padded)[..., : height * scale, : width * scale]
    return orientation.undo(given)
