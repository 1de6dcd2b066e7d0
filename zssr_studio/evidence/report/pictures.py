"""The pictures of a report: small, opaque, in 8 bits of sRGB, as PNG."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image

from zssr_studio.evidence.colours import BAND_ROWS, MapKind, map_pixels
from zssr_studio.imaging.colour import profiles

if TYPE_CHECKING:
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
    return _png(_thumbnail(picture))


def enlarged_like(picture: Picture, other: Small) -> Small:
    """Bring a picture to the size of another one in the report, by bicubic interpolation."""
    image = _shown(picture).resize((other.width, other.height), Image.Resampling.BICUBIC)
    return _png(_in_srgb(image, picture.icc_profile))


def small_map(maps: Maps, kind: MapKind, picture: Picture, full: float) -> Small | None:
    """Lay a map, whose colours end at `full`, over its picture, gray and pale; None where there is no such map."""
    pixels = map_pixels(maps, kind, full)
    if pixels is None or not pixels.size:
        return None
    below = _thumbnail(picture).convert("L")
    # Each pixel of the report shows the mean of those that it stands for; what is marked is not thinned away.
    coloured = np.asarray(Image.fromarray(pixels).resize(below.size, Image.Resampling.BOX), np.float32)
    gray = PAPER - BELOW_MAP * (PAPER - np.asarray(below, np.float32)[..., None])
    alpha = coloured[..., 3:] / 255
    return _png(Image.fromarray((gray + alpha * (coloured[..., :3] - gray)).round().clip(0, 255).astype(np.uint8)))


def _thumbnail(picture: Picture) -> Image.Image:
    image = _shown(picture)
    image.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.LANCZOS)
    return _in_srgb(image, picture.icc_profile)


def _shown(picture: Picture) -> Image.Image:
    """Copy a picture in 8 bits, on white where it is transparent, a few rows at a time: a result may be large."""
    samples = np.empty(picture.pixels.shape, np.uint8)
    for top in range(0, picture.height, BAND_ROWS):
        rows = slice(top, top + BAND_ROWS)
        values = picture.pixels[rows].clip(0, 1)
        if picture.alpha is not None:
            alpha = picture.alpha[rows, :, None]
            values = values * alpha + (1 - alpha)
        samples[rows] = (values * 255).round()
    return Image.fromarray(samples[:, :, 0] if picture.channels == 1 else samples)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert a small copy of a picture from its profile, since whoever shows a report takes its colours for sRGB."""
    if profile is None:
        return image.convert("RGB")
    values = np.asarray(image, np.float32).reshape(image.height, image.width, -1) / np.float32(255)
    converted = profiles.converted(values, profile, profiles.named_profile(profiles.SRGB))
    return Image.fromarray((converted.clip(0, 1) * 255).round().astype(np.uint8))


def _png(image: Image.Image) -> Small:
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return Small(file.getvalue(), image.height, image.width)
