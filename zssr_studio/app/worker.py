"""Training, and other long work, on threads of their own. The only file of the window that knows threads."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from zssr_studio.app.language import tr
from zssr_studio.engine.events import Preview, Reason
from zssr_studio.errors import StudioError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from zssr_studio.engine.events import Event
    from zssr_studio.job import Job, Result

    Asked = Callable[[], bool]
    Upscale = Callable[[Job, Asked, Asked], Generator[Event, None, Result]]


# The lowest of the system's priorities.
_GENTLE = 19
# How often the window fetches what happened. Chosen.
MAILBOX_INTERVAL_MS = 50


class Ending(StrEnum):
    """How a run ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, eq=False)
class RunEnded:
    """The one end of a run: a result for completed and stopped, a sentence for failed."""

    ending: Ending
    result: Result | None = None
    message: str = ""


class Mailbox:
    """Carries events to the window: all but the previews, of which only the newest is kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._events: list[object] = []
        self._preview: Preview | None = None

    def put(self, event: object) -> None:
        """Leave an event (worker's thread)."""
        with self._lock:
            if isinstance(event, Preview):
                self._preview = event
            else:
                self._events.append(event)

    def take(self) -> list[object]:
        """Fetch what came since the last time (window's thread)."""
        with self._lock:
            events, preview = self._events, self._preview
            self._events, self._preview = [], None
        return events if preview is None else [*events, preview]


def _pipeline(job: Job, stop: Asked, hurry: Asked) -> Generator[Event, None, Result]:
    # torch takes seconds to load, and the window shows before that.
    from zssr_studio.engine.runtime.threads import take_all
    from zssr_studio.pipeline import upscale

    take_all()
    return upscale(job, stop, hurry)


class TrainingThread(QThread):
    """Does one job. Pause, stop and cancel take effect between two events.

    Signals
    -------
    ended(RunEnded)
        Emitted exactly once.
    """

    ended = Signal(object)

    def __init__(self, job: Job, upscale: Upscale = _pipeline) -> None:
        super().__init__()
        self.mailbox = Mailbox()
        self._job = job
        self._upscale = upscale
        self._condition = threading.Condition()
        self._paused = self._stopped = self._hurried = self._cancelled = False

    def run(self) -> None:
        """Do the job; called by Qt on the new thread."""
        self.ended.emit(self._outcome())

    def set_paused(self, paused: bool) -> None:
        """Halt before the next step, or go on."""
        with self._condition:
            self._paused = paused
            self._condition.notify_all()

    def stop(self) -> None:
        """End training soon and keep the best so far."""
        with self._condition:
            self._stopped, self._paused = True, False
            self._condition.notify_all()

    def hurry(self) -> None:
        """Leave out what the enlargement can do without."""
        with self._condition:
            self._hurried, self._paused = True, False
            self._condition.notify_all()

    def cancel(self) -> None:
        """End soon and discard everything."""
        with self._condition:
            self._cancelled, self._paused = True, False
            self._condition.notify_all()

    def _outcome(self) -> RunEnded:
        try:
            return self._advance()
        except StudioError as error:
            return RunEnded(Ending.FAILED, message=str(error))
        except Exception as error:  # noqa: BLE001  # the boundary: whatever it was, the run ends and the window says so
            text = tr(
                "The run failed unexpectedly ({kind}: {error}). The picture is untouched; try again.",
                kind=type(error).__name__,
                error=error,
            )
            return RunEnded(Ending.FAILED, message=text)

    def _advance(self) -> RunEnded:
        run = self._upscale(self._job, lambda: self._stopped, lambda: self._hurried)
        while True:
            with self._condition:
                # What was cancelled may have been paused since, while its last event came.
                self._condition.wait_for(lambda: self._cancelled or not self._paused)
            if self._cancelled:
                run.close()
                return RunEnded(Ending.CANCELLED)
            try:
                self.mailbox.put(next(run))
            except StopIteration as end:
                result: Result = end.value
                stopped = result.outcome.reason is Reason.STOPPED
                return RunEnded(Ending.STOPPED if stopped else Ending.COMPLETED, result)


class EventsThread(QThread):
    """Goes through events that somebody makes, such as those of a batch, until they end or it is stopped.

    Parameters
    ----------
    events : callable
        Makes the events, on the new thread; an iterator that is closed before its end lets go of all that it holds.
    is_gentle : bool
        Whether everything else goes first.

    Signals
    -------
    ended(str)
        Emitted exactly once, with a sentence where it failed.
    """

    ended = Signal(object)

    def __init__(self, events: Callable[[], Generator[object]], *, is_gentle: bool = False) -> None:
        super().__init__()
        self.mailbox = Mailbox()
        self._events, self._is_gentle = events, is_gentle
        self._stopped = False

    def run(self) -> None:
        """Make the events; called by Qt on the new thread."""
        self.ended.emit(self._sentence())

    def stop(self) -> None:
        """End behind the event that is being made."""
        self._stopped = True

    def _sentence(self) -> str:
        if self._is_gentle and sys.platform == "linux":
            # Qt's priorities do nothing there; the system takes a thread's number for a process's.
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _GENTLE)
        elif self._is_gentle:
            self.setPriority(QThread.Priority.LowestPriority)
        try:
            self._advance()
        except StudioError as error:
            return str(error)
        except Exception as error:  # noqa: BLE001  # the boundary: whatever it was, the work ends and the window says so
            return tr(
                "That failed unexpectedly ({kind}: {error}). What was done so far is kept; try again.",
                kind=type(error).__name__,
                error=error,
            )
        return ""

    def _advance(self) -> None:
        events = self._events()
        try:
            while not self._stopped and (event := next(events, None)) is not None:
                self.mailbox.put(event)
        finally:
            events.close()


class Background(QObject):
    """Fetches what a thread leaves in its mailbox at an interval, and says when it is over: the window waits for none.

    Signals
    -------
    came(list)
        What happened since the last time.
    ended(object)
        It is over, as the thread said; all that happened has come, and the thread is gone.
    """

    came = Signal(object)
    ended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._thread: TrainingThread | EventsThread | None = None
        self._idle = asyncio.Event()
        self._idle.set()
        self._timer = QTimer(self)
        self._timer.setInterval(MAILBOX_INTERVAL_MS)
        self._timer.timeout.connect(self._fetch)

    @property
    def is_running(self) -> bool:
        """Whether something is being done."""
        return self._thread is not None

    def stop(self) -> None:
        """End soon; a job keeps the best so far."""
        if self._thread is not None:
            self._thread.stop()

    async def wait(self) -> None:
        """Wait until nothing is being done."""
        await self._idle.wait()

    def _begin(self, thread: TrainingThread | EventsThread) -> None:
        self._idle.clear()
        self._thread = thread
        thread.ended.connect(self._on_ended)
        thread.start()
        self._timer.start()

    @Slot()
    def _fetch(self) -> None:
        if self._thread is not None and (events := self._thread.mailbox.take()):
            self.came.emit(events)

    @Slot(object)
    def _on_ended(self, end: object) -> None:
        thread = self._thread
        if thread is None:
            return
        self._timer.stop()
        thread.wait()
        self._fetch()
        self._thread = None
        thread.deleteLater()
        self._idle.set()
        self.ended.emit(end)
