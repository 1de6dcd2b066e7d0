"""XMP packets: what is changed in them when a picture is enlarged."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.imaging.metadata.blocks import Change, Derivation

_NS = {
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
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    # A name of our own needs no address that answers.
    "zssr": "urn:zssr-studio:xmp:1.0:",
}
_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_WGS84 = "{http://www.w3.org/2003/01/geo/wgs84_pos#}"
_PLACE = {
    ("photoshop", name) for name in ("City", "State", "Country")
} | {("Iptc4xmpCore", name) for name in ("Location", "CountryCode")} | {
    ("Iptc4xmpExt", name) for name in ("LocationCreated", "LocationShown", "City", "CountryCode", "CountryName",
                                       "ProvinceState", "Sublocation", "WorldRegion", "LocationName", "LocationId")
} | {("dc", "coverage"), ("xmpDM", "shotLocation")}  # fmt: skip
_PLACE_NAMES = {f"{{{_NS[prefix]}}}{name}" for prefix, name in _PLACE}
# Under these beginnings makers and programs write coordinates into names of their own.
_PLACE_BEGINNINGS = ("gps", "latitude", "longitude", "geotag", "absolutealtitude", "relativealtitude", "rtk")
MAX_BYTES = 16_000_000


class XmpError(ValueError):
    """The packet is no XMP or is damaged."""


def tag(prefix: str, name: str) -> str:
    """Return a name as ElementTree writes it."""
    return f"{{{_NS[prefix]}}}{name}"


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
            packet.strip(b"\0 \r\n\t"),
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
    _remove(rdf, lambda name: name == tag("xmpNote", "HasExtendedXMP"))
    return packed(rdf)


def without_place(packet: bytes) -> bytes:
    """Leave out what tells where a picture was taken.

    Raises
    ------
    XmpError
    """
    rdf = parse(packet)
    _remove(rdf, _tells_place)
    return packed(rdf)


def _tells_place(name: str) -> bool:
    local = name.rpartition("}")[2].lower()
    return name in _PLACE_NAMES or name.startswith(_WGS84) or local.startswith(_PLACE_BEGINNINGS)


def updated(packet: bytes | None, change: Change, derivation: Derivation | None) -> bytes | None:
    """Correct sizes and resolution, drop thumbnails, and say how the picture was made.

    Returns None where there was no packet and there is nothing to say.

    Raises
    ------
    XmpError
    """
    if packet is None and derivation is None:
        return None
    rdf = etree.Element(tag("rdf", "RDF"), nsmap={"rdf": _NS["rdf"]}) if packet is None else parse(packet)
    _remove(rdf, lambda name: name == tag("xmp", "Thumbnails"))
    for (prefix, name), value in _corrected(change).items():
        if _value(rdf, prefix, name) is not None:
            _set(rdf, prefix, name, value)
    if derivation is not None:
        _derive(rdf, change, derivation)
    return packed(rdf)


def properties(packet: bytes) -> dict[str, str]:
    """List the properties at the top level, with the texts inside them.

    Raises
    ------
    XmpError
    """
    found: dict[str, str] = {}
    for description in parse(packet).findall(tag("rdf", "Description")):
        for key, value in description.attrib.items():
            found[_short(description, key)] = str(value)
        for child in description:
            if isinstance(child.tag, str):
                texts = [*child.attrib.values(), *(text.strip() for text in child.itertext())]
                found[_short(child, child.tag)] = "; ".join(text for text in texts if text and text != "Resource")[:400]
    found.pop("rdf:about", None)
    return found


def _short(element: Any, name: str) -> str:
    """Write a name with the prefix that the packet gives it."""
    qualified = etree.QName(name)
    prefixes = {uri: prefix for prefix, uri in element.nsmap.items()}
    return f"{prefixes.get(qualified.namespace) or qualified.namespace}:{qualified.localname}"


def _corrected(change: Change) -> dict[tuple[str, str], str]:
    height, width = change.size
    values = {
        ("tiff", "Orientation"): "1",
        ("tiff", "ImageWidth"): str(width),
        ("tiff", "ImageLength"): str(height),
        ("exif", "PixelXDimension"): str(width),
        ("exif", "PixelYDimension"): str(height),
    }
    if change.pixels_per_inch is not None:
        vertical, horizontal = change.pixels_per_inch
        values[("tiff", "XResolution")] = f"{round(horizontal * 10000)}/10000"
        values[("tiff", "YResolution")] = f"{round(vertical * 10000)}/10000"
        values[("tiff", "ResolutionUnit")] = "2"
    if change.profile_name is not None:
        values[("exif", "ColorSpace")] = "1" if change.is_srgb else "65535"
        values[("photoshop", "ICCProfile")] = change.profile_name
    return values


def _derive(rdf: Any, change: Change, derivation: Derivation) -> None:
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{derivation.source_sha256} {derivation.settings} {derivation.when}")
    document, instance = (_value(rdf, "xmpMM", name) for name in ("DocumentID", "InstanceID"))
    original = _value(rdf, "xmpMM", "OriginalDocumentID") or document
    _remove(rdf, lambda name: name == tag("xmpMM", "DerivedFrom"))
    home = _home(rdf)
    origin = etree.SubElement(home, tag("xmpMM", "DerivedFrom"), nsmap=_map("xmpMM", "stRef"))
    origin.set(tag("rdf", "parseType"), "Resource")
    for name, value in (
        ("documentID", document),
        ("instanceID", instance),
        ("originalDocumentID", original),
        ("filePath", derivation.source_name),
    ):
        if value:
            etree.SubElement(origin, tag("stRef", name)).text = _xml_text(value)
    _set(rdf, "xmpMM", "DocumentID", f"xmp.did:{identity}")
    _set(rdf, "xmpMM", "InstanceID", f"xmp.iid:{identity}")
    if original:
        _set(rdf, "xmpMM", "OriginalDocumentID", original)
    _set(rdf, "zssr", "SourceSHA256", derivation.source_sha256)
    _remove(rdf, lambda name: name == tag("zssr", "Settings"))
    if derivation.record is not None:
        _set(rdf, "zssr", "Settings", derivation.record)
    if change.captured_ppi is not None:
        vertical, horizontal = change.captured_ppi
        _set(rdf, "zssr", "CapturedPixelsPerInch", f"{horizontal:.10g} x {vertical:.10g} (horizontal x vertical)")
    if derivation.digital_source_type:
        _set(rdf, "Iptc4xmpExt", "DigitalSourceType", _SOURCE_TYPES + derivation.digital_source_type)
    event = etree.SubElement(_history(rdf), tag("rdf", "li"), nsmap=_map("stEvt"))
    event.set(tag("rdf", "parseType"), "Resource")
    for name, value in (
        ("action", "derived"),
        ("instanceID", f"xmp.iid:{identity}"),
        ("when", derivation.when),
        ("softwareAgent", "ZSSR Studio"),
        ("parameters", derivation.settings),
    ):
        etree.SubElement(event, tag("stEvt", name)).text = _xml_text(value)


def _history(rdf: Any) -> Any:
    """Find or make the list of what was done."""
    for found in rdf.iter(tag("xmpMM", "History")):
        for sequence in found.iter(tag("rdf", "Seq")):
            return sequence
    history = etree.SubElement(_home(rdf), tag("xmpMM", "History"), nsmap=_map("xmpMM"))
    return etree.SubElement(history, tag("rdf", "Seq"))


def _home(rdf: Any) -> Any:
    """Find or make a description that takes new properties."""
    found = rdf.find(tag("rdf", "Description"))
    if found is None:
        found = etree.SubElement(rdf, tag("rdf", "Description"))
        found.set(tag("rdf", "about"), "")
    return found


def _value(rdf: Any, prefix: str, name: str) -> str | None:
    """Text of a simple property at the top level, or None."""
    for description in rdf.findall(tag("rdf", "Description")):
        held = description.get(tag(prefix, name))
        if held is not None:
            return str(held)
        child = description.find(tag(prefix, name))
        if child is not None:
            return child.text or ""
    return None


def _set(rdf: Any, prefix: str, name: str, value: str) -> None:
    key = tag(prefix, name)
    for description in rdf.findall(tag("rdf", "Description")):
        description.attrib.pop(key, None)
        for child in description.findall(key):
            description.remove(child)
    etree.SubElement(_home(rdf), key, nsmap=_map(prefix)).text = _xml_text(value)


def _remove(rdf: Any, unwanted: Callable[[str], bool]) -> None:
    """Remove elements and attributes of some names, wherever they stand."""
    for element in list(rdf.iter(etree.Element)):
        for key in [key for key in element.attrib if unwanted(key)]:
            del element.attrib[key]
        parent = element.getparent()
        if parent is not None and unwanted(element.tag):
            parent.remove(element)


def set_extension(rdf: Any, name: str) -> None:
    """Say that a packet goes on in an extension of some name."""
    _set(rdf, "xmpNote", "HasExtendedXMP", name)


def packed(rdf: Any, *, is_whole: bool = True) -> bytes:
    """Write a packet, or without its wrapper what an extension holds."""
    meta = etree.Element(tag("x", "xmpmeta"), nsmap={"x": _NS["x"]})
    meta.append(rdf)
    body = bytes(etree.tostring(meta, encoding="utf-8"))
    if not is_whole:
        return body
    return b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n' + body + b'\n<?xpacket end="w"?>'


def _map(*prefixes: str) -> dict[str, str]:
    return {prefix: _NS[prefix] for prefix in prefixes}


def _xml_text(text: str) -> str:
    """Leave out what XML cannot hold, such as control characters in a file's name."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (ord(c) >= 0x20 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF))
    )
