"""From the values of a picture to the samples of a file: colour, depth and metadata as they were chosen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.colour.fitting import fitting_profile
from zssr_studio.imaging.export import ExportOptions, Format, ResolutionPolicy
from zssr_studio.imaging.metadata.blocks import Change, Derivation, Metadata
from zssr_studio.imaging.metadata.resolution import sensible
from zssr_studio.imaging.metadata.written import block_without_orientation, resolution_block, written_metadata
from zssr_studio.imaging.metadata.xmp_extended import fits

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from zssr_studio.imaging.picture import Picture

# Of PNG it is libpng's, unless a program allows it more.
MAX_SIDE_PX = {Format.PNG: 1_000_000, Format.JPEG: 65_500, Format.WEBP: 16_383, Format.AVIF: 65_536}
# A segment of a JPEG ends at 64 KiB, its mark and its length with it.
_MAX_SEGMENT_BYTES, _MAX_JFIF = 65_500, 65_535
_NO_GRAY_PROFILE = (Format.WEBP, Format.AVIF)
_NO_ALPHA = (Format.JPEG,)
_PPI_IN_EXIF = (Format.WEBP, Format.AVIF, Format.JXL)
_NO_IPTC = (Format.WEBP, Format.AVIF, Format.JXL)


@dataclass(frozen=True, slots=True)
class Encoding:
    """All that is settled about a file before its first row comes.

    Parameters
    ----------
    format : Format
    options : ExportOptions
    size : tuple of int
        Rows and columns.
    bits : int
        Per sample; 32 is floating point.
    source_profile, icc_profile : bytes or None
        Of the picture, and of the file.
    is_converted : bool
        Whether colours go from the one profile to the other.
    colours : int
        Channels of the file without alpha: 1 or 3.
    has_alpha, is_associated : bool
        Whether there is alpha, and whether the file's colours are multiplied by it.
    pixels_per_inch : tuple of float or None
        Vertical and horizontal.
    metadata : Metadata
        As it is written.
    notes : list of str
        What could not be kept, in whole sentences.
    completed : callable or None
        Gives the metadata anew once the last row is there, where they tell how the rows came about.
    """

    format: Format
    options: ExportOptions
    size: tuple[int, int]
    bits: int
    source_profile: bytes | None
    icc_profile: bytes | None
    is_converted: bool
    colours: int
    has_alpha: bool
    is_associated: bool
    pixels_per_inch: tuple[float, float] | None
    metadata: Metadata
    notes: list[str] = field(default_factory=list)
    completed: Callable[[], Metadata] | None = None

    @property
    def samples(self) -> int:
        """Samples of a pixel."""
        return self.colours + self.has_alpha

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of a sample."""
        return np.dtype({8: np.uint8, 16: np.uint16, 32: np.float32}[self.bits])

    def rows(self, pixels: NDArray[np.float32], alpha: NDArray[np.float32] | None) -> NDArray[Any]:
        """Turn values (rows, W, C) and alpha (rows, W) into samples: (rows, W) or (rows, W, 2 to 4)."""
        if self.is_converted and self.icc_profile is not None:
            pixels = profiles.converted(pixels, self.source_profile, self.icc_profile)
        if self.has_alpha and alpha is not None:
            if self.is_associated:
                pixels = pixels * alpha[:, :, None]
            pixels = np.concatenate([pixels, alpha[:, :, None]], axis=2)
        if self.bits == 32:
            return pixels[:, :, 0] if pixels.shape[2] == 1 else pixels
        scaled = pixels.clip(0, 1)
        scaled *= np.float32(2**self.bits - 1)
        samples: NDArray[Any] = np.rint(scaled, out=scaled).astype(self.dtype)
        return samples[:, :, 0] if samples.shape[2] == 1 else samples


def settle(
    header: Picture,
    size: tuple[int, int],
    format_: Format,
    options: ExportOptions,
    derivation: Derivation | None,
    name: str,
) -> Encoding:
    """Settle how a picture is written.

    Raises
    ------
    BadInputError
        If the format cannot hold it.
    """
    options.check_format(format_)
    _check_side(size, format_, name)
    has_alpha = _has_alpha(header, format_, name)
    notes: list[str] = []
    source_profile, said = fitting_profile(header.icc_profile, header.channels, "the picture")
    notes += said
    header = replace(header, icc_profile=source_profile)
    profile, is_converted = _profile(header, format_, options, notes)
    colours = header.channels if not is_converted else 1 if profiles.space_of(profile or b"") == "gray" else 3
    bits = options.depth(format_, header.source_bits)
    if bits < header.source_bits and options.bits is None:
        notes.append(f"{format_.name} holds {bits} bits per sample; the picture has {header.source_bits}.")
    if bits < header.source_bits == 32:
        notes.append("Values outside [0, 1] are cut off; a floating-point TIFF keeps them.")
    if format_ is Format.JXL:
        _check_jxl_colours(profile, bits, colours, name)
    ppi = _written_ppi(header, options, notes)
    change = Change(
        *(size, ppi, header.captured_ppi, header.enlargement),
        origin=header.origin,
        media_type=format_.media_type,
        channels=colours,
    )
    if is_converted and profile is not None:
        said_name = profiles.description(profile) or "a profile without a name"
        change = replace(change, profile_name=said_name, is_srgb=profile == profiles.named_profile(profiles.SRGB))
    metadata, left_out = written_metadata(header.metadata, options.metadata, change, derivation)
    notes += left_out
    return Encoding(
        format=format_,
        options=options,
        size=size,
        bits=bits,
        source_profile=header.icc_profile,
        icc_profile=profile,
        is_converted=is_converted,
        colours=colours,
        has_alpha=has_alpha,
        is_associated=header.is_associated and format_ is Format.TIFF,
        pixels_per_inch=ppi,
        metadata=_that_fit(metadata, format_, ppi, notes),
        notes=notes,
    )


