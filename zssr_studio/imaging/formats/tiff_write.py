"""Writes TIFF as its rows come, with EXIF in directories of its own."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import tifffile

from zssr_studio.imaging.export import Compression
from zssr_studio.imaging.formats.tiff_tags import STRUCTURE
from zssr_studio.imaging.metadata import exif
from zssr_studio.imaging.saving.strips import MAX_CLASSIC_TIFF_BYTES, STRIP_ROWS, Strips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from zssr_studio.imaging.encoding import Encoding

_XMP, _IPTC = 700, 33723
_OWN = {282, 283, 296}
# Of what holds the place of a packet that is written behind the picture: more than a tag holds itself.
_PLACE_BYTES = 16
_SOFTWARE, _DESCRIPTION, _DATE = 305, 270, 306


def strips_of(encoding: Encoding, samples: Iterator[NDArray[Any]]) -> Strips:
    """Cut samples that come in bands of rows into the strips of a TIFF file."""
    # The byte order is that of the EXIF data: nobody knows where in a maker's note, or in a comment, numbers stand.
    dtype = encoding.dtype.newbyteorder(_exif_root(encoding).order)
    return Strips(samples, dtype, is_packed=encoding.options.compression is Compression.DEFLATE)


def write_tiff(file: BinaryIO, encoding: Encoding, strips: Strips) -> None:
    """Write strips as they come."""
    shape = encoding.size if encoding.samples == 1 else (*encoding.size, encoding.samples)
    root = _exif_root(encoding)
    is_big = math.prod(shape) * strips.dtype.itemsize > MAX_CLASSIC_TIFF_BYTES
    tags = _extra_tags(encoding, root, is_big=is_big)
    vertical, horizontal = encoding.pixels_per_inch or (0.0, 0.0)
    has_software = any(tag[0] == _SOFTWARE for tag in tags)
    with tifffile.TiffWriter(file, bigtiff=is_big, byteorder=root.order) as tiff:
        tiff.write(
            strips.into(file),
            shape=shape,
            dtype=strips.dtype,
            photometric="rgb" if encoding.samples >= 3 else "minisblack",
            planarconfig="contig",
            extrasamples=None
            if not encoding.has_alpha
            else ("assocalpha" if encoding.is_associated else "unassalpha",),
            compression="adobe_deflate" if strips.is_packed else None,
            predictor=strips.is_predicted,
            rowsperstrip=STRIP_ROWS,
            iccprofile=encoding.icc_profile,
            resolution=(horizontal, vertical) if encoding.pixels_per_inch else None,
            resolutionunit="INCH" if encoding.pixels_per_inch else None,
            metadata=None,
            software=False if has_software else "ZSSR Studio",
            extratags=tags,
        )
    _append_children(file, root, is_big=is_big)
    if encoding.metadata.xmp and encoding.completed is not None:
        _append_packet(file, encoding.completed().xmp or b"", root.order, is_big=is_big)


def _exif_root(encoding: Encoding) -> exif.Directory:
    """Return the directory of a picture's EXIF data, which in a TIFF is that of the picture itself."""
    block = encoding.metadata.exif
    return exif.Directory() if block is None else exif.read_block(block)


def _extra_tags(encoding: Encoding, root: exif.Directory, *, is_big: bool) -> list[tuple[int, int, int, bytes, bool]]:
    """Tags of the first directory as tifffile takes them: code, type, count, packed value, and that they come once."""
    tags = []
    for tag, entry in root.entries.items():
        if tag not in STRUCTURE and tag not in _OWN:
            # tifffile does not know the type for UTF-8 that EXIF 3.0 brought; readers of TIFF take text for it.
            kind = exif.ASCII if entry.kind == exif.UTF8 else entry.kind
            tags.append((tag, kind, entry.count, entry.content, True))
    for tag in root.children:
        kind = exif.IFD8 if is_big else exif.LONG
        # tifffile writes no tags that stand for directories, so others hold their places until then.
        tags.append((tag - 1, kind, 1, bytes(8 if is_big else 4), True))
    packet = encoding.metadata.xmp
    if packet and encoding.completed is not None:
        packet = bytes(_PLACE_BYTES)
    if packet:
        tags.append((_XMP, 1, len(packet), packet, True))
    if encoding.metadata.iptc:
        tags.append((_IPTC, exif.UNDEFINED, len(encoding.metadata.iptc), encoding.metadata.iptc, True))
    return tags


def _append_children(file: BinaryIO, root: exif.Directory, *, is_big: bool) -> None:
    """Write the directories of EXIF behind the picture, and their places into the tags that stand for them."""
    if not root.children:
        return
    order, width = _order(root.order), 8 if is_big else 4
    places = _places(file, root.order, is_big=is_big)
    for tag, child in root.children.items():
        start = file.seek(0, 2)
        start += start % 2
        body, first = exif.write_directory(child, start, big=is_big)
        file.seek(start)
        file.write(body)
        place = places[tag - 1]
        file.seek(place - (12 if is_big else 8))
        file.write(tag.to_bytes(2, order))
        file.seek(place)
        file.write(first.to_bytes(width, order))
    file.seek(0, 2)


def _append_packet(file: BinaryIO, packet: bytes, mark: exif.Order, *, is_big: bool) -> None:
    """Write an XMP packet behind all, and its place and length into the tag that stands for it."""
    order, width = _order(mark), 8 if is_big else 4
    place = _places(file, mark, is_big=is_big)[_XMP]
    start = file.seek(0, 2)
    start += start % 2
    file.seek(start)
    file.write(packet)
    file.seek(place - width)
    file.write(len(packet).to_bytes(width, order) + start.to_bytes(width, order))
    file.seek(0, 2)


def _order(mark: exif.Order) -> Literal["little", "big"]:
    return "little" if mark == "<" else "big"


def _places(file: BinaryIO, mark: exif.Order, *, is_big: bool) -> dict[int, int]:
    """Return where the values of the tags of the first directory stand, or the places of those that are long."""
    width = 8 if is_big else 4
    file.seek(width)
    offset = int.from_bytes(file.read(width), _order(mark))
    return exif.value_places(file, mark, offset, big=is_big)
