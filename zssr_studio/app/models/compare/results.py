"""What can be looked at and compared: the input, what bicubic makes of it, every run, and files that were added."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.entry import Entry, Finished, Kind
from zssr_studio.app.models.compare.place import Place, place_of
from zssr_studio.app.models.run.history import History

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.app.models.run.made_by import MadeBy
    from zssr_studio.engine.psnr_ssim import PsnrSsim
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Job, Result


class ResultsModel(QObject):
    """Holds the entries, the first of which is the input.

    Every entry holds its pixels as float32, 12 bytes a pixel in colour. Runs of one part and scale share their bicubic.

    Attributes
    ----------
    current, truth : int or None
        Keys of the run that is exported and blended, and of the ground truth.
    runs : int
        How many runs have been numbered; one that was removed keeps its number.

    Signals
    -------
    changed()
        Entries came, went or are described otherwise.
    added()
        A run or a file came.
    blended(int)
        The blend of the run with this key is another one.
    """

    changed = Signal()
    added = Signal()
    blended = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._entries: dict[int, Entry] = {}
        self._next_key = self.runs = 0
        self.current: int | None = None  # the run that is exported and blended
        self.truth: int | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries: the input, bicubic ones, runs in their order, files."""
        order = list(Kind)
        return tuple(sorted(self._entries.values(), key=lambda entry: (order.index(entry.kind), entry.key)))

    @property
    def current_run(self) -> Entry | None:
        """The run that is exported and blended."""
        return None if self.current is None else self._entries[self.current]

    @property
    def best(self) -> int | None:
        """Key of the entry that comes nearest to the truth by PSNR; None while none has figures."""
        scored = {entry.key: entry.score.psnr_db for entry in self.entries if entry.score is not None}
        return max(scored, key=scored.__getitem__, default=None)

    @property
    def has_methods(self) -> bool:
        """Whether results of other methods are there."""
        return any(one.finished is not None and one.finished.made_by is not None for one in self._entries.values())

    @property
    def unexported(self) -> int:
        """How many results would be lost with the list."""
        return sum(entry.is_unexported for entry in self._entries.values())

    @property
    def held_bytes(self) -> int:
        """Memory of all entries' pixels."""
        return sum(entry.held_bytes for entry in self._entries.values())

    def get(self, key: int) -> Entry | None:
        """Return an entry, or None where it is gone."""
        return self._entries.get(key)

    def begin(self, picture: Picture, name: str, path: Path | None = None) -> Entry:
        """Forget all, and start with another input."""
        self._entries.clear()
        self.current = self.truth = None
        self.runs = 0
        entry = self._add(Kind.INPUT, name, picture, Place(0, 0, picture.height, picture.width), path=path)
        self.changed.emit()
        return entry

    def restore(self, entries: tuple[Entry, ...], current: int | None, truth: int | None, runs: int) -> None:
        """Take a whole list in, as it was kept, under keys that no other entry had: work for those may still go on."""
        after = self._next_key
        self._entries = {after + entry.key: _moved(entry, after) for entry in entries}
        self._next_key = max(self._entries)
        self.current, self.truth = (None if key is None else after + key for key in (current, truth))
        self.runs = runs
        self.changed.emit()

    def add_run(
        self,
        job: Job,
        result: Result,
        gain_db: float | None,
        history: History | None = None,
        made_by: MadeBy | None = None,
    ) -> Entry:
        """Take a finished run in, not seen yet; the first one becomes the current one.

        What another method made is treated alike, but is called after the method and has no number.
        """
        place = place_of(job)
        bicubic = next((one for one in self._entries.values() if one.kind is Kind.BICUBIC and _same(one, job)), None)
        if bicubic is None:
            bicubic = self._add(Kind.BICUBIC, tr("Bicubic"), result.bicubic, place)
        self.runs += made_by is None
        name = tr("Run {number}", number=self.runs) if made_by is None else tr(made_by.name)
        history = history or History(job)
        finished = Finished(
            job, result.outcome, gain_db, bicubic.key, history=history, made_by=made_by, maps=result.maps
        )
        entry = self._add(Kind.RUN, name, result.picture, place, finished=finished)
        if self.current is None:
            self.current = entry.key
        self._settle()
        self.added.emit()
        return entry

    def add_file(self, picture: Picture, path: Path) -> Entry:
        """Take a picture file in; one that a result's size tells apart lies where that result does."""
        entry = self._add(Kind.FILE, path.name, picture, self._input_place(), path=path)
        self._settle()
        self.added.emit()
        return self._entries[entry.key]

    def remove(self, key: int) -> None:
        """Take a run or a file out; a bicubic one goes with the last run of its size."""
        entry = self._entries[key]
        if entry.kind not in (Kind.RUN, Kind.FILE):
            raise ValueError(f"{entry.name} belongs to the picture and is not removed")
        del self._entries[key]
        runs = [one for one in self.entries if one.kind is Kind.RUN]
        needed = {one.finished.bicubic for one in runs if one.finished is not None}
        for one in self.entries:
            if one.kind is Kind.BICUBIC and one.key not in needed:
                del self._entries[one.key]
        if self.current == key:
            self.current = runs[-1].key if runs else None
        self._settle()

    def can_be_truth(self, key: int) -> bool:
        """Whether a file has the size of a result."""
        entry = self._entries.get(key)
        return entry is not None and entry.kind is Kind.FILE and self._run_of_size(entry.size) is not None

    def set_truth(self, key: int | None) -> None:
        """Compare all of the same size with this one, or with none."""
        if key != self.truth and (key is None or self.can_be_truth(key)):
            self.truth = key
            self._entries = {k: replace(entry, score=None) for k, entry in self._entries.items()}
            self.changed.emit()

    def set_current(self, key: int) -> None:
        """Choose the run that is exported and blended."""
        if self._entries[key].kind is Kind.RUN and key != self.current:
            self.current = key
            self.changed.emit()

    def set_score(self, key: int, score: PsnrSsim) -> None:
        """Remember how near an entry comes to the truth."""
        self._entries[key] = replace(self._entries[key], score=score)
        self.changed.emit()

    def set_members(self, key: int, members: NDArray[np.float16]) -> None:
        """Keep with a run how far networks of other seeds deviate, unless it is gone or has no maps."""
        entry = self._entries.get(key)
        if entry is not None and entry.finished is not None and entry.finished.maps is not None:
            maps = replace(entry.finished.maps, members=members)
            self._entries[key] = replace(entry, finished=replace(entry.finished, maps=maps))
            self.changed.emit()

    def mark_exported(self, key: int, path: Path | None = None) -> None:
        """Remember that a result is in a file, and in which."""
        entry = self._entries[key]
        if entry.finished is not None:
            finished = replace(entry.finished, exported=True)
            self._entries[key] = replace(entry, finished=finished, path=path or entry.path)
            self.changed.emit()

    def mark_seen(self, keys: Iterable[int]) -> None:
        """Remember that entries were on the screen; those that are gone are left out."""
        new = [entry for key in keys if (entry := self._entries.get(key)) is not None and not entry.seen]
        for entry in new:
            self._entries[entry.key] = replace(entry, seen=True)
        if new:
            self.changed.emit()

    def rename(self, key: int, name: str) -> None:
        """Call a run or a file otherwise; its file keeps its name."""
        self._entries[key] = replace(self._entries[key], name=name)
        self.changed.emit()

    def set_blend(self, key: int, share: float) -> None:
        """Mix a run's result with bicubic; `share` is that of the result, 0 to 1."""
        entry = self._entries[key]
        if entry.finished is not None and share != entry.finished.blend:
            # Another mixture is another picture, which is in no file yet and has no score yet.
            finished = replace(entry.finished, blend=share, exported=False)
            self._entries[key] = replace(entry, finished=finished, score=None)
            self.blended.emit(key)

    def border_px(self, key: int) -> int:
        """How much of each edge the field's tables leave out of a comparison: the scale, rounded up."""
        run = self._run_of_size(self._entries[key].size)
        return 0 if run is None or run.finished is None else math.ceil(max(run.finished.job.scale.factors))

    def under(self, entry: Entry) -> Entry | None:
        """Return what a blended run is mixed with; None for all that is shown as it is."""
        if entry.finished is None or entry.finished.blend == 1:
            return None
        return self._entries[entry.finished.bicubic]

    def _add(
        self,
        kind: Kind,
        name: str,
        picture: Picture,
        place: Place,
        *,
        finished: Finished | None = None,
        path: Path | None = None,
    ) -> Entry:
        self._next_key += 1
        entry = Entry(self._next_key, kind, name, picture, place, finished, path, seen=finished is None)
        self._entries[entry.key] = entry
        return entry

    def _settle(self) -> None:
        """Lay files where the results of their size lie, and drop a truth that is none any more."""
        for entry in self.entries:
            if entry.kind is Kind.FILE:
                run = self._run_of_size(entry.size)
                place = self._input_place() if run is None else run.place
                self._entries[entry.key] = replace(entry, place=place)
        if self.truth is not None and not self.can_be_truth(self.truth):
            self.truth = None
            self._entries = {k: replace(entry, score=None) for k, entry in self._entries.items()}
        self.changed.emit()

    def _run_of_size(self, size: tuple[int, int]) -> Entry | None:
        """Return the current run if it has this size, or else the first one that has."""
        runs = [one for one in self.entries if one.kind is Kind.RUN and one.size == size]
        return next((one for one in runs if one.key == self.current), runs[0] if runs else None)

    def _input_place(self) -> Place:
        return self.entries[0].place


def _moved(entry: Entry, by: int) -> Entry:
    """Give an entry a key that is larger by so much, as all others of its list."""
    finished = None if entry.finished is None else replace(entry.finished, bicubic=entry.finished.bicubic + by)
    return replace(entry, key=entry.key + by, finished=finished)


def _same(bicubic: Entry, job: Job) -> bool:
    return bicubic.place == place_of(job) and bicubic.size == job.out_size
