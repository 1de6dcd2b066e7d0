"""What tells noise from texture in calm blocks. Imports no torch.

Texture has high frequencies where it has low ones, mostly along edges, and at half the size it looks as it does at
full; noise has them everywhere and in all directions alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.estimation.noise.blocks import CALM_SHARE, COLUMNS, HIGH, ROWS, SQUARES, blocks_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.estimation.noise.blocks import Blocks

    Array = NDArray[np.float64]

# Shares of the blocks, from the calmest on: groups whose high frequencies are compared, and how many of them are calm.
GROUPS = (0.0, 0.02, 0.05, CALM_SHARE, 0.2, 0.3, 0.4, 0.5)
CALM_GROUPS = GROUPS.index(CALM_SHARE)
# Logistic regression on what is measured, fitted to 39 photos as they are, soft, blurred by four kernels,
# compressed, with grain, and with what scanners, phones and the web do to them (docs/lab, "Coloured noise").
GROWTH_WEIGHT, FALL_WEIGHT, DIRECTION_WEIGHT, HALF_GROWTH_WEIGHT, SPREAD_WEIGHT = -2.052, -0.379, -10.664, -3.839, 3.711
# A scene's spectrum falls less steeply than that of grain, and a blurred scene's more.
FALL_SQUARE_WEIGHT = -0.0142
BIAS = -3.28
# From here on it is noise. In files without compression none of 39 sharp pictures lies above, and none of 129 blurred
# ones; nearly all that scanners and phones make is compressed, and there less evidence is enough.
LEAST_EVIDENCE, LEAST_EVIDENCE_IF_COMPRESSED = 1.6, 0.4
# Or where the high frequencies hardly grow with the low ones and the spectrum does not fall as that of a scene does: a
# printing screen, or white noise. Of 39 sharp pictures two grow so little, and their spectra fall by 9 and 10.
MAX_GROWTH_OF_A_SCREEN, LEAST_FALL_OF_A_SCREEN = 0.3, -6.0
TINY = 1e-12

_FITTED = (ROWS + COLUMNS >= 4) & (ROWS + COLUMNS <= 12)
# Coefficients of nearly horizontal and nearly vertical frequencies.
_ALONG_ROWS = (COLUMNS > ROWS + 2) & (ROWS + COLUMNS >= 5) & (ROWS + COLUMNS <= 10)
_ALONG_COLUMNS = (ROWS > COLUMNS + 2) & (ROWS + COLUMNS >= 5) & (ROWS + COLUMNS <= 10)


def grouped(values: Array) -> Array:
    """Return the mean of each group of blocks, from the calmest on."""
    edges = [round(share * len(values)) for share in GROUPS]
    return np.array([values[start:stop].mean() for start, stop in pairwise(edges)])


def gaussian_fit(power: Array) -> tuple[float, float]:
    """Fit log power = fall * frequency^2 + offset, which is white noise behind a Gaussian; the fall is not positive."""
    fall, offset = np.polyfit(SQUARES[_FITTED], np.log(np.maximum(power[_FITTED], TINY)), 1)
    return min(0.0, float(fall)), float(offset)


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What is measured in the calm blocks of a picture.

    Parameters
    ----------
    growth, half_growth : float
        By which power of the low frequencies the high ones grow, in the picture and at half its size.
    fall : float
        How steeply the spectrum of the calm blocks falls, as the fall of `gaussian_fit`.
    directedness : float
        How much a block favours rows over columns or the reverse.
    spread : float
        How unevenly the energy lies among a block's high coefficients; 1 would be evenly.
    """

    growth: float
    half_growth: float
    fall: float
    directedness: float
    spread: float

    @classmethod
    def of(cls, pixels: NDArray[np.float32], blocks: Blocks) -> Witnesses:
        """Look at a picture (H, W, C) and its blocks."""
        energy = blocks.calm_energy[:, 0]
        growth = growth_of(blocks)
        half = blocks_of(pixels, shrink=2)
        # A picture too small to be halved is judged by its own size twice.
        half_growth = growth if half is None else growth_of(half)
        fall = gaussian_fit(energy.mean(axis=0))[0]
        return cls(growth, half_growth, fall, _directedness(energy), _spread(energy))

    def tell_noise(self, *, is_compressed: bool) -> bool:
        """Tell whether what the calm blocks hold at high frequencies is noise and not texture."""
        if self.growth < MAX_GROWTH_OF_A_SCREEN and self.fall > LEAST_FALL_OF_A_SCREEN:
            return True
        # The logarithm of the odds that it is noise.
        evidence = (
            BIAS
            + GROWTH_WEIGHT * self.growth
            + FALL_WEIGHT * self.fall
            + FALL_SQUARE_WEIGHT * self.fall**2
            + DIRECTION_WEIGHT * self.directedness
            + HALF_GROWTH_WEIGHT * self.half_growth
            + SPREAD_WEIGHT * self.spread
        )
        return evidence > (LEAST_EVIDENCE_IF_COMPRESSED if is_compressed else LEAST_EVIDENCE)


def growth_of(blocks: Blocks) -> float:
    """Return by which power of the low frequencies the high ones grow, from group to group: 0 for noise alone."""
    low, high = (np.log(np.maximum(grouped(values), TINY)) for values in (blocks.low, blocks.high))
    return float(np.polyfit(low, high, 1)[0])


def _directedness(energy: Array) -> float:
    """Return how much a block favours rows over columns or the reverse: mean absolute logarithm of their ratio."""
    along_rows, along_columns = (energy[:, which].mean(axis=1) + TINY for which in (_ALONG_ROWS, _ALONG_COLUMNS))
    return float(np.abs(np.log(along_rows / along_columns)).mean())


def _spread(energy: Array) -> float:
    """Return the mean square of a block's high coefficients' energies over their own mean."""
    high = energy[:, HIGH]
    shares = high / np.maximum(high.mean(axis=1, keepdims=True), TINY)
    return float((shares**2).mean())
