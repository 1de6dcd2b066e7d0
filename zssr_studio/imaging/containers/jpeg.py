"""The segments of a JPEG file (ITU-T T.81, annex B), and whether its scans hold the whole picture."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

EOI, SOS = 0xD9, 0xDA
APP0, APP1, APP2, APP11, APP13, APP14, COM = 0xE0, 0xE1, 0xE2, 0xEB, 0xED, 0xEE, 0xFE
END_MARK = b"\xff\xd9"
_STANDALONE = {0x01, *range(0xD0, 0xD9)}
_FRAMES = {*range(0xC0, 0xD0), 0xF7} - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = {0xC2, 0xCA}
# Behind the data of a scan: no stuffed zero, no restart and no fill.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a frame header (SOF) tells: its marker, bits per sample, size, and the numbers of its components."""

    marker: int
    bits: int
    height: int
    width: int
    components: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan header (SOS) tells: components, first and last coefficient, and the bit that it ends at."""

    components: tuple[int, ...]
    first: int
    last: int
    low_bit: int


@dataclass(frozen=True, slots=True)
class JpegParts:
    """The first picture of a JPEG file.

    Parameters
    ----------
    segments : tuple of (int, bytes)
        Marker and content of each APPn and comment.
    frame : Frame or None
    scans : tuple of Scan
    end : int or None
        Where the first byte behind the picture is; None if its end mark is missing.
    """

    segments: tuple[tuple[int, bytes], ...]
    frame: Frame | None
    scans: tuple[Scan, ...]
    end: int | None

    def contents(self, marker: int, mark: bytes) -> list[bytes]:
        """Return what follows a mark in each segment of a kind that begins with it."""
        return [content[len(mark) :] for kind, content in self.segments if kind == marker and content.startswith(mark)]

    @property
    def has_all_scans(self) -> bool:
        """Whether the scans name every component, and every coefficient of it to its last bit."""
        if self.frame is None:
            return False
        if self.frame.marker not in _PROGRESSIVE:
            return {one for scan in self.scans for one in scan.components} >= set(self.frame.components)
        done = {
            (component, index)
            for scan in self.scans
            if scan.low_bit == 0
            for component in scan.components
            for index in range(scan.first, scan.last + 1)
        }
        return all((component, index) in done for component in self.frame.components for index in range(64))


def jpeg_parts(content: bytes) -> JpegParts:
    """Go through the first picture of a JPEG file; what is damaged ends it."""
    segments: list[tuple[int, bytes]] = []
    scans: list[Scan] = []
    frame, at = None, 2
    while at + 2 <= len(content):
        if content[at] != 0xFF:
            found = _NEXT_MARKER.search(content, at)
            if found is None:
                break
            at = found.start()
        marker = content[at + 1]
        if marker == 0xFF or marker in _STANDALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == EOI:
            return JpegParts(tuple(segments), frame, tuple(scans), at + 2)
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        held = content[at + 4 : at + 2 + size]
        if size < 2 or len(held) != size - 2:
            break
        at += 2 + size
        if APP0 <= marker <= 0xEF or marker == COM:
            segments.append((marker, held))
        elif marker in _FRAMES and frame is None:
            frame = _frame(marker, held)
        elif marker == SOS:
            scans += _scan(held)
            found = _NEXT_MARKER.search(content, at)
            if found is None:
                break
            at = found.start()
    return JpegParts(tuple(segments), frame, tuple(scans), None)


def _frame(marker: int, held: bytes) -> Frame | None:
    if len(held) < 6 or len(held) < 6 + 3 * held[5]:
        return None
    bits, height, width, count = struct.unpack_from(">BHHB", held)
    return Frame(marker, bits, height, width, tuple(held[6 + 3 * index] for index in range(count)))


def _scan(held: bytes) -> list[Scan]:
    count = held[0] if held else 0
    if len(held) < 4 + 2 * count:
        return []
    components = tuple(held[1 + 2 * index] for index in range(count))
    first, last, bits = held[1 + 2 * count : 4 + 2 * count]
    return [Scan(components, first, min(last, 63), bits & 15)]


def joined_profile(parts: list[bytes]) -> bytes | None:
    """Put an ICC profile together from numbered pieces that also tell their count; None if some are missing."""
    numbered = sorted((part[0], part[1], part[2:]) for part in parts if len(part) > 2)
    if not numbered or [number for number, _, _ in numbered] != list(range(1, numbered[0][1] + 1)):
        return None
    return b"".join(piece for _, _, piece in numbered)


def picture_count(index: bytes) -> int:
    """Return how many pictures the index of a multi-picture file (CIPA DC-007) tells of, its own with them."""
    order = {b"II": "<", b"MM": ">"}.get(index[:2])
    if order is None or len(index) < 10:
        return 1
    at = struct.unpack_from(f"{order}I", index, 4)[0]
    if at + 2 > len(index):
        return 1
    count = struct.unpack_from(f"{order}H", index, at)[0]
    for row in range(count):
        held = index[at + 2 + 12 * row : at + 14 + 12 * row]
        if len(held) == 12 and struct.unpack_from(f"{order}H", held)[0] == _PICTURE_COUNT:
            return max(1, int(struct.unpack_from(f"{order}I", held, 8)[0]))
    return 1


_PICTURE_COUNT = 0xB001
