"""Draws a blur kernel, and tells which tap is under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from zssr_studio.app.language import tr
from zssr_studio.app.qimage import image_of

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QImage

    from zssr_studio.engine.kernels.kernel import Kernel

SIDE_PX = 104
RING_RADIUS_PX = 3.0
# Seen on all grays of a kernel.
FOCUS = "#ffab5e"
ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
# A kernel whose widths are under this blurs nothing.
SHARP_PX = 0.3


class KernelView(QWidget):
    """The taps from black (0) to white (the largest), negative ones blue; a frame is one pixel of the input.

    Signals
    -------
    pointed(tuple of int or None)
        Row and column of the tap under the cursor; None when it leaves.
    """

    pointed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Blur kernel"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._tap: tuple[int, int] | None = None
        self._kernel: Kernel | None = None
        self._scale = (2.0, 2.0)

    def sizeHint(self) -> QSize:
        return QSize(SIDE_PX, SIDE_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def set_kernel(self, kernel: Kernel, scale: tuple[float, float]) -> None:
        """Show a kernel as it is placed for a scale."""
        self._kernel, self._scale, self._tap = kernel, scale, None
        self.setAccessibleDescription(describe(kernel))
        self.pointed.emit(None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._kernel is None:
            return
        painter = QPainter(self)
        box = self._box(self._kernel)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        painter.drawImage(box, kernel_image(self._kernel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        cell, (row, column) = self._cell_px(self._kernel), self._kernel.origin(self._scale)
        middle = QPointF(box.left() + (column + 0.5) * cell, box.top() + (row + 0.5) * cell)
        height, width = self._scale[0] * cell, self._scale[1] * cell
        pixel = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
        # Dark under light is seen on black and on white.
        for colour, pen_px in ((QColor(0, 0, 0, 160), 3.0), (QColor("#6cb0ff"), 1.4)):
            painter.setPen(QPen(colour, pen_px))
            painter.drawRect(pixel)
            painter.drawEllipse(middle, RING_RADIUS_PX, RING_RADIUS_PX)
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def _paint_focus(self, painter: QPainter) -> None:
        """Frame the view, and the tap that the arrow keys went to."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(QColor(FOCUS), 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        if self._tap is not None and self._kernel is not None:
            box, cell = self._box(self._kernel), self._cell_px(self._kernel)
            painter.drawRect(QRectF(box.left() + self._tap[1] * cell, box.top() + self._tap[0] * cell, cell, cell))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = ARROWS.get(Qt.Key(event.key()))
        if move is None or self._kernel is None:
            super().keyPressEvent(event)
            return
        rows, columns = self._kernel.taps.shape
        row, column = self._tap or (rows // 2 - move[0], columns // 2 - move[1])
        self._tap = (min(max(0, row + move[0]), rows - 1), min(max(0, column + move[1]), columns - 1))
        self.pointed.emit(self._tap)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tap = None
        self.pointed.emit(None)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self._tap_at(event.position()))

    def leaveEvent(self, _event: QEvent) -> None:
        self.pointed.emit(None)

    def _tap_at(self, point: QPointF) -> tuple[int, int] | None:
        if self._kernel is None:
            return None
        box, cell = self._box(self._kernel), self._cell_px(self._kernel)
        row, column = int((point.y() - box.top()) // cell), int((point.x() - box.left()) // cell)
        rows, columns = self._kernel.taps.shape
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None

    def _cell_px(self, kernel: Kernel) -> float:
        return float(min(self.width(), self.height()) / max(kernel.taps.shape))

    def _box(self, kernel: Kernel) -> QRectF:
        """Where the taps are drawn: in the middle."""
        cell, (rows, columns) = self._cell_px(kernel), kernel.taps.shape
        height, width = cell * rows, cell * columns
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)


def kernel_image(kernel: Kernel) -> QImage:
    """Return a kernel as a picture with a pixel for each tap."""
    values = np.rint(kernel.taps / np.abs(kernel.taps).max() * 255)
    light, negative = values.clip(0), -values.clip(None, 0)
    return image_of(np.stack([light, light + negative / 2, light + negative], axis=-1).clip(0, 255).astype(np.uint8))


def describe(kernel: Kernel) -> str:
    """Return the size, the widths and the angle of a kernel, a line each."""
    rows, columns = kernel.taps.shape
    long, short = kernel.widths_px
    if long < SHARP_PX:
        # Its negative taps leave a cubic no width: it takes away what the smaller picture cannot hold, and no more.
        return tr("{rows} × {columns} taps\nSharp: no blur beyond the sampling", rows=rows, columns=columns)
    angle = tr("Round") if kernel.angle_deg is None else tr("Angle {angle_deg:.0f}°", angle_deg=kernel.angle_deg)
    return tr(
        "{rows} × {columns} taps\nWidths {long:.2f}, {short:.2f} px\n{angle}",
        rows=rows,
        columns=columns,
        long=long,
        short=short,
        angle=angle,
    )
