"""What a run will take, told before it: time, memory and disk, from a benchmark of about a second on this machine."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.config import PRESETS, Body, Ensemble, Scale, enlarged_px
from zssr_studio.engine.damage import NO_DAMAGE
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.events import Step
from zssr_studio.engine.maps import earlier_states
from zssr_studio.engine.network import build
from zssr_studio.engine.output.acceptance import wanted_rounds
from zssr_studio.engine.output.bands import BYTES_PER_SAMPLE, LIVE_TENSORS, bands, block_px, halo_px
from zssr_studio.engine.output.enlarger import Enlarger
from zssr_studio.engine.runtime.device import CPU, choose_device, half_precision
from zssr_studio.engine.runtime.memory import budget_for_output
from zssr_studio.engine.runtime.threads import fewer_threads_if_busy
from zssr_studio.engine.training.plan import Plan
from zssr_studio.engine.training.run import STAGE_PART_PX, Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.job import Job

# Side of the picture that the benchmark trains on and enlarges, in pixels; about a second in all. Chosen.
SIDE_PX = 192
STEPS_S, TURNS, TURNS_S = 0.4, 3, 0.3
# For so long the load of other programs is looked at first, as a run does all the time. Chosen.
LOOK_S = 0.2
# Rounds of back-projection that it makes; others are told in proportion.
ROUNDS = 8
# What training and the passes of a tile take, whatever the picture: measured for `fast`, in round figures.
WORKING_BYTES = 250_000_000
# A display copy has 8 bits in four channels, and smaller versions a third more; one of the result, one of bicubic.
DISPLAY_BYTES_PER_PX = 2 * 4 * 4 / 3


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast this machine is with a preset.

    Parameters
    ----------
    step_s : float
        Seconds of a training step.
    pass_s : float
        Seconds of one pass of the network, x2, for each pixel that it enlarges.
    rest_s : float
        Seconds of `ROUNDS` rounds of back-projection and of the copying, for each pixel of the output.
    """

    step_s: float
    pass_s: float
    rest_s: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a run will take.

    Parameters
    ----------
    training_s, output_s : float
        Seconds of training and of enlarging.
    at_most : bool
        Whether training may well end sooner, by its recipe's own rule.
    held_bytes : int
        Memory that the run and what is kept of it take beside what the program holds before.
    least_bytes : int
        The same with the output in the smallest blocks.
    kept_bytes : int
        Disk that the work takes which is saved by itself.
    """

    training_s: float
    output_s: float
    at_most: bool
    held_bytes: int
    least_bytes: int
    kept_bytes: int

    @property
    def seconds(self) -> float:
        """All of the time."""
        return self.training_s + self.output_s


def measure(preset: str, device_name: str, cancelled: Callable[[], bool]) -> Speed | None:
    """Measure this machine for about a second; None where that was cancelled.

    Raises
    ------
    BadInputError, FailureError
        If there is no such device.
    """
    with fewer_threads_if_busy(LOOK_S):
        return _measured(preset, choose_device(device_name), cancelled)


def _measured(preset: str, device: torch.device, cancelled: Callable[[], bool]) -> Speed | None:
    recipe, scale = PRESETS[preset], Scale(2, 2)
    generator = torch.Generator().manual_seed(0)
    lr = torch.rand((1, 3, SIDE_PX, SIDE_PX), generator=generator).to(device)
    step_s = _step_s(Plan(recipe, scale, (SIDE_PX, SIDE_PX), None, NO_DAMAGE, 8, None, None, 0), lr, cancelled)
    degradation = Degradation(scale.factors)
    network = build(recipe, 3, scale.factors, generator, half_precision(device)).to(device)
    one = degradation.orientations()[:1]
    passing = Enlarger(network, scale.factors, degradation, 0, Ensemble.MEAN, one)
    resting = Enlarger(None, scale.factors, degradation, ROUNDS, Ensemble.MEAN, one)
    pass_s, rest_s = (_output_s(enlarger, lr, cancelled) for enlarger in (passing, resting))
    if cancelled():
        return None
    return Speed(step_s, pass_s / SIDE_PX**2, rest_s / math.prod(degradation.hr_size(lr)))


def _step_s(plan: Plan, lr: torch.Tensor, cancelled: Callable[[], bool]) -> float:
    """Train for a moment; the first steps, which are slow, are not counted."""
    marks: list[tuple[int, float]] = []
    run = Run(plan, lr, 0, None, 0.0, cancelled, previews=False).train()
    for event in run:
        if isinstance(event, Step):
            marks.append((event.step, event.elapsed_s))
        if cancelled() or (len(marks) > 2 and marks[-1][1] - marks[1][1] > STEPS_S):
            break
    run.close()
    if len(marks) < 3:
        return 0.0
    (first, first_s), (last, last_s) = marks[1], marks[-1]
    return (last_s - first_s) / (last - first)


def _output_s(enlarger: Enlarger, lr: torch.Tensor, cancelled: Callable[[], bool]) -> float:
    """Enlarge some times; the fastest counts, since what disturbs comes and goes."""
    best_s = spent_s = math.inf
    for turn in range(TURNS):
        if turn and spent_s > TURNS_S:
            break
        started_s = time.perf_counter()
        for _ in bands(enlarger, lr, lr, SIDE_PX):
            if cancelled():
                return best_s
        took_s = time.perf_counter() - started_s
        best_s, spent_s = min(best_s, took_s), took_s + (spent_s if turn else 0)
    return best_s


def forecast(job: Job, speed: Speed) -> Forecast:
    """Tell what a job will take on a machine of a speed, which was measured with the job's preset and device."""
    preset, size = PRESETS[job.preset], (job.source.height, job.source.width)
    plan = Plan(preset, job.scale, size, job.kernel, job.damage, None, job.seconds, job.steps, job.seed)
    degradation = plan.degradation
    rounds = wanted_rounds(preset, degradation, job.damage)
    enlarger = Enlarger(None, job.scale.factors, degradation, rounds, preset.ensemble, degradation.orientations())
    channels, budget = job.picture.channels, budget_for_output(job.memory_bytes, torch.device(CPU))
    side, least_side = (block_px(enlarger, channels, size, bytes_) for bytes_ in (budget, 0.0))
    result_bytes = BYTES_PER_SAMPLE * (channels + (job.picture.alpha is not None)) * math.prod(job.out_size)
    display_bytes = DISPLAY_BYTES_PER_PX * math.prod(job.out_size)
    working = [_working_bytes(plan, enlarger, channels, one) for one in (side, least_side)]
    held, least = (2 * result_bytes + max(bytes_, display_bytes) for bytes_ in working)
    return Forecast(
        training_s=_training_s(plan, speed, enlarger),
        output_s=_last_s(plan, speed, enlarger, side),
        at_most=plan.total_s is None and job.steps is None,
        held_bytes=int(held),
        least_bytes=int(least),
        kept_bytes=2 * result_bytes,
    )


