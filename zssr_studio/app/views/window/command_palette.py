"""The commands: type some letters of a name, Enter does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.window.command_search import match_score
from zssr_studio.app.theme import text_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.app.views.window.commands import Command

WIDTH_PX, HEIGHT_PX, TOP_PX = 560, 400, 56
NAME, MENU, KEYS = range(3)
# One found only with the help of its menu's name comes after those found by their own.
_BY_MENU = -1000.0
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
NOTHING = marked("No command has such a name.")


class CommandPalette(QFrame):
    """A search line and the commands that fit, the best first; what cannot be done now is faint.

    Signals
    -------
    chosen(Command)
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setAccessibleName(tr("Commands"))
        self._commands: list[Command] = []
        self._over = parent
        self.line, self.list, self._nothing = QLineEdit(), QTreeWidget(), QLabel(tr(NOTHING))
        self.line.setPlaceholderText(tr("What do you want to do?"))
        self.line.setAccessibleName(tr("Find a command"))
        self.line.setTextMargins(6, 4, 6, 4)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._fill)
        self.line.returnPressed.connect(self._choose)
        self._dress_list()
        self.list.itemClicked.connect(self._choose)
        self._nothing.setObjectName("faint")
        self._nothing.setContentsMargins(8, 0, 8, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        for widget in (self.line, self._nothing, self.list):
            column.addWidget(widget)
        self.setFocusProxy(self.line)

    def offer(self, commands: Sequence[Command]) -> None:
        """Open over the upper part of the parent window with these commands."""
        self._commands = list(commands)
        self.line.clear()
        self._fill()
        parent = self._over
        self.setFixedSize((QSize(WIDTH_PX, HEIGHT_PX) * text_scale()).boundedTo(parent.size()))
        left = (parent.width() - self.width()) // 2
        self.move(parent.mapToGlobal(QPoint(left, TOP_PX)))
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys that go through the list do so while one types."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _LIST_KEYS:
            QApplication.sendEvent(self.list, event)
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._fill()

    @Slot()
    def _fill(self) -> None:
        self.list.clear()
        faint = self.palette().color(QPalette.ColorRole.PlaceholderText)
        for command in _fitting(self._commands, self.line.text()):
            action = command.action
            name = f"{command.name}  ✓" if action.isChecked() else command.name
            item = QTreeWidgetItem(self.list, [name, command.menu, command.keys])
            item.setData(NAME, Qt.ItemDataRole.UserRole, command)
            item.setForeground(MENU, faint)
            item.setTextAlignment(KEYS, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(NAME, action.statusTip())
            item.setDisabled(not action.isEnabled())
        items = [self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount())]
        able = [item for item in items if item is not None and not item.isDisabled()]
        if able:
            self.list.setCurrentItem(able[0])
        self._nothing.setVisible(not items)

    @Slot()
    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None and not item.isDisabled():
            # What is chosen may open a dialog: the focus goes back first.
            self.close()
            self.chosen.emit(item.data(NAME, Qt.ItemDataRole.UserRole))

    def _dress_list(self) -> None:
        view = self.list
        view.setObjectName("commands")
        view.setAccessibleName(tr("Commands that fit"))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setColumnCount(3)
        header = view.header()
        header.hide()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in (MENU, KEYS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)


def _fitting(commands: Sequence[Command], typed: str) -> list[Command]:
    """Return the commands that fit, those first that can be run now; all as in the menus where nothing is typed."""
    ranked = [(_rank(command, typed), command) for command in commands]
    fitting = [(rank, command) for rank, command in ranked if rank is not None]
    if typed.strip():
        fitting.sort(key=lambda pair: (not pair[1].action.isEnabled(), -pair[0]))
    return [command for _, command in fitting]


def _rank(command: Command, typed: str) -> float | None:
    own = match_score(typed, command.name)
    if own is not None:
        return own
    with_menu = match_score(typed, f"{command.menu} {command.name}")
    return None if with_menu is None else with_menu + _BY_MENU
