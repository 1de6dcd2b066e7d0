"""Display copies of the output as it would be now, without much of the training's time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.regions import Region
from zssr_studio.engine.events import Preview
from zssr_studio.engine.output.back_projection import BackProjection
from zssr_studio.engine.output.enlarger import enlarge_window
from zssr_studio.engine.relay import returned

if TYPE_CHECKING:
    from zssr_studio.engine.events import Step
    from zssr_studio.engine.network import SingleImageNetwork

Factors = tuple[float, float]

# Chosen: two pictures a second look alive, and a twentieth of the time is what they may cost the training.
INTERVAL_S = 0.5
COST_SHARE = 0.05
# Side of what is shown, in HR pixels; chosen, so that one takes some hundredths of a second.
PREVIEW_PX = 384


class Previews:
    """Makes previews of the middle of the output, at most `PREVIEW_PX` a side, and decides when the next is due.

    Parameters
    ----------
    lr : Tensor, shape (1, C, h, w)
    degradation : Degradation
        Of the wanted output.
    rounds : int
        Of back-projection, for the first preview.
    """

    def __init__(self, lr: torch.Tensor, degradation: Degradation, rounds: int) -> None:
        self._lr = lr
        self._degradation = degradation
        self._lr_size = (lr.shape[-2], lr.shape[-1])
        self._hr_size = height, width = degradation.hr_size(lr)
        top, left = (max(0, (n - PREVIEW_PX) // 2) for n in self._hr_size)
        self._region = Region((top, left), (min(height, top + PREVIEW_PX), min(width, left + PREVIEW_PX)))
        self._rounds = rounds
        self._next_s = 0.0

    @torch.no_grad()
    def first(self) -> Preview:
        """Make the preview before training: interpolation, back-projected."""
        projection = BackProjection(self._degradation, self._lr_size, self._hr_size, self._rounds)
        return self._preview(returned(projection.interpolated(self._lr, self._region)), 0)

    def due(self, elapsed_s: float) -> bool:
        """Tell whether it is time for another one."""
        return elapsed_s >= self._next_s

    @torch.no_grad()
    def now(
        self, network: SingleImageNetwork, source: torch.Tensor, scale: Factors, so_far: Factors, event: Step
    ) -> Preview:
        """Make a preview with the network as it is.

        Parameters
        ----------
        source : Tensor, shape (1, C, h, w)
            What the network enlarges by `scale`, which gives the picture enlarged by `so_far`; what is missing to the
            wanted scale is interpolated.
        event : Step
            The step that was done last.
        """
        started_s = time.perf_counter()
        rest = Degradation(_ratio(self._degradation.scale, so_far))
        size = Degradation(scale).hr_size(source)
        needed = self._region if rest.scale == (1, 1) else rest.lr_needed(self._region, size)
        out = enlarge_window(network, source, scale, needed)
        preview = self._preview(rest.upscale_part(out, needed.start, size, self._region), event.step)
        cost_s = time.perf_counter() - started_s
        self._next_s = event.elapsed_s + max(INTERVAL_S, cost_s / COST_SHARE)
        return preview

    def _preview(self, out: torch.Tensor, step: int) -> Preview:
        pixels = out[0].clamp(0, 1).permute(1, 2, 0).cpu().contiguous().numpy()
        return Preview(step, *self._region.start, pixels)


def _ratio(whole: Factors, part: Factors) -> Factors:
    vertical, horizontal = (a / b for a, b in zip(whole, part, strict=True))
    return vertical, horizontal
