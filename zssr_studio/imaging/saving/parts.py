"""The part that a file grows in, beside its place; and what is done with parts whose writer was killed.

The writer of a part holds a lock on it as long as it lives, which the system lets go of when the program ends, however
it ends. So a part that can be locked is written by nobody, whichever container or user the writer was in.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where a file that is open cannot be removed: that is lock enough
    fcntl = None  # type: ignore[assignment]

_NAMES = re.compile(r"\..*\.zssr-[0-9a-f]{8}\.part", re.DOTALL)
_MARK_BYTES = len("..zssr-01234567.part")
_ACCESS_LIST = "system.posix_acl_access"


class Part:
    """A new file, locked and hidden, beside the place that its content is for.

    Parameters
    ----------
    path : Path
        The place.
    limit_bytes : int
        Of a file's name there.
    buffering : int
        As `open` takes it: 0 for none.

    Attributes
    ----------
    path : Path
        Of the part itself.
    file : file object
        Open for reading and writing.

    Raises
    ------
    OSError
    """

    def __init__(self, path: Path, limit_bytes: int, buffering: int) -> None:
        stem = cut_name(path.name, limit_bytes - _MARK_BYTES)
        while True:
            self.path = path.with_name(f".{stem}.zssr-{secrets.token_hex(4)}.part")
            self.file: BinaryIO = self.path.open("x+b", buffering)
            if _locked(self.file, waits=True) and _is_at(self.path, self.file):
                return
            # Somebody swept between making and locking.
            self.file.close()

    def take_after(self, old: Path) -> None:
        """Take mode, owner and access list of the file that will be replaced, as far as this user may."""
        try:
            status = old.stat()
        except OSError:
            return
        mode = stat.S_IMODE(status.st_mode)
        if hasattr(os, "fchown"):
            try:
                os.fchown(self.file.fileno(), status.st_uid, status.st_gid)
            except OSError:
                # To run as an owner is only that owner's to give away.
                mode &= ~(stat.S_ISUID | stat.S_ISGID)
                with suppress(OSError):
                    os.fchown(self.file.fileno(), -1, status.st_gid)
        with suppress(OSError):
            self.path.chmod(mode)
        if hasattr(os, "getxattr"):
            with suppress(OSError):  # most files have none
                os.setxattr(self.path, _ACCESS_LIST, os.getxattr(old, _ACCESS_LIST))

    def close(self) -> None:
        """Let go of the part, and remove it where it has not become a file."""
        # On Windows only what is closed can be removed, elsewhere the lock holds until then.
        closes_first = fcntl is None
        if closes_first:
            self._close_file()
        with suppress(OSError):
            self.path.unlink()
        self._close_file()

    def _close_file(self) -> None:
        with suppress(OSError):  # what is left in its buffer; what counts was synced before
            self.file.close()


def cut_name(name: str, limit_bytes: int) -> str:
    """Return the beginning of a name that has at most so many bytes; no letter is cut in two."""
    while len(os.fsencode(name)) > limit_bytes:
        name = name[:-1]
    return name


def sweep(folder: Path) -> None:
    """Remove the parts in a folder that nobody writes any more; only those whose names are of our making."""
    with suppress(OSError):  # what cannot be listed cannot be swept
        for path in folder.iterdir():
            if _NAMES.fullmatch(path.name):
                _remove_left(path)


def _remove_left(path: Path) -> None:
    with suppress(OSError):  # it is gone already, or another user's
        if fcntl is None:
            path.unlink()
            return
        if not path.is_file() or path.is_symlink():
            return
        with path.open("r+b", buffering=0) as file:
            if _locked(file, waits=False) and _is_at(path, file):
                path.unlink()


def _locked(file: BinaryIO, *, waits: bool) -> bool:
    """Lock an open file; tell whether it is this program's now, or the system knows no locks and the file is new."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
    except OSError:
        # Some network shares know no locks: there parts are written, and never swept.
        return waits
    return True


def _is_at(path: Path, file: BinaryIO) -> bool:
    """Tell whether an open file still has the name that it was opened under."""
    try:
        found, opened = path.stat(), os.fstat(file.fileno())
    except OSError:
        return False
    return (found.st_dev, found.st_ino) == (opened.st_dev, opened.st_ino)
