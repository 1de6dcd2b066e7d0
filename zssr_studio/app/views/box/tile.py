"""Paints a picture of the box as a thumbnail with a badge for its state."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from zssr_studio.app.models.box.state import PictureState
from zssr_studio.app.theme import text_scale
from zssr_studio.app.views.box.items import ROW_ROLE, THUMBNAIL_ROLE

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QImage

    from zssr_studio.app.views.box.row import BoxRow

# As high and as wide as the thumbnails of the results, which stand in the same line.
THUMBNAIL, INSET_PX, BADGE_PX, MARK_PX = QSize(66, 44), 4, 18, 1.8
# Colours over a picture, which may have any: a dark plate with a light mark, and what failed on red, as everywhere.
_PLATE, _MARK, _FAILED = QColor(0, 0, 0, 190), QColor("white"), QColor("#b3261e")
# What is not to be done is there, but steps back.
_SKIPPED_SHARE = 0.35
# Where lines of marks begin and end, in shares of half a badge from its middle: right, then down.
_LINES: dict[PictureState, tuple[tuple[tuple[float, float], ...], ...]] = {
    PictureState.DONE: (((-0.45, 0.02), (-0.1, 0.38), (0.5, -0.35)),),
    PictureState.FAILED: (((0, -0.55), (0, 0.12)), ((0, 0.48), (0, 0.5))),
    PictureState.SKIPPED: (((-0.42, 0), (0.42, 0)),),
    PictureState.WAITING: (((0, -0.5), (0, 0.05), (0.36, 0.05)),),
}


def thumbnail_size() -> QSize:
    """Return the size of a thumbnail's picture, which grows with the text."""
    return THUMBNAIL * text_scale()


def tile_size() -> QSize:
    """Return the room of a thumbnail, the same for all: a box may have thousands."""
    return thumbnail_size() + QSize(2 * INSET_PX, 2 * INSET_PX)


class BoxTile(QStyledItemDelegate):
    """Draws the tiles; the strip deals with the mouse and the keys itself."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return tile_size()

    def editorEvent(self, *_arguments: object) -> bool:
        return False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = cast("BoxRow", index.data(ROW_ROLE))
        palette, state = option.palette, option.state
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        _paint_ground(painter, QRectF(option.rect).adjusted(1, 1, -1, -1), palette, row, state)
        picture = QRect(option.rect.topLeft(), thumbnail_size()).translated(INSET_PX, INSET_PX)
        painter.fillRect(picture, palette.color(QPalette.ColorRole.Mid))
        image = cast("QImage | None", index.data(THUMBNAIL_ROLE))
        if image is not None:
            painter.setOpacity(_SKIPPED_SHARE if row.state is PictureState.SKIPPED else 1.0)
            painter.drawImage(picture, image, _middle(image, picture.size()))
            painter.setOpacity(1.0)
        badge_px = BADGE_PX * text_scale()
        badge = QRectF(0, 0, badge_px, badge_px)
        badge.moveBottomRight(QPointF(picture.bottomRight()) + QPointF(-1, -1))
        paint_badge(painter, badge, row, palette)
        painter.restore()


def paint_badge(painter: QPainter, badge: QRectF, row: BoxRow, palette: QPalette) -> None:
    """Draw the sign of a state: a clock, a part of a ring, a check mark, an exclamation mark or a dash."""
    painter.setPen(Qt.PenStyle.NoPen)
    fills = {PictureState.FAILED: _FAILED, PictureState.DONE: palette.color(QPalette.ColorRole.Highlight)}
    painter.setBrush(fills.get(row.state, _PLATE))
    painter.drawEllipse(badge)
    width_px = MARK_PX * badge.width() / BADGE_PX
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(_MARK, width_px, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    if row.state is PictureState.WORKING:
        _paint_share(painter, badge, row.share)
        return
    for line in _LINES[row.state]:
        points = [badge.center() + QPointF(*point) * (badge.width() / 2) for point in line]
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        painter.drawPath(path)


def _paint_share(painter: QPainter, badge: QRectF, share: float) -> None:
    """Fill a disc from the top on, clockwise, as far as the run is."""
    inner = badge.adjusted(3, 3, -3, -3)
    thin = QPen(painter.pen())
    thin.setWidthF(1.0)
    painter.setPen(thin)
    painter.drawEllipse(inner)
    painter.setBrush(_MARK)
    painter.setPen(Qt.PenStyle.NoPen)
    # Qt counts sixteenths of a degree, against the clock.
    painter.drawPie(inner, 90 * 16, -round(360 * 16 * min(1.0, max(0.0, share))))


def _paint_ground(painter: QPainter, area: QRectF, palette: QPalette, row: BoxRow, state: QStyle.StateFlag) -> None:
    """Frame what is shown in the window, and in the colour of the text what the keys act upon."""
    painter.setPen(Qt.PenStyle.NoPen)
    if row.is_open or state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(palette.color(QPalette.ColorRole.Button))
        painter.drawRoundedRect(area, 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
    if has_focus or row.is_open:
        role = QPalette.ColorRole.Text if has_focus else QPalette.ColorRole.Highlight
        painter.setPen(QPen(palette.color(role), 2))
        painter.drawRoundedRect(area, 4, 4)


def _middle(image: QImage, room: QSize) -> QRect:
    """Return the part of an image that fills a room of another shape."""
    part = QRect(0, 0, 0, 0)
    part.setSize(room.scaled(image.size(), Qt.AspectRatioMode.KeepAspectRatio))
    part.moveCenter(image.rect().center())
    return part
