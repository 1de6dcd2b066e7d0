"""Does what a person asks of a thumbnail, and compares what is dropped on the picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from zssr_studio.app.controllers.compare.result_rows import GOING
from zssr_studio.app.controllers.export.folder import show_in_folder
from zssr_studio.app.controllers.window.ask import ask_text, may_discard
from zssr_studio.app.language import marked, tr
from zssr_studio.app.models.compare.comparison import MAX_CHOSEN, Mode
from zssr_studio.app.models.compare.entry import Kind
from zssr_studio.app.views.compare.result_row import Request
from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from PySide6.QtGui import QAction

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.entry import Entry
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.views.canvas.canvas import Canvas
    from zssr_studio.app.views.compare.results_panel import ResultsPanel

FULL = marked("Nine pictures are compared at once, and no more. Untick one first, then tick {name}.")


class RequestsController(QObject):
    """Thumbnails to models.

    Parameters
    ----------
    tell : callable
        Shows a notice.

    Signals
    -------
    settings_asked(Job)
        The settings of this job shall be those of the next run.
    """

    settings_asked = Signal(object)

    def __init__(
        self,
        results: ResultsModel,
        comparison: ComparisonModel,
        panel: ResultsPanel,
        canvas: Canvas,
        actions: Mapping[str, QAction],
        tell: Callable[[str], None],
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._results, self._comparison, self._panel = results, comparison, panel
        self._actions, self._tell, self._tasks = actions, tell, tasks
        # Entries of which it is asked whether they are removed.
        self._removing: set[int] = set()
        self._slots: dict[Request, Callable[[int], None]] = {
            Request.SHOW: self.show,
            Request.TICK: self._tick,
            Request.RENAME: lambda key: self._begin(self._rename, key),
            Request.EXPORT: lambda key: self._act_on(key, "export"),
            Request.SETTINGS: self._take_settings,
            Request.TRAIN_ON: lambda key: self._act_on(key, "train_on"),
            Request.TRUTH: self._turn_truth,
            Request.REVEAL: lambda key: self._begin(_reveal, key),
            Request.REMOVE: lambda key: self._begin(self._remove, key),
        }
        panel.list.asked.connect(self._on_asked)
        canvas.entries_dropped.connect(self._on_dropped)
        actions["remove_entry"].triggered.connect(self.on_remove)
        actions["truth"].triggered.connect(self.on_truth)

    def show(self, key: int) -> None:
        """Look at an entry alone; at the run that goes on over the input."""
        if key == GOING:
            self._comparison.look_at_input()
        elif self._results.get(key) is not None:
            self._comparison.set_value(self._comparison.value.showing(key))

    @Slot()
    def on_remove(self) -> None:
        """Take the entry that the keys act upon out of the list; ask first where it is in no file."""
        if self._panel.list.key is not None:
            self._begin(self._remove, self._panel.list.key)

    @Slot()
    def on_truth(self) -> None:
        """Take the entry that the keys act upon for the ground truth, or none."""
        if self._panel.list.key is not None:
            self._turn_truth(self._panel.list.key)

    @Slot(object, int)
    def _on_asked(self, request: Request, key: int) -> None:
        self._slots[request](key)

    @Slot(object, bool)
    def _on_dropped(self, keys: tuple[int, ...], at_end: bool) -> None:
        value = self._comparison.value
        there = tuple(key for key in keys if self._results.get(key) is not None)
        joins = value.mode in (Mode.SIDE_BY_SIDE, Mode.FLIP)
        if there and joins and len({*value.chosen, *there}) > MAX_CHOSEN:
            self._tell_full(there[0])
        elif there:
            self._comparison.set_value(value.with_dropped(there, at_end=at_end))

    def _tick(self, key: int) -> None:
        value = self._comparison.value
        if key not in value.chosen and len(value.chosen) == MAX_CHOSEN:
            self._tell_full(key)
        else:
            self._comparison.set_value(value.toggled(key))

    def _tell_full(self, key: int) -> None:
        entry = self._results.get(key)
        if entry is not None:
            self._tell(tr(FULL, name=entry.name))

    def _act_on(self, key: int, action: str) -> None:
        """Let an action act upon a run: what is shown is what is exported and trained on."""
        value = self._comparison.value
        shown = replace(value, selected=key) if key in value.shown else value.showing(key)
        self._comparison.set_value(shown)
        self._actions[action].trigger()

    def _take_settings(self, key: int) -> None:
        entry = self._results.get(key)
        if entry is not None and entry.finished is not None:
            self.settings_asked.emit(entry.finished.job)

    def _turn_truth(self, key: int) -> None:
        self._results.set_truth(None if key == self._results.truth else key)
        value = self._comparison.value
        if value.mode is Mode.DIFFERENCE:
            self._comparison.set_value(value.looking(value.mode, self._results.truth))

    def _begin(self, work: Callable[[Entry], Coroutine[Any, Any, None]], key: int) -> None:
        entry = self._results.get(key)
        if entry is not None:
            self._tasks.start(work(entry))

    async def _rename(self, entry: Entry) -> None:
        title, label = tr("Rename {name}", name=entry.name), tr("Its name in the window; its file keeps its own:")
        name = await ask_text(self._panel, title, label, entry.name, tr("Rename"))
        if name is not None and name.strip() and self._results.get(entry.key) is not None:
            self._results.rename(entry.key, name.strip())

    async def _remove(self, entry: Entry) -> None:
        if entry.kind not in (Kind.RUN, Kind.FILE) or entry.key in self._removing:
            return
        self._removing.add(entry.key)
        try:
            agreed = not entry.is_unexported or await may_discard(
                self._panel,
                tr("{name} is in no file yet.", name=entry.name),
                tr("It is lost unless you export it first."),
                tr("Remove"),
            )
        finally:
            self._removing.discard(entry.key)
        # It may be gone, where it was asked for twice.
        if agreed and self._results.get(entry.key) is not None:
            self._results.remove(entry.key)


async def _reveal(entry: Entry) -> None:
    # As a task: its failure is told.
    path = entry.path
    if path is None:
        return
    if not path.exists():
        raise BadInputError(
            tr("{name} is not in {parent} any more. It was moved or removed.", name=path.name, parent=path.parent)
        )
    show_in_folder(path)
