"""One result of a trial; all of them show the same part at the same zoom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from zssr_studio.app.language import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent

LEAST_ZOOM, MOST_ZOOM = 1.0, 16.0
WHEEL_STEP = 1.2
NOTCH_UNITS = 120
# An arrow key moves by this share of what is seen.
KEY_STEP = 0.1
_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_ZOOMS = {Qt.Key.Key_Plus: WHEEL_STEP, Qt.Key.Key_Equal: WHEEL_STEP, Qt.Key.Key_Minus: 1 / WHEEL_STEP}


@dataclass(frozen=True, slots=True)
class Part:
    """What is seen: the middle (row, column) as shares of the picture, and the zoom; 1 shows all of it."""

    row: float = 0.5
    column: float = 0.5
    zoom: float = 1.0

    def clamped(self) -> Part:
        """Return the nearest part that shows the picture only."""
        zoom = min(max(self.zoom, LEAST_ZOOM), MOST_ZOOM)
        margin = 0.5 / zoom
        row, column = (min(max(value, margin), 1 - margin) for value in (self.row, self.column))
        return Part(row, column, zoom)


class TilePicture(QWidget):
    """A picture that is dragged and zoomed by the wheel, or a word where there is none.

    Signals
    -------
    part_changed(Part)
        A person moved or zoomed.
    """

    part_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._text = ""
        self._part = Part()
        self._dragged_from: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription(tr("Arrow keys move all results, plus and minus zoom."))
        self.setMinimumSize(160, 120)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(320, 240)

    def set_image(self, image: QImage | None, text: str = "") -> None:
        """Show a picture, or a word."""
        self._image, self._text = image, text
        self.update()

    def set_part(self, part: Part) -> None:
        """Show a part of the picture."""
        self._part = part
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(self.palette().ColorRole.AlternateBase))
        if self._image is None:
            painter.setPen(self.palette().color(self.palette().ColorRole.PlaceholderText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        else:
            # Pixels stay visible when they are enlarged: smoothing would hide what is to be judged.
            scale = self._screen_per_pixel(self._image)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
            left = self.width() / 2 - self._part.column * self._image.width() * scale
            top = self.height() / 2 - self._part.row * self._image.height() * scale
            target = QRectF(left, top, self._image.width() * scale, self._image.height() * scale)
            painter.drawImage(target, self._image)
            if self._text:
                self._caption(painter)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            # Dark beside light is seen on any picture.
            for inset, role in ((1, self.palette().ColorRole.WindowText), (3, self.palette().ColorRole.Window)):
                painter.setPen(QPen(self.palette().color(role), 2))
                painter.drawRect(self.rect().adjusted(inset, inset, -inset, -inset))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        part = self._part
        if key in _ZOOMS:
            part = replace(part, zoom=part.zoom * _ZOOMS[key])
        elif key in _ARROWS:
            down, right = (KEY_STEP / part.zoom * way for way in _ARROWS[key])
            part = replace(part, row=part.row + down, column=part.column + right)
        else:
            super().keyPressEvent(event)
            return
        self.part_changed.emit(part.clamped())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        factor = WHEEL_STEP ** (event.angleDelta().y() / NOTCH_UNITS)
        self.part_changed.emit(replace(self._part, zoom=self._part.zoom * factor).clamped())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = event.position()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragged_from = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is None or self._image is None:
            return
        moved, self._dragged_from = event.position() - self._dragged_from, event.position()
        scale = self._screen_per_pixel(self._image)
        row = self._part.row - moved.y() / scale / self._image.height()
        column = self._part.column - moved.x() / scale / self._image.width()
        self.part_changed.emit(replace(self._part, row=row, column=column).clamped())

    def _screen_per_pixel(self, image: QImage) -> float:
        fitted = min(self.width() / image.width(), self.height() / image.height())
        return fitted * self._part.zoom

    def _caption(self, painter: QPainter) -> None:
        height = painter.fontMetrics().height() + 8
        strip = QRectF(0, self.height() - height, self.width(), height)
        painter.fillRect(strip, QColor(0, 0, 0, 150))
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, self._text)
