"""What the tags of a TIFF file say beside the pixels, taken over as a block of EXIF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zssr_studio.imaging.metadata import exif, iptc
from zssr_studio.imaging.metadata.blocks import Metadata
from zssr_studio.imaging.metadata.orientation import swaps_axes

if TYPE_CHECKING:
    from pathlib import Path

_ICC, _XMP, _IPTC, _PHOTOSHOP = 34675, 700, 33723, 34377
_X_RESOLUTION, _Y_RESOLUTION, _RESOLUTION_UNIT = 282, 283, 296
_CENTIMETRE, _NO_UNIT = 3, 1
_CENTIMETRES_PER_INCH = 2.54
# Tags that say how the pixels of this very file lie, or where on Earth, which an enlarged one says anew or not at all.
STRUCTURE = frozenset(
    [
        *(254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 277, 278, 279, 280, 281, 284, 288, 289, 290, 291),
        *(292, 293, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 326, 327, 328, 330),
        *range(332, 348),
        *(347, 351, *range(512, 522), 529, 530, 531, 532, _XMP, _IPTC, _PHOTOSHOP, _ICC, 37724),
        *(33421, 33422, 33550, 33920, 33922, 34264, 34735, 34736, 34737, 42112, 42113, 50838, 50839),
        *range(50706, 51200),
    ]
)


def file_metadata(path: Path, byteorder: str, offset: int, *, big: bool) -> tuple[Metadata, list[str]]:
    """Read EXIF, IPTC and XMP of the directory at an offset of a TIFF file, and notes of what is damaged.

    Raises
    ------
    ExifError
    """
    with path.open("rb") as file:
        root = exif.read_directory(file, byteorder, offset, big=big, skip=STRUCTURE)
        blocks = exif.read_directory(file, byteorder, offset, big=big, skip=STRUCTURE - {_XMP, _IPTC, _PHOTOSHOP})
    contents = {tag: entry.content for tag, entry in blocks.entries.items()}
    records = contents.get(_IPTC)
    if records is None and _PHOTOSHOP in contents:
        records = iptc.from_resources(contents[_PHOTOSHOP])
    meaningful = root.children or set(root.entries) - {_X_RESOLUTION, _Y_RESOLUTION, _RESOLUTION_UNIT, 274}
    block = exif.write_block(root) if meaningful else None
    notes = exif.damage_note(path.name, root.damaged)
    return Metadata(block, records or None, contents.get(_XMP) or None), notes


def exif_ppi(block: bytes | None) -> tuple[float, float] | None:
    """Vertical and horizontal resolution that an EXIF block tells, as the pixels lie in the file."""
    if block is None:
        return None
    try:
        root = exif.read_block(block)
    except exif.ExifError:
        return None  # the file is read all the same; what is damaged is told of when it would be written
    return directory_ppi(root)


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


def directory_ppi(root: exif.Directory) -> tuple[float, float] | None:
    """Vertical and horizontal resolution that a directory tells."""
    values = [root.number(tag) for tag in (_Y_RESOLUTION, _X_RESOLUTION)]
    unit = root.number(_RESOLUTION_UNIT)
    if unit == _NO_UNIT or any(v is None or not 0 < v < 1e6 for v in values):
        return None
    factor = _CENTIMETRES_PER_INCH if unit == _CENTIMETRE else 1.0
    vertical, horizontal = (factor * v for v in values if v is not None)
    return vertical, horizontal


def page_ppi(page: Any, orientation: int) -> tuple[float, float] | None:
    """Vertical and horizontal resolution of a page of tifffile, upright."""
    values = [_value(page, code) for code in (_Y_RESOLUTION, _X_RESOLUTION)]
    unit = int(_value(page, _RESOLUTION_UNIT) or 2)
    if unit == _NO_UNIT or any(not isinstance(v, tuple) or len(v) < 2 or not v[0] or not v[1] for v in values):
        return None
    factor = _CENTIMETRES_PER_INCH if unit == _CENTIMETRE else 1.0
    vertical, horizontal = (factor * v[0] / v[1] for v in values)
    if not (0 < vertical < 1e6 and 0 < horizontal < 1e6):
        return None
    return (horizontal, vertical) if swaps_axes(orientation) else (vertical, horizontal)


def _value(page: Any, code: int) -> Any:
    tag = page.tags.get(code)
    return None if tag is None else tag.value
