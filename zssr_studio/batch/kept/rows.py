"""The tables of a journal, and a row of them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    Values = dict[str, Any]

SCHEMA = """
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
    figures_json: str | None

    @property
    def figures(self) -> Values:
        """What is told of a picture that is done; empty for others."""
        figures: Values = {} if self.figures_json is None else json.loads(self.figures_json)
        return figures


COLUMNS = ", ".join(name.removesuffix("_json") for name in Row.__dataclass_fields__)


def row_of(values: Iterable[Any]) -> Row:
    """Make a row of what `COLUMNS` gave."""
    output, image, relative, state, *others = map(loaded, values)
    return Row(output, image, relative, State(state), *others)


def stored(value: Any) -> Any:
    """Return a value as SQLite takes it: bytes where a path, or a sentence that names one, is no text."""
    if not isinstance(value, str):
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        return os.fsencode(value)
    return value


def loaded(value: Any) -> Any:
    """Return a value as Python has it; no column of a picture holds bytes of another kind."""
    return os.fsdecode(value) if isinstance(value, bytes) else value
