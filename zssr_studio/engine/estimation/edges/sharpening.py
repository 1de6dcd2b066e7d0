"""How much a picture was sharpened, found from the overshoot beside its steepest edges. Imports no torch.

An unsharp mask makes an edge dark on its dark side and bright on its bright side. Ordinary downscaling does so a little
as well, and soft edges of the scene do not show it; so the steepest edges are asked, in the middle of many.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

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
# Half the length of the profiles across edges, and how densely they are sampled. Chosen.
REACH_PX, SAMPLES_PER_PX = 6, 2
# Places of the overshoot and of where it is over, in pixels from the middle of an edge.
OVERSHOOT_PX, BEYOND_PX = 1.0, 2.0
# Edges count that are higher than this and lie between plains that vary by less than this share of their height; of
# those the steepest fifth. All chosen.
LEAST_HEIGHT, MOST_UNEVENNESS = 0.06, 0.15
STEEPEST_SHARE, LEAST_EDGES, MAX_EDGES = 0.2, 40, 4000
PLAIN_PX = 3
SMOOTHING_PX = 0.8
MARGIN_PX = 8
# Of a larger picture the middle is looked at.
MAX_SIDE_PX = 1024


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
    steepest = _steepest(brightness)
    if steepest is None:
        return 0.0
    symmetric = _symmetric(steepest)
    middle = len(symmetric) // 2
    at, beyond = (middle + round(distance * SAMPLES_PER_PX) for distance in (OVERSHOOT_PX, BEYOND_PX))
    return float(np.clip(SLOPE * (symmetric[at] - symmetric[beyond]) + OFFSET, 0.0, MOST_AMOUNT))


def sigma_of_edges_px(brightness: Array) -> float | None:
    """Return how wide a Gaussian makes edges as steep as the steepest of a picture.

    Parameters
    ----------
    brightness : ndarray, shape (H, W), float64, nominally in [0, 1]

    Returns
    -------
    float or None
        Standard deviation in pixels of the picture; None where too few edges tell. No blur of all of the picture is
        wider, unless sharpening or noise made edges steeper since.
    """
    steepest = _steepest(brightness)
    if steepest is None:
        return None
    slope = float(np.median(_slopes(steepest)))
    return 1 / (math.sqrt(2 * math.pi) * slope) if slope > 0 else None


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
    plain, *others_seen = (middle(picture, MAX_SIDE_PX) for picture in (plain, *others))
    if min(plain.shape) <= 2 * MARGIN_PX:
        return None
    points = _points(plain)
    profiles = _sampled(plain, points)
    clear = np.flatnonzero(_is_clear(profiles))
    if len(clear) < LEAST_EDGES:
        return None
    order = np.argsort(-_slopes(_normalised(profiles[clear])))
    steepest = points[:, clear[order[: max(1, round(STEEPEST_SHARE * len(clear)))]]]
    rises = (_symmetric(_normalised(_sampled(other, steepest))) for other in others_seen)
    return tuple(float(rise[len(rise) // 2 :].max()) - 1 for rise in rises)


def _symmetric(profiles: Array) -> Array:
    """Return the median of normalised profiles, the mean of its dark side and its bright one."""
    profile = np.median(profiles, axis=0)
    symmetric: Array = (profile + 1 - profile[::-1]) / 2
    return symmetric


def _steepest(brightness: Array) -> Array | None:
    """Return the profiles across the steepest edges in the middle of a picture; None where there are too few."""
    seen = middle(brightness, MAX_SIDE_PX)
    if min(seen.shape) <= 2 * MARGIN_PX:
        return None
    sampled = _sampled(seen, _points(seen))
    profiles = _normalised(sampled[_is_clear(sampled)])
    if len(profiles) < LEAST_EDGES:
        return None
    return profiles[np.argsort(-_slopes(profiles))[: max(1, round(STEEPEST_SHARE * len(profiles)))]]


def _slopes(profiles: Array) -> Array:
    """Return how much profiles rise within the pixel at their middle."""
    middle, half = profiles.shape[1] // 2, SAMPLES_PER_PX // 2
    rises: Array = profiles[:, middle + half] - profiles[:, middle - half]
    return rises


def _points(brightness: Array) -> Array:
    """Return where the profiles across the strongest edges lie, from dark to bright: shape (2, n, samples)."""
    from scipy.ndimage import gaussian_filter, map_coordinates

    slopes = np.gradient(gaussian_filter(brightness, SMOOTHING_PX))
    strength = np.hypot(*slopes)
    across = [slope / (strength + 1e-9) for slope in slopes]
    grid = np.indices(brightness.shape)
    ahead, behind = (
        map_coordinates(strength, [g + sign * a for g, a in zip(grid, across, strict=True)], order=1, mode="nearest")
        for sign in (1, -1)
    )
    is_ridge = (strength >= ahead) & (strength >= behind)
    inside = np.zeros_like(is_ridge)
    inside[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX] = True
    places = np.flatnonzero(is_ridge & inside)
    places = places[np.argsort(-strength.ravel()[places])[:MAX_EDGES]]
    own, before, after = (values.ravel()[places] for values in (strength, behind, ahead))
    # The middle of an edge lies between pixels: a parabola through three strengths says where.
    offset = (0.5 * (after - before) / np.maximum(2 * own - after - before, 1e-9)).clip(-0.6, 0.6)
    distances = np.arange(-REACH_PX * SAMPLES_PER_PX, REACH_PX * SAMPLES_PER_PX + 1) / SAMPLES_PER_PX
    along = distances + offset[:, None]
    points = [
        place[:, None] + along * direction.ravel()[places][:, None]
        for place, direction in zip(np.divmod(places, brightness.shape[1]), across, strict=True)
    ]
    return np.stack(points)


def _sampled(brightness: Array, points: Array) -> Array:
    """Sample a picture at points: shape (n, samples)."""
    from scipy.ndimage import map_coordinates

    sampled: Array = map_coordinates(brightness, points, order=3, mode="mirror")
    return sampled


def _plains(profiles: Array) -> tuple[Array, Array]:
    """Return the ends of profiles, on the dark side and on the bright one."""
    plain = (REACH_PX - PLAIN_PX) * SAMPLES_PER_PX + 1
    return profiles[:, :plain], profiles[:, -plain:]


def _is_clear(profiles: Array) -> NDArray[np.bool_]:
    """Tell which edges are high and lie between even plains."""
    dark, bright = _plains(profiles)
    height = bright.mean(axis=1) - dark.mean(axis=1)
    unevenness = np.maximum(dark.std(axis=1), bright.std(axis=1))
    clear: NDArray[np.bool_] = (height > LEAST_HEIGHT) & (unevenness < MOST_UNEVENNESS * height)
    return clear


def _normalised(profiles: Array) -> Array:
    """Bring the plains beside edges to 0 and 1; those of another picture's edges may hardly differ."""
    dark, bright = (plain.mean(axis=1, keepdims=True) for plain in _plains(profiles))
    normalised: Array = (profiles - dark) / np.maximum(bright - dark, LEAST_HEIGHT / 2)
    return normalised
