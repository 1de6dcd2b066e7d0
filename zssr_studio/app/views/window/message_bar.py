"""A message over the picture that blocks nothing: what happened, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from zssr_studio.app.language import tr
from zssr_studio.app.plain_text import plain_labels
from zssr_studio.app.views.widgets.floating import FloatingBar
from zssr_studio.errors import StudioError

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_KEPT = 20


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be done about a message: the text of a button, and what it does; an error that it raises is shown."""

    title: str
    do: Callable[[], None]


class MessageBar(FloatingBar):
    """Shows the newest message; those before it come back as it is dismissed, by its button or Escape."""

    def __init__(self) -> None:
        super().__init__()
        self._messages: list[tuple[str, str, Offer | None]] = []  # kind, text and offer, the newest last
        self.offer_button = QPushButton()
        self.offer_button.clicked.connect(self._on_offer)
        self._kind, self._text, self._count = QLabel(), QLabel(), QLabel()
        plain_labels(self._text)
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
        self.lay_out((self._kind, self._text), (self.offer_button, self._count, self._button, self._all_button))
        self.hide()

    @property
    def text(self) -> str:
        """The message that is shown, or was last."""
        return self._text.text()

    def show_error(self, text: str) -> None:
        """Show what went wrong."""
        self._add("error", text)

    def show_notice(self, text: str, offer: Offer | None = None) -> None:
        """Show something that is good to know, and what can be done about it."""
        self._add("notice", text, offer)

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

    @Slot()
    def _on_offer(self) -> None:
        offer = self._messages[-1][2] if self._messages else None
        if offer is None:
            return
        try:
            offer.do()
        except StudioError as error:
            self.show_error(str(error))

    def _add(self, kind: str, text: str, offer: Offer | None = None) -> None:
        # Said again, it is newer, and still one message.
        others = [one for one in self._messages if one[:2] != (kind, text)]
        self._messages = [*others, (kind, text, offer)][-MOST_KEPT:]
        self._show()

    def _show(self) -> None:
        kind, text, offer = self._messages[-1]
        earlier = len(self._messages) - 1
        self.setProperty("kind", kind)
        # The word says what the colour does.
        self._kind.setText(tr("Problem") if kind == "error" else tr("Note"))
        self._text.setText(text)
        self._text.setToolTip(text)
        self.offer_button.setText("" if offer is None else offer.title)
        self.offer_button.setVisible(offer is not None)
        self._count.setText(tr("{earlier} earlier", earlier=earlier))
        for widget in (self._count, self._all_button):
            widget.setVisible(bool(earlier))
        self.setAccessibleName(f"{self._kind.text()}: {text}")
        for label in (self, self._kind, self._text, self._count):
            label.style().unpolish(label)
            label.style().polish(label)
        self.show()
