"""Keeps the film of a run, and shows the frame that a person goes back to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.compare.scene import rect_of
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.models.run.film import Frame
from zssr_studio.app.models.run.run import RunState
from zssr_studio.app.qimage import Pyramid, eight_bits, image_of
from zssr_studio.app.views.canvas.scene import Layer, Shown

if TYPE_CHECKING:
    from zssr_studio.app.controllers.compare.scene import SceneController
    from zssr_studio.app.controllers.run.run_panel import TrainingController
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.views.window.main_window import MainWindow


class FilmController(QObject):
    """Previews to film, film to strip, the chosen frame to the canvas."""

    def __init__(
        self,
        run: RunModel,
        results: ResultsModel,
        comparison: ComparisonModel,
        training: TrainingController,
        scene: SceneController,
        window: MainWindow,
    ) -> None:
        super().__init__()
        self._run, self._results, self._comparison = run, results, comparison
        self._training, self._scene, self._strip = training, scene, window.run_panel.film
        self._chosen: Frame | None = None
        run.previewed.connect(self._on_preview)
        run.state_changed.connect(self._on_state)
        results.changed.connect(self._show)
        comparison.changed.connect(self._on_comparison)
        self._strip.chosen.connect(self._on_chosen)

    @Slot()
    def _on_preview(self) -> None:
        preview, step = self._run.preview, self._run.step
        if preview is None:
            return
        elapsed_s = 0.0 if step is None else step.elapsed_s
        pixels = eight_bits(preview.pixels)
        self._run.history.film.add(Frame(preview.step, elapsed_s, preview.top, preview.left, pixels))
        self._show()

    @Slot()
    def _on_state(self) -> None:
        if self._run.state is RunState.TRAINING and self._run.step is None and not self._run.queued:
            self._drop()
        self._show()

    @Slot()
    def _on_comparison(self) -> None:
        """Who looks at something else has left the film."""
        if not self._scene.shows_input():
            self._drop()
            self._show()

    @Slot(object)
    def _on_chosen(self, frame: Frame | None) -> None:
        job = self._training.job
        if frame is None or job is None:
            self._drop()
            return
        entries = self._results.entries
        if entries:
            value = replace(self._comparison.value, mode=Mode.SINGLE, selected=entries[0].key)
            self._comparison.set_value(value)
        self._chosen = frame
        pyramid = Pyramid((image_of(frame.pixels, job.picture.icc_profile),))
        rect = rect_of(job, frame.top, frame.left, pyramid.height, pyramid.width)
        self._scene.show_frame(Shown(frame.name, Layer(pyramid, rect)))
        self._show()

    def _drop(self) -> None:
        self._chosen = None
        self._scene.show_frame(None)

    @Slot()
    def _show(self) -> None:
        film = self._training.history.film
        chosen = None
        if self._chosen is not None and film.frames:
            chosen = film.nearest(self._chosen)
        job = self._training.job
        self._strip.set_frames(film.frames, chosen, None if job is None else job.picture.icc_profile)
