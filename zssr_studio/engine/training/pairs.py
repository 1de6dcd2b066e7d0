"""What a step trains on: crops of the HR fathers and their LR sons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.degradation.corruption import Corruption
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.training.fathers import Sampler, crop_size, paper_crop

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.engine.config import Preset
    from zssr_studio.engine.training.stage import Stage


class Pairs:
    """Draws the pairs of a stage.

    Parameters
    ----------
    stage : Stage
        Names the fathers, and how sons are made and spoiled.
    preset : Preset
        Names the size and number of crops.
    generator : torch.Generator
        Of all draws.
    """

    def __init__(self, stage: Stage, preset: Preset, generator: torch.Generator) -> None:
        device = stage.fathers.picture.device
        self._generator = generator
        self._degradation = stage.degradation
        self._members: torch.Tensor | None = None
        if stage.plausible is not None:
            self._degradation = Degradation(stage.degradation.scale, stage.plausible.middle)
            self._members = torch.from_numpy(stage.plausible.taps).to(device, torch.float32)
        self._corrupt = Corruption(stage.damage, device, stage.bits)
        self._crops = _crops(stage, preset, generator)

    @torch.no_grad()
    def draw(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Draw HR crops (batch, C, H, W) and make their LR sons (batch, C, h, w)."""
        father = self._crops()
        son = self._degradation.downscale(father, taps=self._kernels(len(father)))
        return father, self._corrupt(son, self._generator)

    def _kernels(self, count: int) -> torch.Tensor | None:
        """Draw a plausible kernel for each crop; None leaves the known one to all."""
        if self._members is None:
            return None
        drawn = torch.randint(len(self._members), (count,), generator=self._generator)
        return self._members[drawn.to(self._members.device)]


def _crops(stage: Stage, preset: Preset, generator: torch.Generator) -> Callable[[], torch.Tensor]:
    """Return what draws a batch of HR crops (batch, C, H, W)."""
    fathers, crop_px = stage.fathers, preset.crop_px
    if preset.affine:
        size = crop_size((fathers.picture, *fathers.results), crop_px, least_factor=1.0)
        return lambda: paper_crop(fathers, size, generator)
    # A network at LR resolution sees as much of the LR son at each scale as at x2.
    # Once there are results the picture may be too small to be drawn from: it has hardly a share any more.
    largest = (fathers.results or (fathers.picture,))[:1]
    size = crop_size(largest, round(crop_px * max(stage.degradation.scale) / 2), least_factor=0.75)
    sampler = Sampler(fathers, size)
    return lambda: sampler.draw(preset.batch, generator)
