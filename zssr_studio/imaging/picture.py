"""The one picture contract outside the engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.metadata.blocks import NO_METADATA, Origin

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.imaging.metadata.blocks import Metadata
    from zssr_studio.jpeg_tables import JpegTables


@dataclass(frozen=True, slots=True)
class Crop:
    """A rectangle of whole pixels inside a picture, rows before columns."""

    top: int
    left: int
    height: int
    width: int

    def fits(self, height: int, width: int) -> bool:
        """Tell whether the crop holds at least one pixel and lies inside a picture of the given size."""
        inside = self.top >= 0 and self.left >= 0
        return (
            inside
            and self.height > 0
            and self.width > 0
            and self.top + self.height <= height
            and self.left + self.width <= width
        )

    def check_fits(self, height: int, width: int) -> None:
        """Refuse a crop that does not lie inside a picture of the given size.

        Raises
        ------
        BadInputError
        """
        if not self.fits(height, width):
            raise BadInputError(
                f"The crop {self.top},{self.left},{self.height},{self.width} does not lie inside the picture, which "
                f"has {height} rows and {width} columns. Give TOP,LEFT,HEIGHT,WIDTH in pixels."
            )


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture with what belongs to it. Its arrays are made read-only.

    Parameters
    ----------
    pixels : ndarray, shape (H, W, C), float32
        Encoded values (as in the file, gamma included), in [0, 1] where the file holds whole numbers; floating-point
        samples may lie outside. C is 1 (gray) or 3 (RGB).
    alpha : ndarray, shape (H, W), float32, or None
        Straight alpha in [0, 1].
    icc_profile : bytes or None
        The embedded profile, byte for byte.
    source_bits : int
        Bits per sample of the file it came from: 8, 16, or 32 for floating point.
    pixels_per_inch : tuple of float or None
        Vertical and horizontal resolution, if the file tells one; of an enlarged picture, such that its physical size
        is the source's.
    is_associated : bool
        Whether the file had its colours multiplied by alpha; here they never are.
    metadata : Metadata
        EXIF, IPTC and XMP as the file had them.
    notes : tuple of str
        What a person should know of how the file was read, in whole sentences.
    enlargement : tuple of float
        How much larger than its source the picture is, vertically and horizontally.
    jpeg : JpegTables or None
        How coarsely its file keeps it, if that is a JPEG.
    origin : Origin or None
        Where in the picture of its file it lies; None where it is all of one that was not turned.
    """

    pixels: NDArray[np.float32]
    alpha: NDArray[np.float32] | None = None
    icc_profile: bytes | None = None
    source_bits: int = 8
    pixels_per_inch: tuple[float, float] | None = None
    is_associated: bool = False
    metadata: Metadata = NO_METADATA
    notes: tuple[str, ...] = ()
    enlargement: tuple[float, float] = (1.0, 1.0)
    jpeg: JpegTables | None = None
    origin: Origin | None = None

    def __post_init__(self) -> None:
        shape = self.pixels.shape
        if len(shape) != 3 or shape[2] not in (1, 3) or 0 in shape:
            raise ValueError(f"pixels must have shape (H, W, 1) or (H, W, 3), not {shape}")
        if self.alpha is not None and self.alpha.shape != shape[:2]:
            raise ValueError(f"alpha has shape {self.alpha.shape}, the picture {shape[:2]}")
        for array in (self.pixels, self.alpha):
            if array is not None:
                if array.dtype != np.float32:
                    raise ValueError(f"a picture holds float32, not {array.dtype}")
                array.setflags(write=False)

    @property
    def height(self) -> int:
        """Rows."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Columns."""
        return int(self.pixels.shape[1])

    @property
    def channels(self) -> int:
        """Colour channels, 1 or 3; alpha is not counted."""
        return int(self.pixels.shape[2])

    @property
    def captured_ppi(self) -> tuple[float, float] | None:
        """Vertical and horizontal resolution that the source's file told."""
        if self.pixels_per_inch is None:
            return None
        vertical, horizontal = self.pixels_per_inch
        return vertical / self.enlargement[0], horizontal / self.enlargement[1]

    def part(self, crop: Crop | None) -> Picture:
        """Return the part of the picture inside `crop`, or all of it for None."""
        return self if crop is None else self.cropped(crop)

    def cropped(self, crop: Crop) -> Picture:
        """Return the part of the picture inside `crop`, with everything else that belongs to it.

        Raises
        ------
        BadInputError
            If the crop does not lie inside the picture.
        """
        crop.check_fits(self.height, self.width)
        rows, columns = slice(crop.top, crop.top + crop.height), slice(crop.left, crop.left + crop.width)
        alpha = None if self.alpha is None else np.ascontiguousarray(self.alpha[rows, columns])
        pixels = np.ascontiguousarray(self.pixels[rows, columns])
        told = self.origin or Origin(self.height, self.width)
        origin = replace(told, top=told.top + crop.top, left=told.left + crop.left, is_part=True)
        return replace(self, pixels=pixels, alpha=alpha, origin=origin)
