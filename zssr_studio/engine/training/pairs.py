"""What a step trains on: crops of the HR fathers and their LR sons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.degradation.corruption import Corruption
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.runtime.parcel import Parcel
from zssr_studio.engine.training.crops.paper import drawn_paper_crop
from zssr_studio.engine.training.crops.sampler import Sampler
from zssr_studio.engine.training.fathers import crop_size

if TYPE_CHECKING:
    from zssr_studio.engine.config import Preset
    from zssr_studio.engine.training.crops.sampler import Crops
    from zssr_studio.engine.training.stage import Stage

# Noise is seen most in flat parts, which have to be learned from as well. 0, 0.3, 0.5 and 1 tried (docs/lab/engine.md,
# "Where crops are drawn").
LEAST_EVEN_SHARE_IF_NOISY = 0.5


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
        self._corruption = Corruption(stage.damage, device, stage.bits)
        self._device, self._batch, self._size = device, 1 if preset.affine else preset.batch, _size(stage, preset)
        self._fathers = stage.fathers
        even_share = max(preset.even_share, LEAST_EVEN_SHARE_IF_NOISY if stage.damage.noise else 0.0)
        self._sampler = None if preset.affine else Sampler(stage.fathers, self._size, even_share)

    @torch.no_grad()
    def draw(self, steps: int = 1) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """Draw HR crops (batch, C, H, W) of some steps and make their LR sons (batch, C, h, w).

        All that is drawn, on the processor, goes to the device at once.
        """
        parcel = Parcel(self._device)
        count = steps * self._batch
        crops = self._crops(steps, parcel)
        kernels = self._kernels(count, parcel)
        shape = (self._batch, self._fathers.picture.shape[1], *self._degradation.son_size(*self._size))
        corrupt = [self._corruption.drawn(shape, self._generator, parcel) for _ in range(steps)]
        parcel.send()
        fathers = crops()
        sons = self._degradation.downscale(fathers, taps=None if kernels is None else kernels())
        batches = (x.view(steps, self._batch, *x.shape[1:]).unbind() for x in (fathers, sons))
        pairs = zip(*batches, corrupt, strict=True)
        return [(father, corrupted(son)) for father, son, corrupted in pairs]

    def _crops(self, steps: int, parcel: Parcel) -> Crops:
        """Draw where the crops of some steps lie."""
        if self._sampler is not None:
            return self._sampler.drawn(steps * self._batch, self._generator, parcel, in_order=steps > 1)
        crops = [drawn_paper_crop(self._fathers, self._size, self._generator, parcel) for _ in range(steps)]
        return lambda: crops[0]() if len(crops) == 1 else torch.cat([crop() for crop in crops])

    def _kernels(self, count: int, parcel: Parcel) -> Crops | None:
        """Draw a plausible kernel for each crop; None leaves the known one to all."""
        if self._members is None:
            return None
        members = self._members
        drawn = parcel.add(torch.randint(len(members), (count,), generator=self._generator))
        return lambda: members.index_select(0, drawn())


def _size(stage: Stage, preset: Preset) -> tuple[int, int]:
    """Rows and columns of a crop."""
    fathers, crop_px = stage.fathers, preset.crop_px
    if preset.affine:
        return crop_size((fathers.picture, *fathers.results), crop_px, least_factor=1.0)
    # A network at LR resolution sees as much of the LR son at each scale as at x2.
    # Once there are results the picture may be too small to be drawn from: it has hardly a share any more.
    largest = (fathers.results or (fathers.picture,))[:1]
    return crop_size(largest, round(crop_px * max(stage.degradation.scale) / 2), least_factor=0.75)
