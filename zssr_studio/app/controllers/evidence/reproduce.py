"""Does a run of the list, or of a file, again and says whether the pixels are equal."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.language import tr
from zssr_studio.app.models.run.run import RunState
from zssr_studio.engine.events import Reason
from zssr_studio.errors import BadInputError
from zssr_studio.evidence.record import Told, run_record
from zssr_studio.evidence.reproduce import is_reproduced, reasons_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QAction

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.entry import Finished
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.views.window.message_bar import MessageBar
    from zssr_studio.engine.weights import Weights
    from zssr_studio.job import Job, Outcome
    from zssr_studio.record.plain import Plain


class ReproduceController(QObject):
    """Lets what is selected be done again, and compares when its run is over.

    Attributes
    ----------
    told : str
        What was said of the last one; empty while it is not done.
    """

    def __init__(
        self,
        document: DocumentModel,
        results: ResultsModel,
        comparison: ComparisonModel,
        run: RunModel,
        enqueue: Callable[[Job], None],
        action: QAction,
        messages: MessageBar,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._results, self._comparison, self._run = document, results, comparison, run
        self._enqueue, self._action, self._messages, self._tasks = enqueue, action, messages, tasks
        self._waiting: list[tuple[Job, Plain]] = []
        self.told = ""
        action.triggered.connect(self.on_reproduce)
        document.picture_changed.connect(self._show)
        run.state_changed.connect(self._on_run)
        self._show()

    @Slot()
    def on_reproduce(self) -> None:
        """Do the selected run again, or that of the selected file or of the open one."""
        selected = self._comparison.value.selected
        entry = None if selected is None else self._results.get(selected)
        if entry is not None and entry.finished is not None:
            self._tasks.start(self._again(entry.finished))
        elif entry is not None and entry.path is not None:
            self.start(entry.path)
        elif self._document.path is not None:
            self.start(self._document.path)

    def start(self, path: Path) -> None:
        """Do the run again that a file is of; the open picture has to be its source."""
        self._tasks.start(self._from_file(path))

    @Slot()
    def _show(self) -> None:
        self._action.setEnabled(self._document.picture is not None)
        # What waits belongs to the picture that was open.
        self._waiting.clear()

    async def _from_file(self, path: Path) -> None:
        # What reads a file's metadata takes a moment to load, and the window shows before that.
        from zssr_studio.evidence.record_files import read_record

        found = await asyncio.to_thread(read_record, path)
        await self._begin(found.record, None)

    async def _again(self, finished: Finished) -> None:
        job, outcome = finished.job, finished.outcome
        if finished.made_by is not None or outcome.pixels_sha256 is None:
            raise BadInputError(
                tr("Only runs of this version of the program can be done again. This one holds no record of its run.")
            )
        record = await asyncio.to_thread(run_record, job, outcome, Told())
        await self._begin(record, job.init)

    async def _begin(self, record: Plain, init: Weights | None) -> None:
        from zssr_studio.evidence.recorded_job import job_of

        picture = self._document.picture
        if picture is None:
            return
        job = await asyncio.to_thread(job_of, record, picture, init)
        if picture is not self._document.picture:
            return
        self.told = ""
        self._waiting.append((job, record))
        self._enqueue(job)

    @Slot()
    def _on_run(self) -> None:
        """Compare when a run that was asked for is over."""
        if self._run.state is not RunState.FINISHED or self._run.result is None:
            return
        for job, record in [one for one in self._waiting if one[0] is self._run.job]:
            self._waiting.remove((job, record))
            if is_reproduced(record, self._run.result.outcome):
                self.told = tr("Pixels equal: the run gives the same result again, to the last bit.")
            elif _was_cut_short(record, self._run.result.outcome):
                self.told = tr(
                    "The run was stopped before it was as far as that of the record, so nothing can be said of the "
                    "pixels. Let it come to its end."
                )
            else:
                why = "; ".join(reasons_of(record)) or tr("the machine computes another way")
                self.told = tr("The pixels differ from those of the record. It may be because {why}.", why=why)
            self._messages.show_notice(self.told)


def _was_cut_short(record: Plain, outcome: Outcome) -> bool:
    """Tell whether a person stopped a run, in its training or its enlargement, before it was done again."""
    then = record["run"]
    is_as_far = (outcome.steps, outcome.passes_share) == (then.get("steps"), then.get("passes_share"))
    return outcome.reason is Reason.STOPPED and not is_as_far
