"""A disc or a line that reaches too far to be found at a picture's own size. Imports no torch.

Such a blur leaves nothing at most frequencies but noise, whose spectrum does not fall: by it the picture passes for
sharp. Made smaller, it is blurred by a disc or a line that the windows do show, and by the same one at each size. Of a
sharp picture that is made smaller none is found.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from scipy.ndimage import uniform_filter

from zssr_studio.engine.estimation.defocus_motion import find_disc_or_line
from zssr_studio.engine.estimation.edges.steepness import has_steeper_edges
from zssr_studio.engine.estimation.gaussian import LEAST_WINDOWS, MAX_SPREAD, measure_blur
from zssr_studio.engine.estimation.spectrum import ROUNDING_FLOOR, is_informative, middle, sharpest_spectrum, windows
from zssr_studio.engine.kernels.shapes import HALF_TURN

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.engine.kernels.shapes import Shape

    Array = NDArray[np.float64]

# How many times smaller a picture is looked at first, and where what is found there has to be found once more. Three
# photographs that were shaken or out of focus tell of it at 5 and at two of the others (docs/lab, "Blurs that reach
# far").
LOOKED_AT, CONFIRMED_AT = (5, 4), (3, 4, 5, 6)
# By how much two sizes may differ about a length, as the logarithm of their ratio, and about an angle. The three agree
# within 0.03 and 2 degrees. Chosen.
MOST_OFF, MOST_OFF_DEG = 0.1, 5.0
# Of a larger picture the middle is looked at: all of it is blurred. Chosen, to bound the time.
MAX_SIDE_PX = 1200
# In pixels squared, of either size: two averages over pixels make a picture smaller.
MADE_SMALLER_VARIANCE_PX2 = 2 / 12


def find_far_blur(brightness: Array) -> Shape | None:
    """Find a disc or a line that reaches too far to be found at the picture's own size.

    Parameters
    ----------
    brightness : ndarray, shape (H, W), float64, nominally in [0, 1]

    Returns
    -------
    Shape or None
        A `disc` or a `motion` in pixels of the picture, as far as one can be so large, by the largest of the sizes that
        agree; None where no two do.
    """
    brightness = middle(brightness, MAX_SIDE_PX)
    for times in LOOKED_AT:
        found = _found(brightness, times)
        if found is None:
            continue
        others = {other: _found(brightness, other) for other in CONFIRMED_AT if other != times}
        agreeing = {n: shape for n, shape in others.items() if shape is not None and _agree(found, times, shape, n)}
        if not agreeing or not _is_alike_everywhere(brightness, times):
            return None
        largest = min(times, *agreeing)
        shape = (agreeing | {times: found})[largest].stretched(largest)
        return None if has_steeper_edges(brightness, shape) else shape
    return None


def _found(brightness: Array, times: int) -> Shape | None:
    """Find a disc or a line in a picture made so many times smaller, in pixels of that."""
    powers, _ = windows(_smaller(brightness, times))
    if len(powers) < LEAST_WINDOWS or not is_informative(powers, ROUNDING_FLOOR.level):
        return None
    return find_disc_or_line(sharpest_spectrum(powers, ROUNDING_FLOOR), ROUNDING_FLOOR, MADE_SMALLER_VARIANCE_PX2)


def _is_alike_everywhere(brightness: Array, times: int) -> bool:
    blur = measure_blur(_smaller(brightness, times), softening=MADE_SMALLER_VARIANCE_PX2)
    return blur is not None and blur.spread <= MAX_SPREAD


def _smaller(brightness: Array, times: int) -> Array:
    """Average so many pixels a side twice, which leaves hardly an alias, and take one for each of them."""
    height, width = (size // times for size in brightness.shape)
    smoothed = uniform_filter(brightness, times)[: height * times, : width * times]
    smaller: Array = smoothed.reshape(height, times, width, times).mean(axis=(1, 3))
    return smaller


def _agree(one: Shape, times: int, other: Shape, other_times: int) -> bool:
    """Tell whether two sizes of the picture tell the same of its blur."""
    if one.family != other.family:
        return False
    if abs(math.log(one.values[0] * times / (other.values[0] * other_times))) > MOST_OFF:
        return False
    turned = (abs(a - b) % HALF_TURN for a, b in zip(one.values[1:], other.values[1:], strict=True))
    return all(min(angle, HALF_TURN - angle) <= MOST_OFF_DEG for angle in turned)
