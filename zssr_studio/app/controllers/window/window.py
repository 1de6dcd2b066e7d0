"""The window as a whole: its title, what can be done now, and leaving."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from zssr_studio.app.controllers.run.status import enabled_actions
from zssr_studio.app.language import tr
from zssr_studio.app.models.run.run import RunState
from zssr_studio.app.plain_text import plain_title
from zssr_studio.app.views.fields.scales import times_text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from zssr_studio.app.controllers.files.unsaved_work import UnsavedWorkGuard
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.models.run.settings import SettingsModel
    from zssr_studio.app.views.window.main_window import MainWindow


class WindowController(QObject):
    """Keeps title and actions right, and leaves.

    Attributes
    ----------
    closed : asyncio.Event
        Set once the window is gone.

    Signals
    -------
    leaving()
        The window is going to close, whatever comes: nothing is to begin any more.
    """

    leaving = Signal()

    def __init__(
        self,
        document: DocumentModel,
        settings: SettingsModel,
        run: RunModel,
        results: ResultsModel,
        window: MainWindow,
        discard_runs: Callable[[], Awaitable[None]],
        guard: UnsavedWorkGuard,
        keep_work: Callable[[], Awaitable[None]],
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._keep_work = keep_work
        self.closed = asyncio.Event()
        self._document, self._settings, self._run = document, settings, run
        self._results, self._window = results, window
        self._discard_runs, self._guard, self._tasks = discard_runs, guard, tasks
        document.picture_changed.connect(self._on_picture)
        document.crop_changed.connect(self._on_models)
        settings.changed.connect(self._on_models)
        run.state_changed.connect(self._on_models)
        results.changed.connect(self._on_models)
        window.close_asked.connect(self.on_close)
        window.actions_by_name["quit"].triggered.connect(self.on_close)
        self._on_models()

    @Slot()
    def on_close(self) -> None:
        """Leave, once nothing is lost by it."""
        self._tasks.start(self._close())

    async def _close(self) -> None:
        if not await self._guard.allows_to_leave():
            return
        self.leaving.emit()
        await self._discard_runs()
        self._window.close_now()
        self.closed.set()

    @Slot()
    def on_signal(self) -> None:
        """Leave without a question, as nobody may be there; the work stays saved for the next start."""
        self._tasks.start(self._leave())

    async def _leave(self) -> None:
        try:
            await self._keep_work()
        finally:
            self.leaving.emit()
            # What waits for an answer gets none.
            while (dialog := QApplication.activeModalWidget()) is not None:
                dialog.close()
            await self._discard_runs()
            self._window.close_now()
            self.closed.set()

    @Slot()
    def _on_picture(self) -> None:
        path = self._document.path
        # What was told of the picture before is done with.
        self._window.message_bar.dismiss()
        self._window.show_picture()
        self._window.setWindowTitle("ZSSR Studio" if path is None else f"{plain_title(path.name)} – ZSSR Studio")

    @Slot()
    def _on_models(self) -> None:
        has_picture, has_crop = self._document.picture is not None, self._document.crop is not None
        actions = self._window.actions_by_name
        has_result = self._results.current is not None
        states = enabled_actions(self._run, has_picture=has_picture, has_crop=has_crop, has_result=has_result)
        for name, enabled in states.items():
            actions[name].setEnabled(enabled)
        times = times_text(self._settings.value.scale)
        actions["start"].setText(tr("&Queue") if self._run.is_running else tr("&Enlarge {times}", times=times))
        paused = self._run.state is RunState.PAUSED
        actions["pause"].setChecked(paused)
        actions["pause"].setText(tr("Resume") if paused else tr("&Pause"))
