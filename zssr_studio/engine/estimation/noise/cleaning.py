"""A brightness without its noise, as far as it is known: what noise hides is measured there. Imports no torch.

Coefficients of blocks that noise explains are set to zero, over the blocks at many places, and what comes of it tells
how strong the picture is against the noise at each frequency (Wiener's filter): sliding-window DCT denoising, after
Yaroslavsky 1996. It is for measuring only, since it blurs texture; the network cleans what a person sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.fft import dctn, idctn

from zssr_studio.engine.damage import ColouredNoise
from zssr_studio.engine.estimation.spectrum import middle
from zssr_studio.jpeg_tables import BLOCK_PX

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.damage import Noise

    Array = NDArray[np.float64]
    Values = NDArray[np.float32]

# Coefficients below so many deviations are taken for noise: the usual value of the literature.
THRESHOLD = 2.7
# The places that blocks begin at lie so far apart. 2 takes twice as long; with 4 three of 34 blurs that grain hid were
# missed more than with 2.
HOP_PX = 3
# Of a larger picture the middle is cleaned, which takes half a second.
MAX_SIDE_PX = 1024
# At so many brightnesses the deviation of white noise is looked up.
VALUES = 9
# Far less than rounding to 16 bits brings.
LEAST_POWER = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Spectrum:
    """The power of a noise of the brightness at each coefficient, and what the deviation is times at brightnesses."""

    power: Values  # shape (8, 8)
    values: tuple[float, ...]
    gains: tuple[float, ...]

    @classmethod
    def of(cls, noise: Noise | ColouredNoise) -> Spectrum:
        """Return that of a noise; white noise has the same power everywhere."""
        if isinstance(noise, ColouredNoise):
            power = np.array(noise.power[0], np.float32).reshape(BLOCK_PX, BLOCK_PX)
            return cls(power, noise.values, noise.gains)
        values = tuple(np.linspace(0, 1, VALUES).tolist())
        return cls(np.ones((BLOCK_PX, BLOCK_PX), np.float32), values, tuple(map(noise.luma_std, values)))

    def at(self, values: NDArray[np.floating]) -> Values:
        """Return the power in blocks of mean values (n, m, 1, 1): shape (n, m, 8, 8)."""
        gains = np.interp(values, self.values, self.gains).astype(np.float32)
        # Where light alone is noisy black has none.
        power: Values = np.maximum(np.square(gains) * self.power, np.float32(LEAST_POWER))
        return power


def cleaned(brightness: Array, noise: Noise | ColouredNoise) -> Array:
    """Clean a brightness of a noise, or the middle of a large one.

    Parameters
    ----------
    brightness : ndarray, shape (H, W), float64, nominally in [0, 1]
    noise : Noise or ColouredNoise

    Returns
    -------
    ndarray, shape (h, w), float64
        At most 1024 pixels a side.
    """
    seen = middle(brightness, MAX_SIDE_PX)
    # Values over the border see it mirrored; those that begin at any place end inside.
    sides = [(BLOCK_PX, BLOCK_PX + (-size) % BLOCK_PX) for size in seen.shape]
    picture = np.pad(seen, sides, mode="symmetric").astype(np.float32)
    spectrum = Spectrum.of(noise)
    rough = _filtered(picture, spectrum, None)
    inside = tuple(slice(BLOCK_PX, BLOCK_PX + size) for size in seen.shape)
    clean: Array = _filtered(picture, spectrum, rough)[inside].astype(np.float64)
    return clean


def _filtered(picture: Values, spectrum: Spectrum, rough: Values | None) -> Values:
    """Filter all blocks and average where they overlap, the simpler ones weighing more."""
    total, weights = np.zeros_like(picture), np.zeros_like(picture)
    for top in range(0, BLOCK_PX, HOP_PX):
        for left in range(0, BLOCK_PX, HOP_PX):
            area = np.s_[top : top + picture.shape[0] - BLOCK_PX, left : left + picture.shape[1] - BLOCK_PX]
            coefficients = _coefficients(picture[area])
            kept = _kept(coefficients, spectrum, None if rough is None else _coefficients(rough[area]))
            weight = 1 / np.square(kept).sum(axis=(2, 3), keepdims=True)
            total[area] += _laid_out(weight * idctn(kept * coefficients, axes=(2, 3), norm="ortho"))
            weights[area] += _laid_out(np.broadcast_to(weight, coefficients.shape))
    return (total / np.maximum(weights, np.finfo(np.float32).tiny)).astype(np.float32, copy=False)


def _kept(coefficients: Values, spectrum: Spectrum, rough: Values | None) -> Values:
    """Return the share of each coefficient that is the picture's: all or nothing, or by what it is without noise."""
    power = spectrum.at(coefficients[:, :, :1, :1] / BLOCK_PX)
    if rough is None:
        kept = (np.square(coefficients) > THRESHOLD**2 * power).astype(np.float32)
    else:
        kept = (np.square(rough) / (np.square(rough) + power)).astype(np.float32, copy=False)
    kept[:, :, 0, 0] = 1
    return kept


def _coefficients(area: Values) -> Values:
    """Cut an area into blocks and transform them: shape (rows, columns, 8, 8)."""
    rows, columns = (size // BLOCK_PX for size in area.shape)
    blocks = area.reshape(rows, BLOCK_PX, columns, BLOCK_PX).transpose(0, 2, 1, 3)
    transformed: Values = dctn(blocks, axes=(2, 3), norm="ortho")
    return transformed


def _laid_out(blocks: Values) -> Values:
    """Lay blocks side by side again."""
    rows, columns = blocks.shape[:2]
    return blocks.transpose(0, 2, 1, 3).reshape(rows * BLOCK_PX, columns * BLOCK_PX)
