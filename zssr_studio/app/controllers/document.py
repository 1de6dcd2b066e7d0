"""Opens pictures and exports results."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.ask import pick_file, pick_target
from zssr_studio.app.models.blend import blended
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
    from zssr_studio.app.models.results import ResultsModel
    from zssr_studio.app.views.main_window import MainWindow
    from zssr_studio.imaging.picture import Picture

FORMATS = {"PNG (*.png)": ".png", "TIFF (*.tif *.tiff)": ".tif", "JPEG (*.jpg *.jpeg)": ".jpg"}


class DocumentController(QObject):
    """Carries a picture from its file to the model, and a result to its file."""

    def __init__(
        self,
        document: DocumentModel,
        results: ResultsModel,
        window: MainWindow,
        scene: SceneController,
        runs: RunController,
        guard: Guard,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._results, self._window = document, results, window
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
        self._document.open(picture, path)
        self._scene.show_input(pyramid)

    async def _export(self) -> None:
        entry, source = self._results.current_run, self._document.path
        if entry is None or entry.finished is None or source is None:
            return
        scale = entry.finished.job.scale
        proposed = source.with_name(f"{source.stem}_zssr{scale}x{_export_suffix(source)}")
        target = await pick_target(self._window, f"Export {entry.name}", proposed, FORMATS)
        if target is None:
            return
        if target.exists() and source.exists() and target.samefile(source):
            raise BadInputError(f"{target.name} is the source, which is never overwritten. Export under another name.")
        under, share = self._results.under(entry), entry.finished.blend
        await asyncio.to_thread(_write, entry.picture, None if under is None else under.picture, share, target)
        now = self._results.get(entry.key)
        if now is not None and now.finished is not None and now.finished.blend == share:
            self._results.mark_exported(entry.key)
        size = f"{entry.picture.width} × {entry.picture.height} pixels"
        what = size if under is None else f"{size}, {share:.0%} of it the result and the rest bicubic"
        self._window.message_bar.show_notice(f"Saved {target.name} ({what}) in {target.parent}.")


def _write(result: Picture, bicubic: Picture | None, share: float, target: Path) -> None:
    picture = result if bicubic is None else blended(result, bicubic, share)
    write_picture(picture, target, overwrite=True)


def _load(path: Path) -> tuple[Picture, Pyramid]:
    picture = read_picture(path)
    return picture, pyramid_of(picture)


def _export_suffix(source: Path) -> str:
    """Propose the source's own format, but nothing lossy: a JPEG becomes a PNG."""
    return ".tif" if source.suffix.lower() in (".tif", ".tiff") else ".png"
