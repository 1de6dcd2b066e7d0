"""Finds the noise and the compression of a picture, from the picture alone. Imports no torch."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.damage import LUMA, ColouredNoise, Damage
from zssr_studio.engine.estimation.compression.jpeg import find_tables
from zssr_studio.engine.estimation.noise.coloured import estimate_coloured_noise
from zssr_studio.engine.estimation.noise.white import estimate_noise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.jpeg_tables import JpegTables

# Noise of less grain is taken for white, of which more is known: how it follows the light in each channel. White noise
# in BSD100-poor measures 0.31 to 0.37 pixels, as far as the table of lengths goes down.
WHITE_UP_TO_PX = 0.442
# Every so many rows and columns are looked at before all are. Chosen.
SPARSE = 16


def find_damage(pixels: NDArray[np.float32], tables: JpegTables | None = None) -> Damage:
    """Find the noise and the compression of a picture.

    Parameters
    ----------
    pixels : ndarray, shape (H, W, C), float32, in [0, 1]
    tables : JpegTables or None
        The quantisation tables of its file. None looks for the blocks of a JPEG that was saved as something else.

    Notes
    -----
    A gray picture that was saved in colour is looked at as the gray one that it is: its channels share all noise, and
    what tells noise from texture by what channels do not share would find none.
    """
    if _is_gray_in_colour(pixels):
        gray = find_damage(pixels[:, :, :1], tables)
        return replace(gray, noise=None if gray.noise is None else ColouredNoise.of_gray(gray.noise, len(LUMA)))
    known = tables or find_tables(pixels)
    coloured = estimate_coloured_noise(pixels, is_compressed=known is not None)
    if coloured is not None and coloured.grain_px > WHITE_UP_TO_PX:
        return Damage(noise=coloured, jpeg=known)
    if known is not None and not known.is_mild:
        # Compression removes white noise from flat blocks, so that none would be measured; what it left of the noise is
        # undone with the compression.
        return Damage(noise=coloured, jpeg=known)
    if coloured is not None and coloured.is_shared:
        own = estimate_noise((pixels @ np.array(LUMA, np.float32))[:, :, None])
        return Damage(noise=coloured if own is None else ColouredNoise.of_gray(own, len(LUMA)), jpeg=known)
    return Damage(noise=estimate_noise(pixels) or coloured, jpeg=known)


def _is_gray_in_colour(pixels: NDArray[np.float32]) -> bool:
    """Tell whether three channels are all the same; a few pixels of most others tell that they are not."""
    if pixels.shape[2] != len(LUMA):
        return False
    return all(bool((part == part[:, :, :1]).all()) for part in (pixels[::SPARSE, ::SPARSE], pixels))
