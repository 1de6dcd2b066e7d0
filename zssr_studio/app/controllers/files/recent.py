"""Keeps the pictures that were opened last, in the menu and on the first screen."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.files.thumbnails import thumbnail_of
from zssr_studio.app.controllers.window.tasks import Turns
from zssr_studio.app.views.files.recent_list import MOST_SHOWN
from zssr_studio.app.views.files.recent_tile import THUMBNAIL_PX
from zssr_studio.resource import SAMPLE_PHOTO, resource_path

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction, QImage

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.files.recent import RecentModel
    from zssr_studio.app.views.files.recent_list import RecentList
    from zssr_studio.app.views.files.recent_menu import RecentMenu


class RecentController(QObject):
    """Document to list, list to views."""

    def __init__(
        self,
        recent: RecentModel,
        document: DocumentModel,
        menu: RecentMenu,
        listed: RecentList,
        clear_action: QAction,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._recent, self._document, self._tasks = recent, document, tasks
        self._menu, self._list = menu, listed
        self._gone: frozenset[Path] = frozenset()
        self._looks = Turns()
        # None while one is being made, and where there can be none.
        self._thumbnails: dict[Path, QImage | None] = {}
        document.picture_changed.connect(self._on_picture)
        recent.changed.connect(self._on_changed)
        clear_action.triggered.connect(recent.clear)
        # Files come and go: each time that somebody wants to choose, it is looked again.
        menu.aboutToShow.connect(self._on_about_to_show)
        self._on_changed()

    @Slot()
    def _on_picture(self) -> None:
        path = self._document.path
        if path is not None and path != resource_path(SAMPLE_PHOTO):
            self._recent.add(path)

    @Slot()
    def _on_changed(self) -> None:
        self._show()
        self._tasks.start(self._look())

    @Slot()
    def _on_about_to_show(self) -> None:
        self._tasks.start(self._look())

    async def _look(self) -> None:
        """Look in the background which files are there; a disk may be slow or asleep.

        Several may be on the way: what was seen before what is shown by now is stale.
        """
        look = self._looks.begin()
        gone = await asyncio.to_thread(_missing, self._recent.paths)
        if not look.answers():
            return
        if gone != self._gone:
            self._gone = gone
            self._show()
        await self._make_thumbnails()

    async def _make_thumbnails(self) -> None:
        """Make the small pictures one after the other, as long as the first screen is there to show them."""
        for path in self._recent.paths[:MOST_SHOWN]:
            if self._document.picture is not None:
                return
            if path in self._gone or path in self._thumbnails:
                continue
            self._thumbnails[path] = None
            self._thumbnails[path] = await asyncio.to_thread(thumbnail_of, path, THUMBNAIL_PX)
            self._list.set_thumbnails(self._thumbnails)

    def _show(self) -> None:
        self._menu.set_files(self._recent.paths, self._gone)
        self._list.set_files(self._recent.paths, self._gone)
        self._list.set_thumbnails(self._thumbnails)


def _missing(paths: tuple[Path, ...]) -> frozenset[Path]:
    return frozenset(path for path in paths if not path.is_file())
