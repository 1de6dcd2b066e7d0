"""The display's profile, chosen by hand and remembered."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from zssr_studio.app.controllers.window.ask import pick_file
from zssr_studio.app.language import tr
from zssr_studio.app.screen import set_screen_profile
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.colour.profiles import read_profile

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from zssr_studio.app.controllers.compare.display_copies import Displays
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.views.window.main_window import MainWindow

_PATH = "screen/profile"


class ScreenController(QObject):
    """Shows pictures through the display's profile; sRGB unless another one is chosen.

    Signals
    -------
    changed()
    """

    changed = Signal()

    def __init__(self, settings: QSettings, displays: Displays, window: MainWindow, tasks: Tasks) -> None:
        super().__init__()
        self._settings, self._displays, self._window, self._tasks = settings, displays, window, tasks
        actions = window.actions_by_name
        actions["screen_profile"].triggered.connect(self._on_pick)
        actions["screen_srgb"].triggered.connect(self._on_srgb)
        known = str(settings.value(_PATH, ""))
        self._show(is_srgb=True)
        set_screen_profile(None)
        if known:
            tasks.start(self._use(Path(known)))

    @property
    def profile_name(self) -> str:
        """Name of the profile's file; empty for sRGB."""
        return Path(str(self._settings.value(_PATH, ""))).name

    @Slot()
    def _on_pick(self) -> None:
        self._tasks.start(self._pick())

    @Slot()
    def _on_srgb(self) -> None:
        set_screen_profile(None)
        self._settings.remove(_PATH)
        self._show(is_srgb=True)
        self._displays.remake()

    async def _pick(self) -> None:
        path = await pick_file(
            self._window, tr("Profile of the screen"), tr("Profiles (*.icc *.icm);;All files (*)"), None
        )
        if path is not None:
            await self._use(path)
            self._window.message_bar.show_notice(tr("Pictures are shown for the screen of {name}.", name=path.name))

    async def _use(self, path: Path) -> None:
        profile = await asyncio.to_thread(read_profile, path)
        if not set_screen_profile(profile):
            raise BadInputError(
                tr("{name} is no profile of a screen. Choose the one that was made for yours.", name=path.name)
            )
        self._settings.setValue(_PATH, str(path))
        self._show(is_srgb=False)
        self._displays.remake()

    def _show(self, *, is_srgb: bool) -> None:
        self._window.actions_by_name["screen_srgb"].setChecked(is_srgb)
        self.changed.emit()
