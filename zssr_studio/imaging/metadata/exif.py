"""Reads and writes the TIFF structure of EXIF with each value's bytes as they were, maker notes at the place they had.

Libraries for EXIF make values anew and move maker notes, whose inner offsets then point nowhere; hence this module.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from typing import BinaryIO

# Bytes of one value of each TIFF type, and the code of `struct` for those of one number.
TYPE_BYTES = {
    **{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8},
    129: 1,  # UTF-8, of EXIF 3.0
}
ASCII, SHORT, LONG, RATIONAL, UNDEFINED, IFD, IFD8, UTF8 = 2, 3, 4, 5, 7, 13, 18, 129
NUMBERS = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q", 17: "q", 18: "Q"}
EXIF_IFD, GPS_IFD, INTEROP_IFD = 34665, 34853, 40965
MAKER_NOTE, ORIENTATION = 37500, 274
CHILDREN = (EXIF_IFD, GPS_IFD, INTEROP_IFD)
MAX_ENTRIES, MAX_VALUE_BYTES = 1000, 16_000_000
# A maker note further behind stood in a large TIFF; so much nothing before it would fill a JPEG's segment and more.
MAX_NOTE_OFFSET = 30_000
_FAR = 2**40
Order = Literal["<", ">"]


class ExifError(ValueError):
    """The structure is damaged."""


@dataclass(slots=True)
class Entry:
    """One tag's value: its TIFF type, its bytes in the directory's byte order, and where in the block they stood."""

    kind: int
    content: bytes
    offset: int | None = None

    @property
    def count(self) -> int:
        """Number of values."""
        return len(self.content) // TYPE_BYTES[self.kind]


@dataclass(slots=True)
class Directory:
    """Tags of a directory (IFD), and the directories that some of them stand for.

    `damaged` holds the tags whose values lie outside the file, are of no known type or point into it, and which are
    missing here; `next_offset` is where another directory follows, which in a block of EXIF is the thumbnail's.
    """

    order: Order = "<"
    entries: dict[int, Entry] = field(default_factory=dict)
    children: dict[int, Directory] = field(default_factory=dict)
    damaged: list[int] = field(default_factory=list)
    next_offset: int = 0

    def set_numbers(self, tag: int, kind: int, *numbers: int) -> None:
        """Set a tag to whole numbers of type SHORT, LONG or RATIONAL (numerator, denominator)."""
        code = "H" if kind == SHORT else "I"
        self.entries[tag] = Entry(kind, struct.pack(f"{self.order}{len(numbers)}{code}", *numbers))

    def numbers(self, entry: Entry) -> list[float]:
        """All values of an entry of whole or floating-point numbers; none of any other type."""
        if entry.kind not in NUMBERS:
            return []
        told = struct.unpack(f"{self.order}{entry.count}{NUMBERS[entry.kind]}", entry.content)
        return [float(value) for value in told if math.isfinite(value)]

    def number(self, tag: int) -> float | None:
        """First value of a numeric tag, or None."""
        entry = self.entries.get(tag)
        if entry is None or not entry.content:
            return None
        if entry.kind in NUMBERS:
            told = float(struct.unpack_from(self.order + NUMBERS[entry.kind], entry.content)[0])
            return told if math.isfinite(told) else None
        if entry.kind in (5, 10):
            over, under = struct.unpack_from(f"{self.order}2{'I' if entry.kind == RATIONAL else 'i'}", entry.content)
            return over / under if under else None
        return None


def damage_note(name: str, damaged: list[int]) -> list[str]:
    """Say which tags of a file were left out, if any."""
    if not damaged:
        return []
    tags = ", ".join(map(str, sorted(set(damaged))))[:80]
    return [f"Some EXIF data of {name} are damaged (tags {tags}) and were left out; the others were kept."]


def orientation_of(block: bytes | None) -> int:
    """Return the orientation that a block tells, from 1 to 8; 1 where it tells none."""
    if block is None:
        return 1
    try:
        told = read_block(block).number(ORIENTATION)
    except ExifError:
        return 1  # told of where the metadata are settled
    return as_orientation(told)


def as_orientation(told: float | None) -> int:
    """Return an orientation from 1 to 8; 1 for what is none."""
    return int(told) if told is not None and told in range(1, 9) else 1


def read_block(block: bytes) -> Directory:
    """Read a whole EXIF block; a thumbnail's directory is left out.

    Raises
    ------
    ExifError
    """
    import io

    orders: dict[bytes, Order] = {b"II": "<", b"MM": ">"}
    order = orders.get(block[:2])
    if order is None or len(block) < 8:
        raise ExifError("it does not begin as EXIF does")
    return read_directory(io.BytesIO(block), order, struct.unpack_from(f"{order}I", block, 4)[0])


def read_directory(
    file: BinaryIO, order: Order, offset: int, *, big: bool = False, skip: frozenset[int] = frozenset()
) -> Directory:
    """Read a directory of a TIFF file or an EXIF block with its children; tags in `skip` are passed over.

    Raises
    ------
    ExifError
    """
    return _read(file, order, offset, big, skip, depth=0)


def _read(file: BinaryIO, order: Order, offset: int, big: bool, skip: frozenset[int], depth: int) -> Directory:
    head, form, inline = (8, "HHQ8s", 8) if big else (2, "HHI4s", 4)
    file.seek(offset)
    count = int.from_bytes(_exactly(file, head), "little" if order == "<" else "big")
    if count > MAX_ENTRIES:
        raise ExifError(f"a directory of {count} tags")
    rows = list(struct.iter_unpack(order + form, _exactly(file, count * struct.calcsize(order + form))))
    made = Directory(order)
    made.next_offset = int.from_bytes(file.read(inline), "little" if order == "<" else "big")
    for tag, kind, number, held in rows:
        if tag in skip or number == 0:
            continue
        size = TYPE_BYTES.get(kind, 0) * number
        if not 0 < size <= MAX_VALUE_BYTES:
            made.damaged.append(tag)
            continue
        place = None
        content = held[:size]
        if size > inline:
            place = struct.unpack(order + ("Q" if big else "I"), held)[0]
            file.seek(min(place, _FAR))
            content = file.read(size)
        is_pointer = tag in CHILDREN and kind in (LONG, IFD, 16, IFD8) and depth < 2
        if len(content) != size or (kind in (IFD, IFD8) and not is_pointer):
            # A directory of a tag that is not known here would be somewhere else in the new file.
            made.damaged.append(tag)
        elif is_pointer:
            start = struct.unpack_from(order + ("Q" if size == 8 else "I"), content)[0]
            _add_child(made, tag, file, min(start, _FAR), big, depth + 1)
        else:
            made.entries[tag] = Entry(kind, content, place)
    return made


def _add_child(made: Directory, tag: int, file: BinaryIO, start: int, big: bool, depth: int) -> None:
    try:
        child = _read(file, made.order, start, big, frozenset(), depth)
    except ExifError:
        made.damaged.append(tag)
    else:
        made.children[tag] = child
        made.damaged += child.damaged


def tags_of(file: BinaryIO, order: Order, offset: int, *, big: bool = False) -> set[int]:
    """Return the tags of a directory, whatever their values."""
    return set(value_places(file, order, offset, big=big))


def value_places(file: BinaryIO, order: Order, offset: int, *, big: bool = False) -> dict[int, int]:
    """Return where in a file the value field of each tag of a directory stands."""
    head, row, field_at = (8, 20, 12) if big else (2, 12, 8)
    file.seek(offset)
    count = int.from_bytes(_exactly(file, head), "little" if order == "<" else "big")
    rows = _exactly(file, row * count)
    start = offset + head
    return {
        struct.unpack_from(order + "H", rows, row * index)[0]: start + row * index + field_at for index in range(count)
    }


def write_block(directory: Directory) -> bytes:
    """Make an EXIF block in the directory's byte order, a maker note at the place it had."""
    note = _maker_note(directory)
    start = 8
    gap = b""
    if note is not None and (note.offset is None or not 8 <= note.offset <= MAX_NOTE_OFFSET):
        note = None
    if note is not None and note.offset is not None:
        gap = bytes(note.offset - 8) + note.content
        start = 8 + len(gap) + len(gap) % 2
    body, first = write_directory(directory, start, placed=note)
    mark = b"II*\0" if directory.order == "<" else b"MM\0*"
    return mark + struct.pack(f"{directory.order}I", first) + gap.ljust(start - 8, b"\0") + body


