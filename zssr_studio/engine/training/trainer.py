"""Training on one picture, as a generator of events (section 3 of the paper)."""

from __future__ import annotations

import math
import time
from copy import deepcopy
from typing import TYPE_CHECKING, cast

import torch

from zssr_studio.engine.checkpoint import CHECKPOINT_EVERY_S, Checkpoint
from zssr_studio.engine.config import RatePolicy
from zssr_studio.engine.events import Notice, NoticeKind, Reconstruction, Step
from zssr_studio.engine.network import Window
from zssr_studio.engine.output.validation import Validation
from zssr_studio.engine.training import checkpointing, schedule
from zssr_studio.engine.training.ahead import Ahead
from zssr_studio.engine.training.optimiser import Optimiser
from zssr_studio.engine.training.pairs import Pairs
from zssr_studio.engine.training.stage import Entry
from zssr_studio.engine.training.steps.stepper import Stepper
from zssr_studio.engine.training.watchdog import WATCH_EVERY_STEPS, SoundWeights, Watchdog

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from zssr_studio.engine.config import Preset
    from zssr_studio.engine.events import Event
    from zssr_studio.engine.network import SingleImageNetwork
    from zssr_studio.engine.timeline import Pace
    from zssr_studio.engine.training.stage import Stage

# Chosen: with rates that kill at once (30 and 10,000 times the preset's) three restarts end in a sound network, or in
# one that is refused (tests/unit/engine/training/test_watchdog.py).
RESTARTS = 3
RESTART_RATE = 0.3
# Before the first step, since the first pass of a network is slow. Chosen.
EXPECTING_PASSES = 2
# An accelerator is asked for its losses only so often, since asking makes the processor wait for it (ADR 3).
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
    pace : Pace
        How far a stage is by the clock.
    total_s : float or None
        Bound of the training time of all stages together; None is no bound.
    least_gain_db : float
        What a doubling of the training has to promise; where it promises less, training ends sooner. 0 never does.

    Attributes
    ----------
    averaged : SingleImageNetwork
        The moving average of the weights, which makes the output.
    steps, elapsed_s : int, float
        Done so far, over all stages, and their seconds.
    ends : list of SingleImageNetwork
        Copies of `averaged`, of the ends of the stages before this one.
    ahead : Ahead
        How long the output will take, and how long it is until then.
    since_restart, restarts : int
        Steps since the network was started last, and how often it died.
    """

    def __init__(
        self,
        network: SingleImageNetwork,
        preset: Preset,
        generator: torch.Generator,
        pace: Pace,
        *,
        total_s: float | None = None,
        least_gain_db: float = 0.0,
    ) -> None:
        self.network = network
        self.preset = preset
        self.generator, self.pace = generator, pace
        self.total_s = total_s
        self.steps = 0
        self._gain_forecast = schedule.GainForecast(least_gain_db)
        self.elapsed_s, self.ahead = 0.0, Ahead()
        on_cpu = next(network.parameters()).device.type == "cpu"
        self._steps_per_event = 1 if on_cpu else ACCELERATOR_STEPS_PER_EVENT
        self._watch_every = WATCH_EVERY_STEPS * self._steps_per_event
        self._initial = deepcopy(network.state_dict())
        self._sound_weights = SoundWeights()
        self.restarts, self._told_failure, self.ends = 0, False, list["SingleImageNetwork"]()
        self._next_checkpoint_s = CHECKPOINT_EVERY_S
        self._begin()

    def _begin(self) -> None:
        self.averaged = deepcopy(self.network) if self.preset.averaging else self.network
        self.optimiser = Optimiser(self.network, self.preset)
        self._stepper = Stepper(self.network, self.averaged, self.optimiser)
        self.watchdog = Watchdog()
        self.since_restart = 0

    def train(self, stage: Stage, stop: Callable[[], bool], checkpoint: Checkpoint | None = None) -> Iterator[Event]:
        """Train a stage to its end or until `stop` says so, and yield what happens.

        `checkpoint` is one that was made in this stage: training goes on from there.
        """
        slope, entry = schedule.SlopeRule(), Entry(self.steps, self.elapsed_s)
        if checkpoint is not None:
            self.restore(checkpoint)
            entry = Entry(checkpoint.stage_step, checkpoint.stage_s)
            slope.replay(self.preset.learning_rate, checkpoint.errors, self.steps - entry.step)
        validation = Validation(stage.fathers.picture, stage.degradation, stage.damage, stage.bits)
        if not self.ahead.output_s:
            self._expect_output(validation, stage)
        pairs = Pairs(stage, self.preset, self.generator)
        self._stepper.forget()
        scheduled, progress = slope.factor, self._progress(stage, entry)
        while progress < 1 and not stop():
            if self.preset.rate_policy is RatePolicy.LINEAR:
                scheduled = schedule.linear_rate(progress)
            loss, learning_rate = self._steps_of_an_event(stage, pairs, scheduled, entry)
            progress = self._progress(stage, entry)
            yield self._event(stage, loss, learning_rate, progress, entry)
            yield from self._tell_failure()
            yield from self._revive(loss)
            if self.steps % schedule.TEST_EVERY_STEPS < self._steps_per_event:
                reconstruction = self._reconstruct(validation, stage)
                yield reconstruction
                slope.take(self.steps - entry.step, reconstruction.rmse)
                yield from self._forecast_gain(stage, reconstruction.rmse)
            if self.preset.rate_policy is RatePolicy.SLOPE:
                scheduled = slope.rate(self.preset.learning_rate, self.steps - entry.step) / self.preset.learning_rate
                if scheduled * self.preset.learning_rate < schedule.MIN_RATE:
                    return
            if self.elapsed_s >= self._next_checkpoint_s:
                self._next_checkpoint_s = self.elapsed_s + CHECKPOINT_EVERY_S
                yield self._checkpoint(stage.index, entry, slope)

    def restore(self, checkpoint: Checkpoint) -> None:
        """Stand where another trainer of this run stood when it made a checkpoint.

        Raises
        ------
        BadInputError
            If it is of another network, or damaged.
        """
        self.optimiser.start_moments(checkpoint.since_restart)
        tensors = (self.network, self.averaged, self.optimiser, self.generator)
        self.ends = checkpointing.restore(checkpoint.arrays, *tensors)
        self.steps, self.elapsed_s = checkpoint.step, checkpoint.elapsed_s
        self.total_s, self.ahead.output_s = checkpoint.total_s, checkpoint.output_s
        self.since_restart, self.restarts = checkpoint.since_restart, checkpoint.restarts
        self._next_checkpoint_s = self.elapsed_s + CHECKPOINT_EVERY_S
        # How much training is worthwhile was decided before the first checkpoint.
        self._gain_forecast = schedule.GainForecast(0.0)

    def checkpoint_at_end(self, stages: int) -> Checkpoint:
        """Copy all that is known once training is over: nothing is left of its last stage, or of so many."""
        return self._checkpoint(stages, Entry(self.steps, self.elapsed_s), schedule.SlopeRule())

    def _checkpoint(self, stage: int, entry: Entry, slope: schedule.SlopeRule) -> Checkpoint:
        """Copy all that is known in the middle of a stage."""
        return Checkpoint(
            arrays=checkpointing.captured(self.network, self.averaged, self.optimiser, self.generator, self.ends),
            stage=stage,
            stage_step=entry.step,
            stage_s=entry.elapsed_s,
            step=self.steps,
            elapsed_s=self.elapsed_s,
            total_s=self.total_s,
            output_s=self.ahead.output_s,
            since_restart=self.since_restart,
            restarts=self.restarts,
            errors=tuple(slope.history),
            timeline=self.pace.timeline,
        )

    def timed(self, run: Generator[float, None, torch.Tensor]) -> Generator[float, None, torch.Tensor]:
        """Advance some work between two stages and count its time as training; the caller's time is not counted."""
        while True:
            started_s = time.perf_counter()
            try:
                share = next(run)
            except StopIteration as end:
                return cast("torch.Tensor", end.value)
            finally:
                took_s = time.perf_counter() - started_s
                self.elapsed_s += took_s
                self.ahead.take_work(took_s)
            yield share

    def affords(self, cost_s: float) -> bool:
        """Tell whether something that takes so long leaves as much time again to train with what it gives."""
        return self.total_s is None or self.elapsed_s + 2 * cost_s <= self.total_s

    def _expect_output(self, validation: Validation, stage: Stage) -> None:
        """Tell how long the output will take before the first test of the training does; no time of it is used."""
        for _ in range(EXPECTING_PASSES):
            started_s = time.perf_counter()
            validation.rmse(self.averaged)
            self.ahead.take_pass(time.perf_counter() - started_s, validation.lr_px, stage)

    def _reconstruct(self, validation: Validation, stage: Stage) -> Reconstruction:
        """Measure the reconstruction, whose time counts as training and tells how long the output will take."""
        started_s = time.perf_counter()
        error = validation.rmse(self.averaged)
        cost_s = time.perf_counter() - started_s
        self.elapsed_s += cost_s
        self.ahead.take_pass(cost_s, validation.lr_px, stage)
        self._sound_weights.take(error, self.averaged)
        return Reconstruction(self.steps, error)

    def _steps_of_an_event(self, stage: Stage, pairs: Pairs, scheduled: float, entry: Entry) -> tuple[float, float]:
        """Do the steps between two events; return their mean loss, and Adam's learning rate in the last of them."""
        started_s = time.perf_counter()
        left = math.inf if stage.steps is None else stage.steps - (self.steps - entry.step)
        losses, factor, before = [], 0.0, self.steps
        with self._stepper.in_halves():
            drawn = pairs.draw(int(min(self._steps_per_event, left)))
            for father, son in drawn:
                factor = self._rate_factor(stage, scheduled)
                losses.append(self._step(stage, father, son, factor))
            if before // self._watch_every < self.steps // self._watch_every:
                self._watch(stage, *drawn[-1], losses[-1])
        loss = float(torch.stack(losses).mean())
        self.elapsed_s += time.perf_counter() - started_s
        return loss, self.optimiser.adam_rate * factor

    def _rate_factor(self, stage: Stage, scheduled: float) -> float:
        """Return the factor on all learning rates of the next step: warm-up, schedule, stage and restarts together."""
        # Adam's own steps are small at first; Muon's are not (`schedule.warm_up`).
        warm = 1.0 if self.preset.muon_rate is None else schedule.warm_up(self.since_restart)
        return warm * scheduled * stage.rate * RESTART_RATE**self.restarts

    def _step(self, stage: Stage, father: torch.Tensor, son: torch.Tensor, factor: float) -> torch.Tensor:
        window = Window.whole(stage.degradation.scale, _size(son), _size(father))
        self.steps += 1
        self.since_restart += 1
        # The first steps forget the random start sooner.
        keep = min(self.preset.averaging, (1 + self.since_restart) / (10 + self.since_restart))
        return self._stepper.step(father, son, window, factor, 1 - keep)

    @torch.no_grad()
    def _watch(self, stage: Stage, father: torch.Tensor, son: torch.Tensor, loss: torch.Tensor) -> None:
        """Compare the loss of a step with that of interpolation."""
        window = Window.whole(stage.degradation.scale, _size(son), _size(father))
        self.watchdog.take(float(loss), float((window.enlarge(son) - father).abs().mean()))

    def _tell_failure(self) -> Iterator[Event]:
        """Say once that steps could not be recorded."""
        if self._stepper.failure is not None and not self._told_failure:
            self._told_failure = True
            reason = str(self._stepper.failure).partition("\n")[0]
            yield Notice(NoticeKind.STEPS_NOT_RECORDED, {"reason": reason})

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
        yield Notice(NoticeKind.RESTARTED, {"death": death})

    def _forecast_gain(self, stage: Stage, error: float) -> Iterator[Event]:
        """Decide once, early, how much training is worthwhile."""
        # The noise of a damaged picture is in its reconstruction too, and hides what training still brings.
        if self.total_s is None or stage.steps is not None or stage.damage:
            return
        enough_s = self._gain_forecast.take(self.elapsed_s, error)
        if enough_s is not None and enough_s < self.total_s:
            self.total_s = enough_s
            values = {"seconds": enough_s, "least_gain_db": self._gain_forecast.least_gain_db}
            yield Notice(NoticeKind.ENDS_EARLY, values)

    def _progress(self, stage: Stage, entry: Entry) -> float:
        steps, by_clock = self.steps - entry.step, stage.time_share(entry.elapsed_s, self.elapsed_s, self.total_s)
        return stage.progress(steps, self.pace.share(stage.index, stage.share, steps, by_clock))

    def _event(self, stage: Stage, loss: float, learning_rate: float, progress: float, entry: Entry) -> Step:
        whole = stage.done_before + stage.share * progress
        steps, spent_s = self.steps - entry.step, self.elapsed_s - entry.elapsed_s
        left_s = self.ahead.take_step(stage, progress, steps, spent_s, self.elapsed_s, self.total_s)
        return Step(self.steps, stage.index, loss, learning_rate, self.elapsed_s, whole, left_s)


def _size(x: torch.Tensor) -> tuple[int, int]:
    return x.shape[-2], x.shape[-1]
