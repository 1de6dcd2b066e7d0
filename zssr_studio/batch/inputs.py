"""What a person names to be enlarged: files, folders, patterns and lists, one after the other, however many."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.read import READ_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


# Editors of Windows write it before the first line of a text.
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was named, or that lies in a folder that was.

    Parameters
    ----------
    image : str
        Its absolute path; a text and not a `Path`, as there may be a hundred thousand of them.
    relative : str
        Its path below what was named, with `/` between folders: the same on each machine that sees the same files.
    """

    image: str
    relative: str


def inputs(words: Iterable[str], *, recursive: bool, left_out: Path) -> Iterator[Input]:
    """Find what words mean.

    Parameters
    ----------
    words : iterable of str
        A file, whatever it is called; a folder, of which all is taken that has a picture's name; or a pattern, such as
        `box/*.tif` or with `recursive` `box/**/*.tif`.
    recursive : bool
        Whether folders in folders are looked into.
    left_out : Path
        The folder of the results, which is not looked into.

    Raises
    ------
    BadInputError
        If a word means nothing that is there, or a folder may not be looked into.
    """
    out = _absolute(left_out)
    for word in words:
        if Path(word).is_dir() and not _has_picture_name(word):
            yield from _in_folder(_absolute(word), out, recursive=recursive)
        elif glob.has_magic(word) and not os.path.lexists(word):
            yield from _of_pattern(word, recursive=recursive)
        elif os.path.lexists(word):
            yield Input(_absolute(word), Path(word).name)
        else:
            raise BadInputError(f"There is no file or folder {word}. Check the name and the folder.")


def listed(lines: Iterable[str], folder: Path) -> Iterator[Input]:
    """Take a list with a path on each line, such as `find` prints it.

    Parameters
    ----------
    lines : iterable of str
        Empty ones are passed over. A path that leads nowhere is taken, and fails when its turn comes.
    folder : Path
        What relative paths are relative to.

    Raises
    ------
    BadInputError
        If a line holds a null character, which no path does: a list of `find -print0`, or no list at all.
    """
    for number, line in enumerate(lines):
        if "\0" in line:
            raise BadInputError(
                "The list of pictures holds a null character, as a picture itself does, or what `find -print0` prints. "
                "Give a text with a path on each line."
            )
        path = line.rstrip("\r\n")
        if not number:
            path = path.removeprefix(BYTE_ORDER_MARK)
        if path.strip():
            outside = Path(path).is_absolute() or ".." in Path(path).parts
            yield Input(_absolute(folder / path), Path(path).name if outside else Path(path).as_posix())


def below(folder: Path, image: str) -> str | None:
    """Return the path of an input below a folder, with `/` between folders; None where it lies elsewhere."""
    inside = f"{_absolute(folder).rstrip(os.sep)}{os.sep}"
    return image.removeprefix(inside).replace(os.sep, "/") if image.startswith(inside) else None


def _has_picture_name(path: str) -> bool:
    return path[path.rfind(".") :].lower() in READ_SUFFIXES


def _absolute(path: str | Path) -> str:
    """Return a path from the root on without `..`; links stay what they are."""
    return os.path.abspath(path)  # noqa: PTH100  # Path.absolute keeps `..`, Path.resolve follows links


def _in_folder(top: str, out: str, *, recursive: bool) -> Iterator[Input]:
    """Yield what has a picture's name, a folder too, which then fails with a sentence instead of being passed over."""
    for folder, inside, files in os.walk(top, onerror=_refuse_folder):
        named = [name for name in (*inside, *files) if _has_picture_name(name) and not name.startswith(".")]
        for name in sorted(named):
            # Texts, as paths made of a hundred thousand names would take seconds.
            path = f"{folder.rstrip(os.sep)}{os.sep}{name}"
            yield Input(path, path[len(top.rstrip(os.sep)) + 1 :].replace(os.sep, "/"))
        wanted = (name for name in sorted(inside) if not (name.startswith(".") or _has_picture_name(name)))
        inside[:] = [name for name in wanted if str(Path(folder, name)) != out] if recursive else []


def _of_pattern(pattern: str, *, recursive: bool) -> Iterator[Input]:
    # Path.glob takes no absolute pattern.
    found = sorted(glob.glob(pattern, recursive=recursive))  # noqa: PTH207
    if not found:
        raise BadInputError(f"Nothing is called like {pattern}. Check the pattern and the folder.")
    before = pattern[: min(pattern.index(sign) for sign in "*?[" if sign in pattern)]
    top = _absolute(Path(before + "x").parent)
    for path in found:
        image = _absolute(path)
        if not Path(image).is_dir() or _has_picture_name(image):
            yield Input(image, Path(os.path.relpath(image, top)).as_posix())


def _refuse_folder(error: OSError) -> None:
    raise BadInputError(
        f"{error.filename} may not be looked into ({error.strerror or error}). Change its permissions, or name the "
        "folders beside it."
    ) from error
