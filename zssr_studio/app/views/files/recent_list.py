"""The pictures that were opened last, as a row of small pictures on the first screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from zssr_studio.app.language import marked, tr
from zssr_studio.app.views.files.recent_menu import label_of
from zssr_studio.app.views.files.recent_tile import RecentTile

if TYPE_CHECKING:
    from collections.abc import Sequence, Set
    from pathlib import Path

    from PySide6.QtGui import QImage, QResizeEvent

MOST_SHOWN, GAP_PX = 5, 8
GONE = marked("Those in gray are not there now: they were moved or renamed, or their disk is not connected.")


class RecentList(QWidget):
    """A button for each file, as many as have room beside each other; File > Open recent has all.

    Signals
    -------
    chosen(Path)
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        heading = QLabel(tr("Recent pictures"))
        heading.setObjectName("heading")
        self.buttons = [RecentTile() for _ in range(MOST_SHOWN)]
        self.hint = QLabel(tr(GONE))
        self.hint.setObjectName("faint")
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._paths: list[Path] = []
        self._gone: Set[Path] = frozenset()
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addStretch()
        for index, button in enumerate(self.buttons):
            button.clicked.connect(partial(self._on_clicked, index))
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addWidget(heading, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(row)
        column.addWidget(self.hint)
        self.hide()

    def set_files(self, paths: Sequence[Path], gone: Set[Path]) -> None:
        """List files; those that are gone are gray and cannot be chosen."""
        self._paths, self._gone = list(paths[:MOST_SHOWN]), gone
        for button, path in zip(self.buttons, self._paths, strict=False):
            button.set_file(path, label_of(path, paths), is_gone=path in gone)
        self.setVisible(bool(self._paths))
        self._fit()

    def set_thumbnails(self, thumbnails: dict[Path, QImage | None]) -> None:
        """Show small pictures of those files that have one by now."""
        for button, path in zip(self.buttons, self._paths, strict=False):
            button.set_thumbnail(thumbnails.get(path))

    def minimumSizeHint(self) -> QSize:
        # As narrow as one of them: the others are hidden where there is no room.
        return QSize(self.buttons[0].sizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = (self.width() + GAP_PX) // (self.buttons[0].sizeHint().width() + GAP_PX)
        shown = self._paths[: max(1, room)]
        for index, button in enumerate(self.buttons):
            button.setVisible(index < len(shown))
        self.hint.setVisible(any(path in self._gone for path in shown))

    def _on_clicked(self, index: int) -> None:
        self.chosen.emit(self._paths[index])
