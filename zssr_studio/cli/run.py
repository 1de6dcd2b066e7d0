"""A run as the terminal shows it: a bar on standard error, a report, and one line of JSON."""

from __future__ import annotations

import json
import math
from collections import deque
from itertools import chain
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn

from zssr_studio.cli.streams import console, shown, tell_notes
from zssr_studio.engine.clock import Clock
from zssr_studio.engine.damage import ColouredNoise
from zssr_studio.engine.events import Band, Enlarging, Notice, StageStarted, Started, Step
from zssr_studio.errors import FailureError
from zssr_studio.imaging.saving.kept import KeptElsewhereError
from zssr_studio.job import origin_sentence
from zssr_studio.words.notices import notice_text
from zssr_studio.words.say import duration_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from zssr_studio.cli.signals import Interrupt
    from zssr_studio.engine.damage import Noise
    from zssr_studio.engine.events import Event
    from zssr_studio.imaging.export import ExportOptions
    from zssr_studio.imaging.metadata.blocks import Derivation
    from zssr_studio.imaging.write import Rows
    from zssr_studio.job import Job, Outcome


class Following:
    """Does a job and shows it on standard error.

    Parameters
    ----------
    job : Job
    stop : callable
        Asked between two steps whether training is to end, and between two passes of the enlargement whether those that
        are made have to do.

    Attributes
    ----------
    outcome : Outcome or None
        Once the last band is there.
    """

    def __init__(self, job: Job, stop: Callable[[], bool]) -> None:
        self._job, self._stop = job, stop
        self._clock = Clock()
        # What ended training does not hurry the enlargement, too: it is the best so far that was asked for.
        self._ended_training: bool | None = None
        self.outcome: Outcome | None = None

    def bands(self) -> Iterator[Rows]:
        """Train, then yield the output in bands of rows from the top on.

        Raises
        ------
        StudioError
            As the pipeline does.
        """
        from zssr_studio.pipeline import upscale_in_bands

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[told]}", markup=False),
        )
        with Progress(*columns, console=console(errors=True), transient=False) as progress:
            task = progress.add_task("training", total=1.0, told="")
            run = upscale_in_bands(self._job, self._stop, self._is_hurried, previews=False)
            while True:
                try:
                    event = next(run)
                except StopIteration as end:
                    progress.update(task, completed=1.0, description="done")
                    self.outcome = end.value
                    return
                except RuntimeError as error:
                    raise FailureError(f"Training failed: {error}. The picture is untouched.") from error
                except MemoryError as error:
                    raise memory_failure() from error
                if isinstance(event, Band):
                    yield event.pixels, event.alpha
                else:
                    self._clock.take(event)
                    self._show(progress, task, event)

    def _is_hurried(self) -> bool:
        """Tell whether to leave passes out, as somebody asked to end once training was over."""
        if self._ended_training is None:
            self._ended_training = self._stop()
        return self._stop() and not self._ended_training

    def _show(self, progress: Progress, task: TaskID, event: Event) -> None:
        left_s = self._clock.left_s
        left = "" if left_s is None else f"  about {duration_text(left_s)} left"
        match event:
            case Started():
                told = f"{event.device}, {event.out_width} x {event.out_height} pixels"
                progress.update(task, told=told)
                # A bar shows nothing where standard error goes to a file; this line does.
                progress.console.print(f"training on {told}; Ctrl+C keeps the best so far")
            case StageStarted() if event.stage:
                scale = "x".join(f"{s:.3g}" for s in event.scale)
                progress.console.print(f"stage {event.stage + 1}, to x{scale} of the picture")
            case Step():
                told = f"step {event.step}  loss {event.loss:.5f}{left}"
                progress.update(task, completed=self._clock.share, description="training", told=told)
            case Enlarging():
                progress.update(task, completed=self._clock.share, description="enlarging", told=left.strip())
            case Notice():
                progress.console.print(shown(notice_text(event)))
            case _:
                pass


