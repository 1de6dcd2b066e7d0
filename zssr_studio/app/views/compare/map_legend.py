"""What the colours of a map mean, in a plate over the lower right corner of the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from zssr_studio.app.language import marked, number_text, tr
from zssr_studio.app.plain_text import plain_labels
from zssr_studio.app.theme import text_scale
from zssr_studio.evidence.colours import BEYOND_RGB, FULL, MapKind, ramp

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

WIDTH_PX, BAR_PX, SIDE_PX, ABOVE_PX = 300, 12, 12, 8
STEPS = 256
LEVELS = 255
TITLES = {
    MapKind.CONSISTENCY: marked("Consistency: the result, downscaled again, against the input"),
    MapKind.DISAGREEMENT: marked("Disagreement: how far several results of the network deviate"),
    MapKind.MEMBERS: marked("Other seeds: how far the results of several networks deviate"),
}


class MapLegend(QFrame):
    """A title, the colours from nothing to where they end, and what the map comes to; without a map it is hidden.

    Signals
    -------
    changed()
        It needs another size.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("legend")
        self.setAccessibleName(tr("Legend of the map"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._title, self._told, self._beyond = QLabel(), QLabel(), QLabel()
        plain_labels(self._title, self._told, self._beyond)
        self._title.setObjectName("heading")
        for label in (self._title, self._told, self._beyond):
            label.setWordWrap(True)
        self._beyond.setText(tr("more than noise, compression and rounding explain"))
        self._swatch, self._most = _Swatch(), QLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE_PX, ABOVE_PX, SIDE_PX, ABOVE_PX)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addLayout(self._scale())
        column.addWidget(self._told)
        self.hide()

    def show_map(self, kind: MapKind | None, told: str, full: float = FULL) -> None:
        """Explain a map whose colours end at `full`, and say what it comes to; None hides the legend."""
        self.setVisible(kind is not None)
        if kind is not None:
            self._title.setText(tr(TITLES[kind]))
            self._told.setText(told)
            self._told.setVisible(bool(told))
            self._most.setText(tr("{levels} of 255 levels, or more", levels=number_text(round(full * LEVELS))))
            for widget in (self._swatch, self._beyond):
                widget.setVisible(kind is MapKind.CONSISTENCY)
            self.setAccessibleDescription(f"{tr(TITLES[kind])}. {told}")
        self.changed.emit()

    @property
    def text(self) -> str:
        """All that is said of the map."""
        return " ".join(label.text() for label in (self._title, self._told) if not label.isHidden())

    def size_within(self, room: QSize) -> QSize:
        """Return the size that its text needs, as far as there is room."""
        width_px = min(round(WIDTH_PX * text_scale()), room.width())
        self.ensurePolished()
        layout = self.layout()
        assert layout is not None
        return QSize(width_px, min(layout.totalHeightForWidth(width_px), room.height()))

    def _scale(self) -> QLayout:
        """Lay out the colours, with the levels at their ends below, and what lies beyond."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.addWidget(_Ramp(), 0, 0, 1, 2)
        least = QLabel(tr("equal"))
        plain_labels(least, self._most)
        self._most.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(least, 1, 0)
        grid.addWidget(self._most, 1, 1)
        grid.addWidget(self._swatch, 2, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._beyond, 2, 1)
        grid.setColumnStretch(1, 1)
        return grid


class _Ramp(QWidget):
    """The colours over the middle gray of a picture."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(BAR_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        pixels = ramp(np.linspace(0, 1, STEPS, dtype=np.float32))[None].copy()
        self._image = QImage(pixels.data, STEPS, 1, 4 * STEPS, QImage.Format.Format_RGBA8888).copy()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(128, 128, 128))
        painter.drawImage(QRectF(self.rect()), self._image)
        painter.end()


class _Swatch(QWidget):
    """The colour of what is not explained."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(2 * BAR_PX, BAR_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(*BEYOND_RGB))
        painter.end()
