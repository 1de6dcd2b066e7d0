"""Composes what the canvas shows from the picture, the run and the tools."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Slot

from zssr_studio.app.models.run import RunState
from zssr_studio.app.qimage import Pyramid, eight_bits, image_of, pyramid_of
from zssr_studio.app.views.canvas_scene import Layer, Scene, crop_rect

if TYPE_CHECKING:
    from zssr_studio.app.controllers.tasks import Tasks
    from zssr_studio.app.models.document import DocumentModel
    from zssr_studio.app.models.run import RunModel
    from zssr_studio.app.views.main_window import MainWindow
    from zssr_studio.imaging.picture import Crop, Picture
    from zssr_studio.job import Job


class SceneController(QObject):
    """Keeps the canvas in step with the models."""

    def __init__(self, document: DocumentModel, run: RunModel, window: MainWindow, tasks: Tasks) -> None:
        super().__init__()
        self._document, self._run, self._tasks = document, run, tasks
        self._window, self._canvas = window, window.canvas
        self._before: Layer | None = None
        self._after: Layer | None = None
        document.crop_changed.connect(self._on_crop)
        run.previewed.connect(self._on_preview)
        run.state_changed.connect(self._on_state)
        self._canvas.crop_edited.connect(self._on_crop_edited)
        for name, slot in (
            ("crop", self._on_crop_tool),
            ("compare", self._on_compare),
        ):
            window.actions_by_name[name].toggled.connect(slot)
        for name, act in (
            ("fit", self._canvas.fit),
            ("actual", self.on_actual),
            ("double", self.on_double),
            ("remove_crop", self.on_remove_crop),
        ):
            window.actions_by_name[name].triggered.connect(act)

    def show_input(self, pyramid: Pyramid) -> None:
        """Show another picture."""
        self._before = self._after = None
        rect = QRectF(0, 0, pyramid.width, pyramid.height)
        self._canvas.set_scene(Scene(base=Layer(pyramid, rect)))
        self._canvas.fit()
        self._window.show_picture()

    @Slot()
    def on_actual(self) -> None:
        """Show the finest picture at one pixel for one of the screen."""
        self._canvas.set_zoom(self._pixel_zoom())

    @Slot()
    def on_double(self) -> None:
        """Show the finest picture at two pixels of the screen for one."""
        self._canvas.set_zoom(2 * self._pixel_zoom())

    @Slot()
    def on_remove_crop(self) -> None:
        """Take the whole picture again."""
        self._document.set_crop(None)

    def _pixel_zoom(self) -> float:
        """Screen pixels per input pixel at which a pixel of the finest picture shown is one of the screen."""
        scene = self._canvas.scene
        after = scene.after
        per_input = 1.0 if after is None else after.pyramid.width / after.rect.width()
        return per_input / self._canvas.devicePixelRatioF()

    @Slot(object)
    def _on_crop_edited(self, crop: Crop | None) -> None:
        self._document.set_crop(crop)

    @Slot()
    def _on_crop(self) -> None:
        self._canvas.set_scene(replace(self._canvas.scene, crop=self._document.crop))

    @Slot(bool)
    def _on_crop_tool(self, active: bool) -> None:
        if active:
            self._window.actions_by_name["compare"].setChecked(False)
        self._canvas.set_crop_tool(active)

    @Slot(bool)
    def _on_compare(self, active: bool) -> None:
        if active:
            self._window.actions_by_name["crop"].setChecked(False)
        self._compose()

    @Slot()
    def _on_state(self) -> None:
        state = self._run.state
        if state is RunState.FINISHED:
            self._tasks.start(self._show_result())
            return
        if state is RunState.TRAINING and self._run.preview is None:
            self._before = self._after = None
            self._window.actions_by_name["crop"].setChecked(False)
            if self._canvas.is_fitted and self._document.crop is not None:
                self._canvas.show_rect(crop_rect(self._document.crop))
        if state is RunState.IDLE:
            self._before = self._after = None
        self._compose()

    @Slot()
    def _on_preview(self) -> None:
        preview, job = self._run.preview, self._run.job
        if preview is None or job is None:
            return
        pyramid = Pyramid((image_of(eight_bits(preview.pixels)),))
        rect = rect_of(job, preview.top, preview.left, pyramid.height, pyramid.width)
        self._canvas.set_scene(replace(self._canvas.scene, preview=Layer(pyramid, rect)))

    async def _show_result(self) -> None:
        """Make the display copies off the window's thread; an answer for a result that is gone is dropped."""
        result, job = self._run.result, self._run.job
        if result is None or job is None:
            return
        before, after = await asyncio.to_thread(_pyramids, result.bicubic, result.picture)
        if self._run.result is not result:
            return
        rect = rect_of(job, 0, 0, after.height, after.width)
        self._before, self._after = Layer(before, rect), Layer(after, rect)
        self._window.actions_by_name["compare"].setChecked(True)
        self._compose()

    def _compose(self) -> None:
        scene, running = self._canvas.scene, self._run.is_running
        comparing = self._window.actions_by_name["compare"].isChecked() and not running
        before, after = (self._before, self._after) if comparing else (None, None)
        preview = scene.preview if running else None
        editable = not running and after is None
        self._canvas.set_scene(replace(scene, preview=preview, before=before, after=after, crop_editable=editable))


def rect_of(job: Job, top: int, left: int, height: int, width: int) -> QRectF:
    """Place a part of a job's output on the input picture."""
    row, column = (0, 0) if job.crop is None else (job.crop.top, job.crop.left)
    vertical, horizontal = job.scale.factors
    return QRectF(column + left / horizontal, row + top / vertical, width / horizontal, height / vertical)


def _pyramids(*pictures: Picture) -> tuple[Pyramid, ...]:
    return tuple(pyramid_of(picture) for picture in pictures)
