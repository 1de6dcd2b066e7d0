"""What was done to a picture after it became small: noise and compression. Imports no torch."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zssr_studio.jpeg_tables import JpegTables

LUMA = (0.299, 0.587, 0.114)
LEAST_GROWTH = 1.5


@dataclass(frozen=True, slots=True)
class Noise:
    """Independent noise: variance = std^2 + (gain * value)^2 for each channel.

    Parameters
    ----------
    std : tuple of float
        For each channel, in [0, 1] of the value range.
    gain : tuple of float
        For each channel; grows with the value, as the noise of light and speckle do.
    """

    std: tuple[float, ...]
    gain: tuple[float, ...]

    @classmethod
    def even(cls, std: float, channels: int) -> Noise:
        """Return noise of one deviation everywhere."""
        return cls((std,) * channels, (0.0,) * channels)

    @property
    def grows(self) -> bool:
        """Whether it is clearly stronger where the picture is bright."""
        return self.mean_std(1.0) > LEAST_GROWTH * self.mean_std(0.25)

    def mean_std(self, level: float = 0.5) -> float:
        """Deviation at a level, over the channels."""
        variances = self._variances(level)
        return math.sqrt(sum(variances) / len(variances))

    def luma_std(self, level: float = 0.5) -> float:
        """Deviation of the brightness at a level."""
        weights = LUMA if len(self.std) == len(LUMA) else (1.0,)
        return math.sqrt(sum(w**2 * v for w, v in zip(weights, self._variances(level), strict=True)))

    def _variances(self, level: float) -> list[float]:
        return [s**2 + (g * level) ** 2 for s, g in zip(self.std, self.gain, strict=True)]


@dataclass(frozen=True, slots=True)
class Damage:
    """What the network is to clean while it enlarges, and how much of it is to stay.

    Parameters
    ----------
    noise : Noise or None
    jpeg : JpegTables or None
        Where the picture was compressed.
    grain : float
        From 0 to 1: how much of what was taken away comes back, by one round of back-projection of that strength.
    """

    noise: Noise | None = None
    jpeg: JpegTables | None = None
    grain: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.grain <= 1:
            raise ValueError(f"the grain to keep lies between 0 and 1, {self.grain:g} does not")

    def __bool__(self) -> bool:
        """Whether there is anything to clean."""
        return self.noise is not None or self.jpeg is not None

    def cleaned(self, *, blurred: bool) -> Damage:
        """Return what a run cleans: slight compression only where a blur is undone, which raises its errors (ADR 4)."""
        if blurred or self.jpeg is None or not self.jpeg.is_mild:
            return self
        return replace(self, jpeg=None)

    def __str__(self) -> str:
        found = []
        if self.noise is not None:
            kind = ", stronger where it is bright" if self.noise.grows else ""
            found.append(f"noise of about {100 * self.noise.mean_std():.1f} % of the value range{kind}")
        if self.jpeg is not None:
            slight = " (slight: cleaned only where a blur is undone)" if self.jpeg.is_mild else ""
            found.append(f"JPEG compression of about quality {self.jpeg.quality}{slight}")
        return " and ".join(found) or "no noise and no compression that would be worth cleaning"


NO_DAMAGE = Damage()
