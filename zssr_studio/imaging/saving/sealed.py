"""Files that are sealed when they are whole, such as by a signature; one that has its name is sealed already."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from zssr_studio.errors import FailureError
from zssr_studio.imaging.saving.atomic import new_part
from zssr_studio.imaging.saving.kept import COPIED_BYTES, UnfinishedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Write = Callable[[BinaryIO], object]
    # Takes a file that is whole, and writes it sealed to the second one; raises SealError.
    Seal = Callable[[BinaryIO, BinaryIO], object]


class SealError(Exception):
    """A file was not sealed; says why, in a part of a sentence."""


@contextmanager
def sealing(write: Write, seal: Seal | None, path: Path) -> Iterator[Write]:
    """Give what writes a file sealed; where that fails, it is kept as it is, and not under the name asked for.

    Parameters
    ----------
    write : callable
        Writes the file.
    seal : callable or None
        None leaves it as it is.
    path : Path
        Where the file is to lie; it is held there, as a hidden part, until it is sealed.
    """
    if seal is None:
        yield write
        return
    with _hidden(path) as plain:

        def write_sealed(file: BinaryIO) -> None:
            try:
                write(plain)
            except UnfinishedError as error:
                raise UnfinishedError(error.reason, partial(_unsealed, plain, error.go_on)) from error
            plain.seek(0)
            try:
                seal(plain, file)
            except SealError as error:
                reason = FailureError(f"The result was not signed: {error}. It is kept without a signature.")
                raise UnfinishedError(reason, partial(_unsealed, plain, None)) from error

        yield write_sealed


def _unsealed(plain: BinaryIO, go_on: Write | None, file: BinaryIO) -> None:
    """Write what is there as it is, once the rest of it is written."""
    if go_on is not None:
        go_on(plain)
    plain.seek(0)
    file.seek(0)
    file.truncate(0)
    shutil.copyfileobj(plain, file, COPIED_BYTES)


@contextmanager
def _hidden(path: Path) -> Iterator[BinaryIO]:
    """Open a part beside a place, or among temporary files where its folder takes none, and remove it behind."""
    try:
        part = new_part(path, buffering=-1)
    except OSError:
        part = new_part(Path(tempfile.gettempdir()) / path.name, buffering=-1)
    try:
        yield part.file
    finally:
        part.close()
