"""A line of text that takes the room there is: what has none is cut short, and stands whole in the tool tip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class ElidedLabel(QLabel):
    """One line that never widens what it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show a text, and all of it in the tool tip."""
        super().setText(text)
        self.setToolTip(text)

    @property
    def shown_text(self) -> str:
        """What of the text has room, with an ellipsis where it was cut short."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        area, role, shown = self.contentsRect(), self.foregroundRole(), self.shown_text
        self.style().drawItemText(painter, area, int(self.alignment()), self.palette(), self.isEnabled(), shown, role)
        painter.end()
