"""Trains all rungs and stages of a plan on one picture: each result joins the HR fathers of the next."""

from __future__ import annotations

import math
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.events import Enlarging, Notice, NoticeKind, StageStarted, Started, Step
from zssr_studio.engine.maps import earlier_states
from zssr_studio.engine.network import build
from zssr_studio.engine.output.acceptance import Refinement, accepted, output_orientations, restrained
from zssr_studio.engine.output.halos import share_without_halos
from zssr_studio.engine.output.preview import Previews
from zssr_studio.engine.output.validation import Validation
from zssr_studio.engine.relay import relayed
from zssr_studio.engine.runtime.device import convolves_in_tiles, half_precision
from zssr_studio.engine.timeline import NO_TIMELINE, Pace
from zssr_studio.engine.training.crops.parts import strewn_parts
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
    from zssr_studio.engine.timeline import Timeline
    from zssr_studio.engine.training.plan import Plan
    from zssr_studio.engine.training.stage import Stage

# Side of a square with as many pixels as the parts that a stage's result is made of, in LR pixels: at 1.5 megapixels a
# run of 180 s became one of 42 s (ADR 2). Under the least there is hardly a crop of a father to draw. Chosen.
STAGE_PART_PX, LEAST_STAGE_PART_PX = 384, 96
# A value range beyond black and white, which no enlargement of a picture comes near to. One that does would be an HR
# father that training cannot stand.
FARTHEST = (-1.0, 2.0)


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """A run whose training is over.

    Parameters
    ----------
    lr, source : Tensor, shape (1, C, h, w)
        The picture, and what the network enlarges last: the picture itself, or what the rung before made of it.
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
    replayed : Timeline or None
        Of a run that is done again: it decides instead of the clock.
    """

    plan: Plan
    lr: torch.Tensor
    seed: int
    init: Mapping[str, NDArray[np.float32]] | None
    least_gain_db: float
    stop: Callable[[], bool]
    previews: bool
    checkpoint: Checkpoint | None = None
    replayed: Timeline | None = None

    def train(self) -> Generator[Event, None, Trained]:
        """Train all stages of all rungs; each stage's result joins the HR fathers of the next."""
        plan, lr = self.plan, self.lr
        generator = torch.Generator().manual_seed(self.seed)
        network = self._network(generator)
        yield self._started(network)
        if len(plan.stages) < len(plan.preset.stages):
            yield Notice(NoticeKind.GRADUAL_LEFT_OUT)
        refinement = Refinement.of(plan.preset, lr, plan.degradation, plan.damage)
        previews = Previews(lr, plan.degradation, refinement.rounds) if self.previews else None
        if previews is not None:
            yield previews.first()
        # The optimisers of torch take a second to load, and the first picture does not wait for them.
        pace = Pace(self.replayed, NO_TIMELINE if self.checkpoint is None else self.checkpoint.timeline)
        total_s = plan.total_s if self.replayed is None else None
        trainer = Trainer(network, plan.preset, generator, pace, total_s=total_s, least_gain_db=self.least_gain_db)
        if self.checkpoint is not None:
            # Stages that were over are passed by: their results are made again with the weights of the checkpoint.
            trainer.restore(self.checkpoint)
        source, last_stage = lr, len(plan.stages) * plan.rungs - 1
        for rung in range(plan.rungs):
            is_last = rung == plan.rungs - 1
            yield from self._stages(trainer, source, rung, previews, refinement)
            kernel = plan.kernel if is_last else None
            own = Validation(source, Degradation(plan.rung_scale, kernel), plan.damage, plan.bits_of(rung))
            whole = Degradation(plan.so_far(rung), kernel)
            turns = output_orientations(trainer.averaged, own, plan.preset.ensemble, math.prod(plan.lr_size))
            enlarger, is_network = accepted(
                trainer.averaged, own, whole, refinement, orientations=turns, is_result=is_last
            )
            if not is_network:
                yield Notice(NoticeKind.BEATEN)
            if is_last:
                enlarger = replace(enlarger, taken=share_without_halos(enlarger, lr))
                if enlarger.taken < 1:
                    yield Notice(NoticeKind.HALOS, {"percent": round(100 * enlarger.taken)})
                enlarger = restrained(enlarger, lr, source, plan.damage)
                if enlarger.restraint is not None:
                    is_slight = plan.damage.noise is None and enlarger.restraint.is_slight
                    kind = NoticeKind.SLIGHT_NOISE if is_slight else NoticeKind.RESTRAINED
                    yield Notice(kind, {"percent": round(100 * enlarger.restraint.share)})
                count = earlier_states(enlarger.passes, len(trainer.ends), math.prod(plan.lr_size))
                enlarger = replace(enlarger, earlier=trainer.ends[-count:] if count else ())
            else:
                work = trainer.timed(enlarger.whole(lr, source))
                source = channels_last((yield from _enlarging(work, (rung + 1) * len(plan.stages) - 1, trainer)))
        yield trainer.checkpoint_at_end(last_stage + 1)
        return Trained(lr, source, trainer, enlarger, last_stage)

    def _stages(
        self,
        trainer: Trainer,
        source: torch.Tensor,
        rung: int,
        previews: Previews | None,
        refinement: Refinement,
    ) -> Generator[Event, None, None]:
        """Train the stages of a rung; each one's result joins the HR fathers of the next."""
        plan, checkpoint = self.plan, self.checkpoint
        if checkpoint is not None and checkpoint.stage >= (rung + 1) * len(plan.stages):
            return  # what its stages gave was for the stages of the same rung
        affine = plan.preset.affine
        fathers = Fathers(source, () if affine else smaller_fathers(source, trainer.generator))
        for index in range(len(plan.stages)):
            stage = plan.stage(rung, index, fathers, learned=rung > 0 or self.init is not None)
            scale = stage.degradation.scale
            before = plan.so_far(rung - 1) if rung else (1.0, 1.0)
            so_far = (scale[0] * before[0], scale[1] * before[1])
            is_past = checkpoint is not None and stage.index < checkpoint.stage
            if not is_past:
                cut = checkpoint if checkpoint is not None and stage.index == checkpoint.stage else None
                yield StageStarted(stage.index, so_far, trainer.steps if cut is None else cut.stage_step)
                if cut is not None:
                    trainer.pace.go_on_in(stage.index)
                for event in trainer.train(stage, self.stop, cut):
                    yield event
                    if previews is not None and isinstance(event, Step) and previews.due(event.elapsed_s):
                        yield previews.now(trainer.averaged, source, scale, so_far, event)
            if index == len(plan.stages) - 1 or self.stop() or trainer.pace.ends_with(stage.index):
                return
            if not is_past and len(stage.degradation.orientations()) == 1:
                trainer.ends.append(deepcopy(trainer.averaged))
            side_px = trainer.pace.part_px(
                stage.index, partial(_affordable_side_px, trainer, stage, source, is_past=is_past)
            )
            if not side_px:
                continue  # the next stage trains with the fathers that are there
            own = Validation(source, stage.degradation, plan.damage, stage.bits)
            enlarger, _ = accepted(trainer.averaged, own, stage.degradation, refinement)
            parts = [source] if affine else strewn_parts(source, side_px, trainer.generator)
            out = yield from _enlarging(trainer.timed(_enlarged(enlarger, parts)), stage.index, trainer)
            if affine:
                results = (*fathers.results, out)
            else:
                blurred = stage.degradation.kernel is not None
                results = larger_fathers(out, parts[0], blurred=blurred)
            fathers = replace(fathers, results=results)

    def _started(self, network: SingleImageNetwork) -> Started:
        plan = self.plan
        parameters = sum(weight.numel() for weight in network.parameters())
        out_size = plan.scale.out_size(*plan.lr_size)
        return Started(str(self.lr.device), *out_size, len(plan.stages) * plan.rungs, parameters)

    def _network(self, generator: torch.Generator) -> SingleImageNetwork:
        plan, device = self.plan, self.lr.device
        short, in_tiles = half_precision(device), convolves_in_tiles(device)
        network = build(plan.preset, self.lr.shape[1], plan.rung_scale, generator, short, in_tiles=in_tiles)
        if self.init is not None:
            network.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in self.init.items()})
        return network.to(device)


