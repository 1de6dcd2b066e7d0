"""A message over the picture that blocks nothing: what happened, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
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

MOST_KEPT, MOST_OFFERS = 20, 2


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be done about a message: the text of a button, and what it does; an error that it raises is shown."""

    title: str
    do: Callable[[], None]


class MessageBar(FloatingBar):
    """Shows the newest message; those before it come back as it is dismissed, by its button or Escape."""

    def __init__(self) -> None:
        super().__init__()
        self._messages: list[tuple[str, str, tuple[Offer, ...]]] = []  # kind, text and offers, the newest last
        self.offer_buttons = tuple(QPushButton() for _ in range(MOST_OFFERS))
        for place, button in enumerate(self.offer_buttons):
            button.clicked.connect(partial(self._on_offer, place))
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
        self.lay_out((self._kind, self._text), (*self.offer_buttons, self._count, self._button, self._all_button))
        self.hide()

    @property
    def text(self) -> str:
        """The message that is shown, or was last."""
        return self._text.text()

    def show_error(self, text: str) -> None:
        """Show what went wrong."""
        self._add("error", text)

    def show_notice(self, text: str, *offers: Offer) -> None:
        """Show something that is good to know, and what can be done about it: one thing, or one of two."""
        self._add("notice", text, *offers)

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

    def _on_offer(self, place: int) -> None:
        offers = self._messages[-1][2] if self._messages else ()
        if place >= len(offers):
            return
        try:
            offers[place].do()
        except StudioError as error:
            self.show_error(str(error))

    def _add(self, kind: str, text: str, *offers: Offer) -> None:
        # Said again, it is newer, and still one message.
        others = [one for one in self._messages if one[:2] != (kind, text)]
        self._messages = [*others, (kind, text, offers)][-MOST_KEPT:]
        self._show()

    def _show(self) -> None:
        kind, text, offers = self._messages[-1]
        earlier = len(self._messages) - 1
        self.setProperty("kind", kind)
        # The word says what the colour does.
        self._kind.setText(tr("Problem") if kind == "error" else tr("Note"))
        self._text.setText(text)
        self._text.setToolTip(text)
        for place, button in enumerate(self.offer_buttons):
            button.setText(offers[place].title if place < len(offers) else "")
            button.setVisible(place < len(offers))
        self._count.setText(tr("{earlier} earlier", earlier=earlier))
        for widget in (self._count, self._all_button):
            widget.setVisible(bool(earlier))
        self.setAccessibleName(f"{self._kind.text()}: {text}")
        for label in (self, self._kind, self._text, self._count):
            label.style().unpolish(label)
            label.style().polish(label)
        self.show()
