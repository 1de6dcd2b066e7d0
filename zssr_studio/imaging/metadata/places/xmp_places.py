"""Sizes and places that XMP tells of a picture: panoramas, faces and other regions, moved with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from zssr_studio.imaging.metadata.rdf import NAMESPACES, field, remove, set_field, set_value, tag, value_of

if TYPE_CHECKING:
    from zssr_studio.imaging.metadata.blocks import Change
    from zssr_studio.imaging.metadata.places.geometry import Placement, Rect

# Regions of the Metadata Working Group and ACDSee's share this end, and those of Microsoft's People Tagging have one.
_AREA_END, _DIMENSIONS = "sType/Area#", "AppliedToDimensions"
_RECTANGLE = "{http://ns.microsoft.com/photo/1.2/t/Region#}Rectangle"
_BOUNDARY = tag("Iptc4xmpExt", "RegionBoundary")
_SUBJECT = (tag("exif", "SubjectArea"), tag("exif", "SubjectLocation"))
_LI = tag("rdf", "li")
_MOST = 1e9
_CROP_SETTINGS = ("HasCrop", "CropTop", "CropLeft", "CropBottom", "CropRight", "CropAngle", "CropWidth", "CropHeight",
                  "CropUnit", "CropUnits", "CropConstrainToWarp", "CropConstrainToUnitSquare")  # fmt: skip


def move_places(rdf: Any, change: Change, placement: Placement) -> list[str]:
    """Correct what a packet tells of sizes and places, and drop regions that were cut off; notes of what was."""
    _move_panorama(rdf, change, placement)
    lost = _move_areas(rdf, change, placement) + _move_rectangles(rdf, placement) + _move_boundaries(rdf, placement)
    _set_dimensions(rdf, change)
    notes = []
    notes += _move_subject(rdf, placement)
    if lost:
        told = "region" if lost == 1 else "regions"
        notes.append(f"{lost} {told} in the XMP data, such as of a face, outside the result or damaged, were left out.")
    if placement.is_cropped and value_of(rdf, "crs", "HasCrop") in ("True", "true"):
        remove(rdf, lambda name: name in {tag("crs", part) for part in _CROP_SETTINGS})
        notes.append("The crop in the settings of Camera Raw is left out, as the picture was cropped here.")
    return notes


def _move_panorama(rdf: Any, change: Change, placement: Placement) -> None:
    """Multiply and move the sizes of a panorama (GPano), whose picture is an area of the whole sphere."""
    origin = change.origin
    shift = (0, 0) if origin is None else (origin.top, origin.left)
    source = placement.upright().stored
    for axis, (length, start) in enumerate((("Height", "Top"), ("Width", "Left"))):
        factor = change.factors[axis]
        shown = _number(rdf, f"CroppedAreaImage{length}Pixels")
        # Some hold a smaller copy than their sizes tell, and these stay in proportion.
        ratio = 1.0 if not shown else shown / source[axis]
        moved = {
            f"FullPano{length}Pixels": (factor, 0.0),
            f"CroppedArea{start}Pixels": (factor, shift[axis] * ratio),
            f"LargestValidInteriorRect{length}": (factor, 0.0),
            f"LargestValidInteriorRect{start}": (factor, 0.0),
        }
        for name, (times, offset) in moved.items():
            told = _number(rdf, name)
            if told is not None:
                set_value(rdf, "GPano", name, str(round((told + offset) * times)))
        if shown:
            set_value(rdf, "GPano", f"CroppedAreaImage{length}Pixels", str(round(change.size[axis] * ratio)))
    if placement.is_cropped:
        remove(rdf, lambda name: name.startswith(tag("GPano", "LargestValidInteriorRect")))


def _move_subject(rdf: Any, placement: Placement) -> list[str]:
    """Move where the subject is, told in pixels as in EXIF: a point, a circle or a rectangle."""
    lost = False
    for element in list(rdf.iter(*_SUBJECT)):
        items = list(element.iter(_LI))
        numbers = [_float(item.text) for item in items]
        moved = None
        if 2 <= len(numbers) <= 4 and None not in numbers:
            x, y, *extent = (number or 0.0 for number in numbers)
            width, height = (extent * 2)[:2] if extent else (0.0, 0.0)
            moved = placement.area(x, y, width, height)
        if moved is None:
            element.getparent().remove(element)
            lost = True
            continue
        for item, value in zip(items, moved, strict=False):
            item.text = str(round(value))
    return ["The place of the subject in the XMP data does not fit the result and is left out."] if lost else []


def _number(rdf: Any, name: str) -> float | None:
    return _float(value_of(rdf, "GPano", name))


def _float(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    # What is larger than any picture makes no sense, and would not stay finite when it is multiplied.
    return number if abs(number) < _MOST else None


def _set_dimensions(rdf: Any, change: Change) -> None:
    for element in rdf.iter(etree.Element):
        if etree.QName(element).localname != _DIMENSIONS:
            continue
        for held in (element, *element):
            for name in _fields(held, "w", "h"):
                set_field(held, name, str(change.size[1 if name.endswith("}w") else 0]))


def _fields(element: Any, *wanted: str) -> list[str]:
    """Names of an element's fields with one of some local names."""
    names = [*element.attrib, *(child.tag for child in element if isinstance(child.tag, str))]
    return [name for name in names if name.rpartition("}")[2] in wanted]