def _check_side(size: tuple[int, int], format_: Format, name: str) -> None:
    """Refuse more rows or columns than a format holds."""
    limit = MAX_SIDE_PX.get(format_)
    if limit is not None and max(size) > limit:
        larger = "TIFF" if max(size) > MAX_SIDE_PX[Format.PNG] else "PNG or TIFF"
        raise BadInputError(f"{name}: {format_.name} holds at most {limit} pixels a side. Choose {larger}.")


def _has_alpha(header: Picture, format_: Format, name: str) -> bool:
    """Tell whether the file holds alpha; where the format has none, refuse a picture that is seen through."""
    if header.alpha is None:
        return False
    if format_ not in _NO_ALPHA:
        return True
    if float(header.alpha.min()) < 1:
        raise BadInputError(f"{name}: {format_.name} cannot hold the picture's transparency. Choose PNG or TIFF.")
    return False


def _check_jxl_colours(profile: bytes | None, bits: int, colours: int, name: str) -> None:
    """Refuse the profiles that JPEG XL is written with in 8 bits and RGB only, where the file has other samples."""
    if profile in (None, profiles.named_profile(profiles.SRGB)) or (bits, colours) == (8, 3):
        return
    raise BadInputError(
        f"{name}: JPEG XL is written with this colour profile in 8 bits and RGB only. Choose 8 bits "
        "(--bits 8) or sRGB (--colour srgb), or write a TIFF or PNG, which hold both."
    )


def _written_ppi(header: Picture, options: ExportOptions, notes: list[str]) -> tuple[float, float] | None:
    if options.pixels_per_inch is not None:
        return options.pixels_per_inch, options.pixels_per_inch
    ppi = header.pixels_per_inch if options.resolution is ResolutionPolicy.SIZE else header.captured_ppi
    if ppi is not None and sensible(ppi) is None:
        notes.append(f"A resolution of {ppi[1]:g} x {ppi[0]:g} pixels per inch makes no sense; none is written.")
    return sensible(ppi)


def _profile(header: Picture, format_: Format, options: ExportOptions, notes: list[str]) -> tuple[bytes | None, bool]:
    """Return the profile of the file, and whether colours are converted to it."""
    target = options.colour
    if target == "keep":
        is_gray_profile = header.icc_profile is not None and header.channels == 1
        if not (is_gray_profile and format_ in _NO_GRAY_PROFILE):
            return header.icc_profile, False
        notes.append(f"{format_.name} cannot hold gray with a profile; the picture was converted to sRGB.")
        target = profiles.SRGB
    options.check_colour()
    wanted = profiles.read_profile(target) if isinstance(target, Path) else profiles.named_profile(target)
    return wanted, wanted != header.icc_profile


def jfif_holds(ppi: tuple[float, float] | None) -> bool:
    """Tell whether the whole numbers of 16 bits of a JPEG's own header hold a resolution exactly."""
    return ppi is None or all(value == round(value) and 1 <= value <= _MAX_JFIF for value in ppi)


def _that_fit(metadata: Metadata, format_: Format, ppi: tuple[float, float] | None, notes: list[str]) -> Metadata:
    """Leave out, and tell of, what a format has no place for."""
    exif, iptc, xmp = metadata.exif, metadata.iptc, metadata.xmp
    needs_exif = format_ in _PPI_IN_EXIF or (format_ is Format.JPEG and not jfif_holds(ppi))
    if exif is None and ppi is not None and needs_exif:
        exif = resolution_block(ppi)
    if exif is not None and format_ is Format.AVIF:
        exif = block_without_orientation(exif)
    if iptc and format_ in _NO_IPTC:
        notes.append(f"{format_.name} has no place for IPTC records; they were left out. EXIF and XMP were kept.")
        iptc = None
    if format_ is Format.JPEG:
        exif, iptc = (None if b is None or len(b) > _MAX_SEGMENT_BYTES else b for b in (exif, iptc))
        xmp = xmp if xmp is not None and fits(xmp) else None
        kept = Metadata(exif, iptc, xmp)
        for kind in ("exif", "iptc", "xmp"):
            if getattr(metadata, kind) and not getattr(kept, kind):
                notes.append(
                    f"The {kind.upper()} data are too long for JPEG and were left out. Choose TIFF or PNG to keep them."
                )
    return Metadata(exif, iptc, xmp)
