"""Planes of the scene: found by their vanishing points, and how a patch looks elsewhere on the same plane."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from scipy.ndimage import gaussian_filter

from zssr_studio.methods.selfex.vanishing import VanishingPoint, vanishing_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Edges of both directions lie about a point of a plane, within this share of the picture's shorter side. Chosen.
SUPPORT_SPREAD = 0.1
# A plane that looks alike everywhere, but for this share of its size, gives nothing that translation does not.
LEAST_FORESHORTENING = 0.1
# Nearer to its horizon a plane is too small to be seen. Chosen.
HORIZON_SHARE = 0.1
# A patch elsewhere on the plane is taken as large as it is there, up to this. Chosen.
MOST_LARGER = 1.5
CORNERS = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """A plane seen in perspective. Places are shares of the picture's height and width.

    Parameters
    ----------
    horizon : Tensor, shape (3,), float32
        Its vanishing line: 0 = horizon @ (row, column, 1).
    corner : Tensor, shape (2,), float32
        The corner of the picture that is farthest from it.
    support : Tensor, shape (H, W), float32
        How likely each pixel of the picture lies on it, summing to 1.
    """

    horizon: torch.Tensor
    corner: torch.Tensor
    support: torch.Tensor

    def drawn(self, count: int, generator: torch.Generator) -> torch.Tensor:
        """Draw places on the plane, (count, 2)."""
        index = torch.multinomial(self.support.flatten(), count, replacement=True, generator=generator)
        width = self.support.shape[1]
        places = torch.stack([index // width, index % width], dim=1)
        return (places + torch.rand((count, 2), generator=generator)) / torch.tensor(self.support.shape)

    def shapes(self, wanted: torch.Tensor, found: torch.Tensor, size: tuple[int, int], factor: float) -> torch.Tensor:
        """Return how a patch looks elsewhere on the plane.

        Parameters
        ----------
        wanted, found : Tensor, shape (n, 2)
            Places of the patches, and where they are looked for.
        size : tuple of int
            Rows and columns of the picture in which they are found.
        factor : float
            How much larger the picture of the patches is than that.

        Returns
        -------
        Tensor, shape (n, 2, 2)
            What an offset becomes in pixels, NaN beyond the horizon.
        """
        # On the horizon itself there is no inverse, and what comes instead is taken out below.
        shapes = torch.linalg.inv_ex(self._rectified(found)).inverse @ self._rectified(wanted)
        pixels = torch.tensor(size, dtype=torch.float32)
        shapes = pixels[:, None] * shapes / pixels
        larger = torch.linalg.det(shapes).abs().sqrt()[:, None, None]
        beyond = (self._depth(wanted) * self._depth(found) <= 0)[:, None, None]
        sized: torch.Tensor = shapes / larger * (larger / factor).clamp(1, MOST_LARGER)
        return sized.masked_fill(beyond, torch.nan)

    def _depth(self, places: torch.Tensor) -> torch.Tensor:
        depth: torch.Tensor = places @ self.horizon[:2] + self.horizon[2]
        return depth

    def _rectified(self, places: torch.Tensor) -> torch.Tensor:
        """Return the derivative of the map that undoes the perspective: p to (p - corner) / depth, (n, 2, 2)."""
        depth = self._depth(places)[:, None, None]
        away = (places - self.corner)[:, :, None] * self.horizon[:2]
        return torch.eye(2) / depth - away / depth**2


def planes_of(luma: NDArray[np.float32], seed: int) -> tuple[Plane, ...]:
    """Find the planes of a picture (H, W) in [0, 1]; none where it has no vanishing points."""
    points = vanishing_points(luma, np.random.default_rng(seed))
    found = (_plane(pair, luma.shape) for pair in itertools.combinations(points, 2))
    return tuple(plane for plane in found if plane is not None)


def _plane(pair: tuple[VanishingPoint, VanishingPoint], shape: tuple[int, ...]) -> Plane | None:
    """Return the plane of two directions, or None where it is seen from the front or hardly at all."""
    size = np.array(shape, np.float64)
    first, second = (_in_shares(point.place, size) for point in pair)
    horizon = np.cross(first, second)
    horizon /= max(float(np.linalg.norm(horizon)), 1e-12)
    rows, columns = ((np.arange(n) + 0.5) / n for n in shape)
    depth = np.abs(horizon[0] * rows[:, None] + horizon[1] * columns + horizon[2])
    support = _density(pair[0], shape) * _density(pair[1], shape) * (depth > HORIZON_SHARE * depth.max())
    if support.sum() <= 0 or np.ptp(depth) < LEAST_FORESHORTENING * depth.max():
        return None
    corner = max(CORNERS, key=lambda c: abs(horizon[0] * c[0] + horizon[1] * c[1] + horizon[2]))
    likely = torch.from_numpy((support / support.sum()).astype(np.float32))
    return Plane(torch.from_numpy(horizon.astype(np.float32)), torch.tensor(corner), likely)


def _in_shares(place: NDArray[np.float64], size: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn a homogeneous place in pixels into one in shares of the picture; its length is 1."""
    shares = np.array([*((place[:2] + 0.5 * place[2]) / size), place[2]])
    unit: NDArray[np.float64] = shares / np.linalg.norm(shares)
    return unit


def _density(point: VanishingPoint, shape: tuple[int, ...]) -> NDArray[np.float64]:
    count = np.zeros(shape)
    count[point.edges[:, 0], point.edges[:, 1]] = 1
    density: NDArray[np.float64] = gaussian_filter(count, SUPPORT_SPREAD * min(shape), mode="constant")
    return density
