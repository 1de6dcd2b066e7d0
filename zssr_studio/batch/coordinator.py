"""Hands the pictures of a batch to its workers, and keeps the journal: the one who writes there."""

from __future__ import annotations

import base64
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.batch.events import (
    Begun,
    Ended,
    Failed,
    Finished,
    Planned,
    Progressed,
    Told,
    Waited,
    WorkerLost,
)
from zssr_studio.batch.kept.known_again import file_status
from zssr_studio.batch.kept.rows import State
from zssr_studio.batch.one_file.order import Order
from zssr_studio.imaging.saving.parts import sweep

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from zssr_studio.batch.events import BatchEvent
    from zssr_studio.batch.kept.journal import Journal
    from zssr_studio.batch.kept.rows import Row
    from zssr_studio.batch.kin import Kin
    from zssr_studio.batch.one_file.options import Options
    from zssr_studio.batch.workers.crew import Crew, Message
    from zssr_studio.evidence.signing import Signature

# A picture is tried again once where the process that had it in hand ended.
MOST_TRIES = 2
WAIT_S = 0.2
_KEPT = ("size", "mtime_ns", "sha256", "output_size", "output_mtime_ns", "output_sha256", "seconds")


class Coordinator:
    """Does what a journal says is waiting.

    Parameters
    ----------
    journal : Journal
        Of a batch that was asked for (`resume.ask_for`), under a lock (`lock.only_batch`).
    folder : Path
        Of the results.
    options : Options
        The same for all pictures.
    crew : Crew
        Closed by whoever made it.
    kin : Kin or None
        Where pictures start from what others taught.
    signature : Signature or None
        With what results are signed; its paths are absolute.
    overwrite : bool
        Whether results may replace files that are no batch's.
    """

    def __init__(
        self,
        journal: Journal,
        folder: Path,
        options: Options,
        crew: Crew,
        kin: Kin | None = None,
        signature: Signature | None = None,
        *,
        overwrite: bool,
    ) -> None:
        self._journal, self._folder, self._crew, self._kin = journal, folder, crew, kin
        self._options, self._signature, self._overwrite = options, signature, overwrite
        self._in_hand: set[str] = set()
        self._is_ending = self._is_paused = False
        self._done = self._failed = 0

    def pause(self) -> None:
        """Let all stand still; what is in hand goes on from where it is."""
        self._is_paused = True
        self._crew.pause()

    def go_on(self) -> None:
        """Go on."""
        self._is_paused = False
        self._crew.go_on()

    def end_after_these(self) -> None:
        """Begin no more pictures; those in hand are finished."""
        self._is_ending = True

    @property
    def is_ending(self) -> bool:
        """Whether no more pictures are begun."""
        return self._is_ending

    def events(self) -> Generator[BatchEvent, None, None]:
        """Do the batch. To close this ends it at once: what is in hand is discarded, and waits for the next time.

        Raises
        ------
        FailureError
            If no worker can work, or the journal cannot be written.
        """
        begun_s = time.monotonic()
        counts = self._journal.counts()
        sweep(self._folder)
        yield Planned(counts[State.WAITING], counts[State.DONE], counts[State.FAILED], self._crew.size)
        try:
            while True:
                yield from self._handed_out()
                if not self._in_hand and (self._is_ending or self._journal.next_waiting() is None):
                    break
                messages = self._crew.messages(WAIT_S)
                if not messages:
                    yield Waited()
                for message in messages:
                    yield from self._taken(message)
        finally:
            self._journal.end_batch()
        left = self._journal.counts()[State.WAITING]
        yield Ended(self._done, self._failed, left, time.monotonic() - begun_s)

    def _handed_out(self) -> Iterator[BatchEvent]:
        """Give each free worker a picture."""
        while self._crew.free and not (self._is_ending or self._is_paused or self._waits_for_kin()):
            row = self._journal.next_waiting()
            if row is None:
                return
            output = self._folder / row.output
            try:
                output.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                sentence = f"{output.parent} cannot be made ({error.strerror or error}). Choose another folder with -o."
                yield self._fail(row.output, "", sentence, {})
                continue
            # A result that is there is replaced where it is a batch's own, or was allowed to be.
            ours = row.ours or self._overwrite or not output.exists()
            self._journal.change(row.output, {"state": State.WORKING, "ours": ours})
            self._in_hand.add(row.output)
            self._crew.hand(row.output, self._order(row, ours=ours).plain())

    def _waits_for_kin(self) -> bool:
        """Tell whether a picture is being learned from that the next one starts from."""
        return self._kin is not None and self._kin.is_learning and bool(self._in_hand)

    def _order(self, row: Row, *, ours: bool) -> Order:
        options, learned = self._options, None
        if self._kin is not None:
            options, learned = self._kin.options(options)
        order = Order(Path(row.image), self._folder / row.output, options, overwrite=ours, save_weights=learned)
        if self._signature is None:
            return order
        return replace(order, sign_cert=self._signature.certificate, sign_key=self._signature.key)

    def _taken(self, message: Message) -> Iterator[BatchEvent]:
        """Note what a worker says."""
        output, worker, plain = message.output, message.worker, message.plain
        match plain["kind"]:
            case "begun":
                row = self._journal.row(output)
                yield Begun(output, "" if row is None else row.image, worker)
            case "told":
                yield Told(output, plain["sentence"])
            case "progress":
                yield Progressed(output, worker, plain["share"], plain["left_s"])
            case "lost":
                yield self._lost(output, worker, plain["sentence"])
            case "failed":
                status: dict[str, object] = {name: plain[name] for name in ("size", "mtime_ns") if name in plain}
                yield self._fail(output, worker, plain["sentence"], status)
            case "done":
                yield self._finish(message)

    def _finish(self, message: Message) -> Finished:
        output, plain = message.output, message.plain
        self._in_hand.discard(output)
        self._done += 1
        glance = [base64.b64decode(jpeg) for jpeg in plain["glance"]]
        kept = {name: plain[name] for name in _KEPT}
        figures = json.dumps(plain["figures"])
        if self._kin is not None:
            self._kin.take(plain["figures"])
        values = {"state": State.DONE, "sentence": None, "figures": figures, **kept}
        self._journal.change(output, values, glance)
        return Finished(output, message.worker, plain["seconds"], plain["figures"])

    def _fail(self, output: str, worker: str, sentence: str, columns: Mapping[str, object]) -> Failed:
        self._in_hand.discard(output)
        self._failed += 1
        values = {"state": State.FAILED, "sentence": sentence, "figures": None, **columns}
        if not (self._folder / output).exists():
            # What a person puts there afterwards is theirs.
            values["ours"] = False
        self._journal.change(output, values)
        return Failed(output, worker, sentence)

    def _lost(self, output: str, worker: str, sentence: str) -> BatchEvent:
        row = self._journal.row(output)
        if row is None or row.tries + 1 < MOST_TRIES:
            self._in_hand.discard(output)
            self._journal.change(output, {"state": State.WAITING, "tries": 1 if row is None else row.tries + 1})
            return WorkerLost(output, worker, sentence)
        told = f"{sentence} That happened twice with this picture. Give fewer --workers, or enlarge it by itself."
        return self._fail(output, worker, told, {"tries": MOST_TRIES, **file_status(row.image)})
