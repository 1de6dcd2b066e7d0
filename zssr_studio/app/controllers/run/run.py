"""Starts, pauses and ends runs, and carries their events to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.run.background_run import BackgroundRun
from zssr_studio.app.worker import Ending, RunEnded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.history import History
    from zssr_studio.app.models.run.queue import QueueModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.models.run.settings import Settings, SettingsModel
    from zssr_studio.app.project.project import Training
    from zssr_studio.app.views.window.message_bar import MessageBar
    from zssr_studio.imaging.picture import Crop
    from zssr_studio.job import Job


class RunController(QObject):
    """One run at a time; what is asked for meanwhile waits for its turn."""

    def __init__(
        self,
        document: DocumentModel,
        settings: SettingsModel,
        run: RunModel,
        queue: QueueModel,
        messages: MessageBar,
        actions: Mapping[str, QAction],
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._settings, self._run, self._queue = document, settings, run, queue
        self._messages, self._tasks = messages, tasks
        self._training = BackgroundRun()
        self._training.came.connect(run.take)
        self._training.ended.connect(self._on_ended)
        actions["start"].triggered.connect(self.on_start)
        actions["pause"].toggled.connect(self.on_pause)
        actions["stop"].triggered.connect(self.on_stop)
        run.noticed.connect(messages.show_notice)

    @Slot()
    def on_start(self) -> None:
        """Freeze a job and start to train, or let it wait while another one trains."""
        # What counts is how things stand now, and not when the task has its turn.
        self._tasks.start(self._start(self._settings.value, self._document.crop))

    @Slot(bool)
    def on_pause(self, paused: bool) -> None:
        """Halt, or go on."""
        if self._training.is_running:
            self._training.set_paused(paused)
            self._run.set_paused(paused)

    @Slot()
    def on_stop(self) -> None:
        """End training and keep the best so far."""
        if self._training.is_running:
            self._training.stop()
            self._run.set_paused(False)

    async def discard(self) -> None:
        """End a run without a result and forget the last one, and all that wait."""
        self._queue.clear()
        self._training.cancel()
        await self._training.wait()
        self._run.reset()

    async def _start(self, settings: Settings, crop: Crop | None) -> None:
        picture = self._document.picture
        if picture is not None:
            self.enqueue(settings.job(picture, crop))

    def enqueue(self, job: Job) -> None:
        """Begin a job, or let it wait while another one trains."""
        if self._training.is_running:
            self._queue.add(job)
            return
        self._messages.dismiss()
        self._begin(job, queued=False)

    def resume(self, training: Training) -> None:
        """Go on with a run where it was cut off; nothing may be running."""
        self._begin(training.job, queued=False, history=training.history)

    def _begin(self, job: Job, *, queued: bool, history: History | None = None) -> None:
        self._run.begin(job, queued=queued, history=history)
        self._training.start(job)

    @Slot(object)
    def _on_ended(self, end: RunEnded) -> None:
        self._tell(end)
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
            self._messages.show_error(end.message)
