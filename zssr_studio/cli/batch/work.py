"""A batch in the terminal, from the first picture to the report."""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.batch.coordinator import Coordinator
from zssr_studio.batch.events import Ended
from zssr_studio.batch.kept.journal import Journal, journals_in
from zssr_studio.batch.kept.rows import State
from zssr_studio.batch.one_estimate import with_one_kernel
from zssr_studio.batch.one_file.order import Order
from zssr_studio.batch.report import write_report
from zssr_studio.batch.request import opened
from zssr_studio.batch.workers.cluster import Cluster
from zssr_studio.batch.workers.connection import connected
from zssr_studio.batch.workers.crew import SURVEY
from zssr_studio.batch.workers.machine import workers_for
from zssr_studio.cli.batch.bars import Bars
from zssr_studio.cli.batch.tables import Survey
from zssr_studio.cli.signals import Interrupt
from zssr_studio.cli.streams import EXIT_DONE, EXIT_FAILURE, EXIT_INTERRUPTED, console, shown, tell_sentence
from zssr_studio.errors import FailureError
from zssr_studio.words.say import duration_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zssr_studio.batch.kept.rows import Row
    from zssr_studio.batch.kin import Kin
    from zssr_studio.batch.one_file.options import Options, Plain
    from zssr_studio.batch.request import Opened, Request
    from zssr_studio.batch.workers.crew import Crew

WAIT_S = 0.5


@dataclass(frozen=True, slots=True)
class Where:
    """Who does a batch: so many workers of this machine, or a cluster.

    Parameters
    ----------
    workers : int or None
    cluster : str or None
        A scheduler's address.
    insecure : bool
        Whether one without TLS on another machine is allowed.
    """

    workers: int | None
    cluster: str | None
    insecure: bool

    @contextmanager
    def crew(self, options: Options, batch: Opened, folder: Path) -> Iterator[tuple[Crew, Options]]:
        """Yield the workers, and the options with which each does its pictures."""
        if self.cluster is None:
            crew, options = workers_for(options, self.workers)
            with closing(crew):
                yield crew, options
            return
        options = replace(options, threads=options.threads or 1)
        first = batch.journal.next_waiting()
        with connected(self.cluster, options.threads or 1, insecure=self.insecure) as client:
            cluster = Cluster(client, folder.absolute(), Path("" if first is None else first.image))
            told = "seen by its workers" if cluster.is_shared else "not seen by its workers: files are sent and fetched"
            tell_sentence(f"cluster of {cluster.size} workers; the folders are {told}")
            with closing(cluster):
                yield cluster, options


def do_batch(request: Request, lines: Iterable[str] | None, where: Where, *, as_json: bool) -> int:
    """Do a batch behind bars on standard error, write its report, and return the exit code."""
    interrupt = Interrupt()
    with opened(request, lines) as batch:
        options = _estimated(request, batch)
        with where.crew(options, batch, request.folder) as (crew, options):
            interrupt.install()
            ended = _followed(batch, options, crew, interrupt, request)
        counts = batch.journal.counts()
        written = _reported(request.folder)
        _tell_end(ended, counts, batch.kin, written)
        if as_json:
            told = {str(state): count for state, count in counts.items()}
            sys.stdout.write(json.dumps({**told, "seconds": round(ended.seconds, 3), **_saved(batch.kin)}) + "\n")
    if interrupt.requested() and ended.left:
        return EXIT_INTERRUPTED
    return EXIT_FAILURE if counts[State.FAILED] else EXIT_DONE


def _followed(batch: Opened, options: Options, crew: Crew, interrupt: Interrupt, request: Request) -> Ended:
    """Show what happens, and pass Ctrl+C on."""
    folder = request.folder.absolute()
    coordinator = Coordinator(
        batch.journal, folder, options, crew, batch.kin, request.signature, overwrite=request.overwrite
    )
    with Bars() as bars, closing(coordinator.events()) as events:
        for event in events:
            bars.show(event)
            if interrupt.requested() and not coordinator.is_ending:
                coordinator.end_after_these()
                bars.say("Ends after the pictures in hand; Ctrl+C again ends at once.")
            if isinstance(event, Ended):
                return event
    raise FailureError("The batch broke off. Give the same command again: it goes on from there.")


def _estimated(request: Request, batch: Opened) -> Options:
    """Find the blur once for all, where that was asked for and a picture waits for it."""
    if request.each_estimate or batch.journal.next_waiting() is None:
        return batch.options
    # In what is done already too: a batch that goes on takes the blur that it began with.
    images = (Path(row.image) for row in batch.journal.rows(*State))
    return with_one_kernel(batch.options, images, batch.beside("kernel.npy"), tell_sentence)


def _reported(folder: Path) -> tuple[Path, Path]:
    """Write the report of all journals in a folder, those of other shards among them."""
    journals = [Journal(path, is_read_only=True) for path in journals_in(folder)]
    try:
        return write_report(journals, folder)
    finally:
        for journal in journals:
            journal.close()


def _tell_end(ended: Ended, counts: dict[State, int], kin: Kin | None, written: tuple[Path, Path]) -> None:
    told = console(errors=True)
    left = f", {ended.left} left for the next time" if ended.left else ""
    told.print(
        f"{ended.done} done now in {duration_text(ended.seconds)}, {counts[State.DONE]} in all; {counts[State.FAILED]} "
        f"failed{left}."
    )
    if kin is not None and kin.saved is not None:
        first_s, mean_s, count = kin.saved
        told.print(
            f"Kin: the first picture was trained for {first_s:.1f} s from nothing, {count} others for {mean_s:.1f} s "
            f"each from what was learned: {count * (first_s - mean_s):.1f} s saved."
        )
    told.print(shown(f"{written[1]} shows what needs looking at, {written[0]} has all figures."))


def _saved(kin: Kin | None) -> Plain:
    if kin is None or kin.saved is None:
        return {}
    first_s, mean_s, count = kin.saved
    return {"kin_saved_seconds": round(count * (first_s - mean_s), 3)}


def survey_batch(request: Request, lines: Iterable[str] | None, workers: int | None) -> None:
    """Look at each picture of a batch, and print what it would take; nothing is written to its folder."""
    with tempfile.TemporaryDirectory(prefix="zssr-") as name:
        folder = Path(name)
        for path in journals_in(request.folder):
            Journal.copy(path, folder / path.name)
        with opened(request, lines, folder) as batch:
            crew, options = workers_for(batch.options, workers)
            table = Survey(crew.size)
            with closing(crew):
                _surveyed(batch, options, crew, table, request, folder)
            table.print(done_before=batch.journal.counts()[State.DONE])


def _surveyed(batch: Opened, options: Options, crew: Crew, table: Survey, request: Request, elsewhere: Path) -> None:
    """Give each picture to a worker, to look at it."""
    in_hand: dict[str, str] = {}
    rows = batch.journal.rows(State.WAITING)
    while True:
        while crew.free and (row := next(rows, None)) is not None:
            in_hand[row.output] = row.relative
            crew.hand(row.output, {**_order(row, options, request, elsewhere).plain(), "do": SURVEY})
        if not in_hand:
            return
        for message in crew.messages(WAIT_S):
            if message.plain["kind"] in ("done", "failed", "lost"):
                table.take(in_hand.pop(message.output), message.plain)


def _order(row: Row, options: Options, request: Request, elsewhere: Path) -> Order:
    """Return the order for a picture; where the folder of its result is not made yet, with a place that is there."""
    output = request.folder.absolute() / row.output
    if not output.parent.is_dir():
        output = elsewhere / output.name
    return Order(Path(row.image), output, options, overwrite=row.ours or request.overwrite)
