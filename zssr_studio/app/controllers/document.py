"""Opens pictures and exports results."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.ask import pick_file, pick_target
from zssr_studio.app.qimage import Pyramid, pyramid_of
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.read import READ_SUFFIXES, read_picture
from zssr_studio.imaging.write import write_picture
from zssr_studio.resource import SAMPLE_PHOTO, resource_path

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.controllers.guard import Guard
    from zssr_studio.app.controllers.run import RunController
    from zssr_studio.app.controllers.scene import SceneController
    from zssr_studio.app.controllers.tasks import Tasks
    from zssr_studio.app.models.document import DocumentModel
    from zssr_studio.app.models.run import RunModel
    from zssr_studio.app.views.main_window import MainWindow
    from zssr_studio.imaging.picture import Picture

FORMATS = {"PNG (*.png)": ".png", "TIFF (*.tif *.tiff)": ".tif", "JPEG (*.jpg *.jpeg)": ".jpg"}


class DocumentController(QObject):
    """Carries a picture from its file to the model, and a result to its file."""

    def __init__(
        self,
        document: DocumentModel,
        run: RunModel,
        window: MainWindow,
        scene: SceneController,
        runs: RunController,
        guard: Guard,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._run, self._window = document, run, window
        self._scene, self._runs, self._guard, self._tasks = scene, runs, guard, tasks
        self._asked = 0
        window.actions_by_name["open"].triggered.connect(self.on_open)
        window.actions_by_name["export"].triggered.connect(self.on_export)
        window.start_page.open_button.clicked.connect(self.on_open)
        window.start_page.sample_button.clicked.connect(self.on_sample)
        window.file_dropped.connect(self.open)

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
        """Open a picture file."""
        self._tasks.start(self._open(path))

    @Slot()
    def on_export(self) -> None:
        """Ask for a place and write the result there."""
        self._tasks.start(self._export())

    async def _pick_and_open(self) -> None:
        here = None if self._document.path is None else self._document.path.parent
        patterns = " ".join(f"*{suffix}" for suffix in READ_SUFFIXES)
        path = await pick_file(self._window, "Open a picture", f"Pictures ({patterns});;All files (*)", here)
        if path is not None:
            await self._open(path)

    async def _open(self, path: Path) -> None:
        self._asked += 1
        asked = self._asked
        picture, pyramid = await asyncio.to_thread(_load, path)
        # Of two pictures that were asked for, the later one stands, whichever is read sooner.
        if asked != self._asked or not await self._guard.allows("Open another picture"):
            return
        await self._runs.discard()
        self._window.message_bar.dismiss()
        self._scene.show_input(pyramid)
        self._document.open(picture, path)

    async def _export(self) -> None:
        job, result, source = self._run.job, self._run.result, self._document.path
        if job is None or result is None or source is None:
            return
        proposed = source.with_name(f"{source.stem}_zssr{job.scale}x{_export_suffix(source)}")
        target = await pick_target(self._window, "Export the enlarged picture", proposed, FORMATS)
        if target is None:
            return
        if target.exists() and source.exists() and target.samefile(source):
            raise BadInputError(f"{target.name} is the source, which is never overwritten. Export under another name.")
        await asyncio.to_thread(write_picture, result.picture, target, overwrite=True)
        if self._run.result is result:
            self._run.mark_exported()
        size = f"{result.picture.width} × {result.picture.height} pixels"
        self._window.message_bar.show_notice(f"Saved {target.name} ({size}) in {target.parent}.")


def _load(path: Path) -> tuple[Picture, Pyramid]:
    picture = read_picture(path)
    return picture, pyramid_of(picture)


def _export_suffix(source: Path) -> str:
    """Propose the source's own format, but nothing lossy: a JPEG becomes a PNG."""
    return ".tif" if source.suffix.lower() in (".tif", ".tiff") else ".png"
