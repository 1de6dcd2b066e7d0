"""A result that cost time is kept: where it cannot be written as it was asked for, it goes to another place."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from zssr_studio.errors import FailureError, StudioError
from zssr_studio.imaging.saving.atomic import move, new_part, told
from zssr_studio.imaging.saving.parts import cut_name
from zssr_studio.imaging.saving.places import final_place, name_limit_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from zssr_studio.imaging.saving.parts import Part

COPIED_BYTES = 1 << 20
# Letters of a number behind a name, as in `harbour-12.tif`, with room to spare.
NUMBER_BYTES = 6
MOST_NAMES = 1000


class KeptElsewhereError(FailureError):
    """A file could not be written as it was asked for, and lies in another place.

    Parameters
    ----------
    reason : str
        One or two whole sentences.
    path : Path
        Where it lies.
    """

    def __init__(self, reason: str, path: Path) -> None:
        super().__init__(f"{reason} The result is kept: {path}")
        self.path = path
        self._reason = reason

    def with_notes(self, notes: Iterable[str]) -> KeptElsewhereError:
        """Return the same error which also says what could not be kept."""
        return KeptElsewhereError(" ".join([self._reason, *notes]), self.path)


class UnfinishedError(Exception):
    """Who writes a file failed in the middle; another one goes on with it, in another place, as it is not what it was.

    Parameters
    ----------
    reason : StudioError
    go_on : callable
        Writes the rest to the file that it is given, which holds what was written so far.
    """

    def __init__(self, reason: StudioError, go_on: Callable[[BinaryIO], object]) -> None:
        super().__init__(str(reason))
        self.reason, self.go_on = reason, go_on


def write_kept(path: Path, write: Callable[[BinaryIO], object], *, overwrite: bool) -> None:
    """Write a file as `write_atomically` does; whatever a file system refuses, the content goes to another place.

    That is another name beside the one that was asked for, then the folder of the user's data, then that for temporary
    files. A disk that fills up in the middle costs nothing either: what is written already moves along.

    Parameters
    ----------
    path : Path
    write : callable
        Writes the content, once, to the file that it is given; may raise `UnfinishedError`.
    overwrite : bool
        Whether an existing file may be replaced.

    Raises
    ------
    KeptElsewhereError
        If it was written elsewhere.
    StudioError
        If no place would take it.
    """
    file = _MovingFile(path, overwrite=overwrite)
    try:
        try:
            write(cast("BinaryIO", file))
        except UnfinishedError as error:
            if file.reason is None:
                file.move_on(error.reason)
            error.go_on(cast("BinaryIO", file))
        written = file.finish()
    finally:
        file.close()
    if file.reason is not None:
        raise KeptElsewhereError(str(file.reason), written)


def user_data_folder() -> Path:
    """Return the folder for what is a user's own, as the system has it."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library/Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(base) / "zssr-studio"


def other_places(path: Path) -> Iterator[Path]:
    """Yield where a file may go whose own place does not take it: free names, one for each folder."""
    for folder in (path.parent, user_data_folder() / "kept", Path(tempfile.gettempdir())):
        try:
            if folder != path.parent:
                folder.mkdir(parents=True, exist_ok=True)
            yield _free_name(folder, path)
        except OSError:
            continue


def _free_name(folder: Path, path: Path) -> Path:
    """Return a name like that of a file, and not its own, that is free in a folder."""
    room = name_limit_bytes(folder) - len(os.fsencode(path.suffix)) - NUMBER_BYTES
    stem = cut_name(path.stem, room)
    names = (folder / f"{stem}-{number}{path.suffix}" for number in range(2, MOST_NAMES))
    return next(name for name in ((folder / f"{stem}{path.suffix}"), *names) if name != path and not _is_taken(name))


def _is_taken(path: Path) -> bool:
    return path.exists() or path.is_symlink()


class _MovingFile(io.RawIOBase):
    """A new file that moves to another place as soon as its own does not take it.

    Attributes
    ----------
    reason : StudioError or None
        Why it is not at its first place.
    """

    def __init__(self, path: Path, *, overwrite: bool) -> None:
        super().__init__()
        self.reason: StudioError | None = None
        self._asked, self._overwrite = path, overwrite
        self._place = final_place(path, overwrite=overwrite)
        self._others = other_places(path)
        try:
            self._part = new_part(self._place, buffering=0)
        except OSError as error:
            self._place, self._part = self._next_place(told(path, error), None)

    def finish(self) -> Path:
        """Sync the file and give it its name; return where it lies."""
        while True:
            try:
                os.fsync(self._part.file.fileno())
                move(self._part.path, self._place, overwrite=self._overwrite and self.reason is None)
            except OSError as error:
                self.move_on(told(self._asked, error))
            except StudioError as error:
                self.move_on(error)
            else:
                return self._place

    def move_on(self, reason: StudioError) -> None:
        """Go on in the next place, with what was written so far."""
        before = self._part
        self._place, self._part = self._next_place(reason, before)
        before.close()

    def _next_place(self, reason: StudioError, before: Part | None) -> tuple[Path, Part]:
        """Return the next place, and a part there that has what was written so far; where none is, raise the reason."""
        self.reason = self.reason or reason
        for place in self._others:
            try:
                part = new_part(place, buffering=0)
            except OSError:
                continue
            try:
                if before is not None:
                    _copy(before.file, part.file)
            except OSError:
                part.close()
                continue
            return place, part
        raise self.reason

    def write(self, data: object) -> int:
        """Write all of the data, here or in the next place."""
        view = memoryview(data).cast("B")  # type: ignore[arg-type]
        while True:
            part = self._part
            start = part.file.tell()
            try:
                _write_all(part.file, view)
            except OSError as error:
                # What was written of it is written again, in its place.
                part.file.seek(start)
                self.move_on(told(self._asked, error))
            else:
                return len(view)

    def readinto(self, buffer: object) -> int:
        return self._part.file.readinto(buffer)  # type: ignore[attr-defined, no-any-return]

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._part.file.seek(offset, whence)

    def tell(self) -> int:
        return self._part.file.tell()

    def truncate(self, size: int | None = None) -> int:
        return self._part.file.truncate(size)

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        part = getattr(self, "_part", None)
        if part is not None and not self.closed:
            part.close()
        super().close()


def _copy(old: BinaryIO, new: BinaryIO) -> None:
    """Copy all of a file, and stand in the copy where the file stood."""
    at = old.tell()
    try:
        old.seek(0)
        while block := old.read(COPIED_BYTES):
            _write_all(new, block)
        new.seek(at)
    finally:
        # Where this place is full as well, the next one is to go on from the same byte.
        old.seek(at)


def _write_all(file: BinaryIO, data: bytes | memoryview) -> None:
    """Write all of some bytes; a file without a buffer may take a part only, as on a disk that fills up."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
