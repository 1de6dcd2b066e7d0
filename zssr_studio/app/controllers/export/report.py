"""Writes the report on the run that is shown."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.window.ask import pick_target
from zssr_studio.app.language import marked, tr
from zssr_studio.errors import BadInputError
from zssr_studio.evidence.record import Told, run_record
from zssr_studio.imaging.metadata.derivation import file_sha256
from zssr_studio.imaging.saving.atomic import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.entry import Entry, Finished
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.files.source_file import SourceFile
    from zssr_studio.app.views.window.message_bar import MessageBar
    from zssr_studio.evidence.report.page import Report
    from zssr_studio.record.plain import Plain

FORMATS = {marked("Page for archives (*.pdf)"): ".pdf", marked("Page for a browser (*.html)"): ".html"}


class ReportController(QObject):
    """Asks for a place, and writes the report there."""

    def __init__(
        self,
        document: DocumentModel,
        results: ResultsModel,
        action: QAction,
        messages: MessageBar,
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._results = document, results
        self._messages, self._parent, self._tasks = messages, parent, tasks
        action.triggered.connect(self.on_report)

    @Slot()
    def on_report(self) -> None:
        """Report on the run that is exported."""
        self._tasks.start(self._write())

    async def _write(self) -> None:
        entry, source = self._results.current_run, self._document.source
        if entry is None or entry.finished is None or source is None:
            return
        if entry.finished.made_by is not None:
            raise BadInputError(
                tr("{name} was made by another method, which leaves no record. Choose a run.", name=entry.name)
            )
        kinds = {tr(name): suffix for name, suffix in FORMATS.items()}
        proposed = source.path.with_name(f"{source.path.stem}_report.pdf")
        target = await pick_target(self._parent, tr("Save the report"), proposed, kinds)
        if target is None:
            return
        await write_report(entry, entry.finished, source, target)
        self._messages.show_notice(tr("Saved {name} in {parent}.", name=target.name, parent=target.parent))


async def write_report(entry: Entry, finished: Finished, source: SourceFile, target: Path) -> None:
    """Write the report on a run; its pictures are made off the window's thread.

    Raises
    ------
    BadInputError, FailureError
        With a sentence for a person.
    """
    from zssr_studio.app.controllers.export.report_pdf import pdf_of

    if target.suffix.lower() not in FORMATS.values():
        raise BadInputError(tr("{name} is neither .pdf nor .html. Give one of the two.", name=target.name))
    if target.exists() and source.path.exists() and target.samefile(source.path):
        raise BadInputError(
            tr("{name} is the source, which is never overwritten. Give another name.", name=target.name)
        )
    report = await asyncio.to_thread(_report, entry, finished, source.facts)
    content = pdf_of(report, tr, report.name) if target.suffix.lower() == ".pdf" else report.html(tr).encode()
    await asyncio.to_thread(write_atomically, target, lambda file: file.write(content), overwrite=True)


def _report(entry: Entry, finished: Finished, facts: Plain) -> Report:
    # torch takes seconds to load, and the window shows before that.
    from zssr_studio.evidence.report.making import report_of

    return report_of(
        finished.job,
        run_record(finished.job, finished.outcome, Told(facts, losses=finished.history.losses)),
        entry.picture,
        finished.maps,
        entry.name,
        file_sha256=None if entry.path is None or not entry.path.is_file() else file_sha256(entry.path),
    )
