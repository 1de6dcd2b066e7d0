"""What a place has to be like: checked before long work, so that nothing is refused behind it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.saving.parts import Part, cut_name, sweep

# Where a system does not tell how long a name may be; that of nearly all file systems.
USUAL_NAME_BYTES = 255
_KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def check_place(path: Path, *, overwrite: bool) -> None:
    """Find out before long work whether a file can be written to a place; clear what killed programs left beside it.

    Raises
    ------
    BadInputError
    """
    try:
        _check_name(path)
        _check_free(path, overwrite=overwrite)
        place = final_place(path, overwrite=overwrite)
        folder = place.parent
        if not folder.is_dir():
            raise BadInputError(f"There is no folder {folder}. Make it first or give another place.")
        if not os.access(folder, os.W_OK):
            raise BadInputError(f"{folder} may not be written to. Choose another folder.")
        # Tried, since rights alone do not tell: some shares and all that a system makes up take no file whatever.
        Part(place, name_limit_bytes(folder), buffering=0).close()
    except OSError as error:
        raise BadInputError(f"{path} is no place to write to ({error.strerror or error}). Give another one.") from error
    sweep(folder)


def check_ordinary(path: Path) -> None:
    """Refuse what is no ordinary file: to open a pipe waits for ever, and a device has no end.

    What is not there, or may not be looked at, is left to the one who opens it.

    Raises
    ------
    BadInputError
    """
    try:
        kind = _KINDS.get(stat.S_IFMT(path.stat().st_mode))
    except (OSError, ValueError):
        # Many programs call standard input so.
        kind = "standard input" if str(path) == "-" else None
    if kind is not None:
        raise BadInputError(f"{path} is {kind}, which cannot be read. Save it as a file first, and name that.")


def final_place(path: Path, *, overwrite: bool) -> Path:
    """Return where a file really lies: what replaces a symbolic link is written to where the link leads."""
    return Path(os.path.realpath(path)) if overwrite and path.is_symlink() else path


def refuse_existing(path: Path) -> BadInputError:
    """Make the error for a file that is in the way."""
    return BadInputError(f"{path} exists already. Give another name, or allow it to be overwritten (--overwrite).")


def name_limit_bytes(folder: Path) -> int:
    """Return how many bytes a name may have in a folder, as its file system says."""
    try:
        return os.pathconf(folder, "PC_NAME_MAX")
    except (OSError, ValueError, AttributeError):  # AttributeError: Windows has no pathconf
        return USUAL_NAME_BYTES


def _check_name(path: Path) -> None:
    size, limit = len(os.fsencode(path.name)), name_limit_bytes(path.parent)
    if size > limit:
        raise BadInputError(
            f"The name {cut_name(path.name, 60)}... has {size} bytes, and a file's name has at most {limit} there. "
            "Give a shorter one."
        )


def _check_free(path: Path, *, overwrite: bool) -> None:
    if path.is_dir():
        raise BadInputError(f"{path} is a folder. Give a file's name.")
    if not path.exists() and not path.is_symlink():
        return
    if not overwrite:
        raise refuse_existing(path)
    if path.exists() and not path.is_file():
        raise BadInputError(f"{path} is no ordinary file, which is never replaced. Give another name.")
