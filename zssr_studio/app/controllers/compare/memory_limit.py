"""Keeps the list of results within a share of the machine's memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.entry import Kind
from zssr_studio.host.machine import total_memory_bytes

if TYPE_CHECKING:
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.views.window.message_bar import MessageBar

# The pictures of the list may take this share of the machine's memory before old runs make room.
HELD_SHARE = 0.25


class MemoryLimitController(QObject):
    """Lets the oldest runs that are in a file make room; what is in no file is only told about.

    Attributes
    ----------
    most_bytes : int
        What the pictures of the list may take.
    """

    def __init__(self, results: ResultsModel, messages: MessageBar) -> None:
        super().__init__()
        self._results, self._messages = results, messages
        self.most_bytes = round(HELD_SHARE * total_memory_bytes())
        results.added.connect(self._on_added)

    @Slot()
    def _on_added(self) -> None:
        held = self._results.held_bytes
        if held <= self.most_bytes:
            return
        dropped = self._make_room()
        amount = tr("The results held {held:.1f} GB of memory.", held=held / 1e9)
        if dropped:
            text = tr(
                "{amount} Taken from the list, as they are in files: {names}.", amount=amount, names=", ".join(dropped)
            )
        else:
            text = tr("{amount} Export and remove those that you no longer need.", amount=amount)
        self._messages.show_notice(text)

    def _make_room(self) -> list[str]:
        """Remove runs, the oldest first, until the rest has room, and return their names."""
        dropped = []
        for entry in self._results.entries:
            idle = entry.kind is Kind.RUN and not entry.is_unexported and entry.key != self._results.current
            if idle and self._results.held_bytes > self.most_bytes:
                self._results.remove(entry.key)
                dropped.append(entry.name)
        return dropped
