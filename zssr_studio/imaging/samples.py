"""From the samples of a decoder to the values of a picture, and the limit on how many there may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_PIXELS = 178_000_000


def check_size(name: str, height: int, width: int) -> None:
    """Refuse a picture by the size in its header, before a pixel is decoded.

    Raises
    ------
    BadInputError
    """
    if height * width > MAX_PIXELS:
        raise BadInputError(
            f"{name} has {width} x {height} pixels, more than the {MAX_PIXELS // 10**6} megapixels that can be opened. "
            "Cut out the part that you want first."
        )


def unit_values(samples: NDArray[Any]) -> NDArray[np.float32]:
    """Divide unsigned samples by the largest of their type: float32 in [0, 1], of the same shape."""
    values = samples.astype(np.float32)
    values /= np.float32(np.iinfo(samples.dtype).max)  # in place: a large picture is held once
    return values


def split_alpha(values: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
    """Take (H, W), (H, W, 1 to 4) apart into colours (H, W, 1 or 3) and alpha (H, W) or None."""
    if values.ndim == 2:
        values = values[:, :, None]
    if values.shape[2] in (2, 4):
        return np.ascontiguousarray(values[:, :, :-1]), np.ascontiguousarray(values[:, :, -1])
    return np.ascontiguousarray(values), None
