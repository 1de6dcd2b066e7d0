"""Fills the list of results, and does what a person does with it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.compare.result_rows import held_text, row_of
from zssr_studio.app.controllers.window.ask import may_discard, pick_file
from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.comparison import MAX_CHOSEN, Comparison, Mode
from zssr_studio.app.models.compare.results import Kind
from zssr_studio.app.models.run.run import RunState
from zssr_studio.imaging.read import READ_SUFFIXES, read_picture

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.controllers.compare.display_copies import Displays
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.views.window.main_window import MainWindow

# The pictures of the list may take this share of the machine's memory before old runs make room.
HELD_SHARE = 0.25


class ResultsController(QObject):
    """Runs and files in, rows out."""

    def __init__(
        self,
        document: DocumentModel,
        run: RunModel,
        results: ResultsModel,
        comparison: ComparisonModel,
        displays: Displays,
        window: MainWindow,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._run, self._results, self._comparison = document, run, results, comparison
        self._displays, self._window, self._tasks = displays, window, tasks
        self._panel, self._actions = window.results_panel, window.actions_by_name
        self.most_bytes = round(HELD_SHARE * psutil.virtual_memory().total)
        document.picture_changed.connect(self._on_picture)
        run.state_changed.connect(self._on_run)
        results.changed.connect(self._on_results)
        results.blended.connect(self._on_results)
        comparison.changed.connect(self._show)
        displays.ready.connect(self._on_ready)
        self._panel.list.selected.connect(self._on_selected)
        self._panel.list.picked.connect(self._on_picked)
        self._panel.list.remove_asked.connect(self._actions["remove_entry"].trigger)
        self._panel.blend_moved.connect(self._on_blend)
        self._actions["add"].triggered.connect(self.on_add)
        window.files_added.connect(self._on_dropped)
        self._actions["remove_entry"].triggered.connect(self.on_remove)
        self._actions["truth"].triggered.connect(self._on_truth)
        self._show()

    def add(self, path: Path) -> None:
        """Add a picture file to compare with."""
        self._tasks.start(self._add(path))

    @Slot()
    def on_add(self) -> None:
        """Ask for a picture file and add it."""
        self._tasks.start(self._pick_and_add())

    @Slot()
    def on_remove(self) -> None:
        """Take the selected run or file out of the list; ask first where it is in no file."""
        self._tasks.start(self._remove())

    @Slot()
    def _on_picture(self) -> None:
        picture, path = self._document.picture, self._document.path
        if picture is None or path is None:
            return
        entry = self._results.begin(picture, tr("Input"))
        self._comparison.set_value(Comparison(selected=entry.key))

    @Slot()
    def _on_run(self) -> None:
        job, result = self._run.job, self._run.result
        if self._run.state is RunState.TRAINING and self._run.step is None and not self._run.queued:
            # The picture as it comes along is what a person wants to see first.
            self._select_input()
        if self._run.state is RunState.FINISHED and job is not None and result is not None:
            self._results.add_run(job, result, self._run.gain_db, self._run.history)
            self._bound()

    @Slot(int)
    def _on_ready(self, key: int) -> None:
        """Compare a new run with bicubic, unless a person looks at something else."""
        self._show()
        run, value = self._results.current_run, self._comparison.value
        if run is None or run.finished is None or value.mode is not Mode.SINGLE or value.selected != self._input_key():
            return
        pair = (run.finished.bicubic, run.key)
        if key in pair and all(self._displays.shown(one) is not None for one in pair):
            self._comparison.set_value(replace(value, mode=Mode.SLIDER, chosen=pair, selected=run.key, turned=0))

    @Slot()
    def _on_results(self) -> None:
        gone = {one for one in (*self._comparison.value.chosen, self._comparison.value.selected) if one is not None}
        gone = {key for key in gone if self._results.get(key) is None}
        if gone:
            self._comparison.set_value(self._comparison.value.without(gone, self._input_key()))
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
        self._results.set_truth(self._comparison.value.selected if self._actions["truth"].isChecked() else None)
        self._show()

    def _select_input(self) -> None:
        key = self._input_key()
        self._comparison.set_value(replace(self._comparison.value, mode=Mode.SINGLE, selected=key))

    def _input_key(self) -> int | None:
        entries = self._results.entries
        return entries[0].key if entries else None

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
        self._actions["add"].setEnabled(bool(entries))
        self._actions["remove_entry"].setEnabled(selected is not None and selected.kind in (Kind.RUN, Kind.FILE))
        self._actions["truth"].setEnabled(selected is not None and self._results.can_be_truth(selected.key))
        self._actions["truth"].setChecked(selected is not None and selected.key == self._results.truth)

    @Slot(list)
    def _on_dropped(self, paths: list[Path]) -> None:
        """Compare with the files that were dropped on the list; without a picture there is nothing to compare."""
        if self._document.picture is None:
            self._window.files_dropped.emit(paths)
        else:
            for path in paths:
                self.add(path)

    async def _pick_and_add(self) -> None:
        here = None if self._document.path is None else self._document.path.parent
        patterns = " ".join(f"*{suffix}" for suffix in READ_SUFFIXES)
        title = tr("Add a picture to compare with")
        path = await pick_file(self._window, title, tr("Pictures ({patterns});;All files (*)", patterns=patterns), here)
        if path is not None:
            await self._add(path)

    async def _add(self, path: Path) -> None:
        opened = self._document.picture
        picture = await asyncio.to_thread(read_picture, path)
        if self._document.picture is not opened or opened is None:
            return
        entry = self._results.add_file(picture, path)
        value = replace(self._comparison.value, selected=entry.key)
        self._comparison.set_value(value.toggled(entry.key) if len(value.chosen) < MAX_CHOSEN else value)
        self._bound()

    async def _remove(self) -> None:
        key = self._comparison.value.selected
        entry = None if key is None else self._results.get(key)
        if entry is None or entry.kind not in (Kind.RUN, Kind.FILE):
            return
        if entry.is_unexported:
            agreed = await may_discard(
                self._window,
                tr("{name} is in no file yet.", name=entry.name),
                tr("It is lost unless you export it first."),
                tr("Remove"),
            )
            if not agreed or self._results.get(entry.key) is None:
                return
        self._results.remove(entry.key)

    def _bound(self) -> None:
        """Let the oldest runs that are in a file make room; what is in no file is only told about."""
        held = self._results.held_bytes
        if held <= self.most_bytes:
            return
        dropped = []
        for entry in self._results.entries:
            idle = entry.kind is Kind.RUN and not entry.is_unexported and entry.key != self._results.current
            if idle and self._results.held_bytes > self.most_bytes:
                self._results.remove(entry.key)
                dropped.append(entry.name)
        amount = tr("The results held {held:.1f} GB of memory.", held=held / 1e9)
        if dropped:
            text = tr(
                "{amount} Taken from the list, as they are in files: {names}.", amount=amount, names=", ".join(dropped)
            )
        else:
            text = tr("{amount} Export and remove those that you no longer need.", amount=amount)
        self._window.message_bar.show_notice(text)
