"""Looks closer at the run that is shown: networks of other seeds, and a kernel that is a little off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.box.work.background import BackgroundEvents
from zssr_studio.app.controllers.window.ask import finished
from zssr_studio.app.language import tr
from zssr_studio.app.views.compare.closer_dialog import CloserDialog
from zssr_studio.engine.maps import unstable_in
from zssr_studio.evidence.closer import Seen, Wish, looked_closer
from zssr_studio.words.maps import change_sentence, members_sentence
from zssr_studio.words.say import duration_text

if TYPE_CHECKING:
    from collections.abc import Generator

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.entry import Entry
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.job import Job, Outcome


class CloserController(QObject):
    """Asks what is to be looked at, has it done on a thread of its own, and says what came of it.

    Attributes
    ----------
    dialog : CloserDialog or None
        While it is open.
    """

    def __init__(self, results: ResultsModel, action: QAction, parent: QWidget, tasks: Tasks) -> None:
        super().__init__()
        self._results, self._action, self._parent, self._tasks = results, action, parent, tasks
        self._work = BackgroundEvents()
        self._work.came.connect(self._on_came)
        self._work.ended.connect(self._on_ended)
        self.dialog: CloserDialog | None = None
        self._entry: Entry | None = None
        self._wish, self._seen = Wish(), False
        action.triggered.connect(self.on_look)
        results.changed.connect(self._show)
        self._show()

    @Slot()
    def on_look(self) -> None:
        """Ask what is to be looked at of the run that is shown."""
        if self.dialog is None:
            self._tasks.start(self._look())

    async def end(self) -> None:
        """Stop, and wait until nothing is trained any more."""
        self._work.stop()
        await self._work.wait()

    @Slot()
    def _show(self) -> None:
        entry = self._results.current_run
        self._action.setEnabled(entry is not None and _is_trained(entry))

    async def _look(self) -> None:
        entry = self._results.current_run
        if entry is None or not _is_trained(entry):
            return
        self._entry, self.dialog = entry, CloserDialog(self._parent, entry.name)
        dialog = self.dialog
        dialog.edited.connect(self._on_edited)
        dialog.start_asked.connect(self._on_start)
        dialog.stop_button.clicked.connect(self._work.stop)
        self._on_edited()
        try:
            await finished(dialog)
            await self.end()
        finally:
            self.dialog = self._entry = None
            dialog.deleteLater()

    @Slot()
    def _on_edited(self) -> None:
        if self.dialog is None or self._entry is None or self._entry.finished is None:
            return
        seconds = sum(self.dialog.wish.runs_s(self._entry.finished.outcome))
        text = tr("That takes about {time}. The result stays as it is.", time=duration_text(seconds, tr))
        self.dialog.set_time(text if seconds else tr("Tick what is to be looked at."))

    @Slot()
    def _on_start(self) -> None:
        entry, dialog = self._entry, self.dialog
        if entry is None or entry.finished is None or dialog is None or self._work.is_running:
            return
        self._wish, self._seen = dialog.wish, False
        dialog.set_answers("")
        dialog.set_share(0.0)
        job, outcome, pixels, wish = entry.finished.job, entry.finished.outcome, entry.picture.pixels, self._wish
        self._work.start(lambda: _looked(job, pixels, outcome, wish))

    @Slot(object)
    def _on_came(self, events: list[object]) -> None:
        for event in events:
            if isinstance(event, Seen):
                self._take(event)
            elif isinstance(event, float) and self.dialog is not None:
                self.dialog.set_share(event)

    def _take(self, seen: Seen) -> None:
        """Keep the map of the networks with the run, and say what was seen."""
        self._seen = True
        if self._entry is None or self.dialog is None:
            return
        told = []
        if seen.members is not None:
            self._results.set_members(self._entry.key, seen.members)
            unstable = unstable_in(seen.members)
            if unstable is not None:
                told.append(members_sentence(unstable, self._wish.members, self._entry.size, tr))
                told.append(tr("Where they differ is shown by Compare, Map of other seeds."))
        told += [change_sentence(change.factor, change.rms, change.share, tr) for change in seen.changes]
        self.dialog.set_answers("\n\n".join(told))

    @Slot(str)
    def _on_ended(self, sentence: str) -> None:
        if self.dialog is not None:
            self.dialog.set_share(None)
            if not self._seen:
                self.dialog.set_answers(sentence or tr("It was stopped, so nothing is known yet."))


def _looked(job: Job, first: NDArray[np.float32], outcome: Outcome, wish: Wish) -> Generator[float | Seen, None, None]:
    # torch takes seconds to load, and the window shows before that.
    from zssr_studio.engine.runtime.threads import take_all

    take_all()
    return looked_closer(job, first, outcome, wish)


def _is_trained(entry: Entry) -> bool:
    return entry.finished is not None and entry.finished.outcome.weights is not None
