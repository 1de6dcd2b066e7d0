"""The table of runs: what waits can be removed, and the settings of any run can be taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.run.run_rows import DONE, WAITING, job_of, rows_of
from zssr_studio.app.models.run.settings import settings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction

    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.queue import QueueModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.models.run.settings import SettingsModel
    from zssr_studio.app.views.run.run_panel import RunPanel
    from zssr_studio.job import Job


class RunsTableController(QObject):
    """Models to table, and back to the settings."""

    def __init__(
        self,
        document: DocumentModel,
        settings: SettingsModel,
        run: RunModel,
        queue: QueueModel,
        results: ResultsModel,
        panel: RunPanel,
        actions: Mapping[str, QAction],
        show: Callable[[int], None],
    ) -> None:
        super().__init__()
        self._document, self._settings, self._run = document, settings, run
        self._queue, self._results = queue, results
        self._panel, self._actions, self._show_entry = panel, actions, show
        self._is_showing = False
        run.state_changed.connect(self._show)
        queue.changed.connect(self._show)
        results.changed.connect(self._show)
        self._panel.runs.selected.connect(self._on_selected)
        self._panel.runs.remove_asked.connect(self._actions["remove_waiting"].trigger)
        self._actions["use_settings"].triggered.connect(self.on_use)
        self._actions["remove_waiting"].triggered.connect(self.on_remove)
        self._show()

    @property
    def job(self) -> Job | None:
        """The job of the line that is selected."""
        return job_of(self._panel.runs.current, self._run, self._queue, self._results)

    @Slot()
    def on_use(self) -> None:
        """Take the settings and the region of the selected run over."""
        if self.job is not None:
            self.use(self.job)

    @Slot(object)
    def use(self, job: Job) -> None:
        """Take the settings and the region of a job over; those for another picture mean nothing in this one."""
        if job.picture is self._document.picture:
            self._settings.set_value(settings_of(job))
            self._document.set_crop(job.crop)

    @Slot()
    def on_remove(self) -> None:
        """Let the selected run not have its turn."""
        match self._panel.runs.current:
            case (kind, int(number)) if kind == WAITING:
                self._queue.remove(number)

    @Slot()
    def _show(self) -> None:
        """Bring the table in line with the models; a run that is done is selected where it is looked at."""
        runs, current = self._panel.runs, self._results.current
        self._is_showing = True
        runs.set_rows(rows_of(self._run, self._queue, self._results))
        match runs.current:
            case (kind, int(number)) if kind == DONE and number != current:
                runs.go_to((DONE, current))
        self._is_showing = False
        self._panel.set_waiting(len(self._queue.waiting))
        self._show_actions()

    @Slot()
    def _on_selected(self) -> None:
        if self._is_showing:
            return
        match self._panel.runs.current:
            # What is exported and trained on is the run that is looked at.
            case (kind, int(number)) if kind == DONE:
                self._show_entry(number)
        self._show_actions()

    def _show_actions(self) -> None:
        key = self._panel.runs.current
        self._actions["use_settings"].setEnabled(key is not None)
        self._actions["remove_waiting"].setEnabled(isinstance(key, tuple) and key[0] == WAITING)
