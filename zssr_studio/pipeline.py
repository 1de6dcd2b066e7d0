"""Job to events to result: the only place where a picture becomes a tensor and a tensor becomes a picture."""

from __future__ import annotations

import math
import time
import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import torch

from zssr_studio.engine.clock import Watch, enlarging_left_s
from zssr_studio.engine.config import PRESETS
from zssr_studio.engine.damage import Damage, Noise
from zssr_studio.engine.degradation.model import made_smaller
from zssr_studio.engine.events import Band, Enlarging, Notice, NoticeKind, Preview, Reason, Started
from zssr_studio.engine.maps import MapCollector
from zssr_studio.engine.metrics import psnr_db
from zssr_studio.engine.output.bands import BandOfOutput, bands, block_px, interpolated_rows
from zssr_studio.engine.output.consistency import Explained
from zssr_studio.engine.relay import relayed
from zssr_studio.engine.runtime.device import CPU, choose_device, is_out_of_memory
from zssr_studio.engine.runtime.memory import budget_for_output, check_bounds, held_bytes, memory_failure
from zssr_studio.engine.runtime.threads import ThreadsLog, beside_others
from zssr_studio.engine.timeline import NO_TIMELINE
from zssr_studio.engine.training.plan import Plan
from zssr_studio.engine.training.run import Run
from zssr_studio.engine.weights import TrainedOn, Weights, picture_sha256
from zssr_studio.errors import FailureError
from zssr_studio.imaging.colour.trained_values import TrainedValues
from zssr_studio.job import Job, Outcome, Result
from zssr_studio.record.hashes import ResultHashes

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from numpy.typing import NDArray

    from zssr_studio.engine.events import Event
    from zssr_studio.engine.training.run import Trained
    from zssr_studio.imaging.picture import Picture

# Chosen, so that a row of any picture takes some megabytes.
COPIED_ROWS = 256


def never() -> bool:
    """Let a run come to its own end."""
    return False


def upscale(
    job: Job, stop: Callable[[], bool] = never, hurry: Callable[[], bool] = never, *, previews: bool = True
) -> Generator[Event, None, Result]:
    """Train on the job's picture and enlarge it, with the result held in memory.

    Parameters, events and errors are those of `upscale_in_bands`; the bands are kept and not yielded.

    Returns
    -------
    Result
    """
    source = job.source
    height, width = job.out_size
    try:
        pixels, bicubic = (np.empty((height, width, source.channels), np.float32) for _ in range(2))
        alpha = None if source.alpha is None else np.empty((height, width), np.float32)
        collector = None if job.scale.is_copy else MapCollector(job.working.size, (height, width), keeps=True)
    except MemoryError as error:
        raise memory_failure(job.out_size) from error
    values = TrainedValues.of(source)
    lr = to_tensor(values.pixels, torch.device(CPU))

    def kept(event: Event | Band) -> Iterator[Event]:
        if not isinstance(event, Band):
            yield event
            return
        rows = slice(event.top, event.top + len(event.pixels))
        pixels[rows] = event.pixels
        bicubic[rows] = values.restored(to_array(interpolated_rows(lr, job.scale.factors, (rows.start, rows.stop))))
        if alpha is not None and event.alpha is not None:
            alpha[rows] = event.alpha
        if collector is not None and event.maps is not None:
            collector.take(event.maps)

    outcome = yield from relayed(upscale_in_bands(job, stop, hurry, previews=previews), kept)
    picture = replace(job.enlarged_header, pixels=pixels, alpha=alpha)
    maps = None if collector is None else collector.maps
    return Result(picture, replace(picture, pixels=bicubic), outcome, maps)


