"""Finds the noise and the compression of a picture, from the picture alone. Imports no torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.engine.damage import Damage
from zssr_studio.engine.estimation.jpeg import find_tables
from zssr_studio.engine.estimation.noise import estimate_noise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.jpeg_tables import JpegTables


def find_damage(pixels: NDArray[np.float32], tables: JpegTables | None = None) -> Damage:
    """Find the noise and the compression of a picture.

    Parameters
    ----------
    pixels : ndarray, shape (H, W, C), float32, in [0, 1]
    tables : JpegTables or None
        The quantisation tables of its file. None looks for the blocks of a JPEG that was saved as something else.
    """
    known = tables or find_tables(pixels)
    if known is not None and not known.is_mild:
        # Compression removes noise from flat blocks, so that none would be measured; what it left of the noise is
        # undone with the compression.
        return Damage(jpeg=known)
    return Damage(noise=estimate_noise(pixels), jpeg=known)
