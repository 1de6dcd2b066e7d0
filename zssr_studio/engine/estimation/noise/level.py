"""How strong the noise in calm blocks is, which hold some texture as well. Imports no torch."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from zssr_studio.engine.estimation.noise.blocks import LOW, SQUARES
from zssr_studio.engine.estimation.noise.witnesses import CALM_GROUPS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.estimation.noise.witnesses import Witnesses

    Array = NDArray[np.float64]

# Groups that the noise in calm blocks is followed down through, from the calmest on.
LOWEST_GROUPS = 5
# Of the power at high frequencies in calm blocks no less than this is taken for noise. Chosen.
LEAST_SHARE = 0.2
# The share and the noise's power at low frequencies depend on each other; after so many rounds they stand still.
ROUNDS = 6
# A deviation is told to be so many times what was measured at most, and no less than its reciprocal. Chosen: of the
# made pictures one in ten is further off.
MOST_FACTOR = 2.0


class LevelWeights(NamedTuple):
    """What each measure adds to the logarithm of the noise's own deviation over the measured one."""

    bias: float
    growth: float
    half_growth: float
    fall: float
    fall_square: float
    directedness: float
    spread: float
    log_share: float
    slope: float


# Linear regressions on 61 photos at one to three sizes, sharp and soft, with grain of 3 to 11 of 255 and 0.3 to 1.2
# pixels, for those in which noise is found. For the second they were compressed by a quality of 80 to 96, and made by
# scanners and phones as well, and half of what was fitted is taken: all of it brings more within 20 %, but where noise
# is overstated texture is lost (docs/lab, "Coloured noise").
WEIGHTS = LevelWeights(-1.355, 0.298, -0.295, -0.0023, -0.00070, -0.190, 0.525, -0.361, -0.801)
WEIGHTS_IF_COMPRESSED = LevelWeights(-0.0025, 0.164, -0.328, -0.0056, 0.00030, 0.129, -0.026, 0.023, -0.247)


@dataclass(frozen=True, slots=True)
class CalmLine:
    """The high frequencies of the calmest groups of blocks against their low ones: log high = slope * log low + offset.

    A slope of 0 is that of noise alone.
    """

    slope: float
    offset: float

    @classmethod
    def through(cls, low: Array, high: Array) -> CalmLine:
        """Fit the line to the mean energies of groups, from the calmest on."""
        slope, offset = np.polyfit(np.log(low[:LOWEST_GROUPS]), np.log(high[:LOWEST_GROUPS]), 1)
        return cls(float(slope), float(offset))

    def share_of_noise(self, low: Array, pooled: float, fit: tuple[float, float]) -> float:
        """Tell what share of the calm blocks' high frequencies would be left without the texture in them.

        The high frequencies are followed down to where the low ones hold the noise's own power and nothing else.

        Parameters
        ----------
        low : ndarray, shape (groups,)
            Mean energy of each group at low frequencies, from the calmest on.
        pooled : float
            Mean energy of the calm blocks at high frequencies.
        fit : tuple of float
            Fall and offset of their spectrum, as `gaussian_fit` gives them.
        """
        share = 1.0
        for _ in range(ROUNDS):
            own = share * float(np.exp(fit[1] + fit[0] * SQUARES[LOW]).mean())
            within = float(np.clip(own, low[0] / 2, low[CALM_GROUPS - 1]))
            share = float(np.clip(math.exp(self.slope * math.log(within) + self.offset) / pooled, LEAST_SHARE, 1.0))
        return share


def level_factor(witnesses: Witnesses, share: float, slope: float, *, is_compressed: bool) -> float:
    """Tell how many times the measured deviation the noise's own is.

    Where texture is everywhere even calm blocks hold some, and too much is measured; compression takes noise away that
    was there. What tells noise from texture tells both.

    Parameters
    ----------
    witnesses : Witnesses
    share : float
        Of the calm blocks' high frequencies that is noise, in (0, 1].
    slope : float
        Of the line through the calmest groups.
    is_compressed : bool
        Whether the picture was a JPEG.
    """
    weights = WEIGHTS_IF_COMPRESSED if is_compressed else WEIGHTS
    log_factor = (
        weights.bias
        + weights.growth * witnesses.growth
        + weights.half_growth * witnesses.half_growth
        + weights.fall * witnesses.fall
        + weights.fall_square * witnesses.fall**2
        + weights.directedness * witnesses.directedness
        + weights.spread * witnesses.spread
        + weights.log_share * math.log(share)
        + weights.slope * slope
    )
    return float(np.clip(math.exp(log_factor), 1 / MOST_FACTOR, MOST_FACTOR))
