"""From a trained network to the output: tiles, self-ensemble and back-projection (section 3.2 of the paper)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.config import Ensemble, enlarged_px
from zssr_studio.engine.network import Window

if TYPE_CHECKING:
    from collections.abc import Generator

    from zssr_studio.engine.config import Preset
    from zssr_studio.engine.degradation import Degradation
    from zssr_studio.engine.network import SingleImageNetwork

HR_TILE_PX = 512

Size = tuple[int, int]


def back_projected(hr: torch.Tensor, lr: torch.Tensor, degradation: Degradation, rounds: int) -> torch.Tensor:
    """Add what the downscaled output lacks against the input, enlarged, again and again (Irani and Peleg 1991).

    Parameters
    ----------
    hr : Tensor, shape (1, C, H, W)
    lr : Tensor, shape (1, C, h, w)
        The picture that `hr` was enlarged from.
    rounds : int
        0 returns `hr` as it is.
    """
    before = math.inf
    for _ in range(rounds):
        error = lr - degradation.downscale(hr, (lr.shape[-2], lr.shape[-1]))
        # A kernel that turns the sign of some waves (a wide box, a motion line) would let the error grow for ever.
        size = float(error.square().mean())
        if size >= before:
            break
        before = size
        hr = hr + degradation.upscale(error, (hr.shape[-2], hr.shape[-1]))
    return hr


@torch.no_grad()
def enlarge_window(network: SingleImageNetwork, lr: torch.Tensor, window: Window) -> torch.Tensor:
    """Enlarge one HR window of a whole picture (1, C, h, w), equal to that part of the whole output."""
    margin = network.hr_halo_px
    whole = _hr_size(window)
    grown = (
        [max(0, start - margin) for start in window.hr_start],
        [min(size, stop + margin) for stop, size in zip(window.hr_stop, whole, strict=True)],
    )
    starts, stops = [], []
    for axis, s in enumerate(window.scale):
        starts.append(max(0, int(grown[0][axis] / s) - network.lr_halo_px))
        stops.append(min(window.lr_size[axis], int(grown[1][axis] / s) + network.lr_halo_px + 1))
    patch = lr[..., starts[0] : stops[0], starts[1] : stops[1]]
    placed = Window(window.scale, window.lr_size, (starts[0], starts[1]), _pair(grown[0]), _pair(grown[1]))
    out: torch.Tensor = network(patch, placed)
    rows, columns = (
        slice(start - first, stop - first)
        for start, stop, first in zip(window.hr_start, window.hr_stop, grown[0], strict=True)
    )
    return out[..., rows, columns]


def enlarged_in_tiles(
    network: SingleImageNetwork, lr: torch.Tensor, scale: tuple[float, float], out_size: Size
) -> Generator[float, None, torch.Tensor]:
    """Enlarge a whole picture tile by tile; yields the share that is done, returns (1, C, *out_size)."""
    out = lr.new_empty((1, lr.shape[1], *out_size))
    corners = [(top, left) for top in range(0, out_size[0], HR_TILE_PX) for left in range(0, out_size[1], HR_TILE_PX)]
    for done, (top, left) in enumerate(corners, start=1):
        stop = (min(out_size[0], top + HR_TILE_PX), min(out_size[1], left + HR_TILE_PX))
        window = Window(scale, (lr.shape[-2], lr.shape[-1]), (0, 0), (top, left), stop)
        out[..., top : stop[0], left : stop[1]] = enlarge_window(network, lr, window)
        yield done / len(corners)
    return out


@torch.no_grad()
def enlarged(
    network: SingleImageNetwork, lr: torch.Tensor, degradation: Degradation, preset: Preset, out_size: Size, rounds: int
) -> Generator[float, None, torch.Tensor]:
    """Enlarge by self-ensemble and back-projection; yields the share that is done, returns (1, C, *out_size).

    Each orientation that leaves the degradation as it is gives an output. For the median each is back-projected before
    they are united, as in the paper; the mean commutes with back-projection, which is then done once.
    """
    orientations = degradation.orientations()
    outputs: list[torch.Tensor] = []
    median = preset.ensemble is Ensemble.MEDIAN
    for done, orientation in enumerate(orientations):
        size = (out_size[1], out_size[0]) if orientation.transpose else out_size
        tiles = enlarged_in_tiles(network, orientation.apply(lr), degradation.scale, size)
        output = orientation.undo((yield from _scaled(tiles, done, len(orientations))))
        if median:
            outputs.append(back_projected(output, lr, degradation, rounds))
        else:
            outputs = [outputs[0] + output] if outputs else [output]
    united = _median(outputs) if median else outputs[0] / len(orientations)
    return back_projected(united, lr, degradation, rounds)


def _scaled(tiles: Generator[float, None, torch.Tensor], done: int, count: int) -> Generator[float, None, torch.Tensor]:
    while True:
        try:
            share = next(tiles)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        yield (done + share) / count


def _median(outputs: list[torch.Tensor]) -> torch.Tensor:
    """Median, for an even count the mean of the middle two."""
    ordered = torch.stack(outputs).sort(dim=0).values
    low, high = (len(outputs) - 1) // 2, len(outputs) // 2
    return (ordered[low] + ordered[high]) / 2


def _hr_size(window: Window) -> Size:
    return _pair([enlarged_px(n, s) for n, s in zip(window.lr_size, window.scale, strict=True)])


def _pair(values: list[int]) -> Size:
    return values[0], values[1]
