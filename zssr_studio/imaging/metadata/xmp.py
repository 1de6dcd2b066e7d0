"""XMP packets: what is changed in them when a picture is enlarged."""

from __future__ import annotations

import uuid
from functools import partial
from operator import eq
from typing import TYPE_CHECKING, Any

from lxml import etree

from zssr_studio.imaging.metadata.places.geometry import placement_of
from zssr_studio.imaging.metadata.places.xmp_places import move_places
from zssr_studio.imaging.metadata.rdf import (
    NAMESPACES,
    XmpError,
    home_of,
    packed,
    parse,
    prefixes,
    remove,
    set_value,
    tag,
    value_of,
    xml_text,
)
from zssr_studio.imaging.metadata.resolution import resolution_of

if TYPE_CHECKING:
    from zssr_studio.imaging.metadata.blocks import Change, Derivation

_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_WGS84 = "{http://www.w3.org/2003/01/geo/wgs84_pos#}"
_PLACE = {
    ("photoshop", name) for name in ("City", "State", "Country")
} | {("Iptc4xmpCore", name) for name in ("Location", "CountryCode")} | {
    ("Iptc4xmpExt", name) for name in ("LocationCreated", "LocationShown", "City", "CountryCode", "CountryName",
                                       "ProvinceState", "Sublocation", "WorldRegion", "LocationName", "LocationId")
} | {("dc", "coverage"), ("xmpDM", "shotLocation")}  # fmt: skip
_PLACE_NAMES = {f"{{{NAMESPACES[prefix]}}}{name}" for prefix, name in _PLACE}
# Under these beginnings makers and programs write coordinates into names of their own.
_PLACE_BEGINNINGS = ("gps", "latitude", "longitude", "geotag", "absolutealtitude", "relativealtitude", "rtk")
# How the samples of the source's own file lie, which a written file says anew in its own way.
_STRUCTURE = {
    tag("tiff", name)
    for name in ("BitsPerSample", "Compression", "PhotometricInterpretation", "SamplesPerPixel", "PlanarConfiguration",
                 "YCbCrSubSampling", "YCbCrPositioning")
}  # fmt: skip
_GRAY, _RGB = "1", "3"
_RESOLUTION = {tag("tiff", name) for name in ("XResolution", "YResolution", "ResolutionUnit")}


def without_place(packet: bytes) -> bytes:
    """Leave out what tells where a picture was taken.

    Raises
    ------
    XmpError
    """
    rdf = parse(packet)
    remove(rdf, _tells_place)
    return packed(rdf)


def _tells_place(name: str) -> bool:
    local = name.rpartition("}")[2].lower()
    return name in _PLACE_NAMES or name.startswith(_WGS84) or local.startswith(_PLACE_BEGINNINGS)


def updated(packet: bytes | None, change: Change, derivation: Derivation | None) -> tuple[bytes | None, list[str]]:
    """Correct sizes, places, resolution and kind of file, drop thumbnails, and say how the picture was made.

    Returns None where there was no packet and there is nothing to say, and notes of what was left out.

    Raises
    ------
    XmpError
    """
    if packet is None and derivation is None:
        return None, []
    rdf = etree.Element(tag("rdf", "RDF"), nsmap={"rdf": NAMESPACES["rdf"]}) if packet is None else parse(packet)
    remove(rdf, lambda name: name == tag("xmp", "Thumbnails") or name in _STRUCTURE)
    if change.pixels_per_inch is None:
        remove(rdf, lambda name: name in _RESOLUTION)
    for (prefix, name), value in _corrected(change).items():
        if value_of(rdf, prefix, name) is not None:
            set_value(rdf, prefix, name, value)
    notes = move_places(rdf, change, placement_of(change))
    if derivation is not None:
        _derive(rdf, change, derivation)
    return packed(rdf), notes


