"""Reads blur kernels from the files that people have: MATLAB 5 and 7.3, numpy, text, a picture."""

from __future__ import annotations

import io
import struct
import tokenize
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.kernels.mat_files import decode_mat
from zssr_studio.imaging.read import READ_SUFFIXES, read_info, read_picture
from zssr_studio.imaging.saving.atomic import write_atomically
from zssr_studio.imaging.saving.places import check_ordinary, check_place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

ARRAY_SUFFIXES = (".mat", ".npy", ".npz", ".csv", ".txt")
KERNEL_SUFFIXES = (*ARRAY_SUFFIXES, *READ_SUFFIXES)
# As a sentence names them: a picture has dozens.
KERNEL_KINDS = f"{', '.join(ARRAY_SUFFIXES)} or a picture"
MAX_FILE_BYTES = 4_000_000
MAX_KERNEL_PX = 64
FIELD_NAME = "Kernel"
NUMBERS = "buif"
LISTED = 3
_READER_ERRORS = (
    EOFError, IndexError, KeyError, MemoryError, NotImplementedError, OSError, OverflowError, RecursionError,
    RuntimeError, SyntaxError, TypeError, UnicodeError, ValueError, zipfile.BadZipFile, zlib.error,
    struct.error, tokenize.TokenError,
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """An array of a kernel file.

    Parameters
    ----------
    name : str
        The variable, such as `Kernel` or `kernels{3}`; empty where a file has no names.
    shape : tuple of int
    values : ndarray, shape (n, m), float64, or None
        None where the array is no kernel.
    problem : str
        Why it is none, as the end of a sentence that begins with its name.
    """

    name: str
    shape: tuple[int, ...]
    values: NDArray[np.float64] | None = None
    problem: str = ""

    @property
    def title(self) -> str:
        """Name and size in a few words."""
        size = " × ".join(map(str, self.shape))
        return f"{self.name} ({size})" if self.name else size


@dataclass(frozen=True, slots=True, eq=False)
class KernelFile:
    """The arrays of a file, numbered from 1, as MATLAB numbers the cells of a cell array.

    Parameters
    ----------
    name : str
        The file's name, without its folder.
    entries : tuple of Entry
        At least one.
    """

    name: str
    entries: tuple[Entry, ...]

    @property
    def default(self) -> int | None:
        """Number of the kernel that is meant without a number: the only one, or the variable `Kernel`."""
        usable = [number for number, entry in enumerate(self.entries, 1) if entry.values is not None]
        named = [number for number in usable if self.entries[number - 1].name == FIELD_NAME]
        candidates = named or usable or list(range(1, len(self.entries) + 1))
        return candidates[0] if len(candidates) == 1 else None

    def title_of(self, number: int) -> str:
        """Return what an array is called in a command and in a record: the file's name, `#3` behind it if needed."""
        return self.name if len(self.entries) == 1 else f"{self.name}#{number}"

    def pick(self, number: int | None = None) -> NDArray[np.float64]:
        """Return the values of a kernel as they are; None takes the default one.

        Raises
        ------
        BadInputError
            If there is no such number, none is given where one is needed, or that array is no kernel.
        """
        if number is None:
            number = self.default
        if number is None:
            raise BadInputError(
                f"{self.name} holds {len(self.entries)} kernels: {self._told()}. Say which by its number, such as "
                f"{self.name}#1."
            )
        if not 1 <= number <= len(self.entries):
            raise BadInputError(
                f"{self.name} has no kernel number {number}; it holds {len(self.entries)}: {self._told()}."
            )
        entry = self.entries[number - 1]
        if entry.values is None:
            raise BadInputError(f"{self.title_of(number)} {entry.problem}")
        return entry.values

    def _told(self) -> str:
        told = [f"{number}: {entry.title}" for number, entry in enumerate(self.entries, 1)]
        return ", ".join(told[:LISTED]) + (f" … {told[-1]}" if len(told) > LISTED else "")


def read_kernel_file(path: Path) -> KernelFile:
    """Read the kernels of a file; `Kernel.from_array` normalises what is picked of them.

    Parameters
    ----------
    path : Path
        `.mat` (matrices, or cell arrays of them), `.npy`, `.npz`, `.csv` or `.txt` (rows of numbers), or a picture
        (its brightness). A single number and text beside kernels are passed over.

    Returns
    -------
    KernelFile

    Raises
    ------
    BadInputError
        With a sentence for a person.
    """
    reader = _reader(path)
    try:
        entries = reader(path)
    except _READER_ERRORS as error:
        reason = " ".join(str(error).split())[:160].rstrip(".") or type(error).__name__
        raise BadInputError(f"{path.name} cannot be read as a kernel ({reason}). Choose another file.") from error
    kernels = tuple(entry for entry in entries if entry.values is not None and entry.values.size > 1)
    if not entries:
        raise BadInputError(f"{path.name} holds no numbers at all. Save the kernel alone, as a matrix.")
    return KernelFile(path.name, kernels or tuple(entries))


def _reader(path: Path) -> Callable[[Path], list[Entry]]:
    readers: dict[str, Callable[[Path], list[Entry]]] = {
        ".mat": _read_mat,
        ".npy": _read_numpy,
        ".npz": _read_numpy,
        ".csv": _read_text,
        ".txt": _read_text,
    }
    readers |= dict.fromkeys(READ_SUFFIXES, _read_brightness)
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise BadInputError(f"{path.name} is no kernel file. Give {KERNEL_KINDS}.")
    return reader


def _content(path: Path) -> bytes:
    """Return the bytes of a file that is small enough."""
    check_ordinary(path)
    if not path.is_file():
        raise BadInputError(f"There is no file {path}. Check the name and the folder.")
    with path.open("rb") as file:
        content = file.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise BadInputError(
            f"{path.name} has more than {MAX_FILE_BYTES / 1e6:g} MB, which no kernel needs (at most {MAX_KERNEL_PX} x "
            f"{MAX_KERNEL_PX} values). Save the kernel alone."
        )
    if not content:
        raise BadInputError(f"{path.name} is empty, no kernel. Copy it again from its source.")
    return content


def _entry(name: str, shape: tuple[int, ...], kind: str, values: NDArray[Any] | None) -> Entry:
    """Judge an array; `values` is None where there was no need to read it."""
    problem = ""
    if kind not in NUMBERS:
        problem = f"holds no real numbers (type '{kind}'). Choose another file."
    elif len(shape) != 2:
        problem = f"holds an array with {len(shape)} dimensions; a kernel has two. Save one slice of it as a matrix."
    elif values is None or 0 in shape or max(shape) > MAX_KERNEL_PX:
        size = " x ".join(map(str, shape))
        problem = f"holds {size} values; a kernel has 1 x 1 to at most {MAX_KERNEL_PX} x {MAX_KERNEL_PX}. Cut it out."
    elif not np.isfinite(values).all():
        problem = "holds values that are not finite numbers. Choose another file."
    return Entry(name, shape, None if problem or values is None else np.array(values, dtype=np.float64), problem)


def _entry_of(name: str, values: NDArray[Any]) -> Entry:
    return _entry(name, values.shape, values.dtype.kind, values)


def _read_mat(path: Path) -> list[Entry]:
    arrays = decode_mat(path.name, _content(path), MAX_KERNEL_PX)
    return [
        _entry(
            array["name"],
            tuple(array["shape"]),
            array["kind"],
            None if array["values"] is None else np.array(array["values"]).reshape(array["shape"]),
        )
        for array in arrays
    ]


def _read_numpy(path: Path) -> list[Entry]:
    loaded = np.load(io.BytesIO(_content(path)), allow_pickle=False)
    if isinstance(loaded, np.ndarray):
        return [_entry_of("", loaded)]
    # The directory tells the sizes before anything is unpacked.
    if sum(item.file_size for item in loaded.zip.infolist()) > MAX_FILE_BYTES:
        raise BadInputError(f"{path.name} unpacks to more than a kernel needs. Save the kernel alone.")
    return [_entry_of(name, loaded[name]) for name in loaded.files]


def _read_text(path: Path) -> list[Entry]:
    text = _content(path).decode("utf-8-sig")
    # Where a semicolon or a tabulator parts the values, a comma is a decimal one, as many countries write it.
    text = text.replace(",", "." if ";" in text or "\t" in text else " ").replace(";", " ")
    rows = [[float(cell) for cell in line.split()] for line in text.splitlines() if line.strip()]
    if len({len(row) for row in rows}) != 1:
        raise BadInputError(f"{path.name}: the rows of a kernel have the same number of values; these have not.")
    return [_entry_of("", np.array(rows))]


def _read_brightness(path: Path) -> list[Entry]:
    _content(path)
    info = read_info(path)
    if max(info.height, info.width) > MAX_KERNEL_PX:
        return [_entry("", (info.height, info.width), "u", None)]
    picture = read_picture(path)
    weights = (0.299, 0.587, 0.114) if picture.channels == 3 else (1.0,)
    return [_entry_of("", picture.pixels.astype(np.float64) @ np.array(weights))]


def check_kernel_file(path: Path, *, overwrite: bool) -> None:
    """Find out before an estimate whether a kernel can be written to a file.

    Raises
    ------
    BadInputError
    """
    if path.suffix.lower() != ".npy":
        raise BadInputError(f"{path.name}: kernels are written as .npy. Give a name that ends so.")
    check_place(path, overwrite=overwrite)


def write_kernel_file(taps: NDArray[np.float64], path: Path, *, overwrite: bool = False) -> None:
    """Write a kernel as .npy.

    Raises
    ------
    BadInputError, FailureError
        As `check_kernel_file` and `write_atomically` say.
    """
    check_kernel_file(path, overwrite=overwrite)
    write_atomically(path, lambda file: np.save(file, taps, allow_pickle=False), overwrite=overwrite)
