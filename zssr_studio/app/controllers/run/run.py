"""Starts, pauses and ends runs, and carries their events to the model."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from zssr_studio.app.worker import Ending, RunEnded, TrainingThread

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.history import History
    from zssr_studio.app.models.run.queue import QueueModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.models.run.settings import Settings, SettingsModel
    from zssr_studio.app.project.project import Training
    from zssr_studio.app.views.window.main_window import MainWindow
    from zssr_studio.imaging.picture import Crop
    from zssr_studio.job import Job

MAILBOX_INTERVAL_MS = 50


class RunController(QObject):
    """One run at a time; what is asked for meanwhile waits for its turn."""

    def __init__(
        self,
        document: DocumentModel,
        settings: SettingsModel,
        run: RunModel,
        queue: QueueModel,
        window: MainWindow,
        tasks: Tasks,
        thread_of: Callable[[Job], TrainingThread] = TrainingThread,
    ) -> None:
        super().__init__()
        self._document, self._settings, self._run, self._queue = document, settings, run, queue
        self._window, self._tasks, self._thread_of = window, tasks, thread_of
        self._thread: TrainingThread | None = None
        self._gone = asyncio.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(MAILBOX_INTERVAL_MS)
        self._timer.timeout.connect(self._on_timer)
        actions = window.actions_by_name
        actions["start"].triggered.connect(self.on_start)
        actions["pause"].toggled.connect(self.on_pause)
        actions["stop"].triggered.connect(self.on_stop)
        run.noticed.connect(window.message_bar.show_notice)

    @Slot()
    def on_start(self) -> None:
        """Freeze a job and start to train, or let it wait while another one trains."""
        # What counts is how things stand now, and not when the task has its turn.
        self._tasks.start(self._start(self._settings.value, self._document.crop))

    @Slot(bool)
    def on_pause(self, paused: bool) -> None:
        """Halt, or go on."""
        if self._thread is not None:
            self._thread.set_paused(paused)
            self._run.set_paused(paused)

    @Slot()
    def on_stop(self) -> None:
        """End training and keep the best so far."""
        if self._thread is not None:
            self._thread.stop()
            self._run.set_paused(False)

    async def discard(self) -> None:
        """End a run without a result and forget the last one, and all that wait."""
        self._queue.clear()
        if self._thread is not None:
            self._thread.cancel()
            await self._gone.wait()
        self._run.reset()

    async def _start(self, settings: Settings, crop: Crop | None) -> None:
        picture = self._document.picture
        if picture is not None:
            self.enqueue(settings.job(picture, crop))

    def enqueue(self, job: Job) -> None:
        """Begin a job, or let it wait while another one trains."""
        if self._thread is not None:
            self._queue.add(job)
            return
        self._window.message_bar.dismiss()
        self._begin(job, queued=False)

    def resume(self, training: Training) -> None:
        """Go on with a run where it was cut off; nothing may be running."""
        self._begin(training.job, queued=False, history=training.history)

    def _begin(self, job: Job, *, queued: bool, history: History | None = None) -> None:
        self._gone.clear()
        self._thread = self._thread_of(job)
        self._thread.ended.connect(self._on_ended)
        self._run.begin(job, queued=queued, history=history)
        self._thread.start()
        self._timer.start()

    @Slot()
    def _on_timer(self) -> None:
        if self._thread is not None:
            self._run.take(self._thread.mailbox.take())

    @Slot(object)
    def _on_ended(self, end: RunEnded) -> None:
        thread = self._thread
        if thread is None:
            return
        self._timer.stop()
        thread.wait()
        self._run.take(thread.mailbox.take())
        self._thread = None
        thread.deleteLater()
        self._tell(end)
        self._gone.set()
        job = self._queue.take()
        if job is not None:
            self._begin(job, queued=True)

    def _tell(self, end: RunEnded) -> None:
        if end.ending is Ending.CANCELLED:
            self._run.reset()
        elif end.result is not None:
            self._run.finish(end.result)
        else:
            self._run.fail()
            self._window.message_bar.show_error(end.message)