def pixels_per_inch(packet: bytes | None) -> tuple[float, float] | None:
    """Vertical and horizontal resolution that a packet tells, as the pixels lie in the file."""
    try:
        rdf = parse(packet or b"")
    except XmpError:
        return None  # told of where the metadata are settled
    unit = value_of(rdf, "tiff", "ResolutionUnit") or "2"
    told = [_ratio(value_of(rdf, "tiff", name)) for name in ("YResolution", "XResolution")]
    return resolution_of(told[0], told[1], _ratio(unit))


def _ratio(text: str | None) -> float | None:
    over, _, under = (text or "").partition("/")
    try:
        return float(over) / float(under or 1)
    except (ValueError, ZeroDivisionError):
        return None


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
        ("photoshop", "ColorMode"): _GRAY if change.channels == 1 else _RGB,
    }
    if change.media_type is not None:
        values[("dc", "format")] = change.media_type
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
    document, instance = (value_of(rdf, "xmpMM", name) for name in ("DocumentID", "InstanceID"))
    original = value_of(rdf, "xmpMM", "OriginalDocumentID") or document
    remove(rdf, lambda name: name == tag("xmpMM", "DerivedFrom"))
    home = home_of(rdf)
    origin = etree.SubElement(home, tag("xmpMM", "DerivedFrom"), nsmap=prefixes("xmpMM", "stRef"))
    origin.set(tag("rdf", "parseType"), "Resource")
    for name, value in (
        ("documentID", document),
        ("instanceID", instance),
        ("originalDocumentID", original),
        ("filePath", derivation.source_name),
    ):
        if value:
            etree.SubElement(origin, tag("stRef", name)).text = xml_text(value)
    set_value(rdf, "xmpMM", "DocumentID", f"xmp.did:{identity}")
    set_value(rdf, "xmpMM", "InstanceID", f"xmp.iid:{identity}")
    if original:
        set_value(rdf, "xmpMM", "OriginalDocumentID", original)
    set_value(rdf, "zssr", "SourceSHA256", derivation.source_sha256)
    for name, told in (("Settings", derivation.record), ("Record", derivation.run_record)):
        remove(rdf, partial(eq, tag("zssr", name)))
        if told is not None:
            set_value(rdf, "zssr", name, told)
    if change.captured_ppi is not None:
        vertical, horizontal = change.captured_ppi
        set_value(rdf, "zssr", "CapturedPixelsPerInch", f"{horizontal:.10g} x {vertical:.10g} (horizontal x vertical)")
    if derivation.digital_source_type:
        set_value(rdf, "Iptc4xmpExt", "DigitalSourceType", _SOURCE_TYPES + derivation.digital_source_type)
    event = etree.SubElement(_history(rdf), tag("rdf", "li"), nsmap=prefixes("stEvt"))
    event.set(tag("rdf", "parseType"), "Resource")
    for name, value in (
        ("action", "derived"),
        ("instanceID", f"xmp.iid:{identity}"),
        ("when", derivation.when),
        ("softwareAgent", "ZSSR Studio"),
        ("parameters", derivation.settings),
    ):
        etree.SubElement(event, tag("stEvt", name)).text = xml_text(value)


def _history(rdf: Any) -> Any:
    """Find or make the list of what was done."""
    for found in rdf.iter(tag("xmpMM", "History")):
        for sequence in found.iter(tag("rdf", "Seq"), tag("rdf", "Bag")):
            return sequence
    # An empty one would be a second property of that name, which Adobe's programs take for damage.
    remove(rdf, partial(eq, tag("xmpMM", "History")))
    history = etree.SubElement(home_of(rdf), tag("xmpMM", "History"), nsmap=prefixes("xmpMM"))
    return etree.SubElement(history, tag("rdf", "Seq"))


def set_extension(rdf: Any, name: str) -> None:
    """Say that a packet goes on in an extension of some name."""
    set_value(rdf, "xmpNote", "HasExtendedXMP", name)
