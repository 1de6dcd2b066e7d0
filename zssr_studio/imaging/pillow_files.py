"""PNG and JPEG. Pillow reads the header and 8-bit pixels; it never touches 16-bit pixels, which it would cut to 8."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np
from PIL import Image, ImageCms

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.orientation import ORIENTATION_TAG, swaps_axes, upright
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.samples import check_size, split_alpha, unit_values

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_PNG_DEPTH_OFFSET = 24


def read_pillow(path: Path) -> Picture:
    """Read a PNG or JPEG file; see `zssr_studio.imaging.read.read_picture`."""
    with warnings.catch_warnings():
        # check_size sets the limit.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        opened = Image.open(path, formats=("PNG", "JPEG"))
    with opened as image:
        check_size(path.name, image.height, image.width)
        orientation = int(image.getexif().get(ORIENTATION_TAG, 1))
        profile = image.info.get("icc_profile")
        deep = image.format == "PNG" and path.read_bytes()[_PNG_DEPTH_OFFSET] == 16
        if deep:
            samples: NDArray[Any] = imagecodecs.png_decode(path.read_bytes())
        else:
            eight_bit, profile = _eight_bit(image, path.name, profile)
            samples = np.asarray(eight_bit)
        resolution = _pixels_per_inch(image, orientation)
    pixels, alpha = split_alpha(unit_values(upright(samples, orientation)))
    return Picture(pixels, alpha, profile or None, 16 if deep else 8, resolution)


def _eight_bit(image: Image.Image, name: str, profile: bytes | None) -> tuple[Image.Image, bytes | None]:
    """Decode to L, LA, RGB or RGBA; CMYK goes through its profile to sRGB, whose profile it then carries."""
    if image.mode == "CMYK":
        return _from_cmyk(image, name, profile)
    if image.mode in ("L", "LA", "RGB", "RGBA") and "transparency" not in image.info:
        return image, profile
    if image.mode == "1":
        return image.convert("L"), profile
    colours = "RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB"
    return image.convert(colours), profile


def _from_cmyk(image: Image.Image, name: str, profile: bytes | None) -> tuple[Image.Image, bytes]:
    if not profile:
        raise BadInputError(
            f"{name} holds CMYK colours without a profile, so they cannot be known. Convert it to RGB in the program "
            "that made it."
        )
    target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    converted = ImageCms.profileToProfile(image, io.BytesIO(profile), target, outputMode="RGB")
    if converted is None:
        raise BadInputError(f"The profile of {name} does not fit its CMYK colours. Convert it to RGB first.")
    return converted, target.tobytes()


def _pixels_per_inch(image: Image.Image, orientation: int) -> tuple[float, float] | None:
    dpi = image.info.get("dpi")
    if not dpi:
        return None
    horizontal, vertical = float(dpi[0]), float(dpi[1])
    if not (horizontal > 0 and vertical > 0):
        return None
    return (horizontal, vertical) if swaps_axes(orientation) else (vertical, horizontal)