def _move_areas(rdf: Any, change: Change, placement: Placement) -> int:
    """Move regions that are told by their centre; return how many were cut off."""
    lost = 0
    for element in list(rdf.iter(etree.Element)):
        names = {name.rpartition("}")[2]: name for name in _fields(element, "x", "y", "w", "h", "d", "unit")}
        if "x" not in names or "y" not in names or not names["x"].partition("}")[0].endswith(_AREA_END):
            continue
        values = {key: _float(field(element, name)) for key, name in names.items()}
        x, y = values["x"], values["y"]
        if x is None or y is None:
            continue
        width, height = values.get("w") or 0.0, values.get("h") or 0.0
        fitting = _told_upright(element, placement)
        in_pixels = "unit" in names and values_in_pixels(field(element, names["unit"]))
        rows, columns = fitting.stored if in_pixels else (1.0, 1.0)
        left, top = (x - width / 2) / columns, (y - height / 2) / rows
        moved = fitting.rectangle((left, top, width / columns, height / rows))
        if moved is None:
            lost += _drop(element)
            continue
        rows, columns = fitting.written if rows != 1.0 else (1.0, 1.0)
        if fitting.moves or rows != 1.0:
            _put_area(element, names, moved, (rows, columns))
            if values.get("d") is not None and fitting.is_cropped:
                part = min(fitting.part[0] * fitting.upright().stored[0], fitting.part[1] * fitting.upright().stored[1])
                set_field(element, names["d"], _text((values["d"] or 0) * min(fitting.stored) / part))
    return lost


def values_in_pixels(unit: str | None) -> bool:
    """Tell whether a unit is that of pixels; the usual one is a share of the size."""
    return unit == "pixel"


def _put_area(element: Any, names: dict[str, str], moved: Rect, scale: tuple[float, float]) -> None:
    left, top, width, height = moved
    new = {
        "x": (left + width / 2) * scale[1],
        "y": (top + height / 2) * scale[0],
        "w": width * scale[1],
        "h": height * scale[0],
    }
    for key, value in new.items():
        if key in names:
            set_field(element, names[key], _text(value))


def _told_upright(element: Any, placement: Placement) -> Placement:
    """Find out by the size that regions hold for whether they are told of the upright picture or of the stored one."""
    rows, columns = placement.upright().stored
    if rows == columns or placement.stored == (rows, columns):
        return placement
    for parent in element.iterancestors():
        for held in parent.iter(etree.Element):
            if etree.QName(held).localname == _DIMENSIONS:
                told = {
                    name[-1]: _float(field(part, name)) for part in (held, *held) for name in _fields(part, "w", "h")
                }
                is_upright = told.get("w") == columns and told.get("h") == rows
                return placement.upright() if is_upright else placement
    return placement


