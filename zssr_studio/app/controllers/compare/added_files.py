"""Adds picture files to the list of results, to compare with."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from zssr_studio.app.controllers.box.gathering import gathered
from zssr_studio.app.controllers.window.ask import pick_file
from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.comparison import MAX_CHOSEN
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.read import READ_SUFFIXES, read_picture

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel


class AddedFilesController(QObject):
    """Files to list.

    Signals
    -------
    open_asked(list of Path)
        Files were dropped on the list while no picture is open: there is nothing to compare them with.
    """

    open_asked = Signal(list)

    def __init__(
        self,
        document: DocumentModel,
        results: ResultsModel,
        comparison: ComparisonModel,
        add_action: QAction,
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._results, self._comparison = document, results, comparison
        self._action, self._parent, self._tasks = add_action, parent, tasks
        add_action.triggered.connect(self.on_add)
        results.changed.connect(self._show)
        self._show()

    def add(self, path: Path) -> None:
        """Add a picture file to compare with."""
        self._tasks.start(self._add(path))

    @Slot()
    def on_add(self) -> None:
        """Ask for a picture file and add it."""
        self._tasks.start(self._pick_and_add())

    @Slot(list)
    def on_dropped(self, paths: list[Path]) -> None:
        """Add the files that were dropped on the list, and the pictures of folders if they are few."""
        if self._document.picture is None:
            self.open_asked.emit(paths)
            return
        if any(path.is_dir() for path in paths):
            self._tasks.start(self._add_folders(paths))
            return
        for path in paths:
            self.add(path)

    @Slot()
    def _show(self) -> None:
        self._action.setEnabled(bool(self._results.entries))

    async def _pick_and_add(self) -> None:
        here = None if self._document.path is None else self._document.path.parent
        patterns = " ".join(f"*{suffix}" for suffix in READ_SUFFIXES)
        title = tr("Add a picture to compare with")
        path = await pick_file(self._parent, title, tr("Pictures ({patterns});;All files (*)", patterns=patterns), here)
        if path is not None:
            await self._add(path)

    async def _add_folders(self, paths: list[Path]) -> None:
        """Add all that is found in folders; a list is for pictures that are looked at beside each other."""
        names = ", ".join(path.name for path in paths)
        found = await asyncio.to_thread(gathered, paths)
        if not found.pictures:
            raise BadInputError(
                tr("There are no pictures in {names}. Open picture files, or a folder with some.", names=names)
            )
        if len(found.pictures) > MAX_CHOSEN:
            raise BadInputError(
                tr(
                    "{names} holds {count} pictures; up to {most} are added to compare with. Drop fewer here, or the "
                    "folder on the picture, where it becomes a box.",
                    names=names,
                    count=len(found.pictures),
                    most=MAX_CHOSEN,
                )
            )
        for one in found.pictures:
            self.add(one.path)

    async def _add(self, path: Path) -> None:
        opened = self._document.picture
        picture = await asyncio.to_thread(read_picture, path)
        if self._document.picture is not opened or opened is None:
            return
        entry = self._results.add_file(picture, path)
        value = replace(self._comparison.value, selected=entry.key)
        self._comparison.set_value(value.toggled(entry.key) if len(value.chosen) < MAX_CHOSEN else value)
