"""Learning-rate decisions: pure functions of the progress or of the loss history."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

# The rule of `paper`, as its authors released it: every 60 steps a line is fitted to the reconstruction errors of the
# last 256; where its fall is lost in their noise the rate falls tenfold; under 9e-6 training ends.
CHECK_EVERY_STEPS = 60
SLOPE_RANGE_STEPS = 256
SLOPE_MARGIN = 1.5
RATE_DROP = 10.0
MIN_RATE = 9e-6
# Between two reconstructions, also the released code's.
TEST_EVERY_STEPS = 50
# 20 and 60 steps were tried against none (ADR 2).
WARM_UP_STEPS = 20
# Seconds of training that the forecast of the gain is made from; chosen, so that it is there within the first seconds.
FORECAST_FROM_S, FORECAST_AT_S = 0.7, 3.0
# What a doubling brings of the one before; 0.6 ended two of six pictures too soon (docs/lab/engine.md, "Safety").
DOUBLING_DECAY = 0.7
# Chosen, so that the later stages still have their turn.
LEAST_DOUBLINGS = 0.5


def linear_rate(progress: float) -> float:
    """Factor on the learning rate after a share of the training, from 1 to 0."""
    return max(0.0, 1.0 - progress)


def warm_up(steps: int) -> float:
    """Factor on the learning rate after so many steps of the run, from near 0 to 1.

    Muon's steps have one size whatever the gradient's, and a fresh network is thrown far off by full ones.
    """
    return min(1.0, (1 + steps) / WARM_UP_STEPS)


def slope_is_lost(steps: Sequence[int], errors: Sequence[float]) -> bool:
    """Tell whether the fall of the reconstruction error is lost in its noise.

    A line is fitted to the errors; the fall is lost where 1.5 * -slope is under the standard error of the slope
    (released code of the paper).

    Parameters
    ----------
    steps, errors : sequences of equal length
        Training steps, rising, and the errors measured there. Under 4 points nothing is known yet: False.
    """
    if len(steps) < 4:
        return False
    x = np.asarray(steps, dtype=np.float64)
    y = np.asarray(errors, dtype=np.float64)
    x = x - x.mean()
    spread = float((x * x).sum())
    slope = float((x * y).sum()) / spread
    residual = y - y.mean() - slope * x
    standard_error = math.sqrt(float((residual * residual).sum()) / (len(x) - 2) / spread)
    return -SLOPE_MARGIN * slope < standard_error


def paper_rate(rate: float, step: int, last_drop: int, history: Sequence[tuple[int, float]]) -> float:
    """Learning rate after a step of the paper's rule; under `MIN_RATE` training ends.

    Parameters
    ----------
    rate : float
        The rate as it is.
    step, last_drop : int
        The step that was done, and the one at which the rate last fell (0 at the start).
    history : sequence of (step, error)
        Reconstruction errors so far.
    """
    if step % CHECK_EVERY_STEPS or step - last_drop <= SLOPE_RANGE_STEPS:
        return rate
    recent = [(s, e) for s, e in history if s > step - SLOPE_RANGE_STEPS]
    lost = slope_is_lost([s for s, _ in recent], [e for _, e in recent])
    return rate / RATE_DROP if lost else rate


class GainForecast:
    """Estimates, once and early, what more training would bring, and so how much of it is worthwhile.

    The reconstruction's PSNR rises about linearly with the logarithm of the time, and each doubling brings
    `DOUBLING_DECAY` of what the one before brought. The decision comes once, so that the time that is told as left
    stays right.

    Parameters
    ----------
    least_gain_db : float
        What the last doubling of the training has to bring at least; 0 asks for nothing.
    """

    def __init__(self, least_gain_db: float) -> None:
        self.least_gain_db = least_gain_db
        self._history: list[tuple[float, float]] = []
        self._decided = least_gain_db <= 0

    def take(self, elapsed_s: float, error: float) -> float | None:
        """Take a reconstruction error; return the seconds that are worthwhile in all when that is decided, or None."""
        if self._decided or elapsed_s < FORECAST_FROM_S:
            return None
        self._history.append((elapsed_s, error))
        if elapsed_s < FORECAST_AT_S or len(self._history) < 4:
            return None
        self._decided = True
        return elapsed_s * float(2.0 ** max(LEAST_DOUBLINGS, self._worthwhile_doublings()))

    def _worthwhile_doublings(self) -> float:
        times, errors = (np.asarray(column) for column in zip(*self._history, strict=True))
        if not (np.isfinite(errors).all() and (errors > 0).all()):
            return 0.0
        rise_db = float(np.polyfit(np.log2(times), -20 * np.log10(errors), 1)[0])
        if rise_db <= self.least_gain_db:
            return 0.0
        return math.log(self.least_gain_db / rise_db) / math.log(DOUBLING_DECAY)


class SlopeRule:
    """The paper's rule through a stage: keeps the reconstruction errors and where the rate fell last.

    Attributes
    ----------
    history : list of (int, float)
        Steps of the stage, and the errors measured there.
    factor : float
        On the rate that the stage began with.
    """

    def __init__(self) -> None:
        self.history: list[tuple[int, float]] = []
        self.factor = 1.0
        self._last_drop = 0

    def take(self, step: int, error: float) -> None:
        """Take a reconstruction error, measured at a step of the stage."""
        self.history.append((step, error))

    def rate(self, first: float, step: int) -> float:
        """Learning rate after a step of the stage that began with the rate `first`."""
        rate = first * self.factor
        if paper_rate(rate, step, self._last_drop, self.history) < rate:
            self.factor, self._last_drop = self.factor / RATE_DROP, step
        return first * self.factor

    def replay(self, first: float, history: Sequence[tuple[int, float]], steps: int) -> None:
        """Come to where the rule stood after some steps of the stage, with the errors that were measured."""
        waiting = list(history)
        for step in range(1, steps + 1):
            while waiting and waiting[0][0] <= step:
                self.take(*waiting.pop(0))
            if step % CHECK_EVERY_STEPS == 0:
                self.rate(first, step)
