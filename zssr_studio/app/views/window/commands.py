"""All that the menus offer, as one list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenuBar


@dataclass(frozen=True, slots=True, eq=False)
class Command:
    """An action and the menu that it stands in."""

    action: QAction
    menu: str

    @property
    def name(self) -> str:
        """What stands in the menu, without the mark of its mnemonic."""
        return plain(self.action.text())

    @property
    def keys(self) -> str:
        """Its shortcut, as this system writes it."""
        return self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def commands_of(bar: QMenuBar) -> list[Command]:
    """List the actions of all menus and submenus, in their order."""
    return [one for menu in _menus(bar.actions()) for one in _walk(menu, plain(menu.title()))]


def plain(text: str) -> str:
    """Take the marks of mnemonics out of a text."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _walk(menu: QMenu, path: str) -> list[Command]:
    found = []
    for action in menu.actions():
        inner = _menus([action])
        if inner:
            found += _walk(inner[0], f"{path} › {plain(inner[0].title())}")
        elif not action.isSeparator():
            found.append(Command(action, path))
    return found


def _menus(actions: list[QAction]) -> list[QMenu]:
    menus = (action.menu() for action in actions)
    return [menu for menu in menus if isinstance(menu, QMenu)]
