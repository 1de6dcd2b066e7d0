"""The menu of the pictures of the box that are selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.box.state import PictureState
from zssr_studio.app.views.box.row import BoxRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.views.box.row import BoxRow

# What is asked, in words, and the key that asks the same; groups stand apart.
_GROUPS = (
    (
        (BoxRequest.OPEN, marked("&Open"), "Return"),
        (BoxRequest.TICK, marked("&Enlarge it"), "Space"),
        (BoxRequest.AGAIN, marked("&Try again"), ""),
    ),
    ((BoxRequest.REVEAL, marked("Show in its &folder"), ""),),
    ((BoxRequest.REMOVE, marked("Take out of the &box"), "Del"),),
)


def menu_of(rows: Sequence[BoxRow], parent: QWidget, ask: Callable[[BoxRequest], None]) -> QMenu:
    """Make a menu for these pictures, which goes when it is closed; what cannot be asked of them is grey."""
    menu = QMenu(parent)
    for number, group in enumerate(_GROUPS):
        if number:
            menu.addSeparator()
        for request, text, key in group:
            # The key is told only: the view takes it itself, and as a shortcut it would be taken twice.
            action = QAction(f"{tr(text)}\t{key}" if key else tr(text), menu)
            action.setObjectName(request)
            action.setEnabled(_is_offered(request, rows))
            if request is BoxRequest.TICK:
                action.setCheckable(True)
                action.setChecked(all(row.is_ticked for row in rows))
            menu.addAction(action)
    menu.triggered.connect(lambda action: ask(BoxRequest(action.objectName())))
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _is_offered(request: BoxRequest, rows: Sequence[BoxRow]) -> bool:
    match request:
        case BoxRequest.OPEN | BoxRequest.REVEAL:
            return len(rows) == 1
        case BoxRequest.AGAIN:
            return any(row.state is PictureState.FAILED for row in rows)
        case BoxRequest.REMOVE:
            return all(row.state is not PictureState.WORKING for row in rows)
    return bool(rows)
