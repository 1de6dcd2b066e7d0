"""IPTC-IIM records, alone and inside Photoshop's image resources."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PHOTOSHOP_MARK = b"Photoshop 3.0\0"
_IPTC_RESOURCE = 0x0404
# Record 2: content location, city, sublocation, state, country.
_PLACE = {(2, dataset) for dataset in (26, 27, 90, 92, 95, 100, 101)}


def from_resources(resources: bytes) -> bytes | None:
    """Take the IPTC records out of Photoshop's image resources (8BIM blocks); None if there are none."""
    at = 0
    while resources[at : at + 4] == b"8BIM" and at + 12 <= len(resources):
        number = struct.unpack_from(">H", resources, at + 4)[0]
        name = resources[at + 6] + 1
        at += 6 + name + name % 2
        if at + 4 > len(resources):
            break
        size = struct.unpack_from(">I", resources, at)[0]
        if number == _IPTC_RESOURCE:
            return resources[at + 4 : at + 4 + size]
        at += 4 + size + size % 2
    return None


def to_resources(records: bytes) -> bytes:
    """Put IPTC records into Photoshop's image resources."""
    head = b"8BIM" + struct.pack(">HBBI", _IPTC_RESOURCE, 0, 0, len(records))
    return head + records + bytes(len(records) % 2)


def without_place(records: bytes) -> bytes:
    """Leave out what tells where a picture was taken."""
    return b"".join(content for key, content, _ in _datasets(records) if key not in _PLACE)


def values(records: bytes) -> list[tuple[tuple[int, int], bytes]]:
    """List the record and dataset numbers with their values."""
    return [(key, content[start:]) for key, content, start in _datasets(records)]


def _datasets(records: bytes) -> Iterator[tuple[tuple[int, int], bytes, int]]:
    """Record and dataset number, the bytes, and where in them the value begins, of each; what is damaged ends them."""
    at = 0
    while at + 5 <= len(records) and records[at] == 0x1C:
        record, dataset, size = struct.unpack_from(">BBH", records, at + 1)
        start = at + 5
        if size & 0x8000:
            # An extended dataset: the low bits say how many bytes tell its size.
            digits = size & 0x7FFF
            size = int.from_bytes(records[start : start + digits], "big")
            start += digits
        if start + size > len(records):
            return
        yield (record, dataset), records[at : start + size], start - at
        at = start + size