def _training_s(plan: Plan, speed: Speed, enlarger: Enlarger) -> float:
    """Tell the time of training, what is enlarged on the way included."""
    lr_px, count = math.prod(plan.lr_size), len(plan.stages)
    between_s = sum(_made_s(plan, speed, enlarger, lr_px * math.prod(plan.so_far(r))) for r in range(plan.rungs - 1))
    bounds = []
    if plan.total_s is not None:
        bounds.append(max(plan.total_s, plan.total_s * (plan.rungs - 1) / plan.rungs + between_s))
    most = [n for n in (plan.steps, None if plan.preset.max_steps is None else plan.preset.max_steps * count) if n]
    if most:
        part_px = min(lr_px, STAGE_PART_PX**2) * math.prod(plan.rung_scale)
        results_s = plan.rungs * (count - 1) * _made_s(plan, speed, enlarger, part_px)
        bounds.append(min(most) * speed.step_s + results_s + between_s)
    return min(bounds)


def _last_s(plan: Plan, speed: Speed, enlarger: Enlarger, side_px: int) -> float:
    """Tell the time of the last enlargement, with what is made twice around its blocks."""
    halo = halo_px(enlarger)
    overlap = math.prod(_overlap(n, s, side_px, halo) for n, s in zip(plan.lr_size, plan.scale.factors, strict=True))
    compared = earlier_states(len(enlarger.orientations), len(plan.stages) - 1, math.prod(plan.lr_size))
    return overlap * _made_s(plan, speed, enlarger, math.prod(plan.scale.out_size(*plan.lr_size)), compared)


def _made_s(plan: Plan, speed: Speed, enlarger: Enlarger, hr_px: float, compared: int = 0) -> float:
    """Tell how long so many pixels take that a rung makes, and compares with so many states of the network."""
    rung = math.prod(plan.rung_scale)
    # A network that works on the enlarged picture takes as long for each of its pixels, whatever the scale.
    passed_px = hr_px / (4 if plan.preset.body is Body.HR else rung)
    passes = len(enlarger.orientations)
    times = 1 + (passes if enlarger.ensemble is Ensemble.MEDIAN else 0)
    return (passes + compared) * passed_px * speed.pass_s + times * hr_px * speed.rest_s * max(
        1, enlarger.rounds
    ) / ROUNDS


def _overlap(size_px: int, scale: float, side_px: int, halo: int) -> float:
    """Tell how much of an axis is made, with what blocks need around them, as a multiple of its size."""
    whole = enlarged_px(size_px, scale)
    edges = [*range(0, size_px, side_px), size_px]
    made: float = sum(min(whole, stop * scale + halo) - max(0, start * scale - halo) for start, stop in pairwise(edges))
    return made / whole


def _working_bytes(plan: Plan, enlarger: Enlarger, channels: int, side_px: int) -> float:
    """Tell what a run takes while it works, beside its result."""
    lr_px, sample = math.prod(plan.lr_size), BYTES_PER_SAMPLE * channels
    copies = LIVE_TENSORS + (len(enlarger.orientations) if enlarger.ensemble is Ensemble.MEDIAN else 0)
    halo, axes = halo_px(enlarger), zip(plan.lr_size, plan.scale.factors, strict=True)
    sides = [min(side_px * scale + 2 * halo, size_px * scale) for size_px, scale in axes]
    block = sample * copies * math.prod(sides)
    band = sample * min(side_px, plan.lr_size[0]) * plan.lr_size[1] * math.prod(plan.scale.factors)
    between = 0.0
    if plan.rungs > 1:
        between = sample * lr_px * math.prod(plan.so_far(plan.rungs - 2))
    return WORKING_BYTES + max(between + block + band, copies * between)
