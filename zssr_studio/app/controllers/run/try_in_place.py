"""Try in place: trains some seconds on the region, with the settings as they are, and shows it within the picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.compare.scene import rect_of
from zssr_studio.app.controllers.run.one_run import OneRun
from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.models.degradation.trial import region_of
from zssr_studio.app.qimage import Pyramid, eight_bits, image_of, pyramid_of
from zssr_studio.app.views.canvas.scene import Layer, Shown
from zssr_studio.engine.events import Notice, Preview, Step
from zssr_studio.words.notices import notice_text

if TYPE_CHECKING:
    from zssr_studio.app.controllers.compare.scene import SceneController
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.models.run.settings import Settings, SettingsModel
    from zssr_studio.app.views.window.main_window import MainWindow
    from zssr_studio.engine.events import Event
    from zssr_studio.imaging.picture import Crop, Picture
    from zssr_studio.job import Job

TRIAL_S = 5.0
# What is larger takes longer to enlarge than to train.
MOST_PX = 320


class InPlaceController(QObject):
    """One trial at a time, while no run goes on; it is shown until anything that it depends on changes."""

    def __init__(
        self,
        document: DocumentModel,
        settings: SettingsModel,
        run: RunModel,
        results: ResultsModel,
        comparison: ComparisonModel,
        scene: SceneController,
        window: MainWindow,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._settings, self._run = document, settings, run
        self._results, self._comparison, self._scene = results, comparison, scene
        self._window, self._tasks = window, tasks
        self.seconds = TRIAL_S
        self._job: Job | None = None
        self._one = OneRun()
        self._one.came.connect(self._on_came)
        self._action = window.actions_by_name["try_here"]
        self._action.toggled.connect(self._on_toggled)
        document.crop_changed.connect(self.drop)
        document.picture_changed.connect(self._on_models)
        settings.changed.connect(self.drop)
        run.state_changed.connect(self._on_models)
        comparison.changed.connect(self._on_comparison)
        window.actions_by_name["crop"].triggered.connect(self.drop)
        self._on_models()

    @Slot()
    def drop(self) -> None:
        """End a trial, or take its outcome away."""
        self._action.setChecked(False)

    @Slot(bool)
    def _on_toggled(self, wanted: bool) -> None:
        if wanted:
            self._tasks.start(self._try(self._settings.value, self._document.crop))
        elif self._job is not None:
            self._job = None
            self._one.cancel()
            self._scene.show_frame(None)

    @Slot()
    def _on_models(self) -> None:
        if self._run.is_running or self._document.picture is None:
            self.drop()
        self._action.setEnabled(self._document.picture is not None and not self._run.is_running)

    @Slot()
    def _on_comparison(self) -> None:
        """Who looks at something else is done with the trial."""
        if not self._scene.shows_input():
            self.drop()

    async def _try(self, settings: Settings, crop: Crop | None) -> None:
        picture = self._document.picture
        if picture is None:
            return
        try:
            job = self._begin(settings, picture, crop)
            end = await self._one.train(job)
        except BaseException:
            self.drop()
            raise
        if job is not self._job:
            return
        if end.result is None:
            self.drop()
            self._window.message_bar.show_error(end.message)
            return
        trained_s = end.result.outcome.training_s
        self._show(
            job,
            tr("Tried for {trained_s:.0f} s; T takes it away", trained_s=trained_s),
            pyramid_of(end.result.picture),
            0,
            0,
        )

    def _begin(self, settings: Settings, picture: Picture, crop: Crop | None) -> Job:
        region = region_of(picture.height, picture.width, crop, MOST_PX)
        job = replace(settings, seconds=self.seconds, steps=None).job(picture, region)
        # The time is used up: ending sooner would show less than was promised.
        self._job = job = replace(job, least_gain_db=0.0)
        value = replace(self._comparison.value, mode=Mode.SINGLE, selected=self._results.entries[0].key)
        self._comparison.set_value(value)
        self._window.actions_by_name["crop"].setChecked(False)
        self._window.message_bar.dismiss()
        return job

    @Slot(object)
    def _on_came(self, events: list[Event]) -> None:
        job, title = self._job, tr("Trying")
        if job is None:
            return
        for event in events:
            match event:
                case Step(elapsed_s=elapsed_s):
                    title = tr("Trying: {left:.0f} s left", left=max(0.0, self.seconds - elapsed_s))
                case Preview():
                    pyramid = Pyramid((image_of(eight_bits(event.pixels)),))
                    self._show(job, title, pyramid, event.top, event.left)
                case Notice():
                    self._window.message_bar.show_notice(notice_text(event, tr))

    def _show(self, job: Job, name: str, pyramid: Pyramid, top: int, left: int) -> None:
        rect = rect_of(job, top, left, pyramid.height, pyramid.width)
        self._scene.show_frame(Shown(name, Layer(pyramid, rect)))
