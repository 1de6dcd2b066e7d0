"""What a person expects of any program: commands by name, shortcuts of one's own, last files, paste, layout, about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence

from zssr_studio.app.actions import MENUS, SPECS, give_shortcut
from zssr_studio.app.controllers.files.paste import PasteController
from zssr_studio.app.controllers.files.recent import RecentController
from zssr_studio.app.controllers.window.about import AboutController
from zssr_studio.app.controllers.window.layout import LayoutController
from zssr_studio.app.controllers.window.preferences import PreferencesController
from zssr_studio.app.language import tr
from zssr_studio.app.models.files.recent import RecentModel
from zssr_studio.app.models.window.shortcuts import ShortcutsModel
from zssr_studio.app.views.window.commands import Command, commands_of, plain
from zssr_studio.app.views.window.palette import Palette

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from zssr_studio.app.controllers.files.document import DocumentController
    from zssr_studio.app.controllers.window.display_profile import ScreenController
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.views.window.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Habits:
    """Its parts, wired."""

    files: RecentModel
    commands: CommandsController
    recent: RecentController
    paste: PasteController
    preferences: PreferencesController
    layout: LayoutController
    about: AboutController


class CommandsController(QObject):
    """Gives the actions their shortcuts, and finds them by name.

    Attributes
    ----------
    palette : Palette
    """

    def __init__(self, shortcuts: ShortcutsModel, window: MainWindow) -> None:
        super().__init__()
        self._shortcuts, self._window = shortcuts, window
        self.palette = Palette(window)
        self.palette.chosen.connect(self._on_chosen)
        window.actions_by_name["palette"].triggered.connect(self.on_palette)
        shortcuts.changed.connect(self._give)
        self._give()

    @Slot()
    def on_palette(self) -> None:
        """Open the list of commands."""
        commands = commands_of(self._window.menuBar())
        self.palette.offer([one for one in commands if one.action.objectName() != "palette"])

    @Slot(object)
    def _on_chosen(self, command: Command) -> None:
        command.action.trigger()

    @Slot()
    def _give(self) -> None:
        for spec in SPECS:
            give_shortcut(self._window.actions_by_name[spec.name], QKeySequence(self._shortcuts.keys(spec.name)))


def build(
    settings: QSettings,
    document: DocumentModel,
    pictures: DocumentController,
    screen: ScreenController,
    window: MainWindow,
    tasks: Tasks,
) -> Habits:
    """Wire them."""
    recent = RecentModel(settings)
    titles = [tr(title) for title, _ in MENUS]
    menus = {f"Alt+{title[title.index('&') + 1].upper()}": plain(title) for title in titles}
    shortcuts = ShortcutsModel(
        settings,
        {spec.name: spec.shortcut for spec in SPECS},
        {spec.name: plain(tr(spec.text)) for spec in SPECS},
        menus,
    )
    return Habits(
        files=recent,
        commands=CommandsController(shortcuts, window),
        recent=RecentController(recent, document, window, tasks),
        paste=PasteController(pictures, window, tasks),
        preferences=PreferencesController(settings, shortcuts, recent, screen, window, tasks),
        layout=LayoutController(settings, window),
        about=AboutController(window, tasks),
    )
