"""Says what this program is."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio import __version__
from zssr_studio.app.controllers.window.ask import finished
from zssr_studio.app.views.window.about_dialog import AboutDialog

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.window.tasks import Tasks


class AboutController(QObject):
    """One dialog at a time.

    Attributes
    ----------
    dialog : AboutDialog or None
        While it is open.
    """

    def __init__(self, action: QAction, parent: QWidget, tasks: Tasks) -> None:
        super().__init__()
        self._parent, self._tasks = parent, tasks
        self.dialog: AboutDialog | None = None
        action.triggered.connect(self.on_open)

    @Slot()
    def on_open(self) -> None:
        """Open the dialog."""
        if self.dialog is None:
            self._tasks.start(self._open())

    async def _open(self) -> None:
        self.dialog = dialog = AboutDialog(self._parent, __version__)
        self._tasks.start(self._list())
        try:
            await finished(dialog)
        finally:
            self.dialog = None
            dialog.deleteLater()

    async def _list(self) -> None:
        # What tells of installed packages reads mail, and takes a moment to load.
        from zssr_studio.host.licences import all_licences

        licences = await asyncio.to_thread(all_licences)
        if self.dialog is not None:
            self.dialog.set_licences(licences)
