"""Gives the actions their shortcuts, and finds them by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence

from zssr_studio.app.actions import MENUS, SPECS, give_shortcut
from zssr_studio.app.language import tr
from zssr_studio.app.models.window.shortcuts import ShortcutsModel
from zssr_studio.app.views.window.commands import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QAction

    from zssr_studio.app.views.window.command_palette import CommandPalette
    from zssr_studio.app.views.window.commands import Command


class CommandsController(QObject):
    """Shortcuts to actions, and the palette to what it chooses.

    Parameters
    ----------
    commands : callable
        Lists all that the menus offer.

    Attributes
    ----------
    palette : CommandPalette
    """

    def __init__(
        self,
        shortcuts: ShortcutsModel,
        palette: CommandPalette,
        commands: Callable[[], list[Command]],
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__()
        self._shortcuts, self.palette, self._commands, self._actions = shortcuts, palette, commands, actions
        palette.chosen.connect(self._on_chosen)
        actions["palette"].triggered.connect(self.on_palette)
        shortcuts.changed.connect(self._give)
        self._give()

    @Slot()
    def on_palette(self) -> None:
        """Open the list of commands."""
        self.palette.offer([one for one in self._commands() if one.action.objectName() != "palette"])

    @Slot(object)
    def _on_chosen(self, command: Command) -> None:
        command.action.trigger()

    @Slot()
    def _give(self) -> None:
        for spec in SPECS:
            give_shortcut(self._actions[spec.name], QKeySequence(self._shortcuts.keys(spec.name)))


def known_shortcuts(kept: QSettings) -> ShortcutsModel:
    """Return the shortcuts of all actions, with those that a person chose and those that open the menus."""
    titles = [tr(title) for title, _ in MENUS]
    return ShortcutsModel(
        kept,
        {spec.name: spec.shortcut for spec in SPECS},
        {spec.name: plain(tr(spec.text)) for spec in SPECS},
        {f"Alt+{title[title.index('&') + 1].upper()}": plain(title) for title in titles},
    )
