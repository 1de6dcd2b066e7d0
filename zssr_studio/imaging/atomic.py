"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from zssr_studio.errors import BadInputError, FailureError, StudioError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO


def write_atomically(path: Path, write: Callable[[BinaryIO], object], *, overwrite: bool) -> None:
    """Write a file beside its place, sync it, and move it there; an old file stays as it was until then.

    Parameters
    ----------
    path : Path
    write : callable
        Writes the content to the open file that it is given.
    overwrite : bool
        Whether an existing file may be replaced.

    Raises
    ------
    BadInputError
        If the file exists and may not be replaced, or the folder is missing or not writable.
    FailureError
        If the disk is full or fails.
    """
    temporary = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("x+b") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        _move(temporary, path, overwrite=overwrite)
    except OSError as error:
        raise _told(path, error) from error
    finally:
        with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            temporary.unlink()


def check_place(path: Path, *, overwrite: bool) -> None:
    """Find out before long work whether a file can be written to a place.

    Raises
    ------
    BadInputError
    """
    if path.is_dir():
        raise BadInputError(f"{path} is a folder. Give a file's name.")
    if (path.exists() or path.is_symlink()) and not overwrite:
        raise refuse_existing(path)
    if not path.parent.is_dir():
        raise BadInputError(f"There is no folder {path.parent}. Make it first or give another place.")
    if not os.access(path.parent, os.W_OK):
        raise BadInputError(f"{path.parent} may not be written to. Choose another folder.")


def refuse_existing(path: Path) -> BadInputError:
    """Make the error for a file that is in the way."""
    return BadInputError(f"{path} exists already. Give another name, or allow it to be overwritten.")


def _move(temporary: Path, path: Path, *, overwrite: bool) -> None:
    if overwrite:
        temporary.replace(path)
        return
    try:
        # A hard link fails where the name is taken, in one step; a rename would replace silently.
        path.hardlink_to(temporary)
    except FileExistsError:
        raise refuse_existing(path) from None
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK):
            raise
        # Some file systems (FAT, network shares) have no hard links.
        if path.exists():
            raise refuse_existing(path) from None
        temporary.rename(path)


def _told(path: Path, error: OSError) -> StudioError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return BadInputError(f"There is no folder {path.parent}. Make it first or give another place.")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return BadInputError(f"{path.parent} may not be written to. Choose another folder.")
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return FailureError(
            f"{path} was not written: the disk is full. Free some space or choose another folder; nothing there was "
            "changed."
        )
    return FailureError(f"{path} was not written: {error.strerror or error}. Choose another folder.")
