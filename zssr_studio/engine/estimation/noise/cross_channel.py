"""Bounds on the noise of a channel, from what it does not share with the other two. Imports no torch.

Fine texture looks like noise in one channel, but it is nearly the same in all three, while noise mostly is not. So
what a channel does not share with the others is noise: the "three-cornered hat" of Gray and Allan 1974, with channels
for clocks. Noise that they do share, such as the grain of a black-and-white film, is missed so; the smoothest patches
show how much of it there is. docs/lab, "Noise", has how right it is (`python -m tests.benchmarks noise --shared 0.6`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from zssr_studio.engine.estimation.noise.blocks import dct_of_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Patches of 7 x 7 as in Chen, Zhu and Heng 2015 and Liu, Tanaka and Okutomi 2013.
PATCH_PX = 7
CHANNELS = 3
# Sums of the vertical and the horizontal index of a DCT coefficient. Patches are chosen by their low frequencies, up to
# the first; noise is measured in the high ones, from the second on, so that it does not choose them; in the smoothest
# patches from the third on, the 6 highest. Chosen; no comparison was kept.
LOW_INDEX, HIGH_INDEX, HIGHEST_INDEX = 5, 8, 10
# Of the patches, by the power of their low frequencies: those in which the channels are compared, and the tenth that
# shows shared noise. Chosen; no comparison was kept.
SMOOTH_SHARE, SMOOTHEST_SHARE = 0.5, 0.1
# Ratio of the whole variance of a channel to what it does not share: up to the first, texture explains it; from the
# second on nearly all of its noise is shared, and what is not says nothing about it. Taking no noise for shared was
# compared (docs/lab, "Noise"); the limits are chosen.
LEAST_SHARED_RATIO, MAX_SHARED_RATIO = 1.3, 4.0
# Of rounding to 8 bits.
LEAST_VARIANCE = 1 / 255**2 / 12


class NoiseBounds(NamedTuple):
    """Upper bounds on the noise of a channel, arrays of shape (levels,).

    Parameters
    ----------
    squares : ndarray
        Mean square of the values of the channel.
    variances : ndarray
        Of the noise, at most.
    shares : ndarray
        From 0 to 1: how much of the variance that is seen there is noise.
    """

    squares: Array
    variances: Array
    shares: Array


def noise_bounds(levels: Sequence[Array], channel: int) -> NoiseBounds | None:
    """Bound the noise of one of three channels by what it does not share with the others.

    Parameters
    ----------
    levels : sequence of ndarray, each of shape (n, 3, 49), float64, nominally in [0, 1]
        Patches of one level of brightness each.
    channel : int

    Returns
    -------
    NoiseBounds or None
        None where the channels share nearly all.
    """
    squares, unshared, whole = np.array([_measured(level, channel) for level in levels]).T
    # Where the ratio is least there is the least texture beside the noise.
    ratio = float(np.min(whole / np.maximum(unshared, LEAST_VARIANCE)))
    if ratio >= MAX_SHARED_RATIO:
        return None
    noise = unshared * (ratio if ratio > LEAST_SHARED_RATIO else 1.0)
    shares = np.minimum(1, unshared / np.maximum(whole, np.finfo(float).tiny))
    return NoiseBounds(squares, np.minimum(noise, whole), shares)


def _measured(patches: Array, channel: int) -> tuple[float, float, float]:
    """Measure the mean square of a channel and its unshared variance in smooth patches.

    Also its whole variance, texture included, in the smoothest ones.
    """
    # What the channels share of the low frequencies chooses the patches.
    order = np.argsort(((patches.mean(axis=1) @ _LOW) ** 2).sum(axis=1))
    smooth, smoothest = (order[: round(share * len(order))] for share in (SMOOTH_SHARE, SMOOTHEST_SHARE))
    unshared = _unshared_variance(patches[smooth] @ _HIGH, channel)
    highest = patches[smoothest, channel] @ _HIGHEST
    return float(np.mean(patches[smooth, channel].mean(axis=1) ** 2)), unshared, float(np.mean(highest**2))


def _unshared_variance(coefficients: Array, channel: int) -> float:
    """Variance that a channel does not share, from coefficients of its patches, shape (n, 3, coefficients)."""
    own, one, other = (coefficients[:, c] for c in (channel, *(c for c in range(CHANNELS) if c != channel)))
    whole, to_one, to_other, between = (
        np.einsum("nw,nw->w", a, b) / len(a) for a, b in ((own, own), (own, one), (own, other), (one, other))
    )
    positive = (to_one > 0) & (to_other > 0) & (between > 0)
    shared = np.where(positive, to_one * to_other / np.where(positive, between, 1), 0)
    return float(np.mean(np.maximum(whole - shared, 0)))


_INDEX_SUM = np.add.outer(np.arange(PATCH_PX), np.arange(PATCH_PX)).ravel()
_DCT = dct_of_blocks(PATCH_PX)
_LOW, _HIGH = _DCT[:, (_INDEX_SUM > 0) & (_INDEX_SUM <= LOW_INDEX)], _DCT[:, _INDEX_SUM >= HIGH_INDEX]
_HIGHEST = _DCT[:, _INDEX_SUM >= HIGHEST_INDEX]
