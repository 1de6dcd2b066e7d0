"""Sizes as people think of them: a factor, exact pixels, or a print in centimetres or inches at a resolution."""

from __future__ import annotations

import math
import re

from zssr_studio.engine.config import LARGEST_FACTOR, LEAST_FACTOR, Scale
from zssr_studio.errors import BadInputError

CENTIMETRES_PER_INCH = 2.54
MIN_PPI, MAX_PPI = 1.0, 100_000.0

Size = tuple[int, int]


def scale_to_pixels(source: Size, height_px: int | None, width_px: int | None) -> Scale:
    """Return the scale that gives a source (rows, columns) exactly so many pixels.

    Where one of both is None it follows from the other, in the source's proportions.

    Raises
    ------
    BadInputError
        If nothing is wanted, or it is smaller than the source or more than eight times as large.
    """
    wanted = [None if w is None else w / n for w, n in zip((height_px, width_px), source, strict=True)]
    known = [factor for factor in wanted if factor is not None]
    if not known:
        raise BadInputError("Give a height or a width of the result, or both.")
    vertical, horizontal = (known[0] if factor is None else factor for factor in wanted)
    try:
        return Scale(vertical, horizontal)
    except ValueError as error:
        height, width = source
        rows, columns = wanted_px(source, height_px, width_px)
        bound, factor = ("At most", LARGEST_FACTOR) if max(vertical, horizontal) > LARGEST_FACTOR else ("At least", 1)
        raise BadInputError(
            f"{columns} x {rows} pixels cannot be made of {width} x {height}: {error}. {bound} {factor * width} x "
            f"{factor * height} can be made."
        ) from error


def wanted_px(source: Size, height_px: int | None, width_px: int | None) -> Size:
    """Return rows and columns that are wanted of a source; one that is None follows from its proportions."""
    height, width = source
    rows = round(height * (width_px or 0) / width) if height_px is None else height_px
    columns = round(width * (height_px or 0) / height) if width_px is None else width_px
    return max(1, rows), max(1, columns)


def nearest_scale(source: Size, wanted: Size) -> Scale:
    """Return the scale that comes nearest to wanted rows and columns, the same for both axes."""
    factor = max(one / n for one, n in zip(wanted, source, strict=True))
    factor = min(max(factor, LEAST_FACTOR), LARGEST_FACTOR)
    return Scale(factor, factor)


def pixels_of_print(length: float, unit: str, pixels_per_inch: float) -> int:
    """Return how many pixels a length in `cm` or `in` takes at a resolution."""
    inches = length / CENTIMETRES_PER_INCH if unit == "cm" else length
    return max(1, round(inches * pixels_per_inch))


def print_of_pixels(pixels: int, unit: str, pixels_per_inch: float) -> float:
    """Return how long so many pixels are, in `cm` or `in`."""
    inches = pixels / pixels_per_inch
    return inches * CENTIMETRES_PER_INCH if unit == "cm" else inches


def parse_pixels(text: str) -> tuple[int | None, int | None]:
    """Read WIDTHxHEIGHT, WIDTHx or xHEIGHT into height and width.

    Raises
    ------
    BadInputError
    """
    match = re.fullmatch(r"(\d{0,7})\s*[x×]\s*(\d{0,7})", text.strip().lower())
    width, height = (int(part) if part else None for part in match.groups()) if match else (None, None)
    if not (width or height):
        raise BadInputError(f"'{text}' is no size; write WIDTHxHEIGHT in pixels, such as 6000x4000, 6000x or x4000.")
    return height, width


def parse_print(text: str, pixels_per_inch: float) -> tuple[int | None, int | None]:
    """Read a print size such as 30x20cm, 12xin or x8in into height and width in pixels.

    Raises
    ------
    BadInputError
    """
    if not (math.isfinite(pixels_per_inch) and MIN_PPI <= pixels_per_inch <= MAX_PPI):
        raise BadInputError(f"A resolution of {pixels_per_inch:g} dpi is out of range; 300 suits a print.")
    number = r"(\d{0,5}(?:\.\d{1,4})?)"
    match = re.fullmatch(rf"{number}\s*[x×]\s*{number}\s*(cm|in)", text.strip().lower())
    if match is None or not (match[1] or match[2]):
        raise BadInputError(f"'{text}' is no print size; write WIDTHxHEIGHT and cm or in: 30x20cm, 12x8in or 30xcm.")
    width, height = (
        pixels_of_print(float(part), match[3], pixels_per_inch) if part else None for part in match.groups()[:2]
    )
    return height, width
