"""Watches whether a network that trains is alive."""

from __future__ import annotations

import math
from collections import deque
from copy import deepcopy
from typing import TYPE_CHECKING

from zssr_studio.engine.events import Death

if TYPE_CHECKING:
    from collections.abc import Sequence

    import torch
    from torch import nn

# All of these are chosen; that wild rates are found and ordinary runs left alone is tested
# (tests/unit/engine/training/test_watchdog.py) and looked at on 200 pictures made to break it (`benchmarks hostile`).
WATCH_EVERY_STEPS = 5
# Losses that the mean ratio to interpolation's is taken over.
WINDOW = 10
# Below the first a network has learned something; back above the second it has lost it; above the third it is far off.
LEARNED_RATIO = 0.97
LOST_RATIO = 0.995
DIVERGED_RATIO = 1.5
# By how much the error of the averaged weights may rise while the network is well.
SOUND_RATIO = 1.05
# A fresh network may be far off for its first steps.
DIVERGED_AFTER = 2 * WINDOW


class Watchdog:
    """Follows the loss against that of interpolation on the same crops.

    A picture of which nothing can be learned (noise, a flat area) keeps a ratio of 1 and is no death: a death is a
    loss that is no number, a ratio that was below `LEARNED_RATIO` and is back at 1, one that stays far above 1, or
    inner weights without gradient.
    """

    def __init__(self) -> None:
        self._ratios: deque[float] = deque(maxlen=WINDOW)
        self._best = 1.0
        self._taken = 0

    def take(self, loss: float, interpolation_loss: float) -> None:
        """Take the losses of one step: the network's, and interpolation's on the same crops."""
        if interpolation_loss > 0:
            self._ratios.append(loss / max(interpolation_loss, 1e-12))
            self._taken += 1
        if len(self._ratios) == WINDOW and math.isfinite(self.ratio):
            self._best = min(self._best, self.ratio)

    @property
    def ratio(self) -> float:
        """Mean loss against interpolation's, over the last crops that were watched; 1 while nothing is known."""
        return sum(self._ratios) / len(self._ratios) if self._ratios else 1.0

    def death(self, loss: float, gradients: Sequence[torch.Tensor | None]) -> Death | None:
        """Tell whether the network is dead after a step of that loss; `gradients` are those of its inner weights."""
        if not math.isfinite(loss):
            return Death.NOT_FINITE
        if len(self._ratios) < WINDOW or self.ratio < LOST_RATIO:
            return None
        if self._taken >= DIVERGED_AFTER and self.ratio > DIVERGED_RATIO:
            return Death.DIVERGED
        if self._best < LEARNED_RATIO:
            return Death.LOST
        silent = all(gradient is None or not bool(gradient.any()) for gradient in gradients)
        return Death.SILENT if silent else None


class SoundWeights:
    """Keeps the last averaged weights that were as good as the best before them, to go on from after a death.

    Attributes
    ----------
    weights : mapping of str to Tensor
        Empty while nothing is kept.
    """

    def __init__(self) -> None:
        self.weights: dict[str, torch.Tensor] = {}
        self._least = math.inf

    def take(self, error: float, network: nn.Module) -> None:
        """Take the reconstruction error of a network."""
        if error <= SOUND_RATIO * self._least:
            self.weights = deepcopy(network.state_dict())
        self._least = min(self._least, error)
