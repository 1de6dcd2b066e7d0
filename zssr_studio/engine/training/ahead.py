"""What is ahead of a training: how long the output will take, and how long it is until it is there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zssr_studio.engine.training.stage import Stage

# Of the training time, for making a stage's result: chosen, so that all five later stages take a fifth of it at most.
STAGE_RESULT_SHARE = 0.04
# Back-projection and the copying of the output, over the passes of the network; measured by `benchmarks eta`.
OUTPUT_OVERHEAD = 1.3
# Of a stage, before its speed says how long the rest takes: the first steps of a run are slow.
STEPS_UNTIL_SPEED = 2


class Ahead:
    """Keeps what is expected.

    Attributes
    ----------
    output_s : float
        Estimate of how long the output will take, once training is over; 0 while unknown.
    left_s : float or None
        Seconds until the result, its enlargement included; None while unknown.
    """

    def __init__(self) -> None:
        self.output_s = 0.0
        self.left_s: float | None = None

    def take_pass(self, pass_s: float, lr_px: int, stage: Stage) -> None:
        """Take how long a pass over so many LR pixels took; the fastest counts, since what disturbs comes and goes."""
        expected_s = OUTPUT_OVERHEAD * pass_s / lr_px * stage.output_px
        self.output_s = min(self.output_s or math.inf, expected_s)

    def take_step(
        self, stage: Stage, progress: float, steps: int, spent_s: float, elapsed_s: float, total_s: float | None
    ) -> float | None:
        """Return what is left after a step.

        Parameters
        ----------
        stage : Stage
        progress : float
            Share of the stage that is done.
        steps, spent_s : int, float
            Steps and seconds of this stage.
        elapsed_s, total_s : float, float or None
            Seconds of training of all stages, and their bound.
        """
        self.left_s = None
        if total_s is not None and stage.steps is None:
            self.left_s = max(0.0, total_s - elapsed_s) + self.output_s
        elif steps > STEPS_UNTIL_SPEED and progress > 0:
            speed = stage.share * progress / max(spent_s, 1e-9)
            self.left_s = (1 - stage.done_before - stage.share * progress) / speed + self.output_s
        return self.left_s

    def take_work(self, took_s: float) -> None:
        """Take how long some work between two stages took, which was a part of what was left."""
        if self.left_s is not None:
            self.left_s = max(self.output_s, self.left_s - took_s)

    def affordable_px(self, stage: Stage, total_s: float | None) -> float:
        """Count the LR pixels whose enlargement takes a small share of the training time; inf without a bound."""
        if total_s is None or not self.output_s:
            return math.inf
        orientations = len(stage.degradation.orientations())
        return STAGE_RESULT_SHARE * total_s / self.output_s * stage.output_px / orientations
