"""A run as the terminal shows it: a bar on standard error, and a report."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from zssr_studio.batch.one_file.work import enlarged
from zssr_studio.cli.streams import console, shown, tell_notes
from zssr_studio.engine.clock import Clock
from zssr_studio.engine.events import Band, Enlarging, Notice, Reason, StageStarted, Started, Step
from zssr_studio.job import origin_sentence
from zssr_studio.record.told import kernel_name
from zssr_studio.words.notices import notice_text
from zssr_studio.words.say import agreement_text, duration_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from zssr_studio.batch.one_file.prepared import Prepared
    from zssr_studio.batch.one_file.work import Written
    from zssr_studio.cli.signals import Interrupt
    from zssr_studio.engine.events import Event
    from zssr_studio.job import Job, Outcome


def write_run(prepared: Prepared, interrupt: Interrupt) -> Written:
    """Train, and write the output as it comes, behind a bar on standard error."""
    with shown_run() as show:
        written = enlarged(prepared, interrupt.requested, show)
    tell_notes(written.notes)
    return written


@contextmanager
def shown_run() -> Iterator[Callable[[Event | Band], None]]:
    """Show a run as a bar on standard error; hand out what takes its events."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[told]}", markup=False),
    )
    with Progress(*columns, console=console(errors=True), transient=False) as progress:
        bar = _Bar(progress)
        yield bar.show
        bar.finish()


class _Bar:
    """The course of one run."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._clock, self._runs, self._stages = progress, Clock(), 0, 0
        self._task = progress.add_task("training", total=1.0, told="")

    def finish(self) -> None:
        """Say that the run is over."""
        self._progress.update(self._task, completed=1.0, description="done", told="")

    def show(self, event: Event | Band) -> None:
        """Show an event."""
        if isinstance(event, Band):
            return
        self._clock.take(event)
        progress, task, left_s = self._progress, self._task, self._clock.left_s
        left = "" if left_s is None else f"  about {duration_text(left_s)} left"
        match event:
            case Started():
                told = f"{event.device}, {event.out_width} x {event.out_height} pixels"
                progress.update(task, told=told)
                # A bar shows nothing where standard error goes to a file; this line does.
                progress.console.print(
                    "training another network, to compare with; Ctrl+C ends that"
                    if self._runs
                    else f"training on {told}; Ctrl+C keeps the best so far"
                )
                self._runs += 1
                self._stages = event.stages
            case StageStarted() if event.stage:
                # One number where both axes are enlarged alike.
                scale = "x".join(f"{s:.3g}" for s in dict.fromkeys(event.scale))
                progress.console.print(f"stage {event.stage + 1} of {self._stages}, to x{scale}")
            case Step():
                told = f"step {event.step}  loss {event.loss:.5f}{left}"
                progress.update(task, completed=self._clock.share, description="training", told=told)
            case Enlarging():
                progress.update(task, completed=self._clock.share, description="enlarging", told=left.strip())
            case Notice():
                progress.console.print(shown(notice_text(event)))
            case _:
                pass


def report(job: Job, outcome: Outcome, output: Path, *, interrupted: bool) -> None:
    """Say on standard error what was made and where it is."""
    told = console(errors=True)
    if interrupted:
        if outcome.passes_share < 1:
            told.print(f"Interrupted while enlarging: {outcome.passes_share:.0%} of its passes were made.")
        elif outcome.reason is Reason.STOPPED:
            told.print("Interrupted: training ended early, and this is the best result so far.")
        else:
            told.print("Interrupted behind the result, which is complete; what it was to be compared with is not.")
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
            f"Downscaled again it {agreement_text(outcome.psnr_consistency_db, 'the input')}: consistent with the "
            f"input under the assumed kernel ({_kernel_text(job)}), which does not make a detail true."
        )
    )


def _kernel_text(job: Job) -> str:
    """Name the kernel that a run assumed, with what `--kernel-uncertainty` takes if it was not known exactly."""
    uncertainty = 0.0 if job.kernel is None else job.kernel.uncertainty
    return kernel_name(job) + (f"; uncertainty {uncertainty:.2g}" if uncertainty else "")
