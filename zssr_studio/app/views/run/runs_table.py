"""All runs with their settings side by side: those that wait, the one that goes on, those that are done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QStackedLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zssr_studio.app.language import marked, tr
from zssr_studio.app.plain_text import plain_tip
from zssr_studio.app.views.widgets.small_button import small_button

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from PySide6.QtGui import QKeyEvent

    from zssr_studio.app.actions import Actions

COLUMNS = (
    marked("Run"),
    marked("State"),
    marked("PSNR, SSIM"),
    marked("Consistency"),
    marked("Gain"),
    marked("Scale"),
    marked("Preset"),
    marked("Time"),
    marked("Kernel"),
    marked("Cleaned"),
    marked("Region"),
    marked("Seed"),
)
# The first five are what a run is, and not how it was set.
SETTINGS_COLUMNS = range(5, 12)
EMPTY = marked("Runs appear here with their settings. Enlarge while one trains lets another wait for its turn.")
HINT = marked("What differs is bold.")
BUTTONS = ("train_on", "use_settings", "remove_waiting")


@dataclass(frozen=True, slots=True)
class RunRow:
    """What a line says; the cells are in the order of `COLUMNS`."""

    key: Hashable
    cells: tuple[str, ...]


class RunsTable(QWidget):
    """A line for each run.

    Signals
    -------
    selected()
        Another line is selected, or none.
    remove_asked()
    """

    selected = Signal()
    remove_asked = Signal()

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._rows: tuple[RunRow, ...] = ()
        self.table = _Table()
        self.table.itemSelectionChanged.connect(self.selected)
        self.table.remove_asked.connect(self.remove_asked)
        self._lay_out(actions)

    @property
    def current(self) -> Hashable | None:
        """The key of the line that is selected."""
        rows = self.table.selectionModel().selectedRows()
        return self._rows[rows[0].row()].key if rows else None

    def set_rows(self, rows: Sequence[RunRow]) -> None:
        """Show these lines; the selected one stays selected."""
        if tuple(rows) == self._rows:
            return
        selected = self.current
        self._rows = tuple(rows)
        self._pages.setCurrentIndex(1 if rows else 0)
        self.table.blockSignals(True)
        self.table.setRowCount(len(rows))
        differing = {column for column in SETTINGS_COLUMNS if len({row.cells[column] for row in rows}) > 1}
        for number, row in enumerate(rows):
            for column, text in enumerate(row.cells):
                self.table.setItem(number, column, _cell(text, bold=column in differing))
        keys = [row.key for row in rows]
        if selected in keys:
            self.table.selectRow(keys.index(selected))
        else:
            self.table.clearSelection()
        self.table.blockSignals(False)
        self.selected.emit()

    def go_to(self, key: Hashable) -> None:
        """Select the line with this key."""
        keys = [row.key for row in self._rows]
        if key in keys:
            self.table.selectRow(keys.index(key))

    def _lay_out(self, actions: Actions) -> None:
        empty, hint = QLabel(tr(EMPTY)), QLabel(tr(HINT))
        for label in (empty, hint):
            label.setObjectName("faint")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setWordWrap(True)
        # A long line is wrapped instead of widening the window.
        hint.setWordWrap(True)
        hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(hint, stretch=1)
        for name in BUTTONS:
            buttons.addWidget(small_button(actions[name]))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(buttons)
        column.addWidget(self.table, stretch=1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(empty)
        self._pages.addWidget(page)


class _Table(QTableWidget):
    """Lines to select one of."""

    remove_asked = Signal()

    def __init__(self) -> None:
        super().__init__(0, len(COLUMNS))
        self.setObjectName("runs")
        self.setAccessibleName(tr("Runs and their settings"))
        self.setHorizontalHeaderLabels([tr(column) for column in COLUMNS])
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


def _cell(text: str, *, bold: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setToolTip(plain_tip(text))
    font = item.font()
    font.setBold(bold)
    item.setFont(font)
    return item
