"""A job on a thread of its own: training never waits for the window."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from zssr_studio.app.worker import Background, Ending, RunEnded, TrainingThread

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.job import Job


class BackgroundRun(Background):
    """Does one job after the other; each ends with a `RunEnded`.

    Parameters
    ----------
    thread_of : callable
        Makes the thread of a job.
    """

    _thread: TrainingThread | None

    def __init__(self, thread_of: Callable[[Job], TrainingThread] = TrainingThread) -> None:
        super().__init__()
        self._thread_of = thread_of
        self._wanted: Job | None = None
        self._awaited: asyncio.Future[RunEnded] | None = None
        # Before all others that follow it: who waits for a job goes on with the next turn of the loop anyway.
        self.ended.connect(self._answer)

    def start(self, job: Job, thread: TrainingThread | None = None) -> None:
        """Begin a job, on a thread of its own kind if one is given; none may be running."""
        self._begin(thread or self._thread_of(job))

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

    def set_paused(self, paused: bool) -> None:
        """Halt before the next step, or go on."""
        if self._thread is not None:
            self._thread.set_paused(paused)

    def hurry(self) -> None:
        """Leave out what the enlargement can do without."""
        if self._thread is not None:
            self._thread.hurry()

    def cancel(self) -> None:
        """End what is being trained, or is about to be, without a result."""
        self._wanted = None
        if self._thread is not None:
            self._thread.cancel()

    @Slot(object)
    def _answer(self, end: RunEnded) -> None:
        if self._awaited is not None and not self._awaited.done():
            self._awaited.set_result(end)
