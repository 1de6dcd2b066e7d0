"""What is told of a JPEG beside its pixels, which kinds are not read, and files that lack their end mark alone."""

from __future__ import annotations

import io
import struct
import warnings
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.containers import jpeg
from zssr_studio.imaging.metadata import iptc, rdf
from zssr_studio.imaging.metadata.blocks import CREDENTIALS_NOTE, Metadata
from zssr_studio.imaging.metadata.resolution import exif_ppi
from zssr_studio.jpeg_tables import JpegTables

if TYPE_CHECKING:
    from zssr_studio.imaging.containers.jpeg import JpegParts
    from zssr_studio.imaging.file_info import FileInfo

_EXIF_MARKS, _XMP_MARK = (b"Exif\0\0", b"Exif\0\xff"), b"http://ns.adobe.com/xap/1.0/\0"
_ICC_MARK, _MPF_MARK, _JFIF_MARK, _GAIN_MAP_MARK = b"ICC_PROFILE\0", b"MPF\0", b"JFIF\0", b"urn:iso:std:iso:ts:21496"
# Segments that are read or say how the pixels lie; the others are named in a note by the beginning of their content.
_READ = {
    jpeg.APP0: (_JFIF_MARK,),
    jpeg.APP1: (*_EXIF_MARKS, _XMP_MARK, rdf.EXTENSION_MARK),
    jpeg.APP2: (_ICC_MARK, _MPF_MARK, _GAIN_MAP_MARK),
    jpeg.APP13: (iptc.PHOTOSHOP_MARK,),
    jpeg.APP14: (b"Adobe",),
}
_KINDS = {
    0xC3: "a JPEG without loss",
    0xC5: "a hierarchical JPEG",
    0xC6: "a hierarchical JPEG",
    0xC7: "a hierarchical JPEG without loss",
    0xCB: "a JPEG without loss",
    0xCD: "a hierarchical JPEG",
    0xCE: "a hierarchical JPEG",
    0xCF: "a hierarchical JPEG without loss",
    0xF7: "a JPEG-LS",
}
# Coded by arithmetic: sequential and progressive. Not every build of the decoder has it.
_ARITHMETIC = (0xC9, 0xCA)
# A gray pixel in that coding; behind the last byte of its scan zeros follow.
_ARITHMETIC_SAMPLE = (
    b"\xff\xd8\xff\xdb\0\x43\0"
    + b"\1" * 64
    + b"\xff\xc9\0\x0b\x08\0\1\0\1\1\1\x11\0\xff\xda\0\x08\1\1\0\0\x3f\0\0\0\xff\xd9"
)
# A block of 8 x 8 takes a bit at least, and of 4 x 4 pixels at most 14 samples share their colours.
_MAX_PACKED, _MIN_SUSPECT = 1400, 10_000_000
# Progressive files go over their pixels about ten times.
_MAX_SCANS, _MAX_SCANNED_PX = 30, 2_000_000_000
# Two ways to go on behind the last byte; pixels that are the same with both depend on neither.
_FILLINGS = tuple(bytes((step * index + 85) % 255 for index in range(2048)) for step in (85, 91, 167))
_CENTIMETRES_PER_INCH = 2.54


def check_kind(parts: JpegParts, name: str) -> None:
    """Refuse by name the kinds of JPEG that are whole but not read.

    Raises
    ------
    BadInputError
    """
    frame = parts.frame
    if frame is None:
        return
    kind = _KINDS.get(frame.marker)
    if frame.marker in _ARITHMETIC and not reads_arithmetic():
        kind = "a JPEG with arithmetic coding"
    if kind is None and frame.height == 0:
        kind = "a JPEG that tells its height behind its pixels (DNL)"
    elif kind is None and frame.bits != 8:
        kind = f"a JPEG of {frame.bits} bits per sample"
    elif kind is None and len(frame.components) not in (1, 3, 4):
        kind = f"a JPEG of {len(frame.components)} channels"
    if kind is not None:
        raise BadInputError(
            f"{name} is {kind}, which is not read; JPEG is read in 8 bits, with loss, in gray, RGB or CMYK. Convert it "
            "to TIFF or PNG first."
        )


@cache
def reads_arithmetic() -> bool:
    """Tell whether the decoder that is installed reads arithmetic coding."""
    try:
        _pixels(_ARITHMETIC_SAMPLE)
    except OSError:
        return False
    return True


def check_jpeg(content: bytes, info: FileInfo, name: str) -> None:
    """Refuse what its decoder would fill with gray, or go over for minutes.

    Raises
    ------
    BadInputError
    """
    size, samples = len(content), info.height * info.width * info.channels
    if samples > max(_MIN_SUSPECT, _MAX_PACKED * size):
        raise BadInputError(
            f"{name} claims {info.width} x {info.height} pixels but has {size} bytes only. It is damaged."
        )
    scans = content.count(b"\xff\xda")
    if scans > _MAX_SCANS and scans * info.height * info.width > _MAX_SCANNED_PX:
        raise BadInputError(
            f"{name} goes over its pixels {scans} times, as only a file does that is made to take time. "
            "Open it in the program that made it and save it anew."
        )


def whole(content: bytes) -> tuple[bytes, bool]:
    """Give a JPEG the end mark that it lacks, if all of its pixels are there; and tell whether it lacked it.

    Raises
    ------
    ValueError
        If pixels are missing.
    """
    parts = jpeg.jpeg_parts(content)
    if parts.end is not None:
        return content, False
    plain = content.rstrip(b"\xff")
    if not parts.has_all_scans or not _is_complete(plain):
        raise ValueError("it ends before its last pixel")
    return plain + jpeg.END_MARK, True


