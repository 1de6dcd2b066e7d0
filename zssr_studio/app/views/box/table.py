"""The pictures of the box as a table: what was found in each, how large it becomes, how long, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from zssr_studio.app.language import tr
from zssr_studio.app.theme import text_scale
from zssr_studio.app.views.box.asking import acted_upon, open_menu, request_of
from zssr_studio.app.views.box.items import KEY_ROLE
from zssr_studio.app.views.box.row import BECOMES, FOUND, NAME, SIZE, STATE, TIME, BoxRequest

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent

    from zssr_studio.app.views.box.items import BoxItems

# At text of 100 %, for the usual contents; a person may drag them.
WIDTHS_PX = {NAME: 160, SIZE: 92, FOUND: 220, BECOMES: 92, TIME: 84, STATE: 110}


class BoxTable(QTableView):
    """A line for each picture; a click on a heading sorts, and a third one goes back to the order of the box.

    Signals
    -------
    asked(BoxRequest, list of int)
        A person asks this of the pictures in these places of the box.
    """

    asked = Signal(object, object)

    def __init__(self, items: BoxItems) -> None:
        super().__init__()
        self.setObjectName("box")
        self.setAccessibleName(tr("Pictures of the box, what was found in each and what became of it"))
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(items)
        self._sorted.setSortRole(KEY_ROLE)
        self._sorted.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._sorted.setDynamicSortFilter(False)
        self.setModel(self._sorted)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._lay_out()
        self.doubleClicked.connect(self._on_double)

    def _lay_out(self) -> None:
        self.verticalHeader().hide()
        # One height for all: to measure each row would take seconds in a box of thousands.
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width_px in WIDTHS_PX.items():
            header.resizeSection(column, round(width_px * text_scale()))
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        request = request_of(event)
        if request is None:
            super().keyPressEvent(event)
        else:
            self._ask(request)
            event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        open_menu(self, event, self._ask)

    @Slot(QModelIndex)
    def _on_double(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.asked.emit(BoxRequest.OPEN, [self._sorted.mapToSource(index).row()])

    def _ask(self, request: BoxRequest) -> None:
        places = [self._sorted.mapToSource(index).row() for index in acted_upon(self)]
        if places:
            self.asked.emit(request, places)
