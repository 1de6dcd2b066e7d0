"""What of a file's metadata a picture keeps when it is read, and what is left out because it would be wrong there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from zssr_studio.imaging.colour.fitting import fitting_profile
from zssr_studio.imaging.metadata import exif, xmp
from zssr_studio.imaging.metadata.blocks import CREDENTIALS_NOTE, Metadata, Origin
from zssr_studio.imaging.metadata.places.orientation import swaps_axes
from zssr_studio.imaging.metadata.resolution import sensible
from zssr_studio.imaging.metadata.xmp_stale import without_stale

if TYPE_CHECKING:
    from zssr_studio.imaging.file_info import FileInfo
    from zssr_studio.imaging.picture import Picture

_DESCRIPTION, _CONTENT_CREDENTIALS = 270, 52545
# Descriptions that programs for microscopes and arrays write for themselves: sizes of the file, which they then read.
_DESCRIPTIONS = (
    ("ImageJ", re.compile(rb"ImageJ=\d")),
    ("OME", re.compile(rb"\s*(?:\xef\xbb\xbf)?<(?:\?xml|!--|OME)(?s:.)*<OME\b|\s*<OME\b")),
    ("tifffile", re.compile(rb'\s*\{"shape": ?\[|shape=\(')),
    ("ScanImage", re.compile(rb"\s*(?:state\.|SI\.|scanimage\.|frameNumbers ?=|Frame Number ?=)")),
    ("Aperio", re.compile(rb"Aperio ")),
    ("MetaMorph", re.compile(rb"<MetaData>(?s:.)*</MetaData>")),
    ("a slide scanner", re.compile(rb"(?s:.){0,200}<(?:scn|DataObject|ImageJ|PerkinElmer-QPI|Iris|EncodeInfo)\b")),
    ("Micro-Manager", re.compile(rb'\s*\{[^}]{0,4000}"(?:MicroManagerVersion|PixelSizeUm)"')),
)
# Tags in which they keep the same: MetaMorph's, FluoView's, LSM's, ImageJ's, Micro-Manager's, FEI's and Zeiss's.
_STACK_TAGS = (33628, 33629, 33630, 33631, 34118, 34361, 34362, 34386, 34412, 34680, 34682, 50838, 50839, 51123)


def settled(picture: Picture, info: FileInfo, name: str) -> Picture:
    """Return a picture with what it keeps of its file, and with notes of the rest.

    Parameters
    ----------
    picture : Picture
        As its decoder made it.
    info : FileInfo
    name : str
        What the file is called.
    """
    metadata, notes = kept_metadata(picture.metadata, name, is_developed=info.colours == "raw")
    profile, said = fitting_profile(picture.icc_profile, picture.channels, name)
    origin = Origin(picture.height, picture.width, orientation=info.orientation)
    told = (*picture.notes, *said, *notes)
    ppi = _told_ppi(picture.pixels_per_inch, picture.metadata, info.orientation)
    return replace(picture, metadata=metadata, icc_profile=profile, pixels_per_inch=ppi, origin=origin, notes=told)


def settled_info(info: FileInfo, name: str) -> FileInfo:
    """Return what a header tells with notes of what a picture would not keep; it keeps its metadata, to be shown."""
    _, notes = kept_metadata(info.metadata, name, is_developed=info.colours == "raw")
    info = replace(info, pixels_per_inch=_told_ppi(info.pixels_per_inch, info.metadata, info.orientation))
    if info.colours == "cmyk":
        return replace(info, notes=(*info.notes, *notes))
    _, said = fitting_profile(info.icc_profile, 1 if info.colours == "gray" else 3, name)
    return replace(info, notes=(*info.notes, *said, *notes))


def _told_ppi(told: tuple[float, float] | None, metadata: Metadata, orientation: int) -> tuple[float, float] | None:
    """Take the resolution from XMP where nothing else tells one that makes sense."""
    if sensible(told) is not None or metadata.xmp is None:
        return sensible(told)
    found = sensible(xmp.pixels_per_inch(metadata.xmp))
    return found[::-1] if found is not None and swaps_axes(orientation) else found


def kept_metadata(metadata: Metadata, name: str, *, is_developed: bool) -> tuple[Metadata, list[str]]:
    """Leave out what is damaged, and what tells of the file's own build or of data that are not taken over; and notes.

    Parameters
    ----------
    metadata : Metadata
    name : str
        What the file is called.
    is_developed : bool
        Whether the picture was developed from RAW.
    """
    block, notes = _kept_exif(metadata.exif, name)
    packet = metadata.xmp
    if packet is not None:
        packet, said = without_stale(packet, name, is_developed=is_developed)
        notes += said
    return replace(metadata, exif=block, xmp=packet), notes


def _kept_exif(block: bytes | None, name: str) -> tuple[bytes | None, list[str]]:
    if block is None:
        return None, []
    try:
        root = exif.read_block(block)
    except exif.ExifError as error:
        return None, [f"The EXIF data of {name} are damaged ({error}) and were left out."]
    notes = exif.damage_note(name, root.damaged)
    notes += _without_stacks(root, name)
    if root.entries.pop(_CONTENT_CREDENTIALS, None) is not None:
        notes.append(CREDENTIALS_NOTE.format(name=name))
    if root.next_offset:
        notes.append(f"The thumbnail in the EXIF data of {name} is left out; it would show the source.")
    if not notes:
        return block, notes
    return exif.write_block(root) if root.entries or root.children else None, notes


def _without_stacks(root: exif.Directory, name: str) -> list[str]:
    """Take out what tells of a file's sizes in words of its program, by which the result would be read wrongly."""
    notes = []
    entry = root.entries.get(_DESCRIPTION)
    program = None if entry is None else described_by(entry.content)
    if program is not None:
        del root.entries[_DESCRIPTION]
        told = f"is {program}'s and tells of the sizes in this very file; it is left out."
        notes.append(f"The description of {name} {told}")
    found = [tag for tag in _STACK_TAGS if root.entries.pop(tag, None) is not None]
    if found:
        told = ", ".join(map(str, found))
        notes.append(f"{name} holds what a microscope's program keeps of its own file (tags {told}); it is left out.")
    return notes


def described_by(description: bytes) -> str | None:
    """Return the program whose own words of a file's build a description holds; None for one that a person wrote."""
    return next((name for name, pattern in _DESCRIPTIONS if pattern.match(description)), None)
