"""Nothing is lost without a question: a run that is going on, and a result that is in no file yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.app.controllers.window.ask import may_discard
from zssr_studio.app.language import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.files.work import Work
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.run.queue import QueueModel
    from zssr_studio.app.models.run.run import RunModel


class UnsavedWorkGuard:
    """Asks before something is lost."""

    def __init__(self, run: RunModel, queue: QueueModel, results: ResultsModel, work: Work, parent: QWidget) -> None:
        self._run, self._queue, self._results, self._work, self._parent = run, queue, results, work, parent
        self._asking = False

    async def allows(self, what: str) -> bool:
        """Tell whether what is asked for, such as `Open another picture`, may go on.

        While one question stands open, nothing else is allowed.
        """
        question = self._question()
        if question is None:
            return True
        if self._asking:
            return False
        self._asking = True
        try:
            text, more = question
            return await may_discard(self._parent, text, more, what)
        finally:
            self._asking = False

    def _question(self) -> tuple[str, str] | None:
        if self._work.is_kept:
            return None
        if self._run.is_running:
            waiting = len(self._queue.waiting)
            what = tr("A run is going on.")
            if waiting:
                what = tr("A run is going on, and 1 waits.")
            if waiting > 1:
                what = tr("A run is going on, and {waiting} wait.", waiting=waiting)
            return what, tr("It ends, and what it has learned so far is lost. Stop keeps the best so far.")
        count = self._results.unexported
        if count == 1:
            return (
                tr("The enlarged picture is in no file yet."),
                tr("Export it or save the project; else it is lost."),
            )
        if count:
            return (
                tr("{count} results are in no file yet.", count=count),
                tr("Export them or save the project; else they are lost."),
            )
        return None
