"""The window stands at the next start as it was left; its panels come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt, Slot

from zssr_studio.app.views.window.main_window import AT_FIRST

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from zssr_studio.app.views.window.main_window import MainWindow

_GEOMETRY, _VERSION_KEY = "window/geometry", "window/panels/version"
_SHOWN, _COLUMNS, _ROWS = "window/panels/shown", "window/panels/columns", "window/panels/rows"
# To be raised when the panels change such that what was kept means nothing any more.
_VERSION = 3
# Where the panels were kept until they had more than one value.
_OLD_PANELS = "window/panels"


class LayoutController(QObject):
    """Keeps place, size and panels of the window as it closes, and brings them back; hides and shows the panels."""

    def __init__(self, settings: QSettings, window: MainWindow) -> None:
        super().__init__()
        self._settings, self._window = settings, window
        self._put_away = AT_FIRST
        window.closing.connect(self._keep)
        actions = window.actions_by_name
        actions["reset_layout"].triggered.connect(window.reset_layout)
        actions["panels"].triggered.connect(self.on_panels)
        actions["next_panel"].triggered.connect(window.go_to_next_panel)
        actions["fullscreen"].toggled.connect(self._on_fullscreen)
        self._bring_back()

    @Slot()
    def on_panels(self) -> None:
        """Hide all panels, or bring those back that were hidden so."""
        shown = self._window.shown_panels
        if shown:
            self._put_away = shown
        self._window.show_panels(() if shown else self._put_away)

    @Slot(bool)
    def _on_fullscreen(self, wanted: bool) -> None:
        full, state = Qt.WindowState.WindowFullScreen, self._window.windowState()
        # A window that was maximised is so again afterwards.
        self._window.setWindowState(state | full if wanted else state & ~full)

    def _bring_back(self) -> None:
        settings = self._settings
        # What was not kept stands as at first, which the window could not know before it was dressed.
        self._window.reset_layout()
        geometry, columns, rows = (settings.value(key) for key in (_GEOMETRY, _COLUMNS, _ROWS))
        # Qt brings a window back onto a screen that there is.
        if isinstance(geometry, QByteArray):
            self._window.restoreGeometry(geometry)
        is_known = str(settings.value(_VERSION_KEY)) == str(_VERSION)
        if is_known and isinstance(columns, QByteArray) and isinstance(rows, QByteArray):
            self._window.restore_panels(str(settings.value(_SHOWN, "")).split(), columns, rows)

    @Slot()
    def _keep(self) -> None:
        settings, window = self._settings, self._window
        columns, rows = window.panel_sizes()
        values = {
            _GEOMETRY: window.saveGeometry(),
            _VERSION_KEY: _VERSION,
            _SHOWN: " ".join(sorted(window.shown_panels)),
            _COLUMNS: columns,
            _ROWS: rows,
        }
        settings.remove(_OLD_PANELS)
        for key, value in values.items():
            settings.setValue(key, value)
