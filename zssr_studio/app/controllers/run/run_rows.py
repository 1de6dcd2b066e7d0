"""What the table of runs says of each: pure functions of the models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.app.language import marked, number_text, tr
from zssr_studio.app.models.run.run import RunState
from zssr_studio.app.views.run.runs_table import RunRow
from zssr_studio.words.findings import damage_text
from zssr_studio.words.kernel_shapes import kernel_title
from zssr_studio.words.presets import PRESET_TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.run.queue import QueueModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.job import Job

# What a line stands for, beside the key of its entry or of its place in the queue.
DONE, GOING, WAITING = "done", "going", "waiting"
_STATES = {
    RunState.TRAINING: marked("training"),
    RunState.PAUSED: marked("paused"),
    RunState.ENLARGING: marked("enlarging"),
}


def rows_of(run: RunModel, queue: QueueModel, results: ResultsModel) -> tuple[RunRow, ...]:
    """Describe all runs: done, going on, waiting, each in their order."""
    return (*_done(results), *_going(run), *_waiting(queue))


def job_of(key: object, run: RunModel, queue: QueueModel, results: ResultsModel) -> Job | None:
    """Return the job of a line; None where the line is gone."""
    if not isinstance(key, tuple):
        return None
    kind, number = key
    if kind == GOING:
        return run.job
    if kind == WAITING:
        return next((one.job for one in queue.waiting if one.key == number), None)
    entry = results.get(number)
    return None if entry is None or entry.finished is None else entry.finished.job


def _done(results: ResultsModel) -> Iterator[RunRow]:
    for entry in results.entries:
        if entry.finished is not None:
            gain = entry.finished.gain_db
            told = tr("{gain:+.1f} dB", gain=gain) if gain is not None else "–"
            yield RunRow((DONE, entry.key), (entry.name, tr("done"), *_settings(entry.finished.job), told))


def _going(run: RunModel) -> Iterator[RunRow]:
    if run.is_running and run.job is not None:
        yield RunRow((GOING, 0), (tr("now"), tr(_STATES[run.state]), *_settings(run.job), "–"))


def _waiting(queue: QueueModel) -> Iterator[RunRow]:
    for place, one in enumerate(queue.waiting, start=1):
        yield RunRow((WAITING, one.key), (tr("next {place}", place=place), tr("waiting"), *_settings(one.job), "–"))


def _settings(job: Job) -> tuple[str, ...]:
    crop = job.crop
    return (
        str(job.scale),
        tr(PRESET_TITLES[job.preset]),
        _time(job),
        tr("bicubic") if job.kernel is None else kernel_title(job.kernel.name, tr),
        damage_text(job.damage, tr) if job.damage else tr("nothing"),
        tr("whole")
        if crop is None
        else tr(
            "{width} × {height} at {top}, {left}", width=crop.width, height=crop.height, top=crop.top, left=crop.left
        ),
        str(job.seed),
    )


def _time(job: Job) -> str:
    bounds = [f"{number_text(job.seconds)} s"] if job.seconds is not None else []
    bounds += [tr("{steps} steps", steps=job.steps)] if job.steps is not None else []
    before = f"{job.trained_s:.0f} + " if job.trained_s else ""
    return before + (", ".join(bounds) or tr("automatic"))
