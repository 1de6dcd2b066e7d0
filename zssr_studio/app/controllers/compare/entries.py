"""Brings the picture that is opened, and each run that finishes, into the list of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.language import tr
from zssr_studio.app.models.run.run import RunState

if TYPE_CHECKING:
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.run import RunModel


class EntriesController(QObject):
    """Document and run to list."""

    def __init__(
        self, document: DocumentModel, run: RunModel, results: ResultsModel, comparison: ComparisonModel
    ) -> None:
        super().__init__()
        self._document, self._run, self._results, self._comparison = document, run, results, comparison
        document.picture_changed.connect(self._on_picture)
        run.state_changed.connect(self._on_run)

    @Slot()
    def _on_picture(self) -> None:
        picture, path = self._document.picture, self._document.path
        if picture is not None and path is not None:
            self._comparison.begin(self._results.begin(picture, tr("Input")).key)

    @Slot()
    def _on_run(self) -> None:
        job, result = self._run.job, self._run.result
        if self._run.state is RunState.FINISHED and job is not None and result is not None:
            self._results.add_run(job, result, self._run.gain_db, self._run.history)
