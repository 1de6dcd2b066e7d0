"""The journal of a batch: what was asked for, what became of it, in one SQLite file in the folder of the results.

The coordinator alone writes it; whoever wants to know how far a batch is reads it, while it works too.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from zssr_studio.batch.kept.rows import COLUMNS, SCHEMA, State, row_of, stored
from zssr_studio.errors import BadInputError, FailureError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from zssr_studio.batch.inputs import Input
    from zssr_studio.batch.kept.rows import Row, Values

SUFFIX = ".zssr-batch"
# A reader waits so long for the moment in which a row is written.
BUSY_S = 30.0


class Journal:
    """A journal that is open.

    Parameters
    ----------
    path : Path
    is_read_only : bool

    Raises
    ------
    BadInputError
        If there is none to read, or it is no journal.
    FailureError
        If the folder takes none.
    """

    def __init__(self, path: Path, *, is_read_only: bool = False) -> None:
        self._path = path
        if is_read_only and not path.exists():
            raise BadInputError(f"There is no journal {path}. Name the folder that a batch wrote its results to.")
        with self._told():
            self._base = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
            try:
                if not is_read_only:
                    self._prepare()
            except sqlite3.Error:
                self._base.close()
                raise
        self.number = self._last_number()

    def _prepare(self) -> None:
        """Make the tables, with a log of writes where the file system of the folder bears one."""
        self._base.execute("PRAGMA synchronous=FULL")
        try:
            self._base.execute("PRAGMA journal_mode=WAL")
            # Some say that they keep a log and fail when it is written, so it is tried.
            self._base.executescript(SCHEMA)
            with self._transaction():
                self._base.execute("INSERT INTO batch (number) VALUES (-1)")
                self._base.execute("DELETE FROM batch WHERE number = -1")
        except sqlite3.OperationalError:
            self._base.execute("PRAGMA journal_mode=DELETE")
            self._base.executescript(SCHEMA)

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    @classmethod
    def copy(cls, path: Path, to: Path) -> None:
        """Copy a journal, one that is being written too."""
        with cls(path, is_read_only=True) as journal, closing(sqlite3.connect(to)) as other:
            journal._base.backup(other)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn an error of the database into a sentence."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise FailureError(
                    f"{self._path} cannot be used as the journal of a batch ({error}). See to the disk and the "
                    "permissions of its folder, or choose another one with -o."
                ) from error
            raise BadInputError(
                f"{self._path} is no journal of a batch, or is damaged ({error}). Move it away to begin anew."
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Write all that is written inside, or nothing."""
        with self._told():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT")

    def _last_number(self) -> int:
        with self._told():
            return int(self._base.execute("SELECT ifnull(max(number), 0) FROM batch").fetchone()[0])

    @contextmanager
    def new_batch(self, version: str, options: Values) -> Iterator[None]:
        """Begin a batch with the next number, and take what is asked for inside; where that fails, all is as before."""
        before = self.number
        try:
            with self._transaction():
                self.number += 1
                told = (self.number, time.time(), version, json.dumps(options))
                self._base.execute("INSERT INTO batch (number, begun_s, version, options) VALUES (?, ?, ?, ?)", told)
                # What a batch that was killed had in hand is to be done again.
                self._base.execute("UPDATE picture SET state = 'waiting' WHERE state = 'working'")
                yield
        except BaseException:
            self.number = before
            raise

    def end_batch(self) -> None:
        """Note that the batch ended, and leave what was in hand for the next."""
        with self._transaction():
            self._base.execute("UPDATE picture SET state = 'waiting' WHERE state = 'working'")
            self._base.execute("UPDATE batch SET ended_s = ? WHERE number = ?", (time.time(), self.number))

    def last_batch(self) -> Values | None:
        """Return `begun_s`, `ended_s`, `version` and `options` of the last batch; None where there was none."""
        names = ("begun_s", "ended_s", "version", "options")
        with self._told():
            found = self._base.execute(
                f"SELECT {', '.join(names)} FROM batch WHERE number = ?",
                (self.number,),
            ).fetchone()
        return None if found is None else {**dict(zip(names, found, strict=True)), "options": json.loads(found[3])}

    def row(self, output: str) -> Row | None:
        """Return the row of a result."""
        with self._told():
            query = f"SELECT {COLUMNS} FROM picture WHERE output = ?"
            found = self._base.execute(query, (stored(output),)).fetchone()
        return None if found is None else row_of(found)

    def ask(self, output: str, image: str, relative: str, place: int, settings: str) -> None:
        """Ask for a picture in this batch that is to be done, inside `new_batch`."""
        values: Values = {"image": stored(image), "relative": stored(relative), "asked": self.number, "place": place}
        values |= {"state": State.WAITING, "settings": settings, "tries": 0, "sentence": None}
        names = ", ".join(values)
        marks, renewed = ", ".join("?" * len(values)), ", ".join(f"{name} = excluded.{name}" for name in values)
        self._base.execute(
            f"INSERT INTO picture (output, {names}) VALUES (?, {marks}) ON CONFLICT (output) DO UPDATE SET {renewed}",
            (stored(output), *values.values()),
        )

    def ask_again(self, known: Iterable[tuple[str, int, Input]]) -> None:
        """Ask for pictures in this batch of which all stays but where they are, inside `new_batch`."""
        values = (
            (self.number, place, stored(one.image), stored(one.relative), stored(output))
            for output, place, one in known
        )
        self._base.executemany(
            "UPDATE picture SET asked = ?, place = ?, image = ?, relative = ? WHERE output = ?", values
        )

    def known(self, outputs: Sequence[str]) -> dict[str, Row]:
        """Return the rows that there are of some results."""
        query = f"SELECT {COLUMNS} FROM picture WHERE output IN ({', '.join('?' * len(outputs))})"
        with self._told():
            found = self._base.execute(query, [stored(output) for output in outputs]).fetchall()
        return {row.output: row for row in map(row_of, found)}

    def change(self, output: str, values: Values, glance: Sequence[bytes] | None = None) -> None:
        """Write what became of a picture, so that it outlasts whatever comes, and what a report shows of it as JPEG."""
        values = {**values, "changed_s": time.time()}
        names = ", ".join(f"{name} = ?" for name in values)
        with self._transaction():
            self._base.execute(
                f"UPDATE picture SET {names} WHERE output = ?",
                (*map(stored, values.values()), stored(output)),
            )
            if glance is not None:
                self._base.execute("INSERT OR REPLACE INTO glance VALUES (?, ?, ?, ?)", (stored(output), *glance))

    def glance(self, output: str) -> Sequence[bytes]:
        """Return the small pictures of a picture: all of it, and a part before and after; none where none are kept."""
        query = "SELECT whole, before, after FROM glance WHERE output = ?"
        with self._told():
            return self._base.execute(query, (stored(output),)).fetchone() or ()

    def next_waiting(self) -> Row | None:
        """Return the next picture to be done; those that a process ended in come last."""
        with self._told():
            query = f"SELECT {COLUMNS} FROM picture WHERE asked = ? AND state = 'waiting' ORDER BY tries, place LIMIT 1"
            found = self._base.execute(query, (self.number,)).fetchone()
        return None if found is None else row_of(found)

    def counts(self) -> dict[State, int]:
        """Return how many pictures of the last batch are in each state."""
        query = "SELECT state, count(*) FROM picture WHERE asked = ? GROUP BY state"
        with self._told():
            found = dict(self._base.execute(query, (self.number,)).fetchall())
        return {state: int(found.get(state, 0)) for state in State}

    def rows(self, *states: State) -> Iterator[Row]:
        """Yield the pictures of the last batch in some states, in the order in which they were asked for."""
        marks = ", ".join("?" * len(states))
        query = f"SELECT {COLUMNS} FROM picture WHERE asked = ? AND state IN ({marks}) ORDER BY place"
        with self._told():
            # Its cursor is not closed here: who is interrupted may let go of these rows behind the journal.
            for values in self._base.execute(query, (self.number, *states)):
                yield row_of(values)


def journals_in(folder: Path) -> list[Path]:
    """Return the journals in a folder: one, or one for each shard."""
    return sorted(folder.glob(f"*{SUFFIX}"))
