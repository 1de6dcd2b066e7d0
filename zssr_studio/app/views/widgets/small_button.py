"""Small buttons of actions, as they stand beside what they act upon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


def small_button(action: QAction) -> QToolButton:
    """Make a small button with the sign and the word of an action, which Tab reaches."""
    button = QToolButton()
    button.setObjectName("small")
    # The style gives both sides of it equal room where a sign stands before the word.
    button.setProperty("signed", not action.icon().isNull())
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
