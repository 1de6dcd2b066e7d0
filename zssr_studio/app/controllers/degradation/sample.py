"""Shows what undoing the findings would do: trains for a moment on a small part, while nothing else is done."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from zssr_studio.app.controllers.run.background_run import BackgroundRun
from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.degradation.found import FindingKind, cause_in, with_cause
from zssr_studio.app.models.degradation.trial import liveliest_region
from zssr_studio.app.qimage import eight_bits, image_of
from zssr_studio.engine.config import FAST
from zssr_studio.engine.events import Notice, NoticeKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.degradation.degradation import DegradationModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.models.run.settings import Settings, SettingsModel
    from zssr_studio.app.views.degradation.sample_pair import SamplePair
    from zssr_studio.app.views.degradation.seen_panel import SeenPanel
    from zssr_studio.engine.events import Event
    from zssr_studio.job import Job

# Chosen: what is longer, or larger, is not there when a person looks.
SAMPLE_S, REGION_PX = 1.5, 96
# A person who goes from switch to switch is waited for.
SETTLED_AFTER_MS = 400
# Of the open picture, in two pictures of the part each: to switch back shows at once what was there. Chosen.
MOST_KEPT = 16
TRYING = marked("Trying what that does on a small part…")
TRIED = marked("A small part after {trained_s:.1f} s of training; Enlarge makes it finer.")
TOO_SHORT = marked("After {trained_s:.1f} s of training nothing can be seen of it yet.")

# One finding, or None for all together.
_Of = FindingKind | None


@dataclass(frozen=True, slots=True, eq=False)
class _Trained:
    """What came of a job; no pictures where it came to nothing, with the reason."""

    job: Job
    reason: str
    bicubic: QImage | None = None
    result: QImage | None = None
    trained_s: float = 0.0


class SampleController(QObject):
    """One sample after the other; none while a run or a trial goes on, or nobody would see it.

    All that was found together is tried by itself, beside the picture as it is. One finding alone is tried once a
    person unfolds its row: undone, and all else as it is set, beside the same without that.

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
        panel: SeenPanel,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._settings, self._kernels, self._run = document, settings, kernels, run
        self._is_busy, self._panel, self._tasks = is_busy, panel, tasks
        self.seconds = SAMPLE_S
        self._views: dict[_Of, SamplePair] = {None: panel.sample, **{k: row.sample for k, row in panel.rows.items()}}
        self._wanted: dict[_Of, tuple[Job, ...]] = {}
        self._going: set[_Of] = set()
        self._shown: set[_Of] = set()
        self._kept: deque[_Trained] = deque(maxlen=MOST_KEPT)
        self._was_beaten = self._is_over = False
        self._training = BackgroundRun()
        self._training.came.connect(self._on_came)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLED_AFTER_MS)
        self._timer.timeout.connect(self._on_settled)
        kernels.changed.connect(self._on_models)
        document.picture_changed.connect(self._on_picture)
        run.state_changed.connect(self._on_models)
        panel.unfolded.connect(self._on_models)

    def end(self) -> None:
        """Train nothing any more, as before leaving."""
        self._is_over = True
        self._want({})

    @Slot()
    def _on_picture(self) -> None:
        self._kept.clear()
        self._want({})
        self._on_models()

    @Slot()
    def _on_models(self) -> None:
        self._want(self._samples())

    def _want(self, wanted: dict[_Of, tuple[Job, ...]]) -> None:
        """Take back what is wanted no longer, and begin what is wanted now."""
        gone = {of for of, jobs in self._wanted.items() if not _ask_the_same(jobs, wanted.get(of, ()))}
        for of in gone:
            del self._wanted[of]
            self._views[of].show_text("")
        self._shown -= gone
        new = wanted.keys() - self._wanted.keys()
        if gone & self._going:
            self._training.cancel()
        self._wanted |= {of: wanted[of] for of in new}
        if new:
            self._timer.start()
        elif not self._wanted:
            self._timer.stop()

    def _samples(self) -> dict[_Of, tuple[Job, ...]]:
        """Return what would be trained now: nothing where there is nothing to undo, or something else goes on."""
        picture, settings, found = self._document.picture, self._settings.value, self._kernels.found
        is_free = not (self._run.is_running or self._kernels.is_looking or self._is_over)
        if picture is None or found is None or settings.scale.is_copy or not is_free:
            return {}
        region = liveliest_region(picture, self._document.crop, REGION_PX)
        short = replace(settings, preset=FAST.name, seconds=self.seconds, steps=None)

        def job(settings: Settings) -> Job:
            return replace(settings.job(picture, region), least_gain_db=0.0)

        undoes = settings.kernel is not None or bool(settings.damage)
        samples: dict[_Of, tuple[Job, ...]] = {None: (job(short),)} if undoes else {}
        for kind, row in self._panel.rows.items():
            cause = cause_in(settings, kind)
            if cause is None:
                cause = cause_in(found, kind)
            if row.fold.isChecked() and cause is not None:
                samples[kind] = (job(with_cause(short, kind, None)), job(with_cause(short, kind, cause)))
        return samples

    @Slot()
    def _on_settled(self) -> None:
        left = [of for of in self._wanted if of not in self._shown]
        if not left:
            return
        if self._going or self._is_busy() or not self._views[left[0]].can_be_seen:
            self._timer.start()
            return
        self._tasks.start(self._try(left[0], self._wanted[left[0]]))

    async def _try(self, of: _Of, jobs: tuple[Job, ...]) -> None:
        self._going.add(of)
        try:
            trained = [await self._trained(of, job) for job in jobs if self._wanted.get(of) is jobs]
        finally:
            self._going.clear()
        if self._wanted.get(of) is jobs:
            self._shown.add(of)
            self._show(self._views[of], trained)
        if self._wanted:
            self._timer.start()

    async def _trained(self, of: _Of, job: Job) -> _Trained:
        """Train, or remember what came of the same before."""
        known = next((one for one in self._kept if one.job.asks_the_same(job)), None)
        if known is not None:
            return known
        self._views[of].show_text(tr(TRYING))
        self._was_beaten = False
        end = await self._training.train(job)
        if end.result is None:
            return _Trained(job, end.message)
        profile, trained_s = job.picture.icc_profile, end.result.outcome.training_s
        bicubic, result = (
            image_of(eight_bits(one.pixels), profile) for one in (end.result.bicubic, end.result.picture)
        )
        reason = tr(TOO_SHORT, trained_s=trained_s) if self._was_beaten else ""
        trained = _Trained(job, reason, bicubic, result, trained_s)
        self._kept.append(trained)
        return trained

    def _show(self, view: SamplePair, trained: list[_Trained]) -> None:
        """Show the result of the last job beside that of the one before it, or beside the picture as it is."""
        after = trained[-1]
        before = after.bicubic if len(trained) == 1 else trained[0].result
        if after.reason or before is None or after.result is None:
            view.show_text(after.reason or trained[0].reason)
        else:
            view.show_images(before, after.result, tr(TRIED, trained_s=after.trained_s))

    @Slot(object)
    def _on_came(self, events: list[Event]) -> None:
        self._was_beaten |= any(isinstance(one, Notice) and one.kind is NoticeKind.BEATEN for one in events)


def _ask_the_same(some: tuple[Job, ...], others: tuple[Job, ...]) -> bool:
    return len(some) == len(others) and all(one.asks_the_same(other) for one, other in zip(some, others, strict=True))
