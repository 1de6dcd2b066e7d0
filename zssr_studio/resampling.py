"""Whole pictures of another size, by interpolation alone: what a print or a screen needs and no training gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.degradation.resample import resize
from zssr_studio.engine.runtime.device import CPU
from zssr_studio.engine.runtime.memory import budget_for_output
from zssr_studio.errors import FailureError
from zssr_studio.pipeline import to_array, to_tensor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.imaging.picture import Picture

# Samples of such a source are floating-point numbers, which may lie outside [0, 1].
FLOAT_BITS = 32


def resampled(picture: Picture, size: tuple[int, int]) -> Picture:
    """Resample a picture to rows and columns by cubic interpolation, antialiased where it shrinks; nothing is trained.

    Edges stay edges: the first and the last pixel centre move as the factor of each axis says. The size on paper stays.

    Raises
    ------
    FailureError
        If that takes more memory than is free.
    """
    if size == (picture.height, picture.width):
        return picture
    # The rows are done first: what lies between is held beside the source and the outcome.
    samples = size[0] * (picture.width + 2 * size[1]) * (picture.channels + (picture.alpha is not None))
    if 4 * samples > budget_for_output(None, torch.device(CPU)):
        raise FailureError(
            f"This machine's memory is not enough to resample to {size[1]} x {size[0]} pixels. Close other programs or "
            "choose a smaller size. Nothing was written."
        )
    factor = (size[0] / picture.height, size[1] / picture.width)

    def made(values: NDArray[np.float32]) -> NDArray[np.float32]:
        return to_array(resize(to_tensor(values, torch.device(CPU)), factor, size))

    pixels = made(picture.pixels)
    alpha = None if picture.alpha is None else made(picture.alpha[:, :, None])[:, :, 0].clip(0, 1)
    ppi = picture.pixels_per_inch
    return replace(
        picture,
        pixels=pixels if picture.source_bits == FLOAT_BITS else pixels.clip(0, 1),
        alpha=alpha,
        pixels_per_inch=None if ppi is None else (ppi[0] * factor[0], ppi[1] * factor[1]),
        enlargement=(picture.enlargement[0] * factor[0], picture.enlargement[1] * factor[1]),
    )
