"""Which pictures a person means who drops or chooses files and folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.app.models.box.picture import BoxPicture
from zssr_studio.app.models.box.plan import FOLDER_NAME
from zssr_studio.batch.inputs import inputs
from zssr_studio.imaging.read import READ_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zssr_studio.batch.inputs import Input


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was meant.

    Parameters
    ----------
    pictures : tuple of BoxPicture
        Each file once, in the order in which they were named, those of a folder by their names.
    left_out : tuple of Path
        Files whose names are no picture's.
    folder : Path
        Where results go if nobody says otherwise: beside the pictures.
    """

    pictures: tuple[BoxPicture, ...]
    left_out: tuple[Path, ...]
    folder: Path


def gathered(paths: Sequence[Path]) -> Gathered:
    """Find pictures; folders are looked into, folders in them too, but for that of the results.

    Raises
    ------
    BadInputError
        If there is no such file, or a folder may not be looked into.
    """
    first = paths[0]
    folder = (first if first.is_dir() else first.parent) / FOLDER_NAME
    found: dict[str, BoxPicture] = {}
    left_out = []
    for path in paths:
        if path.is_dir() or path.suffix.lower() in READ_SUFFIXES:
            for one in _found(path, folder):
                found.setdefault(one.image, BoxPicture(Path(one.image), one.relative))
        else:
            left_out.append(path)
    return Gathered(tuple(found.values()), tuple(left_out), folder)


def _found(path: Path, folder: Path) -> Iterator[Input]:
    return inputs([str(path)], recursive=True, left_out=path / FOLDER_NAME if path.is_dir() else folder)
