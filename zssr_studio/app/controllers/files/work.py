"""The work as a whole: whether it has changed, whether it lies in a project file as it is, and how it stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from zssr_studio.app.project.project import Project, Training

if TYPE_CHECKING:
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.queue import QueueModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.models.run.settings import SettingsModel


class Work(QObject):
    """Sees every change of the models.

    Signals
    -------
    changed()
        Something that is kept is another one, or a run has come further.
    """

    changed = Signal()

    def __init__(
        self,
        document: DocumentModel,
        settings: SettingsModel,
        results: ResultsModel,
        run: RunModel,
        queue: QueueModel,
    ) -> None:
        super().__init__()
        self._document, self._settings, self._results = document, settings, results
        self._run, self._queue = run, queue
        self._revision = 0
        self._kept_revision: int | None = None
        for signal in (
            *(document.picture_changed, document.crop_changed, settings.changed),
            *(run.state_changed, run.checkpointed, queue.changed),
        ):
            signal.connect(self._on_change)
        results.changed.connect(self._on_results)
        results.blended.connect(self._on_results)
        self._list = self._list_now()

    @property
    def revision(self) -> int:
        """Grows with each change."""
        return self._revision

    @property
    def is_kept(self) -> bool:
        """Whether a project file holds all of it."""
        return self._revision == self._kept_revision

    def keep(self, revision: int) -> None:
        """Take note that a project file holds what stood at a revision."""
        self._kept_revision = revision

    def now(self) -> Project | None:
        """Freeze the work as it stands; None without a picture."""
        document, results, run = self._document, self._results, self._run
        if document.picture is None or document.source is None or not results.entries:
            return None
        training = None
        # What other methods make is soon made again, and has nothing to go on from.
        if run.is_running and run.job is not None and run.made_by is None:
            training = Training(run.job, run.checkpoint, run.history.copied())
        return Project(
            picture=document.picture,
            source=document.source,
            crop=document.crop,
            settings=self._settings.value,
            entries=results.entries,
            current=results.current,
            truth=results.truth,
            runs=results.runs,
            waiting=tuple(one.job for one in self._queue.waiting if one.method is None),
            training=training,
        )

    def _list_now(self) -> tuple[object, ...]:
        """Return all of the list that is kept; scores are worked out again."""
        results = self._results
        entries = ((one.key, one.name, one.place, one.path, one.finished) for one in results.entries)
        return (*entries, results.current, results.truth)

    @Slot()
    def _on_results(self) -> None:
        before, self._list = self._list, self._list_now()
        if self._list != before:
            self._on_change()

    @Slot()
    def _on_change(self) -> None:
        self._revision += 1
        self.changed.emit()
