"""How wide a picture's blur is, from how strong its short waves are of those foretold. Imports no torch.

The spectrum alone (`gaussian`) takes a scene of few fine things for a blurred one; its edges are sharp
nevertheless. Only the mean width is told so; that of one direction against another is better in the spectrum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.estimation.edge_prediction import RINGS, Frame
from zssr_studio.engine.estimation.spectrum import ROUNDING_VARIANCE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

CUT = 0.35
# Logarithm of what a scene's own waves are of those foretold, for the rings up to half a cycle per pixel: the median of
# 204 pictures under kernels that were known.
SCENE_LOG = (-0.09, -0.02, -0.01, -0.01, 0.0, 0.0, 0.01, 0.03, 0.08, 0.15, 0.31, 0.52, 0.74, 0.81, 0.74, 0.41)
# The longest waves show the picture's layout, not its edges.
FIRST_RING = 3
LEAST_GAIN = 1e-3
# Of what is found so much is true: fitted to the same pictures, each left out of the fit that it was judged by.
TRUE_SHARE = 0.8


def excess_variance(brightness: NDArray[np.float64], covariance: Array) -> float:
    """Tell how much wider a picture's blur is than it was thought.

    Parameters
    ----------
    brightness : ndarray, shape (H, W), float64, nominally in [0, 1]
        Without noise to speak of.
    covariance : ndarray, shape (2, 2)
        Of the Gaussian that it is thought to be, rows before columns, in pixels of the picture squared.

    Returns
    -------
    float
        To be added to the variance of each direction, in pixels of the picture squared; 0 where nothing is told, as
        in a flat picture.
    """
    if brightness.var() <= ROUNDING_VARIANCE:
        return 0.0
    frame = Frame.of(brightness)
    (rows, both), (_, columns) = covariance
    squares = rows * frame.rows**2 + 2 * both * frame.rows * frame.columns + columns * frame.columns**2
    sums = np.zeros((3, RINGS + 1))
    for own, foretold, _ in frame.sides(np.exp(-2 * np.pi**2 * squares), CUT):
        parts = ((own * foretold.conj()).real, np.abs(foretold) ** 2, np.abs(own) ** 2)
        sums += np.stack([frame.ringed(part) for part in parts])
    return TRUE_SHARE * _fitted(sums[:, FIRST_RING : len(SCENE_LOG)])


def _fitted(sums: Array) -> float:
    """Variance whose transfer function brings the foretold waves, summed in rings, nearest to the picture's own."""
    shared, foretold, own = np.maximum(sums, np.finfo(float).tiny)
    off = np.log(np.maximum(shared / foretold, LEAST_GAIN)) - np.array(SCENE_LOG[FIRST_RING:])
    falls = -2 * np.pi**2 * ((np.arange(FIRST_RING, len(SCENE_LOG)) + 0.5) / RINGS) ** 2
    weights = np.minimum(shared**2 / foretold / own, 1)
    if weights.sum() < np.finfo(float).eps:
        return 0.0
    falls -= np.average(falls, weights=weights)
    return float((weights * falls * off).sum() / (weights * falls**2).sum())
