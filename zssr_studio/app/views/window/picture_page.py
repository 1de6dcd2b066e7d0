"""The middle of the window once a picture is open: the canvas between its two strips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from zssr_studio.app.views.canvas.canvas import Canvas
from zssr_studio.app.views.compare.compare_bar import CompareBar
from zssr_studio.app.views.compare.pixel_readout import PixelReadout

if TYPE_CHECKING:
    from zssr_studio.app.actions import Actions


class PicturePage(QWidget):
    """Strip, canvas, strip."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.bar, self.canvas, self.readout = CompareBar(actions), Canvas(), PixelReadout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.canvas, stretch=1)
        column.addWidget(self.readout)
