"""Try several: trains a few seconds with each of several kernels on a region, one after the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.run.background_run import BackgroundRun
from zssr_studio.app.controllers.window.ask import finished
from zssr_studio.app.controllers.window.tasks import Turns
from zssr_studio.app.language import tr
from zssr_studio.app.models.degradation.trial import TrialModel, candidates_for, region_of
from zssr_studio.app.views.degradation.trial_dialog import TrialDialog
from zssr_studio.engine.config import FAST
from zssr_studio.engine.kernels.choice import resolved
from zssr_studio.engine.kernels.shapes import bicubic_kernel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton, QWidget

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.degradation.degradation import DegradationModel
    from zssr_studio.app.models.degradation.trial import Candidate
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.models.run.settings import SettingsModel
    from zssr_studio.engine.events import Event
    from zssr_studio.imaging.picture import Crop
    from zssr_studio.job import Job

TRIAL_S = 5.0


class TrialController(QObject):
    """One trial at a time, in a dialog, while no run goes on."""

    def __init__(
        self,
        kernels: DegradationModel,
        settings: SettingsModel,
        document: DocumentModel,
        run: RunModel,
        button: QAbstractButton,
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._kernels, self._settings, self._document, self._run = kernels, settings, document, run
        self._button, self._parent, self._tasks = button, parent, tasks
        self.seconds = TRIAL_S
        self.dialog: TrialDialog | None = None
        self.model = TrialModel()
        self._candidates: list[Candidate] = []
        self._number, self._turns = 0, Turns()
        self._training = BackgroundRun()
        self._training.came.connect(self._on_came)
        button.clicked.connect(self.on_open)
        document.picture_changed.connect(self._on_models)
        run.state_changed.connect(self._on_models)
        self.model.changed.connect(self._on_changed)
        self._on_models()

    @Slot()
    def on_open(self) -> None:
        """Show the dialog."""
        self._tasks.start(self._open())

    async def _open(self) -> None:
        picture, scale = self._document.picture, self._kernels.scale
        if picture is None or self.dialog is not None or self._run.is_running:
            return
        region = region_of(picture.height, picture.width, self._document.crop)
        self._candidates = candidates_for(self._kernels.current, self._kernels.given(), scale)
        drawn = [(c, resolved(c.choice, scale) or bicubic_kernel(scale)) for c in self._candidates]
        dialog = self.dialog = TrialDialog(
            self._parent, drawn, _note(region, self._document.crop, self.seconds), picture.icc_profile
        )
        dialog.try_asked.connect(self._on_try)
        dialog.stop_asked.connect(self._on_stop)
        dialog.taken.connect(self._on_taken)
        try:
            await finished(dialog)
        finally:
            self.dialog = None
            self._on_stop()
            dialog.deleteLater()

    @Slot(object)
    def _on_try(self, numbers: list[int]) -> None:
        self._tasks.start(self._try([self._candidates[number] for number in numbers]))

    @Slot()
    def _on_stop(self) -> None:
        self.model.is_running = False
        self._training.cancel()

    @Slot(int)
    def _on_taken(self, number: int) -> None:
        self._kernels.choose_kernel(self.model.tiles[number].candidate.choice)
        if self.dialog is not None:
            self.dialog.accept()

    async def _try(self, candidates: list[Candidate]) -> None:
        """Train with each candidate in turn; a stop drops the rest and keeps what is done."""
        turn = self._turns.begin()
        # One that was stopped takes until its next event to end, and would take what is begun now for its own.
        await self._training.wait()
        if not turn.is_last() or self.dialog is None:
            return
        self.model.begin(candidates)
        jobs = [self._job(candidate) for candidate in candidates]
        self.dialog.set_tiles(self.model.tiles)
        self._show_all()
        problem = ""
        for self._number, job in enumerate(jobs):
            end = await self._training.train(job)
            if not turn.is_last():
                return
            if end.result is not None:
                self.model.finish(self._number, end.result.picture.pixels)
            problem = problem or end.message
            self._show_all(problem)
            if problem or not self.model.is_running:
                break
        self.model.end()
        self._show_all(problem)

    def _job(self, candidate: Candidate) -> Job:
        picture = self._document.picture
        if picture is None:
            raise RuntimeError("the dialog, which blocks the window, opened over a picture")
        region = region_of(picture.height, picture.width, self._document.crop)
        settings = replace(self._settings.value, preset=FAST.name, seconds=self.seconds, steps=None)
        job = replace(settings, kernel=candidate.choice).job(picture, region)
        # The same time for each: ending sooner would favour one of them.
        return replace(job, least_gain_db=0.0)

    @Slot(object)
    def _on_came(self, events: list[Event]) -> None:
        self.model.take(self._number, events)

    @Slot(int)
    def _on_changed(self, number: int) -> None:
        if self.dialog is not None:
            self.dialog.set_tile(number, self.model.tiles[number])
            self.dialog.set_running(self.model.is_running, self.model.progress)

    def _show_all(self, problem: str = "") -> None:
        if self.dialog is not None:
            self.dialog.set_running(self.model.is_running, self.model.progress)
            notes = self.model.notes()
            self.dialog.set_status("\n\n".join([problem, *notes] if problem else notes))

    @Slot()
    def _on_models(self) -> None:
        self._button.setEnabled(self._document.picture is not None and not self._run.is_running)


def _note(region: Crop, crop: Crop | None, seconds: float) -> str:
    where = (
        tr("the middle of the region")
        if crop is not None
        else tr("the middle of the picture; draw a region to try elsewhere")
    )
    return tr(
        "Each trains for {seconds:g} s on {width} × {height} pixels: {where}.",
        seconds=seconds,
        width=region.width,
        height=region.height,
        where=where,
    )
