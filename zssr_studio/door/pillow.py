"""PIL images, and the values of a picture."""

from __future__ import annotations

import math
import numbers
import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from zssr_studio.door.arrays import ArrayLayout, picture_of_array
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.formats.jpeg_files import jpeg_tables
from zssr_studio.imaging.metadata.blocks import Metadata
from zssr_studio.imaging.metadata.places.orientation import ORIENTATION_TAG
from zssr_studio.imaging.metadata.resolution import X_RESOLUTION, Y_RESOLUTION, exif_ppi

if TYPE_CHECKING:
    from zssr_studio.imaging.picture import Picture

KEPT_MODES = ("L", "LA", "RGB", "RGBA", "F", "I;16", "I;16L", "I;16B", "I;16N")
EXIF_MARK = b"Exif\0\0"
UPRIGHT, PIL_DPI = 1, (72, 72)
# What becomes of the modes that cannot hold a result, and why.
CONVERTED = {
    "1": ("L", "LA", "black and white only"),
    "P": ("RGB", "RGBA", "a palette"),
    "PA": ("RGBA", "RGBA", "a palette"),
}
REFUSED = {
    "CMYK": "inks mean a colour only by their profile: convert it with PIL.ImageCms, or give the path of its file, "
    "which is read through the profile",
    "I": "the range of its 32-bit numbers is not told: give np.asarray(image).astype(np.uint16) if it is 0 to 65535",
}


@dataclass(frozen=True, slots=True)
class PillowLayout:
    """How a PIL image came in, and so how the result goes out.

    Parameters
    ----------
    mode : str
        PIL's mode of the result.
    samples : ArrayLayout
        Of the array that PIL makes of it.
    info : dict
        What the result keeps of the image's `info`: `icc_profile` and `exif`, byte for byte.
    """

    mode: str
    samples: ArrayLayout
    info: dict[str, Any]

    def back(self, picture: Picture) -> Image.Image:
        """Turn a picture into a PIL image; its `dpi` is such that it prints as large as the source."""
        made = self.samples.back(picture)
        image = Image.frombytes(self.mode, (picture.width, picture.height), np.ascontiguousarray(made).tobytes())
        image.info.update(self.info)
        if picture.pixels_per_inch is not None:
            image.info["dpi"] = picture.pixels_per_inch[::-1]
        return image


def picture_of_image(image: Image.Image) -> tuple[Picture, PillowLayout]:
    """Make a picture of a PIL image, which is left as it is.

    Parameters
    ----------
    image : PIL.Image.Image
        Of mode L, LA, RGB, RGBA, F or I;16; also 1, P and PA, whose result is L, RGB or RGBA, which the picture's notes
        tell. An EXIF orientation is not applied.

    Raises
    ------
    BadInputError
        With a sentence for a person, if its mode is another one or its file is damaged.
    """
    tables = jpeg_tables(image)
    kept, notes = _kept(image)
    try:
        samples = np.asarray(kept)
    except (OSError, SyntaxError, ValueError) as error:
        raise BadInputError(
            f"The PIL image cannot be loaded ({error}). Its file is damaged or was closed; open it again."
        ) from error
    picture, layout = picture_of_array(samples)
    exif, notes = _exif(image, notes)
    picture = replace(
        picture,
        icc_profile=image.info.get("icc_profile") or None,
        pixels_per_inch=None if _is_made_up(image) else _pixels_per_inch(image.info.get("dpi")),
        metadata=Metadata(exif=exif),
        notes=tuple(notes),
        jpeg=tables,
    )
    info = {name: image.info[name] for name in ("icc_profile", "exif") if image.info.get(name)}
    return picture, PillowLayout(kept.mode, layout, info)


def _kept(image: Image.Image) -> tuple[Image.Image, list[str]]:
    """Return the image in a mode that can hold the result, with a sentence if it is another one."""
    mode, has_clear = image.mode, "transparency" in image.info
    if mode in CONVERTED:
        opaque, clear, what = CONVERTED[mode]
        wanted = clear if has_clear else opaque
        return image.convert(wanted), [
            f"The image holds {what} (mode {mode}), which has no place for the values between: the result has mode "
            f"{wanted}."
        ]
    if mode not in KEPT_MODES:
        why = REFUSED.get(mode, "convert it first, such as by image.convert('RGB')")
        raise BadInputError(f"A PIL image of mode {mode} cannot be enlarged as it is: {why}.")
    if not has_clear or mode in ("LA", "RGBA"):
        return image, []
    if mode not in ("L", "RGB"):
        return image, [f"The image's transparent value is not kept: mode {mode} has no place for alpha."]
    return image.convert(f"{mode}A"), [
        f"One value of the image is transparent; its enlargement needs alpha: the result has mode {mode}A."
    ]


def _exif(image: Image.Image, notes: list[str]) -> tuple[bytes | None, list[str]]:
    """Return the EXIF block for a file; none where it would turn a picture that is written upright."""
    block = image.info.get("exif")
    if not isinstance(block, bytes) or not block:
        return None, notes
    try:
        orientation = image.getexif().get(ORIENTATION_TAG, UPRIGHT)
    except (SyntaxError, ValueError, struct.error):
        return None, [*notes, "The image's EXIF data are damaged; a file that is saved goes without them."]
    if orientation == UPRIGHT:
        return block.removeprefix(EXIF_MARK), notes
    return None, [
        *notes,
        "The image's EXIF data say that it is to be turned; it is enlarged as it lies. To have it upright, give "
        "PIL.ImageOps.exif_transpose(image).",
    ]


def _is_made_up(image: Image.Image) -> bool:
    """Tell whether PIL made a resolution up, as it does for a JPEG whose EXIF data tell none or one without a unit."""
    block = image.info.get("exif")
    if not isinstance(image, JpegImageFile) or not isinstance(block, bytes):
        return False
    if image.info.get("jfif_unit") in (1, 2) or exif_ppi(block.removeprefix(EXIF_MARK)) is not None:
        return False
    told = image.getexif()
    return image.info.get("dpi") in (PIL_DPI, (told.get(X_RESOLUTION), told.get(Y_RESOLUTION)))


def _pixels_per_inch(dpi: Any) -> tuple[float, float] | None:
    """Turn PIL's (horizontal, vertical) into rows before columns; None where it tells none that a file could have."""
    if not isinstance(dpi, tuple) or len(dpi) != 2 or not all(isinstance(value, numbers.Real) for value in dpi):
        return None
    horizontal, vertical = (float(value) for value in dpi)
    if not all(math.isfinite(value) and value > 0 for value in (horizontal, vertical)):
        return None
    return vertical, horizontal
