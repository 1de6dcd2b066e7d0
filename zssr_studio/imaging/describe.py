"""All that is known of a picture's file, as plain data: what `zssr-studio info` says."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from zssr_studio.imaging.metadata import exif, iptc, rdf, xmp
from zssr_studio.imaging.read import read_info

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.imaging.file_info import FileInfo

_CENTIMETRES_PER_INCH = 2.54
_MAX_TEXT, _MAX_VALUES = 400, 16
# Thousands of signs, which nobody reads here.
_RECORD = "zssr:Record"


def described(path: Path, page: int = 1) -> dict[str, Any]:
    """Read a file's header and metadata; no pixel is decoded.

    Raises
    ------
    BadInputError
        With a sentence for a person.
    """
    info = read_info(path, page)
    ppi = info.pixels_per_inch
    return {
        "file": str(path),
        "bytes": path.stat().st_size,
        "format": info.format,
        "width": info.width,
        "height": info.height,
        # Three digits, so that a tiny picture has not 0.
        "megapixels": float(f"{info.width * info.height / 1e6:.3g}"),
        "colours": info.colours,
        "bits": info.bits,
        "float": info.is_float,
        "alpha": info.alpha,
        "orientation": info.orientation,
        "page": info.page,
        "pages": info.pages,
        **info.details,
        "profile": _profile(info),
        "pixels_per_inch": None if ppi is None else {"horizontal": round(ppi[1], 4), "vertical": round(ppi[0], 4)},
        "print_cm": None if ppi is None else _print_cm(info, ppi),
        "exif": _exif(info.metadata.exif),
        "iptc": _iptc(info.metadata.iptc),
        "xmp": _xmp(info.metadata.xmp),
        "notes": list(info.notes),
    }


def _print_cm(info: FileInfo, ppi: tuple[float, float]) -> dict[str, float]:
    return {
        "width": round(info.width / ppi[1] * _CENTIMETRES_PER_INCH, 2),
        "height": round(info.height / ppi[0] * _CENTIMETRES_PER_INCH, 2),
    }


def _profile(info: FileInfo) -> dict[str, Any] | None:
    if info.icc_profile is None:
        return None
    from zssr_studio.imaging.colour import profiles

    return {
        "name": profiles.description(info.icc_profile) or "without a name",
        "colours": profiles.space_of(info.icc_profile) or "unknown",
        "bytes": len(info.icc_profile),
    }


def _exif(block: bytes | None) -> dict[str, Any] | None:
    if block is None:
        return None
    try:
        root = exif.read_block(block)
    except exif.ExifError as error:
        return {"damaged": str(error)}
    found: dict[str, Any] = {}
    _collect(root, _names(), found)
    return found


def _names() -> dict[int, dict[int, str]]:
    from PIL import ExifTags

    return {0: ExifTags.TAGS, exif.GPS_IFD: ExifTags.GPSTAGS}


def _collect(directory: exif.Directory, names: dict[int, dict[int, str]], found: dict[str, Any], kind: int = 0) -> None:
    for tag, entry in directory.entries.items():
        name = names.get(kind, names[0]).get(tag, f"tag {tag}")
        found[name] = _readable(entry, directory.order)
    for tag, child in directory.children.items():
        _collect(child, names, found, tag)


def _readable(entry: exif.Entry, order: str) -> Any:
    if entry.kind in (exif.ASCII, exif.UTF8):
        return entry.content.rstrip(b"\0").decode("utf-8", "replace")[:_MAX_TEXT]
    count = min(entry.count, _MAX_VALUES)
    if entry.kind in (5, 10):
        code = "I" if entry.kind == exif.RATIONAL else "i"
        pairs = struct.iter_unpack(f"{order}2{code}", entry.content[: 8 * count])
        values: list[Any] = [round(over / under, 6) if under else None for over, under in pairs]
    elif entry.kind in exif.NUMBERS and entry.count <= _MAX_VALUES:
        values = list(struct.unpack(f"{order}{entry.count}{exif.NUMBERS[entry.kind]}", entry.content))
    else:
        text = entry.content.rstrip(b"\0")
        return text.decode("ascii") if text.isascii() and len(text) < _MAX_VALUES else f"{len(entry.content)} bytes"
    return values[0] if len(values) == 1 else values


def _iptc(records: bytes | None) -> dict[str, Any] | None:
    if records is None:
        return None
    found: dict[str, list[str]] = {}
    for (record, dataset), value in iptc.values(records):
        found.setdefault(f"{record}:{dataset:03d}", []).append(value.decode("utf-8", "replace")[:_MAX_TEXT])
    return dict(found)


def _xmp(packet: bytes | None) -> dict[str, Any] | None:
    if packet is None:
        return None
    try:
        found = xmp.properties(packet)
        if _RECORD in found:
            found[_RECORD] = "how the run went, as JSON; zssr-studio reproduce does it again"
        return found
    except rdf.XmpError as error:
        return {"damaged": " ".join(str(error).split())[:_MAX_TEXT]}
