"""The middle of the window once a picture is open: the canvas, and below it the strip of pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from zssr_studio.app.views.canvas.canvas import Canvas
from zssr_studio.app.views.compare.compare_bar import CompareBar
from zssr_studio.app.views.compare.map_legend import MapLegend
from zssr_studio.app.views.compare.pixel_readout import PixelReadout

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QResizeEvent

    from zssr_studio.app.actions import Actions

GAP_PX = 12
# The readout goes to the other side before the pointer reaches it.
NEAR_PX = 32


class PicturePage(QWidget):
    """Canvas and strip; the values under the pointer, and a map's legend, float over the canvas's lower edge.

    Attributes
    ----------
    bar : CompareBar
        Of this page, but it stands in the toolbar.
    """

    def __init__(self, actions: Actions, strip: QWidget) -> None:
        super().__init__()
        self.bar, self.canvas, self.readout = CompareBar(actions), Canvas(), PixelReadout()
        self.legend = MapLegend()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, stretch=1)
        column.addWidget(strip)
        for plate in (self.readout, self.legend):
            plate.setParent(self)
            plate.hide()
            plate.changed.connect(self._place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Put the readout into the lower left corner of the canvas, or into the right one while the pointer is near.

        The legend has the right one for good; the readout then goes above it.
        """
        canvas, readout, legend = self.canvas.geometry(), self.readout, self.legend
        legend.resize(legend.size_within(canvas.size().shrunkBy(QMargins(GAP_PX, GAP_PX, GAP_PX, GAP_PX))))
        legend.move(canvas.right() + 1 - GAP_PX - legend.width(), canvas.bottom() + 1 - GAP_PX - legend.height())
        legend.raise_()
        readout.resize(readout.size_within(canvas.width() - 2 * GAP_PX))
        left = canvas.left() + GAP_PX
        top = canvas.bottom() + 1 - GAP_PX // 2 - readout.height()
        readout.move(left, top)
        if readout.geometry().adjusted(-GAP_PX, -NEAR_PX, NEAR_PX, NEAR_PX).contains(self._pointer()):
            above = top if legend.isHidden() else legend.y() - GAP_PX // 2 - readout.height()
            readout.move(canvas.right() + 1 - GAP_PX - readout.width(), above)
        readout.raise_()

    def _pointer(self) -> QPoint:
        return self.mapFromGlobal(QCursor.pos())
