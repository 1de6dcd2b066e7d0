"""Messages over the picture: they take no room from it, so that nothing is moved when one comes or goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from zssr_studio.app.theme import text_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

# Chosen: a line of some hundred letters, read without turning the head, and room for the picture beside it.
WIDTH_PX, GAP_PX = 720, 12


class Floating(QWidget):
    """A column of bars over the upper part of another widget, as high as those that are shown.

    Parameters
    ----------
    over : QWidget
        What it lies over; it follows its size.
    bars : sequence of QWidget
        From the top down; each shows and hides itself.
    """

    def __init__(self, over: QWidget, bars: Sequence[QWidget]) -> None:
        super().__init__(over)
        self._over, self._bars = over, tuple(bars)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_PX // 2)
        for bar in self._bars:
            self._column.addWidget(bar)
            bar.installEventFilter(self)
        over.installEventFilter(self)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Be as high as a text needs that changes while it is shown."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what lies below, and the bars that come and go."""
        changes = (QEvent.Type.Resize,) if watched is self._over else (
            QEvent.Type.ShowToParent, QEvent.Type.HideToParent
        )  # fmt: skip
        if event.type() in changes:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        room_px = self._over.width() - 2 * GAP_PX
        width_px = max(0, min(room_px, round(WIDTH_PX * text_scale())))
        shown = any(not bar.isHidden() for bar in self._bars)
        height_px = self._column.totalHeightForWidth(width_px) if shown else 0
        self.setGeometry((self._over.width() - width_px) // 2, GAP_PX, width_px, height_px)
        self.raise_()
