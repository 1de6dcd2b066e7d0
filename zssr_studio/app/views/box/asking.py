"""What the strip and the table have in common: the keys by which something is asked of the pictures, and the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent

from zssr_studio.app.views.box.items import ROW_ROLE
from zssr_studio.app.views.box.menu import menu_of
from zssr_studio.app.views.box.row import BoxRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QAbstractItemView

_KEYS = {
    Qt.Key.Key_Return: BoxRequest.OPEN,
    Qt.Key.Key_Enter: BoxRequest.OPEN,
    Qt.Key.Key_Space: BoxRequest.TICK,
    Qt.Key.Key_Delete: BoxRequest.REMOVE,
}


def request_of(event: QKeyEvent) -> BoxRequest | None:
    """Return what a key asks of the pictures that are selected."""
    return _KEYS.get(Qt.Key(event.key()))


def acted_upon(view: QAbstractItemView) -> list[QModelIndex]:
    """Return the first column of the rows that are selected, or of the one that has the focus."""
    selected = sorted({index.row() for index in view.selectionModel().selectedIndexes()})
    if not selected and view.currentIndex().isValid():
        selected = [view.currentIndex().row()]
    return [view.model().index(row, 0) for row in selected]


def open_menu(view: QAbstractItemView, event: QContextMenuEvent, ask: Callable[[BoxRequest], None]) -> None:
    """Show the menu of the pictures that are selected."""
    indexes = acted_upon(view)
    if not indexes:
        return
    by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
    place = view.visualRect(view.currentIndex()).center()
    menu_of([index.data(ROW_ROLE) for index in indexes], view, ask).popup(
        event.globalPos() if by_mouse else view.viewport().mapToGlobal(place)
    )
