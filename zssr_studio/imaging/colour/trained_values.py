"""What of a picture is trained on: colours that are visible, in [0, 1]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.imaging.picture import Picture

_EIGHT, _FLOAT_BITS = 8, 32
_TOLERANCE = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class TrainedValues:
    """A picture's colours as the network takes them, and the way back.

    Parameters
    ----------
    pixels : ndarray, shape (H, W, C), float32
        In [0, 1]. Where alpha is 0, the colour of the nearest visible pixel: what nobody sees is neither learned from
        nor does it bleed into the edges as a halo.
    low, span : float
        Values v of the picture are (v - low) / span here; 0 and 1 for all but floating-point samples beyond [0, 1].
    bits : int or None
        To how many they were rounded: 8 also where a file of deeper samples holds nothing between the steps of 8; None
        for other floating-point samples.
    """

    pixels: NDArray[np.float32]
    low: float = 0.0
    span: float = 1.0
    bits: int | None = None

    @classmethod
    def of(cls, picture: Picture) -> TrainedValues:
        """Take them from a picture."""
        pixels = picture.pixels if picture.alpha is None else _filled(picture.pixels, picture.alpha)
        bits = bits_of(picture)
        if bits is not None:
            return cls(pixels, bits=bits)
        low, high = min(0.0, float(pixels.min())), max(1.0, float(pixels.max()))
        if (low, high) == (0.0, 1.0):
            return cls(pixels)
        return cls(((pixels - np.float32(low)) / np.float32(high - low)).clip(0, 1), low, high - low)

    def restored(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Turn values in [0, 1] back into the picture's."""
        if (self.low, self.span) == (0.0, 1.0):
            return values
        return values * np.float32(self.span) + np.float32(self.low)


def bits_of(picture: Picture) -> int | None:
    """Tell to how many bits a picture was rounded; see `TrainedValues`."""
    # A pass over the rows ends at the first that lies between steps.
    if picture.source_bits == _EIGHT or all(_is_rounded(row) for row in picture.pixels):
        return _EIGHT
    return None if picture.source_bits == _FLOAT_BITS else picture.source_bits


def _is_rounded(row: NDArray[np.float32]) -> bool:
    steps = row * (2**_EIGHT - 1)
    # A step of 16 bits is a 257th of one of 8, and computing in 32 bits errs by less than a 30,000th.
    return bool(row.min() >= 0 and row.max() <= 1 and np.abs(steps - np.round(steps)).max() < _TOLERANCE)


def _filled(pixels: NDArray[np.float32], alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    hidden = alpha <= 0
    if not hidden.any() or hidden.all():
        return pixels
    from scipy.ndimage import distance_transform_edt

    rows, columns = distance_transform_edt(hidden, return_distances=False, return_indices=True)
    filled: NDArray[np.float32] = pixels[rows, columns]
    return filled