def _affordable_side_px(trainer: Trainer, stage: Stage, source: torch.Tensor, *, is_past: bool) -> int:
    """Side of the part of a picture (1, C, h, w) whose enlargement takes a small share of the time; 0 if none does."""
    affordable_px = trainer.ahead.affordable_px(stage, trainer.total_s)
    side_px = int(min(STAGE_PART_PX, max(LEAST_STAGE_PART_PX, math.sqrt(affordable_px))))
    height, width = source.shape[-2:]
    share = 1.0 if trainer.preset.affine else min(height, side_px) * min(width, side_px) / (height * width)
    return side_px if is_past or trainer.affords(trainer.ahead.output_s * share) else 0


def _enlarged(enlarger: Enlarger, parts: list[torch.Tensor]) -> Generator[float, None, torch.Tensor]:
    """Enlarge parts of one size, each like a picture of its own; yields the share that is done, returns them all."""
    made: list[torch.Tensor] = []
    for part in parts:
        of_part = enlarger.whole(part, part)
        made.append((yield from relayed(of_part, lambda share: ((len(made) + share) / len(parts),))))
    return channels_last(torch.cat(made).clamp_(*FARTHEST))


def _enlarging(
    work: Generator[float, None, torch.Tensor], index: int, trainer: Trainer
) -> Generator[Event, None, torch.Tensor]:
    """Advance an enlargement between two stages, and tell how far it is."""
    return relayed(work, lambda share: (Enlarging(index, share, trainer.elapsed_s, trainer.ahead.left_s),))


def channels_last(x: torch.Tensor) -> torch.Tensor:
    """Lay a tensor out as crops are drawn from it."""
    return x.contiguous(memory_format=torch.channels_last)
