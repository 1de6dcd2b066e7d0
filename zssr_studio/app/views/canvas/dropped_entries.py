"""Entries of the list on their way to the picture: what a drag carries, and where it may be dropped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

# Of this process only: keys mean nothing to another program.
MIME_TYPE = "application/x-zssr-studio-entries"


def packed(keys: tuple[int, ...]) -> QMimeData:
    """Make what a drag carries of the keys of entries."""
    data = QMimeData()
    data.setData(MIME_TYPE, json.dumps(keys).encode())
    return data


def entries_in(data: QMimeData) -> tuple[int, ...]:
    """Return the keys of the entries that are dragged; none where it is something else."""
    if not data.hasFormat(MIME_TYPE):
        return ()
    return tuple(json.loads(bytes(data.data(MIME_TYPE).data())))


class DropTarget(QWidget):
    """A widget on which entries may be dropped; files that are dragged over it belong to the window.

    Signals
    -------
    entries_dropped(tuple of int, bool)
        The entries with these keys were dropped here; whether at the right or below.
    """

    entries_dropped = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._drop_at: QPointF | None = None

    def is_at_end(self, point: QPointF) -> bool:
        """Whether what is dropped at a point goes to the right, or below."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if entries_in(event.mimeData()):
            self._mark(event.position())
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._mark(event.position())
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._mark(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(None)
        event.acceptProposedAction()
        self.entries_dropped.emit(entries_in(event.mimeData()), self.is_at_end(event.position()))

    def _mark(self, point: QPointF | None) -> None:
        self._drop_at = point
        self.update()