def write_directory(
    directory: Directory, start: int, *, big: bool = False, placed: Entry | None = None
) -> tuple[bytes, int]:
    """Lay a directory and its children out from an offset on: the bytes, and the offset of the directory itself.

    An entry that is `placed` already keeps its offset.
    """
    order, inline = directory.order, 8 if big else 4
    body = bytearray()
    pointers: dict[int, int] = {}
    for tag, child in directory.children.items():
        part, pointers[tag] = write_directory(child, start + len(body), big=big, placed=placed)
        body += part
    rows = []
    for tag in sorted({*directory.entries, *pointers}):
        if tag in pointers:
            kind, number, held = (
                (IFD8, 1, struct.pack(order + "Q", pointers[tag]))
                if big
                else (LONG, 1, struct.pack(order + "I", pointers[tag]))
            )
        else:
            entry = directory.entries[tag]
            kind, number, held = entry.kind, entry.count, entry.content
            if len(held) > inline:
                there = entry is placed
                place = entry.offset if there else start + len(body)
                held = struct.pack(order + ("Q" if big else "I"), place)
                if not there:
                    body += entry.content + bytes(len(entry.content) % 2)
        rows.append(struct.pack(order + ("HHQ8s" if big else "HHI4s"), tag, kind, number, held))
    first = start + len(body)
    body += struct.pack(order + ("Q" if big else "H"), len(rows)) + b"".join(rows) + bytes(8 if big else 4)
    return bytes(body), first


def _maker_note(directory: Directory) -> Entry | None:
    child = directory.children.get(EXIF_IFD)
    return None if child is None else child.entries.get(MAKER_NOTE)


def _exactly(file: BinaryIO, size: int) -> bytes:
    content = file.read(size)
    if len(content) != size:
        raise ExifError("it ends too early")
    return content