def upscale_in_bands(
    job: Job, stop: Callable[[], bool] = never, hurry: Callable[[], bool] = never, *, previews: bool = True
) -> Generator[Event | Band, None, Outcome]:
    """Train on the job's picture and enlarge it, the output in bands of rows within a budget of memory.

    Parameters
    ----------
    job : Job
    stop : callable
        Asked between two steps; once it says True, training ends and the best so far is enlarged and returned.
    hurry : callable
        Asked between two passes of the enlargement; once it says True, what is left is made in one pass instead of the
        self-ensemble's eight.
    previews : bool
        Whether to spend about a twentieth of the time on previews. The first comes before training: interpolation.

    Yields
    ------
    Event or Band
        Advancing is what makes the run go on; not advancing pauses it, closing discards it.

    Returns
    -------
    Outcome

    Raises
    ------
    BadInputError, FailureError
        With a sentence for a person.
    """
    if job.scale.is_copy:
        hashes = ResultHashes(job)
        return hashes.told((yield from relayed(_copy(job), hashes.passed_on)))
    run = _upscaled(job, stop, hurry, previews=previews)
    before, steps = ((), 0) if job.checkpoint is None else (job.checkpoint.timeline.threads, job.checkpoint.step)
    hashes = ResultHashes(job)
    log = ThreadsLog((job.timeline or NO_TIMELINE).threads, before, steps)
    threaded = beside_others(run, same_bits=job.steps is not None, threads=job.threads, log=log)
    try:
        outcome = yield from relayed(threaded, hashes.passed_on)
    except RuntimeError as error:
        raise FailureError(f"Training failed: {error}. The picture is untouched.") from error
    return hashes.told(replace(outcome, timeline=replace(outcome.timeline, threads=tuple(log.kept))))


def _upscaled(
    job: Job, stop: Callable[[], bool], hurry: Callable[[], bool], *, previews: bool
) -> Generator[Event | Band, None, Outcome]:
    """Train and make the output; on the processor if the memory of an accelerator is full."""
    device = choose_device(job.device)
    if device.type == CPU:
        check_bounds(job.out_size, job.picture.channels)
    try:
        trained = yield from _train(job, device, stop, previews=previews)
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        if device.type == CPU:
            raise memory_failure(job.out_size) from error
        trained = None
    if trained is None:
        yield Notice(NoticeKind.RUN_ON_PROCESSOR, {"device": device.type})
        if device.type == "cuda":
            torch.cuda.empty_cache()
        device = torch.device(CPU)
    try:
        if trained is None:
            trained = yield from _train(job, device, stop, previews=previews)
        return (yield from trained.output(hurry))
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        raise memory_failure(job.out_size) from error


def _copy(job: Job) -> Generator[Event | Band, None, Outcome]:
    """Pass a picture on as it is, in bands of rows."""
    source, started_s = job.source, time.perf_counter()
    yield Started(CPU, source.height, source.width, 0, 0)
    yield Notice(NoticeKind.COPIED)
    for top in range(0, source.height, COPIED_ROWS):
        rows = slice(top, top + COPIED_ROWS)
        yield Band(top, source.pixels[rows], None if source.alpha is None else source.alpha[rows])
    return Outcome(Reason.COMPLETED, CPU, 0, 0.0, time.perf_counter() - started_s, math.inf, None)


def _train(
    job: Job, device: torch.device, stop: Callable[[], bool], *, previews: bool
) -> Generator[Event, None, _Output]:
    """Turn the picture into a tensor and train on it."""
    source, preset, working = job.source, PRESETS[job.preset], job.working
    values, damage = TrainedValues.of(source), job.damage.made_smaller(working.times)
    plan = Plan(preset, working.scale, working.size, job.kernel, damage, values.bits, job.seconds, job.steps, job.seed)
    init = job.initial_arrays
    lr = made_smaller(to_tensor(values.pixels, device), working.size)
    run = Run(plan, lr, job.seed, init, job.least_gain_db, stop, previews, job.checkpoint, job.timeline)

    def restored(event: Event) -> tuple[Event, ...]:
        """Turn the values of previews back into the picture's, and say where it was made smaller."""
        if isinstance(event, Started) and working.times > 1:
            return event, Notice(NoticeKind.MADE_SMALLER, {"times": working.times})
        return (replace(event, pixels=values.restored(event.pixels)) if isinstance(event, Preview) else event,)

    trained = yield from relayed(run.train(), restored)
    return _Output(job, source, values, trained, was_stopped=stop())


