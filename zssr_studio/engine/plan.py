"""What a run trains one after the other: the preset's stages at the wanted scale, with their shares of the bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.engine.degradation import Degradation
from zssr_studio.engine.train import Stage

if TYPE_CHECKING:
    from zssr_studio.engine.augment import Fathers
    from zssr_studio.engine.config import Preset, Scale
    from zssr_studio.engine.config import Stage as StageConfig
    from zssr_studio.engine.kernel import Kernel

# Weights that have learned already go on with the rate of a later phase.
INIT_RATE = 0.35


@dataclass(frozen=True, slots=True)
class Plan:
    """The stages of one run and its bounds.

    Parameters
    ----------
    preset : Preset
    scale : Scale
        The wanted enlargement.
    kernel : Kernel or None
        Known for the wanted scale only.
    noise_std : float
        Noise on the LR sons.
    seconds, steps : float, int or None
        Bounds of the training; with neither, the preset's own.
    """

    preset: Preset
    scale: Scale
    kernel: Kernel | None
    noise_std: float
    seconds: float | None
    steps: int | None

    @property
    def stages(self) -> tuple[StageConfig, ...]:
        """The preset's, but for those that the scale makes empty (an axis of 1) or, with a kernel, at other scales."""
        kept: list[StageConfig] = []
        seen: set[tuple[float, float]] = set()
        for stage in self.preset.stages:
            scale = scale_of(stage, self.scale)
            final = scale == self.scale.factors
            if (final or (self.kernel is None and scale not in seen)) and max(scale) > 1:
                kept.append(stage)
                seen.add(scale)
        return tuple(kept)

    @property
    def degradation(self) -> Degradation:
        """What made the picture, at the wanted scale."""
        return Degradation(self.scale.factors, self.kernel)

    @property
    def total_s(self) -> float | None:
        """Bound of the training time of the whole run."""
        if self.seconds is None and self.steps is None:
            return self.preset.seconds
        return self.seconds

    def stage(self, index: int, fathers: Fathers, *, initialised: bool) -> Stage:
        """Make the stage of an index, from 0; `initialised` weights have learned from another picture before."""
        stages = self.stages
        total = sum(stage.share for stage in stages)
        share = stages[index].share / total
        before = sum(stage.share for stage in stages[:index]) / total
        scale = scale_of(stages[index], self.scale)
        degradation = Degradation(scale, self.kernel if scale == self.scale.factors else None)
        height, width = fathers.picture.shape[-2:]
        return Stage(
            index=index,
            fathers=fathers,
            degradation=degradation,
            noise_std=self.noise_std,
            rate=min(stages[index].rate, INIT_RATE) if initialised else stages[index].rate,
            steps=self._steps(before, share),
            done_before=before,
            share=share,
            output_px=height * width * len(self.degradation.orientations()),
        )

    def _steps(self, before: float, share: float) -> int | None:
        limits = [] if self.preset.max_steps is None else [self.preset.max_steps]
        if self.steps is not None:
            limits.append(round(self.steps * (before + share)) - round(self.steps * before))
        return min(limits, default=None)

    def rounds(self) -> int:
        """Count the rounds of back-projection: none for a noisy picture, whose noise they would bring back."""
        if self.noise_std:
            return 0
        return self.preset.back_projections if self.kernel is None else self.preset.kernel_back_projections


def scale_of(stage: StageConfig, scale: Scale) -> tuple[float, float]:
    """Scale per axis of a stage: the wanted one to the stage's exponents."""
    vertical, horizontal = (
        round(factor**exponent, 6) for factor, exponent in zip(scale.factors, stage.exponent, strict=True)
    )
    return (vertical, horizontal) if stage.exponent != (1, 1) else scale.factors
