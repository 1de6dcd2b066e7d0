"""Decodes the arrays of a MATLAB file (5 or 7.3) from standard input, as JSON on standard output.

`mat_files` runs this module as a process of its own, because the decoders of both formats can crash on what was made
to crash them. It imports nothing of the program but what it says first.
"""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

from zssr_studio.host.subprogram import STARTED

if TYPE_CHECKING:
    from collections.abc import Iterator

HDF5_MAGIC = b"\x89HDF\r\n\x1a\n"
# MATLAB 7.3 puts its own 512 bytes before the HDF5 signature.
HDF5_STARTS = (0, 512)
MAX_ARRAYS = 256


def is_hdf5(data: bytes) -> bool:
    """Tell whether the bytes begin as an HDF5 file does."""
    return any(data[start : start + len(HDF5_MAGIC)] == HDF5_MAGIC for start in HDF5_STARTS)


def decode(data: bytes, max_side: int, max_axes: int = 2) -> list[dict[str, Any]]:
    """Decode a file's variables, a cell array into its cells, a structure into its fields.

    Parameters
    ----------
    data : bytes
    max_side, max_axes : int
        Larger arrays are told of, but not returned.

    Returns
    -------
    list of dict
        `name` (such as `Kernel` or `kernels{3}`), `shape`, `kind` (numpy's letter), and `values`, nested lists, or None
        where an array has fewer than two or more than `max_axes` dimensions, one larger than `max_side`, or no numbers.
    """
    arrays = _hdf5(data, max_side, max_axes) if is_hdf5(data) else _matlab_5(data)
    return [_described(name, values, max_side, max_axes) for name, values in arrays]


def _matlab_5(data: bytes) -> Iterator[tuple[str, Any]]:
    from scipy.io import loadmat

    for name, values in loadmat(io.BytesIO(data)).items():  # type: ignore[arg-type]  # the stubs know of paths only
        if not name.startswith("__"):
            yield from _parts(name, values)


def _parts(name: str, values: Any) -> Iterator[tuple[str, Any]]:
    """Take a cell array and a single structure apart; a structure's fields may be cell arrays."""
    if values.dtype == object:
        # MATLAB counts the cells down the columns.
        yield from _numbered(name, values.ravel(order="F"))
    elif values.dtype.names and values.size == 1:
        for field in values.dtype.names:
            inner = values.ravel()[0][field]
            plain = [(f"{name}.{field}", inner)]
            yield from _numbered(f"{name}.{field}", inner.ravel(order="F")) if inner.dtype == object else plain
    else:
        yield name, values


def _hdf5(data: bytes, max_side: int, max_axes: int) -> Iterator[tuple[str, Any]]:
    import h5py

    with h5py.File(io.BytesIO(data), "r") as file:
        for name, dataset in file.items():
            if not isinstance(dataset, h5py.Dataset) or dataset.attrs.get("MATLAB_class") == b"char":
                continue
            if h5py.check_ref_dtype(dataset.dtype) and dataset.size:
                references = dataset[()].ravel()[:MAX_ARRAYS]
                yield from _numbered(name, [_dataset(file[reference], max_side, max_axes) for reference in references])
            else:
                yield name, _dataset(dataset, max_side, max_axes)


def _dataset(dataset: Any, max_side: int, max_axes: int) -> Any:
    """Read a dataset, turned as MATLAB sees it; one that is too large is not read."""
    fits = max(dataset.shape, default=0) <= max_side and 2 <= len(dataset.shape) <= max_axes
    return dataset[()].T if fits else dataset


def _numbered(name: str, cells: Any) -> Iterator[tuple[str, Any]]:
    for number, cell in enumerate(cells[:MAX_ARRAYS], 1):
        yield f"{name}{{{number}}}", cell


def _described(name: str, values: Any, max_side: int, max_axes: int) -> dict[str, Any]:
    shape = [int(size) for size in values.shape]
    readable = values.dtype.kind in "buif" and 2 <= len(shape) <= max_axes and max(shape) <= max_side
    return {
        "name": name,
        "shape": shape,
        "kind": values.dtype.kind,
        "values": values.astype(float).tolist() if readable else None,
    }


def main() -> None:
    """Read, decode, write; what the decoders say of a damaged file is an answer, not a failure."""
    if sys.platform == "win32":
        import msvcrt

        # A crash ends this process only; Windows would show a dialog about it and wait.
        msvcrt.SetErrorMode(msvcrt.SEM_FAILCRITICALERRORS | msvcrt.SEM_NOGPFAULTERRORBOX)
    sys.stdout.buffer.write(STARTED)
    sys.stdout.buffer.flush()
    data = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        answer = {"arrays": decode(data, *map(int, sys.argv[1:]))[:MAX_ARRAYS]}
    except Exception as error:  # noqa: BLE001  # the boundary: a damaged file raises nearly anything
        answer = {"problem": str(error) or type(error).__name__}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
