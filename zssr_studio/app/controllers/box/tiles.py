"""Thumbnails of the box, made one after the other of those that a person sees."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.files.thumbnails import thumbnail_of
from zssr_studio.app.views.box.tile import thumbnail_size

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.box.box import BoxModel
    from zssr_studio.app.views.box.items import BoxItems
    from zssr_studio.app.views.box.strip import BoxStrip

# For a dense screen. A photo's takes 0.1 MB, or four times that in text of twice the size.
DENSITY = 2
# As many as are in view are always kept; of a box of thousands those that were made last, which take up to 0.15 GB.
MOST_KEPT = 400


class BoxTilesController(QObject):
    """Files to strip."""

    def __init__(self, box: BoxModel, items: BoxItems, strip: BoxStrip, tasks: Tasks) -> None:
        super().__init__()
        self._box, self._items, self._list, self._tasks = box, items, strip.list, tasks
        self._kept: dict[Path, QImage | None] = {}
        self._is_busy = self._is_over = False
        box.reset.connect(self._on_box)
        strip.list.moved.connect(self._show)

    @Slot()
    def end(self) -> None:
        """Make no more."""
        self._is_over = True

    @Slot()
    def _on_box(self) -> None:
        """Forget those of a box that is put away: by the time it is opened again its files may be others."""
        self._kept = {path: image for path, image in self._kept.items() if self._box.place_of(path) is not None}

    @Slot()
    def _show(self) -> None:
        if not self._is_busy and not self._is_over and self._box.is_open:
            self._is_busy = True
            self._tasks.start(self._make())

    async def _make(self) -> None:
        """Make those that are in view, wherever a person scrolls meanwhile."""
        try:
            while not self._is_over and (place := self._next()) is not None:
                path = self._box.get(place).path
                # Wider or higher than the tile, which shows the middle.
                size = thumbnail_size() * DENSITY * 1.5
                self._kept[path] = await asyncio.to_thread(thumbnail_of, path, size)
                self._give(path)
                self._make_room()
        finally:
            self._is_busy = False

    def _make_room(self) -> None:
        """Let go of what was made longest ago and is not in view."""
        view = self._list.places_in_view()
        for path in list(self._kept)[: max(0, len(self._kept) - MOST_KEPT)]:
            place = self._box.place_of(path)
            if place not in view:
                del self._kept[path]
                self._items.drop_thumbnail(place)

    def _next(self) -> int | None:
        missing = None
        for place in self._list.places_in_view():
            if place >= len(self._box.pictures):
                break
            path = self._box.get(place).path
            if path not in self._kept:
                missing = place if missing is None else missing
            elif not self._items.has_thumbnail(place):
                self._give(path)
        return missing

    def _give(self, path: Path) -> None:
        place, image = self._box.place_of(path), self._kept[path]
        if place is not None and image is not None:
            self._items.set_thumbnail(place, image)
