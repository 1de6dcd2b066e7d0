"""Goes on with a run that is done, from its weights, for more seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QInputDialog

from zssr_studio.app.controllers.window.ask import finished
from zssr_studio.app.language import tr
from zssr_studio.app.plain_text import plain_title
from zssr_studio.app.views.run.settings_panel import MAX_SECONDS
from zssr_studio.engine.config import PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.job import Job

DEFAULT_S = 60


class TrainOnController(QObject):
    """Asks for how long, and hands the job over."""

    def __init__(
        self,
        document: DocumentModel,
        results: ResultsModel,
        enqueue: Callable[[Job], None],
        action: QAction,
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._results, self._enqueue = document, results, enqueue
        self._action, self._parent, self._tasks = action, parent, tasks
        action.triggered.connect(self.on_train_on)
        results.changed.connect(self._on_results)
        self._on_results()

    @Slot()
    def on_train_on(self) -> None:
        """Ask for how long the run that is shown is to go on."""
        self._tasks.start(self._train_on())

    @Slot()
    def _on_results(self) -> None:
        entry = self._results.current_run
        trained = entry is not None and entry.finished is not None and entry.finished.outcome.weights is not None
        self._action.setEnabled(trained)

    async def _train_on(self) -> None:
        entry = self._results.current_run
        if entry is None or entry.finished is None:
            return
        job, outcome = entry.finished.job, entry.finished.outcome
        seconds = await self._seconds(entry.name, job.seconds or PRESETS[job.preset].seconds or DEFAULT_S)
        # Another picture may have been opened meanwhile.
        if seconds is not None and job.picture is self._document.picture:
            self._enqueue(job.trained_on(outcome, seconds))

    async def _seconds(self, name: str, proposed: float) -> int | None:
        dialog = QInputDialog(self._parent)
        dialog.setWindowTitle(plain_title(tr("Train {name} on", name=name)))
        dialog.setLabelText(
            tr(
                "{name} goes on from what it has learned; what comes out is a run of its own.\n\nMore seconds of "
                "training:",
                name=name,
            )
        )
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(1, int(MAX_SECONDS))
        dialog.setIntValue(round(proposed))
        dialog.setOkButtonText(tr("Train on"))
        try:
            accepted = await finished(dialog) == QDialog.DialogCode.Accepted
            return dialog.intValue() if accepted else None
        finally:
            dialog.deleteLater()
