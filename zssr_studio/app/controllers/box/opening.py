"""Opens what is dropped or chosen: one picture as ever, several as a box."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.box.gathering import gathered
from zssr_studio.app.controllers.window.ask import pick_folder
from zssr_studio.app.language import tr
from zssr_studio.app.models.box.plan import kept_plan
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.errors import StudioError
from zssr_studio.imaging.read import read_picture

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.box.gathering import Gathered
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.box.box import BoxModel
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.views.window.message_bar import MessageBar

MOST_NAMED = 3


class BoxOpenController(QObject):
    """Files to box, and from the box into the window.

    Parameters
    ----------
    kept : QSettings
        Where it is remembered how the results of boxes are called, and where they went.
    open_and_wait : callable
        Opens a picture or a project, and tells whether it is open.
    ask : callable
        Notes that something is asked for, and returns what tells whether nothing else was since.
    """

    def __init__(
        self,
        kept: QSettings,
        document: DocumentModel,
        box: BoxModel,
        results: ResultsModel,
        comparison: ComparisonModel,
        open_and_wait: Callable[[Path], Awaitable[bool]],
        ask: Callable[[], Callable[[], bool]],
        folder_action: QAction,
        messages: MessageBar,
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._box, self._results, self._comparison = document, box, results, comparison
        self._kept, self._open_and_wait, self._ask, self._is_over = kept, open_and_wait, ask, False
        self._messages, self._parent, self._tasks = messages, parent, tasks
        folder_action.triggered.connect(self.on_open_folder)

    @Slot()
    def end(self) -> None:
        """Open nothing any more, as once the window is left."""
        self._is_over = True

    @Slot(list)
    def open(self, paths: list[Path]) -> None:
        """Open one file as a picture or a project; several, or a folder, become a box."""
        self._tasks.start(self._open(paths))

    @Slot()
    def on_open_folder(self) -> None:
        """Ask for a folder and open all of its pictures."""
        self._tasks.start(self._pick_and_open())

    @Slot(list)
    def add(self, paths: list[Path]) -> None:
        """Add files, and the pictures of folders, to the box that is open."""
        self._tasks.start(self._add(paths))

    def open_place(self, place: int) -> None:
        """Open a picture of the box; what is done already with its result beside it under the slider."""
        self._tasks.start(self._open_place(place))

    async def _pick_and_open(self) -> None:
        here = None if self._document.path is None else self._document.path.parent
        folder = await pick_folder(self._parent, tr("Open all pictures of a folder"), here)
        if folder is not None:
            await self._open([folder])

    async def _open(self, paths: list[Path]) -> None:
        if len(paths) == 1 and not paths[0].is_dir():
            await self._open_and_wait(paths[0])
            return
        is_wanted = self._ask()
        found = await asyncio.to_thread(gathered, paths)
        if self._is_over or not is_wanted():
            return
        # After that, which may take long: it may have been started meanwhile.
        if self._box.is_working:
            self._messages.show_notice(
                tr("The box is being worked on. Stop it, or wait for its end, before another one is opened.")
            )
            return
        if len(found.pictures) > 1:
            self._box.open(found.pictures, kept_plan(self._kept, found.folder))
            await self._open_first()
        elif found.pictures:
            await self._open_and_wait(found.pictures[0].path)
        self._tell(found, paths)

    async def _add(self, paths: list[Path]) -> None:
        home = self._box.home
        found = await asyncio.to_thread(gathered, paths)
        # They were dropped on the box that was open then.
        if self._is_over or self._box.home != home:
            return
        if self._box.is_working:
            self._messages.show_notice(
                tr("The box is being worked on. Stop it, or wait for its end, before pictures are added to it.")
            )
        if self._box.is_working or not self._box.is_open:
            return
        before = len(self._box.pictures)
        self._box.add(found.pictures)
        if found.pictures and not found.left_out:
            count, known = len(self._box.pictures) - before, len(found.pictures)
            self._messages.show_notice(
                tr(
                    "Added to the box: {count} of {known} pictures; the others are in it already.",
                    count=count,
                    known=known,
                )
                if count < known
                else tr("Added to the box: {count} pictures.", count=count)
            )
        self._tell(found, paths)

    def _tell(self, found: Gathered, paths: list[Path]) -> None:
        """Say what was left out, once the first picture is open: opening it takes earlier messages away."""
        if not found.pictures:
            names = ", ".join(path.name for path in paths[:MOST_NAMED])
            self._messages.show_notice(
                tr("There are no pictures in {names}. Open picture files, or a folder with some.", names=names)
            )
        elif found.left_out:
            names = ", ".join(path.name for path in found.left_out[:MOST_NAMED])
            if len(found.left_out) > MOST_NAMED:
                names += " …"
            self._messages.show_notice(tr("Left out, as they are no pictures by their names: {names}.", names=names))

    async def _open_first(self) -> None:
        """Open the first that can be read; why another cannot stands at its place in the box."""
        for picture in self._box.pictures:
            # A person may have closed the box meanwhile, or opened another one.
            if (place := self._box.place_of(picture.path)) is None:
                return
            try:
                await self._open_place(place)
            except StudioError as error:
                if (place := self._box.place_of(picture.path)) is not None:
                    self._box.change(place, is_unreadable=True, sentence=str(error))
            else:
                return

    async def _open_place(self, place: int) -> None:
        picture = self._box.get(place)
        if not await self._open_and_wait(picture.path) or picture.result is None:
            return
        opened = self._document.picture
        result = await asyncio.to_thread(read_picture, picture.result)
        # A person may have gone on meanwhile.
        if self._document.picture is not opened:
            return
        entry, value = self._results.add_file(result, picture.result), self._comparison.value
        if value.input is not None:
            self._comparison.set_value(value.paired((value.input, entry.key), Mode.SLIDER, entry.key))
