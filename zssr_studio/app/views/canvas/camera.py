"""Where the picture lies in the view: one camera for all layers, in pixels of the input picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

MIN_ZOOM, MAX_ZOOM = 0.01, 64.0
# Around a picture that is shown whole; less in a grid, where there is one around each.
FIT_MARGIN_PX, PANE_MARGIN_PX = 24, 8


@dataclass(frozen=True, slots=True)
class Camera:
    """A zoom and the picture's point in the middle of the view.

    Parameters
    ----------
    zoom : float
        Screen pixels per input pixel.
    row, column : float
        The point of the picture in the middle of the view.
    """

    zoom: float = 1.0
    row: float = 0.0
    column: float = 0.0

    def to_view(self, row: float, column: float, view: QSizeF) -> QPointF:
        """Map a point of the picture to the view."""
        horizontal = (column - self.column) * self.zoom + view.width() / 2
        return QPointF(horizontal, (row - self.row) * self.zoom + view.height() / 2)

    def to_picture(self, point: QPointF, view: QSizeF) -> tuple[float, float]:
        """Map a point of the view to row and column of the picture."""
        row = (point.y() - view.height() / 2) / self.zoom + self.row
        return row, (point.x() - view.width() / 2) / self.zoom + self.column

    def rect_to_view(self, rect: QRectF, view: QSizeF) -> QRectF:
        """Map a rectangle (x is the column, y the row) to the view."""
        return QRectF(self.to_view(rect.top(), rect.left(), view), self.to_view(rect.bottom(), rect.right(), view))

    def zoomed(self, factor: float, about: QPointF, view: QSizeF) -> Camera:
        """Zoom so that the point of the picture under `about` stays there."""
        row, column = self.to_picture(about, view)
        zoom = min(MAX_ZOOM, max(MIN_ZOOM, self.zoom * factor))
        shift = about - QPointF(view.width() / 2, view.height() / 2)
        return Camera(zoom, row - shift.y() / zoom, column - shift.x() / zoom)

    def panned(self, delta: QPointF) -> Camera:
        """Move the picture with a drag of so many screen pixels."""
        return replace(self, row=self.row - delta.y() / self.zoom, column=self.column - delta.x() / self.zoom)

    @classmethod
    def fitting(cls, rect: QRectF, view: QSizeF, margin_px: int = FIT_MARGIN_PX) -> Camera:
        """Show a rectangle of the picture whole, with a margin."""
        room = (max(1.0, view.height() - 2 * margin_px), max(1.0, view.width() - 2 * margin_px))
        zoom = min(room[0] / max(rect.height(), 1e-9), room[1] / max(rect.width(), 1e-9))
        return cls(min(MAX_ZOOM, max(MIN_ZOOM, zoom)), rect.center().y(), rect.center().x())
