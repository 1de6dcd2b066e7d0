"""The noise and the compression of a picture, which came after its blur. Imports no torch."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.jpeg_tables import BLOCK_PX

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.jpeg_tables import JpegTables

    Array = NDArray[np.float64]

# ITU-R BT.601.
LUMA = (0.299, 0.587, 0.114)
# Noise counts as growing with the value where its deviation at white is this many times that at a quarter. Chosen.
LEAST_GROWTH = 1.5
# DCT coefficients of a block, row by row, by the sum of their row and column: those of low frequencies, in which most
# of a picture lies, and those of high ones without the very highest, which compression takes away first. Chosen.
_SUMS = [(k // BLOCK_PX) + (k % BLOCK_PX) for k in range(BLOCK_PX**2)]
LOW_COEFFICIENTS = tuple(k for k, total in enumerate(_SUMS) if 1 <= total <= 3)
HIGH_COEFFICIENTS = tuple(k for k, total in enumerate(_SUMS) if 7 <= total <= 10)
# The largest grain whose length is told, and how far it reaches.
MOST_GRAIN_PX, GRAIN_REACH_PX = 2.0, 12
# Of noise that each channel has for itself the colours have 1.6 times the deviation of the brightness, and of noise of
# which they share 0.95 a third. Chosen.
SHARED_UP_TO = 0.5
# Brightnesses at which the deviation of white noise is told, where it is told as coloured noise is.
GRAY_VALUES = tuple(k / 8 for k in range(9))
# The spectrum that is estimated falls less than the noise's own (`estimation.noise.coloured` holds texture's share of
# the fall off): made grain of 0.5 to 0.9 pixels, in scans, comes out right in the median with this factor on the fall.
MEASURED_FALL = 1 / 0.85**2


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
    def channels(self) -> int:
        """Count of the colour channels."""
        return len(self.std)

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

    def made_smaller(self, times: int) -> Noise:
        """Return the noise of means over so many pixels a side."""
        std, gain = (tuple(value / times for value in values) for values in (self.std, self.gain))
        return Noise(std, gain)

    def _variances(self, value: float) -> list[float]:
        return [s**2 + (g * value) ** 2 for s, g in zip(self.std, self.gain, strict=True)]


@dataclass(frozen=True, slots=True)
class ColouredNoise:
    """Noise that neighbouring pixels share: grain, a sensor's noise behind demosaicing and sharpening, paper.

    It is the sum of independent components: the brightness, and in a colour picture the differences of blue and of red
    from it. Their power depends on the frequency, and their strength on how bright the picture is.

    Parameters
    ----------
    power : tuple of tuple of float, each of 64
        For each component the mean square of the orthonormal DCT coefficients of 8 x 8 pixels, row by row from the
        lowest frequency; white noise of variance v has v everywhere.
    values, gains : tuple of float
        Brightnesses in [0, 1], rising, and the factor on the standard deviation at each.
    """

    power: tuple[tuple[float, ...], ...]
    values: tuple[float, ...]
    gains: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.power or any(len(component) != BLOCK_PX**2 for component in self.power):
            raise ValueError(f"each component of a coloured noise has {BLOCK_PX**2} coefficients")
        if not self.values or len(self.values) != len(self.gains):
            raise ValueError("a coloured noise has a gain for each of its brightnesses, and at least one")

    @classmethod
    def of_gray(cls, noise: Noise | ColouredNoise, channels: int) -> ColouredNoise:
        """Return the noise of one channel as that of a picture whose channels all are that one."""
        if isinstance(noise, ColouredNoise):
            own, values, gains = noise.power[0], noise.values, noise.gains
        else:
            own, values = (1.0,) * BLOCK_PX**2, GRAY_VALUES
            gains = tuple(map(noise.luma_std, values))
        return cls((own, *((0.0,) * BLOCK_PX**2,) * (channels - 1)), values, gains)

    @property
    def channels(self) -> int:
        """Count of the colour channels."""
        return len(self.power)

    @property
    def is_shared(self) -> bool:
        """Whether the channels share nearly all of it, as in a picture that is gray or toned."""
        colours = [self._std(component) for component in range(1, self.channels)]
        return bool(colours) and max(colours) < SHARED_UP_TO * self._std(0)

    @property
    def grows(self) -> bool:
        """Whether the noise is clearly stronger where the picture is bright."""
        return self._gain(1.0) > LEAST_GROWTH * self._gain(0.25)

    @property
    def grain_px(self) -> float:
        """How far neighbours share it: standard deviation in pixels of the Gaussian that would smooth white noise so.

        By how much more of the brightness's power lies at low frequencies than at high ones; white noise has as much.
        """
        lengths_px, falls = _falls_of_grain()
        return float(np.interp(MEASURED_FALL * _fall(np.array(self.power[0])), falls, lengths_px))

    def luma_std(self, value: float = 0.5) -> float:
        """Return the standard deviation of the brightness where the picture has a value."""
        return self._gain(value) * self._std(0)

    def mean_std(self, value: float = 0.5) -> float:
        """Return the standard deviation where the picture has a value, root mean square over the channels."""
        if len(self.power) == 1:
            return self.luma_std(value)
        luma, blue, red = (self._std(component) ** 2 for component in range(3))
        green = (LUMA[0] ** 2 * red + LUMA[2] ** 2 * blue) / LUMA[1] ** 2
        return self._gain(value) * math.sqrt(luma + (red + green + blue) / 3)

    def made_smaller(self, times: int) -> ColouredNoise:
        """Return the noise of means over so many pixels a side: white, as strong as its low frequencies."""
        lows = (sum(component[k] for k in LOW_COEFFICIENTS) / len(LOW_COEFFICIENTS) for component in self.power)
        return replace(self, power=tuple((low / times**2,) * BLOCK_PX**2 for low in lows))

    def _std(self, component: int) -> float:
        return math.sqrt(sum(self.power[component]) / len(self.power[component]))

    def _gain(self, value: float) -> float:
        return float(np.interp(value, self.values, self.gains))


def _fall(power: Array) -> float:
    """Return the logarithm of the ratio of low frequencies' mean power to that of high ones; at least 0."""
    low, high = (float(power[list(which)].mean()) for which in (LOW_COEFFICIENTS, HIGH_COEFFICIENTS))
    return max(0.0, math.log(max(low, 1e-12) / max(high, 1e-12)))


