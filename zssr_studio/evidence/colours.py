"""The colours of both maps over a picture: nothing where there is nothing to say, yellow, then magenta."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.damage import Damage
    from zssr_studio.engine.maps import Maps

# Where the colours end, in [0, 1] of the value range: 4 of 255 levels, twice what counts as unstable. Chosen. Those of
# the consistency of a picture with noise end where its noise no longer explains a difference, after so many deviations.
FULL, SIGMAS = 4 / 255, 3.0
# Yellow to magenta differ in lightness too, so that they are told apart without red and green; blue is in neither.
FAINT_RGB, FULL_RGB, BEYOND_RGB = (255, 214, 0), (226, 0, 122), (0, 200, 255)
# How much of the picture is covered where the colours end. Chosen: what is below is still recognised.
MOST_COVER = 0.85
# Rows that are coloured at once. Chosen: some megabytes of a wide picture.
BAND_ROWS = 256


class MapKind(StrEnum):
    """Which of the maps."""

    CONSISTENCY = "consistency"
    DISAGREEMENT = "disagreement"
    MEMBERS = "members"


def full_of(kind: MapKind, damage: Damage) -> float:
    """Tell where the colours of a map end, in [0, 1] of the value range, for a picture with noise or compression."""
    if kind is not MapKind.CONSISTENCY:
        return FULL
    noise = 0.0 if damage.noise is None else damage.noise.mean_std()
    jpeg = 0.0 if damage.jpeg is None else math.sqrt(float(np.square(damage.jpeg.luma).mean()) / 12) / 255
    return max(FULL, SIGMAS * math.hypot(noise, jpeg))


def map_pixels(maps: Maps, kind: MapKind, full: float = FULL) -> NDArray[np.uint8] | None:
    """Colour a map for lying over its picture.

    Parameters
    ----------
    maps : Maps
    kind : MapKind
    full : float
        Where the colours end, in [0, 1] of the value range.

    Returns
    -------
    ndarray, shape (h, w, 4), uint8, or None
        Red, green, blue and alpha, of the size of the input for the consistency, of the result for the others;
        None where nothing was compared. Where it was not in a part, that part is clear.
    """
    values = {
        MapKind.CONSISTENCY: maps.error, MapKind.DISAGREEMENT: maps.deviation, MapKind.MEMBERS: maps.members
    }[kind]  # fmt: skip
    if values is None:
        return None
    pixels = np.empty((*values.shape, 4), np.uint8)
    for top in range(0, len(values), BAND_ROWS):
        rows = slice(top, top + BAND_ROWS)
        pixels[rows] = ramp(np.nan_to_num(values[rows].astype(np.float32)) / np.float32(full))
    if kind is MapKind.CONSISTENCY:
        pixels[maps.beyond] = (*BEYOND_RGB, 255)
    return pixels


def ramp(shares: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return the colours of shares (...) of where they end, as (..., 4)."""
    shares = shares.clip(0, 1)[..., None]
    faint, full = np.array(FAINT_RGB, np.float32), np.array(FULL_RGB, np.float32)
    coloured = faint + shares * (full - faint)
    alpha = 255 * MOST_COVER * np.sqrt(shares)
    # So little is no colour at all: a quarter of where they end begins to be seen.
    alpha = alpha * (shares * 4).clip(0, 1)
    pixels: NDArray[np.uint8] = np.concatenate([coloured, alpha], axis=-1).round().astype(np.uint8)
    return pixels
