"""Nothing is lost without a question: a run that is going on, and a result that is in no file yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.app.controllers.ask import may_discard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.models.run import RunModel


class Guard:
    """Asks before something is lost."""

    def __init__(self, run: RunModel, parent: QWidget) -> None:
        self._run, self._parent = run, parent
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
        if self._run.is_running:
            return "A run is going on.", "It ends, and what it has learned so far is lost. Stop keeps the best so far."
        if self._run.has_unexported_result:
            return "The enlarged picture is in no file yet.", "It is lost unless you export it first."
        return None
