"""The row of thumbnails of what can be looked at and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from zssr_studio.app.language import tr
from zssr_studio.app.plain_text import plain_tip
from zssr_studio.app.views.canvas.dropped_entries import packed
from zssr_studio.app.views.compare.result_menu import menu_of
from zssr_studio.app.views.compare.result_row import Request, Row
from zssr_studio.app.views.compare.result_tile import ROW_ROLE, TileDelegate, tile_layout, tile_size

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

SPACING_PX = 2
_KEYS = {
    Qt.Key.Key_Return: Request.SHOW,
    Qt.Key.Key_Enter: Request.SHOW,
    Qt.Key.Key_Space: Request.TICK,
    Qt.Key.Key_F2: Request.RENAME,
    Qt.Key.Key_Delete: Request.REMOVE,
}


class ResultList(QListWidget):
    """Thumbnails in one row: a click shows, a tick compares, a drag carries to the picture.

    Signals
    -------
    asked(Request, int)
        A person asks this of the entry with this key.
    moved()
        The keys act upon another thumbnail.
    """

    asked = Signal(object, int)
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("results")
        self.setAccessibleName(tr("Pictures"))
        self.setAccessibleDescription(
            tr("Arrow keys go along, Enter shows, Space picks up to nine to compare, F2 renames, Delete removes.")
        )
        self.setItemDelegate(TileDelegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setSpacing(SPACING_PX)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setHorizontalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._ticks = False  # whether the button that is down has ticked
        self.clicked.connect(self._on_clicked)
        self.currentItemChanged.connect(self._on_current)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What the thumbnails say, in their order."""
        return tuple(self._row(index) for index in range(self.count()))

    @property
    def key(self) -> int | None:
        """Key of the thumbnail that the keys act upon."""
        return None if self.currentRow() < 0 else self._row(self.currentRow()).key

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Show thumbnails without telling that a person did anything."""
        key = self.key
        self.blockSignals(True)
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        for index, row in enumerate(rows):
            item = self.item(index) if index < self.count() else QListWidgetItem()
            _fill(item, row)
            if index == self.count():
                self.addItem(item)
        for index, row in enumerate(rows):
            if row.key == key:
                self.setCurrentRow(index)
        self.blockSignals(False)
        self.doItemsLayout()
        self.setMaximumWidth(self.sizeHint().width())
        self.updateGeometry()

    def go_to(self, key: int) -> None:
        """Let the keys act upon this thumbnail, and bring it into view."""
        for index, row in enumerate(self.rows):
            if row.key == key:
                self.setCurrentRow(index)
        self.bring_into_view(key)

    def bring_into_view(self, key: int) -> None:
        """Scroll as far as it takes to see this thumbnail."""
        for index, row in enumerate(self.rows):
            if row.key == key:
                self.scrollToItem(self.item(index))

    def box_of(self, index: int) -> QRect:
        """Where the box of a thumbnail is, to tick it; in pixels of the viewport."""
        area = self.visualItemRect(self.item(index))
        return tile_layout(area, self.fontMetrics()).box

    def sizeHint(self) -> QSize:
        sizes = [tile_size(row, self.fontMetrics()) for row in self.rows]
        height = tile_size(Row(0, ""), self.fontMetrics()).height()
        frame_px = 2 * self.frameWidth()
        width = sum(size.width() + 2 * SPACING_PX for size in sizes) + 2 * SPACING_PX
        return QSize(width + frame_px, height + 2 * SPACING_PX + frame_px)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), hint.height() * 2), hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        request = _KEYS.get(Qt.Key(event.key()))
        if request is None:
            super().keyPressEvent(event)
        elif self.currentRow() >= 0:
            self._ask(request, self._row(self.currentRow()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        self._ticks = item is not None and event.button() == Qt.MouseButton.LeftButton and self._is_tick(item, event)
        if item is not None and self._ticks:
            self.setCurrentItem(item)
            self._ask(Request.TICK, self._row(self.row(item)))
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._ticks or not event.buttons():
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._ticks:
            super().mouseReleaseEvent(event)
        self._ticks = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go along the row, as there is no other way for the wheel to go."""
        bar, turned = self.horizontalScrollBar(), event.angleDelta()
        bar.setValue(bar.value() - (turned.x() or turned.y()))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        item = self.itemAt(event.pos()) if by_mouse else self.currentItem()
        if item is not None:
            place = event.globalPos() if by_mouse else self._below(item)
            row = self._row(self.row(item))
            menu_of(row, self, lambda request: self._ask(request, row)).popup(place)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        if self.currentRow() < 0:
            return
        row = self._row(self.currentRow())
        if row.carried:
            drag = QDrag(self)
            drag.setMimeData(packed(row.carried))
            drag.setPixmap(self._picture_of(row.carried))
            drag.exec(Qt.DropAction.CopyAction)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self._ask(Request.SHOW, self._row(index.row()))

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_current(self, _now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        self.moved.emit()

    def _ask(self, request: Request, row: Row) -> None:
        if request in row.offers:
            self.asked.emit(request, row.key)

    def _row(self, index: int) -> Row:
        return cast("Row", self.item(index).data(ROW_ROLE))

    def _is_tick(self, item: QListWidgetItem, event: QMouseEvent) -> bool:
        is_on_box = self.box_of(self.row(item)).contains(event.position().toPoint())
        return is_on_box or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)

    def _below(self, item: QListWidgetItem) -> QPoint:
        return self.viewport().mapToGlobal(self.visualItemRect(item).center())

    def _picture_of(self, keys: tuple[int, ...]) -> QPixmap:
        """Return what hangs on the pointer: the thumbnails that it carries, beside each other."""
        areas = [self.visualItemRect(self.item(index)) for index, row in enumerate(self.rows) if row.key in keys]
        pictures = [self.viewport().grab(tile_layout(area, self.fontMetrics()).picture) for area in areas]
        return _joined(pictures)


def _joined(pictures: list[QPixmap]) -> QPixmap:
    ratio = pictures[0].devicePixelRatio()
    joined = QPixmap(sum(one.width() for one in pictures), max(one.height() for one in pictures))
    joined.setDevicePixelRatio(ratio)
    joined.fill(Qt.GlobalColor.transparent)
    painter, left = QPainter(joined), 0.0
    for one in pictures:
        painter.drawPixmap(round(left), 0, one)
        left += one.width() / ratio
    painter.end()
    return joined


def _fill(item: QListWidgetItem, row: Row) -> None:
    item.setData(ROW_ROLE, row)
    item.setText(row.name)
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
    if Request.TICK in row.offers:
        # For screen readers: the box is painted, and clicked, by the list.
        flags |= Qt.ItemFlag.ItemIsUserCheckable
        item.setCheckState(Qt.CheckState.Checked if row.letter else Qt.CheckState.Unchecked)
    item.setFlags(flags)
    item.setToolTip(plain_tip(row.spoken))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
