"""What the tags of a TIFF file say beside the pixels, taken over as a block of EXIF."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.imaging.metadata import exif, iptc
from zssr_studio.imaging.metadata.blocks import Metadata
from zssr_studio.imaging.metadata.places.orientation import ORIENTATION_TAG
from zssr_studio.imaging.metadata.resolution import RESOLUTION_UNIT, X_RESOLUTION, Y_RESOLUTION, directory_ppi

if TYPE_CHECKING:
    from pathlib import Path

_ICC, _XMP, _IPTC, _PHOTOSHOP = 34675, 700, 33723, 34377
_DNG_VERSION = 50706
_NEGATIVE_TAGS = frozenset(range(_DNG_VERSION, 51200)) - {50838, 50839}
_COLOUR_TAGS = (290, 291, 301, 318, 319, 342)
# The white point and the primaries of sRGB, which ImageMagick writes into each TIFF; 0.003 is the step that PNG's
# numbers are taken alike by.
_SRGB_POINTS, _POINT_STEP = {318: (0.3127, 0.329), 319: (0.64, 0.33, 0.3, 0.6, 0.15, 0.06)}, 0.003
_LEFT_OUT = {
    (33550, 33922, 34264, 34735): "a place on a map, which holds for its own pixels",
    (37724,): "Photoshop's layers; the picture that they make is read",
    (42112, 42113): "what GDAL keeps of its own raster",
    (343, 344, 345, 351): "a clipping path or a place for another picture",
}
# Tags that say how the pixels of this very file lie, or where on Earth, which an enlarged one says anew or not at all.
STRUCTURE = frozenset(
    [
        *(254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 277, 278, 279, 280, 281, 284, 288, 289, 290, 291),
        *(292, 293, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 326, 327, 328, 330),
        *range(332, 348),
        400,
        *(347, 351, *range(512, 522), 529, 530, 531, 532, _XMP, _IPTC, _PHOTOSHOP, _ICC, 37724),
        *(
            33421,
            33422,
            33550,
            33920,
            33922,
            34264,
            34735,
            34736,
            34737,
            42112,
            42113,
        ),
        *_NEGATIVE_TAGS,
        _DNG_VERSION,
    ]
)


@dataclass(frozen=True, slots=True)
class TiffTags:
    """What the tags of a picture's directory say beside the pixels: as the pixels lie in the file, not upright."""

    metadata: Metadata
    pixels_per_inch: tuple[float, float] | None
    orientation: int
    icc_profile: bytes | None
    notes: tuple[str, ...]


def read_tags(path: Path, byteorder: exif.Order, offset: int, *, big: bool, above: int | None = None) -> TiffTags:
    """Read what the directory at an offset of a TIFF file says; what it lacks, the one `above` it says.

    Raises
    ------
    ExifError
    """
    with path.open("rb") as file:
        offsets = (offset,) if above is None else (offset, above)
        roots = [exif.read_directory(file, byteorder, one, big=big, skip=STRUCTURE) for one in offsets]
        skip = STRUCTURE - {_XMP, _IPTC, _PHOTOSHOP, _ICC, *_SRGB_POINTS}
        blocks = [exif.read_directory(file, byteorder, one, big=big, skip=skip) for one in offsets]
        tags = set().union(*(exif.tags_of(file, byteorder, one, big=big) for one in offsets))
    root, block = _joined(roots), _joined(blocks)
    notes = left_out(path.name, tags - {tag for tag in _SRGB_POINTS if _is_srgbs(block, tag)})
    contents = {tag: entry.content for tag, entry in block.entries.items()}
    records = contents.get(_IPTC)
    if _PHOTOSHOP in contents:
        records = records or iptc.from_resources(contents[_PHOTOSHOP])
        notes += iptc.resources_note(contents[_PHOTOSHOP], path.name)
    profile = contents.get(_ICC) or None
    meaningful = root.children or set(root.entries) - {X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT, ORIENTATION_TAG}
    root.next_offset = 0  # in a file it is that of another page
    made = exif.write_block(root) if meaningful else None
    return TiffTags(
        metadata=Metadata(made, records or None, contents.get(_XMP) or None),
        pixels_per_inch=directory_ppi(root),
        orientation=exif.as_orientation(root.number(ORIENTATION_TAG)),
        icc_profile=profile,
        notes=(*exif.damage_note(path.name, root.damaged), *notes),
    )


def _is_srgbs(block: exif.Directory, tag: int) -> bool:
    """Tell whether a white point or primaries are those of sRGB, so that nothing is lost with them."""
    entry, wanted = block.entries.get(tag), _SRGB_POINTS[tag]
    if entry is None or entry.kind != exif.RATIONAL or entry.count != len(wanted):
        return False
    told = struct.unpack(f"{block.order}{2 * len(wanted)}I", entry.content)
    pairs = zip(told[::2], told[1::2], wanted, strict=True)
    return all(under and abs(over / under - point) <= _POINT_STEP for over, under, point in pairs)


def _joined(roots: list[exif.Directory]) -> exif.Directory:
    """Give a directory what it lacks from the one above it; its resolution as a whole or not at all."""
    first = roots[0]
    for above in roots[1:]:
        own = set(first.entries)
        if own & {X_RESOLUTION, Y_RESOLUTION}:
            own |= {X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT}
        first.entries = {tag: entry for tag, entry in above.entries.items() if tag not in own} | first.entries
        first.children = above.children | first.children
        first.damaged += above.damaged
    return first


def left_out(name: str, tags: set[int]) -> list[str]:
    """Say which of a directory's tags have no place in the house."""
    found = [f"{name} holds {what}; it is left out." for held, what in _LEFT_OUT.items() if tags & set(held)]
    if _ICC not in tags and tags & set(_COLOUR_TAGS):
        found.append(f"{name} tells of its colours by a curve, a white point or primaries, which are not used.")
    negative = sorted(tags & _NEGATIVE_TAGS)
    if negative and _DNG_VERSION not in tags:
        told = ", ".join(map(str, negative))[:80]
        found.append(f"{name} holds what belongs to a digital negative (tags {told}); it is left out.")
    return found


def is_dcf_adobe_rgb(block: bytes | None) -> bool:
    """Tell whether an EXIF block says Adobe RGB as cameras do that embed no profile (DCF 2.0, R03)."""
    if block is None:
        return False
    try:
        child = exif.read_block(block).children.get(exif.EXIF_IFD)
    except exif.ExifError:
        return False
    inner = None if child is None else child.children.get(exif.INTEROP_IFD)
    index = None if inner is None else inner.entries.get(1)
    return index is not None and index.content.startswith(b"R03")
