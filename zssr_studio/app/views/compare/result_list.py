"""The list of what can be looked at and compared, each line with a thumbnail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPainterPath, QPalette, QPen, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from zssr_studio.app.language import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

THUMBNAIL_PX, ROW_PX, GAP_PX, BADGE_PX, ITEM_WIDTH_PX = 44, 60, 8, 20, 232
KEY_ROLE, DETAIL_ROLE, LETTER_ROLE = (Qt.ItemDataRole.UserRole + n for n in range(3))


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """What a line of the list says.

    Parameters
    ----------
    key : int
    name : str
    details : tuple of str
        One or two short lines below the name.
    spoken : str
        All of it in words, for a screen reader and the tool tip.
    letter : str
        A to D for the pictures that are compared, in their order.
    pickable : bool
        Whether it may be picked; a fifth may not.
    thumbnail : QImage or None
    """

    key: int
    name: str
    details: tuple[str, ...]
    spoken: str
    letter: str
    pickable: bool
    thumbnail: QImage | None


class ResultList(QListWidget):
    """Lines to select one of and to pick several of.

    Signals
    -------
    selected(int)
        A person went to the line with this key.
    picked(int)
        A person picked the line with this key, or put it back.
    remove_asked()
    """

    selected = Signal(int)
    picked = Signal(int)
    remove_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("results")
        self.setAccessibleName(tr("Results"))
        self.setAccessibleDescription(tr("Arrow keys select, Space picks up to four to compare, Delete removes."))
        self.setIconSize(QSize(THUMBNAIL_PX, THUMBNAIL_PX))
        self.setItemDelegate(_RowDelegate(self))
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(max(ROW_PX, 3 * self.fontMetrics().height() + GAP_PX) + 2)
        self.setHorizontalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.itemChanged.connect(self._on_changed)
        self.currentItemChanged.connect(self._on_current)

    def set_rows(self, rows: tuple[Row, ...], selected: int | None) -> None:
        """Show lines without telling that a person did anything."""
        self.blockSignals(True)
        keys = [self.item(index).data(KEY_ROLE) for index in range(self.count())]
        if keys != [row.key for row in rows]:
            self.clear()
            for _ in rows:
                self.addItem(QListWidgetItem())
        for index, row in enumerate(rows):
            _fill(self.item(index), row)
            if row.key == selected:
                self.setCurrentRow(index)
        self.blockSignals(False)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    @Slot(QListWidgetItem)
    def _on_changed(self, item: QListWidgetItem) -> None:
        # What is drawn follows the models and not the click: it may have been refused.
        self.picked.emit(item.data(KEY_ROLE))

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_current(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.selected.emit(item.data(KEY_ROLE))


def _fill(item: QListWidgetItem, row: Row) -> None:
    item.setData(KEY_ROLE, row.key)
    item.setText(row.name)
    item.setData(DETAIL_ROLE, "\n".join(row.details))
    item.setData(LETTER_ROLE, row.letter)
    item.setCheckState(Qt.CheckState.Checked if row.letter else Qt.CheckState.Unchecked)
    flags = item.flags()
    pickable = row.pickable or bool(row.letter)
    item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable if pickable else flags & ~Qt.ItemFlag.ItemIsUserCheckable)
    item.setToolTip(row.spoken)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
    item.setIcon(QIcon() if row.thumbnail is None else _icon(row.thumbnail))


def _icon(image: QImage) -> QIcon:
    """Put a thumbnail in the middle of a square, so that all names begin at one line; a selected one is not tinted."""
    side = max(image.width(), image.height())
    square = QPixmap(side, side)
    square.fill(Qt.GlobalColor.transparent)
    painter = QPainter(square)
    painter.drawImage((side - image.width()) // 2, (side - image.height()) // 2, image)
    painter.end()
    icon = QIcon(square)
    icon.addPixmap(square, QIcon.Mode.Selected)
    return icon


class _RowDelegate(QStyledItemDelegate):
    """Draws the name, the smaller lines below it, and the letter at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        lines = 3 * option.fontMetrics.height() + GAP_PX
        return QSize(ITEM_WIDTH_PX, max(ROW_PX, lines))

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        style = whole.widget.style() if whole.widget is not None else QApplication.style()
        icon = style.subElementRect(QStyle.SubElement.SE_ItemViewItemDecoration, whole, whole.widget)
        area = QRect(option.rect)
        area.setLeft(icon.left() + THUMBNAIL_PX + GAP_PX)
        area.setRight(option.rect.right() - GAP_PX)
        box = style.subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, whole, whole.widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_box(painter, QRectF(box), whole.palette, whole.checkState == Qt.CheckState.Checked)
        top = self._write(painter, area, whole, index)
        letter = index.data(LETTER_ROLE)
        if letter:
            badge = QRect(area.right() - BADGE_PX, top - 1, BADGE_PX, whole.fontMetrics.height() + 2)
            _paint_badge(painter, badge, whole.palette, letter)
        painter.restore()

    def _write(
        self, painter: QPainter, area: QRect, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> int:
        """Write the lines and return where the first one begins."""
        details = [line for line in str(index.data(DETAIL_ROLE)).split("\n") if line]
        line_px = option.fontMetrics.height()
        top = area.center().y() - line_px * (1 + len(details)) // 2
        palette = option.palette
        faint = palette.color(QPalette.ColorRole.PlaceholderText)
        lines = [(index.data(), palette.color(QPalette.ColorRole.Text)), *((line, faint) for line in details)]
        for number, (text, colour) in enumerate(lines):
            # The name leaves room for the letter.
            width = area.width() - (0 if number else BADGE_PX + GAP_PX)
            box = QRect(area.left(), top + number * line_px, width, line_px)
            painter.setPen(colour)
            elided = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideMiddle, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
        return top


def _paint_box(painter: QPainter, box: QRectF, palette: QPalette, checked: bool) -> None:
    """Draw the box to tick over the style's own, which can hardly be seen in the dark."""
    box = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    painter.setBrush(palette.color(QPalette.ColorRole.Highlight if checked else QPalette.ColorRole.Base))
    painter.drawRoundedRect(box, 3, 3)
    if checked:
        tick = QPainterPath(box.topLeft() + QPointF(0.22 * box.width(), 0.52 * box.height()))
        tick.lineTo(box.topLeft() + QPointF(0.43 * box.width(), 0.73 * box.height()))
        tick.lineTo(box.topLeft() + QPointF(0.79 * box.width(), 0.28 * box.height()))
        painter.strokePath(tick, QPen(palette.color(QPalette.ColorRole.HighlightedText), 1.6))


def _paint_badge(painter: QPainter, box: QRect, palette: QPalette, letter: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
