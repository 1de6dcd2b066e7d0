"""What XMP tells of data that a picture leaves behind when it is read: gain maps, videos, settings of a RAW file."""

from __future__ import annotations

from typing import Any

from lxml import etree

from zssr_studio.imaging.metadata.rdf import NAMESPACES, XmpError, packed, parse, remove, tag

_GOOGLE = "http://ns.google.com/photos/"
_CAMERA = f"{{{_GOOGLE}1.0/camera/}}"
# Names begin with these; what they tell of is not in the file that is written.
_STALE = {
    "a gain map for high dynamic range": (
        *("{http://ns.adobe.com/hdr-gain-map/1.0/}", "{http://ns.apple.com/HDRGainMap/", "{urn:iso:std:iso:ts:21496"),
    ),
    "the video of a motion photo": (f"{_CAMERA}MotionPhoto", f"{_CAMERA}MicroVideo"),
    "a list of further pictures": (f"{{{_GOOGLE}1.0/container/", f"{{{_GOOGLE}dd/1.0/", f"{_CAMERA}DepthMap"),
    "a depth map or another picture": (
        *(f"{{{_GOOGLE}1.0/depthmap/}}", f"{{{_GOOGLE}1.0/image/}}", f"{{{_GOOGLE}1.0/focus/}}"),
        *("{http://ns.apple.com/depthData/", "{http://ns.apple.com/portraitEffectsMatte/"),
        *("{http://ns.apple.com/semanticSegmentationMatte/", "{http://ns.apple.com/pixeldatainfo/"),
        "{http://ns.xiaomi.com/photos/1.0/camera/}XMPMeta",
    ),
    "a thumbnail": (tag("xmp", "Thumbnails"),),
}
# Settings by which another program would develop the picture once more.
_DEVELOPING = (
    f"{{{NAMESPACES['crs']}}}",
    "{http://ns.adobe.com/camera-raw-defaults/",
    "{http://ns.adobe.com/camera-raw-saved-settings/",
    "{http://darktable.sf.net/}",
    f"{{{NAMESPACES['photoshop']}}}SidecarForExtension",
)
_PROVENANCE = "{http://purl.org/dc/terms/}provenance"


def without_stale(packet: bytes, name: str, *, is_developed: bool) -> tuple[bytes | None, list[str]]:
    """Leave out what would tell of data that are not there; and notes of what was.

    Parameters
    ----------
    packet : bytes
    name : str
        What the file is called.
    is_developed : bool
        Whether the picture was developed from RAW, so that settings for that are used up.
    """
    try:
        rdf = parse(packet)
    except XmpError as error:
        return None, [f"The XMP data of {name} are damaged ({' '.join(str(error).split())[:80]}) and were left out."]
    notes = []
    found = [said for said, names in _STALE.items() if _taken(rdf, names)]
    if found:
        told = " and of ".join(found)
        notes.append(f"The XMP data of {name} tell of {told}, which the result does not hold; that is left out.")
    if is_developed and _taken(rdf, _DEVELOPING):
        notes.append(f"{name} holds settings for developing it, such as Camera Raw's. They are not used and left out.")
    if _take_provenance(rdf):
        notes.append(f"{name} points to its own content credentials (C2PA), which hold for it alone; that is left out.")
    return (packed(rdf) if notes else packet), notes


def _taken(rdf: Any, beginnings: tuple[str, ...]) -> bool:
    """Remove what begins with some names, and tell whether there was any."""
    found = any(
        str(name).startswith(beginnings)
        for element in rdf.iter(etree.Element)
        for name in (element.tag, *element.attrib)
    )
    if found:
        remove(rdf, lambda name: name.startswith(beginnings))
    return found


def _take_provenance(rdf: Any) -> bool:
    for element in rdf.iter(etree.Element):
        child = element.find(_PROVENANCE)
        told = element.get(_PROVENANCE) or ("" if child is None else child.text)
        if told and told.strip().startswith("self#"):
            remove(rdf, lambda name: name == _PROVENANCE)
            return True
    return False
