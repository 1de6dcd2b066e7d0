"""How much a picture was sharpened, found from the overshoot beside its steepest edges. Imports no torch.

An unsharp mask makes an edge dark on its dark side and bright on its bright side. Ordinary downscaling does so a little
as well, and soft edges of the scene do not show it; so the steepest edges are asked, in the middle of many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.estimation.edges.profiles import (
    MAX_SIDE_PX,
    SAMPLES_PER_PX,
    Edges,
    normalised,
    sampled,
)
from zssr_studio.engine.estimation.spectrum import middle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# The radius that sharpening is taken to have had, in pixels of the picture: the usual one of programs and cameras is
# between half a pixel and one and a half. Chosen; what another radius costs was not measured.
RADIUS_PX = 0.8
# Amount = slope * overshoot + offset, fitted to 34 pictures that were resized, sharpened by 0.2 to 0.6 or not at all
# and compressed, 238 in all: found are 0.25 +- 0.11 where they were sharpened and 0.09 +- 0.09 where they were not
# (docs/lab, "Sharpening"). It leans to too little, which costs less than too much.
SLOPE, OFFSET = 2.06, -0.09
MOST_AMOUNT = 0.6
# Places of the overshoot and of where it is over, in pixels from the middle of an edge.
OVERSHOOT_PX, BEYOND_PX = 1.0, 2.0


def estimate_sharpening(brightness: Array) -> float:
    """Estimate by how much a picture was sharpened.

    Parameters
    ----------
    brightness : ndarray, shape (H, W), float64, nominally in [0, 1]

    Returns
    -------
    float
        The amount of an unsharp mask of `RADIUS_PX`, from 0 to 0.6; 0 as well where too few edges tell.
    """
    steepest = Edges.of(brightness).steepest()
    if steepest is None:
        return 0.0
    symmetric = _symmetric(steepest.profiles)
    start = len(symmetric) // 2
    at, beyond = (start + round(distance * SAMPLES_PER_PX) for distance in (OVERSHOOT_PX, BEYOND_PX))
    return float(np.clip(SLOPE * (symmetric[at] - symmetric[beyond]) + OFFSET, 0.0, MOST_AMOUNT))


def overshoots_of_edges(plain: Array, *others: Array) -> tuple[float, ...] | None:
    """Return how far the steepest edges of a picture overshoot in others of the same scene.

    Parameters
    ----------
    plain, others : ndarray, shape (H, W), float64, nominally in [0, 1]
        The edges are found in the first.

    Returns
    -------
    tuple of float or None
        For each of the others, the median over the edges, as a share of their height; None where too few edges tell.
    """
    steepest = Edges.of(plain).steepest()
    if steepest is None:
        return None
    seen = (middle(other, MAX_SIDE_PX) for other in others)
    rises = (_symmetric(normalised(sampled(other, steepest.points))) for other in seen)
    return tuple(float(rise[len(rise) // 2 :].max()) - 1 for rise in rises)


def _symmetric(profiles: Array) -> Array:
    """Return the median of normalised profiles, the mean of its dark side and its bright one."""
    profile = np.median(profiles, axis=0)
    symmetric: Array = (profile + 1 - profile[::-1]) / 2
    return symmetric
