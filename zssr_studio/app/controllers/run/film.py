"""Keeps the film of a run, and shows the frame that a person goes back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from zssr_studio.app.controllers.compare.display_copies import part_on_input
from zssr_studio.app.models.run.film import Frame
from zssr_studio.app.qimage import eight_bits
from zssr_studio.app.views.canvas.scene import Shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.app.controllers.run.run_panel import RunPanelController
    from zssr_studio.app.models.compare.comparison import ComparisonModel
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.views.run.film_strip import FilmStrip


class FilmController(QObject):
    """Previews to film, film to strip, the chosen frame to the canvas."""

    def __init__(
        self,
        run: RunModel,
        results: ResultsModel,
        comparison: ComparisonModel,
        training: RunPanelController,
        strip: FilmStrip,
        show_frame: Callable[[Shown | None], None],
    ) -> None:
        super().__init__()
        self._run, self._comparison, self._training = run, comparison, training
        self._strip, self._show_frame = strip, show_frame
        self._chosen: Frame | None = None
        self._input = comparison.value.input
        run.previewed.connect(self._on_preview)
        run.begun.connect(self._drop)
        run.state_changed.connect(self._show)
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
    def _on_comparison(self) -> None:
        """Who looks at something else, or opens another picture, has left the film."""
        value, before = self._comparison.value, self._input
        self._input = value.input
        if not value.shows_input or value.input != before:
            self._drop()

    @Slot(object)
    def _on_chosen(self, frame: Frame | None) -> None:
        job = self._training.job
        if frame is None or job is None:
            self._drop()
            return
        self._comparison.look_at_input()
        self._chosen = frame
        self._show_frame(Shown(frame.name, part_on_input(frame.pixels, job, frame.top, frame.left)))
        self._show()

    @Slot()
    def _drop(self) -> None:
        """Show how things are now again."""
        self._chosen = None
        self._show_frame(None)
        self._show()

    @Slot()
    def _show(self) -> None:
        film = self._training.history.film
        chosen = None
        if self._chosen is not None and film.frames:
            chosen = film.nearest(self._chosen)
        job = self._training.job
        self._strip.set_frames(film.frames, chosen, None if job is None else job.picture.icc_profile)
