"""Composes what the canvas shows from the picture, the run, the list of results and the tools."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Slot

from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.models.compare.results import Kind
from zssr_studio.app.models.run.run import RunState
from zssr_studio.app.qimage import Pyramid, eight_bits, image_of
from zssr_studio.app.views.canvas.scene import Layer, Scene, Shown, crop_rect

if TYPE_CHECKING:
    from zssr_studio.app.controllers.compare.display_copies import Displays
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.views.window.main_window import MainWindow
    from zssr_studio.imaging.picture import Crop
    from zssr_studio.job import Job


class SceneController(QObject):
    """Keeps the canvas in step with the models."""

    def __init__(
        self,
        document: DocumentModel,
        run: RunModel,
        results: ResultsModel,
        comparison: ComparisonModel,
        displays: Displays,
        window: MainWindow,
    ) -> None:
        super().__init__()
        self._document, self._run, self._results, self._comparison = document, run, results, comparison
        self._displays, self._window, self._canvas = displays, window, window.canvas
        self._frame: tuple[Shown, ...] = ()
        document.crop_changed.connect(self._on_crop)
        run.previewed.connect(self._on_preview)
        run.state_changed.connect(self._on_state)
        comparison.changed.connect(self._on_comparison)
        results.changed.connect(self._compose)
        results.blended.connect(self._on_key)
        displays.ready.connect(self._on_key)
        self._canvas.crop_edited.connect(self._on_crop_edited)
        window.actions_by_name["crop"].toggled.connect(self._on_crop_tool)
        for name, act in (
            ("fit", self._canvas.fit),
            ("actual", self.on_actual),
            ("double", self.on_double),
            ("remove_crop", self.on_remove_crop),
        ):
            window.actions_by_name[name].triggered.connect(act)

    def show_input(self, pyramid: Pyramid) -> None:
        """Show the picture that was opened; its entry is the first of the list."""
        rect = QRectF(0, 0, pyramid.width, pyramid.height)
        self._canvas.set_scene(Scene(base=Layer(pyramid, rect)))
        self._displays.put(self._results.entries[0].key, pyramid)
        self._canvas.fit()
        self._window.show_picture()

    def show_frame(self, frame: Shown | None) -> None:
        """Show a frame of a run's film over the input, or none."""
        self._frame = () if frame is None else (frame,)
        self._compose()

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
        shown = self._canvas.scene.shown
        per_input = max((one.layer.pyramid.width / one.layer.rect.width() for one in shown), default=1.0)
        return per_input / self._canvas.devicePixelRatioF()

    @Slot(object)
    def _on_crop_edited(self, crop: Crop | None) -> None:
        self._document.set_crop(crop)

    @Slot()
    def _on_crop(self) -> None:
        self._canvas.set_scene(replace(self._canvas.scene, crop=self._document.crop))

    @Slot(bool)
    def _on_crop_tool(self, active: bool) -> None:
        if active and self._results.entries:
            key = self._results.entries[0].key
            self._comparison.set_value(replace(self._comparison.value, mode=Mode.SINGLE, selected=key))
        self._canvas.set_crop_tool(active)
        self._compose()

    @Slot()
    def _on_comparison(self) -> None:
        if not self.shows_input():
            self._window.actions_by_name["crop"].setChecked(False)
        self._compose()

    @Slot(int)
    def _on_key(self, _key: int) -> None:
        self._compose()

    @Slot()
    def _on_state(self) -> None:
        if self._run.state is RunState.TRAINING and self._run.preview is None and not self._run.queued:
            self._window.actions_by_name["crop"].setChecked(False)
            if self._canvas.is_fitted and self._document.crop is not None:
                self._canvas.show_rect(crop_rect(self._document.crop))
        self._compose()

    @Slot()
    def _on_preview(self) -> None:
        preview, job = self._run.preview, self._run.job
        if preview is None or job is None:
            return
        pyramid = Pyramid((image_of(eight_bits(preview.pixels), job.picture.icc_profile),))
        rect = rect_of(job, preview.top, preview.left, pyramid.height, pyramid.width)
        self._canvas.set_scene(replace(self._canvas.scene, preview=Layer(pyramid, rect)))

    def shows_input(self) -> bool:
        """Whether the input is looked at alone."""
        value = self._comparison.value
        entry = None if value.selected is None else self._results.get(value.selected)
        return value.mode is Mode.SINGLE and (entry is None or entry.kind is Kind.INPUT)

    @Slot()
    def _compose(self) -> None:
        value, running = self._comparison.value, self._run.is_running
        # While a run trains the region belongs to the next one, and is left alone unless it is asked for.
        drawing = self._window.actions_by_name["crop"].isChecked()
        alone = self.shows_input()
        shown = self._frame if alone else self._ready(value.shown)
        loupe = self._ready(value.chosen if value.can_compare and not alone else value.shown) if value.loupe else ()
        self._canvas.set_scene(
            replace(
                self._canvas.scene,
                preview=self._canvas.scene.preview if running else None,
                mode=value.mode,
                shown=shown,
                loupe=loupe,
                level_line=value.level_line,
                grid=value.grid,
                gain=value.gain,
                crop_editable=alone and not self._frame and (drawing or not running),
            )
        )

    def _ready(self, keys: tuple[int, ...]) -> tuple[Shown, ...]:
        """Return what can be shown of these entries by now."""
        shown = (self._displays.shown(key) for key in keys)
        return tuple(one for one in shown if one is not None)


def rect_of(job: Job, top: int, left: int, height: int, width: int) -> QRectF:
    """Place a part of a job's output on the input picture."""
    row, column = (0, 0) if job.crop is None else (job.crop.top, job.crop.left)
    vertical, horizontal = job.scale.factors
    return QRectF(column + left / horizontal, row + top / vertical, width / horizontal, height / vertical)
