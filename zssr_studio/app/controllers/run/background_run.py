"""A run beside the list: trained for a trial, awaited, and not kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from zssr_studio.app.worker import TrainingThread

if TYPE_CHECKING:
    from zssr_studio.app.worker import RunEnded
    from zssr_studio.job import Job

MAILBOX_INTERVAL_MS = 50


class OneRun(QObject):
    """Trains one job after the other.

    Signals
    -------
    came(list of Event)
        What happened since the last time; all of it has come before `train` returns.
    """

    came = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._thread: TrainingThread | None = None
        self._end: asyncio.Future[RunEnded] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(MAILBOX_INTERVAL_MS)
        self._timer.timeout.connect(self._on_timer)

    async def train(self, job: Job) -> RunEnded:
        """Do a job on a thread of its own, and return how it ended."""
        self._end = asyncio.get_running_loop().create_future()
        thread = self._thread = TrainingThread(job)
        thread.ended.connect(self._on_ended)
        thread.start()
        self._timer.start()
        try:
            end = await self._end
            self._on_timer()
            return end
        finally:
            self._timer.stop()
            thread.wait()
            self._thread = None
            thread.deleteLater()

    def cancel(self) -> None:
        """End what is being trained, without a result."""
        if self._thread is not None:
            self._thread.cancel()

    @Slot(object)
    def _on_ended(self, end: RunEnded) -> None:
        if self._end is not None and not self._end.done():
            self._end.set_result(end)

    @Slot()
    def _on_timer(self) -> None:
        if self._thread is not None:
            self.came.emit(self._thread.mailbox.take())