def _is_complete(plain: bytes) -> bool:
    """Tell whether a JPEG's pixels are the same whatever follows its last byte."""
    wanted = _pixels(plain + jpeg.END_MARK)
    return all(np.array_equal(wanted, _pixels(plain + more + jpeg.END_MARK)) for more in _FILLINGS)


def _pixels(content: bytes) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(Image.open(io.BytesIO(content), formats=("JPEG",)))


def read_blocks(parts: JpegParts, content: bytes, name: str) -> tuple[Metadata, list[str]]:
    """Read EXIF, IPTC and XMP; and notes of all that is left out."""
    resources = b"".join(parts.contents(jpeg.APP13, iptc.PHOTOSHOP_MARK))
    packet, notes = _packet(parts, name)
    metadata = Metadata(_exif(parts), iptc.from_resources(resources) or None, packet)
    notes += iptc.resources_note(resources, name)
    if any(marker == jpeg.COM for marker, _ in parts.segments):
        notes.append(f"The comment of {name} is neither EXIF, IPTC nor XMP and is left out.")
    return metadata, notes + _segments_notes(parts, name) + _behind_notes(parts, content, name)


def read_profile(parts: JpegParts, name: str) -> tuple[bytes | None, list[str]]:
    """Put the ICC profile together; and a note if pieces are missing."""
    pieces = parts.contents(jpeg.APP2, _ICC_MARK)
    profile = jpeg.joined_profile(pieces)
    if pieces and profile is None:
        return None, [f"The colour profile of {name} lacks pieces and was left out; the picture is taken for sRGB."]
    return profile, []


def jpeg_ppi(parts: JpegParts, block: bytes | None) -> tuple[float, float] | None:
    """Vertical and horizontal resolution of a JPEG; where it tells several, EXIF counts, as for other programs."""
    told = exif_ppi(block)
    for content in parts.contents(jpeg.APP0, _JFIF_MARK):
        if told is None and len(content) >= 7:
            unit, horizontal, vertical = struct.unpack_from(">BHH", content, 2)
            factor = {1: 1.0, 2: _CENTIMETRES_PER_INCH}.get(unit)
            if factor is not None and horizontal and vertical:
                told = factor * vertical, factor * horizontal
    return told or iptc.resolution_in_resources(b"".join(parts.contents(jpeg.APP13, iptc.PHOTOSHOP_MARK)))


def _exif(parts: JpegParts) -> bytes | None:
    blocks = [block for mark in _EXIF_MARKS for block in parts.contents(jpeg.APP1, mark)]
    if not blocks:
        return None
    # A long block goes on in segments that begin as no block does.
    return blocks[0] + b"".join(more for more in blocks[1:] if more[:2] not in (b"II", b"MM")) or None


def _packet(parts: JpegParts, name: str) -> tuple[bytes | None, list[str]]:
    """Join the parts of a long XMP packet, each in a segment of its own, to the packet."""
    packet = next(iter(parts.contents(jpeg.APP1, _XMP_MARK)), None) or None
    pieces = {}
    for content in parts.contents(jpeg.APP1, rdf.EXTENSION_MARK):
        if len(content) > 40:
            pieces[struct.unpack_from(">I", content, 36)[0]] = content[40:]
    if not pieces:
        return packet, []
    try:
        return rdf.merged(packet or b"", b"".join(pieces[offset] for offset in sorted(pieces))), []
    except rdf.XmpError:
        return packet, [f"The extended part of the XMP data of {name} is damaged and was left out."]


def _segments_notes(parts: JpegParts, name: str) -> list[str]:
    """Name the segments that are not read."""
    notes: list[str] = []
    others: dict[str, None] = {}
    for marker, content in parts.segments:
        if marker == jpeg.COM or content.startswith(_READ.get(marker, ())):
            continue
        if marker == jpeg.APP11 and content[:2] == b"JP":
            notes.append(CREDENTIALS_NOTE.format(name=name))
        else:
            others[_segment_name(marker, content)] = None
    blocks = [block for mark in _EXIF_MARKS for block in parts.contents(jpeg.APP1, mark)]
    if sum(block[:2] in (b"II", b"MM") for block in blocks) > 1:
        others["a second block of EXIF"] = None
    if others:
        notes.append(f"{name} holds segments that have no place here ({', '.join(others)[:120]}); they are left out.")
    if parts.contents(jpeg.APP2, _GAIN_MAP_MARK):
        notes.append(f"{name} holds a gain map for high dynamic range (ISO 21496-1); it is left out.")
    return list(dict.fromkeys(notes))


def _segment_name(marker: int, content: bytes) -> str:
    word = content[:24].split(b"\0")[0]
    said = word.decode("ascii", "ignore").strip()
    return f"APP{marker - jpeg.APP0} {said}" if said.isprintable() and len(said) > 1 else f"APP{marker - jpeg.APP0}"


def pictures_in(parts: JpegParts) -> int:
    """Count the pictures that the index of a multi-picture file tells of."""
    return max([jpeg.picture_count(index) for index in parts.contents(jpeg.APP2, _MPF_MARK)] or [1])


def _behind_notes(parts: JpegParts, content: bytes, name: str) -> list[str]:
    """Say what follows the first picture: more of them, a video, or what its maker keeps there."""
    pictures = pictures_in(parts)
    behind = b"" if parts.end is None else content[parts.end :].strip(b"\0")
    if pictures > 1:
        return [
            f"{name} holds {pictures} pictures, such as previews, a gain map or a depth map; the first one is read."
        ]
    if not behind:
        return []
    what = ", among them a video" if b"ftyp" in behind else ""
    return [f"{name} holds {len(behind)} bytes behind its picture{what}, as telephones append; they are left out."]


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
