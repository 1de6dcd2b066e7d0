"""PNG, JPEG, WebP, AVIF and BMP. Pillow reads headers and 8-bit pixels, never deeper ones, which it cuts to 8."""

from __future__ import annotations

import io
import re
import struct
import warnings
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np
from PIL import Image, PngImagePlugin

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.containers import bmp, iso_boxes, jpeg, png
from zssr_studio.imaging.containers.webp import CREDENTIALS, unknown_chunks
from zssr_studio.imaging.file_info import FileInfo
from zssr_studio.imaging.formats import jpeg_files, png_chunks
from zssr_studio.imaging.formats.tiff_tags import is_dcf_adobe_rgb
from zssr_studio.imaging.metadata.blocks import CREDENTIALS_NOTE, NO_METADATA, Metadata
from zssr_studio.imaging.metadata.exif import orientation_of
from zssr_studio.imaging.metadata.places.orientation import swaps_axes, upright
from zssr_studio.imaging.metadata.resolution import exif_ppi
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.samples import check_size, colours_and_alpha

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from zssr_studio.jpeg_tables import JpegTables

FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "BMP")
_EXIF_MARK = b"Exif\0\0"
_PNG_MARK, _PNG_DEPTH_OFFSET, _PNG_GRAY_KINDS = b"\x89PNG", 24, (0, 4)
_APPLE_PNG = b"CgBI"
_HEAD_BYTES = 100_000
_AV1_MONOCHROME = 0x10
# The entry of a list of items that says that one of them is EXIF: version and flags, number, protection, kind.
_EXIF_ITEM = re.compile(rb"(infe.{8})Exif", re.DOTALL)
_DCF_NOTE = "{name} says by its EXIF data that it holds Adobe RGB; that profile is given to it."
_NO_END_NOTE = "{name} lacks the mark at its end; all of its pixels are there."
# The decoder's own picture, Pillow's, and the bytes on the way to numpy.
_PILLOW_COPIES = 4
_GRAY_MODES, _ALPHA_MODES = ("1", "L", "LA", "I;16", "I;16B", "I", "La"), ("LA", "RGBA", "PA", "La", "RGBa")


@dataclass(slots=True)
class _Told:
    """What a file says beside its pixels, and its content where Pillow must not read the file as it is."""

    metadata: Metadata = NO_METADATA
    profile: bytes | None = None
    ppi: tuple[float, float] | None = None
    notes: list[str] = field(default_factory=list)
    content: bytes | None = None
    pages: int = 1


def inspect_pillow(path: Path, page: int = 1) -> FileInfo:
    """Read the header; see `zssr_studio.imaging.read.read_info`."""
    head = _head(path)
    told = _told(path, head)
    with _opened(path, told) as image:
        # A JPEG with further pictures behind the first one, as telephones make them, is MPO to Pillow.
        kind = "JPEG" if image.format == "MPO" else str(image.format)
        colours = _colours(image, kind, head)
        check_size(path.name, image.height, image.width, 1 if colours == "gray" else 3)
        if kind in ("WEBP", "AVIF"):
            _tell_image(told, image, path, head)
        if told.profile is None and kind == "JPEG" and colours == "rgb" and is_dcf_adobe_rgb(told.metadata.exif):
            told.profile = profiles.named_profile(profiles.ADOBE_RGB)
            told.notes.append(_DCF_NOTE.format(name=path.name))
        orientation = orientation_of(told.metadata.exif)
        size = (image.height, image.width)
        if swaps_axes(orientation):
            size = size[::-1]
            told.ppi = told.ppi and told.ppi[::-1]
        pages = max(told.pages, int(getattr(image, "n_frames", 1)))
        if pages > 1 and kind != "JPEG":
            told.notes.append(f"{path.name} holds {pages} pictures; the first one is read.")
        return FileInfo(
            format="WebP" if kind == "WEBP" else kind,
            height=size[0],
            width=size[1],
            colours=colours,
            bits=_bits(kind, image.mode, head),
            alpha="straight" if image.mode in _ALPHA_MODES or "transparency" in image.info else None,
            orientation=orientation,
            pixels_per_inch=told.ppi,
            icc_profile=told.profile,
            metadata=told.metadata,
            pages=pages,
            notes=tuple(told.notes),
        )


def _told(path: Path, head: bytes) -> _Told:
    """Read what stands beside the pixels, where the format's own pieces tell it better than Pillow."""
    if head.startswith(_PNG_MARK):
        return _tell_png(path, head)
    if head.startswith(b"\xff\xd8"):
        return _tell_jpeg(path)
    if head.startswith(b"BM"):
        content = path.read_bytes()
        profile, notes = bmp.bmp_profile(content, path.name)
        return _Told(profile=profile, ppi=bmp.bmp_ppi(content), notes=notes)
    return _Told()


def _tell_png(path: Path, head: bytes) -> _Told:
    if head[12:16] == _APPLE_PNG:
        raise BadInputError(
            f"{path.name} is a PNG as Apple packs it into programs, which is not read. Convert it first."
        )
    parts = png.png_parts(path)
    metadata, notes = png_chunks.read_metadata(parts, path.name)
    profile, said = png_chunks.read_profile(parts, path.name)
    if profile is None and not said:
        is_gray = head[_PNG_DEPTH_OFFSET + 1 : _PNG_DEPTH_OFFSET + 2] in (b"\0", b"\4")
        profile, said = png_chunks.read_coded_profile(parts, is_gray=is_gray)
    content = None if parts.is_sound else png.mended(path.read_bytes(), parts)
    return _Told(metadata, profile, png_chunks.png_ppi(parts) or exif_ppi(metadata.exif), notes + said, content)


