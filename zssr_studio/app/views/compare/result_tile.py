"""Paints one of the thumbnails: the picture with its marks, and beside it the name and the score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPalette, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from zssr_studio.app.language import tr
from zssr_studio.app.theme import text_scale

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from zssr_studio.app.views.compare.result_row import Row

ROW_ROLE = Qt.ItemDataRole.UserRole
# Sizes at text of 100 %: four fifths of a strip of 64 pixels, and 3:2 as most pictures.
THUMBNAIL = QSize(66, 44)
INSET_PX, GAP_PX, BOX_PX, BAR_PX = 4, 6, 16, 4
LEAST_TEXT_PX, MOST_TEXT_PX = 40, 120
# Colours over a picture, which may have any: dark plates with light marks, as its names have.
_PLATE, _MARK = QColor(0, 0, 0, 175), QColor("white")
# Two circles of points, and of them the inner one so much smaller: a star of five.
_STAR_INNER = 0.42


@dataclass(frozen=True, slots=True)
class TileLayout:
    """Where the parts of a thumbnail lie."""

    picture: QRect
    box: QRect
    name: QRect
    detail: QRect


def thumbnail_size() -> QSize:
    """Return the size of a thumbnail's picture, which grows with the text."""
    return THUMBNAIL * text_scale()


