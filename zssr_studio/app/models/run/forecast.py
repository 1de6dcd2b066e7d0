"""How fast this machine is, as far as it was measured, and what the next run will take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from zssr_studio.forecast import Forecast, Speed
    from zssr_studio.job import Job, Outcome


class ForecastModel(QObject):
    """Keeps speeds for as long as the program runs.

    Attributes
    ----------
    value : Forecast or None
        Of the next run; None while nothing is known.

    Signals
    -------
    changed()
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.value: Forecast | None = None
        self._speeds: dict[tuple[str, str], Speed] = {}

    def speed(self, preset: str, device: str) -> Speed | None:
        """Return how fast the machine is with a preset on a device; None where that was not measured."""
        return self._speeds.get((preset, device))

    def set_speed(self, preset: str, device: str, speed: Speed) -> None:
        """Take what was measured."""
        self._speeds[preset, device] = speed
        self.changed.emit()

    def set_value(self, value: Forecast | None) -> None:
        """Take what the next run will take."""
        if value != self.value:
            self.value = value
            self.changed.emit()

    def usual_steps(self, job: Job, outcome: Outcome) -> float | None:
        """Return how many steps this machine makes in the time that a run trained; None where that is unknown."""
        speed = self.speed(job.preset, job.device)
        return outcome.training_s / speed.step_s if speed is not None and speed.step_s > 0 else None
