"""A message over the picture that blocks nothing: what happened, where, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from zssr_studio.app.language import tr
from zssr_studio.app.views.widgets.floating import FloatingBar

MOST_KEPT = 20


class MessageBar(FloatingBar):
    """Shows the newest message; those before it come back as it is dismissed, by its button or Escape."""

    def __init__(self) -> None:
        super().__init__()
        self._messages: list[tuple[str, str]] = []  # kind and text, the newest last
        self._kind, self._text, self._count = QLabel(), QLabel(), QLabel()
        self._kind.setObjectName("heading")
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button, self._all_button = QPushButton(tr("Dismiss")), QPushButton(tr("Dismiss all"))
        self._button.setAccessibleName(tr("Dismiss the message"))
        self._button.setToolTip(tr("Take this message away (Esc)."))
        self._button.clicked.connect(self.dismiss_newest)
        self._all_button.setToolTip(tr("Take this message and those before it away."))
        self._all_button.clicked.connect(self.dismiss)
        # While the bar is hidden the key means what it does elsewhere.
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.dismiss_newest)
        self.lay_out((self._kind, self._text), (self._count, self._button, self._all_button))
        self.hide()

    @property
    def text(self) -> str:
        """The message that is shown, or was last."""
        return self._text.text()

    def show_error(self, text: str) -> None:
        """Show what went wrong."""
        self._add("error", text)

    def show_notice(self, text: str) -> None:
        """Show something that is good to know."""
        self._add("notice", text)

    @Slot()
    def dismiss(self) -> None:
        """Take all messages away: what they told is done with."""
        self._messages.clear()
        self.hide()

    @Slot(str)
    def withdraw(self, text: str) -> None:
        """Take a message away that holds no longer; others stay."""
        kept = [one for one in self._messages if one[1] != text]
        if len(kept) == len(self._messages):
            return
        self._messages = kept
        if kept:
            self._show()
        else:
            self.hide()

    @Slot()
    def dismiss_newest(self) -> None:
        """Take the message that is shown away."""
        del self._messages[-1:]
        if self._messages:
            self._show()
        else:
            self.dismiss()

    def _add(self, kind: str, text: str) -> None:
        message = (kind, text)
        # Said again, it is newer, and still one message.
        self._messages = [*(one for one in self._messages if one != message), message][-MOST_KEPT:]
        self._show()

    def _show(self) -> None:
        kind, text = self._messages[-1]
        earlier = len(self._messages) - 1
        self.setProperty("kind", kind)
        # The word says what the colour does.
        self._kind.setText(tr("Problem") if kind == "error" else tr("Note"))
        self._text.setText(text)
        self._text.setToolTip(text)
        self._count.setText(tr("{earlier} earlier", earlier=earlier))
        for widget in (self._count, self._all_button):
            widget.setVisible(bool(earlier))
        self.setAccessibleName(f"{self._kind.text()}: {text}")
        for label in (self, self._kind, self._text, self._count):
            label.style().unpolish(label)
            label.style().polish(label)
        self.show()
