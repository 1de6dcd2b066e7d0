"""Fields of coloured noise, from which LR sons get pieces."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import torch

from zssr_studio.engine.damage import LUMA
from zssr_studio.jpeg_tables import BLOCK_PX

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from zssr_studio.engine.damage import ColouredNoise
    from zssr_studio.engine.runtime.parcel import Parcel

# Large enough that a run hardly sees the same piece twice, small enough to be made in a tenth of a second. Chosen.
FIELD_PX = 512
# Brightnesses at which the strength is looked up: those of 8 bits.
LEVELS = 256
SEED = 0


class NoiseField:
    """Adds coloured noise to batches of LR sons.

    Parameters
    ----------
    noise : ColouredNoise
    device : device
    """

    def __init__(self, noise: ColouredNoise, device: torch.device) -> None:
        self._field = torch.from_numpy(field_of(noise)).to(device)
        gains = np.interp(np.linspace(0, 1, LEVELS), noise.values, noise.gains).astype(np.float32)
        self._gains = torch.from_numpy(gains).to(device)
        self._luma = torch.tensor(LUMA if len(noise.power) > 1 else (1.0,), device=device)[:, None, None]

    def drawn(
        self, shape: tuple[int, ...], generator: torch.Generator, parcel: Parcel
    ) -> Callable[[torch.Tensor], torch.Tensor]:
        """Draw a piece of the field, flipped at random, for each of sons of a shape (N, C, h, w).

        What is returned adds them, once the parcel was sent.
        """
        rows, columns = (parcel.add(self._indices(shape[0], size, generator)) for size in shape[-2:])
        return lambda sons: self._added(sons, rows(), columns())

    def _added(self, sons: torch.Tensor, rows: torch.Tensor, columns: torch.Tensor) -> torch.Tensor:
        pieces = self._field[:, rows[:, :, None], columns[:, None, :]].transpose(0, 1)
        brightness = (sons * self._luma).sum(dim=1, keepdim=True).clamp(0, 1)
        return sons + self._gains[(brightness * (LEVELS - 1)).round().long()] * pieces

    def _indices(self, count: int, size: int, generator: torch.Generator) -> torch.Tensor:
        """Draw where pieces lie along an axis, each forwards or backwards: shape (count, size)."""
        starts = torch.randint(FIELD_PX, (count, 1), generator=generator)
        directions = 2 * torch.randint(2, (count, 1), generator=generator) - 1
        # The field is periodic.
        return (starts + directions * torch.arange(size)) % FIELD_PX


@lru_cache(maxsize=4)
def field_of(noise: ColouredNoise) -> NDArray[np.float32]:
    """Make a periodic field of the noise at gain 1: shape (C, FIELD_PX, FIELD_PX)."""
    rng = np.random.default_rng(SEED)
    frequencies = np.abs(np.fft.fftfreq(FIELD_PX))
    fields = []
    for power in noise.power:
        white = np.fft.fft2(rng.standard_normal((FIELD_PX, FIELD_PX)))
        fields.append(np.fft.ifft2(white * np.sqrt(_power_at(np.array(power), frequencies))).real)
    if len(fields) == 1:
        return np.stack(fields).astype(np.float32)
    luma, blue, red = fields
    green = luma - (LUMA[0] * red + LUMA[2] * blue) / LUMA[1]
    return np.stack([luma + red, green, luma + blue]).astype(np.float32)


def _power_at(power: NDArray[np.float64], frequencies: NDArray[np.float64]) -> NDArray[np.float64]:
    """Interpolate the power of the DCT coefficients between their frequencies: shape (n, n)."""
    places = np.minimum(frequencies * 2 * BLOCK_PX, BLOCK_PX - 1)
    below = np.minimum(places.astype(np.intp), BLOCK_PX - 2)
    weights = np.zeros((len(frequencies), BLOCK_PX))
    rows = np.arange(len(frequencies))
    weights[rows, below], weights[rows, below + 1] = 1 - (places - below), places - below
    interpolated: NDArray[np.float64] = weights @ power.reshape(BLOCK_PX, BLOCK_PX) @ weights.T
    return interpolated
