"""Pixels per inch as EXIF, TIFF and XMP tell them: two numbers and a unit, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.imaging.metadata import exif

if TYPE_CHECKING:
    from zssr_studio.imaging.metadata.exif import Directory

X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT = 282, 283, 296
_INCH, _CENTIMETRE = 2, 3
_CENTIMETRES_PER_INCH = 2.54
# More than any sensor has; beyond it stands what is no resolution.
_MAX_PPI = 1e6


def resolution_of(vertical: float | None, horizontal: float | None, unit: float | None) -> tuple[float, float] | None:
    """Return a vertical and a horizontal resolution per inch.

    A unit that is missing stands for inches, as TIFF and EXIF say; "none" (1) and unknown ones tell no resolution.
    """
    factor = 1.0 if unit in (None, _INCH) else _CENTIMETRES_PER_INCH if unit == _CENTIMETRE else None
    if factor is None or vertical is None or horizontal is None:
        return None
    return sensible((factor * vertical, factor * horizontal))


def sensible(ppi: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return a resolution that makes sense; None for one that is nothing, no number, or finer than any sensor."""
    return ppi if ppi is not None and all(0 < value < _MAX_PPI for value in ppi) else None


def directory_ppi(root: Directory) -> tuple[float, float] | None:
    """Vertical and horizontal resolution that a directory of TIFF or EXIF tells, as the pixels lie in the file."""
    return resolution_of(root.number(Y_RESOLUTION), root.number(X_RESOLUTION), root.number(RESOLUTION_UNIT))


def exif_ppi(block: bytes | None) -> tuple[float, float] | None:
    """Vertical and horizontal resolution that an EXIF block tells, as the pixels lie in the file."""
    if block is None:
        return None
    try:
        return directory_ppi(exif.read_block(block))
    except exif.ExifError:
        return None  # told of where the metadata are settled
