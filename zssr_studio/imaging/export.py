"""What a person chooses for a file that is written: frozen, validated, without any pixel."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.metadata.blocks import MetadataPolicy

DEFAULT_QUALITY = 95
# IPTC NewsCodes, digitalsourcetype; retired terms are not offered.
DIGITAL_SOURCE_TYPES = (
    *("algorithmicallyEnhanced", "digitalCapture", "computationalCapture", "negativeFilm", "positiveFilm", "print"),
    *("humanEdits", "compositeCapture", "composite", "compositeSynthetic", "digitalCreation", "dataDrivenMedia"),
    *("algorithmicMedia", "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "screenCapture"),
    *("virtualRecording", "multiFrameComputationalCapture"),
)


class Format(StrEnum):
    """Formats that are written."""

    PNG = "png"
    TIFF = "tiff"
    JPEG = "jpeg"
    WEBP = "webp"
    AVIF = "avif"
    JXL = "jxl"

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Suffixes that stand for the format, the usual one first."""
        return _SUFFIXES[self]

    @property
    def depths(self) -> tuple[int, ...]:
        """Bits per sample that the format is written in; 32 is floating point."""
        return {Format.TIFF: (8, 16, 32), Format.PNG: (8, 16), Format.JXL: (8, 16, 32)}.get(self, (8,))

    @property
    def media_type(self) -> str:
        """The format's name among IANA's media types."""
        return f"image/{self.value}"

    @property
    def is_lossy(self) -> bool:
        """Whether a quality is asked for."""
        return self not in (Format.PNG, Format.TIFF)


_SUFFIXES = {
    Format.PNG: (".png",),
    Format.TIFF: (".tif", ".tiff"),
    Format.JPEG: (".jpg", ".jpeg"),
    Format.WEBP: (".webp",),
    Format.AVIF: (".avif",),
    Format.JXL: (".jxl",),
}
WRITE_SUFFIXES = tuple(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes)


class ResolutionPolicy(StrEnum):
    """What becomes of the pixels per inch."""

    SIZE = "size"  # the physical size is kept: 600 ppi enlarged twice are 1200
    PPI = "ppi"  # the number is kept, so that the picture prints larger


class Compression(StrEnum):
    """How a TIFF is packed."""

    DEFLATE = "deflate"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a picture is written.

    Parameters
    ----------
    format : Format or None
        None takes the one that the file's suffix stands for.
    bits : int or None
        Per sample: 8, 16, or 32 for floating point. None takes the source's depth, or the deepest that the format holds
        if it is less.
    colour : str or Path
        `keep` carries the profile byte for byte; `srgb`, `display-p3`, `adobe-rgb`, `prophoto` or the path of a profile
        convert to it.
    metadata : MetadataPolicy
    resolution : ResolutionPolicy
    pixels_per_inch : float or None
        A number of one's own, such as that of a print, instead of what `resolution` gives.
    quality : int
        Of lossy formats, 1 to 100.
    lossless : bool
        Of WebP and JPEG XL: exact samples, whatever the quality.
    compression : Compression
        Of TIFF.
    digital_source_type : str or None
        A term of IPTC's vocabulary that the XMP gets; None leaves it as it is.

    Raises
    ------
    BadInputError
        If a value is out of range or does not fit the format.
    """

    format: Format | None = None
    bits: int | None = None
    colour: str | Path = "keep"
    metadata: MetadataPolicy = MetadataPolicy.ALL
    resolution: ResolutionPolicy = ResolutionPolicy.SIZE
    pixels_per_inch: float | None = None
    quality: int = DEFAULT_QUALITY
    lossless: bool = False
    compression: Compression = Compression.DEFLATE
    digital_source_type: str | None = "algorithmicallyEnhanced"

    def __post_init__(self) -> None:
        if not 1 <= self.quality <= 100:
            raise BadInputError(f"A quality of {self.quality} is out of range; give 1 to 100.")
        if self.bits not in (None, 8, 16, 32):
            raise BadInputError(f"{self.bits} bits per sample are not written; give 8, 16 or 32 (floating point).")
        if self.pixels_per_inch is not None and not 1 <= self.pixels_per_inch <= 100_000:
            raise BadInputError(f"{self.pixels_per_inch:g} pixels per inch are out of range; 300 suits a print.")
        if self.digital_source_type not in (None, *DIGITAL_SOURCE_TYPES):
            raise BadInputError(
                f"'{self.digital_source_type}' is no digital source type of IPTC's. Give keep, or one of "
                f"{', '.join(DIGITAL_SOURCE_TYPES)}."
            )
        if self.format is not None:
            self.check_format(self.format)

    def check_colour(self) -> None:
        """Refuse a colour target that is none, a damaged profile among them.

        Raises
        ------
        BadInputError
        """
        from zssr_studio.imaging.colour import profiles

        if isinstance(self.colour, Path):
            profiles.read_profile(self.colour)
        elif self.colour not in ("keep", *profiles.PROFILE_NAMES):
            raise BadInputError(
                f"There is no colour target '{self.colour}'. Give keep, {', '.join(profiles.PROFILE_NAMES)} or the "
                "path of an .icc file."
            )

    def check_format(self, format_: Format) -> None:
        """Refuse a depth that a format cannot hold.

        Raises
        ------
        BadInputError
        """
        if self.bits is not None and self.bits not in format_.depths:
            held = " or ".join(map(str, format_.depths))
            others = " or ".join(other.name for other in Format if self.bits in other.depths)
            raise BadInputError(f"{format_.name} is written in {held} bits, not {self.bits}. Choose {others} for that.")
        if self.lossless and format_ in (Format.JPEG, Format.AVIF):
            raise BadInputError(f"{format_.name} is not written without loss. Choose PNG, TIFF, WebP or JPEG XL.")

    def depth(self, format_: Format, source_bits: int) -> int:
        """Return the bits per sample that a source of some depth is written in."""
        if self.bits is not None:
            return self.bits
        return max(bits for bits in format_.depths if bits <= max(8, source_bits))


def format_of(path: PurePath) -> Format:
    """Return the format that a file's suffix stands for.

    Raises
    ------
    BadInputError
        If it stands for none that is written.
    """
    for format_, suffixes in _SUFFIXES.items():
        if path.suffix.lower() in suffixes:
            return format_
    raise BadInputError(
        f"'{path.name}' does not say in which format to write. End it in .png, .tif, .jpg, .webp, .avif or .jxl."
    )


def name_for(name: str, format_: Format) -> str:
    """Return a file's name with the usual suffix of a format, unless it ends in one of its own.

    Examples
    --------
    >>> name_for("scan.png", Format.TIFF), name_for("scan of 3.5.2026", Format.TIFF)
    ('scan.tif', 'scan of 3.5.2026.tif')
    """
    suffix = PurePath(name).suffix
    if suffix.lower() in format_.suffixes:
        return name
    return (name.removesuffix(suffix) if suffix.lower() in WRITE_SUFFIXES else name) + format_.suffixes[0]


def format_after(source: PurePath) -> Format:
    """Return the format that a result gets where none is asked for: its source's, if that is written."""
    try:
        return format_of(source)
    except BadInputError:
        return Format.TIFF  # holds whatever a format holds that is read only


def proposed_name(source: Path, scale: str, format_: Format) -> str:
    """Name a result after its source, such as `harbour_zssr2x.tif`."""
    return f"{source.stem}_zssr{scale.replace('x', 'by')}x{format_.suffixes[0]}"
