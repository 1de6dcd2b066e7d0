"""Drawing, moving and resizing a crop: pure functions on whole pixels."""

from __future__ import annotations

from enum import Flag, auto

from zssr_studio.imaging.picture import Crop


class Grip(Flag):
    """What of a crop was taken hold of; a corner is two edges, the inside is all four."""

    NONE = 0
    TOP = auto()
    BOTTOM = auto()
    LEFT = auto()
    RIGHT = auto()


INSIDE = Grip.TOP | Grip.BOTTOM | Grip.LEFT | Grip.RIGHT


def grip_at(crop: Crop, row: float, column: float, reach_px: float) -> Grip:
    """Tell what lies within `reach_px` (in pixels of the picture) of a point; edges come before the inside."""
    bottom, right = crop.top + crop.height, crop.left + crop.width
    if not (crop.top - reach_px <= row <= bottom + reach_px and crop.left - reach_px <= column <= right + reach_px):
        return Grip.NONE
    found = Grip.NONE
    for edge, distance in (
        (Grip.BOTTOM, abs(row - bottom)),
        (Grip.RIGHT, abs(column - right)),
        (Grip.TOP, abs(row - crop.top)),
        (Grip.LEFT, abs(column - crop.left)),
    ):
        if distance <= reach_px:
            found |= edge
    # A crop that is smaller than the reach would offer opposite edges at once.
    if Grip.BOTTOM in found:
        found &= ~Grip.TOP
    if Grip.RIGHT in found:
        found &= ~Grip.LEFT
    return found or INSIDE


def spanned(first: tuple[float, float], second: tuple[float, float], height: int, width: int) -> Crop:
    """Make the crop between two points (row, column), at least one pixel, inside the picture."""
    rows = sorted((_bounded(first[0], height), _bounded(second[0], height)))
    columns = sorted((_bounded(first[1], width), _bounded(second[1], width)))
    top, left = min(rows[0], height - 1), min(columns[0], width - 1)
    return Crop(top, left, max(1, rows[1] - top), max(1, columns[1] - left))


def dragged(crop: Crop, grip: Grip, rows: float, columns: float, height: int, width: int) -> Crop:
    """Move or resize a crop by a drag of so many rows and columns; it stays inside and keeps a pixel."""
    down, right = round(rows), round(columns)
    if grip == INSIDE:
        top = min(max(0, crop.top + down), height - crop.height)
        return Crop(top, min(max(0, crop.left + right), width - crop.width), crop.height, crop.width)
    top, bottom = _edges(crop.top, crop.height, down, Grip.TOP in grip, Grip.BOTTOM in grip, height)
    left, stop = _edges(crop.left, crop.width, right, Grip.LEFT in grip, Grip.RIGHT in grip, width)
    return Crop(top, left, bottom - top, stop - left)


def _edges(start: int, size: int, by: int, first: bool, last: bool, whole: int) -> tuple[int, int]:
    stop = start + size
    if first:
        start = min(max(0, start + by), stop - 1)
    if last:
        stop = max(min(whole, stop + by), start + 1)
    return start, stop


def _bounded(value: float, size: int) -> int:
    return min(max(0, round(value)), size)
