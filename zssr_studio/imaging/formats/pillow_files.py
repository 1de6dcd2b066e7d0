"""PNG, JPEG, WebP, AVIF and BMP. Pillow reads headers and 8-bit pixels, never deeper ones, which it cuts to 8."""

from __future__ import annotations

import io
import struct
import warnings
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np
from PIL import Image, PngImagePlugin
from PIL.JpegImagePlugin import JpegImageFile

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.file_info import FileInfo
from zssr_studio.imaging.formats.png_chunks import MAX_CHUNK_BYTES, check_chunks, read_coded_profile
from zssr_studio.imaging.formats.png_chunks import read_metadata as png_metadata
from zssr_studio.imaging.formats.tiff_tags import exif_ppi, is_dcf_adobe_rgb
from zssr_studio.imaging.metadata import iptc, xmp
from zssr_studio.imaging.metadata.blocks import Metadata
from zssr_studio.imaging.metadata.orientation import ORIENTATION_TAG, swaps_axes, upright
from zssr_studio.imaging.metadata.xmp_extended import EXTENSION_MARK
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.samples import check_size, colours_and_alpha
from zssr_studio.jpeg_tables import JpegTables

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "BMP")
_EXIF_MARK = b"Exif\0\0"
_IPTC_RESOURCE = 0x0404
_PNG_MARK, _PNG_DEPTH_OFFSET, _PNG_GRAY_KINDS = b"\x89PNG", 24, (0, 4)
_PNG_PPI_STEP = 0.013
_HEAD_BYTES = 100_000
_AV1_MONOCHROME = 0x10
# The decoder's own picture, Pillow's, and the bytes on the way to numpy.
_PILLOW_COPIES = 4
# A block of 8 x 8 takes a bit at least, and of 4 x 4 pixels at most 14 samples share their colours.
_JPEG_MAX_PACKED, _JPEG_MIN_SUSPECT = 1400, 10_000_000
# Progressive files go over their pixels about ten times.
_JPEG_MAX_SCANS, _JPEG_MAX_SCANNED_PX = 30, 2_000_000_000
_GRAY_MODES, _ALPHA_MODES = ("1", "L", "LA", "I;16", "I;16B", "I", "La"), ("LA", "RGBA", "PA", "La", "RGBa")


def inspect_pillow(path: Path, page: int = 1) -> FileInfo:
    """Read the header; see `zssr_studio.imaging.read.read_info`."""
    head = _head(path)
    if head.startswith(_PNG_MARK):
        check_chunks(path)
    with _opened(path) as image:
        check_size(path.name, image.height, image.width)
        # A JPEG with further pictures behind the first one, as telephones make them, is MPO to Pillow.
        kind = "JPEG" if image.format == "MPO" else str(image.format)
        metadata, notes = _metadata(image, path)
        orientation = int(image.getexif().get(ORIENTATION_TAG, 1))
        bits = _bits(kind, image.mode, head)
        size = (image.height, image.width)
        if swaps_axes(orientation):
            size = size[::-1]
        pages = int(getattr(image, "n_frames", 1))
        if pages > 1:
            notes.append(f"{path.name} holds {pages} pictures; the first one is read.")
        profile = image.info.get("icc_profile") or None
        colours = _colours(image, kind, head)
        if profile is None and kind in ("AVIF", "PNG"):
            profile, said = _nclx(head) if kind == "AVIF" else read_coded_profile(path, is_gray=colours == "gray")
            notes += said
        if profile is None and kind == "JPEG" and colours == "rgb" and is_dcf_adobe_rgb(metadata.exif):
            profile = profiles.named_profile(profiles.ADOBE_RGB)
            notes.append(f"{path.name} says by its EXIF data that it holds Adobe RGB; that profile is given to it.")
        return FileInfo(
            format="WebP" if kind == "WEBP" else kind,
            height=size[0],
            width=size[1],
            colours=colours,
            bits=bits,
            alpha="straight" if image.mode in _ALPHA_MODES or "transparency" in image.info else None,
            orientation=orientation,
            pixels_per_inch=_pixels_per_inch(image, orientation, metadata),
            icc_profile=profile,
            metadata=metadata,
            pages=pages,
            notes=tuple(notes),
        )


