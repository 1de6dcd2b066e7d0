"""Display copies of the list's pictures: made off the window's thread, dropped with their entries."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Signal, Slot

from zssr_studio.app.controllers.compare.result_rows import note_of
from zssr_studio.app.qimage import Pyramid, image_of, pyramid_of
from zssr_studio.app.views.canvas.scene import Layer, Shown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.entry import Entry
    from zssr_studio.app.models.compare.place import Place
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.imaging.picture import Picture
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
        # How often the display changed: what is being made for an earlier one is made again.
        self._remakes = 0
        # Entries whose copy, if there is one, was made for an earlier display.
        self._anew: set[int] = set()
        results.changed.connect(self._on_changed)

    @property
    def held_bytes(self) -> int:
        """Memory of all display copies."""
        return sum(level.sizeInBytes() for pyramid in self._pyramids.values() for level in pyramid.levels)

    def remake(self) -> None:
        """Make all display copies anew, as for another display; the old ones are shown meanwhile."""
        self._remakes += 1
        for entry in self._results.entries:
            self._anew.add(entry.key)
            if entry.key not in self._being_made:
                self._being_made.add(entry.key)
                self._tasks.start(self._make(entry))

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

    def _is_missing(self, key: int) -> bool:
        return key not in self._pyramids or key in self._anew

    async def _make(self, entry: Entry) -> None:
        if not self._is_missing(entry.key):
            self._being_made.discard(entry.key)
            return
        try:
            pyramid = await self._pyramid(entry.picture)
        finally:
            self._being_made.discard(entry.key)
        # It may have been removed meanwhile, or come from elsewhere.
        is_wanted = self._results.get(entry.key) is not None and self._is_missing(entry.key)
        self._anew.discard(entry.key)
        if is_wanted:
            self.put(entry.key, pyramid)

    async def _pyramid(self, picture: Picture) -> Pyramid:
        """Make a display copy off the window's thread, for the display that is there when it is done."""
        while True:
            begun_at = self._remakes
            pyramid = await asyncio.to_thread(pyramid_of, picture)
            if begun_at == self._remakes:
                return pyramid


def rect_of(place: Place) -> QRectF:
    """Turn a place into a rectangle; x is the column."""
    return QRectF(place.left, place.top, place.width, place.height)


def part_on_input(values: NDArray[np.uint8], job: Job, top: int, left: int) -> Layer:
    """Lay a part of a job's output (H, W, C) on the input picture, in the colours of its profile; see `on_input`."""
    return on_input(Pyramid((image_of(values, job.picture.icc_profile),)), job, top, left)


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
