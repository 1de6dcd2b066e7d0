"""Display copies of the list's pictures: made off the window's thread, dropped with their entries."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Signal, Slot

from zssr_studio.app.controllers.compare.result_rows import note_of
from zssr_studio.app.qimage import Pyramid, pyramid_of
from zssr_studio.app.views.canvas.scene import Layer, Shown

if TYPE_CHECKING:
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.entry import Entry
    from zssr_studio.app.models.compare.place import Place
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.job import Job


class Displays(QObject):
    """Holds a pyramid of each entry, once it is made.

    Signals
    -------
    ready(int)
        The entry with this key can be shown.
    """

    ready = Signal(int)

    def __init__(self, results: ResultsModel, tasks: Tasks) -> None:
        super().__init__()
        self._results, self._tasks = results, tasks
        self._pyramids: dict[int, Pyramid] = {}
        self._being_made: set[int] = set()
        results.changed.connect(self._on_changed)

    @property
    def held_bytes(self) -> int:
        """Memory of all display copies."""
        return sum(level.sizeInBytes() for pyramid in self._pyramids.values() for level in pyramid.levels)

    def remake(self) -> None:
        """Make all display copies anew, as for another display; the old ones are shown meanwhile."""
        for entry in self._results.entries:
            if entry.key not in self._being_made:
                self._being_made.add(entry.key)
                self._tasks.start(self._make(entry, anew=True))

    def put(self, key: int, pyramid: Pyramid) -> None:
        """Take a display copy that was made elsewhere."""
        self._pyramids[key] = pyramid
        self.ready.emit(key)

    def shown(self, key: int) -> Shown | None:
        """Return what the canvas shows of an entry, or None where it cannot be shown yet."""
        entry = self._results.get(key)
        if entry is None or key not in self._pyramids:
            return None
        under = self._results.under(entry)
        if under is not None and under.key not in self._pyramids:
            return None
        below = None if under is None else self._layer(under)
        share = 1.0 if entry.finished is None else entry.finished.blend
        return Shown(entry.name, self._layer(entry, below, share), note=note_of(entry, self._results))

    def pictures(self) -> dict[int, Shown]:
        """Return all that can be shown by now, by the keys of the entries."""
        found = ((entry.key, self.shown(entry.key)) for entry in self._results.entries)
        return {key: shown for key, shown in found if shown is not None}

    def _layer(self, entry: Entry, under: Layer | None = None, share: float = 1.0) -> Layer:
        return Layer(self._pyramids[entry.key], rect_of(entry.place), under, share)

    @Slot()
    def _on_changed(self) -> None:
        entries = {entry.key: entry for entry in self._results.entries}
        for gone in set(self._pyramids) - set(entries):
            del self._pyramids[gone]
        for key in set(entries) - set(self._pyramids) - self._being_made:
            self._being_made.add(key)
            self._tasks.start(self._make(entries[key]))

    async def _make(self, entry: Entry, *, anew: bool = False) -> None:
        if entry.key in self._pyramids and not anew:
            self._being_made.discard(entry.key)
            return
        try:
            pyramid = await asyncio.to_thread(pyramid_of, entry.picture)
        finally:
            self._being_made.discard(entry.key)
        # It may have been removed meanwhile, or come from elsewhere.
        if self._results.get(entry.key) is not None and (anew or entry.key not in self._pyramids):
            self.put(entry.key, pyramid)


def rect_of(place: Place) -> QRectF:
    """Turn a place into a rectangle; x is the column."""
    return QRectF(place.left, place.top, place.width, place.height)


def on_input(pyramid: Pyramid, job: Job, top: int, left: int) -> Layer:
    """Lay a part of a job's output, such as a preview, on the input picture.

    Parameters
    ----------
    pyramid : Pyramid
        The part's display copy.
    top, left : int
        Where it lies in the whole output, in pixels of the output.
    """
    row, column = (0, 0) if job.crop is None else (job.crop.top, job.crop.left)
    vertical, horizontal = job.scale.factors
    size = (pyramid.width / horizontal, pyramid.height / vertical)
    return Layer(pyramid, QRectF(column + left / horizontal, row + top / vertical, *size))
