"""Dresses the window light or dark, as a person or the system wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from zssr_studio.app.theme import Theme, apply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QAction

    from zssr_studio.app.views.canvas.canvas import Canvas
    from zssr_studio.app.views.run.curves_page import CurvesPage

_THEME = "window/theme"


class ThemeController(QObject):
    """Actions and system to colours; what is painted by hand is told of them.

    Parameters
    ----------
    kept : QSettings
        Where the choice is remembered.
    font_family : str
        The typeface of the window.
    """

    def __init__(
        self,
        kept: QSettings,
        font_family: str,
        actions: Mapping[str, QAction],
        canvas: Canvas,
        curves: CurvesPage,
    ) -> None:
        super().__init__()
        self._kept, self._family, self._theme = kept, font_family, Theme.SYSTEM
        self._actions = {theme: actions[f"theme_{theme}"] for theme in Theme}
        self._canvas, self._curves = canvas, curves
        for action in self._actions.values():
            action.triggered.connect(self._on_theme)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_theme)
        chosen = str(kept.value(_THEME, Theme.SYSTEM))
        self.set_theme(Theme(chosen) if chosen in [*Theme] else Theme.SYSTEM)

    def set_theme(self, theme: Theme) -> None:
        """Dress the window."""
        self._theme = theme
        self._actions[theme].setChecked(True)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            colours = apply(application, theme, self._family)
            self._canvas.set_colours(colours)
            self._curves.set_colours(colours)

    @Slot()
    def _on_theme(self) -> None:
        for theme, action in self._actions.items():
            if action.isChecked() and theme is not self._theme:
                self.set_theme(theme)
                self._kept.setValue(_THEME, theme.value)

    @Slot()
    def _on_system_theme(self) -> None:
        if self._theme is Theme.SYSTEM:
            self.set_theme(Theme.SYSTEM)
