"""A button with a small picture of a file and its name below; a file that is gone is gray and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from zssr_studio.app.icons import icon
from zssr_studio.app.language import tr
from zssr_studio.app.plain_text import plain_tip
from zssr_studio.app.theme import text_scale

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QEnterEvent, QImage, QPaintEvent

THUMBNAIL = QSize(128, 96)
# What a screen of twice the usual density shows of it.
THUMBNAIL_PX = THUMBNAIL * 2
PAD_PX, CORNER_PX, ICON_PX = 6, 4, 32


class RecentTile(QAbstractButton):
    """One file of those that were opened last.

    Attributes
    ----------
    thumbnail : QImage or None
        Its small picture, where there is one by now.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.thumbnail: QImage | None = None

    def set_file(self, path: Path, label: str, *, is_gone: bool) -> None:
        """Show a file by its name."""
        self.setText(label.replace("&&", "&"))
        self.setEnabled(not is_gone)
        self.setToolTip(plain_tip(tr("{path} is not there now.", path=path) if is_gone else str(path)))
        self.setAccessibleName(tr("{name} (not found)", name=path.name) if is_gone else tr("Open {path}", path=path))
        self.update()

    def set_thumbnail(self, image: QImage | None) -> None:
        """Show a small picture of the file, at most `THUMBNAIL_PX` large; None shows an icon in its place."""
        self.thumbnail = image
        self.update()

    def sizeHint(self) -> QSize:
        plate = self._plate()
        return QSize(plate.width() + 2 * PAD_PX, plate.bottom() + 1 + self.fontMetrics().height() + 2 * PAD_PX)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self.isEnabled() and (self.underMouse() or self.hasFocus()):
            self._paint_ring(painter)
        plate = self._plate()
        if self.thumbnail is None or not self.isEnabled():
            self._paint_icon(painter, plate)
        else:
            painter.drawImage(_inside(plate, self.thumbnail.size()), self.thumbnail)
        name = QRect(PAD_PX, plate.bottom() + PAD_PX, plate.width(), self.fontMetrics().height())
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, QPalette.ColorRole.WindowText))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignCenter, text)

    def _plate(self) -> QRect:
        """Where the small picture stands; it grows a little with the text, so that names keep their room."""
        return QRect(QPoint(PAD_PX, PAD_PX), THUMBNAIL * min(1.5, text_scale()))

    def _paint_ring(self, painter: QPainter) -> None:
        width_px = 2 if self.hasFocus() else 1
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Link), width_px))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Button))
        inset = width_px / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), CORNER_PX, CORNER_PX)

    def _paint_icon(self, painter: QPainter, plate: QRect) -> None:
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(plate).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_PX, CORNER_PX)
        place = QRect(0, 0, ICON_PX, ICON_PX)
        place.moveCenter(plate.center())
        name = "picture" if self.isEnabled() else "missing"
        icon(name, QPalette.ColorRole.PlaceholderText).paint(painter, place)


def _inside(plate: QRect, size: QSize) -> QRect:
    """In the middle of the plate, in the picture's own shape, no larger than the plate."""
    place = QRect(QPoint(), size.scaled(plate.size(), Qt.AspectRatioMode.KeepAspectRatio))
    place.moveCenter(plate.center())
    return place
