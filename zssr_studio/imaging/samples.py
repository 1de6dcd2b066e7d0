"""From the samples of a decoder to the values of a picture, and the limit on how many there may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from zssr_studio.errors import BadInputError
from zssr_studio.host.machine import free_memory_bytes

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEMORY_SHARE = 0.8
VALUE_BYTES = 4
# Real pictures are never packed that tightly; a file that claims so lies or is made to fill the memory.
MAX_PACKED, MIN_SUSPECT_BYTES = 3000, 400_000_000
MAX_SIDE_PX = 2_000_000


def check_size(
    name: str,
    height: int,
    width: int,
    channels: int = 3,
    sample_bytes: int = 1,
    file_bytes: int | None = None,
    *,
    copies: int = 1,
) -> None:
    """Refuse a picture by the size in its header, before a pixel is decoded.

    Parameters
    ----------
    name : str
        What the file is called.
    height, width, channels : int
        As the header says.
    sample_bytes : int
        Of the decoder's samples, which live beside the picture for a while.
    file_bytes : int, optional
        Size of the file; a picture that is thousands of times larger is refused.
    copies : int
        How often the decoder's samples are held at once.

    Raises
    ------
    BadInputError
    """
    if height < 1 or width < 1 or max(height, width) > MAX_SIDE_PX:
        raise BadInputError(f"{name} claims a size of {width} x {height} pixels, which no picture has. It is damaged.")
    samples = height * width * channels
    needed, free = samples * (VALUE_BYTES + copies * sample_bytes), MEMORY_SHARE * free_memory_bytes()
    if file_bytes is not None and samples * sample_bytes > max(MIN_SUSPECT_BYTES, MAX_PACKED * file_bytes):
        raise BadInputError(
            f"{name} claims {width} x {height} pixels but has {file_bytes} bytes only. It is damaged or made to fill "
            "the memory."
        )
    if needed > free:
        raise BadInputError(
            f"{name} has {width} x {height} pixels ({height * width / 1e6:.0f} megapixels), which take "
            f"{needed / 1e9:.1f} GB; {free / 1e9:.1f} GB of memory are free for it. Cut out the part that you "
            "want first."
        )


def unit_values(samples: NDArray[Any], largest: float | None = None) -> NDArray[np.float32]:
    """Divide unsigned samples by the largest of their depth: float32 in [0, 1], of the same shape, in rows.

    Samples in floating point stay as they are.
    """
    values = samples.astype(np.float32, order="C")
    if samples.dtype.kind in "ui":
        # In place: a large picture is held once.
        values /= np.float32(np.iinfo(samples.dtype).max if largest is None else largest)
    return values


def split_alpha(samples: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any] | None]:
    """Take (H, W), (H, W, 1 to 4) apart into views: colours (H, W, 1 or 3), and alpha (H, W) or None."""
    if samples.ndim == 2:
        samples = samples[:, :, None]
    if samples.shape[2] in (2, 4):
        return samples[:, :, :-1], samples[:, :, -1]
    return samples, None


def colours_and_alpha(
    samples: NDArray[Any], largest: float | None = None
) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
    """Split samples (H, W) or (H, W, 1 to 4) and turn them into values, each part copied once."""
    colours, alpha = split_alpha(samples)
    return unit_values(colours, largest), None if alpha is None else unit_values(alpha, largest)
