"""The chunks of PNG files that 16-bit encoders leave out: profile, resolution, metadata (PNG, 3rd edition)."""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING

from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.containers.png import MAX_CHUNK_BYTES
from zssr_studio.imaging.metadata.blocks import CREDENTIALS_NOTE, Metadata
from zssr_studio.imaging.metadata.iptc import PHOTOSHOP_MARK, from_resources

if TYPE_CHECKING:
    from zssr_studio.imaging.containers.png import PngParts

_INCHES_PER_METRE = 1 / 0.0254
_SIGNATURE_AND_HEADER = 8 + 25
_XMP_KEYWORD, _RAW_KEYWORD, _IPTC_KEYWORD = b"XML:com.adobe.xmp", b"Raw profile type ", b"Raw profile type iptc"
_EXIF_MARK, _XMP_MARK = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_COLOURS = (b"cICP", b"sRGB", b"gAMA", b"cHRM")
# What programs say of themselves or repeat from elsewhere in the file, by its keyword.
_OWN_WORDS = ("software", "creation time", "date:", "exif:", "icc:", "png:", "tiff:", "xmp:", "thumb::", "signature")
# White point and primaries of sRGB as cHRM tells them, in 1/100,000, and its gamma.
_SRGB_CHROMATICITIES = (31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)
_SRGB_GAMMA, _GAMMA_STEP, _CHROMATICITY_STEP = 45455, 1000, 300
_METRE, _PPI_STEP = 1, 0.013
# What is read, what lies there for decoders, and when the file was changed.
_KNOWN = {
    *(b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"pHYs", b"eXIf", b"acTL", b"tIME", b"iDOT", b"caBX"),
    *_TEXTS,
    *_COLOURS,
}


def icc_chunk(profile: bytes) -> bytes:
    """Make the iCCP chunk of a profile."""
    return _chunk(b"iCCP", b"ICC profile\x00\x00" + zlib.compress(profile, 9))


def resolution_chunk(pixels_per_inch: tuple[float, float]) -> bytes:
    """Make the pHYs chunk of a vertical and a horizontal resolution, in whole pixels per metre."""
    vertical, horizontal = (round(value * _INCHES_PER_METRE) for value in pixels_per_inch)
    return _chunk(b"pHYs", struct.pack(">IIB", horizontal, vertical, 1))


def metadata_chunks(metadata: Metadata) -> list[bytes]:
    """Make the chunks of EXIF, XMP and IPTC; PNG has none for the last, so it goes where ImageMagick puts it."""
    chunks = []
    if metadata.exif:
        chunks.append(_chunk(b"eXIf", metadata.exif))
    if metadata.xmp:
        chunks.append(_chunk(b"iTXt", _XMP_KEYWORD + b"\0\0\0\0\0" + metadata.xmp))
    if metadata.iptc:
        digits = re.sub(rb"(.{72})", rb"\1\n", metadata.iptc.hex().encode())
        text = b"\niptc\n%8d\n" % len(metadata.iptc) + digits + b"\n"
        chunks.append(_chunk(b"zTXt", _IPTC_KEYWORD + b"\0\0" + zlib.compress(text, 9)))
    return chunks


def with_chunks(png: bytes, chunks: list[bytes]) -> bytes:
    """Insert chunks behind the header of an encoded PNG, in which none of their kind is yet."""
    return png[:_SIGNATURE_AND_HEADER] + b"".join(chunks) + png[_SIGNATURE_AND_HEADER:]


def read_metadata(parts: PngParts, name: str) -> tuple[Metadata, list[str]]:
    """Read EXIF, XMP and IPTC from a PNG file, wherever in it and in whichever way they stand; and notes.

    Parameters
    ----------
    parts : PngParts
    name : str
        What the file is called.
    """
    found: dict[str, bytes] = {}
    others, damaged = [], {kind.decode("latin-1") for kind in parts.damaged}
    for kind, content in parts.held:
        keyword, _, rest = content.partition(b"\0")
        if kind == b"eXIf":
            found["exif"] = content.removeprefix(_EXIF_MARK)
        elif kind not in _TEXTS:
            continue
        elif keyword == _XMP_KEYWORD or keyword.startswith(_RAW_KEYWORD):
            text = _text(kind, rest)
            block = None if text is None else text if keyword == _XMP_KEYWORD else _raw_profile(text)
            if not block:
                damaged.add(keyword.decode("latin-1"))
                continue
            held = "xmp" if keyword == _XMP_KEYWORD else _raw_kind(keyword.removeprefix(_RAW_KEYWORD), block)
            found.setdefault(held, _unmarked(held, block))
        else:
            others.append(keyword.decode("latin-1"))
    notes = []
    if damaged:
        told = ", ".join(sorted(damaged))[:80]
        notes.append(f"Parts of {name} beside its pixels are damaged ({told}) and were left out; the pixels are whole.")
    words = sorted({word for word in others if not word.lower().startswith(_OWN_WORDS)})
    if words:
        notes.append(f"{name} holds texts beside EXIF, IPTC and XMP ({', '.join(words)[:80]}); they are left out.")
    notes += _others_note(parts, name)
    if "icc" in found and b"iCCP" not in parts.contents(b"iCCP"):
        notes.append(f"{name} holds a colour profile as a text of ImageMagick's, which is left out.")
    return Metadata(found.get("exif") or None, found.get("iptc") or None, found.get("xmp") or None), notes


