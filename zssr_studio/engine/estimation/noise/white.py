"""The noise of a picture, estimated from the picture alone. Imports no torch.

Patches of a picture lie near a space of few dimensions; noise fills all of them alike. So the smallest eigenvalues of
the patches' covariance are the noise's variance (Chen, Zhu and Heng, "An Efficient Statistical Method for Image Noise
Level Estimation", ICCV 2015). Done for dark, middle and bright patches apart, it also tells noise that grows with the
light. In a picture full of fine texture that is too much; the other channels bound it (`cross_channel`). How
right it is stands in docs/lab, "Noise" (`python -m tests.benchmarks noise`).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import gamma

from zssr_studio.engine.damage import Noise
from zssr_studio.engine.estimation.noise.blocks import not_painted
from zssr_studio.engine.estimation.noise.cross_channel import CHANNELS, PATCH_PX, noise_bounds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Bounds the time and the memory; chosen.
MAX_PATCHES = 60_000
# Levels of brightness, each of the same number of patches (docs/lab, "Noise"); no comparison was kept.
LEVELS = 5
# For a covariance of 49 values, of all patches of a level and of its weakly textured ones. Chosen.
LEAST_PATCHES = 30 * PATCH_PX**2
LEAST_WEAK_PATCHES = 8 * PATCH_PX**2
# Iterations of choosing patches and measuring, which mostly converge before. Chosen.
MAX_ITERATIONS = 8
# A level without enough weakly textured patches only bounds the noise from above. Chosen.
BOUND_WEIGHT = 0.02
# Near black and white values are cut off, and noise with them. Chosen.
DARKEST, BRIGHTEST = 0.06, 0.94
# Less in the brightness counts as no noise, as of coloured noise; rounding to 8 bits alone has 0.0011. Chosen.
LEAST_STD = 0.005
# What fine texture adds to the least eigenvalue of one channel; more taken off would cost smooth pictures their noise.
# Chosen; no comparison was kept.
TEXTURE_STD = 0.0018


def estimate_noise(pixels: NDArray[np.float32]) -> Noise | None:
    """Estimate the noise of a picture.

    Parameters
    ----------
    pixels : ndarray, shape (H, W, C), float32, in [0, 1]

    Returns
    -------
    Noise or None
        None where there is hardly any, or the picture is too small to tell.
    """
    patches = _patches(pixels)
    found = [_channel(patches, channel) for channel in range(pixels.shape[2])]
    noise = Noise(tuple(std for std, _ in found), tuple(gain for _, gain in found))
    return noise if noise.luma_std() > LEAST_STD else None


def _channel(patches: NDArray[np.float32], channel: int) -> tuple[float, float]:
    """Estimate the standard deviation and the gain of one channel, from patches (n, C, 49)."""
    means = patches[:, channel].mean(axis=1)
    within = np.flatnonzero((means > DARKEST) & (means < BRIGHTEST))
    if len(within) < LEAST_PATCHES:
        return 0.0, 0.0
    order = within[np.argsort(means[within])]
    parts = np.array_split(order, min(LEVELS, len(order) // LEAST_PATCHES))
    levels = [patches[part].astype(np.float64) for part in parts]
    squares = np.array([np.mean(level[:, channel].mean(axis=1) ** 2) for level in levels])
    variances, weights = np.array([_variance(np.ascontiguousarray(level[:, channel])) for level in levels]).T
    bounds = noise_bounds(levels, channel) if patches.shape[1] == CHANNELS else None
    # Nothing is told by channels that are all the same, as of a gray picture saved in colour.
    if bounds is not None and bounds.shares.any():
        return _fitted(bounds.squares, np.minimum(variances, bounds.variances), bounds.shares)
    return _fitted(squares, variances, weights) if max(weights) == 1 else (math.sqrt(min(variances)), 0.0)


def _patches(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """Overlapping patches (n, C, 49) of a picture (H, W, C)."""
    if min(pixels.shape[:2]) < PATCH_PX:
        return np.empty((0, pixels.shape[2], PATCH_PX**2), np.float32)
    every = np.lib.stride_tricks.sliding_window_view(pixels, (PATCH_PX, PATCH_PX), axis=(0, 1))
    stride = max(1, math.ceil(math.sqrt(every.shape[0] * every.shape[1] / MAX_PATCHES)))
    parts = not_painted(every[::stride, ::stride])
    return parts.reshape(*parts.shape[:2], PATCH_PX**2)


def _variance(patches: Array) -> tuple[float, float]:
    """Return the variance of the noise, from those patches (n, 49) whose texture noise alone would explain.

    Also the weight of that, which is small where they are too few.
    """
    texture = np.einsum("np,np->n", patches @ _SQUARED_GRADIENTS, patches)
    variance, enough = _smallest_eigenvalue(patches), True
    for _ in range(MAX_ITERATIONS):
        weak = texture < variance * _WEAK_TEXTURE
        enough = bool(weak.sum() >= LEAST_WEAK_PATCHES)
        if not enough:
            weak = texture <= np.partition(texture, LEAST_WEAK_PATCHES)[LEAST_WEAK_PATCHES]
        before, variance = variance, _smallest_eigenvalue(patches[weak])
        if abs(variance - before) <= 1e-3 * before:
            break
    return max(0.0, math.sqrt(variance) - TEXTURE_STD) ** 2, 1.0 if enough else BOUND_WEIGHT


def _smallest_eigenvalue(patches: Array) -> float:
    """Smallest eigenvalue of the covariance of patches, corrected for how few they are."""
    least = float(np.linalg.eigvalsh(np.cov(patches, rowvar=False))[0])
    # Of so many samples the smallest eigenvalue lies below the others by this much (Marchenko and Pastur 1967).
    return max(0.0, least) / (1 - math.sqrt(min(0.5, PATCH_PX**2 / len(patches)))) ** 2


def _fitted(squares: Array, variances: Array, level_weights: Array) -> tuple[float, float]:
    """Fit variance = std^2 + gain^2 * square, both not negative, and return std and gain."""
    weights = level_weights / np.maximum(variances, 1e-8)
    slope = 0.0
    if level_weights.sum() > 2 and np.ptp(squares) > 0:
        mean_x, mean_y = np.average(squares, weights=weights), np.average(variances, weights=weights)
        spread = np.average((squares - mean_x) ** 2, weights=weights)
        slope = float(np.average((squares - mean_x) * (variances - mean_y), weights=weights) / max(spread, 1e-12))
    slope = max(0.0, slope)
    base = float(np.average(variances - slope * squares, weights=weights))
    if base < 0:
        base, slope = 0.0, float(np.average(variances / np.maximum(squares, 1e-6), weights=weights * squares**2))
    return math.sqrt(max(0.0, base)), math.sqrt(max(0.0, slope))


def _squared_gradients() -> Array:
    """Return the form, shape (49, 49), of the sum of the squared differences of neighbours in a patch."""
    index = np.arange(PATCH_PX**2).reshape(PATCH_PX, PATCH_PX)
    pairs = [(index[:, 1:], index[:, :-1]), (index[1:], index[:-1])]
    differences = [(a, b) for one, other in pairs for a, b in zip(one.flat, other.flat, strict=True)]
    matrix = np.zeros((len(differences), PATCH_PX**2))
    for row, (a, b) in enumerate(differences):
        matrix[row, a], matrix[row, b] = 1, -1
    form: Array = matrix.T @ matrix
    return form


def _weak_texture_threshold() -> float:
    """Texture that pure noise of variance 1 exceeds in one patch of a million (Liu, Tanaka and Okutomi 2013)."""
    mean, variance = np.trace(_SQUARED_GRADIENTS), 2 * np.trace(_SQUARED_GRADIENTS @ _SQUARED_GRADIENTS)
    # A gamma distribution of the same mean and variance.
    return float(gamma.ppf(1 - 1e-6, mean**2 / variance, scale=variance / mean))


_SQUARED_GRADIENTS = _squared_gradients()
_WEAK_TEXTURE = _weak_texture_threshold()
