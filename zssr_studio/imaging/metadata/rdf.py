"""XMP packets as trees of RDF: read in any encoding, changed by names, written in UTF-8."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

NAMESPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
    "stEvt": "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
    "stRef": "http://ns.adobe.com/xap/1.0/sType/ResourceRef#",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmpDM": "http://ns.adobe.com/xmp/1.0/DynamicMedia/",
    "GPano": "http://ns.google.com/photos/1.0/panorama/",
    "crs": "http://ns.adobe.com/camera-raw-settings/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    # A name of our own needs no address that answers.
    "zssr": "urn:zssr-studio:xmp:1.0:",
}
MAX_BYTES = 16_000_000
EXTENSION_MARK = b"http://ns.adobe.com/xmp/extension/\0"
# How the first sign of a packet, with or without a mark of the byte order, lies in the encodings that XMP may have.
_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARATION = re.compile(rb"^<\?xml\s[^>]*\?>")


class XmpError(ValueError):
    """The packet is no XMP or is damaged."""


def tag(prefix: str, name: str) -> str:
    """Return a name as ElementTree writes it."""
    return f"{{{NAMESPACES[prefix]}}}{name}"


def parse(packet: bytes) -> Any:
    """Read a packet into its rdf:RDF element.

    Raises
    ------
    XmpError
    """
    if len(packet) > MAX_BYTES:
        raise XmpError("it is larger than any real one")
    try:
        root: Any = etree.fromstring(
            _in_utf8(packet),
            etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False),
        )
    except (etree.XMLSyntaxError, ValueError) as error:
        raise XmpError(str(error)) from error
    document: Any = root.getroottree().docinfo
    if document.doctype:
        raise XmpError("it declares a document type, which XMP has none of")
    rdf = root if root.tag == tag("rdf", "RDF") else root.find(tag("rdf", "RDF"))
    if rdf is None:
        raise XmpError("it holds no rdf:RDF")
    return rdf


def merged(packet: bytes, extension: bytes) -> bytes:
    """Join a JPEG's extended packet to its main one.

    Raises
    ------
    XmpError
    """
    rdf = parse(packet)
    for description in parse(extension):
        rdf.append(description)
    remove(rdf, lambda name: name == tag("xmpNote", "HasExtendedXMP"))
    return packed(rdf)


def _in_utf8(packet: bytes) -> bytes:
    """Turn a packet of any of XMP's encodings to UTF-8, without what stands around it."""
    for mark, encoding in _ENCODINGS:
        if packet.startswith(mark):
            # A packet that was padded may end in the middle of a sign.
            packet = packet.decode(encoding, "ignore").encode("utf-8", "replace")
            packet = _DECLARATION.sub(b"", packet.lstrip())
            break
    return packet.removeprefix(codecs.BOM_UTF8).strip(b"\0 \r\n\t")


def home_of(rdf: Any) -> Any:
    """Find or make a description that takes new properties."""
    found = rdf.find(tag("rdf", "Description"))
    if found is None:
        found = etree.SubElement(rdf, tag("rdf", "Description"))
        found.set(tag("rdf", "about"), "")
    return found


def value_of(rdf: Any, prefix: str, name: str) -> str | None:
    """Text of a simple property at the top level, or None."""
    for description in rdf.findall(tag("rdf", "Description")):
        held = description.get(tag(prefix, name))
        if held is not None:
            return str(held)
        child = description.find(tag(prefix, name))
        if child is not None:
            return child.text or ""
    return None


def set_value(rdf: Any, prefix: str, name: str, value: str) -> None:
    """Set a simple property at the top level, wherever it stood."""
    key = tag(prefix, name)
    for description in rdf.findall(tag("rdf", "Description")):
        description.attrib.pop(key, None)
        for child in description.findall(key):
            description.remove(child)
    etree.SubElement(home_of(rdf), key, nsmap=prefixes(prefix)).text = xml_text(value)


def remove(rdf: Any, unwanted: Callable[[str], bool]) -> None:
    """Remove elements and attributes of some names, wherever they stand."""
    for element in list(rdf.iter(etree.Element)):
        for key in [key for key in element.attrib if unwanted(key)]:
            del element.attrib[key]
        parent = element.getparent()
        if parent is not None and unwanted(element.tag):
            parent.remove(element)


def packed(rdf: Any, *, is_whole: bool = True) -> bytes:
    """Write a packet, or without its wrapper what an extension holds."""
    # ImageMagick fails on names that are declared inside of lists.
    etree.cleanup_namespaces(rdf, top_nsmap=_declared(rdf))
    meta = etree.Element(tag("x", "xmpmeta"), nsmap={"x": NAMESPACES["x"]})
    meta.append(rdf)
    body = bytes(etree.tostring(meta, encoding="utf-8"))
    if not is_whole:
        return body
    return b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n' + body + b'\n<?xpacket end="w"?>'


def _declared(rdf: Any) -> dict[str, str]:
    """Return the prefixes that a packet declares anywhere, each for its first meaning."""
    found: dict[str, str] = {}
    for element in rdf.iter(etree.Element):
        for prefix, meaning in element.nsmap.items():
            if prefix is not None and meaning not in found.values():
                found.setdefault(prefix, meaning)
    return found


def prefixes(*names: str) -> dict[str, str]:
    """Return some prefixes with their namespaces."""
    return {name: NAMESPACES[name] for name in names}


def field(element: Any, name: str) -> str | None:
    """Text of a simple field of a structure, in either of RDF's two ways to write it, or None."""
    held = element.get(name)
    if held is None:
        child = element.find(name)
        held = None if child is None else child.text
    return None if held is None else str(held).strip()


def set_field(element: Any, name: str, text: str) -> None:
    """Change a field that is there, in the way in which it is written."""
    if element.get(name) is not None:
        element.set(name, text)
    else:
        element.find(name).text = text


def xml_text(text: str) -> str:
    """Leave out what XML cannot hold, such as control characters in a file's name."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (ord(c) >= 0x20 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF))
    )
