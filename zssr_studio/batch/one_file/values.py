"""Values as a person writes them on the command line."""

from __future__ import annotations

import re

from zssr_studio.engine.config import Scale
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.picture import Crop


def read_bytes(text: str) -> int:
    """Read 2GB, 1.5G, 800MB or a number of bytes.

    Raises
    ------
    BadInputError
    """
    match = re.fullmatch(r"([0-9]{0,12}\.?[0-9]{1,12})\s*([kmgt]?)(i?)b?", text.strip().lower())
    if match is None:
        raise BadInputError(f"'{text}' is no amount of memory; write it like 2GB or 800MB.")
    number, unit, binary = match.groups()
    return round(float(number) * float((1024 if binary else 1000) ** " kmgt".index(unit or " ")))


def read_crop(text: str) -> Crop:
    """Read TOP,LEFT,HEIGHT,WIDTH.

    Raises
    ------
    BadInputError
    """
    try:
        top, left, height, width = (int(part) for part in text.split(","))
    except ValueError as error:
        raise BadInputError(
            f"--crop {text}: give four whole numbers, TOP,LEFT,HEIGHT,WIDTH, such as 10,20,200,300."
        ) from error
    return Crop(top, left, height, width)


def read_scale(text: str) -> Scale:
    """Read 2, 1.5 or 2x1.5 (vertical x horizontal).

    Raises
    ------
    BadInputError
    """
    try:
        return Scale.parse(text)
    except ValueError as error:
        raise BadInputError(f"--scale {text}: {error}.") from error
