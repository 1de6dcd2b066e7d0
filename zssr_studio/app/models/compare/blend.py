"""A result mixed with what bicubic makes of the same input, for who finds the result too strong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.imaging.picture import Picture


def mixed(result: NDArray[np.float32], bicubic: NDArray[np.float32], share: float) -> NDArray[np.float32]:
    """Mix values; `share` is that of the result, 0 to 1."""
    values = result - bicubic
    values *= share
    values += bicubic
    return values


def blended(result: Picture, bicubic: Picture, share: float) -> Picture:
    """Mix the colours of two pictures of one size; all else is the result's."""
    return replace(result, pixels=mixed(result.pixels, bicubic.pixels, share))
