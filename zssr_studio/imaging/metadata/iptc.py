"""IPTC-IIM records, alone and inside Photoshop's image resources."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PHOTOSHOP_MARK = b"Photoshop 3.0\0"
_IPTC_RESOURCE, _RESOLUTION_RESOURCE = 0x0404, 0x03ED
_SIGNATURES = (b"8BIM", b"MeSa", b"AgHg", b"PHUT", b"DCSR")
# IPTC and its digest, the resolution, thumbnails, profile, EXIF and XMP; and how it was to be printed.
_STAND_ELSEWHERE = {
    *(0x0404, 0x0425, 0x03ED, 0x0409, 0x040C, 0x040F, 0x0422, 0x0423, 0x0424, 0x03F3, 0x2710, 0x043A, 0x043B),
    # Rulers, screens, the view, and versions: each file of Photoshop's has them, and none speaks of the picture.
    *(0x03E9, 0x03EA, 0x03EB, 0x03F1, 0x03F5, 0x03F8, 0x0406, 0x040D, 0x0411, 0x0414, 0x0419, 0x041A, 0x041E, 0x0421),
    *(0x0426, 0x0428, 0x0400, 0x0402, 0x0408, 0x0410, 0x0416, 0x042D, 0x0430, 0x0434, 0x0443, 0x0445, 0x0446, 0x0447),
}
_PATHS = range(0x07D0, 0x0BB7)
_RESOURCES = {
    0x03EE: "names of channels",
    0x0415: "names of channels",
    0x03F0: "a caption",
    0x03FD: "the colour of a border",
    0x040A: "a copyright flag",
    0x040B: "an address of a page",
    0x0435: "a watermark",
    0x041D: "names of channels",
    0x0429: "compositions of layers",
    0x041B: "a duotone",
    0x041C: "effects of spot colours",
    0x0BB7: "the name of a clipping path",
    0x03EC: "an old description",
}
# Record 2: content location, city, sublocation, state, country.
_PLACE = {(2, dataset) for dataset in (26, 27, 90, 92, 95, 100, 101)}


def from_resources(resources: bytes) -> bytes | None:
    """Take the IPTC records out of Photoshop's image resources (8BIM blocks); None if there are none."""
    return next((content for number, content in _resources(resources) if number == _IPTC_RESOURCE), None)


def resources_note(resources: bytes, name: str) -> list[str]:
    """Say what of Photoshop's image resources has no place here; what stands elsewhere in a file too is passed over."""
    numbers = sorted({number for number, _ in _resources(resources)} - _STAND_ELSEWHERE)
    if not numbers:
        return []
    words = [_RESOURCES.get(number) or ("paths" if number in _PATHS else str(number)) for number in numbers]
    told = ", ".join(dict.fromkeys(sorted(words, key=str.isdigit)))[:120]
    return [f"{name} holds resources of Photoshop's beside IPTC ({told}); they are left out."]


def resolution_in_resources(resources: bytes) -> tuple[float, float] | None:
    """Vertical and horizontal pixels per inch that Photoshop's resources tell."""
    for number, content in _resources(resources):
        if number == _RESOLUTION_RESOURCE and len(content) >= 16:
            horizontal, vertical = struct.unpack_from(">I4xI", content)
            # 16 bits behind the point; the units that follow are those of the display only.
            return (vertical / 65536, horizontal / 65536) if vertical and horizontal else None
    return None


def _resources(resources: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of each resource; what is damaged ends them."""
    at = 0
    while resources[at : at + 4] in _SIGNATURES and at + 12 <= len(resources):
        number = struct.unpack_from(">H", resources, at + 4)[0]
        name = resources[at + 6] + 1
        at += 6 + name + name % 2
        if at + 4 > len(resources):
            return
        size = struct.unpack_from(">I", resources, at)[0]
        yield number, resources[at + 4 : at + 4 + size]
        at += 4 + size + size % 2


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
