"""Says before a run how long it will take and how much memory, and what to do where that is not there."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QObject, QTimer, Slot

from zssr_studio.app.controllers.window.tasks import Turns
from zssr_studio.app.language import tr
from zssr_studio.engine.config import Scale
from zssr_studio.errors import BadInputError
from zssr_studio.host.machine import free_memory_bytes
from zssr_studio.words.say import duration_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.files.document import DocumentModel
    from zssr_studio.app.models.run.forecast import ForecastModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.models.run.settings import SettingsModel
    from zssr_studio.app.views.run.start_footer import StartFooter
    from zssr_studio.forecast import Forecast, Speed
    from zssr_studio.job import Job

GB = 1e9
# A drag makes many changes, and the machine is measured once the picture is there and nothing else goes on. Chosen.
TELL_AFTER_MS, MEASURE_AFTER_MS = 150, 800
# What is proposed where a larger one does not fit.
SMALLER = (4.0, 3.0, 2.0, 1.5)


class ForecastController(QObject):
    """Models to the line above the button that starts a run.

    Parameters
    ----------
    kept_in : Path
        Where the work is saved by itself.
    """

    def __init__(
        self,
        document: DocumentModel,
        settings: SettingsModel,
        run: RunModel,
        model: ForecastModel,
        footer: StartFooter,
        kept_in: Path,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._document, self._settings, self._run, self._model = document, settings, run, model
        self._footer, self._kept_in, self._tasks = footer, kept_in, tasks
        self._turns = Turns()
        self._is_measuring = self._is_over = False
        self._tell_timer, self._measure_timer = _timer(self, TELL_AFTER_MS), _timer(self, MEASURE_AFTER_MS)
        self._tell_timer.timeout.connect(self._on_tell)
        self._measure_timer.timeout.connect(self._on_measure)
        for signal in (document.picture_changed, document.crop_changed, settings.changed, run.state_changed):
            signal.connect(self._on_change)

    @Slot()
    def end(self) -> None:
        """Measure nothing any more, as the window is about to close."""
        self._is_over = True
        self._tell_timer.stop()
        self._measure_timer.stop()

    @Slot()
    def _on_change(self) -> None:
        if not self._is_over:
            self._tell_timer.start()

    @Slot()
    def _on_tell(self) -> None:
        self._tasks.start(self._tell())

    async def _tell(self) -> None:
        turn, picture, settings = self._turns.begin(), self._document.picture, self._settings.value
        if picture is None or settings.scale.is_copy:
            self._show("", problem=False)
            return
        try:
            job = settings.job(picture, self._document.crop)
        except BadInputError as error:
            self._show(str(error), problem=True)
            return
        speed = self._model.speed(job.preset, job.device)
        if speed is None:
            self._show("", problem=False)
            self._measure_timer.start()
            return
        value, line, problem = await asyncio.to_thread(_told, job, speed, self._kept_in)
        # What was asked for later may be there sooner.
        if turn.is_last():
            self._model.set_value(value)
            self._show(line, problem=problem)

    @Slot()
    def _on_measure(self) -> None:
        if self._is_over or self._run.is_running or self._is_measuring:
            return  # the end of the run, and of what is measured, asks again
        if self._tasks.is_busy:
            self._measure_timer.start()
            return
        self._tasks.start(self._measure(self._settings.value.preset, self._settings.value.device))

    async def _measure(self, preset: str, device: str) -> None:
        self._is_measuring = True
        try:
            speed = await asyncio.to_thread(measured, preset, device, lambda: self._is_over or self._run.is_running)
        finally:
            self._is_measuring = False
        if speed is not None:
            self._model.set_speed(preset, device, speed)
            self._on_change()

    def _show(self, text: str, *, problem: bool) -> None:
        self._footer.set_forecast(text, problem)


def measured(preset: str, device: str, cancelled: Callable[[], bool]) -> Speed | None:
    """Measure this machine; on a thread, since torch takes seconds to load."""
    from zssr_studio.forecast import measure

    return measure(preset, device, cancelled)


def _told(job: Job, speed: Speed, kept_in: Path) -> tuple[Forecast, str, bool]:
    """Return a forecast, its line, and whether that is a problem."""
    from zssr_studio.forecast import forecast

    value = forecast(job, speed)
    held, spare = psutil.Process().memory_info().rss, free_memory_bytes()
    room = shutil.disk_usage(_existing(kept_in)).free
    if value.least_bytes > spare:
        text = tr(
            "Needs {needed:.1f} GB of memory, and this machine has {there:.1f} GB: {remedy}.",
            needed=(held + value.least_bytes) / GB,
            there=(held + spare) / GB,
            remedy=_remedy(job, lambda smaller: forecast(smaller, speed).least_bytes <= spare),
        )
        return value, text, True
    if value.kept_bytes > room:
        text = tr(
            "Needs {needed:.1f} GB on the disk of {folder}, which has {there:.1f} GB: make room there, or {remedy}.",
            needed=value.kept_bytes / GB,
            folder=_existing(kept_in),
            there=room / GB,
            remedy=_remedy(job, lambda smaller: forecast(smaller, speed).kept_bytes <= room),
        )
        return value, text, True
    figures = {"time": duration_text(value.seconds, tr), "memory": (held + value.held_bytes) / GB}
    if value.at_most:
        return value, tr("up to {time} · {memory:.1f} GB", **figures), False
    return value, tr("about {time} · {memory:.1f} GB", **figures), False


def _remedy(job: Job, fits: Callable[[Job], bool]) -> str:
    """Say what to do where a job is too large: the largest usual scale that fits, if there is one."""
    for factor in SMALLER:
        if factor < max(job.scale.factors) and fits(replace(job, scale=Scale(factor, factor), init=None)):
            return tr("choose {factor:g}× or a region", factor=factor)
    return tr("choose a region")


def _existing(folder: Path) -> Path:
    """Return a folder, or the nearest one above it that is there already."""
    return next(one for one in (folder, *folder.parents) if one.exists())


def _timer(parent: QObject, interval_ms: int) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    return timer
