"""One stage of a run: what it trains on, and its bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zssr_studio.engine.damage import Damage
    from zssr_studio.engine.degradation.model import Degradation
    from zssr_studio.engine.kernels.uncertainty import PlausibleKernels
    from zssr_studio.engine.training.fathers import Fathers


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """What one stage of a run trains on, and its bounds.

    Parameters
    ----------
    index : int
        From 0.
    fathers : Fathers
        Where HR crops come from.
    degradation : Degradation
        How the picture was made, as far as it is known.
    plausible : PlausibleKernels or None
        Where its kernel is uncertain, those that the LR sons are made with: one for each, drawn anew.
    damage : Damage
        What is done to the sons.
    bits : int or None
        Of the samples that the sons are rounded to, as the picture's were; None leaves them as they are.
    rate : float
        Factor on the learning rates.
    steps : int or None
        Steps of this stage; None is no bound.
    done_before, share : float
        Shares of the whole run: before this stage, and of this stage.
    output_px : float
        Pixels of the LR picture times the passes of the network over each, to tell how long the output will take.
    """

    index: int
    fathers: Fathers
    degradation: Degradation
    plausible: PlausibleKernels | None
    damage: Damage
    bits: int | None
    rate: float
    steps: int | None
    done_before: float
    share: float
    output_px: float

    def time_share(self, first_s: float, elapsed_s: float, total_s: float | None) -> float | None:
        """Share of this stage's time that is gone, 0 to 1; None without a bound.

        Parameters
        ----------
        first_s, elapsed_s : float
            Seconds of training when it began, and now.
        total_s : float or None
            Bound of the training time of all stages together.
        """
        if total_s is None:
            return None
        left_s = total_s * (self.done_before + self.share) - first_s
        return min(1.0, (elapsed_s - first_s) / left_s) if left_s > 0 else 1.0

    def progress(self, steps: int, time_share: float) -> float:
        """Share of this stage that is done, 0 to 1, after so many of its steps and a share of its time."""
        if self.steps is None:
            return time_share
        return min(1.0, max(time_share, steps / self.steps if self.steps else 1.0))


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a stage began: the steps and the seconds of training that were done before it."""

    step: int
    elapsed_s: float
