"""A run as the terminal shows it: a bar on standard error, a report, and one line of JSON."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn

from zssr_studio.engine.events import Enlarging, Notice, StageStarted, Started, Step
from zssr_studio.errors import FailureError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType

    from zssr_studio.engine.events import Event
    from zssr_studio.job import Job, Result


class Interrupt:
    """Remembers a first Ctrl+C, so that the best result so far is kept; the second one ends the program."""

    def __init__(self) -> None:
        self._seen = False

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Take SIGINT."""
        if self._seen:
            raise KeyboardInterrupt
        self._seen = True

    def requested(self) -> bool:
        """Tell whether Ctrl+C was pressed."""
        return self._seen


def follow(job: Job, stop: Callable[[], bool]) -> Result:
    """Run a job and show it on standard error.

    Raises
    ------
    StudioError
        As the pipeline does.
    """
    from zssr_studio.pipeline import upscale

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[told]}"))
    with Progress(*columns, console=console, transient=False) as progress:
        task = progress.add_task("training", total=1.0, told="")
        run = upscale(job, stop, previews=False)
        while True:
            try:
                event = next(run)
            except StopIteration as end:
                progress.update(task, completed=1.0, description="done")
                result: Result = end.value
                return result
            except RuntimeError as error:
                raise FailureError(f"Training failed: {error}. The picture is untouched.") from error
            _show(progress, task, event)


def report(job: Job, result: Result, output: Path, *, interrupted: bool) -> None:
    """Say on standard error what was made and where it is."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if interrupted:
        console.print("Interrupted: training ended early, and this is the best result so far.")
    console.print(
        f"{output}: {result.picture.width} x {result.picture.height} pixels, {result.steps} steps in "
        f"{result.training_s:.1f} s on {result.device}. No outside pictures were used."
    )
    console.print(
        f"Downscaled again it meets the input at {result.psnr_consistency_db:.1f} dB: consistent with the input under "
        f"the assumed kernel ({kernel_name(job)}), which does not make a detail true."
    )


def json_line(job: Job, result: Result, output: Path, *, interrupted: bool) -> str:
    """Return the run as one line of JSON; a consistency without any error is null."""
    consistency = result.psnr_consistency_db
    crop = job.crop
    return json.dumps(
        {
            "output": str(output),
            "size": {"height": result.picture.height, "width": result.picture.width},
            "steps": result.steps,
            "seconds": round(result.training_s, 3),
            "device": result.device,
            "preset": job.preset,
            "seed": job.seed,
            "kernel": kernel_name(job),
            "psnr_consistency": round(consistency, 3) if math.isfinite(consistency) else None,
            "scale": str(job.scale),
            "noise_std": job.noise_std,
            "crop": None if crop is None else [crop.top, crop.left, crop.height, crop.width],
            "interrupted": interrupted,
        }
    )


def kernel_name(job: Job) -> str:
    """Name the kernel that the run assumed."""
    return "bicubic" if job.kernel is None else job.kernel.name


def _show(progress: Progress, task: TaskID, event: Event) -> None:
    match event:
        case Started():
            told = f"{event.device}, {event.out_width} x {event.out_height} pixels"
            progress.update(task, told=told)
            # A bar shows nothing where standard error goes to a file; this line does.
            progress.console.print(f"training on {told}; Ctrl+C keeps the best so far")
        case StageStarted() if event.stage:
            scale = "x".join(f"{s:.3g}" for s in event.scale)
            progress.console.print(f"phase {event.stage + 1} (x{scale}): the result so far joins the HR fathers")
        case Step():
            left = "" if event.eta_s is None else f"  at most {event.eta_s:.0f} s left"
            told = f"step {event.step}  loss {event.loss:.5f}{left}"
            progress.update(task, completed=event.progress, description="training", told=told)
        case Enlarging():
            told = f"{event.progress:.0%}"
            progress.update(task, description="enlarging", told=told)
        case Notice():
            progress.console.print(event.text)
        case _:
            pass
