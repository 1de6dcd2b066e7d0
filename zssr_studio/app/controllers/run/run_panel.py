"""Shows the run: state, figures, curves; saves the curves."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.run.curve_files import png_of, table_of
from zssr_studio.app.controllers.run.status import (
    figures_of,
    figures_of_outcome,
    fraction_of,
    is_short,
    line_of,
    status_of,
    status_of_result,
)
from zssr_studio.app.controllers.window.ask import pick_target
from zssr_studio.app.language import marked, tr
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.saving.atomic import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.entry import Entry
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.forecast import ForecastModel
    from zssr_studio.app.models.run.history import History
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.views.run.run_panel import RunPanel
    from zssr_studio.app.views.run.status_strip import StatusStrip
    from zssr_studio.app.views.window.message_bar import MessageBar
    from zssr_studio.job import Job

CURVE_FORMATS = {marked("Picture (*.png)"): ".png", marked("Table (*.csv)"): ".csv"}


class RunPanelController(QObject):
    """Model to panel."""

    def __init__(
        self,
        document: DocumentModel,
        run: RunModel,
        results: ResultsModel,
        forecast: ForecastModel,
        panel: RunPanel,
        strip: StatusStrip,
        save_action: QAction,
        messages: MessageBar,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._run, self._results, self._forecast = document, run, results, forecast
        self._panel, self._strip, self._save_action = panel, strip, save_action
        self._messages, self._tasks = messages, tasks
        self._process = psutil.Process()
        run.state_changed.connect(self._show)
        run.progressed.connect(self._show)
        results.changed.connect(self._show)
        forecast.changed.connect(self._show)
        save_action.triggered.connect(self.on_save)
        self._show()

    @property
    def history(self) -> History:
        """What is shown: the run that goes on or came last, or the run of the list that was gone back to."""
        entry = self._earlier
        return self._run.history if entry is None or entry.finished is None else entry.finished.history

    @property
    def job(self) -> Job | None:
        """The job of the run that is shown."""
        entry = self._earlier
        return self._run.job if entry is None or entry.finished is None else entry.finished.job

    @property
    def _earlier(self) -> Entry | None:
        entry = self._results.current_run
        if self._run.is_running or entry is None or entry.finished is None:
            return None
        return entry if entry.finished.history is not self._run.history else None

    @Slot()
    def on_save(self) -> None:
        """Ask for a place and write the curves there."""
        self._tasks.start(self._save())

    @Slot()
    def _show(self) -> None:
        entry, held = self._earlier, self._process.memory_info().rss
        run, job = self._run, self.job
        outcome = None if run.result is None else run.result.outcome
        if entry is not None and entry.finished is not None:
            outcome = entry.finished.outcome
        usual = None if job is None or outcome is None else self._forecast.usual_steps(job, outcome)
        if entry is None or job is None or outcome is None:
            status, line, figures = status_of(run, usual), line_of(run, usual), figures_of(run, held)
        else:
            made_by = None if entry.finished is None else entry.finished.made_by
            status = status_of_result(entry.picture, job, outcome, usual, entry.name, made_by)
            line, figures = " · ".join(status), figures_of_outcome(outcome, held)
        self._panel.set_status(*status)
        self._panel.figures.set_values(figures)
        self._strip.set_text(line)
        self._strip.set_fraction(fraction_of(run))
        self._strip.set_curve(self.history.losses.values)
        is_over = job is not None and outcome is not None and not run.is_running
        self._strip.set_offer(bool(is_over and job and outcome and is_short(job, outcome, usual)))
        self._panel.curves.show_history(self.history)
        self._save_action.setEnabled(bool(self.history.losses.steps))

    async def _save(self) -> None:
        history, source = self.history, self._document.path
        if source is None or not history.losses.steps:
            return
        # What is on the screen now is what was asked for.
        image = self._panel.curves.picture()
        proposed = source.with_name(f"{source.stem}_curves.png")
        kinds = {tr(name): suffix for name, suffix in CURVE_FORMATS.items()}
        target = await pick_target(self._panel, tr("Save the curves"), proposed, kinds)
        if target is None:
            return
        await asyncio.to_thread(_write, target, source, table_of(history) if _is_table(target) else png_of(image))
        self._messages.show_notice(tr("Saved {name} in {parent}.", name=target.name, parent=target.parent))


def _is_table(target: Path) -> bool:
    return target.suffix.lower() == ".csv"


def _write(target: Path, source: Path, content: bytes) -> None:
    if target.suffix.lower() not in CURVE_FORMATS.values():
        raise BadInputError(tr("{name} is neither .png nor .csv. Give one of the two.", name=target.name))
    if target.exists() and source.exists() and target.samefile(source):
        raise BadInputError(
            tr("{name} is the source, which is never overwritten. Give another name.", name=target.name)
        )
    write_atomically(target, lambda file: file.write(content), overwrite=True)