def _move_rectangles(rdf: Any, placement: Placement) -> int:
    """Move the regions of Microsoft's People Tagging: left, top, width and height, as shares."""
    lost = 0
    for element in list(rdf.iter(etree.Element)):
        for name in _fields(element, "Rectangle"):
            if name != _RECTANGLE or not placement.moves:
                continue
            numbers = [_float(part) for part in (field(element, name) or "").split(",")]
            # What makes no sense is told of no place, neither of the one before nor of the one after.
            moved = None
            if len(numbers) == 4 and None not in numbers:
                left, top, width, height = (number or 0.0 for number in numbers)
                moved = placement.rectangle((left, top, width, height))
            if moved is None:
                lost += _drop(element)
            else:
                set_field(element, name, ", ".join(map(_text, moved)))
    return lost


def _move_boundaries(rdf: Any, placement: Placement) -> int:
    """Move the image regions of IPTC: rectangles by a corner, circles by their centre, polygons."""
    lost = 0
    for element in list(rdf.iter(_BOUNDARY)):
        held = element if field(element, _rb("rbUnit")) else next(iter(element), element)
        scales = ((1.0, 1.0), (1.0, 1.0))
        if values_in_pixels(field(held, _rb("rbUnit"))):
            scales = (placement.stored, placement.written)
        if scales[0] == scales[1] and not placement.moves:
            continue
        points = [*held.iter(_LI)] or [held]
        points = [p if field(p, _rb("rbX")) else next(iter(p), p) for p in points]
        if len(points) > 1:
            moved = _moved_vertices(points, placement, scales[0])
        else:
            moved = [_moved_corner(points[0], placement, scales)]
        if None in moved:
            lost += _drop(element)
            continue
        for point, corner in zip(points, moved, strict=True):
            if corner is not None:
                _put_corner(point, corner, scales[1])
        radius = _float(field(held, _rb("rbRx")))
        if radius is not None:
            share = radius / scales[0][1] / placement.part[1]
            set_field(held, _rb("rbRx"), _text(share * scales[1][1]))
    return lost


def _rb(name: str) -> str:
    return tag("Iptc4xmpExt", name)


def _moved_corner(point: Any, placement: Placement, scales: tuple[tuple[float, float], ...]) -> Rect | None:
    x, y, width, height = (_float(field(point, _rb(name))) or 0.0 for name in ("rbX", "rbY", "rbW", "rbH"))
    rows, columns = scales[0]
    return placement.rectangle((x / columns, y / rows, width / columns, height / rows))


def _put_corner(point: Any, corner: Rect, scale: tuple[float, float]) -> None:
    for name, value, length in zip(("rbX", "rbY", "rbW", "rbH"), corner, (1, 0, 1, 0), strict=True):
        if field(point, _rb(name)) is not None:
            set_field(point, _rb(name), _text(value * scale[length]))


def _moved_vertices(points: list[Any], placement: Placement, scale: tuple[float, float]) -> list[Rect | None]:
    """Move the corners of a polygon; those outside go to the border, unless all of it is outside."""
    told = [tuple(_float(field(point, _rb(name))) or 0.0 for name in ("rbX", "rbY")) for point in points]
    moved = [placement.point(x / scale[1], y / scale[0]) for x, y in told]
    if any(max(axis) < 0 or min(axis) > 1 for axis in zip(*moved, strict=True)):
        return [None] * len(points)
    return [(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)), 0.0, 0.0) for x, y in moved]


def _drop(element: Any) -> int:
    """Take out the item of a list that an element belongs to, and the whole property where it was the last one."""
    item = element if element.tag == _LI else next(element.iterancestors(_LI), None)
    if item is None:
        return 0
    items = item.getparent()
    items.remove(item)
    if not len(items):
        for parent in items.iterancestors():
            above = parent.getparent()
            if above is not None and above.tag == tag("rdf", "Description") and above.getparent().tag == _RDF:
                above.remove(parent)
                break
    return 1


_RDF = f"{{{NAMESPACES['rdf']}}}RDF"


def _text(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
