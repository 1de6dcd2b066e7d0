"""EXIF, IPTC and XMP of a picture: three blocks of bytes, untouched until a file is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MetadataPolicy(StrEnum):
    """Which metadata a written file gets."""

    ALL = "all"
    NONE = "none"
    NO_PLACE = "no-place"  # all but where the picture was taken


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says about its picture beside the pixels.

    Parameters
    ----------
    exif : bytes or None
        The TIFF structure of an EXIF block, without the `Exif` mark that JPEG puts before it.
    iptc : bytes or None
        IPTC-IIM records.
    xmp : bytes or None
        An XMP packet.
    """

    exif: bytes | None = None
    iptc: bytes | None = None
    xmp: bytes | None = None


NO_METADATA = Metadata()
CREDENTIALS_NOTE = "{name} holds content credentials (C2PA), which hold for the source alone; they are left out."


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a file was made from another one, for its XMP.

    Parameters
    ----------
    source_name : str
        Name of the source's file, without its folder.
    source_sha256 : str
        Of the whole file, in hexadecimal.
    settings : str
        What was done, in a line.
    when : str
        Of the source, ISO 8601, with a time zone; not of the writing, so that the same run writes the same file.
    digital_source_type : str or None
        A term of IPTC's vocabulary of digital source types, such as `algorithmicallyEnhanced`; None leaves it as it is.
    record : str or None
        The same as JSON, from which it can be set again.
    run_record : str or None
        How the run went, as JSON, from which it can be done again.
    """

    source_name: str
    source_sha256: str
    settings: str
    when: str
    digital_source_type: str | None = "algorithmicallyEnhanced"
    record: str | None = None
    run_record: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the picture of its file a picture lies, for what metadata tell of places.

    Parameters
    ----------
    height, width : int
        Rows and columns of the file's picture, upright.
    top, left : int
        Of the part that was cut out.
    is_part : bool
        Whether a part was cut out.
    orientation : int
        By which the file's picture was turned upright, as EXIF numbers it, from 1 to 8.
    """

    height: int
    width: int
    top: int = 0
    left: int = 0
    is_part: bool = False
    orientation: int = 1


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between a source and the file that is written, as far as metadata tell of it.

    Parameters
    ----------
    size : tuple of int
        Rows and columns of the written picture.
    pixels_per_inch : tuple of float or None
        Vertical and horizontal resolution of the written picture.
    captured_ppi : tuple of float or None
        The source's.
    factors : tuple of float
        How much larger the written picture is, vertically and horizontally.
    profile_name : str or None
        Name of the profile that the colours were converted to; None if they are the source's.
    is_srgb : bool
        Whether that profile is sRGB.
    origin : Origin or None
        Where in its file's picture the source lies; None where it is all of one that was not turned.
    media_type : str or None
        Of the written file, such as `image/tiff`; None leaves what is told of it as it is.
    channels : int
        Of the written colours: 1 or 3.
    """

    size: tuple[int, int]
    pixels_per_inch: tuple[float, float] | None = None
    captured_ppi: tuple[float, float] | None = None
    factors: tuple[float, float] = (1.0, 1.0)
    profile_name: str | None = None
    is_srgb: bool = False
    origin: Origin | None = None
    media_type: str | None = None
    channels: int = 3
