"""What a file's header tells, before a pixel is decoded."""

from __future__ import annotations

from dataclasses import dataclass, field

from zssr_studio.imaging.metadata.blocks import NO_METADATA, Metadata


@dataclass(frozen=True, slots=True)
class FileInfo:
    """What a file's header tells.

    Parameters
    ----------
    format : str
        Such as `PNG`.
    height, width : int
        Of the picture as it stands upright, in pixels.
    colours : str
        gray, rgb, palette, cmyk or raw.
    bits : int
        Per sample in the file.
    is_float : bool
        Whether the samples are floating-point numbers.
    alpha : str or None
        `straight` or `associated`.
    orientation : int
        As EXIF numbers it, from 1 to 8.
    pixels_per_inch : tuple of float or None
        Vertical and horizontal, upright.
    icc_profile : bytes or None
    metadata : Metadata
    pages : int
        Pictures in the file.
    page : int
        The one that is told of, from 1.
    details : dict
        What the format alone knows, such as its compression.
    notes : tuple of str
        What a person should know, in whole sentences.
    """

    format: str
    height: int
    width: int
    colours: str
    bits: int
    is_float: bool = False
    alpha: str | None = None
    orientation: int = 1
    pixels_per_inch: tuple[float, float] | None = None
    icc_profile: bytes | None = None
    metadata: Metadata = NO_METADATA
    pages: int = 1
    page: int = 1
    details: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def channels(self) -> int:
        """Samples of a pixel in memory, alpha with them."""
        return {"gray": 1, "cmyk": 4}.get(self.colours, 3) + (self.alpha is not None)

    @property
    def source_bits(self) -> int:
        """Depth of the picture in the house: 8, 16, or 32 for floating point."""
        return 32 if self.is_float else 8 if self.bits <= 8 else 16
