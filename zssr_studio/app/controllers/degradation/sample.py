"""Shows what undoing the findings would do: trains for a moment on a small part, while nothing else is done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from zssr_studio.app.controllers.run.background_run import BackgroundRun
from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.degradation.trial import liveliest_region
from zssr_studio.app.qimage import eight_bits, image_of
from zssr_studio.engine.config import FAST
from zssr_studio.engine.events import Notice, NoticeKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.degradation.degradation import DegradationModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.models.run.settings import SettingsModel
    from zssr_studio.app.views.degradation.sample_pair import SamplePair
    from zssr_studio.engine.events import Event
    from zssr_studio.job import Job

# Chosen: what is longer, or larger, is not there when a person looks.
SAMPLE_S, REGION_PX = 1.5, 96
# A person who goes from switch to switch is waited for.
SETTLED_AFTER_MS = 400
TRYING = marked("Trying what that does on a small part …")
TRIED = marked("A small part after {trained_s:.1f} s of training; Enlarge makes it finer.")
TOO_SHORT = marked("After {trained_s:.1f} s of training nothing can be seen of it yet.")


class SampleController(QObject):
    """One sample after the other; none while a run or a trial goes on, or nobody would see it.

    Parameters
    ----------
    is_busy : callable
        Whether another trial goes on.
    """

    def __init__(
        self,
        document: DocumentModel,
        settings: SettingsModel,
        kernels: DegradationModel,
        run: RunModel,
        is_busy: Callable[[], bool],
        view: SamplePair,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._settings, self._kernels, self._run = document, settings, kernels, run
        self._is_busy, self._view, self._tasks = is_busy, view, tasks
        self.seconds = SAMPLE_S
        self._wanted: Job | None = None
        self._was_beaten = self._is_over = False
        self._training = BackgroundRun()
        self._training.came.connect(self._on_came)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLED_AFTER_MS)
        self._timer.timeout.connect(self._on_settled)
        kernels.changed.connect(self._on_models)
        document.picture_changed.connect(self._on_models)
        run.state_changed.connect(self._on_models)

    def end(self) -> None:
        """Train nothing any more, as before leaving."""
        self._is_over = True
        self.drop()

    @Slot()
    def drop(self) -> None:
        """End what is being trained, and show nothing."""
        self._timer.stop()
        self._wanted = None
        self._training.cancel()
        self._view.show_text("")

    @Slot()
    def _on_models(self) -> None:
        job = self._job()
        if job is None:
            if self._wanted is not None:
                self.drop()
        elif self._wanted is None or not job.asks_the_same(self._wanted):
            self.drop()
            self._wanted = job
            self._timer.start()

    def _job(self) -> Job | None:
        """Return what would be trained now; None where there is nothing to undo, or something else goes on."""
        picture, settings, kernels = self._document.picture, self._settings.value, self._kernels
        undoes = settings.kernel is not None or bool(settings.damage)
        is_free = not (self._run.is_running or kernels.is_looking)
        if picture is None or kernels.found is None or settings.scale.is_copy:
            return None
        if self._is_over or not undoes or not is_free:
            return None
        region = liveliest_region(picture, self._document.crop, REGION_PX)
        short = replace(settings, preset=FAST.name, seconds=self.seconds, steps=None)
        return replace(short.job(picture, region), least_gain_db=0.0)

    @Slot()
    def _on_settled(self) -> None:
        job = self._wanted
        if job is None:
            return
        if self._is_busy() or not self._view.can_be_seen:
            self._timer.start()
            return
        self._view.show_text(tr(TRYING))
        self._tasks.start(self._try(job))

    async def _try(self, job: Job) -> None:
        self._was_beaten = False
        end = await self._training.train(job)
        if job is not self._wanted:
            return
        if end.result is None:
            self._view.show_text(end.message)
            return
        trained_s = end.result.outcome.training_s
        if self._was_beaten:
            self._view.show_text(tr(TOO_SHORT, trained_s=trained_s))
            return
        profile = job.picture.icc_profile
        before, after = (image_of(eight_bits(one.pixels), profile) for one in (end.result.bicubic, end.result.picture))
        self._view.show_images(before, after, tr(TRIED, trained_s=trained_s))

    @Slot(object)
    def _on_came(self, events: list[Event]) -> None:
        self._was_beaten |= any(isinstance(one, Notice) and one.kind is NoticeKind.BEATEN for one in events)
