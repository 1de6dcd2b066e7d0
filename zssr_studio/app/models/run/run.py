"""A run as the window knows it: its state, its curves, its newest preview, its result."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zssr_studio.app.language import tr
from zssr_studio.app.models.run.history import History
from zssr_studio.engine.checkpoint import Checkpoint
from zssr_studio.engine.clock import Clock
from zssr_studio.engine.events import Enlarging, Notice, Preview, Reconstruction, StageStarted, Started, Step
from zssr_studio.words.notices import PASSING, notice_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.app.models.run.made_by import MadeBy
    from zssr_studio.engine.events import Event
    from zssr_studio.job import Job, Result


class RunState(StrEnum):
    """Where a run stands.

    idle -> training -> enlarging -> finished; training and enlarging <-> paused; any -> failed or idle (discarded).
    """

    IDLE = "idle"
    TRAINING = "training"
    PAUSED = "paused"
    ENLARGING = "enlarging"
    FINISHED = "finished"
    FAILED = "failed"


# Below this an error is rounding.
LEAST_RMSE = 1e-6
RUNNING = frozenset({RunState.TRAINING, RunState.PAUSED, RunState.ENLARGING})


class RunModel(QObject):
    """Follows one run after the other.

    Attributes
    ----------
    clock : Clock
        How much of the run is done, training and enlarging together, and how long it takes yet.
    made_by : MadeBy or None
        The method at work, where it is another one's.
    is_enlarging, is_hurried : bool
        Whether training is over, and whether the rest of the enlargement is made in one pass.

    Signals
    -------
    state_changed()
    begun()
        A run began that was asked for just now. One that has waited for its turn begins without it, as a person may
        look at something else by then.
    progressed()
        Steps, curves or texts changed.
    previewed()
        `preview` is new.
    noticed(str)
        Something that a person should know.
    passed(str)
        Something that was told holds no longer, since the run is over.
    checkpointed()
        `checkpoint` is new.
    """

    state_changed = Signal()
    begun = Signal()
    progressed = Signal()
    previewed = Signal()
    noticed = Signal(str)
    passed = Signal(str)
    checkpointed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.state = RunState.IDLE
        self.job: Job | None = None
        self.made_by: MadeBy | None = None
        self.result: Result | None = None
        self.started: Started | None = None
        self.stage: StageStarted | None = None
        self.step: Step | None = None
        self.reconstruction: Reconstruction | None = None
        self.preview: Preview | None = None
        self.checkpoint: Checkpoint | None = None
        self.history = History()
        self._passing: list[str] = []
        self._forget()

    @property
    def is_running(self) -> bool:
        """Whether a run is being done."""
        return self.state in RUNNING

    def begin(
        self, job: Job, *, queued: bool = False, history: History | None = None, made_by: MadeBy | None = None
    ) -> None:
        """Start to follow a job.

        Parameters
        ----------
        job : Job
        queued : bool
            Whether it has waited for its turn.
        history : History, optional
            What there is already of a run that goes on where it was cut off.
        made_by : MadeBy, optional
            The method that does it, where it is another one's; it only enlarges.
        """
        self.job, self.result, self.made_by = job, None, made_by
        self._forget()
        self.checkpoint = job.checkpoint
        self.history = history or self.history
        self.is_enlarging = made_by is not None
        self._enter(RunState.ENLARGING if self.is_enlarging else RunState.TRAINING)
        if not queued:
            self.begun.emit()
        self.progressed.emit()

    def reset(self) -> None:
        """Forget the run, as when another picture is opened or a run was discarded."""
        self.job, self.result, self.made_by = None, None, None
        self._forget()
        self._enter(RunState.IDLE)
        self.progressed.emit()

    def set_paused(self, paused: bool) -> None:
        """Show the run as paused or going on."""
        if self.is_running:
            going = RunState.ENLARGING if self.is_enlarging else RunState.TRAINING
            self._enter(RunState.PAUSED if paused else going)

    def hurry(self) -> None:
        """Take note that what is left of the enlargement is to be made in one pass."""
        self.is_hurried = True
        self.state_changed.emit()

    def take(self, events: Sequence[Event]) -> None:
        """Take what happened since the last time, in order."""
        for event in events:
            self._take(event)
        if events:
            self.progressed.emit()

    def finish(self, result: Result) -> None:
        """End with a result."""
        self.result = result
        self._enter(RunState.FINISHED)

    @property
    def gain_db(self) -> float | None:
        """How much better the network rebuilt the picture at its best than at its first test; None before two tests."""
        errors = [max(error, LEAST_RMSE) for error in self.history.reconstructions.values]
        return 20 * math.log10(errors[0] / min(errors)) if len(errors) > 1 else None

    def fail(self) -> None:
        """End without a result; the reason is shown elsewhere."""
        self._enter(RunState.FAILED)

    def _take(self, event: Event) -> None:
        self.clock.take(event)
        if isinstance(event, Started) and self.started is not None:
            # A run that starts again, on another device, starts its curves again.
            self.history = History(self.job)
        self.history.take(event)
        match event:
            case Started():
                self.started = event
            case StageStarted():
                self.stage = event
            case Step():
                self.step = event
            case Reconstruction():
                self.reconstruction = event
            case Preview():
                self.preview = event
                self.previewed.emit()
            case Enlarging():
                # What is enlarged between two stages is a part of the training.
                if self.started is not None and event.stage + 1 == self.started.stages:
                    self.is_enlarging = True
                    if self.state is RunState.TRAINING:
                        self._enter(RunState.ENLARGING)
            case Checkpoint():
                self.checkpoint = event
                self.checkpointed.emit()
            case Notice():
                text = notice_text(event, tr)
                if event.kind in PASSING:
                    self._passing.append(text)
                self.noticed.emit(text)

    def _enter(self, state: RunState) -> None:
        if state not in RUNNING:
            for text in self._passing:
                self.passed.emit(text)
            self._passing = []
        if state is not self.state:
            self.state = state
            self.state_changed.emit()

    def _forget(self) -> None:
        self.started = None
        self.stage = None
        self.step = None
        self.preview = self.checkpoint = None
        self.clock = Clock()
        self.is_enlarging = self.is_hurried = False
        self.reconstruction = None
        self.history = History(self.job)