@dataclass(frozen=True, slots=True, eq=False)
class _Output:
    """A run whose training is over; `source` is the job's, which cuts a crop out anew each time that it is asked."""

    job: Job
    source: Picture
    values: TrainedValues
    trained: Trained
    was_stopped: bool

    def output(self, hurry: Callable[[], bool]) -> Generator[Event | Band, None, Outcome]:
        """Make the output from top to bottom."""
        trained, lr, allowed = self.trained, self.trained.lr, self.job.memory_bytes
        if allowed is not None and held_bytes() > allowed:
            yield Notice(NoticeKind.OVER_BUDGET, {"held_bytes": held_bytes(), "allowed_bytes": allowed})
        height, width = self.job.out_size
        kept = height * width * self.job.picture.channels * self.job.picture.source_bits // 8
        memory = budget_for_output(allowed, lr.device, kept)
        replayed = self.job.timeline or NO_TIMELINE
        side = replayed.block_px or block_px(trained.enlarger, lr.shape[1], (lr.shape[-2], lr.shape[-1]), memory)
        passes: list[int] = []
        # The time between two events may be a pause; the time that rows take is the caller's work on them.
        squared, left_out, watch, told = 0.0, 0.0, Watch(), False
        explained = Explained(self._explaining(), self.values.bits)
        collector = MapCollector((lr.shape[-2], lr.shape[-1]), (height, width), keeps=False)
        for made in bands(trained.enlarger, lr, trained.source, side, hurry, explained, replayed.passes):
            match made:
                case BandOfOutput():
                    passes += made.passes
                    collector.take(made.maps)
                    squared += made.squared_error
                    left_out += made.passes_left_out * made.pixels.shape[-2]
                    yield self._band(made)
                case Notice():
                    yield made
                case _:
                    watch.halt()
                    if not told and trained.enlarger.passes > 1 and hurry():
                        told = True
                        yield Notice(NoticeKind.FEWER_PASSES, {"most": trained.enlarger.passes})
                    yield self._enlarging(made, watch.spent_s)
                    watch.go_on()
        watch.halt()
        passes_share = 1 - left_out / self.job.out_size[0] / (trained.enlarger.passes or 1)
        return Outcome(
            reason=Reason.STOPPED if self.was_stopped or left_out else Reason.COMPLETED,
            device=str(lr.device),
            steps=trained.trainer.steps,
            training_s=trained.trainer.elapsed_s,
            output_s=watch.spent_s,
            psnr_consistency_db=psnr_db(math.sqrt(squared / lr.numel())),
            weights=self._weights(),
            passes_share=passes_share,
            restarts=trained.trainer.restarts,
            timeline=replace(trained.trainer.pace.timeline, block_px=side, passes=tuple(passes) if left_out else ()),
            figures=collector.figures(explained.expected_share(lr.shape[1]), by_states=bool(trained.enlarger.earlier)),
        )

    def _explaining(self) -> Damage:
        """Return why the result is not the input: what was cleaned, or slight noise that was not raised."""
        restraint = self.trained.enlarger.restraint
        if self.job.damage or restraint is None:
            return self.job.damage
        return Damage(noise=Noise.even(restraint.floor, self.job.picture.channels))

    def _enlarging(self, share: float, spent_s: float) -> Enlarging:
        trainer = self.trained.trainer
        left_s = enlarging_left_s(share, spent_s, trainer.ahead.output_s)
        return Enlarging(self.trained.last_stage, share, trainer.elapsed_s + spent_s, left_s)

    def _band(self, made: BandOfOutput) -> Band:
        """Turn rows of the output into an array, with alpha enlarged by interpolation."""
        source, alpha = self.source, None
        if source.alpha is not None:
            plane = to_tensor(source.alpha[:, :, None], torch.device(CPU))
            rows = (made.top, made.top + made.pixels.shape[-2])
            alpha = to_array(interpolated_rows(plane, self.job.scale.factors, rows))[:, :, 0]
        return Band(made.top, self.values.restored(to_array(made.pixels)), alpha, made.maps)

    def _weights(self) -> Weights:
        job = self.job
        state = self.trained.trainer.averaged.state_dict()
        arrays = {name: value.detach().cpu().float().contiguous().numpy().copy() for name, value in state.items()}
        own = TrainedOn(job.name, picture_sha256(self.source.pixels))
        before = () if job.init is None else tuple(p for p in job.init.pictures if p.sha256 != own.sha256)
        return Weights(arrays, job.preset, str(job.working.scale), job.picture.channels, (*before, own))


def to_tensor(pixels: NDArray[np.float32], device: torch.device) -> torch.Tensor:
    """Turn pixels (H, W, C), float32, into a tensor (1, C, H, W), the channels last in memory; never written to."""
    with warnings.catch_warnings():
        # A picture is read-only, which torch cannot express; it is shared, since a large one exists once only.
        warnings.filterwarnings("ignore", message="The given NumPy array is not writable")
        return torch.from_numpy(pixels).permute(2, 0, 1)[None].to(device)


def to_array(x: torch.Tensor) -> NDArray[np.float32]:
    """Turn a tensor (1, C, H, W) into pixels (H, W, C), float32."""
    array: NDArray[np.float32] = x[0].permute(1, 2, 0).cpu().contiguous().numpy()
    return array
