"""The noise and the compression of a picture, which came after its blur. Imports no torch."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zssr_studio.jpeg_tables import JpegTables

# ITU-R BT.601.
LUMA = (0.299, 0.587, 0.114)
# Noise counts as growing with the value where its deviation at white is this many times that at a quarter. Chosen.
LEAST_GROWTH = 1.5


@dataclass(frozen=True, slots=True)
class Noise:
    """Independent noise of variance std^2 + (gain * value)^2 in each channel.

    Parameters
    ----------
    std : tuple of float
        For each channel, in [0, 1] of the value range.
    gain : tuple of float
        For each channel; this part grows with the value, as speckle and the noise of light do.
    """

    std: tuple[float, ...]
    gain: tuple[float, ...]

    @classmethod
    def even(cls, std: float, channels: int) -> Noise:
        """Return noise of one standard deviation everywhere."""
        return cls((std,) * channels, (0.0,) * channels)

    @property
    def grows(self) -> bool:
        """Whether the noise is clearly stronger where the picture is bright."""
        return self.mean_std(1.0) > LEAST_GROWTH * self.mean_std(0.25)

    def mean_std(self, value: float = 0.5) -> float:
        """Return the standard deviation where the picture has a value, root mean square over the channels."""
        variances = self._variances(value)
        return math.sqrt(sum(variances) / len(variances))

    def luma_std(self, value: float = 0.5) -> float:
        """Return the standard deviation of the brightness where the picture has a value."""
        weights = LUMA if len(self.std) == len(LUMA) else (1.0,)
        return math.sqrt(sum(w**2 * v for w, v in zip(weights, self._variances(value), strict=True)))

    def _variances(self, value: float) -> list[float]:
        return [s**2 + (g * value) ** 2 for s, g in zip(self.std, self.gain, strict=True)]


@dataclass(frozen=True, slots=True)
class Damage:
    """Noise and compression that the network is to clean while it enlarges.

    `zssr_studio.words.findings.damage_text` puts it into words.

    Parameters
    ----------
    noise : Noise or None
    jpeg : JpegTables or None
        Where the picture was compressed.
    grain : float
        From 0 to 1: how much of what was cleaned comes back, by one round of back-projection of that strength.
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


NO_DAMAGE = Damage()