def _others_note(parts: PngParts, name: str) -> list[str]:
    kinds = {kind for kind, _ in parts.held}
    notes = [CREDENTIALS_NOTE.format(name=name)] if b"caBX" in kinds else []
    told = sorted(kind.decode("latin-1") for kind in kinds - _KNOWN if kind[0] & 0x20)
    if told:
        notes.append(f"{name} holds parts that have no place here ({', '.join(told)[:80]}); they are left out.")
    return notes


def read_profile(parts: PngParts, name: str) -> tuple[bytes | None, list[str]]:
    """Return the ICC profile that a PNG holds, and notes."""
    content = parts.contents(b"iCCP").get(b"iCCP")
    if content is None:
        return None, []
    packed = content.partition(b"\0")[2][1:]
    profile = _inflated(packed)
    if not profile:
        return None, [f"The colour profile of {name} is damaged and was left out; the picture is taken for sRGB."]
    return profile, []


def png_ppi(parts: PngParts) -> tuple[float, float] | None:
    """Vertical and horizontal pixels per inch that a PNG tells."""
    content = parts.contents(b"pHYs").get(b"pHYs")
    if content is None:
        return None
    horizontal, vertical, unit = struct.unpack(">IIB", content)
    if unit != _METRE or not horizontal or not vertical:
        return None
    values = vertical / _INCHES_PER_METRE, horizontal / _INCHES_PER_METRE
    # It tells whole pixels per metre, which hit no whole number of pixels per inch.
    down, across = (round(value) if abs(value - round(value)) < _PPI_STEP else value for value in values)
    return (down, across) if down > 0 and across > 0 else values


def read_coded_profile(parts: PngParts, *, is_gray: bool) -> tuple[bytes | None, list[str]]:
    """Return the profile that a PNG without an ICC profile tells of by numbers, where it is not sRGB; and notes."""
    held = parts.contents(*_COLOURS)
    if is_gray and b"cICP" not in held and b"sRGB" not in held and b"gAMA" in held:
        gamma = struct.unpack(">I", held[b"gAMA"])[0]
        return (None, []) if _is_usual(gamma) else (profiles.gray_profile_of(100_000 / gamma), [])
    if b"cICP" in held and not is_gray:
        return profiles.coded_profile(held[b"cICP"][0], held[b"cICP"][1])
    if is_gray or b"sRGB" in held or b"gAMA" not in held:
        return None, []
    gamma = struct.unpack(">I", held[b"gAMA"])[0]
    corners = struct.unpack(">8I", held[b"cHRM"]) if b"cHRM" in held else _SRGB_CHROMATICITIES
    is_srgb = max(abs(a - b) for a, b in zip(corners, _SRGB_CHROMATICITIES, strict=True)) <= _CHROMATICITY_STEP
    if is_srgb and _is_usual(gamma):
        return None, []
    x_y = [value / 100_000 for value in corners]
    primaries = (*x_y[2:4], 1.0, *x_y[4:6], 1.0, *x_y[6:8], 1.0)
    return profiles.described_profile("RGB of a PNG", tuple(x_y[:2]), primaries, 100_000 / gamma), []


def _is_usual(gamma: int) -> bool:
    """Tell whether a gamma is sRGB's, or none that makes sense."""
    return abs(gamma - _SRGB_GAMMA) <= _GAMMA_STEP or not 10_000 <= gamma <= 1_000_000


def _raw_kind(name: bytes, block: bytes) -> str:
    """Say which kind of metadata one of ImageMagick's raw profiles is."""
    if name in (b"iptc", b"8bim"):
        return "iptc"
    if name == b"xmp" or block.startswith(_XMP_MARK):
        return "xmp"
    return {b"exif": "exif", b"APP1": "exif", b"icc": "icc", b"icm": "icc"}.get(name, name.decode("latin-1"))


def _unmarked(kind: str, block: bytes) -> bytes:
    """Take the mark off metadata that a JPEG's segment put before them."""
    block = block.removeprefix(_EXIF_MARK).removeprefix(_XMP_MARK)
    records = block.removeprefix(PHOTOSHOP_MARK)
    if kind == "iptc":
        return (from_resources(records) if records[:4] == b"8BIM" else records) or b""
    return block


def _text(kind: bytes, rest: bytes) -> bytes | None:
    """Take the text out of a chunk; None if it is damaged."""
    if kind == b"tEXt":
        return rest
    return _inflated(rest[1:]) if kind == b"zTXt" else _international_text(rest)


def _international_text(rest: bytes) -> bytes | None:
    """Take the text out of an iTXt chunk: flag, method, language, translated keyword, text."""
    is_packed, text = rest[:1] == b"\x01", rest[2:].split(b"\0", 2)[-1]
    return _inflated(text) if is_packed else text


def _inflated(content: bytes) -> bytes | None:
    try:
        return zlib.decompressobj().decompress(content, MAX_CHUNK_BYTES)
    except zlib.error:
        return None


def _raw_profile(text: bytes) -> bytes:
    """Read ImageMagick's way to write bytes: lines of a name, their number, and digits; nothing if it is damaged."""
    try:
        return bytes.fromhex("".join(text.decode("ascii").strip().split("\n")[2:]))
    except ValueError:
        return b""


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
