"""The window as a whole: its title, its theme, what can be done now, and leaving."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from zssr_studio.app.controllers.run.status import enabled_actions
from zssr_studio.app.language import tr
from zssr_studio.app.models.run.run import RunState
from zssr_studio.app.theme import Theme, apply

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from zssr_studio.app.controllers.files.guard import Guard
    from zssr_studio.app.controllers.run.run import RunController
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.views.window.main_window import MainWindow

_THEME = "window/theme"


class WindowController(QObject):
    """Keeps title, actions, status and theme right.

    Attributes
    ----------
    closed : asyncio.Event
        Set once the window is gone.
    """

    def __init__(
        self,
        document: DocumentModel,
        run: RunModel,
        results: ResultsModel,
        window: MainWindow,
        runs: RunController,
        guard: Guard,
        tasks: Tasks,
        font_family: str,
        settings: QSettings,
    ) -> None:
        super().__init__()
        self.closed = asyncio.Event()
        self._document, self._run, self._results, self._window = document, run, results, window
        self._runs, self._guard, self._tasks, self._family = runs, guard, tasks, font_family
        self._settings, self._theme = settings, Theme.SYSTEM
        document.picture_changed.connect(self._on_picture)
        document.crop_changed.connect(self._on_models)
        run.state_changed.connect(self._on_models)
        results.changed.connect(self._on_models)
        window.close_asked.connect(self.on_close)
        actions = window.actions_by_name
        actions["quit"].triggered.connect(self.on_close)
        for theme in Theme:
            actions[f"theme_{theme}"].triggered.connect(self._on_theme)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_theme)
        kept = str(settings.value(_THEME, Theme.SYSTEM))
        self.set_theme(Theme(kept) if kept in [*Theme] else Theme.SYSTEM)
        self._on_models()

    def set_theme(self, theme: Theme) -> None:
        """Dress the window."""
        self._theme = theme
        self._window.actions_by_name[f"theme_{theme}"].setChecked(True)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            colours = apply(application, theme, self._family)
            self._window.canvas.set_colours(colours)
            self._window.run_panel.curves.set_colours(colours)

    @Slot()
    def on_close(self) -> None:
        """Leave, once nothing is lost by it."""
        self._tasks.start(self._close())

    async def _close(self) -> None:
        if not await self._guard.allows(tr("Leave")):
            return
        await self._runs.discard()
        self._window.close_now()
        self.closed.set()

    @Slot()
    def _on_theme(self) -> None:
        for theme in Theme:
            if self._window.actions_by_name[f"theme_{theme}"].isChecked() and theme is not self._theme:
                self.set_theme(theme)
                self._settings.setValue(_THEME, theme.value)

    @Slot()
    def _on_system_theme(self) -> None:
        if self._theme is Theme.SYSTEM:
            self.set_theme(Theme.SYSTEM)

    @Slot()
    def _on_picture(self) -> None:
        path = self._document.path
        self._window.setWindowTitle("ZSSR Studio" if path is None else f"{path.name} – ZSSR Studio")

    @Slot()
    def _on_models(self) -> None:
        has_picture, has_crop = self._document.picture is not None, self._document.crop is not None
        actions = self._window.actions_by_name
        has_result = self._results.current is not None
        states = enabled_actions(self._run, has_picture=has_picture, has_crop=has_crop, has_result=has_result)
        for name, enabled in states.items():
            actions[name].setEnabled(enabled)
        actions["start"].setText(tr("&Queue") if self._run.is_running else tr("&Enlarge"))
        paused = self._run.state is RunState.PAUSED
        actions["pause"].setChecked(paused)
        actions["pause"].setText(tr("Resume") if paused else tr("&Pause"))
