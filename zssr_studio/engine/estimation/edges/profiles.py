"""The strongest edges of a picture, with what lies across them. Imports no torch."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.estimation.spectrum import middle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Half the length of the profiles across edges, and how densely they are sampled. Chosen.
REACH_PX, SAMPLES_PER_PX = 6, 2
# Edges count that are higher than this and lie between plains that vary by less than this share of their height; of
# those the steepest fifth. All chosen.
LEAST_HEIGHT, MOST_UNEVENNESS = 0.06, 0.15
STEEPEST_SHARE, LEAST_EDGES, MAX_EDGES = 0.2, 40, 4000
PLAIN_PX = 3
SMOOTHING_PX = 0.8
MARGIN_PX = 8
# Of a larger picture the middle is looked at.
MAX_SIDE_PX = 1024
# Pixels, the steepest ones, among which edges are looked for: one in three or four of them is the middle of one, unless
# all of the picture is soft.
MAX_CANDIDATES = 10 * MAX_EDGES


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Edges that are high and lie between even plains.

    Parameters
    ----------
    points : ndarray, shape (2, n, samples)
        Rows and columns along the profiles, from dark to bright.
    profiles : ndarray, shape (n, samples)
        Values there, such that the plains are 0 and 1.
    """

    points: Array
    profiles: Array

    @classmethod
    def of(cls, brightness: Array) -> Edges:
        """Find those in the middle of a picture (H, W), float64, nominally in [0, 1]; none in one too small."""
        seen = middle(brightness, MAX_SIDE_PX)
        if min(seen.shape) <= 2 * MARGIN_PX:
            return cls(np.empty((2, 0, 1)), np.empty((0, 1)))
        points = _points(seen)
        profiles = sampled(seen, points)
        clear = _is_clear(profiles)
        return cls(points[:, clear], normalised(profiles[clear]))

    def steepest(self, least: int = LEAST_EDGES) -> Edges | None:
        """Return the steepest fifth of them; None where there are fewer than so many in all."""
        count = len(self.profiles)
        if count < least:
            return None
        order = np.argsort(-self._slopes())[: max(1, round(STEEPEST_SHARE * count))]
        return Edges(self.points[:, order], self.profiles[order])

    def across(self, direction: tuple[float, float], within_deg: float) -> Edges:
        """Return those whose profiles run along a direction of rows and columns, within an angle."""
        rows, columns = self.points[:, :, -1] - self.points[:, :, 0]
        share = np.abs(rows * direction[0] + columns * direction[1]) / np.hypot(rows, columns) / math.hypot(*direction)
        near = share >= math.cos(math.radians(within_deg))
        return Edges(self.points[:, near], self.profiles[near])

    def slope(self) -> float:
        """Return the median of how much they rise within the pixel at their middle, as a share of their height."""
        return float(np.median(self._slopes()))

    def _slopes(self) -> Array:
        middle_at, half = self.profiles.shape[1] // 2, SAMPLES_PER_PX // 2
        rises: Array = self.profiles[:, middle_at + half] - self.profiles[:, middle_at - half]
        return rises


def sampled(brightness: Array, points: Array) -> Array:
    """Sample a picture (H, W) at points (2, n, samples): shape (n, samples)."""
    from scipy.ndimage import map_coordinates

    values: Array = map_coordinates(brightness, points, order=3, mode="mirror")
    return values


def normalised(profiles: Array) -> Array:
    """Bring the plains beside edges to 0 and 1; those of another picture's edges may hardly differ."""
    dark, bright = (plain.mean(axis=1, keepdims=True) for plain in _plains(profiles))
    values: Array = (profiles - dark) / np.maximum(bright - dark, LEAST_HEIGHT / 2)
    return values


def _points(brightness: Array) -> Array:
    """Return where the profiles across the strongest edges lie, from dark to bright: shape (2, n, samples)."""
    from scipy.ndimage import gaussian_filter, map_coordinates

    slopes = np.gradient(gaussian_filter(brightness, SMOOTHING_PX))
    strength = np.hypot(*slopes)
    places = _strongest(strength)
    own = strength.ravel()[places]
    across = np.stack([slope.ravel()[places] / (own + 1e-9) for slope in slopes])
    middles = np.stack(np.divmod(places, brightness.shape[1]))
    ahead, behind = (map_coordinates(strength, middles + sign * across, order=1, mode="nearest") for sign in (1, -1))
    is_ridge = np.flatnonzero((own >= ahead) & (own >= behind))
    is_ridge = is_ridge[np.argsort(-own[is_ridge])[:MAX_EDGES]]
    own, before, after = own[is_ridge], behind[is_ridge], ahead[is_ridge]
    # The middle of an edge lies between pixels: a parabola through three strengths says where.
    offset = (0.5 * (after - before) / np.maximum(2 * own - after - before, 1e-9)).clip(-0.6, 0.6)
    distances = np.arange(-REACH_PX * SAMPLES_PER_PX, REACH_PX * SAMPLES_PER_PX + 1) / SAMPLES_PER_PX
    points: Array = middles[:, is_ridge, None] + across[:, is_ridge, None] * (distances + offset[:, None])
    return points


def _strongest(strength: Array) -> NDArray[np.intp]:
    """Return the steepest pixels that do not lie near the border, as indices into the flat picture."""
    inside = np.zeros(strength.shape, bool)
    inside[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX] = True
    places = np.flatnonzero(inside)
    if len(places) <= MAX_CANDIDATES:
        return places
    return places[np.argpartition(-strength.ravel()[places], MAX_CANDIDATES)[:MAX_CANDIDATES]]


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
