"""Training on one picture, as a generator of events (section 3 of the paper)."""

from __future__ import annotations

import math
import time
from copy import deepcopy
from typing import TYPE_CHECKING, cast

import torch

from zssr_studio.engine.checkpoint import CHECKPOINT_EVERY_S
from zssr_studio.engine.config import RatePolicy
from zssr_studio.engine.events import Notice, Reconstruction, Step
from zssr_studio.engine.network import Window
from zssr_studio.engine.output.validation import Validation
from zssr_studio.engine.training import schedule
from zssr_studio.engine.training.checkpointing import captured, drawn_on, laid_in
from zssr_studio.engine.training.optimiser import Optimiser
from zssr_studio.engine.training.pairs import Pairs
from zssr_studio.engine.training.watchdog import WATCH_EVERY_STEPS, SoundWeights, Watchdog

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from zssr_studio.engine.checkpoint import Checkpoint
    from zssr_studio.engine.config import Preset
    from zssr_studio.engine.events import Event
    from zssr_studio.engine.network import SingleImageNetwork
    from zssr_studio.engine.training.stage import Stage

RESTARTS = 3
RESTART_RATE = 0.3
# Of the training time, for making a stage's result.
STAGE_RESULT_SHARE = 0.04
# Back-projection and the copying of the output, over the passes of the network; measured by `benchmarks eta`.
OUTPUT_OVERHEAD = 1.3
# An accelerator is asked for its losses only so often, since asking makes the processor wait for it.
ACCELERATOR_STEPS_PER_EVENT = 20


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
    total_s : float or None
        Bound of the training time of all stages together; None is no bound.
    least_gain_db : float
        What a doubling of the training has to promise; where it promises less, training ends sooner. 0 never does.
    checkpoint : Checkpoint or None
        Where to go on: stages before its own are passed over.

    Attributes
    ----------
    averaged : SingleImageNetwork
        The moving average of the weights, which makes the output.
    steps : int
        Done so far, over all stages.
    elapsed_s : float
        Seconds of training so far.
    output_s : float
        Estimate of how long the output will take, once training is over; 0 while unknown.
    since_restart, restarts : int
        Steps since the network was started last, and how often it died.
    """

    def __init__(
        self,
        network: SingleImageNetwork,
        preset: Preset,
        generator: torch.Generator,
        *,
        total_s: float | None = None,
        least_gain_db: float = 0.0,
        checkpoint: Checkpoint | None = None,
    ) -> None:
        self.network = network
        self.preset = preset
        self.generator = generator
        self.total_s = total_s
        self.steps = 0
        # How much training is worthwhile was decided before the first checkpoint.
        self._gain_forecast = schedule.GainForecast(least_gain_db if checkpoint is None else 0.0)
        self.elapsed_s = self.output_s = 0.0
        on_cpu = next(network.parameters()).device.type == "cpu"
        self._steps_per_event = 1 if on_cpu else ACCELERATOR_STEPS_PER_EVENT
        self._watch_every = WATCH_EVERY_STEPS * self._steps_per_event
        self._initial = deepcopy(network.state_dict())
        self._sound_weights = SoundWeights()
        self.restarts = 0
        self._next_checkpoint_s = CHECKPOINT_EVERY_S
        self._begin()
        self._checkpoint = checkpoint
        if checkpoint is not None:
            laid_in(self, checkpoint)
            self.output_s, self.total_s = checkpoint.output_s, checkpoint.total_s

    def _begin(self) -> None:
        self.averaged = deepcopy(self.network) if self.preset.averaging else self.network
        self._weights: list[torch.Tensor] = list(self.network.parameters())
        self._averages: list[torch.Tensor] = list(self.averaged.parameters())
        self.optimiser = Optimiser(self.network, self.preset)
        self.watchdog = Watchdog()
        self.since_restart = 0

    def train(self, stage: Stage, stop: Callable[[], bool]) -> Iterator[Event]:
        """Train a stage to its end or until `stop` says so, and yield what happens."""
        if self.is_past(stage):
            return
        slope = schedule.SlopeRule()
        first_step, first_s = self._entered(stage, slope)
        validation = Validation(stage.fathers.picture, stage.degradation, stage.damage, stage.bits)
        pairs = Pairs(stage, self.preset, self.generator)
        rate, progress = slope.factor, self._progress(stage, first_step, first_s)
        while progress < 1 and not stop():
            if self.preset.rate_policy is RatePolicy.LINEAR:
                rate = schedule.linear_rate(progress)
            loss = self._block(stage, pairs, rate, first_step)
            progress = self._progress(stage, first_step, first_s)
            learning_rate = self.preset.learning_rate * rate * stage.rate * self._restart_rate()
            yield self._event(stage, loss, learning_rate, progress, first_step, first_s)
            yield from self._revive(loss)
            if self.steps % schedule.TEST_EVERY_STEPS < self._steps_per_event:
                reconstruction = self._reconstruct(validation, stage)
                yield reconstruction
                slope.take(self.steps - first_step, reconstruction.rmse)
                yield from self._forecast_gain(stage, reconstruction.rmse)
            if self.preset.rate_policy is RatePolicy.SLOPE:
                rate = slope.rate(self.preset.learning_rate, self.steps - first_step) / self.preset.learning_rate
                if rate * self.preset.learning_rate < schedule.MIN_RATE:
                    return
            if self.elapsed_s >= self._next_checkpoint_s:
                self._next_checkpoint_s = self.elapsed_s + CHECKPOINT_EVERY_S
                yield captured(self, stage, first_step, first_s, slope.history)

    def is_past(self, stage: Stage) -> bool:
        """Whether a stage was over when the checkpoint was made."""
        return self._checkpoint is not None and stage.index < self._checkpoint.stage

    def first_step(self, stage: Stage) -> int:
        """Count the steps that were done when a stage began; one that a checkpoint was made in began before."""
        checkpoint = self._checkpoint
        return self.steps if checkpoint is None or checkpoint.stage != stage.index else checkpoint.stage_step

    def _entered(self, stage: Stage, slope: schedule.SlopeRule) -> tuple[int, float]:
        """Return the step and the second at which the stage begins, or began before its checkpoint was made."""
        checkpoint, self._checkpoint = self._checkpoint, None
        if checkpoint is None or checkpoint.stage != stage.index:
            return self.steps, self.elapsed_s
        self.steps, self.elapsed_s = checkpoint.step, checkpoint.elapsed_s
        self.since_restart, self.restarts = checkpoint.since_restart, checkpoint.restarts
        self._next_checkpoint_s = self.elapsed_s + CHECKPOINT_EVERY_S
        drawn_on(self.generator, checkpoint)
        slope.replay(self.preset.learning_rate, checkpoint.errors, self.steps - checkpoint.stage_step)
        return checkpoint.stage_step, checkpoint.stage_s

    def timed(self, run: Generator[float, None, torch.Tensor]) -> Generator[float, None, torch.Tensor]:
        """Advance some work between two stages and count its time as training; the caller's time is not counted."""
        while True:
            started_s = time.perf_counter()
            try:
                share = next(run)
            except StopIteration as end:
                return cast("torch.Tensor", end.value)
            finally:
                self.elapsed_s += time.perf_counter() - started_s
            yield share

    def affords(self, cost_s: float) -> bool:
        """Tell whether something that takes so long leaves as much time again to train with what it gives."""
        return self.total_s is None or self.elapsed_s + 2 * cost_s <= self.total_s

    def affordable_px(self, stage: Stage) -> float:
        """Count the LR pixels whose enlargement takes a small share of the training time; inf without a bound."""
        if self.total_s is None or not self.output_s:
            return math.inf
        orientations = len(stage.degradation.orientations())
        return STAGE_RESULT_SHARE * self.total_s / self.output_s * stage.output_px / orientations

    def _reconstruct(self, validation: Validation, stage: Stage) -> Reconstruction:
        """Measure the reconstruction, whose time counts as training and tells how long the output will take."""
        started_s = time.perf_counter()
        error = validation.rmse(self.averaged)
        cost_s = time.perf_counter() - started_s
        self.elapsed_s += cost_s
        self._sound_weights.take(error, self.averaged)
        self.output_s = min(self.output_s or math.inf, OUTPUT_OVERHEAD * cost_s / validation.lr_px * stage.output_px)
        return Reconstruction(self.steps, error)

    def _block(self, stage: Stage, pairs: Pairs, rate: float, first_step: int) -> float:
        """Do the steps between two events, and return their mean loss."""
        started_s = time.perf_counter()
        left = math.inf if stage.steps is None else stage.steps - (self.steps - first_step)
        losses = []
        for _ in range(int(min(self._steps_per_event, left))):
            warm = 1.0 if self.preset.muon_rate is None else schedule.warm_up(self.since_restart)
            losses.append(self._step(stage, pairs, warm * rate * stage.rate * self._restart_rate()))
        loss = float(torch.stack(losses).mean())
        self.elapsed_s += time.perf_counter() - started_s
        return loss

    def _step(self, stage: Stage, pairs: Pairs, rate: float) -> torch.Tensor:
        father, son = pairs.draw()
        window = Window.whole(stage.degradation.scale, _size(son), _size(father))
        loss: torch.Tensor = (self.network(son, window) - father).abs().mean()
        self.optimiser.zero_grad()
        torch.autograd.backward(loss)
        self.optimiser.step(rate)
        self.steps += 1
        self.since_restart += 1
        self._average()
        if self.steps % self._watch_every == 0:
            with torch.no_grad():
                self.watchdog.take(float(loss), float((window.enlarge(son) - father).abs().mean()))
        return loss.detach()

    @torch.no_grad()
    def _average(self) -> None:
        if not self.preset.averaging:
            return
        # The first steps forget the random start sooner.
        keep = min(self.preset.averaging, (1 + self.since_restart) / (10 + self.since_restart))
        torch._foreach_lerp_(self._averages, self._weights, 1 - keep)

    def _revive(self, loss: float) -> Iterator[Event]:
        """Start a dead network again with a smaller rate."""
        if math.isfinite(loss) and self.since_restart % schedule.TEST_EVERY_STEPS:
            return
        death = self.watchdog.death(loss, [weight.grad for weight in self.network.body_weights()])
        if death is None or self.restarts == RESTARTS:
            return  # of one that dies again the end of the run finds that interpolation is better, and says so
        self.restarts += 1
        self.network.load_state_dict(self._sound_weights.weights or self._initial)
        # If that dies too, they were not so sound.
        self._sound_weights = SoundWeights()
        self._begin()
        yield Notice(f"The network died: {death.value}. It starts again with a smaller learning rate.")

    def _forecast_gain(self, stage: Stage, error: float) -> Iterator[Event]:
        """Decide once, early, how much training is worthwhile."""
        # The noise of a damaged picture is in its reconstruction too, and hides what training still brings.
        if self.total_s is None or stage.steps is not None or stage.damage:
            return
        enough_s = self._gain_forecast.take(self.elapsed_s, error)
        if enough_s is not None and enough_s < self.total_s:
            self.total_s = enough_s
            yield Notice(
                f"Training ends after {enough_s:.0f} s: twice as much promises less than "
                f"{self._gain_forecast.least_gain_db:g} dB here."
            )

    def _restart_rate(self) -> float:
        return RESTART_RATE**self.restarts

    def _progress(self, stage: Stage, first_step: int, first_s: float) -> float:
        return stage.progress(self.steps - first_step, first_s, self.elapsed_s, self.total_s)

    def _event(self, stage: Stage, loss: float, rate: float, progress: float, first_step: int, first_s: float) -> Step:
        whole = stage.done_before + stage.share * progress
        eta_s = None
        if self.total_s is not None and stage.steps is None:
            eta_s = max(0.0, self.total_s - self.elapsed_s) + self.output_s
        elif self.steps - first_step > 2:
            # What is left is worked out from this stage's own speed: the first steps of a run are slow.
            speed = stage.share * progress / max(self.elapsed_s - first_s, 1e-9)
            eta_s = (1 - whole) / speed + self.output_s if speed > 0 else None
        return Step(self.steps, stage.index, loss, rate, self.elapsed_s, whole, eta_s)


def _size(x: torch.Tensor) -> tuple[int, int]:
    return x.shape[-2], x.shape[-1]
