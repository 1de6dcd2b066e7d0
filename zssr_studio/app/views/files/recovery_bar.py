"""An offer over the picture that blocks nothing: to go on with what was saved before the studio ended."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from zssr_studio.app.language import tr
from zssr_studio.app.plain_text import plain_labels
from zssr_studio.app.views.widgets.floating import FloatingBar


class RecoveryBar(FloatingBar):
    """Says what was saved last.

    Signals
    -------
    go_on()
    discard()
    """

    go_on = Signal()
    discard = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self._text = QLabel()
        plain_labels(self._text)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.go_on_button, self.discard_button = QPushButton(tr("Go on with it")), QPushButton(tr("Discard…"))
        self.go_on_button.setToolTip(tr("Open the picture with its region, settings and results; a training goes on."))
        self.discard_button.setToolTip(tr("Remove what was saved. Left alone, it is offered again at the next start."))
        self.go_on_button.clicked.connect(self.go_on)
        self.discard_button.clicked.connect(self.discard)
        self.lay_out((self._text,), (self.go_on_button, self.discard_button))
        self.hide()

    @property
    def text(self) -> str:
        """What is offered."""
        return self._text.text()

    def show_text(self, text: str) -> None:
        """Show an offer; an empty one takes it away."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
