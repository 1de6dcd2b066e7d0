"""Finds out what was done to a picture after it became small, from the picture alone. Imports no torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.engine.damage import Damage
from zssr_studio.engine.estimation.jpeg import tables_of_blocks
from zssr_studio.engine.estimation.noise import estimate_noise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.jpeg_tables import JpegTables


def find_damage(pixels: NDArray[np.float32], tables: JpegTables | None = None) -> Damage:
    """Find out what was done to a picture (H, W, C).

    Parameters
    ----------
    pixels : ndarray, shape (H, W, C), float32, in [0, 1]
    tables : JpegTables or None
        Those of its file. None looks for the blocks of a JPEG that was saved as something else.
    """
    known = tables or tables_of_blocks(pixels)
    if known is not None and not known.is_mild:
        # What compression left of noise is part of what it spoiled, and its flat blocks would tell of none.
        return Damage(jpeg=known)
    return Damage(noise=estimate_noise(pixels), jpeg=known)
