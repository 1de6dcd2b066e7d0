"""The chunks of a WebP file (RIFF), its pixels and what is beside them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_KNOWN = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP", b"EXIF", b"XMP ")
CREDENTIALS = "C2PA"
_MAX_CHUNKS = 5000


def unknown_chunks(path: Path) -> list[str]:
    """Return the kinds of the chunks that the format's description does not name."""
    kinds: dict[bytes, None] = {}
    with path.open("rb") as file:
        file.seek(12)
        for _ in range(_MAX_CHUNKS):
            head = file.read(8)
            if len(head) < 8:
                break
            kind, size = struct.unpack("<4sI", head)
            kinds[kind] = None
            file.seek(size + size % 2, 1)
    return [kind.decode("latin-1") for kind in kinds if kind not in _KNOWN and kind.isalnum()]
