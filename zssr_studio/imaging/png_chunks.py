"""The chunks of PNG files that 16-bit encoders leave out: profile, resolution, metadata (PNG, 3rd edition)."""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING

from zssr_studio.imaging.iptc import PHOTOSHOP_MARK, from_resources
from zssr_studio.imaging.metadata import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_INCHES_PER_METRE = 1 / 0.0254
_SIGNATURE_AND_HEADER = 8 + 25
_XMP_KEYWORD, _IPTC_KEYWORD = b"XML:com.adobe.xmp", b"Raw profile type iptc"
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


def read_metadata(path: Path) -> Metadata:
    """Read EXIF, XMP and IPTC from a PNG file, wherever in it they stand."""
    found: dict[str, bytes] = {}
    for kind, content in _text_chunks(path):
        keyword, _, rest = content.partition(b"\0")
        if kind == b"eXIf":
            found["exif"] = content
        elif kind == b"iTXt" and keyword == _XMP_KEYWORD:
            found["xmp"] = _international_text(rest)
        elif keyword == _IPTC_KEYWORD:
            records = _raw_profile(_text(kind, rest)).removeprefix(PHOTOSHOP_MARK)
            found["iptc"] = (from_resources(records) if records[:4] == b"8BIM" else records) or b""
    return Metadata(found.get("exif") or None, found.get("iptc") or None, found.get("xmp") or None)


def _text_chunks(path: Path) -> Iterator[tuple[bytes, bytes]]:
    with path.open("rb") as file:
        file.seek(8)
        while len(head := file.read(8)) == 8:
            size, kind = struct.unpack(">I4s", head)
            if kind in (b"eXIf", b"iTXt", b"zTXt", b"tEXt") and size <= MAX_CHUNK_BYTES:
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
