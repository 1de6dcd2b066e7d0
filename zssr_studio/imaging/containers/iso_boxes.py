"""What a HEIF or AVIF file holds beside its picture, by the boxes of its header (ISO/IEC 14496-12 and 23008-12)."""

from __future__ import annotations

import re
import struct
from contextlib import suppress
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAX_BOXES = 2000
# Of a box that holds others so much is read, which is far more than those of thousands of tiles take; of any other one
# what tells of which kind it is.
_MOST_BYTES, _TOLD_BYTES = 4_000_000, 4096
# Boxes that hold others, with the bytes before the first of them.
_HOLDERS = {b"meta": 4, b"iprp": 0, b"ipco": 0, b"moov": 0, b"trak": 0}
_AUXILIARY = (
    (re.compile(rb"hdrgainmap|hdr-gain-map|21496"), "a gain map for high dynamic range"),
    (re.compile(rb"depth"), "a depth map"),
    (re.compile(rb"matte|semantic"), "mattes of its parts"),
)
_ALPHA = re.compile(rb"alpha|auxid:1$")
_CREDENTIALS = b"\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81"


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int]]:
    """Go through boxes that stand one after the other.

    Parameters
    ----------
    file : BinaryIO
        When a box is told, it stands where that box's content begins.
    start, end : int
        Of the first box and after the last, in bytes.

    Yields
    ------
    kind : bytes
        Four of them.
    content_bytes : int
        By its own word; a file that is cut short has fewer.

    Raises
    ------
    ValueError
        At a box that is shorter than its head.
    """
    at = start
    while at + 8 <= end:
        file.seek(at)
        size, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            size, head = int.from_bytes(file.read(8), "big"), 16
        size = end - at if size == 0 else size
        if size < head:
            raise ValueError("a box of no size")
        yield kind, size - head
        at += size


def outline(path: Path) -> bytes:
    """Read all boxes of a file, without the pixels and what else is long: motion photos have their video at the end."""
    read = b""
    with path.open("rb") as file, suppress(ValueError):  # what is damaged ends them
        for kind, content_bytes in islice(boxes(file, 0, file.seek(0, 2)), _MAX_BOXES):
            held = file.read(min(content_bytes, _MOST_BYTES if kind in _HOLDERS else _TOLD_BYTES))
            read += struct.pack(">I4s", 8 + len(held), kind) + held
    return read


def what_else(content: bytes) -> list[str]:
    """Name what stands beside the picture in a file, of which `outline` was read."""
    found: dict[str, None] = {}
    for kind, held in islice(_nested(content), _MAX_BOXES):
        said = _said(kind, held)
        if said is not None:
            found[said] = None
    return list(found)


def has_box(content: bytes, wanted: bytes) -> bool:
    """Tell whether there is a box of a kind."""
    return any(kind == wanted for kind, _ in islice(_nested(content), _MAX_BOXES))


def _said(kind: bytes, held: bytes) -> str | None:
    if kind == b"auxC":
        text = held[4:].split(b"\0")[0]
        if _ALPHA.search(text):
            return None
        return next((said for pattern, said in _AUXILIARY if pattern.search(text)), "an auxiliary picture")
    if kind == b"infe" and held[8:12] == b"tmap":
        return "a gain map for high dynamic range"
    if kind == b"uuid":
        return "content credentials (C2PA)" if held[:16] == _CREDENTIALS else "a box of its maker's"
    return {
        b"moov": "a sequence of pictures",
        b"jumb": "content credentials (C2PA)",
        b"clli": "the brightness of its brightest parts",
        b"mdcv": "the brightness of its screen",
        b"mpvd": "the video of a motion photo",
        b"thmb": "a thumbnail",
    }.get(kind)


def _nested(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Go through the boxes and those inside; what is damaged ends those it stands among."""
    file, waiting = BytesIO(content), [(0, len(content))]
    while waiting:
        start, end = waiting.pop()
        with suppress(ValueError):
            for kind, content_bytes in boxes(file, start, end):
                first = file.tell()
                stop = min(first + content_bytes, end)
                yield kind, content[first : min(stop, first + _TOLD_BYTES)]
                if kind in _HOLDERS:
                    waiting.append((first + _HOLDERS[kind], stop))
                elif kind == b"iinf":
                    # Version 0 counts its entries in 16 bits.
                    waiting.append((first + (6 if content[first : first + 1] == b"\0" else 8), stop))
                elif kind == b"iref":
                    waiting.append((first + 4, stop))
