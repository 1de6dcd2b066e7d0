"""What a HEIF or AVIF file holds beside its picture, by the boxes of its header (ISO/IEC 14496-12 and 23008-12)."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_BOXES = 2000
# Boxes that hold others, with the bytes before the first of them.
_HOLDERS = {b"meta": 4, b"iprp": 0, b"ipco": 0, b"moov": 0, b"trak": 0}
_AUXILIARY = (
    (re.compile(rb"hdrgainmap|hdr-gain-map|21496"), "a gain map for high dynamic range"),
    (re.compile(rb"depth"), "a depth map"),
    (re.compile(rb"matte|semantic"), "mattes of its parts"),
)
_ALPHA = re.compile(rb"alpha|auxid:1$")
_CREDENTIALS = b"\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81"


def what_else(content: bytes) -> list[str]:
    """Name what stands beside the picture in a file, or in its beginning."""
    found: dict[str, None] = {}
    for kind, held in _boxes(content, 0, len(content)):
        said = _said(kind, held)
        if said is not None:
            found[said] = None
    return list(found)


def has_box(content: bytes, wanted: bytes) -> bool:
    """Tell whether there is a box of a kind."""
    return any(kind == wanted for kind, _ in _boxes(content, 0, len(content)))


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


def _boxes(content: bytes, start: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """Go through the boxes and those inside; what is damaged ends them."""
    waiting, count = [(start, end)], 0
    while waiting:
        at, end = waiting.pop()
        while at + 8 <= end and count < _MAX_BOXES:
            count += 1
            size, kind = struct.unpack_from(">I4s", content, at)
            head = 8
            if size == 1 and at + 16 <= end:
                size, head = struct.unpack_from(">Q", content, at + 8)[0], 16
            size = end - at if size == 0 else size
            if size < head:
                break
            stop = min(at + size, end)
            yield kind, content[at + head : min(stop, at + head + 4096)]
            if kind in _HOLDERS:
                waiting.append((at + head + _HOLDERS[kind], stop))
            elif kind == b"iinf":
                # Version 0 counts its entries in 16 bits.
                waiting.append((at + head + (6 if content[at + head : at + head + 1] == b"\0" else 8), stop))
            elif kind == b"iref":
                waiting.append((at + head + 4, stop))
            at += size
