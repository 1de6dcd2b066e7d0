"""All that is done with a box, wired; one for the window."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from zssr_studio.app.controllers.box.forecasts import BoxForecastController
from zssr_studio.app.controllers.box.looking import BoxLookController
from zssr_studio.app.controllers.box.opening import BoxOpenController
from zssr_studio.app.controllers.box.plan import BoxPlanController
from zssr_studio.app.controllers.box.rows import box_text, counts_text
from zssr_studio.app.controllers.box.showing import BoxController
from zssr_studio.app.controllers.box.tiles import BoxTilesController
from zssr_studio.app.controllers.box.work.controller import BoxWorkController
from zssr_studio.app.controllers.box.work.journal import BoxMemoryController
from zssr_studio.app.language import tr
from zssr_studio.app.models.box.box import BoxModel
from zssr_studio.app.models.box.state import PictureState
from zssr_studio.app.views.window.message_bar import Offer
from zssr_studio.errors import FailureError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.actions import Actions
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.box.order import Batches
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.forecast import ForecastModel
    from zssr_studio.app.models.run.settings import SettingsModel
    from zssr_studio.app.views.box.views import BoxViews
    from zssr_studio.app.views.window.message_bar import MessageBar
    from zssr_studio.batch.events import Ended
    from zssr_studio.evidence.signing import Signature


class BoxRoom(QObject):
    """The box of the window.

    Attributes
    ----------
    model : BoxModel
    looking : BoxLookController
    work : BoxWorkController
    """

    def __init__(
        self,
        kept: QSettings,
        document: DocumentModel,
        settings: SettingsModel,
        results: ResultsModel,
        comparison: ComparisonModel,
        forecast: ForecastModel,
        batches: Callable[[], Batches],
        signature: Callable[[], Signature | None],
        open_and_wait: Callable[[Path], Awaitable[bool]],
        ask: Callable[[], Callable[[], bool]],
        views: BoxViews,
        messages: MessageBar,
        actions: Actions,
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self.model = box = BoxModel()
        self._views, self._batches = views, batches
        self._messages, self._actions, self._tasks = messages, actions, tasks
        self._opening = BoxOpenController(
            kept, document, box, results, comparison, open_and_wait, ask, actions["open_folder"], messages, parent,
            tasks,
        )  # fmt: skip
        self.work = BoxWorkController(box, settings, batches, signature, actions, messages)
        self._memory = BoxMemoryController(box, settings, batches, tasks)
        self.showing = BoxController(box, document, settings, views, messages, lambda: self.work.workers)
        self._plans = BoxPlanController(kept, box, settings, batches, views.page.fields, messages, parent, tasks)
        self._tiles = BoxTilesController(box, views.items, views.strip, tasks)
        self._forecasts = BoxForecastController(box, settings, forecast, tasks)
        self.looking = BoxLookController(box, settings, actions["box_look"], messages)
        self.showing.open_asked.connect(self._opening.open_place)
        self.showing.again_asked.connect(self.work.on_start)
        self.work.planned.connect(self._memory.recall_for)
        self.work.over.connect(self._on_over)
        actions["box_report"].triggered.connect(self.on_report)
        actions["box_folder"].triggered.connect(self.on_folder)
        actions["box_close"].triggered.connect(self.on_close)
        for signal in (box.reset, box.state_changed, box.plan_changed, self._memory.recalled):
            signal.connect(self._show_actions)
        self._show_actions()

    @Slot(list)
    def open(self, paths: list[Path]) -> None:
        """Open one file as a picture or a project; several, or a folder, become a box."""
        self._opening.open(paths)

    @Slot(list)
    def add(self, paths: list[Path]) -> None:
        """Add files, and the pictures of folders, to the box that is open."""
        self._opening.add(paths)

    @Slot()
    def leave(self) -> None:
        """Open nothing any more."""
        self._opening.end()

    @property
    def lost(self) -> list[str]:
        """Say what would begin again if the window closed now."""
        if not self.model.is_working:
            return []
        done = self.model.counts[PictureState.DONE]
        text = box_text(len(self.model.pictures), done)
        return [tr("{box}: those in hand begin again next time.", box=text)]

    async def end(self) -> None:
        """End all work on the box at once, as before leaving, and wait until no worker is there any more."""
        for part in (self._memory, self._tiles, self._forecasts):
            part.end()
        await self.work.end()
        await self.looking.end()
        self.showing.end()

    @Slot()
    def on_report(self) -> None:
        """Write the report and show it."""
        self._tasks.start(self._report())

    @Slot()
    def on_folder(self) -> None:
        """Show the folder of the results."""
        plan = self.model.plan
        if plan is not None:
            self.showing.reveal(plan.folder / "any")

    @Slot()
    def on_close(self) -> None:
        """Put the box away."""
        if not self.model.is_working:
            self.model.open((), None)

    async def _report(self) -> None:
        plan = self.model.plan
        if plan is None:
            return
        page = await asyncio.to_thread(self._batches().report, plan.folder)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(page))):
            raise FailureError(tr("{page} could not be shown. Open it in a browser.", page=page))

    @Slot(object)
    def _on_over(self, ended: Ended) -> None:
        """Say what became of the box, and offer to look at it."""
        counts = counts_text(self.model.counts)
        text = tr("The box is done: {counts}.", counts=counts)
        if ended.left:
            text = tr("The box was ended: {counts}. Start goes on with the others.", counts=counts)
        self._messages.show_notice(text, Offer(tr("Report"), self.on_report), Offer(tr("Show results"), self.on_folder))

    @Slot()
    def _show_actions(self) -> None:
        box = self.model
        has_results = box.plan is not None and bool(self._batches().stamp(box.plan.folder))
        self._actions["box_report"].setEnabled(has_results)
        self._actions["box_folder"].setEnabled(has_results)
        self._actions["box_close"].setEnabled(box.is_open and not box.is_working)
