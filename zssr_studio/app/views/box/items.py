"""The pictures of the box as Qt's views take them: one model for the strip and for the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from zssr_studio.app.language import tr
from zssr_studio.app.plain_text import plain_tip
from zssr_studio.app.views.box.row import COLUMNS, NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from zssr_studio.app.views.box.row import BoxRow

    Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
THUMBNAIL_ROLE = Qt.ItemDataRole.UserRole + 1
KEY_ROLE = Qt.ItemDataRole.UserRole + 2
_TOP = QModelIndex()


class BoxItems(QAbstractTableModel):
    """A row for each picture, in the order of the box.

    Signals
    -------
    tick_asked(int)
        A person clicked the box before the name in this row.
    """

    tick_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[BoxRow] = []
        self._thumbnails: dict[int, QImage] = {}

    @property
    def rows(self) -> Sequence[BoxRow]:
        """What is said of each picture."""
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[BoxRow]) -> None:
        """Say something else of all of them; their thumbnails are those of others."""
        self.beginResetModel()
        self._rows = list(rows)
        self._thumbnails.clear()
        self.endResetModel()

    def set_row(self, place: int, row: BoxRow) -> None:
        """Say something else of one of them."""
        if row != self._rows[place]:
            self._rows[place] = row
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(COLUMNS) - 1))

    def has_thumbnail(self, place: int) -> bool:
        """Whether a small copy of a picture is shown."""
        return place in self._thumbnails

    def set_thumbnail(self, place: int, image: QImage) -> None:
        """Show a small copy of a picture."""
        self._thumbnails[place] = image
        self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def drop_thumbnail(self, place: int | None) -> None:
        """Let go of the small copy of a picture that is not in view."""
        if place is not None:
            self._thumbnails.pop(place, None)

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.cells[column]
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(row.spoken if column == NAME else row.cells[column])
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken if column == NAME else row.cells[column]
            case Qt.ItemDataRole.CheckStateRole if column == NAME:
                return Qt.CheckState.Checked if row.is_ticked else Qt.CheckState.Unchecked
        if role == ROW_ROLE:
            return row
        if role == THUMBNAIL_ROLE:
            return self._thumbnails.get(index.row())
        return row.keys[column] if role == KEY_ROLE else None

    def setData(self, index: Index, _value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick_asked.emit(index.row())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == NAME else flags
