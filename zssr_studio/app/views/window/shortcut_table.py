"""Which keys take which command, to be changed one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zssr_studio.app.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

FIELD_HEIGHT_PX = 28


@dataclass(frozen=True, slots=True)
class ShortcutRow:
    """An action, what a person calls it, its menu, its keys, and whether a person chose them."""

    name: str
    title: str
    menu: str
    keys: str
    is_own: bool


class ShortcutTable(QWidget):
    """A table, and a field that takes the keys of the line that is selected.

    Signals
    -------
    given(str, str)
        A person pressed keys for an action; an empty text is none.
    reset_asked(str)
        Give an action the program's own keys again.
    reset_all_asked()
    """

    given = Signal(str, str)
    reset_asked = Signal(str)
    reset_all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ShortcutRow] = []
        self.table, self.keys, self.problem = QTreeWidget(), QKeySequenceEdit(), QLabel()
        self._title = QLabel()
        self.none_button, self.reset_button = QPushButton(tr("None")), QPushButton(tr("Reset"))
        self.reset_all_button = QPushButton(tr("Reset all"))
        self.none_button.setToolTip(tr("Let no keys take this command."))
        self.reset_button.setToolTip(tr("Give this command the program's own keys again."))
        self.reset_all_button.setToolTip(tr("Give all commands the program's own keys again."))
        self.keys.setMaximumSequenceLength(1)
        # What takes the focus, and what a screen reader names, is the line inside.
        for widget in (self.keys, *self.keys.findChildren(QLineEdit)):
            widget.setAccessibleName(tr("Press the new keys"))
            widget.setMinimumHeight(FIELD_HEIGHT_PX)
        self.keys.setToolTip(tr("Click here and press the keys that are to take this command."))
        self.problem.setObjectName("problem")
        self.problem.setWordWrap(True)
        self._lay_out()
        self.table.currentItemChanged.connect(self._on_current)
        self.keys.editingFinished.connect(self._on_keys)
        self.none_button.clicked.connect(self._on_none)
        self.reset_button.clicked.connect(self._on_reset)
        self.reset_all_button.clicked.connect(self.reset_all_asked)
        self.set_problem("")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # All lines are as high as the first, which was measured before the table was dressed.
        self.table.doItemsLayout()

    def set_rows(self, rows: Sequence[ShortcutRow], has_own: bool) -> None:
        """Show lines; the one that was selected stays so."""
        chosen = self._index()
        self._rows = list(rows)
        with QSignalBlocker(self.table):
            self.table.clear()
            for row in rows:
                keys = QKeySequence(row.keys).toString(QKeySequence.SequenceFormat.NativeText)
                item = QTreeWidgetItem(self.table, [row.title, row.menu, keys])
                font = item.font(2)
                font.setBold(row.is_own)
                item.setFont(2, font)
            self.table.setCurrentIndex(self.table.model().index(max(0, chosen), 0))
        self.reset_all_button.setEnabled(has_own)
        self._show()

    def set_problem(self, text: str) -> None:
        """Say why keys were refused; an empty text says that all is well."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self._show()

    def _index(self) -> int:
        return self.table.currentIndex().row()

    def _row(self) -> ShortcutRow | None:
        index = self._index()
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def _show(self) -> None:
        row = self._row()
        if row is not None:
            self._title.setText(tr("Keys of “{title}”", title=row.title))
            with QSignalBlocker(self.keys):
                self.keys.setKeySequence(QKeySequence(row.keys))
            self.none_button.setEnabled(bool(row.keys))
            self.reset_button.setEnabled(row.is_own)

    @Slot()
    def _on_current(self) -> None:
        self.set_problem("")

    @Slot()
    def _on_keys(self) -> None:
        row = self._row()
        keys = self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if row is not None and keys and keys != row.keys:
            self.given.emit(row.name, keys)

    @Slot()
    def _on_none(self) -> None:
        row = self._row()
        if row is not None:
            self.given.emit(row.name, "")

    @Slot()
    def _on_reset(self) -> None:
        row = self._row()
        if row is not None:
            self.reset_asked.emit(row.name)

    def _lay_out(self) -> None:
        self.table.setObjectName("shortcuts")
        self.table.setHeaderLabels([tr("Command"), tr("Menu"), tr("Keys")])
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setAllColumnsShowFocus(True)
        self.table.setAccessibleName(tr("Shortcuts"))
        header = self.table.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.keys, stretch=1)
        for button in (self.none_button, self.reset_button, self.reset_all_button):
            button.setAutoDefault(False)
            line.addWidget(button)
        self._title.setObjectName("heading")
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 16, 0, 0)
        column_.setSpacing(8)
        column_.addWidget(self.table, stretch=1)
        column_.addWidget(self._title)
        column_.addLayout(line)
        column_.addWidget(self.problem)