def decode_pillow(path: Path, info: FileInfo) -> Picture:
    """Read the pixels that `inspect_pillow` told of."""
    sample_bytes, copies = info.source_bits // 8, 1 if info.source_bits == 16 else _PILLOW_COPIES
    check_size(path.name, info.height, info.width, info.channels, sample_bytes, path.stat().st_size, copies=copies)
    if info.format == "JPEG":
        _check_jpeg(path, info)
    profile, notes, bits = info.icc_profile, info.notes, info.source_bits
    largest: float | None = None
    tables: JpegTables | None = None
    # Pillow looks for the transparent colour of gray of few bits among 8.
    few = info.bits < 8 and info.colours == "gray" and info.alpha is not None
    if info.format == "PNG" and (bits == 16 or few):
        samples: NDArray[Any] = imagecodecs.png_decode(path.read_bytes())
        largest = float(np.iinfo(samples.dtype).max)
    elif bits == 16:
        samples = imagecodecs.avif_decode(path.read_bytes(), 0)
        largest = float(2**info.bits - 1)
    else:
        with _opened(path) as image:
            if image.mode == "CMYK":
                image.load()
                samples, profile = _from_cmyk(image, path.name, profile)
                bits = 16
                notes = (*notes, profiles.CMYK_NOTE.format(name=path.name))
            else:
                samples, tables = np.asarray(_eight_bit(image, info)), jpeg_tables(image)
    if samples.shape[:2] != ((info.width, info.height) if swaps_axes(info.orientation) else (info.height, info.width)):
        raise BadInputError(f"{path.name} holds another size than its header says. It is damaged.")
    pixels, alpha = colours_and_alpha(upright(samples, info.orientation), largest)
    ppi = info.pixels_per_inch
    return Picture(pixels, alpha, profile, bits, ppi, False, info.metadata, notes, jpeg=tables)


def _check_jpeg(path: Path, info: FileInfo) -> None:
    """Refuse what its decoder would fill with gray, or go over for minutes."""
    size, samples = path.stat().st_size, info.height * info.width * info.channels
    if samples > max(_JPEG_MIN_SUSPECT, _JPEG_MAX_PACKED * size):
        raise BadInputError(
            f"{path.name} claims {info.width} x {info.height} pixels but has {size} bytes only. It is damaged."
        )
    scans = path.read_bytes().count(b"\xff\xda")
    if scans > _JPEG_MAX_SCANS and scans * info.height * info.width > _JPEG_MAX_SCANNED_PX:
        raise BadInputError(
            f"{path.name} goes over its pixels {scans} times, as only a file does that is made to take time. "
            "Open it in the program that made it and save it anew."
        )


def _opened(path: Path) -> Image.Image:
    # check_size sets the limit, by the memory that is free.
    Image.MAX_IMAGE_PIXELS = None
    PngImagePlugin.MAX_TEXT_CHUNK = MAX_CHUNK_BYTES  # 1 MB unless told, which a printer's profile passes
    with warnings.catch_warnings():
        # Damaged metadata are told of where they are read.
        warnings.simplefilter("ignore")
        return Image.open(path, formats=FORMATS)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD_BYTES)


def _bits(kind: str, mode: str, head: bytes) -> int:
    """Return the bits per sample; Pillow hides those beyond 8."""
    if kind == "PNG":
        return head[_PNG_DEPTH_OFFSET]
    if kind == "AVIF":
        flags = _av1_flags(head)
        return 12 if flags & 0x60 == 0x60 else 10 if flags & 0x40 else 8
    return 1 if mode == "1" else 8


def _av1_flags(head: bytes) -> int:
    """Return the third byte of the AV1 configuration: 0x40 more than 8 bits, 0x20 twelve, 0x10 monochrome."""
    at = head.find(b"av1C")
    return head[at + 6] if 0 <= at < len(head) - 6 else 0


def _nclx(head: bytes) -> tuple[bytes | None, list[str]]:
    at = head.find(b"colrnclx")
    if at < 0 or at + 12 > len(head):
        return None, []
    return profiles.coded_profile(*struct.unpack_from(">HH", head, at + 8))


def _colours(image: Image.Image, kind: str, head: bytes) -> str:
    if image.mode == "CMYK":
        return "cmyk"
    if image.mode in ("P", "PA"):
        return "palette"
    # Pillow calls gray with alpha of 16 bits RGBA, and gray AVIF RGB.
    is_gray = image.mode in _GRAY_MODES
    is_gray |= kind == "PNG" and head[_PNG_DEPTH_OFFSET + 1] in _PNG_GRAY_KINDS
    is_gray |= kind == "AVIF" and bool(_av1_flags(head) & _AV1_MONOCHROME) and not image.info.get("icc_profile")
    return "gray" if is_gray else "rgb"


def _eight_bit(image: Image.Image, info: FileInfo) -> Image.Image:
    """Decode to L, LA, RGB or RGBA."""
    if info.colours == "gray":
        return _gray(image, has_alpha=info.alpha is not None)
    if image.mode in ("L", "LA", "RGB", "RGBA") and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if "transparency" in image.info or image.mode in _ALPHA_MODES else "RGB")