def _tell_jpeg(path: Path) -> _Told:
    content = path.read_bytes()
    parts = jpeg.jpeg_parts(content)
    jpeg_files.check_kind(parts, path.name)
    metadata, notes = jpeg_files.read_blocks(parts, content, path.name)
    profile, said = jpeg_files.read_profile(parts, path.name)
    pages = jpeg_files.pictures_in(parts)
    return _Told(metadata, profile, jpeg_files.jpeg_ppi(parts, metadata.exif), notes + said, None, pages)


def _tell_image(told: _Told, image: Image.Image, path: Path, head: bytes) -> None:
    """Take over what Pillow found in a WebP or AVIF, and say what else is there."""
    block = image.info.get("exif")
    block = block.removeprefix(_EXIF_MARK) if isinstance(block, bytes) else None
    told.metadata = Metadata(block or None, None, image.info.get("xmp") or None)
    told.ppi = exif_ppi(block)
    told.profile = image.info.get("icc_profile") or None
    if image.format == "WEBP":
        found = unknown_chunks(path)
        others = [kind for kind in found if kind != CREDENTIALS]
        if CREDENTIALS in found:
            told.notes.append(CREDENTIALS_NOTE.format(name=path.name))
        beside = [f"chunks that are not known ({', '.join(others)[:80]})"] if others else []
    else:
        beside = iso_boxes.what_else(head)
        if iso_boxes.has_box(head, b"clap"):
            told.notes.append(f"{path.name} asks to be cropped when it is shown (clean aperture); all of it is read.")
        if told.profile is None:
            told.profile, said = _nclx(head)
            told.notes += said
    if beside:
        told.notes.append(f"{path.name} holds beside its picture {', '.join(beside)}; that is left out.")


def decode_pillow(path: Path, info: FileInfo) -> Picture:
    """Read the pixels that `inspect_pillow` told of."""
    sample_bytes, copies = info.source_bits // 8, 1 if info.source_bits == 16 else _PILLOW_COPIES
    check_size(path.name, info.height, info.width, info.channels, sample_bytes, path.stat().st_size, copies=copies)
    told = _Told()
    if info.format == "JPEG":
        told.content = path.read_bytes()
        jpeg_files.check_jpeg(told.content, info, path.name)
        told.content, lacked_end = jpeg_files.whole(told.content)
        if lacked_end:
            info = replace(info, notes=(*info.notes, _NO_END_NOTE.format(name=path.name)))
    elif info.format == "PNG":
        parts = png.png_parts(path)
        told.content = None if parts.is_sound else png.mended(path.read_bytes(), parts)
    profile, notes, bits = info.icc_profile, info.notes, info.source_bits
    largest: float | None = None
    tables: JpegTables | None = None
    # Pillow looks for the transparent colour of gray of few bits among 8.
    few = info.bits < 8 and info.colours == "gray" and info.alpha is not None
    if info.format == "PNG" and (bits == 16 or few):
        samples: NDArray[Any] = imagecodecs.png_decode(told.content or path.read_bytes())
        largest = float(np.iinfo(samples.dtype).max)
    elif bits == 16:
        samples = imagecodecs.avif_decode(path.read_bytes(), 0)
        largest = float(2**info.bits - 1)
    else:
        with _opened(path, told) as image:
            if image.mode == "CMYK":
                image.load()
                samples, profile = _from_cmyk(image, path.name, profile)
                bits = 16
                notes = (*notes, profiles.CMYK_NOTE.format(name=path.name))
            else:
                samples, tables = np.asarray(_eight_bit(image, info)), jpeg_files.jpeg_tables(image)
    is_turned = swaps_axes(info.orientation)
    if samples.shape[:2] != ((info.width, info.height) if is_turned else (info.height, info.width)):
        raise BadInputError(f"{path.name} holds another size than its header says. It is damaged.")
    pixels, alpha = colours_and_alpha(upright(samples, info.orientation), largest)
    jpeg = tables.transposed if is_turned and tables is not None else tables
    return Picture(pixels, alpha, profile, bits, info.pixels_per_inch, False, info.metadata, notes, jpeg=jpeg)


def _opened(path: Path, told: _Told) -> Image.Image:
    # check_size sets the limit, by the memory that is free.
    Image.MAX_IMAGE_PIXELS = None
    PngImagePlugin.MAX_TEXT_CHUNK = png.MAX_CHUNK_BYTES  # 1 MB unless told, which a printer's profile passes
    with warnings.catch_warnings():
        # Damaged metadata are told of where they are read.
        warnings.simplefilter("ignore")
        try:
            return Image.open(path if told.content is None else io.BytesIO(told.content), formats=FORMATS)
        except (OSError, RuntimeError, SyntaxError, ValueError):
            # Pillow asks the EXIF data of an AVIF for its orientation, and gives up where they are damaged.
            content = path.read_bytes()
            if content[4:8] != b"ftyp" or not _EXIF_ITEM.search(content):
                raise
            image = Image.open(io.BytesIO(_EXIF_ITEM.sub(rb"\1none", content)), formats=FORMATS)
            told.notes.append(f"The EXIF data of {path.name} are damaged and were left out.")
            return image


def _head(path: Path) -> bytes:
    """Read the beginning of a file, or of an AVIF all boxes, since its header may stand behind its pixels."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return iso_boxes.outline(path) if head[4:8] == b"ftyp" else head


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


def encoded(samples: NDArray[Any], kind: str, **options: Any) -> bytes:
    """Encode 8-bit samples by Pillow."""
    buffer = io.BytesIO()
    Image.fromarray(samples).save(buffer, format=kind, **options)
    return buffer.getvalue()
