"""Undo and redo of all that a person sets: region, settings, blend and ground truth; runs are never undone."""

from __future__ import annotations

import time
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QUndoCommand, QUndoStack

from zssr_studio.app.language import marked, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction

    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.settings import Settings, SettingsModel
    from zssr_studio.imaging.picture import Crop

MOST_CHANGES = 500
# What follows within this time and changes the same thing is one change: a key held down, a number being typed. So is
# what is changed while a button of the mouse is held, however long one rests meanwhile.
ONE_CHANGE_S = 1.0
# Nobody lets a button go and presses it again within this time.
RELEASE_MS = 20
NAMES = {
    "crop": marked("region"),
    "blend": marked("blend"),
    "truth": marked("ground truth"),
    "scale": marked("size"),
    "preset": marked("preset"),
    "kernel": marked("kernel"),
    "damage": marked("noise"),
    "seed": marked("seed"),
    "seconds": marked("time"),
    "steps": marked("steps"),
    "device": marked("device"),
    "print_ppi": marked("pixels per inch"),
    "kernel_by_hand": marked("kernel"),
    "noise_by_hand": marked("noise"),
    "wanted_px": marked("size"),
}


@dataclass(frozen=True, slots=True)
class State:
    """All that is undone, as it stands: small frozen values."""

    settings: Settings
    crop: Crop | None
    blend: tuple[int, float] | None  # key of the current run, share of its result
    truth: int | None

    def differing(self, other: State) -> str:
        """Name what differs, for a person."""
        parts = [f.name for f in fields(self.settings) if _differ(self.settings, other.settings, f.name)]
        parts += [name for name in ("crop", "blend", "truth") if _differ(self, other, name)]
        return ", ".join(dict.fromkeys(tr(NAMES[part]) if part in NAMES else part for part in parts))


class UndoController(QObject):
    """Records each change as the states before and after it.

    Attributes
    ----------
    stack : QUndoStack
    """

    def __init__(
        self,
        document: DocumentModel,
        settings: SettingsModel,
        results: ResultsModel,
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__()
        self._document, self._settings, self._results = document, settings, results
        self._undo, self._redo = actions["undo"], actions["redo"]
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(MOST_CHANGES)
        self._is_restoring = False
        # Runs while a button is held by which something was changed.
        self._hold = QTimer(self)
        self._hold.setInterval(RELEASE_MS)
        self._hold.timeout.connect(self._on_hold)
        self._state = self._now()
        document.picture_changed.connect(self._on_picture)
        document.crop_changed.connect(self._on_change)
        settings.changed.connect(self._on_change)
        results.blended.connect(self._on_change)
        results.changed.connect(self._on_results)
        self.stack.indexChanged.connect(self._show)
        self._undo.triggered.connect(self.stack.undo)
        self._redo.triggered.connect(self.stack.redo)
        self._show()

    def restore(self, state: State) -> None:
        """Bring the models to a state; what is gone from the list stays gone."""
        self._is_restoring = True
        try:
            self._settings.set_value(state.settings)
            self._document.set_crop(state.crop)
            if state.blend is not None and self._results.get(state.blend[0]) is not None:
                self._results.set_blend(*state.blend)
            if state.truth is None or self._results.get(state.truth) is not None:
                self._results.set_truth(state.truth)
        finally:
            self._is_restoring = False
            self._state = self._now()

    def unrecorded(self, change: Callable[[], None]) -> None:
        """Make a change that is none of a person's, such as what is found as a picture opens.

        What can be taken back or made again is brought up to it, so that neither undoes it.
        """
        before = self._state.settings
        self._is_restoring = True
        try:
            change()
        finally:
            self._is_restoring = False
            self._state = self._now()
        after = self._state.settings
        changed = {f.name: getattr(after, f.name) for f in fields(after) if _differ(before, after, f.name)}
        for index in range(self.stack.count()):
            recorded = self.stack.command(index)
            if isinstance(recorded, _Change):
                recorded.bring_up(before, changed)

    @Slot()
    def forget(self) -> None:
        """Start anew with how things stand."""
        self.stack.clear()
        self._state = self._now()

    def _now(self) -> State:
        run = self._results.current_run
        blend = None if run is None or run.finished is None else (run.key, run.finished.blend)
        return State(self._settings.value, self._document.crop, blend, self._results.truth)

    @Slot()
    def _on_change(self) -> None:
        before, after = self._state, self._now()
        if self._is_restoring or before == after:
            return
        self._state = after
        self.stack.push(_Change(self, before, after, is_held=self._hold.isActive()))
        if _is_button_held():
            self._hold.start()

    @Slot()
    def _on_hold(self) -> None:
        if not _is_button_held():
            self._hold.stop()

    @Slot()
    def _on_results(self) -> None:
        """Take another truth for a change; a new run is none of a person's."""
        now = self._now()
        if now.truth != self._state.truth and (now.truth is None or self._results.get(now.truth) is not None):
            self._on_change()
        elif not self._is_restoring:
            self._state = now

    @Slot()
    def _on_picture(self) -> None:
        """Regions of another picture mean nothing in this one."""
        self.forget()

    @Slot()
    def _show(self) -> None:
        undone, redone = self.stack.undoText(), self.stack.redoText()
        self._undo.setEnabled(self.stack.canUndo())
        self._undo.setText(tr("&Undo {change}", change=undone) if undone else tr("&Undo"))
        self._redo.setEnabled(self.stack.canRedo())
        self._redo.setText(tr("&Redo {change}", change=redone) if redone else tr("&Redo"))


class _Change(QUndoCommand):
    """One change from a state to another."""

    def __init__(self, controller: UndoController, before: State, after: State, *, is_held: bool) -> None:
        super().__init__(before.differing(after))
        self._controller, self._before, self._after = controller, before, after
        # Whether the button is still held with which the change before was made.
        self._is_held = is_held
        self._done_s = time.monotonic()
        self._is_done = True

    def bring_up(self, before: Settings, changed: dict[str, Any]) -> None:
        """Take in what was changed since, where the states have what was before."""
        self._before, self._after = (_brought_up(one, before, changed) for one in (self._before, self._after))

    def id(self) -> int:
        return 1

    def redo(self) -> None:
        # Pushing it calls this once, when the change is there already.
        if not self._is_done:
            self._controller.restore(self._after)
        self._is_done = True

    def undo(self) -> None:
        self._controller.restore(self._before)
        self._is_done = False

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Change) or other.text() != self.text():
            return False
        if other._done_s - self._done_s > ONE_CHANGE_S and not other._is_held:
            return False
        self._after, self._done_s = other._after, other._done_s
        return True


def _is_button_held() -> bool:
    return QGuiApplication.mouseButtons() is not Qt.MouseButton.NoButton


def _brought_up(state: State, before: Settings, changed: dict[str, Any]) -> State:
    known = {name: value for name, value in changed.items() if not _differ(state.settings, before, name)}
    return replace(state, settings=replace(state.settings, **known))


def _differ(one: object, other: object, name: str) -> bool:
    return bool(getattr(one, name) != getattr(other, name))
