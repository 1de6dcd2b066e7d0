"""What the next run will be told. A control that is moved during a run changes the next one."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zssr_studio.engine.config import FAST, PRESETS, Scale
from zssr_studio.engine.damage import NO_DAMAGE
from zssr_studio.engine.kernels.choice import resolved
from zssr_studio.job import Job

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from zssr_studio.engine.damage import Damage
    from zssr_studio.engine.kernels.choice import KernelChoice
    from zssr_studio.imaging.picture import Crop, Picture


_PRESET, _SECONDS = "start/preset", "start/seconds"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run but the picture and the crop; see `zssr_studio.job.Job` for ranges and units.

    `kernel_by_hand` and `noise_by_hand` tell that a person gave kernel and noise themselves: these go on to the next
    picture. All else that is undone belongs to the picture that is open.
    `print_ppi` is the resolution of a print that a person chose; None keeps the size on paper. `wanted_px` are the rows
    and columns that a person wants, where no scale gives them; the export for a print resamples to them.
    """

    scale: Scale
    preset: str = FAST.name
    kernel: KernelChoice = None
    damage: Damage = NO_DAMAGE
    seed: int = 0
    seconds: float | None = None
    steps: int | None = None
    device: str = "auto"
    print_ppi: float | None = None
    kernel_by_hand: bool = False
    noise_by_hand: bool = False
    wanted_px: tuple[int, int] | None = None

    def job(self, picture: Picture, crop: Crop | None) -> Job:
        """Freeze a job.

        Raises
        ------
        BadInputError
            If a value is out of range.
        """
        return Job(
            picture=picture,
            scale=self.scale,
            preset=self.preset,
            crop=crop,
            kernel=resolved(self.kernel, self.scale.factors),
            damage=self.damage,
            seed=self.seed,
            seconds=self.seconds,
            steps=self.steps,
            device=self.device,
        )


USUAL = Settings(Scale(2, 2))


def settings_of(job: Job) -> Settings:
    """Return the settings that give a job again; a shape has become its kernel, which belongs to the job's picture."""
    return Settings(
        scale=job.scale,
        preset=job.preset,
        kernel=job.kernel,
        damage=job.damage,
        seed=job.seed,
        seconds=job.seconds,
        steps=job.steps,
        device=job.device,
    )


def start_settings(kept: QSettings) -> Settings:
    """Return what the studio starts with, as a person chose it; what makes no sense is not taken."""
    preset = str(kept.value(_PRESET, FAST.name))
    try:
        seconds = float(str(kept.value(_SECONDS, 0)))
    except ValueError:
        seconds = 0.0
    sound = seconds > 0 and math.isfinite(seconds)
    return Settings(Scale(2, 2), preset if preset in PRESETS else FAST.name, seconds=seconds if sound else None)


def keep_start(kept: QSettings, preset: str, seconds: float | None) -> None:
    """Remember preset and time for the next start; None is the preset's own time."""
    kept.setValue(_PRESET, preset)
    kept.setValue(_SECONDS, seconds or 0)


class SettingsModel(QObject):
    """Holds the settings as they are.

    Parameters
    ----------
    value : Settings
        What it starts with.

    Signals
    -------
    changed()
    """

    changed = Signal()

    def __init__(self, value: Settings = USUAL) -> None:
        super().__init__()
        self._value = value

    @property
    def value(self) -> Settings:
        """The settings, frozen."""
        return self._value

    def set_value(self, value: Settings) -> None:
        """Take new settings."""
        if value != self._value:
            self._value = value
            self.changed.emit()

    def set_kernel(self, kernel: KernelChoice) -> None:
        """Take a kernel that a person gave, a shape that becomes one at the scale, or None for bicubic."""
        self.set_value(replace(self._value, kernel=kernel, kernel_by_hand=kernel is not None))
