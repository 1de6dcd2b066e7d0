"""What three channels tell of a picture's noise that one does not. Imports no torch.

Fine texture looks like noise in one channel, but it is nearly the same in all three, while noise mostly is not. So
what a channel does not share with the others is noise: the "three-cornered hat" of Gray and Allan 1974, with channels
for clocks. Noise that they do share, such as the grain of a black-and-white film, is not seen so; the smoothest parts
of the picture show whether there is any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.fft import dctn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

PATCH_PX = 7
CHANNELS = 3
# Sums of the numbers of half waves along rows and columns: patches are judged by their long waves, so that noise in the
# short ones, which is measured, does not choose them.
LONG_WAVES, SHORT_WAVES, SHORTEST_WAVES = 5, 8, 10
SMOOTH_SHARE, SMOOTHEST_SHARE = 0.5, 0.1
# Of rounding to 8 bits.
LEAST_VARIANCE = 1 / 255**2 / 12


class Unshared(NamedTuple):
    """Variances of one channel in patches of one brightness, and the mean square of its values there.

    Parameters
    ----------
    alone : float
        Of what it does not share with the others, in smooth patches.
    whole : float
        Of all that it has, texture included, in the smoothest ones.
    square : float
        Of the smooth patches.
    """

    alone: float
    whole: float
    square: float

    @classmethod
    def of(cls, patches: Array, channel: int) -> Unshared:
        """Look at patches (n, 3, 49), float64, nominally in [0, 1]."""
        waves = patches @ _WAVES
        order = np.argsort((waves[:, :, _LONG].mean(axis=1) ** 2).sum(axis=1))
        smooth, smoothest = (order[: round(share * len(order))] for share in (SMOOTH_SHARE, SMOOTHEST_SHARE))
        short, shortest = waves[smooth][:, :, _SHORT], waves[smoothest, channel][:, _SHORTEST]
        alone = _alone(np.einsum("naw,nbw->abw", short, short) / len(short), channel)
        square = np.mean(patches[smooth, channel].mean(axis=1) ** 2)
        return cls(alone, float(np.mean(shortest**2)), float(square))


def _alone(between: Array, channel: int) -> float:
    """Variance that a channel does not share, from second moments between channels, shape (3, 3, waves)."""
    one, other = (c for c in range(CHANNELS) if c != channel)
    to_one, to_other, apart = between[channel, one], between[channel, other], between[one, other]
    alike = (to_one > 0) & (to_other > 0) & (apart > 0)
    common = np.where(alike, to_one * to_other / np.where(alike, apart, 1), 0)
    return float(np.mean(np.maximum(between[channel, channel] - common, 0)))


def shared_share(levels: Sequence[Unshared]) -> float:
    """Tell how many times the noise that a channel does not share is all of its noise, from several brightnesses.

    Where that is least there is the least texture beside the noise.
    """
    return min(level.whole / max(level.alone, LEAST_VARIANCE) for level in levels)


_HALF_WAVES = np.add.outer(np.arange(PATCH_PX), np.arange(PATCH_PX)).ravel()
_WAVES: Array = dctn(np.eye(PATCH_PX**2).reshape(-1, PATCH_PX, PATCH_PX), axes=(1, 2), norm="ortho").reshape(
    PATCH_PX**2, -1
)
_LONG, _SHORT = (_HALF_WAVES > 0) & (_HALF_WAVES <= LONG_WAVES), _HALF_WAVES >= SHORT_WAVES
_SHORTEST = _HALF_WAVES >= SHORTEST_WAVES
