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


def spanned(
    first: tuple[float, float], second: tuple[float, float], height: int, width: int, aspect: float | None = None
) -> Crop:
    """Make the crop between two points (row, column), at least one pixel, inside the picture.

    With an aspect (width over height) it reaches from the first point as far as the farther side of the second.
    """
    if aspect is not None:
        second = _reached(first, second, (height, width), aspect)
    rows = sorted((_bounded(first[0], height), _bounded(second[0], height)))
    columns = sorted((_bounded(first[1], width), _bounded(second[1], width)))
    top, left = min(rows[0], height - 1), min(columns[0], width - 1)
    return Crop(top, left, max(1, rows[1] - top), max(1, columns[1] - left))


def dragged(
    crop: Crop, grip: Grip, rows: float, columns: float, height: int, width: int, aspect: float | None = None
) -> Crop:
    """Move or resize a crop by a drag of so many rows and columns; it stays inside and keeps a pixel.

    With an aspect (width over height) a corner keeps the opposite one in its place, and an edge the opposite edge.
    """
    down, right = round(rows), round(columns)
    if grip == INSIDE:
        top = min(max(0, crop.top + down), height - crop.height)
        return Crop(top, min(max(0, crop.left + right), width - crop.width), crop.height, crop.width)
    top, bottom = _edges(crop.top, crop.height, down, Grip.TOP in grip, Grip.BOTTOM in grip, height)
    left, stop = _edges(crop.left, crop.width, right, Grip.LEFT in grip, Grip.RIGHT in grip, width)
    free = Crop(top, left, bottom - top, stop - left)
    return free if aspect is None else _kept(crop, free, grip, (height, width), aspect)


def _kept(crop: Crop, free: Crop, grip: Grip, size: tuple[int, int], aspect: float) -> Crop:
    """Bring a crop that was resized freely back to its aspect."""
    up, back = Grip.TOP in grip, Grip.LEFT in grip
    bottom, stop = free.top + free.height, free.left + free.width
    sideways, upright = grip & (Grip.LEFT | Grip.RIGHT), grip & (Grip.TOP | Grip.BOTTOM)
    if sideways and upright:
        anchor = (bottom if up else free.top, stop if back else free.left)
        corner = (free.top if up else bottom, free.left if back else stop)
        return spanned(anchor, corner, *size, aspect)
    if sideways:
        columns = min(free.width, _pixels(size[0] * aspect, size[1]))
        rows, top = _followed(columns / aspect, crop.top + crop.height / 2, size[0])
        return Crop(top, stop - columns if back else free.left, rows, columns)
    rows = min(free.height, _pixels(size[1] / aspect, size[0]))
    columns, left = _followed(rows * aspect, crop.left + crop.width / 2, size[1])
    return Crop(bottom - rows if up else free.top, left, rows, columns)


def shaped(crop: Crop, aspect: float, height: int, width: int) -> Crop:
    """Give a crop an aspect (width over height) and about its area, round its middle, inside the picture."""
    area = crop.height * crop.width
    columns = min((area * aspect) ** 0.5, width, height * aspect)
    rows_now, columns_now = _pixels(columns / aspect, height), _pixels(columns, width)
    top = _bounded(crop.top + (crop.height - rows_now) / 2, height - rows_now)
    return Crop(top, _bounded(crop.left + (crop.width - columns_now) / 2, width - columns_now), rows_now, columns_now)


def _reached(
    first: tuple[float, float], second: tuple[float, float], size: tuple[int, int], aspect: float
) -> tuple[float, float]:
    """Return the corner opposite to the first point, where both sides keep to the aspect and to the picture."""
    down, right = (1 if b >= a else -1 for a, b in zip(first, second, strict=True))
    start = tuple(min(max(0.0, float(round(place))), n) for place, n in zip(first, size, strict=True))
    rows_left = size[0] - start[0] if down > 0 else start[0]
    columns_left = size[1] - start[1] if right > 0 else start[1]
    wanted = max(abs(second[1] - start[1]), abs(second[0] - start[0]) * aspect)
    columns = min(wanted, columns_left, rows_left * aspect)
    return start[0] + down * columns / aspect, start[1] + right * columns


def _followed(wanted: float, middle: float, whole: int) -> tuple[int, int]:
    """Size and start of the side that follows the other one, about its middle, inside the picture."""
    size = _pixels(wanted, whole)
    return size, _bounded(middle - size / 2, whole - size)


def _pixels(size: float, whole: int) -> int:
    return min(max(1, round(size)), whole)


def _edges(start: int, size: int, by: int, first: bool, last: bool, whole: int) -> tuple[int, int]:
    stop = start + size
    if first:
        start = min(max(0, start + by), stop - 1)
    if last:
        stop = max(min(whole, stop + by), start + 1)
    return start, stop


def _bounded(value: float, size: int) -> int:
    return min(max(0, round(value)), size)


def resized(crop: Crop, wanted: Crop, height: int, width: int, aspect: float | None) -> Crop:
    """Take exact numbers: what does not fit into the picture, or into the aspect, gives way.

    Of size and place the one that was not changed gives way, but with an aspect it is always the place.
    """
    rows, columns = wanted.height, wanted.width
    if aspect is not None and columns != crop.width:
        columns = min(columns, round(height * aspect))
        rows = _pixels(columns / aspect, height)
    elif aspect is not None and rows != crop.height:
        rows = min(rows, round(width / aspect))
        columns = _pixels(rows * aspect, width)
    if aspect is None and (rows, columns) == (crop.height, crop.width):
        rows, columns = min(rows, height - wanted.top), min(columns, width - wanted.left)
    return Crop(min(wanted.top, height - rows), min(wanted.left, width - columns), rows, columns)
