"""Starts, pauses and ends the work on a box, and carries its events to the model."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from zssr_studio.app.controllers.box.work.background import BackgroundEvents
from zssr_studio.app.models.box.box import BoxState
from zssr_studio.app.models.box.order import BoxOrder, Wishes
from zssr_studio.app.models.box.state import PictureState
from zssr_studio.batch.events import Begun, Ended, Failed, Finished, Planned, Progressed, WorkerLost
from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtGui import QAction

    from zssr_studio.app.models.box.box import BoxModel
    from zssr_studio.app.models.box.order import Batches
    from zssr_studio.app.models.run.settings import Settings, SettingsModel
    from zssr_studio.app.views.window.message_bar import MessageBar
    from zssr_studio.evidence.signing import Signature

NAMES = ("box_start", "box_pause", "box_after", "box_stop")


class BoxWorkController(QObject):
    """Actions to batch, and its events to model.

    Parameters
    ----------
    batches : callable
        Returns the room of batches.
    signature : callable
        Returns with what results are signed, or None.

    Attributes
    ----------
    workers : int
        How many pictures are done at once.

    Signals
    -------
    planned(Settings)
        The journal knows what is to be done, and what is done already.
    over(Ended)
        All that was to be done is done, failed or left.
    """

    planned = Signal(object)
    over = Signal(object)

    def __init__(
        self,
        box: BoxModel,
        settings: SettingsModel,
        batches: Callable[[], Batches],
        signature: Callable[[], Signature | None],
        actions: Mapping[str, QAction],
        messages: MessageBar,
    ) -> None:
        super().__init__()
        self._box, self._settings, self._batches, self._messages = box, settings, batches, messages
        self._signature = signature
        self._start_action, self._pause_action, self._after_action, self._stop_action = (actions[n] for n in NAMES)
        self._work, self._wishes = BackgroundEvents(), Wishes()
        self._paths: dict[str, Path] = {}  # of the pictures, by the names of their results
        self._ended: Ended | None = None
        # The settings that it works with, whatever is set since.
        self._given: Settings | None = None
        self.workers = 1
        self._work.came.connect(self._on_came)
        self._work.ended.connect(self._on_ended)
        self._start_action.triggered.connect(self.on_start)
        self._pause_action.toggled.connect(self.on_pause)
        self._after_action.toggled.connect(self.on_after)
        self._stop_action.triggered.connect(self.on_stop)
        for signal in (box.reset, box.state_changed, box.changed):
            signal.connect(self._show)
        self._show()

    @Slot()
    def on_start(self) -> None:
        """Enlarge all that is ticked; what is done already with the same settings is passed over."""
        box, plan = self._box, self._box.plan
        if plan is None or box.is_working:
            return
        ticked = [one for one in box.pictures if one.is_ticked]
        order = BoxOrder(ticked, plan, self._settings.value, self._signature())
        try:
            outputs = self._batches().outputs(ticked, plan, order.settings)
        except BadInputError as error:
            self._messages.show_error(str(error))
            return
        self._paths = {output: one.path for output, one in zip(outputs, ticked, strict=True)}
        self._wishes, self._ended = Wishes(), None
        wishes, self._given = self._wishes, order.settings
        box.set_state(BoxState.WORKING)
        self._work.start(partial(self._batches().events, order, wishes))

    @Slot(bool)
    def on_pause(self, paused: bool) -> None:
        """Let all stand still, or go on."""
        if self._box.state in (BoxState.WORKING, BoxState.PAUSED):
            self._wishes.is_paused = paused
            self._box.set_state(BoxState.PAUSED if paused else BoxState.WORKING)

    @Slot(bool)
    def on_after(self, wanted: bool) -> None:
        """Begin no more pictures, and go on with those in hand even if all stood still."""
        if wanted and self._box.is_working and self._box.state is not BoxState.STOPPING:
            self._wishes.is_paused, self._wishes.ends_after_these = False, True
            self._box.set_state(BoxState.ENDING)

    @Slot()
    def on_stop(self) -> None:
        """End at once."""
        if self._box.is_working:
            self._box.set_state(BoxState.STOPPING)
            self._work.stop()

    async def end(self) -> None:
        """End at once, and wait until no worker is there any more."""
        self.on_stop()
        await self._work.wait()

    @Slot(object)
    def _on_came(self, events: list[object]) -> None:
        for event in events:
            self._take(event)

    def _take(self, event: object) -> None:
        """Note what an event says; those of pictures carry the name of the result."""
        box = self._box
        if isinstance(event, Planned):
            self.workers = event.workers
            self.planned.emit(self._given)
            return
        if isinstance(event, Ended):
            self._ended = event
            return
        place = box.place_of(self._paths.get(str(getattr(event, "output", ""))))
        if place is None:
            return
        match event:
            case Begun():
                # It is read anew, whatever a look at it came to.
                box.change(place, is_unreadable=False, sentence="", result=None)
                box.change(place, state=PictureState.WORKING, share=0.0, left_s=None)
            case Progressed():
                box.change(place, share=event.share, left_s=event.left_s)
            case Finished():
                result = None if box.plan is None else box.plan.folder / event.output
                box.change(place, state=PictureState.DONE, share=1.0, left_s=None, seconds=event.seconds, result=result)
            case Failed():
                box.change(place, state=PictureState.FAILED, left_s=None, sentence=event.sentence)
            case WorkerLost():
                box.change(place, state=PictureState.WAITING, share=0.0, left_s=None)

    @Slot(object)
    def _on_ended(self, sentence: str) -> None:
        for place, one in enumerate(self._box.pictures):
            if one.state is PictureState.WORKING:
                self._box.change(place, state=PictureState.WAITING, share=0.0, left_s=None)
        self._box.set_state(BoxState.IDLE)
        if sentence:
            self._messages.show_error(sentence)
        elif self._ended is not None:
            self.over.emit(self._ended)

    @Slot()
    def _show(self) -> None:
        """Let a person ask for what can be done now."""
        state, is_open = self._box.state, self._box.is_open
        is_going = state in (BoxState.WORKING, BoxState.PAUSED)
        self._start_action.setEnabled(is_open and not self._box.is_working and self._box.wanted > 0)
        self._pause_action.setEnabled(is_going)
        self._pause_action.setChecked(state is BoxState.PAUSED)
        self._after_action.setEnabled(is_going)
        self._after_action.setChecked(state is BoxState.ENDING)
        self._stop_action.setEnabled(self._box.is_working and state is not BoxState.STOPPING)
