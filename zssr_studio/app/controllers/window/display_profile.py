"""The display's profile, chosen by hand and remembered."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from zssr_studio.app.controllers.window.ask import pick_file
from zssr_studio.app.controllers.window.tasks import Turns
from zssr_studio.app.language import tr
from zssr_studio.app.screen import set_screen_profile
from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.views.window.message_bar import MessageBar

_PATH = "screen/profile"


class DisplayProfileController(QObject):
    """Shows pictures through the display's profile; sRGB unless another one is chosen.

    Parameters
    ----------
    remake_displays : callable
        Makes all display copies anew.

    Signals
    -------
    changed()
    """

    changed = Signal()

    def __init__(
        self,
        settings: QSettings,
        remake_displays: Callable[[], None],
        actions: Mapping[str, QAction],
        messages: MessageBar,
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._settings, self._remake_displays, self._tasks = settings, remake_displays, tasks
        self._messages, self._parent, self._srgb_action = messages, parent, actions["screen_srgb"]
        actions["screen_profile"].triggered.connect(self._on_pick)
        self._srgb_action.triggered.connect(self._on_srgb)
        known = str(settings.value(_PATH, ""))
        # Of several that were asked for the last one counts, whichever is read sooner.
        self._turns = Turns()
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
        self._turns.begin()
        set_screen_profile(None)
        self._settings.remove(_PATH)
        self._show(is_srgb=True)
        self._remake_displays()

    async def _pick(self) -> None:
        path = await pick_file(
            self._parent, tr("Profile of the screen"), tr("Profiles (*.icc *.icm);;All files (*)"), None
        )
        if path is not None and await self._use(path):
            self._messages.show_notice(tr("Pictures are shown for the screen of {name}.", name=path.name))

    async def _use(self, path: Path) -> bool:
        """Show pictures for the screen of a profile, unless another is asked for meanwhile; tell whether it does."""
        from zssr_studio.imaging.colour.profiles import read_profile

        turn = self._turns.begin()
        profile = await asyncio.to_thread(read_profile, path)
        if not turn.is_last():
            return False
        if not set_screen_profile(profile):
            raise BadInputError(
                tr("{name} is no profile of a screen. Choose the one that was made for yours.", name=path.name)
            )
        self._settings.setValue(_PATH, str(path))
        self._show(is_srgb=False)
        self._remake_displays()
        return True

    def _show(self, *, is_srgb: bool) -> None:
        self._srgb_action.setChecked(is_srgb)
        self.changed.emit()
