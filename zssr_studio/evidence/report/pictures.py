"""The pictures of a report: small, opaque, 8 bits, as PNG."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image

from zssr_studio.evidence.colours import MapKind, map_pixels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.maps import Maps
    from zssr_studio.imaging.picture import Picture

# The longer side of a picture of the report. Chosen: 180 dots per inch on half a page of A4.
LONGEST_PX = 640
# How bright the picture below a map is, so that its colours stand out. Chosen.
BELOW_MAP = 0.55
PAPER = 255.0


class Small(NamedTuple):
    """A picture of the report as a PNG, and its size."""

    png: bytes
    height: int
    width: int


def small(picture: Picture) -> Small:
    """Make a copy of a picture that is small enough for the report, on white where it is transparent."""
    image = _shown(picture)
    image.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.LANCZOS)
    return _png(image)


def enlarged_like(picture: Picture, other: Small) -> Small:
    """Bring a picture to the size of another one in the report, by bicubic interpolation."""
    return _png(_shown(picture).resize((other.width, other.height), Image.Resampling.BICUBIC))


def small_map(maps: Maps, kind: MapKind, picture: Picture, full: float) -> Small | None:
    """Lay a map, whose colours end at `full`, over its picture, gray and pale; None where there is no such map."""
    pixels = map_pixels(maps, kind, full)
    if pixels is None or not pixels.size:
        return None
    below = _shown(picture).convert("L")
    below.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.LANCZOS)
    size = below.size
    # Each pixel of the report shows the mean of those that it stands for; what is marked is not thinned away.
    coloured = np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX), np.float32)
    gray = PAPER - BELOW_MAP * (PAPER - np.asarray(below, np.float32)[..., None])
    alpha = coloured[..., 3:] / 255
    return _png(Image.fromarray((gray + alpha * (coloured[..., :3] - gray)).round().clip(0, 255).astype(np.uint8)))


def _shown(picture: Picture) -> Image.Image:
    values = picture.pixels.clip(0, 1)
    if picture.alpha is not None:
        values = values * picture.alpha[..., None] + (1 - picture.alpha[..., None])
    bytes_: NDArray[np.uint8] = (values * 255).round().astype(np.uint8)
    return Image.fromarray(bytes_.repeat(3, axis=2) if picture.channels == 1 else bytes_)


def _png(image: Image.Image) -> Small:
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return Small(file.getvalue(), image.height, image.width)
