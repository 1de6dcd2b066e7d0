"""A switch: a check box that looks like what it does, and shows the focus of the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QCheckBox

from zssr_studio.app.theme import text_scale

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

TRACK_WIDTH_PX, TRACK_HEIGHT_PX, RING_PX, GAP_PX = 28.0, 16.0, 2.0, 2.0
KNOB_SHARE = 0.62


class Switch(QCheckBox):
    """A check box without a text of its own; its name says what it switches."""

    def sizeHint(self) -> QSize:
        margin = 2 * (RING_PX + GAP_PX)
        scale = text_scale()
        return QSize(round(TRACK_WIDTH_PX * scale + margin), round(TRACK_HEIGHT_PX * scale + margin))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        margin = RING_PX + GAP_PX
        track = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        radius = track.height() / 2
        is_on = self.isChecked()
        painter.setPen(QPen(palette.color(QPalette.ColorRole.PlaceholderText), 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight if is_on else QPalette.ColorRole.Base))
        painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        knob = KNOB_SHARE * radius
        middle = QPointF(track.right() - radius if is_on else track.left() + radius, track.center().y())
        role = QPalette.ColorRole.HighlightedText if is_on else QPalette.ColorRole.PlaceholderText
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(role))
        painter.drawEllipse(middle, knob, knob)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.WindowText), RING_PX))
            half = RING_PX / 2
            ring = QRectF(self.rect()).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.end()
