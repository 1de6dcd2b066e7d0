"""Where a place in the source's picture lies in the one that is written: turned upright, cropped, enlarged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.imaging.metadata.places.orientation import moves_of, swaps_axes

if TYPE_CHECKING:
    from zssr_studio.imaging.metadata.blocks import Change

Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Placement:
    """How places move, as shares of the sizes: 0 to 1 from the left and from the top.

    Parameters
    ----------
    stored : tuple of float
        Rows and columns of the source's picture as it lies in its file.
    written : tuple of float
        Rows and columns of the written picture.
    corner, part : tuple of float
        Of the part that was cut out, its top and left and its height and width, as shares of the upright picture.
    orientation : int
        By which the source was turned upright, from 1 to 8.
    """

    stored: tuple[float, float]
    written: tuple[float, float]
    corner: tuple[float, float] = (0.0, 0.0)
    part: tuple[float, float] = (1.0, 1.0)
    orientation: int = 1

    @property
    def moves(self) -> bool:
        """Whether shares change at all."""
        return self.is_cropped or self.orientation != 1

    @property
    def is_cropped(self) -> bool:
        """Whether a part was cut out."""
        return self.part != (1.0, 1.0)

    def upright(self) -> Placement:
        """Return the placement of places that are told upright already."""
        stored = self.stored[::-1] if swaps_axes(self.orientation) else self.stored
        return Placement(stored, self.written, self.corner, self.part)

    def point(self, left: float, top: float) -> tuple[float, float]:
        """Move a point (from the left, from the top), which may come to lie outside."""
        is_swapped, flips_rows, flips_columns = moves_of(self.orientation)
        if is_swapped:
            left, top = top, left
        top = 1 - top if flips_rows else top
        left = 1 - left if flips_columns else left
        return (left - self.corner[1]) / self.part[1], (top - self.corner[0]) / self.part[0]

    def rectangle(self, rectangle: Rect) -> Rect | None:
        """Move a rectangle (left, top, width, height), cut at the border; None where nothing of it is left."""
        left, top, width, height = rectangle
        ends = [self.point(left, top), self.point(left + width, top + height)]
        cut = [(max(0.0, min(pair)), min(1.0, max(pair))) for pair in zip(*ends, strict=True)]
        if any(low > high or low >= 1 or high <= 0 for low, high in cut):
            return None
        (left, right), (top, bottom) = cut
        return left, top, right - left, bottom - top

    def area(self, x: float, y: float, width: float, height: float) -> Rect | None:
        """Move a rectangle of pixels of the stored picture, given by its centre, to pixels of the written one."""
        rows, columns = self.stored
        moved = self.rectangle(((x - width / 2) / columns, (y - height / 2) / rows, width / columns, height / rows))
        if moved is None:
            return None
        left, top, across, down = moved
        rows, columns = self.written
        return (left + across / 2) * columns, (top + down / 2) * rows, across * columns, down * rows


def placement_of(change: Change) -> Placement:
    """Return how places move from a source's file into the one that is written."""
    height, width = (written / factor for written, factor in zip(change.size, change.factors, strict=True))
    origin = change.origin
    if origin is None:
        return Placement((height, width), change.size)
    stored = (origin.height, origin.width)
    corner = (origin.top / origin.height, origin.left / origin.width)
    part = (1.0, 1.0)
    if origin.is_part:
        part = (height / origin.height, width / origin.width)
    turned = stored[::-1] if swaps_axes(origin.orientation) else stored
    return Placement(turned, change.size, corner, part, origin.orientation)