@cache
def _falls_of_grain() -> tuple[Array, Array]:
    """Return correlation lengths in pixels, and the fall of white noise that a Gaussian of that length smoothed."""
    lengths_px = np.linspace(0.2, MOST_GRAIN_PX, 64)
    rows = np.arange(BLOCK_PX)
    # Rows are the cosines of the orthonormal DCT; blocks end abruptly, so that each sees a little of its neighbours.
    cosines = np.cos(np.pi * (2 * rows + 1) * rows[:, None] / (2 * BLOCK_PX)) * math.sqrt(2 / BLOCK_PX)
    cosines[0] /= math.sqrt(2)
    falls = []
    for length in lengths_px:
        taps = np.exp(-(np.arange(-GRAIN_REACH_PX, GRAIN_REACH_PX + 1) ** 2) / (2 * length**2))
        shared = np.convolve(taps, taps)[2 * GRAIN_REACH_PX + np.abs(rows - rows[:, None])]
        along = np.einsum("ki,ij,kj->k", cosines, shared, cosines)
        falls.append(_fall(np.outer(along, along).ravel()))
    return np.concatenate([[0.0], lengths_px]), np.concatenate([[0.0], falls])


@dataclass(frozen=True, slots=True)
class Damage:
    """Noise and compression that the network is to clean while it enlarges.

    `zssr_studio.words.findings.damage_text` puts it into words.

    Parameters
    ----------
    noise : Noise, ColouredNoise or None
    jpeg : JpegTables or None
        Where the picture was compressed.
    grain : float
        From 0 to 1: how much of what was cleaned comes back, by one round of back-projection of that strength.
    grain_colour : float or None
        The same for its colour: what is not brightness (BT.601), where a picture has colours; None is as much as
        `grain`.
    """

    noise: Noise | ColouredNoise | None = None
    jpeg: JpegTables | None = None
    grain: float = 0.0
    grain_colour: float | None = None

    def __post_init__(self) -> None:
        for share in self.kept:
            if not 0 <= share <= 1:
                raise ValueError(f"the grain to keep lies between 0 and 1, {share:g} does not")

    @property
    def kept(self) -> tuple[float, float]:
        """How much comes back of the brightness, and of the colour, of what was cleaned."""
        return self.grain, self.grain if self.grain_colour is None else self.grain_colour

    def __bool__(self) -> bool:
        """Whether there is anything to clean."""
        return self.noise is not None or self.jpeg is not None

    def made_smaller(self, times: int) -> Damage:
        """Return what is left of the damage in the picture made so many times smaller.

        Means over many pixels hold less noise, and hardly a trace of blocks; what neighbours shared they share no more.
        """
        if times == 1 or not self:
            return self
        noise = None if self.noise is None else self.noise.made_smaller(times)
        return replace(self, noise=noise, jpeg=None)


NO_DAMAGE = Damage()
