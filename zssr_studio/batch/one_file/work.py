"""A run from its first step to the file that is written, whoever looks on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from zssr_studio.batch.one_file.beside import write_beside
from zssr_studio.batch.one_file.evidence import NOTHING_SHOWN, Evidence
from zssr_studio.engine.events import Band
from zssr_studio.engine.relay import Followed
from zssr_studio.evidence.record import embedded, run_record
from zssr_studio.evidence.signing import sealer
from zssr_studio.imaging.saving.kept import KeptElsewhereError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from zssr_studio.batch.one_file.evidence import Shown
    from zssr_studio.batch.one_file.prepared import Prepared
    from zssr_studio.engine.events import Event
    from zssr_studio.imaging.metadata.blocks import Derivation
    from zssr_studio.imaging.write import Rows
    from zssr_studio.job import Outcome
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


def enlarged(prepared: Prepared, stop: Callable[[], bool], on_event: Callable[[Event | Band], object]) -> Written:
    """Train, and write the output as it comes; nothing is written before the first band is there.

    Parameters
    ----------
    prepared : Prepared
    stop : callable
        Asked between two steps whether training is to end, and between two passes of the enlargement whether those that
        are made have to do.
    on_event : callable
        Takes each event, the bands before they are written.

    Raises
    ------
    StudioError
        With a sentence for a person; what was there is as it was.
    """
    from zssr_studio.imaging.write import write_bands
    from zssr_studio.pipeline import upscale_in_bands

    order, job, output = prepared.order, prepared.job, prepared.output
    evidence = Evidence(order, job)

    def rows_of(event: Event | Band) -> Iterator[Rows]:
        for take in (prepared.told.take, evidence.take, on_event):
            take(event)
        if isinstance(event, Band):
            yield event.pixels, event.alpha

    bands = Followed(upscale_in_bands(job, stop, _hurry_by(stop), previews=False), rows_of)
    first = next(bands)
    notes: tuple[str, ...] = ()
    elsewhere: list[KeptElsewhereError] = []

    def completed() -> Derivation:
        return replace(prepared.derivation, run_record=embedded(recorded()))

    @cache
    def recorded() -> Plain:
        # A writer that has all rows asks for no more, and the outcome comes behind the last band.
        return run_record(job, bands.end(), prepared.told)

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
    record, outcome = recorded(), bands.end()
    elsewhere += write_beside(prepared, outcome, record, output)
    shown = evidence.shown(outcome, output, stop, on_event)
    return Written(outcome, output, notes, tuple(elsewhere), record, shown)


def _hurry_by(stop: Callable[[], bool]) -> Callable[[], bool]:
    """Return what tells whether to leave passes out, as somebody asked to end once training was over.

    What ended training does not hurry the enlargement, too: it is the best so far that was asked for.
    """

    @cache
    def has_ended_training() -> bool:
        return stop()

    return lambda: not has_ended_training() and stop()
