"""Display copies of the output as it would be now, without much of the training's time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.config import enlarged_px
from zssr_studio.engine.degradation import Region
from zssr_studio.engine.events import Preview
from zssr_studio.engine.refine import BackProjection, enlarge_window

if TYPE_CHECKING:
    from zssr_studio.engine.degradation import Degradation
    from zssr_studio.engine.network import SingleImageNetwork

INTERVAL_S = 0.5
COST_SHARE = 0.05
PREVIEW_PX = 384


class Previews:
    """Makes previews of the middle of the output, at most `PREVIEW_PX` a side, and decides when the next is due.

    Parameters
    ----------
    lr : Tensor, shape (1, C, h, w)
    degradation : Degradation
    rounds : int
        Of back-projection, for the first preview.
    """

    def __init__(self, lr: torch.Tensor, degradation: Degradation, rounds: int) -> None:
        self._lr = lr
        self._degradation = degradation
        self._lr_size = (lr.shape[-2], lr.shape[-1])
        height, width = (enlarged_px(n, s) for n, s in zip(self._lr_size, degradation.scale, strict=True))
        self._hr_size = (height, width)
        top, left = (max(0, (n - PREVIEW_PX) // 2) for n in self._hr_size)
        self._region = Region((top, left), (min(height, top + PREVIEW_PX), min(width, left + PREVIEW_PX)))
        self._rounds = rounds
        self._next_s = 0.0

    @torch.no_grad()
    def first(self) -> Preview:
        """Make the preview before training: interpolation, back-projected."""
        projection = BackProjection(self._degradation, self._lr_size, self._hr_size, self._rounds)
        return self._preview(projection.interpolated(self._lr, self._region), 0)

    def due(self, elapsed_s: float) -> bool:
        """Tell whether it is time for another one."""
        return elapsed_s >= self._next_s

    def now(self, network: SingleImageNetwork, step: int, elapsed_s: float) -> Preview:
        """Make a preview with the network as it is; `elapsed_s` are the seconds of training so far."""
        started_s = time.perf_counter()
        preview = self._preview(enlarge_window(network, self._lr, self._degradation.scale, self._region), step)
        cost_s = time.perf_counter() - started_s
        self._next_s = elapsed_s + max(INTERVAL_S, cost_s / COST_SHARE)
        return preview

    def _preview(self, out: torch.Tensor, step: int) -> Preview:
        pixels = out[0].clamp(0, 1).permute(1, 2, 0).cpu().contiguous().numpy()
        return Preview(step, *self._region.start, pixels)
