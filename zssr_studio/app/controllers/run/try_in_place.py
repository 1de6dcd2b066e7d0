"""Try in place: trains some seconds on the region, with the settings as they are, and shows it within the picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.compare.display_copies import on_input, part_on_input
from zssr_studio.app.controllers.run.background_run import BackgroundRun
from zssr_studio.app.controllers.window.tasks import Turns
from zssr_studio.app.language import tr
from zssr_studio.app.models.degradation.trial import region_of
from zssr_studio.app.qimage import eight_bits, pyramid_of
from zssr_studio.app.views.canvas.scene import Shown
from zssr_studio.engine.events import Notice, Preview, Step
from zssr_studio.words.notices import notice_text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from PySide6.QtGui import QAction

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.models.run.settings import Settings, SettingsModel
    from zssr_studio.app.views.window.message_bar import MessageBar
    from zssr_studio.engine.events import Event
    from zssr_studio.imaging.picture import Crop, Picture
    from zssr_studio.job import Job

TRIAL_S = 5.0
# What is larger takes longer to enlarge than to train.
MOST_PX = 320


class TryInPlaceController(QObject):
    """One trial at a time, while no run goes on; it is shown until anything that it depends on changes.

    Parameters
    ----------
    looked : callable
        Waits until the picture that is open was looked at.
    """

    def __init__(
        self,
        document: DocumentModel,
        settings: SettingsModel,
        run: RunModel,
        comparison: ComparisonModel,
        looked: Callable[[], Awaitable[None]],
        show_frame: Callable[[Shown | None], None],
        messages: MessageBar,
        actions: Mapping[str, QAction],
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._settings, self._run = document, settings, run
        self._comparison, self._looked, self._show_frame = comparison, looked, show_frame
        self._messages, self._tasks = messages, tasks
        self._action, self._crop_tool = actions["try_here"], actions["crop"]
        self.seconds = TRIAL_S
        self._job: Job | None = None
        self._turns = Turns()
        self._training = BackgroundRun()
        self._training.came.connect(self._on_came)
        self._action.toggled.connect(self._on_toggled)
        document.crop_changed.connect(self.drop)
        document.picture_changed.connect(self._on_models)
        settings.changed.connect(self._on_settings)
        run.state_changed.connect(self._on_models)
        comparison.changed.connect(self._on_comparison)
        self._crop_tool.triggered.connect(self.drop)
        self._on_models()

    @property
    def is_busy(self) -> bool:
        """Whether something is being tried."""
        return self._training.is_running

    @Slot()
    def drop(self) -> None:
        """End a trial, or take its outcome away."""
        self._action.setChecked(False)

    @Slot(bool)
    def _on_toggled(self, wanted: bool) -> None:
        if wanted:
            self._tasks.start(self._try())
        elif self._job is not None:
            self._job = None
            self._training.cancel()
            self._show_frame(None)

    @Slot()
    def _on_settings(self) -> None:
        """Drop what was tried with other settings; one that waits for what is found is tried with that."""
        if self._job is not None:
            self.drop()

    @Slot()
    def _on_models(self) -> None:
        if self._run.is_running or self._document.picture is None:
            self.drop()
        self._action.setEnabled(self._document.picture is not None and not self._run.is_running)

    @Slot()
    def _on_comparison(self) -> None:
        """Who looks at something else is done with the trial."""
        if not self._comparison.value.shows_input:
            self.drop()

    async def _try(self) -> None:
        turn, picture = self._turns.begin(), self._document.picture
        await self._looked()
        # The one before takes until its next event to end, which would be shown as of this one.
        await self._training.wait()
        # It may have been taken back meanwhile, and asked for once more.
        if not turn.is_last() or not self._action.isChecked():
            return
        if picture is None or picture is not self._document.picture:
            return
        try:
            job = self._begin(self._settings.value, picture, self._document.crop)
            end = await self._training.train(job)
        except BaseException:
            self.drop()
            raise
        if job is not self._job:
            return
        if end.result is None:
            self.drop()
            self._messages.show_error(end.message)
            return
        trained_s = end.result.outcome.training_s
        told = tr("Tried for {trained_s:.0f} s; T takes it away", trained_s=trained_s)
        self._show_frame(Shown(told, on_input(pyramid_of(end.result.picture), job, 0, 0)))

    def _begin(self, settings: Settings, picture: Picture, crop: Crop | None) -> Job:
        region = region_of(picture.height, picture.width, crop, MOST_PX)
        job = replace(settings, seconds=self.seconds, steps=None).job(picture, region)
        # The time is used up: ending sooner would show less than was promised.
        self._job = job = replace(job, least_gain_db=0.0)
        self._comparison.look_at_input()
        self._crop_tool.setChecked(False)
        self._messages.dismiss()
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
                    layer = part_on_input(eight_bits(event.pixels), job, event.top, event.left)
                    self._show_frame(Shown(title, layer))
                case Notice():
                    self._messages.show_notice(notice_text(event, tr))
