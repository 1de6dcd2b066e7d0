"""Room for text of any size in dialogs: they open larger with it, and scroll where the screen has no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea

from zssr_studio.app.theme import text_scale

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget


def start_size(dialog: QDialog, width_px: int, height_px: int) -> QSize:
    """Return how large a dialog opens that has this size with text of the least size."""
    wanted = QSize(width_px, height_px) * text_scale()
    return wanted.boundedTo(dialog.screen().availableSize())


def scrolling(page: QWidget, name: str) -> QScrollArea:
    """Let a page scroll up and down instead of squeezing its text; its fields scroll it when they take the focus."""
    area = QScrollArea()
    area.setObjectName("page")
    area.setAccessibleName(name)
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
