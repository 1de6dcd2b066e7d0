"""Work in the background, and what happens by default when it fails: it is shown."""

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
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_busy(self) -> bool:
        """Whether anything is being done."""
        return bool(self._tasks)

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Begin a piece of work, which may be cancelled; its failure is shown."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._on_done)
        return task

    async def finish(self) -> None:
        """Wait until all that was begun is done, and what that began in turn, as before leaving."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _on_done(self, task: asyncio.Task[None]) -> None:
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
