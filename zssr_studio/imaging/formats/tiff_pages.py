"""Which of a TIFF file's directories hold its pictures, and which smaller copies of them (TIFF 6.0, supplement 1)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

_NEW_KIND, _OLD_KIND, _WIDTH, _LENGTH, _SUB_DIRECTORIES = 254, 255, 256, 257, 330
_REDUCED, _MASK, _OLD_REDUCED = 1, 4, 2
# Types of whole numbers, and of places of directories: SHORT, LONG, IFD, LONG8, IFD8.
_CODES = {3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
_MAX_ENTRIES, _MAX_DIRECTORIES, _MAX_SUB_DIRECTORIES = 4096, 200_000, 256


@dataclass(slots=True)
class Leaf:
    """A directory: where it stands, what kind it is, its size, and those below it (SubIFDs)."""

    offset: int
    kind: int = 0
    old_kind: int = 0
    height: int = 0
    width: int = 0
    below: list[Leaf] = field(default_factory=list)

    @property
    def is_copy(self) -> bool:
        """Whether it says that it is a smaller copy, or a mask, of a picture elsewhere in the file."""
        return bool(self.kind & (_REDUCED | _MASK)) or self.old_kind == _OLD_REDUCED


@dataclass(frozen=True, slots=True)
class TiffPictures:
    """Directories that hold pictures, each with the one that it takes missing tags from, or None; and the others.

    `further` counts pictures below others, `is_damaged` tells that the list of directories breaks off.
    """

    pictures: tuple[tuple[Leaf, Leaf | None], ...]
    copies: int
    further: int
    is_damaged: bool


def tiff_pictures(file: BinaryIO, order: str, *, big: bool) -> TiffPictures:
    """Find the pictures of a TIFF file.

    Raises
    ------
    ValueError
        If there is no directory.
    """
    chain, is_damaged = _chain(file, order, big)
    if not chain:
        raise ValueError("it holds no directory of tags")
    head = chain[0] if chain[0].is_copy else None
    found: list[tuple[Leaf, Leaf | None]] = []
    for leaf in chain:
        if not leaf.is_copy:
            found.append((leaf, head))
        else:
            found += [(below, leaf) for below in leaf.below if not below.is_copy]
    if not found:
        found = [(leaf, None) for leaf in chain]
    below = [one for leaf in chain for one in leaf.below]
    copies = sum(leaf.is_copy for leaf in (*chain, *below)) if any(not leaf.is_copy for leaf, _ in found) else 0
    further = sum(not leaf.is_copy for leaf in below) - sum(leaf in below for leaf, _ in found)
    return TiffPictures(tuple(found), copies, further, is_damaged)


def _chain(file: BinaryIO, order: str, big: bool) -> tuple[list[Leaf], bool]:
    file.seek(8 if big else 4)
    offset = struct.unpack(order + ("Q" if big else "I"), file.read(8 if big else 4))[0]
    chain: list[Leaf] = []
    seen = set()
    while offset and offset not in seen and len(chain) < _MAX_DIRECTORIES:
        seen.add(offset)
        try:
            leaf, offset = _read(file, order, offset, big, depth=0)
        except (struct.error, ValueError, OverflowError, OSError):
            return chain, True
        chain.append(leaf)
    return chain, bool(offset)


def _read(file: BinaryIO, order: str, offset: int, big: bool, depth: int) -> tuple[Leaf, int]:
    """Read a directory, those below it, and where the next one stands."""
    head, form, inline = ("Q", "HHQ8s", 8) if big else ("H", "HHI4s", 4)
    file.seek(offset)
    count = struct.unpack(order + head, file.read(struct.calcsize(order + head)))[0]
    if not 0 < count <= _MAX_ENTRIES:
        raise ValueError("it holds a directory that makes no sense")
    rows = file.read(count * struct.calcsize(order + form))
    following = struct.unpack(order + ("Q" if big else "I"), file.read(inline))[0]
    leaf = Leaf(offset)
    for tag, kind, number, held in struct.iter_unpack(order + form, rows):
        if tag not in (_NEW_KIND, _OLD_KIND, _WIDTH, _LENGTH, _SUB_DIRECTORIES) or kind not in _CODES:
            continue
        values = _values(file, order + "Q" if big else order + "I", _CODES[kind], number, held)
        if tag == _SUB_DIRECTORIES:
            leaf.below = [] if depth else _below(file, order, values, big)
        elif values:
            _set(leaf, tag, values[0])
    return leaf, following


def _set(leaf: Leaf, tag: int, value: int) -> None:
    if tag == _NEW_KIND:
        leaf.kind = value
    elif tag == _OLD_KIND:
        leaf.old_kind = value
    elif tag == _WIDTH:
        leaf.width = value
    else:
        leaf.height = value


def _values(file: BinaryIO, place: str, code: str, number: int, held: bytes) -> tuple[int, ...]:
    number = min(number, _MAX_SUB_DIRECTORIES)
    form = f"{place[0]}{number}{code}"
    size = struct.calcsize(form)
    if size > len(held):
        here = file.tell()
        file.seek(struct.unpack(place, held)[0])
        held = file.read(size)
        file.seek(here)
    return struct.unpack(form, held[:size]) if len(held) >= size else ()


def _below(file: BinaryIO, order: str, offsets: tuple[int, ...], big: bool) -> list[Leaf]:
    found = []
    for offset in offsets:
        try:
            found.append(_read(file, order, offset, big, depth=1)[0])
        except (struct.error, ValueError, OverflowError, OSError):
            continue  # such a copy is one that cannot be read; the pictures of the chain are not concerned
    return found
