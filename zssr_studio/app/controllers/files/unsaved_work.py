"""Nothing is lost without a question: a run that is going on, what waits, and results that are in no file yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.app.controllers.export.result_files import write_all
from zssr_studio.app.controllers.window.ask import choose, pick_folder, tell
from zssr_studio.app.language import tr

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.files.work import Work
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.queue import QueueModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.evidence.signing import Signature

EXPORT, SAVE, DISCARD = "export", "save", "discard"
MOST_NAMED = 6


class UnsavedWorkGuard:
    """Asks before something is lost, and offers to keep it.

    Parameters
    ----------
    save_project : callable
        Asks for a place and writes all of the work there; tells whether it is written.
    in_hand : callable
        Says what else is being worked on, which ends only with the window.
    signature : callable
        Returns with what exports are signed, or None.
    """

    def __init__(
        self,
        document: DocumentModel,
        run: RunModel,
        queue: QueueModel,
        results: ResultsModel,
        work: Work,
        save_project: Callable[[], Awaitable[bool]],
        in_hand: Callable[[], list[str]],
        signature: Callable[[], Signature | None],
        parent: QWidget,
    ) -> None:
        self._document, self._run, self._queue, self._results = document, run, queue, results
        self._work, self._save_project, self._parent = work, save_project, parent
        self._in_hand, self._signature, self._leaves = in_hand, signature, False
        self._asking = self._is_over = False

    def end(self) -> None:
        """Allow nothing any more, as once the window is left."""
        self._is_over = True

    async def allows_to_leave(self) -> bool:
        """Tell whether the window may close, which ends all that is being worked on.

        Raises
        ------
        StudioError
            As `allows` does.
        """
        if self._asking:
            return not (self._lost() or self._in_hand())
        self._leaves = True
        try:
            return await self.allows(tr("Leave"))
        finally:
            self._leaves = False

    async def allows(self, what: str) -> bool:
        """Tell whether what is asked for, such as `Open another picture`, may go on.

        While one question stands open, nothing else is allowed.

        Raises
        ------
        StudioError
            If what was to be kept cannot be written; nothing is lost by that.
        """
        if self._is_over:
            return False
        if self._asking:
            return not self._lost()
        self._asking = True
        try:
            return await self._settled(what)
        finally:
            self._asking = False

    async def _settled(self, what: str) -> bool:
        """Ask until nothing is lost that a person did not hear of."""
        told: list[str] = []
        while (lost := self._lost()) and lost != told:
            if lost == self._ended_by_leaving():
                return await self._allows_to_end(lost)
            results = self._results.unexported
            ways = {EXPORT: tr("Export all…")} if results else {}
            text = tr("{what}? There is work that is in no file yet.", what=what)
            way = await choose(self._parent, text, self._said(lost), {**ways, SAVE: tr("Save project…")}, tr("Discard"))
            match way:
                case "discard":
                    return True
                case "save":
                    return await self._save_project()
                case "export":
                    if not await self._export_all():
                        return False
                case _:
                    return False
            # The run and what waits end, as was said; a result that came meanwhile was not spoken of.
            told = self._lost() if not self._results.unexported else []
        return True

    def _ended_by_leaving(self) -> list[str]:
        return self._in_hand() if self._leaves else []

    async def _allows_to_end(self, in_hand: list[str]) -> bool:
        """Ask where nothing is lost, and only what is being worked on ends with the window."""
        lines = "\n".join(f"• {line}" for line in in_hand)
        text = tr("Leave? There is work that goes on.")
        return await choose(self._parent, text, lines, {}, tr("Leave")) == DISCARD

    def _lost(self) -> list[str]:
        """Say each kind of what would be lost; nothing where a project file holds it all."""
        return [*([] if self._work.is_kept else self._unkept()), *self._ended_by_leaving()]

    def _unkept(self) -> list[str]:
        lost = []
        names = [entry.name for entry in self._results.entries if entry.is_unexported]
        if len(names) > MOST_NAMED:
            lost.append(tr("{count} results in no file.", count=len(names)))
        elif names:
            lost.append(tr("Results in no file: {names}.", names=", ".join(names)))
        if self._run.is_running and self._run.made_by is None:
            lost.append(tr("A run that is going on, with what it has learned so far."))
        waiting = sum(one.method is None for one in self._queue.waiting)
        if waiting == 1:
            lost.append(tr("1 run that waits in the queue."))
        elif waiting:
            lost.append(tr("{waiting} runs that wait in the queue.", waiting=waiting))
        going = self._run.made_by is not None and self._run.is_running
        if going or waiting < len(self._queue.waiting):
            lost.append(tr("A comparison with other methods that is going on; a project does not keep it."))
        return lost

    def _said(self, lost: list[str]) -> str:
        lines = "\n".join(f"• {line}" for line in lost)
        how = tr("Save project keeps all of it in one file, to go on from there.")
        if self._results.unexported:
            how = tr("Export all writes each result into a folder.") + " " + how
        if self._results.unexported and self._run.is_running:
            how += " " + tr("With Export all the run ends.")
        return f"{lines}\n\n{how}"

    async def _export_all(self) -> bool:
        """Ask for a folder and write all results there that are in no file."""
        source = self._document.source
        if source is None:
            return False
        folder = await pick_folder(self._parent, tr("Export all results to a folder"), source.path.parent)
        if folder is None:
            return False
        unexported = [one for one in self._results.entries if one.is_unexported]
        notes = await write_all(unexported, self._results, source, folder, self._signature())
        if notes:
            await tell(self._parent, tr("All results are in {folder}.", folder=folder.name), "\n".join(notes))
        return True