def _gray(image: Image.Image, *, has_alpha: bool) -> Image.Image:
    kind = "LA" if has_alpha else "L"
    return image if image.mode == kind and "transparency" not in image.info else image.convert(kind)


def _from_cmyk(image: Image.Image, name: str, profile: bytes | None) -> tuple[NDArray[np.uint16], bytes]:
    if not profile:
        raise BadInputError(
            f"{name} holds CMYK colours without a profile, so they cannot be known. Convert it to RGB in the program "
            "that made it."
        )
    return profiles.from_cmyk(np.asarray(image), profile, name), profiles.named_profile(profiles.ADOBE_RGB)


def _metadata(image: Image.Image, path: Path) -> tuple[Metadata, list[str]]:
    if image.format == "PNG":
        return png_metadata(path)
    notes: list[str] = []
    block = image.info.get("exif")
    packet = image.info.get("xmp")
    records = None
    if isinstance(image, JpegImageFile):
        resources = image.info.get("photoshop")
        records = resources.get(_IPTC_RESOURCE) if isinstance(resources, dict) else None
        packet, notes = _with_extension(image, packet, path.name)
        if image.info.get("comment"):
            notes.append(f"The comment of {path.name} is neither EXIF, IPTC nor XMP and is left out.")
    if isinstance(block, bytes):
        block = block.removeprefix(_EXIF_MARK)
    return Metadata(block or None, records if isinstance(records, bytes) else None, packet or None), notes


def _with_extension(image: Image.Image, packet: bytes | None, name: str) -> tuple[bytes | None, list[str]]:
    """Join the parts of a long XMP packet, each in a segment of its own, to the packet."""
    parts = {}
    for marker, content in getattr(image, "applist", []):
        if marker == "APP1" and content.startswith(EXTENSION_MARK) and len(content) > len(EXTENSION_MARK) + 40:
            rest = content[len(EXTENSION_MARK) + 36 :]
            parts[struct.unpack_from(">I", rest)[0]] = rest[4:]
    if not parts or packet is None:
        return packet, []
    try:
        return xmp.merged(packet, b"".join(parts[offset] for offset in sorted(parts))), []
    except xmp.XmpError:
        return packet, [f"The extended part of the XMP data of {name} is damaged and was left out."]


def _pixels_per_inch(image: Image.Image, orientation: int, metadata: Metadata) -> tuple[float, float] | None:
    dpi = image.info.get("dpi")
    told = exif_ppi(metadata.exif)
    # Where a JPEG tells two resolutions, EXIF counts, as for ImageMagick and libvips.
    if not dpi or (told is not None and image.format != "PNG"):
        return told if told is None or not swaps_axes(orientation) else told[::-1]
    horizontal, vertical = float(dpi[0]), float(dpi[1])
    if not (0 < horizontal < 1e6 and 0 < vertical < 1e6):
        return None
    if image.format == "PNG":
        # It tells whole pixels per metre, which hit no whole number of pixels per inch.
        horizontal, vertical = (round(v) if abs(v - round(v)) < _PNG_PPI_STEP else v for v in (horizontal, vertical))
    return (horizontal, vertical) if swaps_axes(orientation) else (vertical, horizontal)


def jpeg_tables(image: Image.Image) -> JpegTables | None:
    """Return the tables of an opened JPEG; None for any other file."""
    tables = getattr(image, "quantization", None)
    if not isinstance(image, JpegImageFile) or not tables:
        return None
    luma = tuple(max(1, step) for step in tables[min(tables)])
    chroma = tuple(max(1, step) for step in tables[max(tables)])
    # Factors of the first channel against the others': colours are kept for so many pixels.
    layers = image.layer
    across, down = (max(layer[i] for layer in layers) // max(1, layers[-1][i]) for i in (1, 2))
    return JpegTables(luma, chroma, (min(4, max(1, down)), min(4, max(1, across))))


def iptc_segment(records: bytes) -> bytes:
    """Make a JPEG's APP13 segment of IPTC records."""
    content = iptc.PHOTOSHOP_MARK + iptc.to_resources(records)
    return b"\xff\xed" + struct.pack(">H", len(content) + 2) + content


def encoded(samples: NDArray[Any], kind: str, **options: Any) -> bytes:
    """Encode 8-bit samples by Pillow."""
    buffer = io.BytesIO()
    Image.fromarray(samples).save(buffer, format=kind, **options)
    return buffer.getvalue()
