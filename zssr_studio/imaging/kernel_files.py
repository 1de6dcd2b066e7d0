"""Reads a blur kernel from the files that people have: MATLAB 5 and 7.3, numpy, text, a picture."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import h5py
import numpy as np
from scipy.io import loadmat
from scipy.io.matlab import MatReadError

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.read import READ_SUFFIXES, read_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

KERNEL_SUFFIXES = (".mat", ".npy", ".npz", ".csv", ".txt", *READ_SUFFIXES)
MAX_FILE_BYTES = 4_000_000
MAX_KERNEL_PX = 64
FIELD_NAME = "Kernel"
_HDF5_MAGIC = b"\x89HDF\r\n\x1a\n"
_READER_ERRORS = (
    EOFError, IndexError, KeyError, MemoryError, NotImplementedError, OSError, OverflowError, RuntimeError,
    TypeError, UnicodeError, ValueError, MatReadError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def read_kernel_file(path: Path) -> NDArray[np.float64]:
    """Read the values of a kernel as they are; `Kernel.from_array` normalises them.

    Parameters
    ----------
    path : Path
        `.mat` (the variable `Kernel`, or the only matrix), `.npy`, `.npz` (one array), `.csv` or `.txt` (rows of
        numbers), or a picture (its brightness).

    Returns
    -------
    ndarray, shape (n, m), float64
        At most 64 x 64, finite.

    Raises
    ------
    BadInputError
        With a sentence for a person.
    """
    _check_file(path)
    try:
        values = _reader(path)(path)
    except _READER_ERRORS as error:
        reason = " ".join(str(error).split())[:160].rstrip(".") or type(error).__name__
        raise BadInputError(f"{path.name} cannot be read as a kernel ({reason}). Choose another file.") from error
    return _checked(path.name, values)


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise BadInputError(f"There is no file {path}. Check the name and the folder.")
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise BadInputError(
            f"{path.name} has {size / 1e6:.1f} MB, which no kernel needs (at most {MAX_KERNEL_PX} x {MAX_KERNEL_PX} "
            "values). Save the kernel alone."
        )


def _reader(path: Path) -> Callable[[Path], NDArray[Any]]:
    readers: dict[str, Callable[[Path], NDArray[Any]]] = {
        ".mat": _read_mat,
        ".npy": _read_npy,
        ".npz": _read_npz,
        ".csv": _read_text,
        ".txt": _read_text,
    }
    readers |= dict.fromkeys(READ_SUFFIXES, _read_brightness)
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise BadInputError(f"{path.name} is no kernel file. Kernels end in {', '.join(KERNEL_SUFFIXES)}.")
    return reader


def _checked(name: str, values: NDArray[Any]) -> NDArray[np.float64]:
    if values.dtype.kind not in "buif":
        raise BadInputError(f"{name} holds no real numbers ({values.dtype}). Choose another file.")
    if values.ndim != 2:
        raise BadInputError(f"{name} holds an array with {values.ndim} dimensions; a kernel has two.")
    if 0 in values.shape or max(values.shape) > MAX_KERNEL_PX:
        size = " x ".join(map(str, values.shape))
        raise BadInputError(f"{name} holds {size} values; a kernel has at most {MAX_KERNEL_PX} x {MAX_KERNEL_PX}.")
    kernel = np.array(values, dtype=np.float64)
    if not np.isfinite(kernel).all():
        raise BadInputError(f"{name} holds values that are not finite numbers. Choose another file.")
    return kernel


def _read_mat(path: Path) -> NDArray[Any]:
    with path.open("rb") as file:
        start = file.read(520)
    # MATLAB 7.3 puts its own 512 bytes before the HDF5 signature.
    if _HDF5_MAGIC in (start[:8], start[512:]):
        return _read_hdf5(path)
    arrays = {k: v for k, v in loadmat(path).items() if not k.startswith("__")}
    return _only_array(path.name, arrays)


def _read_hdf5(path: Path) -> NDArray[Any]:
    with h5py.File(path, "r") as file:
        found = {k: v for k, v in file.items() if isinstance(v, h5py.Dataset) and v.size <= MAX_KERNEL_PX**2}
        # HDF5 stores MATLAB's columns as rows.
        arrays = {k: _cells(v).T for k, v in found.items()}
    return _only_array(path.name, arrays)


def _cells(dataset: Any) -> NDArray[Any]:
    """Values of a dataset; references mark a cell array, which is kept as objects."""
    return np.asarray(dataset[()], dtype=object if h5py.check_ref_dtype(dataset.dtype) else None)


def _read_npy(path: Path) -> NDArray[Any]:
    return np.asarray(np.load(path, allow_pickle=False))


def _read_npz(path: Path) -> NDArray[Any]:
    # numpy leaves a file open that it opened itself and could not read.
    with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
        # The directory tells the sizes before anything is unpacked.
        if sum(item.file_size for item in archive.zip.infolist()) > MAX_FILE_BYTES:
            raise BadInputError(f"{path.name} unpacks to more than a kernel needs. Save the kernel alone.")
        return _only_array(path.name, {name: archive[name] for name in archive.files})


def _read_text(path: Path) -> NDArray[Any]:
    text = path.read_text(encoding="utf-8-sig").replace(";", " ").replace(",", " ").replace("\t", " ")
    rows = [[float(cell) for cell in line.split()] for line in text.splitlines() if line.strip()]
    if len({len(row) for row in rows}) != 1:
        raise BadInputError(f"{path.name}: the rows of a kernel have the same number of values; these have not.")
    return np.array(rows)


def _read_brightness(path: Path) -> NDArray[Any]:
    picture = read_picture(path)
    weights = (0.299, 0.587, 0.114) if picture.channels == 3 else (1.0,)
    brightness: NDArray[np.float64] = picture.pixels.astype(np.float64) @ np.array(weights)
    return brightness


def _only_array(name: str, arrays: Mapping[str, NDArray[Any]]) -> NDArray[Any]:
    """Choose the variable `Kernel`, or the only one that can be a kernel."""
    cells = {k: v for k, v in arrays.items() if v.dtype == object}
    matrices = {k: v for k, v in arrays.items() if k not in cells and v.ndim == 2 and v.dtype.kind in "buif"}
    if FIELD_NAME in matrices:
        return matrices[FIELD_NAME]
    if len(matrices) == 1 and not cells:
        return next(iter(matrices.values()))
    if cells:
        key, cell = next(iter(cells.items()))
        raise BadInputError(
            f"{name} holds a cell array '{key}' of {cell.size} kernels. Save the one that you want alone, as a matrix "
            f"named {FIELD_NAME}."
        )
    told = ", ".join(f"'{key}'" for key in arrays) or "none"
    raise BadInputError(f"{name} holds no single kernel (variables: {told}). Save it alone, named {FIELD_NAME}.")
