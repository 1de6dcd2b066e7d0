"""A folder of arrays that are written once, and a record that names them and is replaced in one step.

Whatever moment the power fails at, the folder holds a whole record and all that it names.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from zssr_studio.app.language import tr
from zssr_studio.errors import BadInputError, FailureError
from zssr_studio.imaging.saving.atomic import write_atomically
from zssr_studio.imaging.saving.places import check_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

RECORD = "project.json"
SUFFIX = ".zssr"
FORMAT = "zssr-studio project 1"
MAX_RECORD_BYTES = 256_000_000
COPIED_BYTES = 1 << 20


class Store:
    """Keeps what is large once, for as long as the record names it.

    Parameters
    ----------
    folder : Path
        Made if it is not there.

    Raises
    ------
    FailureError
        If the folder cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[int, tuple[object, str]] = {}
        self._count = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FailureError(
                tr(
                    "{folder} cannot be made ({strerror}), so the work is not saved.",
                    folder=folder,
                    strerror=error.strerror,
                )
            ) from error

    def put(self, owner: object, arrays: Mapping[str, Any]) -> str:
        """Write ndarrays by name, once for the object that they belong to; return what the record calls them."""
        known = self._known.get(id(owner))
        if known is None:
            path = self._fresh(".npz")
            write_atomically(path, lambda file: np.savez(file, **dict(arrays)), overwrite=True)
            known = self._known[id(owner)] = (owner, path.name)
        return known[1]

    def put_file(self, owner: object, path: Path, sha256: str) -> str:
        """Copy a file, once for the object that was read from it; return what the record calls it.

        Raises
        ------
        BadInputError, FailureError
            If it is gone, or another one than was read; or the disk is full or fails.
        """
        known = self._known.get(id(owner))
        if known is None:
            copy = self._fresh(path.suffix or ".bin")
            write_atomically(copy, lambda file: _copy(path, sha256, file), overwrite=True)
            known = self._known[id(owner)] = (owner, copy.name)
        return known[1]

    def write(self, record: Mapping[str, Any], names: set[str]) -> None:
        """Replace the record, then let go of what it does not name.

        Raises
        ------
        BadInputError, FailureError
            If the disk is full or fails; the old record stays.
        """
        content = json.dumps({"format": FORMAT, **record}).encode()
        write_atomically(self.folder / RECORD, lambda file: file.write(content), overwrite=True)
        self._known = {key: known for key, known in self._known.items() if known[1] in names}
        for path in self.folder.iterdir():
            if path.name != RECORD and path.name not in names:
                with suppress(OSError):
                    path.unlink()

    def _fresh(self, suffix: str) -> Path:
        while True:
            self._count += 1
            path = self.folder / f"{self._count:05d}{suffix}"
            if not path.exists():
                return path


class Reader:
    """Reads what a store has written.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def record(self) -> dict[str, Any]:
        """Read the record.

        Raises
        ------
        ValueError, OSError
            If it is damaged or of another program.
        """
        path = self._folder / RECORD
        if path.stat().st_size > MAX_RECORD_BYTES:
            raise ValueError(tr("its record is too large"))
        record = json.loads(path.read_bytes())
        if not isinstance(record, dict) or record.get("format") != FORMAT:
            raise ValueError(tr("it was not written by this version of ZSSR Studio"))
        return record

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """Read arrays by name; none can hold code."""
        with np.load(self.path(name), allow_pickle=False) as file:
            return {key: file[key] for key in file.files}

    def path(self, name: str) -> Path:
        """Return where a file of the record lies; never outside the folder."""
        if Path(name).name != name or name in ("", ".", ".."):
            raise ValueError(tr("'{name}' is no name of a file in it", name=name))
        return self._folder / name


def pack(folder: Path, target: Path) -> None:
    """Write a store's folder as one file, atomically; what is large is kept as it is, since it hardly shrinks.

    Raises
    ------
    BadInputError, FailureError
    """
    check_place(target, overwrite=True)
    write_atomically(target, lambda file: _zip(folder, file), overwrite=True)


def unpack(path: Path, folder: Path) -> None:
    """Lay the files of a project into a folder.

    Raises
    ------
    BadInputError
        If it is no project, damaged, or larger than the disk.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            folder.mkdir(parents=True)
            _check(members, shutil.disk_usage(folder).free)
            archive.extractall(folder)
    except FileNotFoundError as error:
        raise BadInputError(tr("There is no file {path}. Check the name and the folder.", path=path)) from error
    except (ValueError, OSError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
        raise unusable(path.name, error) from error


def unusable(name: str, error: Exception) -> BadInputError:
    """Make the error for a project that cannot be opened."""
    return BadInputError(
        tr(
            "{name} is no project that can be opened: {error}. Choose a file that Save project wrote.",
            name=name,
            error=error,
        )
    )


def _zip(folder: Path, file: BinaryIO) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(folder.iterdir()):
            method = zipfile.ZIP_DEFLATED if path.name == RECORD else zipfile.ZIP_STORED
            archive.write(path, path.name, compress_type=method)


def _check(members: list[zipfile.ZipInfo], room_bytes: int) -> None:
    names = {one.filename for one in members}
    if RECORD not in names or any(Path(name).name != name for name in names):
        raise ValueError(tr("it was not written by ZSSR Studio"))
    if sum(one.file_size for one in members) > room_bytes:
        raise ValueError(tr("the disk has not enough room to unpack it"))


def _copy(path: Path, sha256: str, file: BinaryIO) -> None:
    digest = hashlib.sha256()
    for block in _blocks(path):
        digest.update(block)
        file.write(block)
    if digest.hexdigest() != sha256:
        raise BadInputError(tr("{path} was changed since it was opened, so the work is not saved.", path=path))


def _blocks(path: Path) -> Iterator[bytes]:
    """Read a file; that it cannot be read is not taken for a failure to write."""
    try:
        with path.open("rb") as source:
            while block := source.read(COPIED_BYTES):
                yield block
    except OSError as error:
        why = error.strerror or error
        raise BadInputError(
            tr("{path} cannot be read ({why}), so the work is not saved.", path=path, why=why)
        ) from error
