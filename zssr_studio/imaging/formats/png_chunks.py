"""The chunks of PNG files that 16-bit encoders leave out: profile, resolution, metadata (PNG, 3rd edition)."""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING

from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.metadata.blocks import Metadata
from zssr_studio.imaging.metadata.iptc import PHOTOSHOP_MARK, from_resources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
# No picture needs more beside its pixels; a file that has them is made to take time.
MAX_CHUNKS = 5000
MAX_CHUNK_BYTES = 16_000_000


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


def read_metadata(path: Path) -> tuple[Metadata, list[str]]:
    """Read EXIF, XMP and IPTC from a PNG file, wherever in it and in whichever way they stand; and notes."""
    found: dict[str, bytes] = {}
    others = []
    for kind, content in _chunks_of(path, (b"eXIf", *_TEXTS)):
        keyword, _, rest = content.partition(b"\0")
        if kind == b"eXIf":
            found["exif"] = content
        elif keyword == _XMP_KEYWORD:
            found["xmp"] = _text(kind, rest)
        elif keyword.startswith(_RAW_KEYWORD):
            name, block = _raw_block(keyword.removeprefix(_RAW_KEYWORD), _raw_profile(_text(kind, rest)))
            found.setdefault(name, block)
        else:
            others.append(keyword.decode("latin-1"))
    told = sorted({word for word in others if not word.lower().startswith(_OWN_WORDS)})
    notes = []
    if told:
        notes.append(f"{path.name} holds texts beside EXIF, IPTC and XMP ({', '.join(told)[:80]}); they are left out.")
    return Metadata(found.get("exif") or None, found.get("iptc") or None, found.get("xmp") or None), notes


def read_coded_profile(path: Path, *, is_gray: bool) -> tuple[bytes | None, list[str]]:
    """Return the profile that a PNG without an ICC profile tells of by numbers, where it is not sRGB; and notes."""
    held = dict(_chunks_of(path, _COLOURS))
    if is_gray and b"cICP" not in held and b"sRGB" not in held and len(held.get(b"gAMA", b"")) == 4:
        gamma = struct.unpack(">I", held[b"gAMA"])[0]
        return (None, []) if _is_usual(gamma) else (profiles.gray_profile_of(100_000 / gamma), [])
    if len(held.get(b"cICP", b"")) == 4 and not is_gray:
        return profiles.coded_profile(held[b"cICP"][0], held[b"cICP"][1])
    if is_gray or b"sRGB" in held or len(held.get(b"gAMA", b"")) != 4:
        return None, []
    gamma = struct.unpack(">I", held[b"gAMA"])[0]
    corners = _SRGB_CHROMATICITIES
    if len(held.get(b"cHRM", b"")) == 32:
        corners = struct.unpack(">8I", held[b"cHRM"])
    is_srgb = max(abs(a - b) for a, b in zip(corners, _SRGB_CHROMATICITIES, strict=True)) <= _CHROMATICITY_STEP
    if is_srgb and _is_usual(gamma):
        return None, []
    x_y = [value / 100_000 for value in corners]
    primaries = (*x_y[2:4], 1.0, *x_y[4:6], 1.0, *x_y[6:8], 1.0)
    return profiles.described_profile("RGB of a PNG", tuple(x_y[:2]), primaries, 100_000 / gamma), []


def check_chunks(path: Path) -> None:
    """Refuse a PNG of more chunks than any picture has, before they are read one by one.

    Raises
    ------
    ValueError
    """
    for _ in _chunks_of(path, ()):
        pass


def _is_usual(gamma: int) -> bool:
    """Tell whether a gamma is sRGB's, or none that makes sense."""
    return abs(gamma - _SRGB_GAMMA) <= _GAMMA_STEP or not 10_000 <= gamma <= 1_000_000


def _raw_block(name: bytes, block: bytes) -> tuple[str, bytes]:
    """Say which kind of metadata one of ImageMagick's raw profiles is, and take its mark off."""
    if name == b"iptc":
        records = block.removeprefix(PHOTOSHOP_MARK)
        return "iptc", (from_resources(records) if records[:4] == b"8BIM" else records) or b""
    if name == b"xmp" or block.startswith(_XMP_MARK):
        return "xmp", block.removeprefix(_XMP_MARK)
    if name in (b"exif", b"APP1"):
        return "exif", block.removeprefix(_EXIF_MARK)
    return name.decode("latin-1"), b""


def _chunks_of(path: Path, kinds: tuple[bytes, ...]) -> Iterator[tuple[bytes, bytes]]:
    """Go through the chunks of some kinds; those of pixels are stepped over.

    Raises
    ------
    ValueError
        If there are more chunks than any picture has.
    """
    count = 0
    with path.open("rb") as file:
        file.seek(8)
        while len(head := file.read(8)) == 8:
            size, kind = struct.unpack(">I4s", head)
            count += kind not in (b"IDAT", b"fdAT", b"fcTL")
            if count > MAX_CHUNKS:
                raise ValueError(f"it holds more than {MAX_CHUNKS} chunks beside its pixels")
            if kind in kinds and size <= MAX_CHUNK_BYTES:
                yield kind, file.read(size)
                file.seek(4, 1)
            else:
                file.seek(size + 4, 1)


def _text(kind: bytes, rest: bytes) -> bytes:
    if kind == b"tEXt":
        return rest
    return _inflated(rest[1:]) if kind == b"zTXt" else _international_text(rest)


def _international_text(rest: bytes) -> bytes:
    """Take the text out of an iTXt chunk: flag, method, language, translated keyword, text."""
    is_packed, text = rest[:1] == b"\x01", rest[2:].split(b"\0", 2)[-1]
    return _inflated(text) if is_packed else text


def _inflated(content: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, MAX_CHUNK_BYTES)
    except zlib.error:
        return b""


def _raw_profile(text: bytes) -> bytes:
    """Read ImageMagick's way to write bytes: lines of a name, their number, and digits."""
    try:
        return bytes.fromhex("".join(text.decode("ascii").strip().split("\n")[2:]))
    except ValueError:
        return b""


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
