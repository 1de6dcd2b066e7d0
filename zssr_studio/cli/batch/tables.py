"""Tables of a batch on standard output: how far it is, and what it would find and take."""

from __future__ import annotations

import json
import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from rich.table import Table

from zssr_studio.batch.kept.journal import Journal, journals_in
from zssr_studio.batch.kept.rows import State
from zssr_studio.batch.report import write_report
from zssr_studio.cli.streams import console, shown
from zssr_studio.errors import BadInputError
from zssr_studio.words.say import duration_text

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.batch.one_file.options import Plain

KB, MB = 1e3, 1e6
# So many sentences are printed; the report has all.
MOST_SENTENCES = 20


def print_status(folder: Path, *, as_json: bool, reports: bool) -> None:
    """Say how far the batch in a folder is, from its journal or from those of its shards.

    Raises
    ------
    BadInputError
        If there is none.
    """
    paths = journals_in(folder)
    if not paths:
        raise BadInputError(f"There is no journal of a batch in {folder}. Name the folder that it writes to.")
    with ExitStack() as stack:
        journals = [stack.enter_context(Journal(path, is_read_only=True)) for path in paths]
        counts = {state: sum(journal.counts()[state] for journal in journals) for state in State}
        if as_json:
            sys.stdout.write(json.dumps({str(state): count for state, count in counts.items()}) + "\n")
        else:
            _print_counts(journals, counts)
        if reports:
            for path in write_report(journals, folder):
                console(errors=True).print(shown(f"{path} was written."))


def _print_counts(journals: list[Journal], counts: dict[State, int]) -> None:
    for state, count in counts.items():
        console().print(f"{state:8} {count:>9,}")
    begun = [told["begun_s"] for journal in journals if (told := journal.last_batch()) is not None]
    if begun:
        console().print(f"begun    {time.strftime('%Y-%m-%d %H:%M:%S', time.localtime(min(begun)))}")
    failed = (row for journal in journals for row in journal.rows(State.FAILED))
    for _, row in zip(range(MOST_SENTENCES), failed, strict=False):
        console().print(shown(f"{row.image}: {row.sentence}"))
    if counts[State.FAILED] > MOST_SENTENCES:
        console().print(f"and {counts[State.FAILED] - MOST_SENTENCES} more, which --report writes into batch.csv.")


class Survey:
    """The table of what a batch would find and take."""

    def __init__(self, workers: int) -> None:
        self._table = Table(box=None, pad_edge=False)
        # The beginnings of names are alike, so that what is left of a cut one would tell nothing.
        self._table.add_column("picture", overflow="fold")
        for title in ("size", "kernel", "cleaned", "time", "file"):
            self._table.add_column(title)
        self._workers = workers
        self._seconds = self._bytes = 0.0
        self._sentences: list[str] = []
        self._count = 0

    def take(self, image: str, plain: Plain) -> None:
        """Take what was found in a picture, or why nothing was."""
        if plain["kind"] != "done":
            sentence = str(plain["sentence"])
            # Most sentences begin with the file's name, which tells enough where it lies in no folder.
            self._sentences.append(sentence if sentence.startswith(image) else f"{image}: {sentence}")
            return
        seconds = plain["training_s"] + plain["output_s"]
        self._seconds += seconds
        self._bytes += plain["file_bytes"]
        self._count += 1
        most = "at most " if plain["at_most"] else ""
        self._table.add_row(
            shown(image),
            f"{plain['width']} x {plain['height']}",
            plain["kernel"],
            plain["damage"] or "nothing",
            most + duration_text(seconds),
            _size_text(plain["file_bytes"]),
        )

    def print(self, *, done_before: int) -> None:
        """Print the table and its sums."""
        console().print(self._table)
        for sentence in self._sentences:
            console().print(shown(f"cannot be done: {sentence}"))
        pictures = "1 picture" if self._count == 1 else f"{self._count} pictures"
        told = f"{pictures} to enlarge, {len(self._sentences)} that cannot be, {done_before} done before."
        if self._count:
            at_once = min(self._workers, self._count)
            told += (
                f" About {duration_text(self._seconds / at_once)} with {at_once} at once, and about "
                f"{_size_text(self._bytes)} on the disk."
            )
        console().print(told)


def _size_text(size_bytes: float) -> str:
    return f"{size_bytes / MB:.1f} MB" if size_bytes >= MB else f"{size_bytes / KB:.0f} kB"
