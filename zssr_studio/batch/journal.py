"""The journal of a batch: what was asked for, what became of it, in one SQLite file in the folder of the results.

The coordinator alone writes it; whoever wants to know how far a batch is reads it, while it works too.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from zssr_studio.errors import BadInputError, FailureError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    Values = dict[str, Any]

SUFFIX = ".zssr-batch"
# A reader waits so long for the moment in which a row is written.
BUSY_S = 30.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS picture (
    output TEXT PRIMARY KEY,   -- path of the result below the folder, with / between folders
    image TEXT NOT NULL,       -- absolute path of the source
    relative TEXT NOT NULL,    -- its path below what was named
    asked INTEGER NOT NULL,    -- number of the batch that asked for it last
    place INTEGER NOT NULL,    -- its place in that batch
    state TEXT NOT NULL,       -- waiting, working, done, failed
    settings TEXT,             -- hash of options, files that they name, and version
    size INTEGER, mtime_ns INTEGER, sha256 TEXT,                            -- of the source, when it was read
    output_size INTEGER, output_mtime_ns INTEGER, output_sha256 TEXT,       -- of the result
    ours INTEGER NOT NULL DEFAULT 0,      -- whether a result in this place is known to be of a batch
    tries INTEGER NOT NULL DEFAULT 0,     -- how often a process ended in the middle of it
    seconds REAL, sentence TEXT, figures TEXT, changed_s REAL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS picture_turn ON picture (asked, state, tries, place);
CREATE TABLE IF NOT EXISTS glance (output TEXT PRIMARY KEY, whole BLOB, before BLOB, after BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS batch (
    number INTEGER PRIMARY KEY, begun_s REAL, ended_s REAL, version TEXT, options TEXT
);
"""


class State(StrEnum):
    """What became of a picture."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Row:
    """A picture in the journal; the columns are told where its table is made."""

    output: str
    image: str
    relative: str
    state: State
    settings: str | None
    size: int | None
    mtime_ns: int | None
    sha256: str | None
    output_size: int | None
    output_mtime_ns: int | None
    output_sha256: str | None
    ours: bool
    tries: int
    seconds: float | None
    sentence: str | None
    figures: Values


_COLUMNS = ", ".join(name for name in Row.__dataclass_fields__)


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
            self._base.executescript(_SCHEMA)
            with self._transaction():
                self._base.execute("INSERT INTO batch (number) VALUES (-1)")
                self._base.execute("DELETE FROM batch WHERE number = -1")
        except sqlite3.OperationalError:
            self._base.execute("PRAGMA journal_mode=DELETE")
            self._base.executescript(_SCHEMA)

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
            query = f"SELECT {_COLUMNS} FROM picture WHERE output = ?"
            found = self._base.execute(query, (_stored(output),)).fetchone()
        return None if found is None else _row(found)

    def ask(self, output: str, image: str, relative: str, place: int, **changed: object) -> None:
        """Ask for a picture in this batch, inside `new_batch`; what is there of it stays but for what changed."""
        values: Values = {"image": _stored(image), "relative": _stored(relative), "asked": self.number, "place": place}
        values |= changed
        names = ", ".join(values)
        marks, renewed = ", ".join("?" * len(values)), ", ".join(f"{name} = excluded.{name}" for name in values)
        self._base.execute(
            f"INSERT INTO picture (output, {names}) VALUES (?, {marks}) ON CONFLICT (output) DO UPDATE SET {renewed}",
            (_stored(output), *values.values()),
        )

    def change(self, output: str, **values: object) -> None:
        """Write what became of a picture, so that it outlasts whatever comes."""
        values["changed_s"] = time.time()
        names = ", ".join(f"{name} = ?" for name in values)
        with self._transaction():
            self._base.execute(
                f"UPDATE picture SET {names} WHERE output = ?",
                (*values.values(), _stored(output)),
            )

    def keep_glance(self, output: str, whole: bytes, before: bytes, after: bytes) -> None:
        """Keep what a report shows of a picture, as JPEG."""
        with self._transaction():
            told = (_stored(output), whole, before, after)
            self._base.execute("INSERT OR REPLACE INTO glance VALUES (?, ?, ?, ?)", told)

    def glance(self, output: str) -> tuple[bytes, bytes, bytes] | None:
        """Return the small pictures of a picture: all of it, and a part before and after."""
        query = "SELECT whole, before, after FROM glance WHERE output = ?"
        with self._told():
            found = self._base.execute(query, (_stored(output),)).fetchone()
        return None if found is None else (found[0], found[1], found[2])

    def next_waiting(self) -> Row | None:
        """Return the next picture to be done; those that a process ended in come last."""
        with self._told():
            query = (
                f"SELECT {_COLUMNS} FROM picture WHERE asked = ? AND state = 'waiting' ORDER BY tries, place LIMIT 1"
            )
            found = self._base.execute(query, (self.number,)).fetchone()
        return None if found is None else _row(found)

    def counts(self) -> dict[State, int]:
        """Return how many pictures of the last batch are in each state."""
        query = "SELECT state, count(*) FROM picture WHERE asked = ? GROUP BY state"
        with self._told():
            found = dict(self._base.execute(query, (self.number,)).fetchall())
        return {state: int(found.get(state, 0)) for state in State}

    def rows(self, *states: State) -> Iterator[Row]:
        """Yield the pictures of the last batch in some states, in the order in which they were asked for."""
        marks = ", ".join("?" * len(states))
        query = f"SELECT {_COLUMNS} FROM picture WHERE asked = ? AND state IN ({marks}) ORDER BY place"
        with self._told(), closing(self._base.execute(query, (self.number, *states))) as found:
            for values in found:
                yield _row(values)


def journals_in(folder: Path) -> list[Path]:
    """Return the journals in a folder: one, or one for each shard."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def _row(values: Iterable[Any]) -> Row:
    named = dict(zip(Row.__dataclass_fields__, values, strict=True))
    texts = {name: _loaded(named[name]) for name in ("output", "image", "relative")}
    figures = {} if named["figures"] is None else json.loads(named["figures"])
    return Row(**{**named, **texts, "state": State(named["state"]), "ours": bool(named["ours"]), "figures": figures})


def _stored(path: str) -> str | bytes:
    """Return a path as SQLite takes it: bytes where a file's name is no text."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def _loaded(stored: str | bytes) -> str:
    return os.fsdecode(stored) if isinstance(stored, bytes) else stored
