"""The width of a blur, corrected by the strength of high frequencies against predicted ones. Imports no torch.

The spectrum alone (`gaussian`) takes a scene with little fine detail for a blurred one; its edges are sharp
nevertheless, and edges predict their high frequencies (`edge_prediction`). That corrects the mean variance; the widths
of one direction against another gained nothing by it (docs/lab, "The blur").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.estimation.edge_prediction import RINGS, CentreSpectrum
from zssr_studio.engine.estimation.spectrum import ROUNDING_VARIANCE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Cycles per pixel; chosen, no comparison was kept.
CUTOFF = 0.35
# Logarithm of the strength of a scene's own frequencies over the predicted ones, without the blur, for the rings up to
# half a cycle per pixel: the median of 204 pictures under known kernels (34 of BSD100 and Set14 under six kernels each;
# docs/lab, "The blur").
SCENE_LOG_GAINS = (-0.09, -0.02, -0.01, -0.01, 0.0, 0.0, 0.01, 0.03, 0.08, 0.15, 0.31, 0.52, 0.74, 0.81, 0.74, 0.41)
# The lowest frequencies show the layout of the picture, not its edges. Chosen.
FIRST_RING = 3
# Keeps the logarithm finite; chosen.
LEAST_GAIN = 1e-3
# Share of the correction that is true: fitted to the same pictures, each left out of the fit that it was judged by.
SHRINKAGE = 0.8


def variance_correction(brightness: NDArray[np.float64], covariance: Array) -> float:
    """Tell by how much the variance of a picture's blur is larger than assumed.

    Parameters
    ----------
    brightness : ndarray, shape (H, W), float64, nominally in [0, 1]
        Without noise to speak of.
    covariance : ndarray, shape (2, 2)
        Of the assumed Gaussian, rows before columns, in LR pixels squared.

    Returns
    -------
    float
        To be added to the variance of each direction, in LR pixels squared; 0 where nothing can be measured, as in a
        flat picture.
    """
    if brightness.var() <= ROUNDING_VARIANCE:
        return 0.0
    centre = CentreSpectrum.of(brightness)
    (rows, both), (_, columns) = covariance
    squares = rows * centre.rows**2 + 2 * both * centre.rows * centre.columns + columns * centre.columns**2
    sums = np.zeros((3, RINGS + 1))
    for own, predicted, _ in centre.predicted_gradients(np.exp(-2 * np.pi**2 * squares), CUTOFF):
        parts = ((own * predicted.conj()).real, np.abs(predicted) ** 2, np.abs(own) ** 2)
        sums += np.stack([centre.ring_sums(part) for part in parts])
    return SHRINKAGE * _fitted_variance(sums[:, FIRST_RING : len(SCENE_LOG_GAINS)])


def _fitted_variance(sums: Array) -> float:
    """Variance whose transfer function explains best what the own frequencies are of the predicted ones.

    Parameters
    ----------
    sums : ndarray, shape (3, n)
        Ring sums of the cross-power, of the power of the prediction and of the picture's own power.
    """
    shared, predicted, own = np.maximum(sums, np.finfo(float).tiny)
    log_gain = np.log(np.maximum(shared / predicted, LEAST_GAIN)) - np.array(SCENE_LOG_GAINS[FIRST_RING:])
    # Logarithm of the transfer function of a Gaussian of variance 1.
    slopes = -2 * np.pi**2 * ((np.arange(FIRST_RING, len(SCENE_LOG_GAINS)) + 0.5) / RINGS) ** 2
    coherence = np.minimum(shared**2 / predicted / own, 1)
    if coherence.sum() < np.finfo(float).eps:
        return 0.0
    # A gain that is the same for all rings is the contrast's, not the blur's.
    slopes -= np.average(slopes, weights=coherence)
    return float((coherence * slopes * log_gain).sum() / (coherence * slopes**2).sum())
