"""The two chunks of a PNG file that no encoder for 16-bit pixels writes: profile and resolution (PNG, 3rd edition)."""

from __future__ import annotations

import struct
import zlib

_INCHES_PER_METRE = 1 / 0.0254
_SIGNATURE_AND_HEADER = 8 + 25


def icc_chunk(profile: bytes) -> bytes:
    """Make the iCCP chunk of a profile."""
    return _chunk(b"iCCP", b"ICC profile\x00\x00" + zlib.compress(profile, 9))


def resolution_chunk(pixels_per_inch: tuple[float, float]) -> bytes:
    """Make the pHYs chunk of a vertical and a horizontal resolution, in whole pixels per metre."""
    vertical, horizontal = (round(value * _INCHES_PER_METRE) for value in pixels_per_inch)
    return _chunk(b"pHYs", struct.pack(">IIB", horizontal, vertical, 1))


def with_chunks(png: bytes, chunks: list[bytes]) -> bytes:
    """Insert chunks behind the header of an encoded PNG, in which none of their kind is yet."""
    return png[:_SIGNATURE_AND_HEADER] + b"".join(chunks) + png[_SIGNATURE_AND_HEADER:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
