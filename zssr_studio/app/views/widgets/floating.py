"""Messages over the picture: they take no room from it, so that nothing is moved when one comes or goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from zssr_studio.app.theme import text_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

# Chosen: a line of some hundred letters, read without turning the head, and room for the picture beside it.
WIDTH_PX, GAP_PX = 720, 12
# Below this, buttons beside a text leave it no room.
NARROW_PX = 560


class FloatingBar(QFrame):
    """A text, and buttons beside it or, where it is narrow, below it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("message")
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(16, 8, 16, 8)
        self._whole.setSpacing(8)

    def lay_out(self, told: Sequence[QWidget], buttons: Sequence[QWidget]) -> None:
        """Put the parts of the text, the last of which takes the room, and the buttons in their places."""
        texts, row = QHBoxLayout(), QHBoxLayout()
        texts.setSpacing(16)
        for widget in told[:-1]:
            texts.addWidget(widget, alignment=Qt.AlignmentFlag.AlignTop)
        texts.addWidget(told[-1], stretch=1)
        row.addStretch()
        for widget in buttons:
            row.addWidget(widget)
        self._whole.addLayout(texts, stretch=1)
        # Buttons are higher than a line: all of a text stands in the middle of them, its heading at its first line.
        self._whole.setAlignment(texts, Qt.AlignmentFlag.AlignVCenter)
        self._whole.addLayout(row)

    def set_narrow(self, narrow: bool) -> None:
        """Put the buttons below the text instead of beside it."""
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._whole.setDirection(direction)


class Floating(QWidget):
    """A column of bars over the upper part of another widget, as high as those that are shown.

    Parameters
    ----------
    over : QWidget
        What it lies over; it follows its size.
    bars : sequence of QWidget
        From the top down; each shows and hides itself.
    """

    def __init__(self, over: QWidget, bars: Sequence[FloatingBar]) -> None:
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
        for bar in self._bars:
            bar.set_narrow(width_px < NARROW_PX * text_scale())
        most_px = max(0, self._over.height() - 2 * GAP_PX)
        height_px = min(most_px, self._column.totalHeightForWidth(width_px)) if shown else 0
        self.setGeometry((self._over.width() - width_px) // 2, GAP_PX, width_px, height_px)
        self.raise_()
