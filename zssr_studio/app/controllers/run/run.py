"""Starts, pauses and ends runs, and carries their events to the model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Slot
from PySide6.QtWidgets import QApplication

from zssr_studio.app.actions import SPECS, give_shortcut
from zssr_studio.app.controllers.run.background_run import BackgroundRun
from zssr_studio.app.language import tr
from zssr_studio.app.models.run.made_by import MadeBy
from zssr_studio.app.worker import Ending, RunEnded, TrainingThread

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from PySide6.QtGui import QAction

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.methods import AsRun
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.history import History
    from zssr_studio.app.models.run.queue import QueueModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.models.run.settings import Settings, SettingsModel
    from zssr_studio.app.project.project import Training
    from zssr_studio.app.views.window.message_bar import MessageBar
    from zssr_studio.imaging.picture import Crop
    from zssr_studio.job import Job
    from zssr_studio.methods.method import Method

STOP_TIP = next(spec.tip for spec in SPECS if spec.name == "stop")


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """A run that was ended without a picture: its job, which begins where training ended, and how it went."""

    job: Job
    history: History


class Clicks:
    """Tells the second click of a double click, which asks for nothing."""

    def __init__(self) -> None:
        self._since = QElapsedTimer()
        self._asked: object = None

    def is_second(self, asked: object) -> bool:
        """Take a click that asks for something; whether the one before it asked for the same just now."""
        interval_ms = QApplication.doubleClickInterval()
        is_second = self._since.isValid() and self._since.elapsed() < interval_ms and asked == self._asked
        self._asked = asked
        self._since.start()
        return is_second


class RunController(QObject):
    """One run at a time; what is asked for meanwhile waits for its turn.

    Parameters
    ----------
    completed : callable
        Returns settings with what is being looked for in the picture, once it is found.
    as_run : callable
        Lets another method do a job.
    """

    def __init__(
        self,
        document: DocumentModel,
        settings: SettingsModel,
        run: RunModel,
        queue: QueueModel,
        completed: Callable[[Settings], Awaitable[Settings]],
        as_run: AsRun,
        messages: MessageBar,
        actions: Mapping[str, QAction],
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._settings, self._run, self._queue = document, settings, run, queue
        self._completed, self._as_run, self._messages, self._tasks = completed, as_run, messages, tasks
        self._discarded, self._is_over = 0, False
        # What was asked for and waits until the picture was looked at.
        self._asked: list[tuple[Settings, Crop | None]] = []
        self._starts, self._stops = Clicks(), Clicks()
        self._learned: Learned | None = None
        self._training = BackgroundRun()
        self._training.came.connect(run.take)
        self._training.ended.connect(self._on_ended)
        self._stop_action = actions["stop"]
        for name in ("start", "pause", "stop"):
            # A key that is held down asks once.
            actions[name].setAutoRepeat(False)
        actions["start"].triggered.connect(self.on_start)
        actions["pause"].toggled.connect(self.on_pause)
        actions["stop"].triggered.connect(self.on_stop)
        run.noticed.connect(messages.show_notice)
        run.passed.connect(messages.withdraw)
        run.state_changed.connect(self._tell_what_stop_does)

    @Slot()
    def on_start(self) -> None:
        """Freeze a job and start to train, or let it wait while another one trains."""
        settings, crop = self._settings.value, self._document.crop
        if self._starts.is_second((id(self._document.picture), settings, crop)):
            return
        # What counts is how things stand now, and not when the task has its turn.
        self._tasks.start(self._start(settings, crop))

    @Slot(bool)
    def on_pause(self, paused: bool) -> None:
        """Halt, or go on."""
        if self._training.is_running:
            self._training.set_paused(paused)
            self._run.set_paused(paused)

    @Slot()
    def on_stop(self) -> None:
        """End the training and keep the best so far; of the enlargement, what it can do without; then the run."""
        if not self._training.is_running or self._stops.is_second(self._run.job):
            return
        if self._run.made_by is not None:
            self._training.cancel()
        elif not self._run.is_enlarging:
            self._training.stop()
        elif not self._run.is_hurried:
            self._training.hurry()
            self._run.hurry()
        else:
            self._give_up()
            return
        self._run.set_paused(False)

    @Slot()
    def end(self) -> None:
        """Begin nothing any more, as once the window is left; what goes on is discarded apart from this."""
        self._is_over = True

    async def discard(self) -> None:
        """End a run without a result and forget the last one, and all that wait."""
        # What was asked for and waits until the picture was looked at is not begun any more.
        self._discarded += 1
        self._queue.clear()
        while self._training.is_running:
            self._training.cancel()
            await self._training.wait()
            # What was asked for meanwhile had its turn as this one ended.
            self._queue.clear()
        self._learned = None
        self._run.reset()

    async def _start(self, settings: Settings, crop: Crop | None) -> None:
        picture, discarded = self._document.picture, self._discarded
        if picture is None:
            return
        asked, waits = (settings, crop), tr("Enlarge begins as soon as the picture was looked at.")
        self._messages.show_notice(waits)
        if asked in self._asked:
            return
        self._asked.append(asked)
        try:
            completed = await self._completed(settings)
        finally:
            self._asked.remove(asked)
            self._messages.withdraw(waits)
        if picture is self._document.picture and discarded == self._discarded:
            self.enqueue(completed.job(picture, crop))

    def enqueue(self, job: Job) -> None:
        """Begin a job, or let it wait while another one trains; the same one again is refused."""
        run = self._run
        if self._is_over:
            return
        if not self._training.is_running:
            self._messages.dismiss()
            self._begin(job, queued=False)
        elif run.job is not None and run.made_by is None and job.asks_the_same(run.job):
            self._refuse(tr("This very run is going on already."))
        elif any(one.method is None and job.asks_the_same(one.job) for one in self._queue.waiting):
            self._refuse(tr("This very run waits for its turn already."))
        else:
            self._queue.add(job)

    def compare(self, job: Job, methods: Sequence[Method]) -> None:
        """Let other methods do a job too, one after the other, behind all that goes on and waits."""
        if self._is_over:
            return
        for method in methods:
            self._queue.add(job, method)
        if not self._training.is_running:
            self._messages.dismiss()
            self._go_on()

    def resume(self, training: Training) -> None:
        """Go on with a run where it was cut off; nothing may be running."""
        self._begin(training.job, queued=False, history=training.history)

    def _refuse(self, why: str) -> None:
        self._messages.show_notice(
            tr("{why} Change a setting, such as the time or the seed, to let another one wait.", why=why)
        )

    def _go_on(self) -> None:
        """Begin what has waited longest."""
        next_one = self._queue.take()
        if next_one is None:
            return
        job, method = next_one.job, next_one.method
        if method is None:
            self._begin(job, queued=True)
        else:
            self._run.begin(job, queued=True, made_by=MadeBy.of(method))
            as_run = self._as_run
            self._training.start(job, TrainingThread(job, lambda job, _stop, _hurry: as_run(method, job)))

    def _begin(self, job: Job, *, queued: bool, history: History | None = None) -> None:
        learned = self._learned
        if learned is not None and job.checkpoint is None and job.asks_the_same(learned.job):
            job, history, self._learned = learned.job, learned.history, None
        self._run.begin(job, queued=queued, history=history)
        self._training.start(job)

    def _give_up(self) -> None:
        """End a run that enlarges without a picture, and keep what it has learned."""
        job, checkpoint = self._run.job, self._run.checkpoint
        self._training.cancel()
        if job is None or checkpoint is None:
            return
        self._learned = Learned(replace(job, checkpoint=checkpoint), self._run.history)
        self._messages.show_notice(
            tr(
                "The run was ended without a picture. What it has learned is kept: with the same settings, Enlarge "
                "begins with the enlargement."
            )
        )

    @Slot()
    def _tell_what_stop_does(self) -> None:
        tip = tr(STOP_TIP)
        if self._run.is_running and self._run.is_enlarging:
            tip = tr("Make what is left of the picture in one pass: sooner done, slightly less fine.")
        if self._run.is_running and self._run.made_by is not None:
            tip = tr("End this method without a picture; what waits goes on.")
        if self._run.is_running and self._run.is_hurried:
            tip = tr("End without a picture; what was learned is kept.")
        self._stop_action.setStatusTip(tip)
        give_shortcut(self._stop_action, self._stop_action.shortcut())

    @Slot(object)
    def _on_ended(self, end: RunEnded) -> None:
        self._tell(end)
        self._go_on()

    def _tell(self, end: RunEnded) -> None:
        if end.ending is Ending.CANCELLED:
            self._run.reset()
        elif end.result is not None:
            self._run.finish(end.result)
        else:
            made_by = self._run.made_by
            self._run.fail()
            told = end.message if made_by is None else f"{tr(made_by.name)}: {end.message}"
            self._messages.show_error(told)