def tile_layout(area: QRect, metrics: QFontMetrics) -> TileLayout:
    """Lay out a thumbnail in its area."""
    size, box_px = thumbnail_size(), round(BOX_PX * text_scale())
    picture = QRect(area.left() + INSET_PX, area.center().y() - size.height() // 2 + 1, size.width(), size.height())
    left = picture.right() + 1 + GAP_PX
    text = QRect(left, picture.top(), area.right() - INSET_PX - left + 1, metrics.height())
    text.moveTop(area.center().y() - metrics.height() + 1)
    box = QRect(picture.left() + 2, picture.top() + 2, box_px, box_px)
    return TileLayout(picture, box, text, text.translated(0, metrics.height()))


def tile_size(row: Row, metrics: QFontMetrics) -> QSize:
    """Return the room that a thumbnail takes."""
    star_px = metrics.height() if row.is_best else 0
    wanted = max(metrics.horizontalAdvance(row.name), metrics.horizontalAdvance(row.detail) + star_px)
    text_px = min(max(wanted, LEAST_TEXT_PX * text_scale()), MOST_TEXT_PX * text_scale())
    size = thumbnail_size()
    height = max(size.height(), 2 * metrics.height()) + 2 * INSET_PX
    return QSize(round(size.width() + text_px) + 2 * INSET_PX + GAP_PX + 2, height)


class TileDelegate(QStyledItemDelegate):
    """Draws rows; the list deals with the mouse and the keys itself."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return tile_size(_row(index), option.fontMetrics)

    def editorEvent(self, *_arguments: object) -> bool:
        return False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, layout = _row(index), tile_layout(option.rect, option.fontMetrics)
        state, palette = option.state, option.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(
            painter,
            QRectF(option.rect).adjusted(1, 1, -1, -1),
            palette,
            is_shown=row.is_shown,
            is_lit=bool(state & QStyle.StateFlag.State_MouseOver),
            has_focus=bool(state & QStyle.StateFlag.State_HasFocus),
        )
        _paint_picture(painter, row, layout, palette)
        _write(painter, row, layout, palette, option.fontMetrics)
        painter.restore()


def _row(index: QModelIndex | QPersistentModelIndex) -> Row:
    return cast("Row", index.data(ROW_ROLE))


def _paint_ground(
    painter: QPainter, area: QRectF, palette: QPalette, *, is_shown: bool, is_lit: bool, has_focus: bool
) -> None:
    """Frame what is shown, and in the colour of the text what the keys act upon."""
    painter.setPen(Qt.PenStyle.NoPen)
    if is_shown or is_lit:
        painter.setBrush(palette.color(QPalette.ColorRole.Button))
        painter.drawRoundedRect(area, 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if has_focus or is_shown:
        role = QPalette.ColorRole.Text if has_focus else QPalette.ColorRole.Highlight
        painter.setPen(QPen(palette.color(role), 2))
        painter.drawRoundedRect(area, 4, 4)


def _paint_picture(painter: QPainter, row: Row, layout: TileLayout, palette: QPalette) -> None:
    picture = layout.picture
    painter.fillRect(picture, palette.color(QPalette.ColorRole.Mid))
    if row.thumbnail is not None:
        painter.drawImage(picture, row.thumbnail)
    if row.progress is not None:
        _paint_bar(painter, QRectF(picture), row.progress, palette)
        return
    _paint_box(painter, QRectF(layout.box), row.letter, palette)
    if row.is_exported:
        _paint_arrow(painter, QRectF(layout.box).translated(picture.width() - layout.box.width() - 4, 0))
    if row.is_new:
        _paint_plate(painter, QRectF(picture), tr("new", "of a run that nobody looked at yet"), palette)


def _paint_box(painter: QPainter, box: QRectF, letter: str, palette: QPalette) -> None:
    """Draw the box to tick; ticked, it has the letter by which the picture is told on the canvas."""
    painter.setPen(QPen(_MARK, 1))
    painter.setBrush(palette.color(QPalette.ColorRole.Highlight) if letter else _PLATE)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if letter:
        font = painter.font()
        font.setPixelSize(round(0.75 * box.height()))
        font.setBold(True)
        painter.save()
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
        painter.restore()


def _paint_arrow(painter: QPainter, box: QRectF) -> None:
    """Draw an arrow out of a tray, on a plate: this is what Export writes."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_PLATE)
    painter.drawRoundedRect(box, 3, 3)
    unit, middle = box.width() / 16, box.center()

    def at(right: float, down: float) -> QPointF:
        return middle + QPointF(right, down) * unit

    path = QPainterPath(at(0, 2))
    path.lineTo(at(0, -5))
    path.moveTo(at(-3, -2))
    path.lineTo(at(0, -5))
    path.lineTo(at(3, -2))
    path.moveTo(at(-5, 1.5))
    path.lineTo(at(-5, 5))
    path.lineTo(at(5, 5))
    path.lineTo(at(5, 1.5))
    painter.strokePath(path, QPen(_MARK, 1.4 * unit))


def _paint_plate(painter: QPainter, picture: QRectF, text: str, palette: QPalette) -> None:
    """Write a word across the foot of a thumbnail."""
    plate = QRectF(picture)
    plate.setTop(picture.bottom() - painter.fontMetrics().height())
    painter.fillRect(plate, palette.color(QPalette.ColorRole.Highlight))
    painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


def _paint_bar(painter: QPainter, picture: QRectF, share: float, palette: QPalette) -> None:
    whole = QRectF(picture.left(), picture.bottom() - BAR_PX, picture.width(), BAR_PX)
    painter.fillRect(whole, _PLATE)
    whole.setWidth(whole.width() * min(1.0, max(0.0, share)))
    painter.fillRect(whole, palette.color(QPalette.ColorRole.Highlight))


def _write(painter: QPainter, row: Row, layout: TileLayout, palette: QPalette, metrics: QFontMetrics) -> None:
    """Write the name and, below it, the score with a star behind that of the best."""
    align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    name = metrics.elidedText(row.name, Qt.TextElideMode.ElideMiddle, layout.name.width())
    painter.drawText(layout.name, align, name)
    if not row.is_best:
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    room_px = layout.detail.width() - (metrics.height() if row.is_best else 0)
    detail = metrics.elidedText(row.detail, Qt.TextElideMode.ElideRight, room_px)
    painter.drawText(layout.detail, align, detail)
    if row.is_best:
        left = layout.detail.left() + metrics.horizontalAdvance(detail) + metrics.height() / 2
        _paint_star(painter, QPointF(left, layout.detail.center().y() + 0.5), metrics.height() / 2.6)


def _paint_star(painter: QPainter, middle: QPointF, radius: float) -> None:
    points = []
    for number in range(10):
        spoke = QPointF(0, -radius * (1 if number % 2 == 0 else _STAR_INNER))
        points.append(middle + _turned(spoke, 36 * number))
    painter.setBrush(painter.pen().color())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygonF(points))


def _turned(point: QPointF, degrees: float) -> QPointF:
    return QTransform().rotate(degrees).map(point)
