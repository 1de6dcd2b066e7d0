"""Another method's work in the form of a run: its events, and a result that is kept, shown and judged like a run's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.engine.clock import Watch
from zssr_studio.engine.events import Reason, Started
from zssr_studio.engine.relay import relayed, returned
from zssr_studio.engine.runtime.device import CPU
from zssr_studio.job import Job, Outcome, Result
from zssr_studio.methods.consistency import consistency_figures, consistency_maps
from zssr_studio.methods.interpolation import Interpolation, Rule
from zssr_studio.methods.method import Allowance, no_result
from zssr_studio.methods.scores import consistency_db

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from zssr_studio.engine.events import Event
    from zssr_studio.methods.method import Method


def as_run(method: Method, job: Job) -> Generator[Event, None, Result]:
    """Enlarge the part of the picture that a job is about, by another method.

    Parameters
    ----------
    method : Method
    job : Job
        Its picture, crop and scale say what is enlarged, its kernel what the consistency assumes, its device and memory
        what may be taken; the rest is for training.

    Yields
    ------
    Event
        Advancing is what makes it go on; not advancing pauses it, closing discards it.

    Returns
    -------
    Result
        Nothing was trained, so that the outcome has neither steps nor weights; its `output_s` are the method's own.

    Raises
    ------
    BadInputError, FailureError
        With a sentence for a person.
    """
    source = job.source
    method.check(source, job.scale)
    passing = _Passing()
    run = method.enlarge(source, job.scale, Allowance(job.device, job.threads, job.memory_bytes))
    try:
        picture = yield from relayed(run, passing)
    except (RuntimeError, MemoryError) as error:
        raise no_result(method, error) from error
    passing.watch.halt()
    consistency = consistency_db(picture, source, job.scale, job.kernel)
    bicubic = returned(Interpolation(Rule.BICUBIC).enlarge(source, job.scale))
    maps = consistency_maps(job, picture)
    figures = consistency_figures(job, maps)
    spent_s = passing.watch.spent_s
    outcome = Outcome(Reason.COMPLETED, passing.device, 0, 0.0, spent_s, consistency, None, figures=figures)
    return Result(picture, bicubic, outcome, maps)


class _Passing:
    """Passes events on, and counts the seconds between them."""

    def __init__(self) -> None:
        self.watch, self.device = Watch(), CPU

    def __call__(self, event: Event) -> Iterator[Event]:
        self.watch.halt()
        if isinstance(event, Started):
            self.device = event.device
        yield event
        self.watch.go_on()
