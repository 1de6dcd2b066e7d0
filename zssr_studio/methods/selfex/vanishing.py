"""Vanishing points of a picture: where the lines of its edges meet, found by drawing pairs of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import gaussian_filter

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Edges that are looked at, and pairs of them that are drawn for each vanishing point. Chosen: it takes 0.2 s.
EDGES, PAIRS = 1500, 800
MOST_POINTS = 3
# Nearer than this to the direction of an edge, a vanishing point explains it; by chance one explains 1 in 45.
TOLERANCE_SINE = 0.035
# Of all edges, weighted by their gradient, a vanishing point explains at least so many. Chosen.
LEAST_SHARE = 0.12
GRADIENT_SIGMA_PX = 1.0
# Below this difference from pixel to pixel nothing is an edge. Chosen: 2 of 255.
LEAST_GRADIENT = 0.008


@dataclass(frozen=True, slots=True, eq=False)
class VanishingPoint:
    """Where lines meet, and the edges that lead there.

    Parameters
    ----------
    place : ndarray, shape (3,), float64
        Homogeneous: row and column in pixels, times the last entry, which is 0 for lines that are parallel.
    edges : ndarray, shape (n, 2), int64
        Rows and columns of the edges.
    """

    place: NDArray[np.float64]
    edges: NDArray[np.int64]


def vanishing_points(luma: NDArray[np.float32], rng: np.random.Generator) -> list[VanishingPoint]:
    """Find up to `MOST_POINTS` vanishing points, the one that explains most first.

    Parameters
    ----------
    luma : ndarray, shape (H, W), float32, in [0, 1]
    rng : numpy.random.Generator
        Which edges are looked at.
    """
    places, lines, weights = _edges(luma, rng)
    whole, points = weights.sum(), list[VanishingPoint]()
    while len(points) < MOST_POINTS and len(lines) > 2:
        pairs = rng.integers(len(lines), size=(PAIRS, 2))
        meeting = np.cross(lines[pairs[:, 0]], lines[pairs[:, 1]])
        scores = _explained(meeting, places, lines) @ weights
        place = meeting[int(scores.argmax())]
        explained = _explained(place[None], places, lines)[0]
        if scores.max() < LEAST_SHARE * whole:
            break
        points.append(VanishingPoint(_fitted(lines[explained], weights[explained]), places[explained]))
        places, lines, weights = places[~explained], lines[~explained], weights[~explained]
    return points


def _edges(
    luma: NDArray[np.float32], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Draw edges: places (n, 2), the lines that they lie on (n, 3), gradients (n,)."""
    along = [gaussian_filter(luma.astype(np.float64), GRADIENT_SIGMA_PX, order=order) for order in ((1, 0), (0, 1))]
    strength = np.hypot(*along)
    candidates = np.flatnonzero(strength > LEAST_GRADIENT)
    if len(candidates) > EDGES:
        share = strength.ravel()[candidates]
        candidates = rng.choice(candidates, EDGES, replace=False, p=share / share.sum())
    places = np.stack(np.unravel_index(candidates, luma.shape), axis=1)
    weights = strength.ravel()[candidates]
    normals = np.stack([part.ravel()[candidates] for part in along], axis=1) / weights[:, None]
    lines = np.column_stack([normals, -(normals * places).sum(axis=1)])
    return places, lines, weights


def _explained(points: NDArray[np.float64], places: NDArray[np.int64], lines: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which of m points lies in the direction of which of n edges, (m, n)."""
    away = points[:, None, :2] - points[:, None, 2:] * places
    length = np.linalg.norm(away, axis=2)
    explained: NDArray[np.bool_] = np.abs(points @ lines.T) < TOLERANCE_SINE * length
    return explained


def _fitted(lines: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the point that lies nearest to all lines, in homogeneous coordinates of balanced size."""
    balance = np.array([1, 1, max(1.0, float(np.abs(lines[:, 2]).max()))])
    scaled = lines / balance * np.sqrt(weights)[:, None]
    point: NDArray[np.float64] = np.linalg.svd(scaled, full_matrices=False)[2][-1] / balance
    return point
