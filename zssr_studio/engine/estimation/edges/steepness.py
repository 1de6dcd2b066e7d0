"""How far a picture is blurred at most, by how steep its edges are. Imports no torch.

A spectrum can be mistaken: joints of a wall that are equally wide leave the zeros of a motion line in it. But a blur of
all of a picture leaves no edge steeper than itself.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.estimation.edges import profiles
from zssr_studio.engine.estimation.edges.profiles import Edges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.kernels.shapes import Shape

    Array = NDArray[np.float64]

# Edges count whose profiles run along a direction within this angle. Chosen.
WITHIN_DEG = 20.0
# Fewer edges along a direction tell nothing of a disc or a line, or of a Gaussian. Chosen; a wall of bricks that passed
# for shaken has 17. Of 76 axes of true Gaussians in ninths of pictures, with 30 to 40 edges, 3 would be narrowed, to
# 0.79 at most; of 98 with up to 80 also 3 (docs/lab, "Beside the spectrum").
LEAST_EDGES, LEAST_EDGES_OF_GAUSSIAN = 10, 30
# Edges of pictures under a disc or a line of 1.5 to 30 pixels rise over at least this share of what it makes of a step,
# or over as many pixels as the profiles can tell: 0.43 and 3.2 were the least of 52 that were made, 2.9 of three
# photographs; 1.7 has the wall, of the 12.8 that its line would make (docs/lab, "Beside the spectrum").
LEAST_RISE, MOST_RISE_PX = 0.4, 2.2
# Of 128 axes of Gaussians that pictures were blurred by, the steepest edges across one are as steep as one of at least
# 0.66 of its deviation leaves them, 0.88 in the median. A photograph of handwriting that was made small without
# antialiasing had 0.33, and came out with echoes of its strokes.
LEAST_OF_SIGMA = 0.62


def sigma_of_edges_px(edges: Edges, least: int = profiles.LEAST_EDGES) -> float | None:
    """Return how wide a Gaussian makes edges as steep as the steepest of some.

    Parameters
    ----------
    edges : Edges
    least : int
        Fewer tell nothing.

    Returns
    -------
    float or None
        Standard deviation in pixels of the picture; None where too few edges tell. No blur of all of the picture is
        wider, unless sharpening or noise made edges steeper since.
    """
    steepest = edges.steepest(least)
    if steepest is None:
        return None
    slope = steepest.slope()
    return 1 / (math.sqrt(2 * math.pi) * slope) if slope > 0 else None


def bounded(covariance: Array, brightness: Array) -> Array:
    """Return a covariance, shape (2, 2), no wider than the steepest edges of a picture allow, axis by axis.

    Parameters
    ----------
    covariance : ndarray, shape (2, 2)
        Of a Gaussian, rows before columns, in pixels of the picture squared.
    brightness : ndarray, shape (H, W), float64, nominally in [0, 1]
    """
    edges = Edges.of(brightness)
    variances, axes = np.linalg.eigh(covariance)
    for number, (down, right) in enumerate(axes.T):
        sigma_px = sigma_of_edges_px(edges.across((down, right), WITHIN_DEG), LEAST_EDGES_OF_GAUSSIAN)
        if sigma_px is not None:
            variances[number] = min(variances[number], (sigma_px / LEAST_OF_SIGMA) ** 2)
    narrowed: Array = (axes * variances) @ axes.T
    return narrowed


def has_steeper_edges(brightness: Array, blur: Shape) -> bool:
    """Tell whether edges of a picture are steeper than a disc or a line would have left them.

    Parameters
    ----------
    brightness : ndarray, shape (H, W), float64, nominally in [0, 1]
    blur : Shape
        A `disc` or a `motion`, in pixels of the picture.
    """
    edges, rise_px = Edges.of(brightness), math.pi / 2 * blur.values[0]
    if blur.family == "motion":
        rise_px, angle = blur.values[0], math.radians(blur.values[1])
        # Rows count downwards, angles upwards.
        edges = edges.across((-math.sin(angle), math.cos(angle)), WITHIN_DEG)
    steepest = edges.steepest(LEAST_EDGES)
    return steepest is not None and steepest.slope() * min(LEAST_RISE * rise_px, MOST_RISE_PX) > 1
