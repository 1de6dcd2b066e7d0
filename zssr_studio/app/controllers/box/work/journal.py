"""What the journal in the folder of the results says of the pictures of a box, whoever writes it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from zssr_studio.app.controllers.window.tasks import Turns
from zssr_studio.app.models.box.state import PictureState

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.box.box import BoxModel
    from zssr_studio.app.models.box.order import Batches
    from zssr_studio.app.models.run.settings import Settings, SettingsModel

# How often it is asked whether another program wrote the journal. Chosen.
ASK_MS = 2000


class BoxMemoryController(QObject):
    """Journal to model.

    Signals
    -------
    recalled()
        The journal was read, if there is one.
    """

    recalled = Signal()

    def __init__(self, box: BoxModel, settings: SettingsModel, batches: Callable[[], Batches], tasks: Tasks) -> None:
        super().__init__()
        self._box, self._settings, self._batches, self._tasks = box, settings, batches, tasks
        self._recalls = Turns()
        self._names: tuple[object, ...] = ()
        self._stamp: tuple[float, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(ASK_MS)
        self._timer.timeout.connect(self._ask)
        box.reset.connect(self._on_box)
        box.plan_changed.connect(self.recall)
        settings.changed.connect(self._on_settings)

    @Slot()
    def recall(self) -> None:
        """Read the journal."""
        self.recall_for(self._settings.value)

    @Slot(object)
    def recall_for(self, settings: Settings) -> None:
        """Read the journal of results that are made with settings, which their names tell."""
        if self._box.is_open:
            self._tasks.start(self._recall(settings))

    @Slot()
    def end(self) -> None:
        """Ask no more."""
        self._timer.stop()

    @Slot()
    def _on_box(self) -> None:
        self._stamp = ()
        if self._box.is_open:
            self._timer.start()
        else:
            self._timer.stop()

    @Slot()
    def _on_settings(self) -> None:
        # The names of results say the scale.
        if (self._settings.value.scale,) != self._names and not self._box.is_working:
            self.recall()

    @Slot()
    def _ask(self) -> None:
        plan = self._box.plan
        if plan is not None and not self._box.is_working and self._batches().stamp(plan.folder) != self._stamp:
            self.recall()

    async def _recall(self, settings: Settings) -> None:
        """Read the journal in the background; what was read before what is shown by now is stale."""
        plan = self._box.plan
        if plan is None:
            return
        recall = self._recalls.begin()
        self._names = (settings.scale,)
        self._stamp = self._batches().stamp(plan.folder)
        asked = self._box.pictures
        found = await asyncio.to_thread(self._batches().recalled, asked, plan, settings)
        if not recall.answers():
            return
        for before, (path, values) in zip(asked, found, strict=True):
            place = self._box.place_of(path)
            now = None if place is None else self._box.get(place)
            # What the batch of this window said of it meanwhile is newer, and it knows the share of what is in hand.
            # What was seen in the picture meanwhile is nothing of the journal's.
            if place is None or now is None or any(getattr(now, name) != getattr(before, name) for name in values):
                continue
            is_in_hand = values["state"] is PictureState.WORKING and now.state is PictureState.WORKING
            if not is_in_hand and any(getattr(now, name) != value for name, value in values.items()):
                self._box.change(place, **values)
        self.recalled.emit()
