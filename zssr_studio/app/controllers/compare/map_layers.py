"""The maps over the results: coloured off the window's thread, kept while they are shown, and explained by a legend."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from zssr_studio.app.actions import MAPS
from zssr_studio.app.controllers.compare.display_copies import rect_of
from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.qimage import Pyramid, pyramid_of_map
from zssr_studio.app.views.canvas.scene import Layer
from zssr_studio.engine.damage import NO_DAMAGE
from zssr_studio.evidence.colours import MapKind, full_of, map_pixels
from zssr_studio.words.maps import consistency_sentence, disagreement_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.entry import Entry
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.views.compare.map_legend import MapLegend
    from zssr_studio.engine.maps import Maps


class MapLayers(QObject):
    """Actions to model, model to layers and legend.

    Signals
    -------
    changed()
        Other maps lie over the pictures.
    """

    changed = Signal()

    def __init__(
        self,
        results: ResultsModel,
        comparison: ComparisonModel,
        legend: MapLegend,
        actions: Mapping[str, QAction],
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._results, self._comparison, self._legend, self._tasks = results, comparison, legend, tasks
        self._actions = {kind: actions[name] for name, kind in MAPS.items()}
        # With the maps that they were made of: those of other seeds are made anew with each closer look.
        self._pyramids: dict[tuple[int, MapKind], tuple[Maps, Pyramid | None]] = {}
        self._being_made: set[tuple[int, MapKind]] = set()
        for action in self._actions.values():
            action.triggered.connect(self._on_action)
        for signal in (comparison.changed, results.changed):
            signal.connect(self._follow)
        self._follow()

    @property
    def layers(self) -> Mapping[int, Layer]:
        """What lies over the results, by the keys of their entries, once it is made."""
        kind, layers = self._comparison.value.map, {}
        for entry in self._results.entries:
            made = None if kind is None else self._pyramids.get((entry.key, kind))
            pyramid = None if made is None else made[1]
            if pyramid is not None:
                layers[entry.key] = Layer(pyramid, rect_of(entry.place))
        return layers

    @Slot()
    def _on_action(self) -> None:
        checked = next((kind for kind, action in self._actions.items() if action.isChecked()), None)
        self._comparison.set_value(replace(self._comparison.value, map=checked))

    @Slot()
    def _follow(self) -> None:
        """Make what is missing, forget what is not looked at, and bring actions and legend in line."""
        kind = self._comparison.value.map
        entries = {entry.key: entry for entry in self._results.entries}
        wanted = {(key, kind) for key, entry in entries.items() if kind is not None and _has(entry, kind)}
        for one, (maps, _) in list(self._pyramids.items()):
            if one not in wanted or maps_of(entries[one[0]]) is not maps:
                del self._pyramids[one]
        for one in wanted - set(self._pyramids) - self._being_made:
            self._being_made.add(one)
            self._tasks.start(self._make(entries[one[0]], one[1]))
        for own, action in self._actions.items():
            action.setEnabled(any(_has(entry, own) for entry in entries.values()))
            action.setChecked(own is kind)
        self._show_legend(kind)
        self.changed.emit()

    def _show_legend(self, kind: MapKind | None) -> None:
        value = self._comparison.value
        if kind is None or not any(_has(entry, kind) for entry in self._results.entries):
            self._legend.show_map(None, "")
            return
        if value.mode is Mode.DIFFERENCE:
            self._legend.show_map(kind, tr("No map lies over a difference."))
            return
        shown = [entry for key in value.shown if (entry := self._results.get(key)) is not None]
        with_maps = [entry for entry in shown if _has(entry, kind)]
        if not with_maps:
            self._legend.show_map(kind, tr("What is shown has no map. Look at a run."))
            return
        self._legend.show_map(kind, map_sentence(with_maps[-1], kind), full_in(with_maps[-1], kind))

    async def _make(self, entry: Entry, kind: MapKind) -> None:
        maps = maps_of(entry)
        assert maps is not None
        try:
            pyramid = await asyncio.to_thread(_pyramid, maps, kind, full_in(entry, kind))
        finally:
            self._being_made.discard((entry.key, kind))
        if self._results.get(entry.key) is not None and self._comparison.value.map is kind:
            self._pyramids[entry.key, kind] = maps, pyramid
            # Maps that came meanwhile are made next.
            self._follow()


def maps_of(entry: Entry) -> Maps | None:
    """Return the maps of a result; None of what has none."""
    return None if entry.finished is None else entry.finished.maps


def _has(entry: Entry, kind: MapKind) -> bool:
    """Tell whether a result has a map, or a sentence on why there is none."""
    maps = maps_of(entry)
    return maps is not None and (kind is not MapKind.MEMBERS or maps.members is not None)


def map_sentence(entry: Entry, kind: MapKind) -> str:
    """Say what a map of a result comes to; nothing where that is not known."""
    figures = None if entry.finished is None else entry.finished.outcome.figures
    if figures is None or kind is MapKind.MEMBERS:
        return ""
    if kind is MapKind.CONSISTENCY:
        return consistency_sentence(figures, tr)
    return disagreement_sentence(figures, entry.size, tr)


def full_in(entry: Entry, kind: MapKind) -> float:
    """Tell where the colours of a result's map end."""
    return full_of(kind, NO_DAMAGE if entry.finished is None else entry.finished.job.damage)


def _pyramid(maps: Maps, kind: MapKind, full: float) -> Pyramid | None:
    pixels = map_pixels(maps, kind, full)
    return None if pixels is None else pyramid_of_map(pixels)
