"""Training on one picture, as a generator of events (section 3 of the paper)."""

from __future__ import annotations

import time
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from zssr_studio.engine import schedule
from zssr_studio.engine.augment import crop_size, paper_crop, plain_crop
from zssr_studio.engine.config import RatePolicy
from zssr_studio.engine.events import Preview, Reconstruction, Step
from zssr_studio.engine.metrics import rmse
from zssr_studio.engine.network import Window
from zssr_studio.engine.optimise import Optimiser
from zssr_studio.engine.refine import enlarge_window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zssr_studio.engine.augment import Fathers
    from zssr_studio.engine.config import Preset
    from zssr_studio.engine.degradation import Degradation
    from zssr_studio.engine.events import Event
    from zssr_studio.engine.network import SingleImageNetwork

PREVIEW_INTERVAL_S = 0.5
PREVIEW_COST_SHARE = 0.05
PREVIEW_PX = 384
PROBE_PX = 256


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
        How the LR sons are made.
    noise_std : float
        Noise on the sons, in [0, 1].
    rate : float
        Factor on the learning rates.
    seconds, steps : float, int or None
        Bounds; None is no bound.
    done_before, share : float
        Shares of the whole run: before this stage, and of this stage.
    """

    index: int
    fathers: Fathers
    degradation: Degradation
    noise_std: float
    rate: float
    seconds: float | None
    steps: int | None
    done_before: float
    share: float


class Trainer:
    """A network with its optimiser and its averaged weights, through all stages of a run.

    Parameters
    ----------
    network : SingleImageNetwork
        Trained in place.
    preset : Preset
        The recipe.
    generator : torch.Generator
        All random draws of the run, on the CPU.
    previews : bool
        Whether to yield previews.
    """

    def __init__(
        self, network: SingleImageNetwork, preset: Preset, generator: torch.Generator, *, previews: bool
    ) -> None:
        self.network = network
        self.averaged = deepcopy(network) if preset.averaging else network
        self.preset = preset
        self.generator = generator
        self.optimiser = Optimiser(network, preset)
        self.steps = 0
        self.elapsed_s = 0.0
        self._previews = previews
        self._next_preview_s = 0.0

    def train(self, stage: Stage, stop: Callable[[], bool]) -> Iterator[Event]:
        """Train a stage to its end or until `stop` says so, and yield what happens.

        The time between two events is the caller's: it is not counted as training.
        """
        first_step, first_s = self.steps, self.elapsed_s
        history: list[tuple[int, float]] = []
        rate, last_drop, progress = 1.0, first_step, 0.0
        while progress < 1 and not stop():
            started_s = time.perf_counter()
            if self.preset.rate_policy is RatePolicy.LINEAR:
                rate = schedule.linear_rate(progress) * schedule.warm_up(self.steps)
            loss = self._step(stage, rate * stage.rate)
            self.elapsed_s += time.perf_counter() - started_s
            progress = self._progress(stage, self.steps - first_step, self.elapsed_s - first_s)
            learning_rate = self.preset.learning_rate * rate * stage.rate
            yield self._event(stage, loss, learning_rate, progress, first_step, first_s)
            if self.steps % schedule.TEST_EVERY_STEPS == 0:
                error = self.reconstruction_rmse(stage)
                history.append((self.steps, error))
                yield Reconstruction(self.steps, error)
            yield from self._preview(stage)
            if self.preset.rate_policy is RatePolicy.SLOPE:
                # The rule's steps count from the stage's start; its drops are at least the fitted range apart.
                lowered = schedule.paper_rate(
                    learning_rate, self.steps - first_step, last_drop - first_step,
                    [(s - first_step, e) for s, e in history],
                )  # fmt: skip
                if lowered < learning_rate:
                    rate, last_drop = rate / schedule.RATE_DROP, self.steps
                if lowered < schedule.MIN_RATE:
                    return

    @torch.no_grad()
    def reconstruction_rmse(self, stage: Stage) -> float:
        """Error of the picture (a window in its middle) rebuilt from its own downscaled version."""
        father, son = self._probe(stage)
        window = Window.whole(stage.degradation.scale, _size(son), _size(father))
        return rmse(self.averaged(son, window), father)

    @torch.no_grad()
    def interpolation_rmse(self, stage: Stage) -> float:
        """Error of the same window rebuilt by bicubic interpolation: what training has to beat."""
        father, son = self._probe(stage)
        return rmse(stage.degradation.upscale(son, _size(father)), father)

    def _probe(self, stage: Stage) -> tuple[torch.Tensor, torch.Tensor]:
        picture = stage.fathers.picture
        top, left = (max(0, (n - PROBE_PX) // 2) for n in _size(picture))
        father = picture[..., top : top + PROBE_PX, left : left + PROBE_PX]
        return father, stage.degradation.downscale(father)

    def _step(self, stage: Stage, rate: float) -> float:
        son, father = self._pairs(stage)
        window = Window.whole(stage.degradation.scale, _size(son), _size(father))
        loss = F.l1_loss(self.network(son, window), father)
        self.optimiser.zero_grad()
        torch.autograd.backward(loss)
        self.optimiser.step(rate)
        self.steps += 1
        self._average()
        return float(loss.detach())

    @torch.no_grad()
    def _pairs(self, stage: Stage) -> tuple[torch.Tensor, torch.Tensor]:
        """Draw HR crops and make their LR sons: (batch, C, h, w) and (batch, C, H, W)."""
        crop = paper_crop if self.preset.affine else plain_crop
        size = crop_size(stage.fathers, self._crop_px(stage))
        father = torch.cat([crop(stage.fathers, size, self.generator) for _ in range(self.preset.batch)])
        son = stage.degradation.downscale(father)
        if stage.noise_std:
            son = son + stage.noise_std * torch.randn(son.shape, generator=self.generator).to(son)
        return son, father

    def _crop_px(self, stage: Stage) -> int:
        """Side of an HR crop. A network at LR resolution sees as much of the LR son at each scale as at x2."""
        if self.preset.affine:
            return self.preset.crop_px
        return round(self.preset.crop_px * max(stage.degradation.scale) / 2)

    @torch.no_grad()
    def _average(self) -> None:
        if not self.preset.averaging:
            return
        # The first steps forget the random start sooner.
        keep = min(self.preset.averaging, (1 + self.steps) / (10 + self.steps))
        torch._foreach_lerp_(list(self.averaged.parameters()), list(self.network.parameters()), 1 - keep)

    def _progress(self, stage: Stage, steps: int, seconds: float) -> float:
        shares = [0.0]
        if stage.seconds is not None:
            shares.append(seconds / stage.seconds)
        if stage.steps is not None:
            shares.append(steps / stage.steps)
        return min(1.0, max(shares))

    def _event(self, stage: Stage, loss: float, rate: float, progress: float, first_step: int, first_s: float) -> Step:
        whole = stage.done_before + stage.share * progress
        # What is left is worked out from this stage's own speed: the first steps of a run are slow.
        speed = stage.share * progress / max(self.elapsed_s - first_s, 1e-9)
        eta_s = (1 - whole) / speed if self.steps - first_step > 2 and speed > 0 else None
        return Step(self.steps, stage.index, loss, rate, self.elapsed_s, whole, eta_s)

    def _preview(self, stage: Stage) -> Iterator[Preview]:
        if not self._previews or self.elapsed_s < self._next_preview_s:
            return
        started_s = time.perf_counter()
        preview = preview_of(self.averaged, stage, self.steps)
        cost_s = time.perf_counter() - started_s
        self._next_preview_s = self.elapsed_s + max(PREVIEW_INTERVAL_S, cost_s / PREVIEW_COST_SHARE)
        yield preview


def preview_of(network: SingleImageNetwork, stage: Stage, step: int) -> Preview:
    """Enlarge the middle of the picture, at most `PREVIEW_PX` a side, as the network would now."""
    lr = stage.fathers.picture
    scale = stage.degradation.scale
    whole = tuple(max(1, -int(-n * s // 1)) for n, s in zip(_size(lr), scale, strict=True))
    top, left = (max(0, (n - PREVIEW_PX) // 2) for n in whole)
    stop = (min(whole[0], top + PREVIEW_PX), min(whole[1], left + PREVIEW_PX))
    out = enlarge_window(network, lr, Window(scale, _size(lr), (0, 0), (top, left), stop))
    pixels = out[0].clamp(0, 1).permute(1, 2, 0).cpu().contiguous().numpy()
    return Preview(step, top, left, pixels)


def _size(x: torch.Tensor) -> tuple[int, int]:
    return x.shape[-2], x.shape[-1]
