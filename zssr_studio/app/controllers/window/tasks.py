"""Work in the background: its failure is shown, and of several answers on their way the right one counts."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from zssr_studio.app.language import tr
from zssr_studio.errors import StudioError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

_log = logging.getLogger(__name__)


class Tasks:
    """Starts coroutines on the window's loop.

    Parameters
    ----------
    show_error : callable
        Takes the sentence of a failure.
    """

    def __init__(self, show_error: Callable[[str], None]) -> None:
        self._show_error = show_error
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def is_busy(self) -> bool:
        """Whether anything is being done."""
        return bool(self._tasks)

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Begin a piece of work, which may be cancelled; its failure is shown, and what it returns is dropped."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._on_done)
        return task

    async def finish(self) -> None:
        """Wait until all that was begun is done, and what that began in turn, as before leaving."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if isinstance(error, StudioError):
            self._show_error(str(error))
        elif error is not None:
            _log.error("background work failed", exc_info=error)
            self._show_error(
                tr(
                    "That failed unexpectedly ({kind}: {error}). Nothing was changed.",
                    kind=type(error).__name__,
                    error=error,
                )
            )


class Turns:
    """Counts what is asked for in the background."""

    def __init__(self) -> None:
        self.begun = self.answered = 0

    def begin(self) -> Turn:
        """Ask for something."""
        self.begun += 1
        return Turn(self)


class Turn:
    """Something that was asked for; things may be asked for later, and answered sooner."""

    def __init__(self, turns: Turns) -> None:
        self._turns, self._number = turns, turns.begun

    def is_last(self) -> bool:
        """Whether nothing was asked for since."""
        return self._number == self._turns.begun

    def answers(self) -> bool:
        """Take this for answered, and tell whether nothing that was asked for later is answered yet.

        For what is asked again and again: an answer counts though another one was asked for already.
        """
        if self._number < self._turns.answered:
            return False
        self._turns.answered = self._number
        return True
