"""A disc or a line that is not found at a picture's own size. Imports no torch.

One that reaches far leaves nothing at most frequencies but noise, whose spectrum does not fall: by it the picture
passes for sharp. One of two to twelve pixels passes for a Gaussian where the lens was soft as well, or noise and
compression fill its zeros. Made smaller, a picture is blurred by a disc or a line that the windows do show, and by the
same one at each size. Of a sharp picture that is made smaller none is found, and of one under a Gaussian none at two
sizes.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from zssr_studio.engine.estimation.defocus_motion import find_disc_or_line
from zssr_studio.engine.estimation.edges.steepness import has_steeper_edges
from zssr_studio.engine.estimation.gaussian import LEAST_WINDOWS, MAX_SPREAD, measure_blur
from zssr_studio.engine.estimation.spectrum import (
    ROUNDING_FLOOR,
    count_of_windows,
    is_informative,
    middle,
    sharpest_spectrum,
    windows,
)
from zssr_studio.engine.kernels.shapes import HALF_TURN

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.engine.kernels.shapes import Shape

    Array = NDArray[np.float64]

# How many times smaller a picture is looked at first, and where what is found there has to be found once more. Three
# photographs that were shaken or out of focus by 10 pixels and more tell of it at 5 and at two of the others; where a
# picture shows by how much it is blurred at most, 2 is looked at before (docs/lab, "Blurs that reach far").
LOOKED_AT, CONFIRMED_AT = (5.0, 4.0), (3.0, 4.0, 5.0, 6.0)
LOOKED_AT_IF_BLURRED, CONFIRMED_AT_IF_BLURRED = 2.0, (1.5, 2.5, 3.0)
# From this size on, in pixels, what the picture's own size tells needs to be told by another as well, if that has so
# many windows: under Gaussians of 2.5 to 4 pixels in JPEGs it tells of discs and lines of 5 to 12 in 6 of 34. Chosen.
FAR_RADIUS_PX, FAR_LENGTH_PX = 3.0, 7.0
ENOUGH_WINDOWS = 4 * LEAST_WINDOWS
# By how much two sizes may differ about a length, as the logarithm of their ratio, and about an angle. The three agree
# within 0.03 and 2 degrees. Chosen.
MOST_OFF, MOST_OFF_DEG = 0.1, 5.0
# Of a larger picture the middle is looked at: all of it is blurred. As much as fills the windows, and of small sizes so
# many pixels. Chosen, to bound the time.
MAX_SIDE_PX, MAX_SIDE_OF_SMALLER_PX = 1200, 560
# In pixels squared, of either size: what making a picture smaller softens it by, as two averages over pixels do.
MADE_SMALLER_VARIANCE_PX2 = 2 / 12


def find_in_smaller_sizes(brightness: Array, *, is_blurred: bool = False) -> Shape | None:
    """Find a disc or a line that is not found at the picture's own size.

    Parameters
    ----------
    brightness : ndarray, shape (H, W), float64, nominally in [0, 1]
    is_blurred : bool
        Whether the picture's own size shows some blur, so that one of a few pixels is looked for as well.

    Returns
    -------
    Shape or None
        A `disc` or a `motion` in pixels of the picture, as far as one can be so large, by the largest of the sizes that
        agree; None where no two do.
    """
    brightness = middle(brightness, MAX_SIDE_PX)
    looked_at: list[tuple[float, tuple[float, ...]]] = [(times, CONFIRMED_AT) for times in LOOKED_AT]
    if is_blurred:
        looked_at.insert(0, (LOOKED_AT_IF_BLURRED, CONFIRMED_AT_IF_BLURRED))
    for times, confirmed_at in looked_at:
        shape = _confirmed(brightness, times, confirmed_at)
        if shape is not None:
            return None if has_steeper_edges(brightness, shape) else shape
    return None


def reaches_far(shape: Shape) -> bool:
    """Tell whether a disc or a line, in pixels of the picture, is so large that one of its sizes may be mistaken."""
    return shape.values[0] >= (FAR_RADIUS_PX if shape.family == "disc" else FAR_LENGTH_PX)


def is_confirmed(brightness: Array, shape: Shape) -> bool:
    """Tell whether a disc or a line that the picture's own size tells is found in a smaller one, if that can tell."""
    brightness = middle(brightness, MAX_SIDE_PX)
    sizes = (LOOKED_AT_IF_BLURRED, *CONFIRMED_AT_IF_BLURRED)
    telling = [times for times in sizes if count_of_windows(_size_of_smaller(brightness, times)) >= ENOUGH_WINDOWS]
    found = ((_found(brightness, times), times) for times in telling)
    return not telling or any(other is not None and _agree(shape, 1.0, other, times) for other, times in found)


def _confirmed(brightness: Array, times: float, confirmed_at: tuple[float, ...]) -> Shape | None:
    """Find what a picture made so many times smaller was blurred by, where another size tells the same."""
    found = _found(brightness, times)
    if found is None:
        return None
    others = {other: _found(brightness, other) for other in confirmed_at if other != times}
    agreeing = {n: shape for n, shape in others.items() if shape is not None and _agree(found, times, shape, n)}
    if not agreeing or not _is_alike_everywhere(brightness, times):
        return None
    largest = min(times, *agreeing)
    return (agreeing | {times: found})[largest].stretched(largest)


def _found(brightness: Array, times: float) -> Shape | None:
    """Find a disc or a line in a picture made so many times smaller, in pixels of that."""
    powers, _ = windows(_smaller(brightness, times))
    if len(powers) < LEAST_WINDOWS or not is_informative(powers, ROUNDING_FLOOR.level):
        return None
    return find_disc_or_line(sharpest_spectrum(powers, ROUNDING_FLOOR), ROUNDING_FLOOR, MADE_SMALLER_VARIANCE_PX2)


def _is_alike_everywhere(brightness: Array, times: float) -> bool:
    blur = measure_blur(_smaller(brightness, times), softening=MADE_SMALLER_VARIANCE_PX2)
    return blur is not None and blur.spread <= MAX_SPREAD


def _size_of_smaller(seen: Array, times: float) -> tuple[int, int]:
    return int(seen.shape[0] // times), int(seen.shape[1] // times)


def _smaller(brightness: Array, times: float) -> Array:
    """Make a picture smaller, or the middle of a large one, with hardly an alias."""
    from scipy.ndimage import affine_transform, gaussian_filter

    seen = middle(brightness, round(times * MAX_SIDE_OF_SMALLER_PX))
    smoothed = gaussian_filter(seen, times * math.sqrt(MADE_SMALLER_VARIANCE_PX2))
    shape = _size_of_smaller(seen, times)
    # The middles of the first pixels lie so far from each other.
    smaller: Array = affine_transform(smoothed, [times, times], (times - 1) / 2, shape, mode="mirror")
    return smaller


def _agree(one: Shape, times: float, other: Shape, other_times: float) -> bool:
    """Tell whether two sizes of the picture tell the same of its blur."""
    if one.family != other.family:
        return False
    if abs(math.log(one.values[0] * times / (other.values[0] * other_times))) > MOST_OFF:
        return False
    turned = (abs(a - b) % HALF_TURN for a, b in zip(one.values[1:], other.values[1:], strict=True))
    return all(min(angle, HALF_TURN - angle) <= MOST_OFF_DEG for angle in turned)
