"""A short list of the pictures that were opened last, on the first screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from zssr_studio.app.language import tr
from zssr_studio.app.theme import text_scale
from zssr_studio.app.views.files.recent_menu import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence, Set
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

MOST_SHOWN, WIDTH_PX = 5, 420


class RecentList(QWidget):
    """A button for each file, as long as there are any.

    Signals
    -------
    chosen(Path)
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumWidth(round(WIDTH_PX * text_scale()))
        heading = QLabel(tr("Recent pictures"))
        heading.setObjectName("heading")
        self.buttons = [QToolButton() for _ in range(MOST_SHOWN)]
        self._paths: list[Path] = []
        self._labels: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(heading, alignment=Qt.AlignmentFlag.AlignHCenter)
        for index, button in enumerate(self.buttons):
            button.setObjectName("recent")
            # A long name is cut short in the middle instead of widening the window.
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.clicked.connect(partial(self._on_clicked, index))
            column.addWidget(button)
        self.hide()

    def set_files(self, paths: Sequence[Path], gone: Set[Path]) -> None:
        """List files that are there."""
        self._paths = [path for path in paths if path not in gone][:MOST_SHOWN]
        self._labels = [label_of(path, paths) for path in self._paths]
        for button in self.buttons[len(self._paths) :]:
            button.hide()
        for button, path in zip(self.buttons, self._paths, strict=False):
            button.setToolTip(str(path))
            button.setAccessibleName(tr("Open {path}", path=path))
            button.show()
        self.setVisible(bool(self._paths))
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        for button, label in zip(self.buttons, self._labels, strict=False):
            room_px = self.width() - 2 * button.fontMetrics().height()
            button.setText(button.fontMetrics().elidedText(label, Qt.TextElideMode.ElideMiddle, room_px))

    def _on_clicked(self, index: int) -> None:
        self.chosen.emit(self._paths[index])
