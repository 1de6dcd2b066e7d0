"""The menu of a thumbnail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from zssr_studio.app.language import marked, tr
from zssr_studio.app.views.compare.result_row import Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.views.compare.result_row import Row

# What is asked, in words, and the key that asks the same; groups stand apart.
_GROUPS = (
    ((Request.SHOW, marked("&Show"), "Return"), (Request.TICK, marked("&Compare"), "Space")),
    (
        (Request.EXPORT, marked("&Export…"), ""),
        (Request.SETTINGS, marked("&Use these settings"), ""),
        (Request.TRAIN_ON, marked("Train o&n…"), ""),
        (Request.TRUTH, marked("Use as &ground truth"), ""),
        (Request.REVEAL, marked("Show in its &folder"), ""),
    ),
    ((Request.RENAME, marked("Ren&ame…"), "F2"), (Request.REMOVE, marked("&Remove"), "Del")),
)


def menu_of(row: Row, parent: QWidget, ask: Callable[[Request], None]) -> QMenu:
    """Make the menu of a thumbnail, which goes when it is closed; what cannot be asked of it is grey."""
    menu = QMenu(parent)
    for number, group in enumerate(_GROUPS):
        if number:
            menu.addSeparator()
        for request, text, key in group:
            menu.addAction(_action(menu, row, request, tr(text), key))
    menu.triggered.connect(lambda action: ask(Request(action.objectName())))
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _action(menu: QMenu, row: Row, request: Request, text: str, key: str) -> QAction:
    # The key is told only: the list takes it itself, and as a shortcut it would be taken twice.
    action = QAction(f"{text}\t{key}" if key else text, menu)
    action.setObjectName(request)
    action.setEnabled(request in row.offers)
    if request in (Request.TICK, Request.TRUTH):
        action.setCheckable(True)
        action.setChecked(row.is_truth if request is Request.TRUTH else bool(row.letter))
    return action
