"""Long XMP packets in JPEG files, whose segments end at 64 KiB (XMP specification, part 3, 1.1.3.1)."""

from __future__ import annotations

import hashlib
import struct
from typing import Any

from lxml import etree

from zssr_studio.imaging.metadata import rdf as tree
from zssr_studio.imaging.metadata import xmp

MAX_PACKET_BYTES = 65_500
_PART_BYTES = 65_400


def fits(packet: bytes) -> bool:
    """Tell whether a packet can be written to a JPEG, in one segment or split."""
    try:
        split(packet)
    except tree.XmpError:
        return False
    return True


def split(packet: bytes) -> tuple[bytes, bytes]:
    """Return a packet that fits into a segment, and the segments (APP1) of what it does not hold; they may be none.

    Raises
    ------
    XmpError
        If it is one value that is too long, or damaged.
    """
    if len(packet) <= MAX_PACKET_BYTES:
        return packet, b""
    rdf = tree.parse(packet)
    moved: Any = etree.Element(tree.tag("rdf", "RDF"), nsmap={"rdf": etree.QName(rdf).namespace})
    home = etree.SubElement(moved, tree.tag("rdf", "Description"))
    home.set(tree.tag("rdf", "about"), "")
    properties = [child for description in rdf.findall(tree.tag("rdf", "Description")) for child in description]
    properties.sort(key=lambda child: len(etree.tostring(child)))
    xmp.set_extension(rdf, "0" * 32)
    while len(tree.packed(rdf)) > MAX_PACKET_BYTES:
        if not properties:
            raise tree.XmpError("its attributes are too long for a JPEG")
        home.append(properties.pop())
    extension = tree.packed(moved, is_whole=False)
    name = hashlib.md5(extension, usedforsecurity=False).hexdigest().upper()
    xmp.set_extension(rdf, name)
    return tree.packed(rdf), _segments(extension, name.encode())


def _segments(extension: bytes, name: bytes) -> bytes:
    made = b""
    for at in range(0, len(extension), _PART_BYTES):
        part = extension[at : at + _PART_BYTES]
        content = tree.EXTENSION_MARK + name + struct.pack(">2I", len(extension), at) + part
        made += b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content
    return made
