"""Arrays as people hold them, and the values of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.samples import colours_and_alpha

if TYPE_CHECKING:
    from numpy.typing import NDArray

FLOAT_BITS = 32
# Filters overshoot [0, 1] by some tenths at the most; what lies farther off was meant for another range, as 0 to 255.
OVERSHOOT = 0.5


@dataclass(frozen=True, slots=True)
class ArrayLayout:
    """How an array came in, and so how the result goes out.

    Parameters
    ----------
    dtype : numpy.dtype
        uint8, uint16, or floating point.
    is_flat : bool
        Whether it had rows and columns only, (H, W).
    """

    dtype: np.dtype[Any]
    is_flat: bool

    @classmethod
    def of_picture(cls, picture: Picture) -> ArrayLayout:
        """Return the layout for what came from a file: its depth, and (H, W) for gray without alpha."""
        depths = {8: np.uint8, 16: np.uint16, FLOAT_BITS: np.float32}
        return cls(np.dtype(depths[picture.source_bits]), picture.channels == 1 and picture.alpha is None)

    def back(self, picture: Picture) -> NDArray[Any]:
        """Turn a picture into an array of this layout.

        Returns
        -------
        ndarray, shape (H, W) or (H, W, 1 to 4)
            Alpha is the last channel. Whole numbers are rounded as in a file that is written.
        """
        values = picture.pixels
        if picture.alpha is not None:
            values = np.concatenate([values, picture.alpha[:, :, None]], axis=2)
        if self.dtype.kind == "u":
            scaled = values.clip(0, 1)
            scaled *= np.float32(np.iinfo(self.dtype).max)
            values = np.rint(scaled, out=scaled)
        samples: NDArray[Any] = values.astype(self.dtype)
        return samples[:, :, 0] if self.is_flat else samples


def picture_of_array(array: NDArray[Any]) -> tuple[Picture, ArrayLayout]:
    """Make a picture of an array, which is copied and never written to.

    Parameters
    ----------
    array : ndarray, shape (H, W) or (H, W, 1 to 4), uint8, uint16 or floating point
        With 2 channels gray and alpha, with 4 RGB and alpha, which is straight. Floats in [0, 1]; an overshoot of up to
        0.5 is kept.

    Raises
    ------
    BadInputError
        With a sentence for a person, if it is no picture.
    """
    _check_shape(array)
    _check_dtype(array)
    is_float = array.dtype.kind == "f"
    if is_float:
        _check_values(array)
    pixels, alpha = colours_and_alpha(np.asarray(array))
    if is_float and alpha is not None:
        alpha = alpha.clip(0, 1)
    bits = FLOAT_BITS if is_float else 8 * array.dtype.itemsize
    return Picture(pixels, alpha, source_bits=bits), ArrayLayout(array.dtype, array.ndim == 2)


def _check_shape(array: NDArray[Any]) -> None:
    shape = array.shape
    if np.ma.isMaskedArray(array):
        raise BadInputError("A masked array is no picture: what is masked has no colour. Fill it first, by .filled().")
    if len(shape) == 3 and shape[0] in (1, 3, 4) and shape[2] > 4:
        raise BadInputError(
            f"The array has shape {shape}, with its channels first. Give rows, columns, channels: "
            "np.moveaxis(array, 0, -1)."
        )
    if len(shape) not in (2, 3) or (len(shape) == 3 and not 1 <= shape[2] <= 4):
        raise BadInputError(
            f"The array has shape {shape}. Give one picture: (rows, columns), or (rows, columns, channels) with 1 "
            "channel (gray), 2 (gray and alpha), 3 (RGB) or 4 (RGB and alpha)."
        )
    if 0 in shape:
        raise BadInputError(f"The array has shape {shape}, so there is no pixel in it. Give at least one.")


def _check_dtype(array: NDArray[Any]) -> None:
    dtype = array.dtype
    if dtype.kind == "b":
        raise BadInputError(
            "The array holds bool, which is a mask and not a picture. Give numbers: array.astype(np.uint8) * 255."
        )
    if (dtype.kind == "u" and dtype.itemsize <= 2) or (dtype.kind == "f" and dtype.itemsize <= 8):
        return
    raise BadInputError(
        f"The array holds {dtype}. Give uint8 (0 to 255), uint16 (0 to 65535), or floating point in [0, 1] of at most "
        "64 bits."
    )


def _check_values(array: NDArray[Any]) -> None:
    low, high = float(array.min()), float(array.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        raise BadInputError(
            "The array holds NaN or infinite values, which have no colour. Replace them first: np.nan_to_num(array)."
        )
    if low < -OVERSHOOT or high > 1 + OVERSHOOT:
        raise BadInputError(
            f"The array holds floating-point values from {low:g} to {high:g}; a picture in floating point lies in "
            "[0, 1]. Divide it by its largest possible value, such as 255, or give uint8 or uint16."
        )
