"""From whatever a person holds to a picture, and how its result goes back."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from zssr_studio.door.arrays import ArrayLayout, picture_of_array
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.picture import Picture

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

    from zssr_studio.door.pillow import PillowLayout

    # What becomes an array again.
    ArraySource: TypeAlias = str | os.PathLike[str] | NDArray[Any] | Picture
    Source: TypeAlias = ArraySource | Image.Image


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture that came in.

    Parameters
    ----------
    picture : Picture
    layout : ArrayLayout or PillowLayout
        How its result goes out.
    path : Path or None
        Its file, if it came from one.
    """

    picture: Picture
    layout: ArrayLayout | PillowLayout
    path: Path | None = None

    @property
    def name(self) -> str:
        """What the picture is called, for the record; empty if it has no name."""
        return "" if self.path is None else self.path.name


def taken(source: Source) -> Taken:
    """Make a picture of an array, a PIL image, a path or a picture.

    Raises
    ------
    BadInputError
        With a sentence for a person, if it is no picture or its file cannot be read.
    TypeError
        If it is none of these.
    """
    if isinstance(source, Picture):
        return Taken(source, ArrayLayout.of_picture(source))
    if isinstance(source, np.ndarray):
        return Taken(*picture_of_array(source))
    if isinstance(source, str | os.PathLike):
        from zssr_studio.imaging.read import read_picture

        path = path_of(source, "source")
        picture = read_picture(path)
        return Taken(picture, ArrayLayout.of_picture(picture), path)
    if _is_image(source):
        from zssr_studio.door.pillow import picture_of_image

        return Taken(*picture_of_image(source))
    raise TypeError(
        f"A picture is a numpy array, a PIL image, a path or a Picture, not {type(source).__name__}. Turn it into an "
        "array first, such as by numpy.asarray."
    )


def path_of(path: object, name: str) -> Path:
    """Turn text or a path into a path.

    Raises
    ------
    BadInputError
        If no file can be called so.
    TypeError
        If it is neither.
    """
    text = os.fspath(path) if isinstance(path, str | os.PathLike) else path
    if not isinstance(text, str):
        raise TypeError(f"{name} is the path of a file, as text or pathlib.Path, not {type(path).__name__}.")
    if "\0" in text:
        raise BadInputError(f"{name}={text!r} holds a null character, which no file's name does. Give another path.")
    return Path(text)


def _is_image(source: object) -> bool:
    """Tell whether it is a PIL image; where nobody has loaded PIL, nothing is."""
    pillow = sys.modules.get("PIL.Image")
    return pillow is not None and isinstance(source, pillow.Image)
