"""The shape that a region keeps while it is drawn and resized."""

from __future__ import annotations

import math
import re

from zssr_studio.app.language import marked, read_number, tr

FREE, ORIGINAL = marked("Free"), marked("Original")
ASPECTS = (FREE, ORIGINAL, "1:1", "3:2", "4:3", "16:9")
MAX_ASPECT = 100
_RATIO = re.compile(r"(?P<width>[\d.,\s]+)[:x×/](?P<height>[\d.,\s]+)")


def aspect_of(text: str, size: tuple[int, int]) -> float | None:
    """Read an aspect: width over height; None is free.

    Parameters
    ----------
    text : str
        One of `ASPECTS`, or `WIDTH:HEIGHT` as in 5:4.
    size : tuple of int
        Rows and columns of the picture.

    Raises
    ------
    ValueError
        With a sentence for a person.
    """
    if text in (FREE, tr(FREE)):
        return None
    if text in (ORIGINAL, tr(ORIGINAL)):
        return size[1] / size[0]
    found = _RATIO.fullmatch(text)
    if found is not None:
        width, height = read_number(found["width"]), read_number(found["height"])
        if width and height and math.isfinite(width / height) and 1 / MAX_ASPECT <= width / height <= MAX_ASPECT:
            return width / height
    raise ValueError(tr("'{text}' is no shape; give width:height, as in 5:4.", text=text))
