"""Shows the list of results, and does what a person does with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.compare.result_rows import held_text, row_of
from zssr_studio.app.controllers.window.ask import may_discard
from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.models.compare.results import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

    from zssr_studio.app.controllers.compare.display_copies import Displays
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.views.compare.results_panel import ResultsPanel


class ResultsController(QObject):
    """List to rows, and back: what is selected, picked, blended, removed and taken for the ground truth."""

    def __init__(
        self,
        results: ResultsModel,
        comparison: ComparisonModel,
        displays: Displays,
        panel: ResultsPanel,
        actions: Mapping[str, QAction],
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._results, self._comparison, self._displays = results, comparison, displays
        self._panel, self._tasks = panel, tasks
        self._remove_action, self._truth_action = actions["remove_entry"], actions["truth"]
        results.changed.connect(self._on_results)
        results.blended.connect(self._on_results)
        comparison.changed.connect(self._show)
        displays.ready.connect(self._on_ready)
        panel.list.selected.connect(self._on_selected)
        panel.list.picked.connect(self._on_picked)
        panel.list.remove_asked.connect(self._remove_action.trigger)
        panel.blend_moved.connect(self._on_blend)
        self._remove_action.triggered.connect(self.on_remove)
        self._truth_action.triggered.connect(self._on_truth)
        self._show()

    @Slot()
    def on_remove(self) -> None:
        """Take the selected run or file out of the list; ask first where it is in no file."""
        self._tasks.start(self._remove())

    @Slot(int)
    def _on_ready(self, key: int) -> None:
        """Compare a new run with bicubic, unless a person looks at something else."""
        self._show()
        run, value = self._results.current_run, self._comparison.value
        if run is None or run.finished is None or not value.shows_input:
            return
        pair = (run.finished.bicubic, run.key)
        if key in pair and all(self._displays.shown(one) is not None for one in pair):
            self._comparison.set_value(replace(value, mode=Mode.SLIDER, chosen=pair, selected=run.key, turned=0))

    @Slot()
    def _on_results(self) -> None:
        gone = {one for one in (*self._comparison.value.chosen, self._comparison.value.selected) if one is not None}
        gone = {key for key in gone if self._results.get(key) is None}
        if gone:
            self._comparison.set_value(self._comparison.value.without(gone))
        self._show()

    @Slot(int)
    def _on_selected(self, key: int) -> None:
        entry = self._results.get(key)
        if entry is not None:
            if entry.kind is Kind.RUN:
                self._results.set_current(key)
            self._comparison.set_value(replace(self._comparison.value, selected=key))

    @Slot(int)
    def _on_picked(self, key: int) -> None:
        self._comparison.set_value(self._comparison.value.toggled(key))
        self._show()

    @Slot(float)
    def _on_blend(self, share: float) -> None:
        if self._results.current is not None:
            self._results.set_blend(self._results.current, share)

    @Slot()
    def _on_truth(self) -> None:
        self._results.set_truth(self._comparison.value.selected if self._truth_action.isChecked() else None)
        self._show()

    @Slot()
    def _show(self) -> None:
        """Bring the panel in line with the models."""
        entries, value = self._results.entries, self._comparison.value
        rows = tuple(row_of(one, self._results, value, self._displays.thumbnail(one.key)) for one in entries)
        self._panel.list.set_rows(rows, value.selected)
        self._panel.set_held(held_text(len(entries), self._results.held_bytes + self._displays.held_bytes))
        run = self._results.current_run
        if run is None or run.finished is None:
            self._panel.set_blend("", 1.0)
        else:
            self._panel.set_blend(run.name, run.finished.blend)
        selected = None if value.selected is None else self._results.get(value.selected)
        self._remove_action.setEnabled(selected is not None and selected.kind in (Kind.RUN, Kind.FILE))
        self._truth_action.setEnabled(selected is not None and self._results.can_be_truth(selected.key))
        self._truth_action.setChecked(selected is not None and selected.key == self._results.truth)

    async def _remove(self) -> None:
        key = self._comparison.value.selected
        entry = None if key is None else self._results.get(key)
        if entry is None or entry.kind not in (Kind.RUN, Kind.FILE):
            return
        if entry.is_unexported:
            agreed = await may_discard(
                self._panel,
                tr("{name} is in no file yet.", name=entry.name),
                tr("It is lost unless you export it first."),
                tr("Remove"),
            )
            if not agreed or self._results.get(entry.key) is None:
                return
        self._results.remove(entry.key)
