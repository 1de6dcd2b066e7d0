"""What the table of runs says of each: pure functions of the models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.app.controllers.compare.result_rows import consistency_text, score_text, seconds_text
from zssr_studio.app.language import marked, number_text, tr
from zssr_studio.app.models.run.made_by import MadeBy
from zssr_studio.app.models.run.run import RunState
from zssr_studio.app.views.run.runs_table import RunRow
from zssr_studio.words.findings import damage_text
from zssr_studio.words.kernel_shapes import kernel_title
from zssr_studio.words.methods import LEARNED_FROM_TEXTS
from zssr_studio.words.presets import PRESET_TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.run.queue import QueueModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.job import Job

# What a line stands for, beside the key of its entry or of its place in the queue.
DONE, GOING, WAITING = "done", "going", "waiting"
# Score, consistency and gain of what is not done.
_OPEN = ("–", "–", "–")
_STATES = {
    RunState.TRAINING: marked("training"),
    RunState.PAUSED: marked("paused"),
    RunState.ENLARGING: marked("enlarging"),
}


def rows_of(run: RunModel, queue: QueueModel, results: ResultsModel) -> tuple[RunRow, ...]:
    """Describe all runs: done, going on, waiting, each in their order."""
    return (*_done(results), *_going(run), *_waiting(queue))


def job_of(key: object, run: RunModel, queue: QueueModel, results: ResultsModel) -> Job | None:
    """Return the job of a line; None where the line is gone, or another method's, which has no settings."""
    if not isinstance(key, tuple):
        return None
    kind, number = key
    if kind == GOING:
        return run.job if run.made_by is None else None
    if kind == WAITING:
        return next((one.job for one in queue.waiting if one.key == number and one.method is None), None)
    finished = None if (entry := results.get(number)) is None else entry.finished
    return None if finished is None or finished.made_by is not None else finished.job


def _done(results: ResultsModel) -> Iterator[RunRow]:
    for entry in results.entries:
        finished = entry.finished
        if finished is not None:
            gain = finished.gain_db
            told = tr("{gain:+.1f} dB", gain=gain) if gain is not None else "–"
            score = "–" if entry.score is None else score_text(entry.score)
            settings = _settings(finished.job, finished.made_by, finished.outcome.output_s)
            cells = (entry.name, tr("done"), score, consistency_text(finished), told, *settings)
            yield RunRow((DONE, entry.key), cells)


def _going(run: RunModel) -> Iterator[RunRow]:
    if run.is_running and run.job is not None:
        name = tr("now") if run.made_by is None else tr(run.made_by.name)
        yield RunRow((GOING, 0), (name, tr(_STATES[run.state]), *_OPEN, *_settings(run.job, run.made_by)))


def _waiting(queue: QueueModel) -> Iterator[RunRow]:
    for place, one in enumerate(queue.waiting, start=1):
        made_by = None if one.method is None else MadeBy.of(one.method)
        name = tr("next {place}", place=place) if made_by is None else tr(made_by.name)
        yield RunRow((WAITING, one.key), (name, tr("waiting"), *_OPEN, *_settings(one.job, made_by)))


def _settings(job: Job, made_by: MadeBy | None, spent_s: float | None = None) -> tuple[str, ...]:
    if made_by is not None:
        time = "–" if spent_s is None else seconds_text(spent_s)
        return (str(job.scale), tr(LEARNED_FROM_TEXTS[made_by.learned_from]), time, "–", "–", _region(job), "–")
    return (
        str(job.scale),
        tr(PRESET_TITLES[job.preset]),
        _time(job),
        tr("bicubic") if job.kernel is None else kernel_title(job.kernel.name, tr),
        damage_text(job.damage, tr) if job.damage else tr("nothing"),
        _region(job),
        str(job.seed),
    )


def _region(job: Job) -> str:
    crop = job.crop
    if crop is None:
        return tr("whole")
    return tr("{width} × {height} at {top}, {left}", width=crop.width, height=crop.height, top=crop.top, left=crop.left)


def _time(job: Job) -> str:
    bounds = [f"{number_text(job.seconds)} s"] if job.seconds is not None else []
    bounds += [tr("{steps} steps", steps=job.steps)] if job.steps is not None else []
    before = f"{job.trained_s:.0f} + " if job.trained_s else ""
    return before + (", ".join(bounds) or tr("automatic"))
