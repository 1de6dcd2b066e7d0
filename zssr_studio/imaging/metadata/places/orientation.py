"""The EXIF orientation, applied once when a picture is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ORIENTATION_TAG = 274

# EXIF orientation: (transposed, rows flipped, columns flipped), in this order.
_MOVES = {
    1: (False, False, False),
    2: (False, False, True),
    3: (False, True, True),
    4: (False, True, False),
    5: (True, False, False),
    6: (True, False, True),
    7: (True, True, True),
    8: (True, True, False),
}


def moves_of(orientation: int) -> tuple[bool, bool, bool]:
    """Return whether rows and columns are swapped, then rows flipped, then columns, to stand upright."""
    return _MOVES.get(orientation, _MOVES[1])


def swaps_axes(orientation: int) -> bool:
    """Tell whether upright rows are the columns of the file."""
    return moves_of(orientation)[0]


def upright(values: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Turn an array (H, W, ...) as its EXIF orientation (1 to 8) asks; any other value leaves it as it is."""
    transposed, rows, columns = moves_of(orientation)
    if transposed:
        values = np.swapaxes(values, 0, 1)
    if rows:
        values = values[::-1]
    if columns:
        values = values[:, ::-1]
    return np.ascontiguousarray(values)
