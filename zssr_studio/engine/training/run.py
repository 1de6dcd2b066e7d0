"""Trains all steps and stages of a plan on one picture: each result joins the HR fathers of the next."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.regions import most_textured_part
from zssr_studio.engine.events import Enlarging, Notice, StageStarted, Started, Step
from zssr_studio.engine.network import build
from zssr_studio.engine.output.enlarger import stable_rounds
from zssr_studio.engine.output.preview import Previews
from zssr_studio.engine.output.validation import Validation, judged
from zssr_studio.engine.relay import relayed
from zssr_studio.engine.runtime.device import half_precision
from zssr_studio.engine.training.fathers import (
    Fathers,
    larger_fathers,
    smaller_fathers,
)
from zssr_studio.engine.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.engine.checkpoint import Checkpoint
    from zssr_studio.engine.events import Event
    from zssr_studio.engine.network import SingleImageNetwork
    from zssr_studio.engine.output.enlarger import Enlarger
    from zssr_studio.engine.training.plan import Plan

# Side of the part that a stage's result is made of, in LR pixels: at 1.5 megapixels a run of 180 s became one of 42 s
# (ADR 2). Under the least there is hardly a crop of a father to draw.
STAGE_PART_PX, LEAST_STAGE_PART_PX = 384, 96

BEATEN = (
    "Training did not beat interpolation on this picture's own reconstruction, so the result is bicubic interpolation "
    "with back-projection."
)


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """A run whose training is over.

    Parameters
    ----------
    lr, source : Tensor, shape (1, C, h, w)
        The picture, and what the network enlarges last: the picture itself, or what the step before made of it.
    trainer : Trainer
    enlarger : Enlarger
        Makes the output.
    last_stage : int
        Index of the last stage.
    """

    lr: torch.Tensor
    source: torch.Tensor
    trainer: Trainer
    enlarger: Enlarger
    last_stage: int


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """The training of one picture on one device.

    Parameters
    ----------
    plan : Plan
    lr : Tensor, shape (1, C, h, w), in [0, 1]
        The picture, on the device.
    seed : int
        Of every random draw.
    init : mapping of str to ndarray, or None
        Weights to start from.
    least_gain_db : float
        See `Trainer`.
    stop : callable
        Asked between two steps; once it says True nothing is trained any more.
    previews : bool
    checkpoint : Checkpoint or None
        Where to go on.
    """

    plan: Plan
    lr: torch.Tensor
    seed: int
    init: Mapping[str, NDArray[np.float32]] | None
    least_gain_db: float
    stop: Callable[[], bool]
    previews: bool
    checkpoint: Checkpoint | None = None

    def train(self) -> Generator[Event, None, Trained]:
        """Train all stages; each one's result joins the HR fathers of the next."""
        plan, lr = self.plan, self.lr
        preset = plan.preset
        generator = torch.Generator().manual_seed(self.seed)
        network = self._network(generator)
        parameters = sum(weight.numel() for weight in network.parameters())
        out_size = plan.scale.out_size(*plan.lr_size)
        yield Started(str(lr.device), *out_size, len(plan.stages) * plan.rungs, parameters)
        if len(plan.stages) < len(preset.stages):
            yield Notice("A kernel is known for the wanted scale only, so the gradual steps between are left out.")
        rounds = stable_rounds(lr, plan.degradation, plan.rounds())
        previews = Previews(lr, plan.degradation, rounds) if self.previews else None
        if previews is not None:
            yield previews.first()
        # The optimisers of torch take a second to load, and the first picture does not wait for them.
        trainer = Trainer(
            network,
            preset,
            generator,
            total_s=plan.total_s,
            least_gain_db=self.least_gain_db,
            checkpoint=self.checkpoint,
        )
        source = lr
        for step in range(plan.rungs):
            last = step == plan.rungs - 1
            scale = plan.rung_scale
            yield from self._stages(trainer, source, plan, step, previews, rounds)
            whole = Degradation(plan.so_far(step), plan.kernel if last else None)
            degradation = Degradation(scale, plan.kernel if last else None)
            validation = Validation(source, degradation, plan.damage, plan.bits_of(step))
            enlarger, beaten = judged(trainer.averaged, validation, preset, whole, rounds)
            if plan.damage and plan.damage.grain:
                enlarger = replace(enlarger, rounds=1, strength=plan.damage.grain)
            if beaten:
                yield Notice(BEATEN)
            if not last:
                work = trainer.timed(enlarger.whole(lr, source))
                source = channels_last((yield from _enlarging(work, (step + 1) * len(plan.stages) - 1)))
        return Trained(lr, source, trainer, enlarger, len(plan.stages) * plan.rungs - 1)

    def _stages(
        self,
        trainer: Trainer,
        source: torch.Tensor,
        plan: Plan,
        step: int,
        previews: Previews | None,
        rounds: int,
    ) -> Generator[Event, None, None]:
        """Train the stages of a step; each one's result joins the HR fathers of the next."""
        preset = plan.preset
        fathers = Fathers(source, () if preset.affine else smaller_fathers(source, trainer.generator))
        for index in range(len(plan.stages)):
            stage = plan.stage(step, index, fathers, learned=step > 0 or self.init is not None)
            scale = stage.degradation.scale
            before = plan.so_far(step - 1) if step else (1.0, 1.0)
            so_far = (scale[0] * before[0], scale[1] * before[1])
            if not trainer.is_past(stage):
                yield StageStarted(stage.index, so_far, trainer.first_step(stage))
            for event in trainer.train(stage, self.stop):
                yield event
                if previews is not None and isinstance(event, Step) and previews.due(event.elapsed_s):
                    yield previews.now(trainer.averaged, source, scale, so_far, event)
            if index == len(plan.stages) - 1 or self.stop():
                return
            side_px = min(STAGE_PART_PX, max(LEAST_STAGE_PART_PX, math.sqrt(trainer.affordable_px(stage))))
            part = source if preset.affine else most_textured_part(source, int(side_px))
            if not trainer.affords(trainer.output_s * part.numel() / source.numel()):
                continue  # the next stage trains with the fathers that are there
            validation = Validation(part, stage.degradation, plan.damage, stage.bits)
            enlarger, _ = judged(trainer.averaged, validation, preset, stage.degradation, rounds)
            out = yield from _enlarging(trainer.timed(enlarger.whole(part, part)), stage.index)
            if preset.affine:
                results = (*fathers.results, out)
            else:
                blurred = stage.degradation.kernel is not None
                results = larger_fathers(channels_last(out), part, blurred=blurred)
            fathers = replace(fathers, results=results)

    def _network(self, generator: torch.Generator) -> SingleImageNetwork:
        plan, device = self.plan, self.lr.device
        network = build(plan.preset, self.lr.shape[1], plan.rung_scale, generator, half_precision(device))
        if self.init is not None:
            network.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in self.init.items()})
        return network.to(device)


def _enlarging(work: Generator[float, None, torch.Tensor], index: int) -> Generator[Event, None, torch.Tensor]:
    """Advance an enlargement and tell how far it is."""
    return relayed(work, lambda share: (Enlarging(index, share),))


def channels_last(x: torch.Tensor) -> torch.Tensor:
    """Lay a tensor out as crops are drawn from it."""
    return x.contiguous(memory_format=torch.channels_last)
