"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from zssr_studio.errors import BadInputError, FailureError, StudioError
from zssr_studio.imaging.saving.parts import Part
from zssr_studio.imaging.saving.places import final_place, name_limit_bytes, refuse_existing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO


def write_atomically(path: Path, write: Callable[[BinaryIO], object], *, overwrite: bool) -> None:
    """Write a file beside its place, sync it, and move it there; an old file stays as it was until then.

    A file that is replaced keeps its mode, and its owner where that may be; a symbolic link stays one, and what it
    leads to is replaced.

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
    place = final_place(path, overwrite=overwrite)
    try:
        part = new_part(place)
        try:
            write(part.file)
            part.file.flush()
            os.fsync(part.file.fileno())
            move(part.path, place, overwrite=overwrite)
        finally:
            part.close()
    except OSError as error:
        raise told(path, error) from error


def new_part(place: Path, buffering: int = -1) -> Part:
    """Begin the part of a file at a place; it has the rights of the file that is there.

    Raises
    ------
    OSError
    """
    part = Part(place, name_limit_bytes(place.parent), buffering)
    part.take_after(place)
    return part


def move(temporary: Path, path: Path, *, overwrite: bool) -> None:
    """Give a file its name in one step.

    Raises
    ------
    BadInputError
        If the name is taken and may not be replaced.
    OSError
    """
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


def told(path: Path, error: OSError) -> StudioError:
    """Say in a sentence why a file was not written."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return BadInputError(f"There is no folder {path.parent}. Make it first or give another place.")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return BadInputError(f"{path.parent} may not be written to. Choose another folder.")
    if error.errno == errno.EFBIG:
        return FailureError(
            f"{path} was not written: it is larger than a file of this process (ulimit -f), or on this disk, may be. "
            "Allow larger ones, choose another folder, or a format that takes less, such as JPEG; nothing there was "
            "changed."
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FailureError(
            f"{path} was not written: the disk is full. Free some space or choose another folder; nothing there was "
            "changed."
        )
    return FailureError(f"{path} was not written: {error.strerror or error}. Choose another folder.")
