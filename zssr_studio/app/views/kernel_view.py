"""Draws a blur kernel, its widths and its size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from zssr_studio.app.qimage import image_of

if TYPE_CHECKING:
    from zssr_studio.engine.kernel import Kernel

SIDE_PX = 96


class KernelView(QWidget):
    """A square in which the largest tap is white; a cross marks the place of the low-resolution pixel."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Blur kernel")
        self._kernel: Kernel | None = None
        self._scale = (2.0, 2.0)

    def sizeHint(self) -> QSize:
        return QSize(SIDE_PX, SIDE_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def set_kernel(self, kernel: Kernel | None, scale: tuple[float, float]) -> None:
        """Show a kernel as it is placed for a scale."""
        self._kernel, self._scale = kernel, scale
        self.setVisible(kernel is not None)
        if kernel is not None:
            self.setAccessibleDescription(describe(kernel))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._kernel is None:
            return
        taps = self._kernel.taps
        shown = np.rint(taps.clip(0) / taps.max() * 255).astype(np.uint8)
        box = self._box(taps.shape)
        painter = QPainter(self)
        painter.drawImage(box, image_of(shown[:, :, None]))
        painter.setPen(QPen(QColor(128, 128, 128), 1))
        painter.drawRect(box)
        row, column = (
            (o + 0.5) * side / n
            for o, side, n in zip(
                self._kernel.origin(self._scale), (box.height(), box.width()), taps.shape, strict=True
            )
        )
        painter.setPen(QPen(self.palette().color(self.palette().ColorRole.Highlight), 1.5))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = box.topLeft()
        centre.setX(centre.x() + column)
        centre.setY(centre.y() + row)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, 4, 4)
        painter.end()

    def _box(self, shape: tuple[int, ...]) -> QRectF:
        side = min(self.width(), self.height()) - 2
        cell = side / max(shape)
        return QRectF(1, 1, cell * shape[1], cell * shape[0])


def describe(kernel: Kernel) -> str:
    """Return the size and the widths of a kernel in a few words."""
    rows, columns = kernel.taps.shape
    long, short = kernel.widths_px
    return f"{rows} × {columns} taps, widths {long:.2f} and {short:.2f} px"
