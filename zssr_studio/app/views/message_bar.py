"""A message above the picture that blocks nothing: what happened, where, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy


class MessageBar(QFrame):
    """Shows one message until it is dismissed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("message")
        self._kind, self._text = QLabel(), QLabel()
        self._kind.setObjectName("heading")
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton("Dismiss")
        self._button.setAccessibleName("Dismiss the message")
        self._button.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(16)
        layout.addWidget(self._kind)
        layout.addWidget(self._text)
        layout.addWidget(self._button)
        self.hide()

    @property
    def text(self) -> str:
        """The message that is shown, or was last."""
        return self._text.text()

    def show_error(self, text: str) -> None:
        """Show what went wrong."""
        self._show("error", text)

    def show_notice(self, text: str) -> None:
        """Show something that is good to know."""
        self._show("notice", text)

    @Slot()
    def dismiss(self) -> None:
        """Take the message away."""
        self.hide()

    def _show(self, kind: str, text: str) -> None:
        self.setProperty("kind", kind)
        # The word says what the colour does.
        self._kind.setText("Problem" if kind == "error" else "Note")
        self._text.setText(text)
        self.setAccessibleName(f"{self._kind.text()}: {text}")
        for widget in (self, self._kind, self._text):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.show()
