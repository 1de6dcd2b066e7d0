"""Opens pictures."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QInputDialog

from zssr_studio.app.controllers.window.ask import finished, pick_file
from zssr_studio.app.language import tr
from zssr_studio.app.project.store import SUFFIX
from zssr_studio.app.qimage import Pyramid, pyramid_of
from zssr_studio.imaging.read import READ_SUFFIXES, read_info, read_picture
from zssr_studio.resource import SAMPLE_PHOTO, resource_path

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.controllers.compare.scene import SceneController
    from zssr_studio.app.controllers.files.guard import Guard
    from zssr_studio.app.controllers.files.project import ProjectController
    from zssr_studio.app.controllers.run.run import RunController
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.views.window.main_window import MainWindow
    from zssr_studio.imaging.picture import Picture

# Animations have pages as well, of which the first one is the picture.
PAGED = ("TIFF", "BigTIFF")


class DocumentController(QObject):
    """Carries a picture from its file to the model."""

    def __init__(
        self,
        document: DocumentModel,
        results: ResultsModel,
        window: MainWindow,
        scene: SceneController,
        runs: RunController,
        projects: ProjectController,
        guard: Guard,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._results, self._window = document, results, window
        self._scene, self._runs, self._guard, self._tasks = scene, runs, guard, tasks
        self._projects = projects
        self._asked = 0
        window.actions_by_name["open"].triggered.connect(self.on_open)
        window.start_page.open_button.clicked.connect(self.on_open)
        window.start_page.sample_button.clicked.connect(self.on_sample)
        window.files_dropped.connect(self.open_first)
        window.recent_menu.chosen.connect(self.open)
        window.start_page.recent.chosen.connect(self.open)

    @Slot()
    def on_open(self) -> None:
        """Ask for a picture and open it."""
        self._tasks.start(self._pick_and_open())

    @Slot()
    def on_sample(self) -> None:
        """Open the photo that ships with the program."""
        self.open(resource_path(SAMPLE_PHOTO))

    @Slot(object)
    def open(self, path: Path) -> None:
        """Open a picture file, or a project."""
        self._tasks.start(self._open(path))

    @Slot(list)
    def open_first(self, paths: list[Path]) -> None:
        """Open the first of several picture files, and say so."""
        self._tasks.start(self._open_first(paths))

    async def _open_first(self, paths: list[Path]) -> None:
        await self._open(paths[0])
        if len(paths) > 1 and self._document.path == paths[0]:
            self._window.message_bar.show_notice(
                tr(
                    "One picture is enlarged at a time: {name} is open. To compare with the other {count}, drop "
                    "them on the list of results.",
                    name=paths[0].name,
                    count=len(paths) - 1,
                )
            )

    async def _pick_and_open(self) -> None:
        here = None if self._document.path is None else self._document.path.parent
        patterns = " ".join(f"*{suffix}" for suffix in (*READ_SUFFIXES, SUFFIX))
        kinds = tr("Pictures and projects ({patterns});;All files (*)", patterns=patterns)
        path = await pick_file(self._window, tr("Open a picture or a project"), kinds, here)
        if path is not None:
            await self._open(path)

    async def _open(self, path: Path) -> None:
        self._asked += 1
        asked = self._asked
        if path.suffix.lower() == SUFFIX:
            await self._projects.open(path)
            return
        page = await self._page_of(path)
        if page is None:
            return
        picture, pyramid = await asyncio.to_thread(_load, path, page)
        # Of two pictures that were asked for, the later one stands, whichever is read sooner.
        if asked != self._asked or not await self._guard.allows(tr("Open another picture")):
            return
        await self._runs.discard()
        self._window.message_bar.dismiss()
        self._document.open(picture, path, page)
        self._scene.show_input(pyramid)

    async def _page_of(self, path: Path) -> int | None:
        """Ask which page of a file with several is wanted, from 1; None when the person thinks better of it."""
        info = await asyncio.to_thread(read_info, path)
        if info.format not in PAGED or info.pages < 2:
            return 1
        question = QInputDialog(self._window)
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


def _load(path: Path, page: int) -> tuple[Picture, Pyramid]:
    picture = read_picture(path, page)
    return picture, pyramid_of(picture)
