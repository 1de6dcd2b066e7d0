"""The files of a picture for a worker that does not see the folders of this machine: sent with it, and fetched."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.batch.kept.known_again import file_status
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.saving.atomic import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zssr_studio.batch.one_file.options import Plain

# Name, bytes and time of the last change in ns, by what an order calls the file.
Contents = dict[str, tuple[str, bytes, int]]
NAMED_IN_OPTIONS = ("init", "kernel", "colour")
MADE = ("output", "save_weights")


def carried(order: Plain) -> Contents:
    """Read all files that an order names.

    Raises
    ------
    BadInputError
        If the picture cannot be read.
    """
    contents: Contents = {}
    image = Path(order["image"])
    try:
        contents["image"] = (image.name, image.read_bytes(), image.stat().st_mtime_ns)
    except OSError as error:
        raise BadInputError(
            f"{image} cannot be read ({error.strerror or error}). Check the name and its permissions."
        ) from error
    for name in NAMED_IN_OPTIONS:
        path = Path((order["options"][name] or "").partition("#")[0])
        if path.is_absolute() and path.is_file():
            contents[name] = (path.name, path.read_bytes(), path.stat().st_mtime_ns)
    return contents


@contextmanager
def unpacked(order: Plain, contents: Contents) -> Iterator[tuple[Plain, Callable[[], Contents]]]:
    """Put sent files into a folder of their own, and yield an order that names them, and what fetches what is made."""
    if not contents:
        yield order, dict
        return
    with tempfile.TemporaryDirectory(prefix="zssr-") as name:
        options = dict(order["options"])
        moved = {**order, "options": options}
        for role, (file, content, mtime_ns) in contents.items():
            path = _place(Path(name), role, file)
            path.write_bytes(content)
            # The result tells when its source was changed.
            os.utime(path, ns=(mtime_ns, mtime_ns))
            if role == "image":
                moved["image"] = str(path)
            else:
                number = options[role].partition("#")
                options[role] = f"{path}{number[1]}{number[2]}"
        made = {role: _place(Path(name), role, Path(order[role]).name) for role in MADE if order[role] is not None}
        moved |= {role: str(path) for role, path in made.items()}

        def fetched() -> Contents:
            return {role: (path.name, path.read_bytes(), 0) for role, path in made.items() if path.exists()}

        yield moved, fetched


def put_back(plain: Plain, contents: Contents, order: Plain) -> Plain:
    """Write fetched files to the places that an order names, and return what is told of them here.

    Raises
    ------
    BadInputError, FailureError
        If they cannot be written.
    """
    for role, (_, content, _) in contents.items():
        _write(Path(order[role]), content, overwrite=order["overwrite"])
    if plain["kind"] != "done":
        return plain
    status = file_status(order["output"])
    figures = {**plain["figures"], "output": order["output"]}
    here = {**file_status(order["image"]), "output_size": status["size"], "output_mtime_ns": status["mtime_ns"]}
    return {**plain, **here, "figures": figures}


def _write(path: Path, content: bytes, *, overwrite: bool) -> None:
    write_atomically(path, lambda file: file.write(content), overwrite=overwrite)


def _place(folder: Path, role: str, name: str) -> Path:
    """Return where a file lies: in a folder for each role, so that it keeps its name."""
    inside = folder / role
    inside.mkdir(exist_ok=True)
    return inside / name
