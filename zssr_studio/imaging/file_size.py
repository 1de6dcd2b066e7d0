"""The quality with which a file becomes as small as it is wanted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zssr_studio.imaging.export import DEFAULT_QUALITY, Format
from zssr_studio.imaging.write import encoded_bytes, estimate_bytes

if TYPE_CHECKING:
    from zssr_studio.imaging.export import ExportOptions
    from zssr_studio.imaging.metadata.blocks import Derivation
    from zssr_studio.imaging.picture import Picture

# Below it blocks show at any size; chosen.
LEAST_QUALITY = 20
# How far the quality is lowered at once where the estimate was too good; chosen.
_STEP = 3


def estimated_quality(picture: Picture, options: ExportOptions, most_bytes: int) -> int | None:
    """Return the best quality with which a file is about as small as it is wanted, from pieces of the picture.

    None where even `LEAST_QUALITY` is not enough.
    """
    low, high = LEAST_QUALITY, DEFAULT_QUALITY
    if _estimate(picture, options, low) > most_bytes:
        return None
    while low < high:
        middle = (low + high + 1) // 2
        if _estimate(picture, options, middle) <= most_bytes:
            low = middle
        else:
            high = middle - 1
    return low


def fitted(
    picture: Picture, options: ExportOptions, most_bytes: int, derivation: Derivation | None = None
) -> ExportOptions | None:
    """Return the choices with a quality such that the file is no larger than it is wanted, all of it encoded.

    None where even `LEAST_QUALITY` is not enough.
    """
    quality = estimated_quality(picture, options, most_bytes) or LEAST_QUALITY
    while True:
        chosen = replace(options, quality=quality)
        if encoded_bytes(picture, chosen, derivation) <= most_bytes:
            return chosen
        if quality == LEAST_QUALITY:
            return None
        quality = max(LEAST_QUALITY, quality - _STEP)


def _estimate(picture: Picture, options: ExportOptions, quality: int) -> int:
    return estimate_bytes(picture, options.format or Format.JPEG, replace(options, quality=quality))
