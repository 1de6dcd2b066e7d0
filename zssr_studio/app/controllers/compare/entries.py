"""Brings the picture that is opened, and each run that finishes, into the list of results, and keeps one selection."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.models.compare.entry import Kind
from zssr_studio.app.models.run.run import RunState

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.app.controllers.compare.display_copies import Displays
    from zssr_studio.app.models.compare.comparison import Comparison, ComparisonModel
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
            self._comparison.begin(self._results.begin(picture, tr("Input"), path).key)

    @Slot()
    def _on_run(self) -> None:
        job, result = self._run.job, self._run.result
        if self._run.state is RunState.FINISHED and job is not None and result is not None:
            self._results.add_run(job, result, self._run.gain_db, self._run.history, self._run.made_by)


class SelectionController(QObject):
    """One selection: the run that is exported, blended and trained on is one that is on the screen.

    While none is, as when the input is looked at, it is the one that was there last. A run that ends is shown to who
    waits for it, looking at the input; who looks at something else goes on doing so.

    Parameters
    ----------
    is_occupied : callable
        Whether a person does something with the input, such as drawing a region, that should not be taken away.
    """

    def __init__(
        self,
        results: ResultsModel,
        comparison: ComparisonModel,
        displays: Displays,
        is_occupied: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._results, self._comparison, self._displays = results, comparison, displays
        self._is_occupied = is_occupied
        self._awaited: int | None = None  # the run that is shown as soon as it can be
        comparison.changed.connect(self._follow)
        results.changed.connect(self._on_results)
        results.added.connect(self._on_added)
        displays.ready.connect(self._show_awaited)

    @Slot()
    def await_current(self) -> None:
        """Show the current run as soon as it can be, as of a project that was opened."""
        self._awaited = self._results.current

    @Slot()
    def _on_results(self) -> None:
        """Look at nothing that is gone from the list."""
        value = self._comparison.value
        keys = {one for one in (*value.chosen, value.selected) if one is not None}
        gone = {key for key in keys if self._results.get(key) is None}
        if gone:
            self._comparison.set_value(value.without(gone))

    @Slot()
    def _on_added(self) -> None:
        runs = [entry for entry in self._results.entries if entry.kind is Kind.RUN]
        if not runs or runs[-1].seen or not self._is_free:
            return
        self._awaited = runs[-1].key
        self._results.set_current(self._awaited)
        self._show_awaited()

    @property
    def _is_free(self) -> bool:
        return self._comparison.value.shows_input and not self._is_occupied()

    @Slot()
    def _show_awaited(self) -> None:
        """Compare the run that was waited for with bicubic."""
        run = None if self._awaited is None else self._results.get(self._awaited)
        if run is None or run.finished is None or not self._is_free:
            return
        pair = (run.finished.bicubic, run.key)
        if all(self._displays.shown(one) is not None for one in pair):
            self._awaited = None
            value = replace(self._comparison.value, mode=Mode.SLIDER, chosen=pair, selected=run.key, turned=0)
            self._comparison.set_value(value)

    @Slot()
    def _follow(self) -> None:
        value = self._comparison.value
        if not value.shows_input:
            self._awaited = None  # who went to something else does not wait any more
        self._results.mark_seen(value.shown)
        run = exported_of(value, self._results)
        if run is not None:
            self._results.set_current(run)


def exported_of(value: Comparison, results: ResultsModel) -> int | None:
    """Return the key of the run that is exported; None where none of those shown is one.

    Of several that are shown it is the one that was gone to, or else stays the one that it is.
    """
    entries = [entry for key in value.shown if (entry := results.get(key)) is not None]
    runs = [entry.key for entry in entries if entry.kind is Kind.RUN]
    preferred = [key for key in (value.selected, results.current) if key in runs]
    return next(iter((*preferred, *reversed(runs))), None)
