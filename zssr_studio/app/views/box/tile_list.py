"""The row of thumbnails of the box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QListView

from zssr_studio.app.language import tr
from zssr_studio.app.views.box.asking import acted_upon, open_menu, request_of
from zssr_studio.app.views.box.row import BoxRequest
from zssr_studio.app.views.box.tile import BoxTile, tile_size

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent, QWheelEvent

    from zssr_studio.app.views.box.items import BoxItems

# No screen has room for more than the most; the others are scrolled to.
SPACING_PX, LEAST_TILES, MOST_TILES = 1, 3, 100


class TileList(QListView):
    """Thumbnails in one row: a click opens, keys tick, open and take out.

    Signals
    -------
    asked(BoxRequest, list of int)
        A person asks this of the pictures in these places.
    moved()
        Other thumbnails are in view.
    """

    asked = Signal(object, object)
    moved = Signal()

    def __init__(self, items: BoxItems) -> None:
        super().__init__()
        self.setObjectName("results")
        self.setAccessibleName(tr("Pictures of the box"))
        self.setAccessibleDescription(
            tr("Arrow keys go along, Enter opens, Space says whether it is enlarged, Delete takes it out of the box.")
        )
        self.setModel(items)
        self.setItemDelegate(BoxTile(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setSpacing(SPACING_PX)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._on_clicked)
        self.horizontalScrollBar().valueChanged.connect(self.moved)
        items.modelReset.connect(self.moved)

    def places_in_view(self) -> range:
        """Return the places of the thumbnails that a person sees, and of one more at each end."""
        area, count = self.viewport().rect(), self.model().rowCount()
        step_px = tile_size().width() + 2 * SPACING_PX
        first = self.horizontalScrollBar().value() // step_px
        return range(max(0, first - 1), min(count, first + area.width() // step_px + 3))

    def go_to(self, place: int) -> None:
        """Let the keys act upon a thumbnail, and bring it into view."""
        index = self.model().index(place, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def sizeHint(self) -> QSize:
        frame_px, tile = 2 * self.frameWidth(), tile_size()
        count = min(MOST_TILES, self.model().rowCount())
        width = count * (tile.width() + 2 * SPACING_PX) + 2 * SPACING_PX
        return QSize(width + frame_px, tile.height() + 2 * SPACING_PX + frame_px)

    def minimumSizeHint(self) -> QSize:
        count = min(LEAST_TILES, self.model().rowCount())
        return QSize(count * (tile_size().width() + 2 * SPACING_PX), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        request = request_of(event)
        if request is None:
            super().keyPressEvent(event)
        else:
            self._ask(request)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go along the row, as there is no other way for the wheel to go."""
        bar, turned = self.horizontalScrollBar(), event.angleDelta()
        bar.setValue(bar.value() - (turned.x() or turned.y()))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        open_menu(self, event, self._ask)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.asked.emit(BoxRequest.OPEN, [index.row()])

    def _ask(self, request: BoxRequest) -> None:
        places = [index.row() for index in acted_upon(self)]
        if places:
            self.asked.emit(request, places)
