"""Before and after on the first screen: a line sweeps once over a photo, and then nothing moves any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation, Slot
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from zssr_studio.app.language import marked, tr
from zssr_studio.app.views.canvas.paint import LABEL_GAP_PX, LABEL_INSET_PX, paint_label
from zssr_studio.resource import resource_path

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent, QShowEvent

BEFORE, AFTER = marked("Ordinary enlargement"), marked("ZSSR Studio")
# Chosen by eye: slow enough to look at both, and over before it is tiresome.
SWEEP_MS = 4000
# Where the line stands at which share of the time: from the right to the left, and to the middle, where it stays.
SWEEP = ((0.0, 0.95), (0.7, 0.05), (1.0, 0.5))
REST = SWEEP[-1][1]
LEAST_HEIGHT_PX, HEIGHT_PX = 130, 320
GRIP_RADIUS_PX = 9


class BeforeAfter(QWidget):
    """Shows two pictures of the same size under a line: the left one up to it, the right one from it on."""

    def __init__(self) -> None:
        super().__init__()
        self._before, self._after = (
            QPixmap(str(resource_path(f"first-screen/{name}.jpg"))) for name in ("before", "after")
        )
        self.split = REST
        self.labels = QRectF(), QRectF()
        self.sweep = QVariantAnimation(self)
        self.sweep.setDuration(SWEEP_MS)
        self.sweep.setEasingCurve(QEasingCurve.Type.InOutSine)
        self.sweep.setKeyValues(list(SWEEP))
        self.sweep.valueChanged.connect(self._on_moved)
        self._was_shown = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(
            tr("The eyes of a cat: at the left as ordinary enlargement shows them, at the right as this program does.")
        )

    def sizeHint(self) -> QSize:
        # A page that scrolls is as high as its parts would like to be: this one grows into what is left over.
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(round(LEAST_HEIGHT_PX * self._after.width() / self._after.height()), LEAST_HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where there is little width, no height is left empty above and below the pictures.
        self.setMaximumHeight(min(HEIGHT_PX, round(self.width() * self._after.height() / self._after.width())))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._was_shown and self._may_move():
            self.sweep.start()
        self._was_shown = True

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.sweep.stop()
        self._on_moved(REST)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        area = self._area()
        line = area.left() + self.split * area.width()
        for pixmap, left, right in ((self._before, area.left(), line), (self._after, line, area.right())):
            painter.setClipRect(QRectF(left, area.top(), right - left, area.height()))
            painter.drawPixmap(area, pixmap, QRectF(pixmap.rect()))
        painter.setClipping(False)
        self._paint_line(painter, area, line)
        self.labels = self._paint_labels(painter, area)

    @Slot(object)
    def _on_moved(self, share: float) -> None:
        self.split = float(share)
        self.update()

    def _may_move(self) -> bool:
        """Ask the style, which asks the system where Qt knows how; without animations nothing moves here either."""
        return self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) > 0

    def _area(self) -> QRectF:
        """Return where the pictures stand: in the middle of the widget, as large as fits."""
        size = self._after.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio).toSizeF()
        area = QRectF(0, 0, size.width(), size.height())
        area.moveCenter(QRectF(self.rect()).center())
        return area

    def _paint_labels(self, painter: QPainter, area: QRectF) -> tuple[QRectF, QRectF]:
        """Write what both are, one over the other where there is no room for them beside each other."""
        before, name = paint_label(painter, tr(BEFORE), area), tr(AFTER)
        beside_px = painter.fontMetrics().horizontalAdvance(name) + 2 * (LABEL_INSET_PX + LABEL_GAP_PX)
        fits = before.right() + beside_px <= area.right()
        corner = Qt.Corner.TopRightCorner if fits else Qt.Corner.BottomRightCorner
        return before, paint_label(painter, name, area, corner)

    def _paint_line(self, painter: QPainter, area: QRectF, line: float) -> None:
        for colour, width_px in ((QColor(0, 0, 0, 120), 3), (QColor("white"), 1.5)):
            painter.setPen(QPen(colour, width_px))
            painter.drawLine(QPointF(line, area.top()), QPointF(line, area.bottom()))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawEllipse(QPointF(line, area.center().y()), GRIP_RADIUS_PX, GRIP_RADIUS_PX)
