"""File > Open recent: the pictures that were opened last, newest first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from zssr_studio.app.language import marked, tr

if TYPE_CHECKING:
    from collections.abc import Sequence, Set
    from pathlib import Path

    from PySide6.QtGui import QAction

NONE_YET = marked("No pictures yet")


class RecentMenu(QMenu):
    """One line for each file, and one that clears the list.

    Signals
    -------
    chosen(Path)
    """

    chosen = Signal(object)

    def __init__(self, clear: QAction, parent: QWidget) -> None:
        # A menu that another one holds only as an action outlives the window, unless it is the window's.
        super().__init__(tr("Open re&cent"), parent)
        self._clear = clear
        self.set_files((), frozenset())

    def set_files(self, paths: Sequence[Path], gone: Set[Path]) -> None:
        """List files; those that are gone are named and cannot be chosen."""
        self.clear()
        for path in paths:
            label = label_of(path, paths)
            action = self.addAction(tr("{name} (not found)", name=label) if path in gone else label)
            action.setStatusTip(str(path))
            action.setEnabled(path not in gone)
            action.triggered.connect(partial(self.chosen.emit, path))
        if not paths:
            self.addAction(tr(NONE_YET)).setEnabled(False)
        self.addSeparator()
        self.addAction(self._clear)
        self._clear.setEnabled(bool(paths))


def label_of(path: Path, paths: Sequence[Path]) -> str:
    """Name a file, with its folder where another one has the same name; an & is no mnemonic."""
    same = sum(other.name == path.name for other in paths) > 1
    return (tr("{name} in {parent}", name=path.name, parent=path.parent) if same else path.name).replace("&", "&&")
