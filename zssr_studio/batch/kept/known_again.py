"""How a file is known again: its size, the time of its last change, and where these do not tell its content."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypedDict

from zssr_studio.imaging.metadata.derivation import file_sha256


class FileStatus(TypedDict):
    """Size in bytes and time of the last change in ns; None where there is no such file."""

    size: int | None
    mtime_ns: int | None


def file_status(path: str | Path) -> FileStatus:
    """Look at a file without reading it."""
    try:
        status = os.stat(path)  # noqa: PTH116  # Path would take as long as the look itself
    except OSError:
        return {"size": None, "mtime_ns": None}
    return {"size": status.st_size, "mtime_ns": status.st_mtime_ns}


def sha256_if_readable(path: Path) -> str | None:
    """Return the SHA-256 of a file's content; None where it cannot be read."""
    try:
        return file_sha256(path)
    except OSError:
        return None


def is_same(path: str, size: int | None, mtime_ns: int | None, sha256: str | None) -> bool:
    """Tell whether a file is what it was; it is read only where the time of its last change does not tell."""
    now = file_status(path)
    if now["size"] != size:
        return False
    return now["mtime_ns"] == mtime_ns or (sha256 is not None and sha256_if_readable(Path(path)) == sha256)
