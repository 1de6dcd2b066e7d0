"""A run from its first step to the file that is written, whoever looks on."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from zssr_studio.batch.one_file.beside import write_beside
from zssr_studio.batch.one_file.evidence import NOTHING_SHOWN, Evidence
from zssr_studio.engine.events import Band
from zssr_studio.errors import FailureError
from zssr_studio.evidence.record import embedded, run_record
from zssr_studio.evidence.signing import sealer
from zssr_studio.host.machine import memory_failure
from zssr_studio.imaging.saving.kept import KeptElsewhereError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from zssr_studio.batch.one_file.evidence import Shown
    from zssr_studio.batch.one_file.prepared import Prepared
    from zssr_studio.engine.events import Event
    from zssr_studio.imaging.metadata.blocks import Derivation
    from zssr_studio.imaging.write import Rows
    from zssr_studio.job import Job, Outcome
    from zssr_studio.record.plain import Plain


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """What a run left behind.

    Parameters
    ----------
    outcome : Outcome
    output : Path
        Where the result lies.
    notes : tuple of str
        What could not be kept, in whole sentences.
    elsewhere : tuple of KeptElsewhereError
        What could not be written as it was asked for, and where it lies.
    record : dict
        Of the run, as plain values.
    shown : Shown
        What the maps and the networks of other seeds came to.
    """

    outcome: Outcome
    output: Path
    notes: tuple[str, ...]
    elsewhere: tuple[KeptElsewhereError, ...]
    record: Plain
    shown: Shown = NOTHING_SHOWN


class Following:
    """Does a job, hands its events on, and keeps its outcome.

    Parameters
    ----------
    job : Job
    stop : callable
        Asked between two steps whether training is to end, and between two passes of the enlargement whether those that
        are made have to do.
    on_event : callable
        Takes each event, the bands before they are written.

    """

    def __init__(self, job: Job, stop: Callable[[], bool], on_event: Callable[[Event | Band], object]) -> None:
        self._job, self._stop, self._on_event = job, stop, on_event
        # What ended training does not hurry the enlargement, too: it is the best so far that was asked for.
        self._ended_training: bool | None = None
        self._outcome: Outcome | None = None

    @property
    def outcome(self) -> Outcome:
        """What came of the job.

        Raises
        ------
        FailureError
            As long as the last band is not there.
        """
        if self._outcome is None:
            raise FailureError("The run ended before its output was complete. Nothing else was changed; try again.")
        return self._outcome

    def bands(self) -> Iterator[Rows]:
        """Train, then yield the output in bands of rows from the top on.

        Raises
        ------
        StudioError
            As the pipeline does.
        """
        from zssr_studio.pipeline import upscale_in_bands

        run = upscale_in_bands(self._job, self._stop, self._is_hurried, previews=False)
        while True:
            try:
                event = next(run)
            except StopIteration as end:
                self._outcome = end.value
                return
            except RuntimeError as error:
                raise FailureError(f"Training failed: {error}. The picture is untouched.") from error
            except MemoryError as error:
                raise memory_failure() from error
            self._on_event(event)
            if isinstance(event, Band):
                yield event.pixels, event.alpha

    def _is_hurried(self) -> bool:
        """Tell whether to leave passes out, as somebody asked to end once training was over."""
        if self._ended_training is None:
            self._ended_training = self._stop()
        return self._stop() and not self._ended_training


def enlarged(prepared: Prepared, stop: Callable[[], bool], on_event: Callable[[Event | Band], object]) -> Written:
    """Train, and write the output as it comes; nothing is written before the first band is there.

    Parameters
    ----------
    prepared : Prepared
    stop, on_event : callable
        As `Following` takes them.

    Raises
    ------
    StudioError
        With a sentence for a person; what was there is as it was.
    """
    from zssr_studio.imaging.write import write_bands

    order, job, output = prepared.order, prepared.job, prepared.output
    evidence = Evidence(order, job)
    following = Following(job, stop, _each(prepared.told.take, evidence.take, on_event))
    bands = following.bands()
    first = next(bands)
    notes: tuple[str, ...] = ()
    elsewhere: list[KeptElsewhereError] = []

    def completed() -> Derivation:
        return replace(prepared.derivation, run_record=embedded(recorded()))

    @cache
    def recorded() -> Plain:
        # A writer that has all rows asks for no more, and the outcome comes behind the last band.
        deque(bands, maxlen=0)
        return run_record(job, following.outcome, prepared.told)

    seal = None
    if prepared.signature is not None and not prepared.is_signed_beside:
        seal = sealer(prepared.signature, job, prepared.export, order.image, recorded, output.name)
    try:
        notes = write_bands(
            job.enlarged_header,
            job.out_size,
            chain([first], bands),
            output,
            overwrite=order.overwrite,
            options=prepared.export,
            derivation=prepared.derivation,
            completed=completed,
            seal=seal,
        )
    except KeptElsewhereError as error:
        elsewhere.append(error)
        output = error.path
    record, outcome = recorded(), following.outcome
    elsewhere += write_beside(prepared, outcome, record, output)
    shown = evidence.shown(outcome, output, stop, on_event)
    return Written(outcome, output, notes, tuple(elsewhere), record, shown)


def _each(*takers: Callable[[Event | Band], object]) -> Callable[[Event | Band], object]:
    """Hand an event to several takers."""
    return lambda event: [take(event) for take in takers]
