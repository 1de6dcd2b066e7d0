"""Learning-rate decisions: pure functions of the progress or of the loss history."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

CHECK_EVERY_STEPS = 60
TEST_EVERY_STEPS = 50
SLOPE_RANGE_STEPS = 256
RATE_DROP = 10.0
MIN_RATE = 9e-6
WARM_UP_STEPS = 20
SLOPE_MARGIN = 1.5


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
