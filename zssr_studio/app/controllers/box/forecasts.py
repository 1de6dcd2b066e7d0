"""How long each picture of the box will take, as far as this machine was measured."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from zssr_studio.app.controllers.window.tasks import Tasks
    from zssr_studio.app.models.box.box import BoxModel
    from zssr_studio.app.models.box.picture import BoxPicture, Looked
    from zssr_studio.app.models.run.forecast import ForecastModel
    from zssr_studio.app.models.run.settings import Settings, SettingsModel
    from zssr_studio.forecast import Speed

# Many are looked at in a row, and a drag makes many changes. Chosen.
TELL_AFTER_MS = 400


class BoxForecastController(QObject):
    """Settings, speed and sizes to model."""

    def __init__(self, box: BoxModel, settings: SettingsModel, forecast: ForecastModel, tasks: Tasks) -> None:
        super().__init__()
        self._box, self._settings, self._forecast, self._tasks = box, settings, forecast, tasks
        self._is_over = False
        self._known: dict[Path, Looked] = {}
        self._of: tuple[Settings, Speed] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TELL_AFTER_MS)
        self._timer.timeout.connect(self._on_timeout)
        for signal in (box.reset, box.changed, settings.changed, forecast.changed):
            signal.connect(self._on_change)

    @Slot()
    def end(self) -> None:
        """Tell nothing any more."""
        self._is_over = True
        self._timer.stop()

    @Slot()
    def _on_change(self) -> None:
        if self._box.is_open and not self._is_over and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        self._tasks.start(self._tell())

    async def _tell(self) -> None:
        settings = self._settings.value
        speed = self._forecast.speed(settings.preset, settings.device)
        if speed is None or settings.scale.is_copy:
            self._forget()
            return
        if (settings, speed) != self._of:
            self._known.clear()
            self._of = settings, speed
        asked = [one for one in self._box.pictures if one.looked and self._known.get(one.path) is not one.looked]
        if not asked:
            return
        self._known |= {one.path: one.looked for one in asked if one.looked is not None}
        for path, seconds in await asyncio.to_thread(_forecasts, asked, settings, speed):
            place = self._box.place_of(path)
            if place is not None and self._of == (settings, speed):
                self._box.change(place, forecast_s=seconds)

    def _forget(self) -> None:
        """Take back what was told of other settings, until it is known for these."""
        self._of = None
        for place, one in enumerate(self._box.pictures):
            if one.forecast_s is not None:
                self._box.change(place, forecast_s=None)


def _forecasts(pictures: Sequence[BoxPicture], settings: Settings, speed: Speed) -> list[tuple[Path, float | None]]:
    return [(one.path, _seconds(one.looked, settings, speed)) for one in pictures if one.looked is not None]


def _seconds(looked: Looked, settings: Settings, speed: Speed) -> float | None:
    """Tell it from the size alone: a forecast asks no pixel, so none is held."""
    from zssr_studio.forecast import forecast

    empty = np.broadcast_to(np.float32(0), (looked.height_px, looked.width_px, looked.channels))
    found = looked.found
    if found is not None:
        settings = replace(settings, damage=found.damage, kernel=found.kernel if found.scale == settings.scale.factors
                           else None)  # fmt: skip
    try:
        return forecast(settings.job(Picture(empty), None), speed).seconds
    except BadInputError:
        # Its sentence comes when it is enlarged.
        return None
