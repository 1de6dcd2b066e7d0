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
# How many times the variance that a channel does not share it has in all: up to the first, texture explains it; from
# the second on, nearly all of its noise is shared, and what is not tells nothing of it.
LEAST_SHARED, MOST_SHARED = 1.3, 4.0
# Of rounding to 8 bits.
LEAST_VARIANCE = 1 / 255**2 / 12


class Bounds(NamedTuple):
    """How much noise a channel has at most, arrays of shape (levels,).

    Parameters
    ----------
    squares : ndarray
        Mean square of the channel's values.
    variances : ndarray
        Of the noise.
    shares : ndarray
        From 0 to 1: how much of what is seen there is noise.
    """

    squares: Array
    variances: Array
    shares: Array


def bounds(levels: Sequence[Array], channel: int) -> Bounds | None:
    """Bound the noise of one of three channels by what it does not share with the others.

    Parameters
    ----------
    levels : sequence of ndarray, each of shape (n, 3, 49), float64, nominally in [0, 1]
        Patches of one brightness each.
    channel : int

    Returns
    -------
    Bounds or None
        None where the channels share nearly all.
    """
    squares, alone, whole = np.array([_measured(level, channel) for level in levels]).T
    # Where it is least there is the least texture beside the noise.
    times = float(np.min(whole / np.maximum(alone, LEAST_VARIANCE)))
    if times >= MOST_SHARED:
        return None
    noise = alone * (times if times > LEAST_SHARED else 1.0)
    return Bounds(squares, np.minimum(noise, whole), np.minimum(1, alone / np.maximum(whole, np.finfo(float).tiny)))


def _measured(patches: Array, channel: int) -> tuple[float, float, float]:
    """Measure the mean square of a channel and what variance it has alone, both in smooth patches.

    Also all the variance that it has in the smoothest ones, texture included.
    """
    waves = patches @ _WAVES
    order = np.argsort((waves[:, :, _LONG].mean(axis=1) ** 2).sum(axis=1))
    smooth, smoothest = (order[: round(share * len(order))] for share in (SMOOTH_SHARE, SMOOTHEST_SHARE))
    short, shortest = waves[smooth][:, :, _SHORT], waves[smoothest, channel][:, _SHORTEST]
    alone = _alone(np.einsum("naw,nbw->abw", short, short) / len(short), channel)
    return float(np.mean(patches[smooth, channel].mean(axis=1) ** 2)), alone, float(np.mean(shortest**2))


def _alone(between: Array, channel: int) -> float:
    """Variance that a channel does not share, from second moments between channels, shape (3, 3, waves)."""
    one, other = (c for c in range(CHANNELS) if c != channel)
    to_one, to_other, apart = between[channel, one], between[channel, other], between[one, other]
    alike = (to_one > 0) & (to_other > 0) & (apart > 0)
    common = np.where(alike, to_one * to_other / np.where(alike, apart, 1), 0)
    return float(np.mean(np.maximum(between[channel, channel] - common, 0)))


_HALF_WAVES = np.add.outer(np.arange(PATCH_PX), np.arange(PATCH_PX)).ravel()
_WAVES: Array = dctn(np.eye(PATCH_PX**2).reshape(-1, PATCH_PX, PATCH_PX), axes=(1, 2), norm="ortho").reshape(
    PATCH_PX**2, -1
)
_LONG, _SHORT = (_HALF_WAVES > 0) & (_HALF_WAVES <= LONG_WAVES), _HALF_WAVES >= SHORT_WAVES
_SHORTEST = _HALF_WAVES >= SHORTEST_WAVES
