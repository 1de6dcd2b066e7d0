"""Keeps the canvas in step with the models, and does what a person does to the view and to the region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.canvas.resolve import SceneState, resolve_scene
from zssr_studio.app.controllers.compare.display_copies import part_on_input
from zssr_studio.app.qimage import eight_bits
from zssr_studio.app.views.canvas.scene import MIDDLE, crop_rect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

    from zssr_studio.app.controllers.compare.display_copies import Displays
    from zssr_studio.app.controllers.compare.map_layers import MapLayers
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.qimage import Pyramid
    from zssr_studio.app.views.canvas.canvas import Canvas
    from zssr_studio.app.views.canvas.scene import Layer, Shown
    from zssr_studio.imaging.picture import Crop


class SceneController(QObject):
    """Models to scene, scene to canvas: `_show` is the only place that sets it."""

    def __init__(
        self,
        document: DocumentModel,
        run: RunModel,
        results: ResultsModel,
        comparison: ComparisonModel,
        displays: Displays,
        maps: MapLayers,
        canvas: Canvas,
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__()
        self._document, self._run, self._results, self._comparison = document, run, results, comparison
        self._displays, self._maps, self._canvas, self._crop_tool = displays, maps, canvas, actions["crop"]
        self._frame: Shown | None = None
        self._preview: Layer | None = None
        for signal in (
            *(document.crop_changed, document.aspect_changed, run.state_changed),
            *(results.changed, results.blended, displays.ready, maps.changed),
        ):
            signal.connect(self._show)
        run.begun.connect(self._on_begun)
        run.previewed.connect(self._on_preview)
        comparison.changed.connect(self._on_comparison)
        canvas.crop_edited.connect(self._on_crop_edited)
        self._crop_tool.toggled.connect(self._on_crop_tool)
        for name, act in (
            ("fit", canvas.fit),
            ("actual", self.on_actual),
            ("double", self.on_double),
            ("remove_crop", self.on_remove_crop),
        ):
            actions[name].triggered.connect(act)

    def show_input(self, pyramid: Pyramid) -> None:
        """Show the picture that was opened; its entry is the first of the list."""
        self._canvas.move_split(MIDDLE)
        self._displays.put(self._results.entries[0].key, pyramid)
        self._canvas.fit()

    def show_frame(self, frame: Shown | None) -> None:
        """Show a frame of a run's film, or what was tried in place, over the input; None takes it away."""
        self._frame = frame
        self._show()

    @property
    def is_occupied(self) -> bool:
        """Whether a person draws a region, or looks at a frame of a film or at what was tried in place."""
        return self._crop_tool.isChecked() or self._frame is not None

    @Slot()
    def on_actual(self) -> None:
        """Show the finest picture at one pixel for one of the screen."""
        self._canvas.set_zoom_percent(100)

    @Slot()
    def on_double(self) -> None:
        """Show the finest picture at two pixels of the screen for one."""
        self._canvas.set_zoom_percent(200)

    @Slot()
    def on_remove_crop(self) -> None:
        """Take the whole picture again."""
        self._document.set_crop(None)

    @Slot(object)
    def _on_crop_edited(self, crop: Crop | None) -> None:
        self._document.set_crop(crop)

    @Slot(bool)
    def _on_crop_tool(self, active: bool) -> None:
        if active:
            self._comparison.look_at_input()
        self._canvas.set_crop_tool(active)
        self._show()

    @Slot()
    def _on_comparison(self) -> None:
        if not self._comparison.value.shows_input:
            self._crop_tool.setChecked(False)
        self._show()

    @Slot()
    def _on_begun(self) -> None:
        """Look at the part that is trained on: the picture as it comes along is what a person wants to see first."""
        self._comparison.look_at_input()
        self._crop_tool.setChecked(False)
        if self._canvas.is_fitted and self._document.crop is not None:
            self._canvas.show_rect(crop_rect(self._document.crop))

    @Slot()
    def _on_preview(self) -> None:
        preview, job = self._run.preview, self._run.job
        if preview is None or job is None:
            return
        self._preview = part_on_input(eight_bits(preview.pixels), job, preview.top, preview.left)
        self._show()

    @Slot()
    def _show(self) -> None:
        """Bring the canvas in line with the models."""
        if self._run.preview is None:
            self._preview = None
        state = SceneState(
            comparison=self._comparison.value,
            pictures=self._displays.pictures(),
            maps=self._maps.layers,
            crop=self._document.crop,
            aspect=self._document.aspect,
            is_running=self._run.is_running,
            preview=self._preview,
            frame=self._frame,
            is_drawing=self._crop_tool.isChecked(),
            split=self._canvas.scene.split,
        )
        self._canvas.set_scene(resolve_scene(state))
