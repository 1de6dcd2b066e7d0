"""What of a source's metadata a written file gets, and what is corrected in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.imaging.metadata import exif, iptc, rdf, xmp
from zssr_studio.imaging.metadata.blocks import NO_METADATA, Metadata, MetadataPolicy
from zssr_studio.imaging.metadata.places.geometry import placement_of
from zssr_studio.imaging.metadata.places.orientation import ORIENTATION_TAG
from zssr_studio.imaging.metadata.resolution import RESOLUTION_UNIT, X_RESOLUTION, Y_RESOLUTION

if TYPE_CHECKING:
    from zssr_studio.imaging.metadata.blocks import Change, Derivation
    from zssr_studio.imaging.metadata.places.geometry import Placement

_IMAGE_WIDTH, _IMAGE_LENGTH = 256, 257
_PIXEL_X, _PIXEL_Y = 40962, 40963
_SUBJECT_AREA, _SUBJECT_LOCATION = 37396, 41492
_FOCAL_PLANE = ((41486, 1), (41487, 0))  # horizontal, vertical
_RELATED_WIDTH, _RELATED_LENGTH = 4097, 4098
_INCH, _MAX_SHORT = 2, 0xFFFF
_COLOUR_SPACE, _SRGB, _UNCALIBRATED = 40961, 1, 0xFFFF
# Tags of the first directory that tell of the thumbnail or of how JPEG data lie, which a new file does anew.
_STALE = (513, 514, 700, 33723, 34377)


def written_metadata(
    metadata: Metadata, policy: MetadataPolicy, change: Change, derivation: Derivation | None
) -> tuple[Metadata, list[str]]:
    """Choose and correct metadata for a file that is written.

    Returns
    -------
    metadata : Metadata
        Damaged blocks are left out.
    notes : list of str
        A sentence for each block that was left out because it is damaged.
    """
    if policy is MetadataPolicy.NONE:
        return NO_METADATA, []
    no_place = policy is MetadataPolicy.NO_PLACE
    notes: list[str] = []
    block, packet = metadata.exif, metadata.xmp
    if block is not None:
        try:
            block, said = corrected_exif(block, change, no_place=no_place)
            notes += said
        except exif.ExifError as error:
            block = None
            notes.append(f"The EXIF data are damaged ({error}) and were left out.")
    if packet is not None:
        try:
            packet = xmp.without_place(packet) if no_place else packet
            rdf.parse(packet)
        except rdf.XmpError as error:
            packet = None
            notes.append(f"The XMP data are damaged ({' '.join(str(error).split())[:80]}) and were left out.")
    packet, said = xmp.updated(packet, change, derivation)
    notes += said
    records = metadata.iptc
    if records is not None and no_place:
        records = iptc.without_place(records)
    return Metadata(block, records or None, packet), notes


def corrected_exif(block: bytes, change: Change, *, no_place: bool) -> tuple[bytes, list[str]]:
    """Correct orientation, sizes, places, resolution and colour space in an EXIF block; its thumbnail is dropped.

    Returns the block, and notes of what is damaged or lost and left out.

    Raises
    ------
    ExifError
    """
    root = exif.read_block(block)
    notes = exif.damage_note("the source", root.damaged)
    height, width = change.size
    for stale in _STALE:
        root.entries.pop(stale, None)
    if ORIENTATION_TAG in root.entries:
        root.set_numbers(ORIENTATION_TAG, exif.SHORT, 1)
    for tag, value in ((_IMAGE_WIDTH, width), (_IMAGE_LENGTH, height)):
        if tag in root.entries:
            root.set_numbers(tag, exif.LONG, value)
    _set_resolution(root, change.pixels_per_inch)
    child = root.children.get(exif.EXIF_IFD)
    if child is not None:
        notes += _correct_child(child, change)
        if no_place:
            # Some makers write places into their notes, where nobody can find them all.
            child.entries.pop(exif.MAKER_NOTE, None)
            child.children.pop(exif.GPS_IFD, None)
    if no_place:
        root.children.pop(exif.GPS_IFD, None)
    return exif.write_block(root), notes


def resolution_block(pixels_per_inch: tuple[float, float]) -> bytes:
    """Make an EXIF block that tells a resolution and nothing else."""
    root = exif.Directory()
    _set_resolution(root, pixels_per_inch)
    return exif.write_block(root)


def block_without_orientation(block: bytes) -> bytes:
    """Take the orientation out of an EXIF block; AVIF tells it elsewhere, and Pillow says so again."""
    root = exif.read_block(block)
    root.entries.pop(ORIENTATION_TAG, None)
    return exif.write_block(root)


def _set_resolution(root: exif.Directory, pixels_per_inch: tuple[float, float] | None) -> None:
    if pixels_per_inch is None:
        for tag in (X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT):
            root.entries.pop(tag, None)
        return
    for tag, value in zip((Y_RESOLUTION, X_RESOLUTION), pixels_per_inch, strict=True):
        root.set_numbers(tag, exif.RATIONAL, *as_rational(value))
    root.set_numbers(RESOLUTION_UNIT, exif.SHORT, _INCH)


def _correct_child(child: exif.Directory, change: Change) -> list[str]:
    height, width = change.size
    inner = child.children.get(exif.INTEROP_IFD, exif.Directory())
    for held, rows, columns in ((child, _PIXEL_Y, _PIXEL_X), (inner, _RELATED_LENGTH, _RELATED_WIDTH)):
        for tag, value in ((columns, width), (rows, height)):
            if tag in held.entries:
                held.set_numbers(tag, exif.LONG, value)
    if change.profile_name is not None:
        if _COLOUR_SPACE in child.entries:
            child.set_numbers(_COLOUR_SPACE, exif.SHORT, _SRGB if change.is_srgb else _UNCALIBRATED)
        # It says R03 of Adobe RGB, which it is no more, or R98 of sRGB.
        child.children.pop(exif.INTEROP_IFD, None)
    for tag, axis in _FOCAL_PLANE:
        told = child.number(tag)
        if told and change.factors[axis] != 1 and 0 < told * change.factors[axis] < 4e5:
            child.set_numbers(tag, exif.RATIONAL, *as_rational(told * change.factors[axis]))
    return _move_subject(child, placement_of(change))


def _move_subject(child: exif.Directory, placement: Placement) -> list[str]:
    """Move where the subject is, told in pixels of the stored picture: a point, a circle or a rectangle."""
    notes = []
    for tag in (_SUBJECT_AREA, _SUBJECT_LOCATION):
        entry = child.entries.pop(tag, None)
        if entry is None:
            continue
        numbers = [round(number) for number in child.numbers(entry)]
        x, y, *extent = numbers if len(numbers) in (2, 3, 4) else (0, 0)
        width, height = (extent * 2)[:2] if extent else (0, 0)
        moved = placement.area(x, y, width, height) if numbers and len(numbers) < 5 else None
        if moved is None or max(moved) > _MAX_SHORT:
            notes.append("The place of the subject in the EXIF data does not fit the result and is left out.")
            continue
        child.set_numbers(tag, exif.SHORT, *(round(value) for value in moved[: len(numbers)]))
    return notes


def as_rational(value: float) -> tuple[int, int]:
    """Return a positive value as numerator and denominator of 32 bits."""
    return (round(value), 1) if value == round(value) or value > 400_000 else (round(value * 10_000), 10_000)
