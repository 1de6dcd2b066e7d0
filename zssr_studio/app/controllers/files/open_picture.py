"""Opens pictures."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QInputDialog

from zssr_studio.app.controllers.window.ask import finished, pick_files
from zssr_studio.app.controllers.window.tasks import Turns
from zssr_studio.app.language import tr
from zssr_studio.app.project.source import read_source
from zssr_studio.app.project.store import SUFFIX
from zssr_studio.app.qimage import Pyramid, pyramid_of
from zssr_studio.errors import StudioError
from zssr_studio.imaging.read import READ_SUFFIXES, read_info, read_picture
from zssr_studio.resource import SAMPLE_PHOTO, resource_path

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.files.unsaved_work import UnsavedWorkGuard
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.files.source_file import SourceFile
    from zssr_studio.app.views.window.message_bar import MessageBar
    from zssr_studio.imaging.picture import Picture

# Animations have pages as well, of which the first one is the picture.
PAGED = ("TIFF", "BigTIFF")


class OpenPictureController(QObject):
    """Carries a picture from its file to the model.

    Parameters
    ----------
    discard_runs : callable
        Ends what is trained for the picture before.
    show_input : callable
        Shows the display copy of the picture that was opened.
    open_project : callable
        Opens a project file instead, unless nobody wants it any more once it is read.

    Signals
    -------
    chosen(list of Path)
        A person chose these, to be opened.
    """

    chosen = Signal(list)

    def __init__(
        self,
        document: DocumentModel,
        guard: UnsavedWorkGuard,
        discard_runs: Callable[[], Awaitable[None]],
        show_input: Callable[[Pyramid], None],
        open_project: Callable[[Path, Callable[[], bool]], Awaitable[None]],
        messages: MessageBar,
        parent: QWidget,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._guard = document, guard
        self._discard_runs, self._show_input, self._open_project = discard_runs, show_input, open_project
        self._messages, self._parent, self._tasks = messages, parent, tasks
        self._turns = Turns()

    @Slot()
    def on_open(self) -> None:
        """Ask for pictures, or a project."""
        self._tasks.start(self._pick_and_open())

    @Slot()
    def on_sample(self) -> None:
        """Open the photo that ships with the program."""
        self.open(resource_path(SAMPLE_PHOTO))

    @Slot(object)
    def open(self, path: Path) -> None:
        """Open a picture file, or a project."""
        self._tasks.start(self._open(path))

    async def _pick_and_open(self) -> None:
        here = None if self._document.path is None else self._document.path.parent
        patterns = " ".join(f"*{suffix}" for suffix in (*READ_SUFFIXES, SUFFIX))
        kinds = tr("Pictures and projects ({patterns});;All files (*)", patterns=patterns)
        paths = await pick_files(self._parent, tr("Open pictures or a project"), kinds, here)
        if paths:
            self.chosen.emit(paths)

    async def open_and_wait(self, path: Path) -> bool:
        """Open a picture file, or a project, and tell whether it is open.

        Raises
        ------
        StudioError
            If it cannot be read.
        """
        await self._open(path)
        return self._document.path == path

    def ask(self) -> Callable[[], bool]:
        """Note that something is asked for, and return what tells whether nothing else was since."""
        return self._turns.begin().is_last

    async def _open(self, path: Path) -> None:
        is_wanted = self.ask()
        if path.suffix.lower() == SUFFIX:
            await self._open_project(path, is_wanted)
            return
        page = await self._page_of(path)
        if page is None:
            return
        picture, source, pyramid = await asyncio.to_thread(_load, path, page)
        # Of two pictures that were asked for, the later one stands, whichever is read sooner.
        if not is_wanted() or not await self._is_allowed():
            return
        await self._discard_runs()
        self._document.open(picture, source)
        self._show_input(pyramid)
        if picture.notes:
            self._messages.show_notice(" ".join(picture.notes))

    async def _is_allowed(self) -> bool:
        """Ask where something would be lost; what was to be kept and cannot be written is no fault of the picture."""
        try:
            return await self._guard.allows(tr("Open another picture"))
        except StudioError as error:
            self._messages.show_error(str(error))
            return False

    async def _page_of(self, path: Path) -> int | None:
        """Ask which page of a file with several is wanted, from 1; None when the person thinks better of it."""
        info = await asyncio.to_thread(read_info, path)
        if info.format not in PAGED or info.pages < 2:
            return 1
        question = QInputDialog(self._parent)
        question.setInputMode(QInputDialog.InputMode.IntInput)
        question.setIntRange(1, info.pages)
        question.setIntValue(1)
        question.setWindowTitle(tr("Which page?"))
        question.setLabelText(tr("{name} holds {pages} pages. Open page", name=path.name, pages=info.pages))
        try:
            agreed = await finished(question) == QDialog.DialogCode.Accepted
            return question.intValue() if agreed else None
        finally:
            question.deleteLater()


def _load(path: Path, page: int) -> tuple[Picture, SourceFile, Pyramid]:
    picture = read_picture(path, page)
    return picture, read_source(path, page), pyramid_of(picture)
