"""The chunks of a PNG file (PNG, 3rd edition), those of pixels stepped over, and a file without the damaged ones."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# No picture needs more beside its pixels; a file that has them is made to take time.
MAX_CHUNKS = 5000
MAX_CHUNK_BYTES = 16_000_000
# Unpacked, of all of them together; less than at which decoders give up.
MAX_UNPACKED_BYTES = 2 * MAX_CHUNK_BYTES
_PIXELS = (b"IDAT", b"fdAT", b"fcTL")
_END = b"\0\0\0\0IEND\xaeB`\x82"
_LENGTHS = {b"pHYs": 9, b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"cICP": 4, b"tIME": 7, b"oFFs": 9, b"acTL": 8}
# How long a transparent colour is, by the kind of colours in the header: gray and RGB.
_TRANSPARENT = {0: 2, 2: 6}


@dataclass(frozen=True, slots=True)
class PngParts:
    """The chunks of a PNG beside its pixels.

    Parameters
    ----------
    held : tuple of (bytes, bytes)
        Kind and content of each that is sound.
    damaged : tuple of bytes
        Kinds of those that pixels can do without and whose content is damaged.
    gaps : tuple of (int, int)
        Where the damaged ones begin and end in the file.
    end : int
        Where the last whole chunk ends.
    is_ended : bool
        Whether the mark at the end is there.
    """

    held: tuple[tuple[bytes, bytes], ...]
    damaged: tuple[bytes, ...]
    gaps: tuple[tuple[int, int], ...]
    end: int
    is_ended: bool

    def contents(self, *kinds: bytes) -> dict[bytes, bytes]:
        """Return the content of the last chunk of each of some kinds."""
        return {kind: content for kind, content in self.held if kind in kinds}

    @property
    def is_sound(self) -> bool:
        """Whether decoders take the file as it is."""
        return self.is_ended and not self.damaged


def png_parts(path: Path) -> PngParts:
    """Read the chunks beside the pixels.

    Raises
    ------
    ValueError
        If there are more than any picture has.
    """
    held: list[tuple[bytes, bytes]] = []
    damaged: list[bytes] = []
    gaps: list[tuple[int, int]] = []
    header, end, count, unpacked = b"", len(SIGNATURE), 0, 0
    with path.open("rb") as file:
        length = file.seek(0, 2)
        file.seek(end)
        while len(head := file.read(8)) == 8:
            size, kind = struct.unpack(">I4s", head)
            count += kind not in _PIXELS
            if count > MAX_CHUNKS:
                raise ValueError(f"it holds more than {MAX_CHUNKS} chunks beside its pixels")
            start, end_of_this = end, end + 12 + size
            if end_of_this > length or not kind.isalpha():
                return PngParts(tuple(held), tuple(damaged), tuple(gaps), end, False)
            end = end_of_this
            if kind == b"IEND":
                return PngParts(tuple(held), tuple(damaged), tuple(gaps), end, True)
            if kind in _PIXELS:
                file.seek(end)
                continue
            content = file.read(size) if size <= MAX_CHUNK_BYTES else b""
            file.seek(end - 4)
            more = _unpacked_bytes(kind, content)
            if _is_sound(kind, content, size, file.read(4), header) and unpacked + more <= MAX_UNPACKED_BYTES:
                unpacked += more
                held.append((kind, content))
                header = content if kind == b"IHDR" else header
            elif kind[0] & 0x20:
                damaged.append(kind)
                gaps.append((start, end))
    return PngParts(tuple(held), tuple(damaged), tuple(gaps), end, False)


def mended(content: bytes, parts: PngParts) -> bytes:
    """Return a file without its damaged chunks and with a mark at its end."""
    kept, at = [], 0
    for start, end in parts.gaps:
        kept.append(content[at:start])
        at = end
    kept.append(content[at : parts.end])
    # What breaks off in the middle of a chunk goes on to the decoder, which knows whether pixels are missing.
    rest = b"" if parts.is_ended else content[parts.end :] or _END
    return b"".join(kept) + rest


def _is_sound(kind: bytes, content: bytes, size: int, told: bytes, header: bytes) -> bool:
    if len(content) != size or zlib.crc32(content, zlib.crc32(kind)).to_bytes(4, "big") != told:
        return False
    wanted = _LENGTHS.get(kind)
    if kind == b"tRNS" and len(header) > 9:
        wanted = _TRANSPARENT.get(header[9])
    return wanted is None or size == wanted


def _unpacked_bytes(kind: bytes, content: bytes) -> int:
    """Return how many bytes a packed profile or text has; more than are allowed at all if it is longer than one may be.

    What cannot be unpacked is none of them: whoever reads it will say so.
    """
    rest = content.partition(b"\0")[2]
    if kind == b"iTXt" and rest[:1] == b"\x01":
        packed = rest[2:].split(b"\0", 2)[-1]
    elif kind in (b"iCCP", b"zTXt"):
        packed = rest[1:]
    else:
        return len(content)
    try:
        size = len(zlib.decompressobj().decompress(packed, MAX_CHUNK_BYTES + 1))
    except zlib.error:
        return 0
    return size if size <= MAX_CHUNK_BYTES else MAX_UNPACKED_BYTES + 1
