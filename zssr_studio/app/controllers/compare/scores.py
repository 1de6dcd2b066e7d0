"""PSNR and SSIM of the list's pictures against the ground truth, reckoned off the window's thread."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from zssr_studio.app.models.compare.blend import mixed
from zssr_studio.engine.psnr_ssim import PsnrSsim, psnr_ssim

if TYPE_CHECKING:
    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.compare.entry import Entry
    from zssr_studio.app.models.compare.results import ResultsModel

# A blend that is being moved is not worth a figure at each place.
PATIENCE_MS = 250


class ScoresController(QObject):
    """Keeps the figures in step with the truth, the runs and their blends."""

    def __init__(self, results: ResultsModel, tasks: Tasks) -> None:
        super().__init__()
        self._results, self._tasks = results, tasks
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self._on_timer)
        results.changed.connect(self._timer.start)
        results.blended.connect(self._on_blended)

    def end(self) -> None:
        """Reckon nothing more, as the window is left."""
        self._results.changed.disconnect(self._timer.start)
        self._results.blended.disconnect(self._on_blended)
        self._timer.stop()

    @Slot(int)
    def _on_blended(self, _key: int) -> None:
        self._timer.start()

    @Slot()
    def _on_timer(self) -> None:
        if not self._busy and self._next() is not None:
            self._busy = True
            self._tasks.start(self._reckon())

    def _next(self) -> Entry | None:
        """Return an entry whose figures are missing."""
        truth = self._truth()
        if truth is None:
            return None
        rivals = (one for one in self._results.entries if one.key != truth.key and one.score is None)
        return next((one for one in rivals if one.size == truth.size and one.place == truth.place), None)

    async def _reckon(self) -> None:
        try:
            while (entry := self._next()) is not None and (truth := self._truth()) is not None:
                under = self._results.under(entry)
                border = self._results.border_px(entry.key)
                score = await asyncio.to_thread(_score, entry, under, truth, border)
                # Where the blend, the truth or the list is another one by now, the figure is stale.
                if self._truth() is truth and self._results.get(entry.key) is entry:
                    self._results.set_score(entry.key, score)
        finally:
            self._busy = False

    def _truth(self) -> Entry | None:
        return None if self._results.truth is None else self._results.get(self._results.truth)


def _score(entry: Entry, under: Entry | None, truth: Entry, border_px: int) -> PsnrSsim:
    pixels = entry.picture.pixels
    if under is not None and entry.finished is not None:
        pixels = mixed(pixels, under.picture.pixels, entry.finished.blend)
    return psnr_ssim(pixels, truth.picture.pixels, border_px)
