"""The window stands at the next start as it was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Slot

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from zssr_studio.app.views.window.main_window import MainWindow

_GEOMETRY, _PANELS = "window/geometry", "window/panels"
# To be raised when the panels change such that what was kept means nothing any more.
_VERSION = 2


class LayoutController(QObject):
    """Keeps place, size and panels of the window as it closes, and brings them back."""

    def __init__(self, settings: QSettings, window: MainWindow) -> None:
        super().__init__()
        self._settings, self._window = settings, window
        window.closing.connect(self._keep)
        window.actions_by_name["reset_layout"].triggered.connect(window.reset_layout)
        geometry, panels = settings.value(_GEOMETRY), settings.value(_PANELS)
        # Qt brings a window back onto a screen that there is.
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)
        if isinstance(panels, QByteArray):
            window.restore_panels(panels, _VERSION)

    @Slot()
    def _keep(self) -> None:
        self._settings.setValue(_GEOMETRY, self._window.saveGeometry())
        self._settings.setValue(_PANELS, self._window.saveState(_VERSION))
