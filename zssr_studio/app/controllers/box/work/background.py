"""Events of long work on a thread of its own, fetched at an interval: the window never waits for them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from zssr_studio.app.worker import EventsThread

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

# Chosen: a batch tells twice a second how far its pictures are.
FETCH_MS = 100


class BackgroundEvents(QObject):
    """Goes through one series of events after the other.

    Parameters
    ----------
    is_gentle : bool
        Whether everything else on the machine goes first.

    Signals
    -------
    came(list)
        What happened since the last time.
    ended(str)
        It is over, with a sentence where it failed; all events have come, and the thread is gone.
    """

    came = Signal(object)
    ended = Signal(str)

    def __init__(self, *, is_gentle: bool = False) -> None:
        super().__init__()
        self._is_gentle = is_gentle
        self._thread: EventsThread | None = None
        self._idle = asyncio.Event()
        self._idle.set()
        self._timer = QTimer(self)
        self._timer.setInterval(FETCH_MS)
        self._timer.timeout.connect(self._fetch)

    @property
    def is_running(self) -> bool:
        """Whether events are being made."""
        return self._thread is not None

    def start(self, events: Callable[[], Generator[object]]) -> None:
        """Begin; nothing may be going on."""
        self._idle.clear()
        self._thread = EventsThread(events, is_gentle=self._is_gentle)
        self._thread.ended.connect(self._on_ended)
        self._thread.begin()
        self._timer.start()

    def stop(self) -> None:
        """End soon."""
        if self._thread is not None:
            self._thread.stop()

    async def wait(self) -> None:
        """Wait until nothing goes on."""
        await self._idle.wait()

    @Slot()
    def _fetch(self) -> None:
        if self._thread is not None and (events := self._thread.mailbox.take()):
            self.came.emit(events)

    @Slot(str)
    def _on_ended(self, sentence: str) -> None:
        thread = self._thread
        if thread is None:
            return
        self._timer.stop()
        thread.wait()
        self._fetch()
        self._thread = None
        thread.deleteLater()
        self._idle.set()
        self.ended.emit(sentence)
