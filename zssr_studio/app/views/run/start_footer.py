"""The foot of the right panel, which never scrolls away: what a run will take, and the button that starts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolButton, QVBoxLayout

if TYPE_CHECKING:
    from zssr_studio.app.actions import Actions


class StartFooter(QFrame):
    """A line and a button of the whole width."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("footer")
        self._forecast = QLabel()
        self._forecast.setWordWrap(True)
        self.button = QToolButton()
        self.button.setObjectName("primary")
        self.button.setDefaultAction(actions["start"])
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addWidget(self._forecast)
        column.addWidget(self.button)
        self.set_forecast("", problem=False)

    @property
    def forecast(self) -> str:
        """What is said above the button."""
        return self._forecast.text()

    def set_forecast(self, text: str, problem: bool) -> None:
        """Say what the next run will take, or why it cannot be made; an empty text leaves no line."""
        self._forecast.setObjectName("problem" if problem else "faint")
        self._forecast.setText(text)
        self._forecast.setVisible(bool(text))
        self._forecast.style().unpolish(self._forecast)
        self._forecast.style().polish(self._forecast)
