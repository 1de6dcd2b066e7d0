"""A small part of the picture as it is and as it would be, beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent

HEIGHT_PX, GAP_PX = 120, 4


class SamplePair(QWidget):
    """Two halves, with a line of text under them; hidden while there is nothing to show.

    Parameters
    ----------
    before, after : str
        What the halves are called.
    """

    def __init__(self, before: str, after: str) -> None:
        super().__init__()
        self.halves, self.caption = _Halves((before, after)), QLabel()
        self.caption.setObjectName("faint")
        self.caption.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.halves)
        column.addWidget(self.caption)
        self.hide()

    @property
    def can_be_seen(self) -> bool:
        """Whether a person would see it if it showed something."""
        panel = self.parentWidget()
        return panel is not None and panel.isVisible()

    def show_text(self, text: str) -> None:
        """Say what goes on, without pictures; an empty text hides all."""
        self.halves.images = ()
        self.halves.hide()
        self.caption.setText(text)
        self.setVisible(bool(text))

    def show_images(self, before: QImage, after: QImage, text: str) -> None:
        """Show the middle of both, a pixel of theirs as one of the screen."""
        self.halves.images = (before, after)
        self.halves.setAccessibleName(text)
        self.halves.setToolTip(text)
        self.halves.show()
        self.halves.update()
        self.caption.setText(text)
        self.show()


class _Halves(QWidget):
    """Before at the left, after at the right."""

    def __init__(self, names: tuple[str, str]) -> None:
        super().__init__()
        self._names = names
        self.images: tuple[QImage, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(2 * HEIGHT_PX + GAP_PX, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(HEIGHT_PX, HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = (self.width() - GAP_PX) / 2
        for index, (image, name) in enumerate(zip(self.images, self._names, strict=False)):
            half = QRectF(index * (width + GAP_PX), 0, width, self.height())
            ratio = self.devicePixelRatioF()
            part = QRectF(0, 0, min(half.width() * ratio, image.width()), min(half.height() * ratio, image.height()))
            part.moveCenter(QPointF(image.width() / 2, image.height() / 2))
            shown = QRectF(0, 0, part.width() / ratio, part.height() / ratio)
            shown.moveCenter(half.center())
            painter.fillRect(half, self.palette().color(QPalette.ColorRole.AlternateBase))
            painter.drawImage(shown, image, part)
            self._name(painter, half, name)
        painter.end()

    def _name(self, painter: QPainter, half: QRectF, name: str) -> None:
        height = painter.fontMetrics().height() + 4
        strip = QRectF(half.left(), half.bottom() - height, half.width(), height)
        painter.fillRect(strip, self.palette().color(QPalette.ColorRole.Window))
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(strip.width()))
        painter.drawText(strip, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
