"""Shows the strip of pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.compare.result_rows import GOING, Going, held_text, rows_of
from zssr_studio.app.controllers.run.status import fraction_of
from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.entry import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

    from zssr_studio.app.controllers.compare.display_copies import Displays
    from zssr_studio.app.controllers.compare.thumbnails import Thumbnails
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.entry import Entry
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.views.compare.results_panel import ResultsPanel


class ResultsController(QObject):
    """Models to strip; of what is done there only the blend comes back here."""

    def __init__(
        self,
        results: ResultsModel,
        comparison: ComparisonModel,
        run: RunModel,
        displays: Displays,
        thumbnails: Thumbnails,
        panel: ResultsPanel,
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__()
        self._results, self._comparison, self._run = results, comparison, run
        self._displays, self._thumbnails, self._panel = displays, thumbnails, panel
        self._remove_action, self._truth_action = actions["remove_entry"], actions["truth"]
        self._going: Going | None = None
        self._selected: int | None = None  # the one that was gone to last
        for signal in (results.changed, results.blended, comparison.changed, thumbnails.changed):
            signal.connect(self._show)
        for signal in (run.progressed, run.state_changed):
            signal.connect(self._on_run)
        panel.list.moved.connect(self._show_actions)
        panel.blend_moved.connect(self._on_blend)
        self._show()

    @property
    def entry(self) -> Entry | None:
        """What the actions act upon: that of the thumbnail with the keys."""
        key = self._panel.list.key
        return None if key is None else self._results.get(key)

    @Slot(float)
    def _on_blend(self, share: float) -> None:
        if self._results.current is not None:
            self._results.set_blend(self._results.current, share)

    @Slot()
    def _on_run(self) -> None:
        """Follow the run that goes on from one percent to the next."""
        fraction = fraction_of(self._run)
        made_by = self._run.made_by
        name = tr("Run {number}", number=self._results.runs + 1) if made_by is None else tr(made_by.name)
        going = None if fraction is None else Going(name, round(fraction, 2))
        if going != self._going:
            begins = self._going is None
            self._going = going
            self._show()
            if begins:
                self._panel.list.bring_into_view(GOING)

    @Slot()
    def _show(self) -> None:
        """Bring the panel in line with the models."""
        entries, value = self._results.entries, self._comparison.value
        self._panel.list.set_rows(rows_of(self._results, value, self._thumbnails.images, self._going))
        if value.selected is not None and value.selected != self._selected:
            self._panel.list.go_to(value.selected)
        self._selected = value.selected
        self._panel.set_held(held_text(len(entries), self._results.held_bytes + self._displays.held_bytes))
        run = self._results.current_run
        if run is None or run.finished is None:
            self._panel.set_blend("", 1.0)
        else:
            self._panel.set_blend(run.name, run.finished.blend)
        self._show_actions()

    @Slot()
    def _show_actions(self) -> None:
        entry = self.entry
        self._remove_action.setEnabled(entry is not None and entry.kind in (Kind.RUN, Kind.FILE))
        self._truth_action.setEnabled(entry is not None and self._results.can_be_truth(entry.key))
        self._truth_action.setChecked(entry is not None and entry.key == self._results.truth)
