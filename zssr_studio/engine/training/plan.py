"""What a run trains one after the other: rungs of enlargement, each with the preset's stages and their shares."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.kernels.uncertainty import draw_plausible
from zssr_studio.engine.maps import earlier_states
from zssr_studio.engine.training.stage import Stage

if TYPE_CHECKING:
    from zssr_studio.engine.config import Factors, Preset, Scale, StageRecipe
    from zssr_studio.engine.damage import Damage
    from zssr_studio.engine.degradation.regions import Size
    from zssr_studio.engine.kernels.kernel import Kernel
    from zssr_studio.engine.kernels.uncertainty import PlausibleKernels
    from zssr_studio.engine.training.fathers import Fathers

# Factor on the rates for weights that have learned already from another picture or rung. Later stages of one run were
# better at 0.6 than at 0.35 (docs/lab/engine.md, "The recipe"); this one was not measured anew.
LATER_RATE = 0.35
# What a rung enlarged is held in memory whole until the next one is done: three channels take 480 MB.
MAX_BETWEEN_PX = 40_000_000


@dataclass(frozen=True)
class Plan:
    """The rungs and the stages of one run, and its bounds.

    Parameters
    ----------
    preset : Preset
    scale : Scale
        The wanted enlargement.
    lr_size : tuple of int
        Rows and columns of the picture.
    kernel : Kernel or None
        Known for the wanted scale only.
    damage : Damage
        What is done to the LR sons, so that the network cleans it.
    bits : int or None
        Of the picture's samples, where they are whole numbers.
    seconds, steps : float, int or None
        Bounds of the training; with neither, the preset's own.
    seed : int
        Of the kernels that an uncertain one might be.
    """

    preset: Preset
    scale: Scale
    lr_size: Size
    kernel: Kernel | None
    damage: Damage
    bits: int | None
    seconds: float | None
    steps: int | None
    seed: int

    @property
    def rungs(self) -> int:
        """Count of the rungs: each enlarges what the one before made, with the same network.

        A kernel is known for the whole scale only; noise is cleaned once; what is between must fit in memory; and rungs
        of a fraction lost more than they brought (ADR 3).
        """
        rung, (vertical, horizontal) = self.preset.rung, self.scale.factors
        if rung is None or vertical != horizontal or self.kernel is not None or self.damage:
            return 1
        count = max(1, round(math.log(vertical) / math.log(rung)))
        if rung**count != vertical:
            return 1
        rows, columns = self.so_far(count - 2, count) if count > 1 else (1.0, 1.0)
        between_px = self.lr_size[0] * rows * self.lr_size[1] * columns
        return count if between_px <= MAX_BETWEEN_PX else 1

    @property
    def rung_scale(self) -> Factors:
        """Scale per axis of each rung; for a single one, the wanted scale to the bit."""
        return self.so_far(0, self.rungs)

    def so_far(self, rung: int, count: int | None = None) -> Factors:
        """Scale per axis against the picture after a rung, from 0."""
        share = (rung + 1) / (self.rungs if count is None else count)
        if share == 1:
            return self.scale.factors
        vertical, horizontal = (round(factor**share, 9) for factor in self.scale.factors)
        return vertical, horizontal

    @property
    def stages(self) -> tuple[StageRecipe, ...]:
        """The preset's for each rung, but for those that the scale makes empty or, with a kernel, at other scales."""
        kept: list[StageRecipe] = []
        seen: set[Factors] = set()
        for stage in self.preset.stages:
            scale = self._scale_of(stage)
            final = scale == self.rung_scale
            if (final or (self.kernel is None and scale not in seen)) and max(scale) > 1:
                kept.append(stage)
                seen.add(scale)
        return tuple(kept)

    @property
    def degradation(self) -> Degradation:
        """What made the picture, at the wanted scale."""
        return Degradation(self.scale.factors, self.kernel)

    @cached_property
    def plausible(self) -> PlausibleKernels | None:
        """The kernels that may have made the picture, at the wanted scale; None where none is uncertain."""
        if self.kernel is None or not self.kernel.uncertainty:
            return None
        return draw_plausible(self.kernel, self.scale.factors, self.seed)

    @property
    def total_s(self) -> float | None:
        """Bound of the training time of the whole run."""
        if self.seconds is None and self.steps is None:
            return self.preset.seconds
        return self.seconds

    def stage(self, rung: int, index: int, fathers: Fathers, *, learned: bool) -> Stage:
        """Make a stage of a rung, both from 0; `learned` weights come from an earlier rung or run."""
        stages = self.stages
        done_before, done_after = self._done(rung, index), self._done(rung, index + 1)
        scale = self._scale_of(stages[index])
        kernel = self.kernel if scale == self.scale.factors else None
        return Stage(
            index=rung * len(stages) + index,
            fathers=fathers,
            degradation=Degradation(scale, kernel),
            plausible=None if kernel is None else self.plausible,
            damage=self.damage,
            bits=self.bits_of(rung),
            rate=min(stages[index].rate, LATER_RATE) if learned else stages[index].rate,
            steps=self._steps(done_before, done_after),
            done_before=done_before,
            share=done_after - done_before,
            output_px=math.prod(self.so_far(self.rungs - 2)) * self._passed_px,
        )

    @property
    def _passed_px(self) -> int:
        """Pixels of the picture times the passes over each for the output and for what it is compared with."""
        orientations, lr_px = len(self.degradation.orientations()), math.prod(self.lr_size)
        return lr_px * (orientations + earlier_states(orientations, len(self.stages) - 1, lr_px))

    def bits_of(self, rung: int) -> int | None:
        """Return to how many bits the picture was rounded that a rung enlarges: what is between two rungs never is."""
        return self.bits if rung == 0 else None

    def _done(self, rung: int, index: int) -> float:
        """Share of the run that is done before a stage of a rung."""
        shares = [stage.share for stage in self.stages]
        if index == len(shares):
            rung, index = rung + 1, 0
        return (rung + sum(shares[:index]) / sum(shares)) / self.rungs

    def _steps(self, before: float, after: float) -> int | None:
        limits = [] if self.preset.max_steps is None else [self.preset.max_steps]
        if self.steps is not None:
            limits.append(round(self.steps * after) - round(self.steps * before))
        return min(limits, default=None)

    def _scale_of(self, stage: StageRecipe) -> Factors:
        return scale_of(stage, self.rung_scale)


def scale_of(stage: StageRecipe, wanted: Factors) -> Factors:
    """Scale per axis of a stage: the wanted one to the stage's exponents."""
    vertical, horizontal = (round(factor**exponent, 6) for factor, exponent in zip(wanted, stage.exponent, strict=True))
    return (vertical, horizontal) if stage.exponent != (1, 1) else wanted