def write_run(
    job: Job,
    interrupt: Interrupt,
    output: Path,
    options: ExportOptions,
    derivation: Derivation,
    *,
    overwrite: bool,
) -> tuple[Outcome, KeptElsewhereError | None]:
    """Train, and write the output as it comes; nothing is written before the first band is there.

    Returns what came of the run, and where the output is if it could not be written as it was asked for.
    """
    from zssr_studio.imaging.write import write_bands

    following = Following(job, interrupt.requested)
    bands = following.bands()
    first, kept = next(bands), None
    try:
        notes = write_bands(
            job.enlarged_header,
            job.out_size,
            chain([first], bands),
            output,
            overwrite=overwrite,
            options=options,
            derivation=derivation,
        )
        tell_notes(notes)
    except KeptElsewhereError as error:
        kept = error
    deque(bands, maxlen=0)  # a writer that has all rows asks for no more, and the outcome comes behind the last band
    if following.outcome is None:
        raise FailureError("The run ended before its output was complete. Nothing else was changed; try again.")
    return following.outcome, kept


def memory_failure() -> FailureError:
    """Make the error for memory that was not enough."""
    return FailureError(
        "The memory is not enough. Close other programs or give the container or the shell (ulimit) more, enlarge a "
        "part only (--crop) or less (--scale), and write a TIFF, which is written as it is made. The picture is "
        "untouched."
    )


def report(job: Job, outcome: Outcome, output: Path, *, interrupted: bool) -> None:
    """Say on standard error what was made and where it is."""
    told = console(errors=True)
    if interrupted:
        if outcome.passes_share < 1:
            told.print(f"Interrupted while enlarging: {outcome.passes_share:.0%} of its passes were made.")
        else:
            told.print("Interrupted: training ended early, and this is the best result so far.")
    height, width = job.out_size
    told.print(
        shown(
            f"{output}: {width} x {height} pixels, {outcome.steps} steps in {outcome.training_s:.1f} s on "
            f"{outcome.device}. {origin_sentence(outcome)}"
        )
    )
    if job.scale.is_copy:
        return
    told.print(
        shown(
            f"Downscaled again it meets the input at {outcome.psnr_consistency_db:.1f} dB: consistent with the input "
            f"under the assumed kernel ({kernel_name(job)}), which does not make a detail true."
        )
    )


def json_line(job: Job, outcome: Outcome, output: Path, *, interrupted: bool) -> str:
    """Return the run as one line of JSON; a consistency without any error is null."""
    consistency = outcome.psnr_consistency_db
    crop, noise, jpeg = job.crop, job.damage.noise, job.damage.jpeg
    height, width = job.out_size
    return json.dumps(
        {
            "output": str(output),
            "size": {"height": height, "width": width},
            "steps": outcome.steps,
            "seconds": round(outcome.training_s, 3),
            "output_seconds": round(outcome.output_s, 3),
            "passes_share": round(outcome.passes_share, 3),
            "device": outcome.device,
            "preset": job.preset,
            "seed": job.seed,
            "threads": job.threads,
            "kernel": kernel_name(job),
            "psnr_consistency": round(consistency, 3) if math.isfinite(consistency) else None,
            "scale": str(job.scale),
            **_noise_figures(noise),
            "jpeg_quality": None if jpeg is None else jpeg.quality,
            "grain": job.damage.grain,
            "grain_colour": job.damage.kept[1],
            "crop": None if crop is None else [crop.top, crop.left, crop.height, crop.width],
            "other_pictures": [{"name": p.name, "sha256": p.sha256} for p in outcome.other_pictures],
            "interrupted": interrupted,
        }
    )


def _noise_figures(noise: Noise | ColouredNoise | None) -> dict[str, object]:
    """Return the noise in figures: of each channel where it is white, of the brightness where neighbours share it."""
    match noise:
        case None:
            return {"noise_std": None, "noise_gain": None, "noise_grain_px": None}
        case ColouredNoise():
            figures = {"noise_std": [round(noise.luma_std(), 5)], "noise_gain": None}
            return {**figures, "noise_grain_px": round(noise.grain_px, 2)}
        case _:
            std, gain = ([round(value, 5) for value in values] for values in (noise.std, noise.gain))
            return {"noise_std": std, "noise_gain": gain, "noise_grain_px": 0.0}


def kernel_name(job: Job) -> str:
    """Name the kernel that the run assumed."""
    return "bicubic" if job.kernel is None else job.kernel.name
