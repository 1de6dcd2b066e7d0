"""A job on a thread of its own, whose events are fetched at an interval: training never waits for the window."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from zssr_studio.app.worker import Ending, RunEnded, TrainingThread

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.job import Job

MAILBOX_INTERVAL_MS = 50


class BackgroundRun(QObject):
    """Does one job after the other.

    Parameters
    ----------
    thread_of : callable
        Makes the thread of a job.

    Signals
    -------
    came(list of Event)
        What happened since the last time.
    ended(RunEnded)
        The job ended; all of its events have come, and its thread is gone.
    """

    came = Signal(object)
    ended = Signal(object)

    def __init__(self, thread_of: Callable[[Job], TrainingThread] = TrainingThread) -> None:
        super().__init__()
        self._thread_of = thread_of
        self._thread: TrainingThread | None = None
        self._wanted: Job | None = None
        self._awaited: asyncio.Future[RunEnded] | None = None
        self._idle = asyncio.Event()
        self._idle.set()
        self._timer = QTimer(self)
        self._timer.setInterval(MAILBOX_INTERVAL_MS)
        self._timer.timeout.connect(self._fetch)

    @property
    def is_running(self) -> bool:
        """Whether a job is being done."""
        return self._thread is not None

    def start(self, job: Job, thread: TrainingThread | None = None) -> None:
        """Begin a job, on a thread of its own kind if one is given; none may be running."""
        self._idle.clear()
        self._thread = thread or self._thread_of(job)
        self._thread.ended.connect(self._on_ended)
        self._thread.start()
        self._timer.start()

    async def train(self, job: Job) -> RunEnded:
        """Do a job, and return how it ended; who stops waiting for it ends it."""
        self._wanted = job
        # One that was cancelled takes until its next event to end, and another one may be asked for meanwhile.
        await self._idle.wait()
        if self._wanted is not job:
            return RunEnded(Ending.CANCELLED)
        self._awaited = asyncio.get_running_loop().create_future()
        self.start(job)
        try:
            return await self._awaited
        except asyncio.CancelledError:
            self.cancel()
            raise

    async def wait(self) -> None:
        """Wait until no job is being done."""
        await self._idle.wait()

    def set_paused(self, paused: bool) -> None:
        """Halt before the next step, or go on."""
        if self._thread is not None:
            self._thread.set_paused(paused)

    def stop(self) -> None:
        """End training soon and keep the best so far."""
        if self._thread is not None:
            self._thread.stop()

    def hurry(self) -> None:
        """Leave out what the enlargement can do without."""
        if self._thread is not None:
            self._thread.hurry()

    def cancel(self) -> None:
        """End what is being trained, or is about to be, without a result."""
        self._wanted = None
        if self._thread is not None:
            self._thread.cancel()

    @Slot()
    def _fetch(self) -> None:
        if self._thread is not None:
            self.came.emit(self._thread.mailbox.take())

    @Slot(object)
    def _on_ended(self, end: RunEnded) -> None:
        thread = self._thread
        if thread is None:
            return
        self._timer.stop()
        thread.wait()
        self._fetch()
        self._thread = None
        thread.deleteLater()
        self._idle.set()
        if self._awaited is not None and not self._awaited.done():
            self._awaited.set_result(end)
        self.ended.emit(end)
