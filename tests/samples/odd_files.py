"""Files with all that can stand beside a picture, made piece by piece, and a quick way to enlarge them."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import tifffile
from PIL import Image

from zssr_studio.imaging.metadata.blocks import Derivation
from zssr_studio.imaging.read import read_picture
from zssr_studio.imaging.write import DEFAULT_OPTIONS, write_picture

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.imaging.picture import Crop

HEIGHT, WIDTH = 48, 64
XMP_MARK, EXIF_MARK = b"http://ns.adobe.com/xap/1.0/\0", b"Exif\0\0"
_DERIVATION = Derivation("source", "0" * 64, "a test", "2026-01-02T03:04:05+00:00")
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 129: 1}


def values(height: int = HEIGHT, width: int = WIDTH, channels: int = 3) -> np.ndarray:
    """Smooth 8-bit colours, which JPEG keeps well."""
    rows, columns = np.mgrid[:height, :width] / (height + width)
    made = np.dstack([np.rint(255 * plane) for plane in (rows + columns, 1 - rows, columns)]).astype(np.uint8)
    return made if channels == 3 else made[:, :, 0]


def twice(path: Path, target: Path, crop: Crop | None = None, options: Any = DEFAULT_OPTIONS) -> str:
    """Read, enlarge by repeating pixels, and write; return all notes, in one text."""
    read = read_picture(path)
    part = read.part(crop)
    ppi = part.pixels_per_inch
    large = replace(
        part,
        pixels=part.pixels.repeat(2, 0).repeat(2, 1),
        alpha=None if part.alpha is None else part.alpha.repeat(2, 0).repeat(2, 1),
        pixels_per_inch=None if ppi is None else (2 * ppi[0], 2 * ppi[1]),
        enlargement=(2.0, 2.0),
    )
    said = write_picture(large, target, overwrite=True, options=options, derivation=_DERIVATION)
    return " ".join((*read.notes, *said))


# JPEG


def jpeg(path: Path, *segments: tuple[int, bytes], image: np.ndarray | None = None, behind: bytes = b"") -> Path:
    """Write a JPEG with segments (marker, content) behind its first one."""
    buffer = io.BytesIO()
    Image.fromarray(values() if image is None else image).save(buffer, "JPEG", quality=92)
    content = buffer.getvalue()
    start = 4 + int.from_bytes(content[4:6], "big")
    made = b"".join(struct.pack(">BBH", 0xFF, marker, len(held) + 2) + held for marker, held in segments)
    path.write_bytes(content[:start] + made + content[start:] + behind)
    return path


def exif_segment(block: bytes) -> tuple[int, bytes]:
    return 0xE1, EXIF_MARK + block


def xmp_segment(packet: bytes) -> tuple[int, bytes]:
    return 0xE1, XMP_MARK + packet


def resources_segment(*resources: tuple[int, bytes]) -> tuple[int, bytes]:
    return 0xED, b"Photoshop 3.0\0" + resources_of(*resources)


def resources_of(*resources: tuple[int, bytes]) -> bytes:
    return b"".join(
        b"8BIM" + struct.pack(">HHI", number, 0, len(held)) + held + bytes(len(held) % 2) for number, held in resources
    )


# EXIF

Row = tuple[int, int, bytes]  # tag, type, value in the block's byte order


def block(
    rows: list[Row], exif: list[Row] = (), gps: list[Row] = (), order: str = "<", thumbnail: bool = False
) -> bytes:
    """Make an EXIF block of rows, of those of the EXIF and the GPS directory, and with a thumbnail's directory."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    rows = list(rows)
    if exif:
        rows.append((34665, 4, b"EXIF"))
    if gps:
        rows.append((34853, 4, b"GPS "))
    body = _directory(rows, 8, order, following=0xFFFFFFFF if thumbnail else 0)
    for name, inner in ((b"EXIF", exif), (b"GPS ", gps)):
        if inner:
            place = struct.pack(order + "I", 8 + len(body))
            body = body.replace(name, place, 1) + _directory(list(inner), 8 + len(body), order)
    if thumbnail:
        place = struct.pack(order + "I", 8 + len(body))
        body = body.replace(b"\xff\xff\xff\xff", place, 1) + _directory(
            [(513, 4, struct.pack(order + "I", 8)), (514, 4, struct.pack(order + "I", 2))], 8 + len(body), order
        )
    return head + body


def _directory(rows: list[Row], start: int, order: str, following: int = 0) -> bytes:
    rows.sort()
    table, heap = b"", b""
    heap_at = start + 2 + 12 * len(rows) + 4
    for tag, kind, held in rows:
        if len(held) > 4:
            place = struct.pack(order + "I", heap_at + len(heap))
            heap += held + bytes(len(held) % 2)
        else:
            place = held.ljust(4, b"\0")
        table += struct.pack(order + "HHI", tag, kind, len(held) // _SIZES.get(kind, 1)) + place
    return struct.pack(order + "H", len(rows)) + table + struct.pack(order + "I", following) + heap


def rational(*numbers: int, order: str = "<") -> bytes:
    return struct.pack(f"{order}{len(numbers)}I", *numbers)


def shorts(*numbers: int, order: str = "<") -> bytes:
    return struct.pack(f"{order}{len(numbers)}H", *numbers)


# XMP


def packet(properties: str, **namespaces: str) -> bytes:
    """Make a packet of elements, with the namespaces that they use."""
    declared = " ".join(f'xmlns:{prefix}="{meaning}"' for prefix, meaning in namespaces.items())
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {declared}>{properties}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


# PNG


def chunk(kind: bytes, content: bytes, *, is_sound: bool = True) -> bytes:
    total = zlib.crc32(kind + content) ^ (0 if is_sound else 1)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", total)


def png(path: Path, *chunks: bytes, image: np.ndarray | None = None) -> Path:
    """Write a PNG with chunks behind its header."""
    buffer = io.BytesIO()
    Image.fromarray(values() if image is None else image).save(buffer, "PNG")
    content = buffer.getvalue()
    path.write_bytes(content[:33] + b"".join(chunks) + content[33:])
    return path


# TIFF


def tiff(path: Path, image: np.ndarray | None = None, photometric: str = "rgb", **options: Any) -> Path:
    tags = options.pop("tags", ())
    made = values() if image is None else image
    if made.ndim == 3:
        options.setdefault("planarconfig", "contig")
    tifffile.imwrite(path, made, photometric=photometric, metadata=None, extratags=tags, **options)
    return path


# WebP, and files of boxes


def with_riff_chunk(content: bytes, kind: bytes, held: bytes) -> bytes:
    """Append a chunk to a WebP, which needs its extended header for that."""
    more = kind + struct.pack("<I", len(held)) + held + bytes(len(held) % 2)
    return content[:4] + struct.pack("<I", len(content) - 8 + len(more)) + content[8:] + more


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


# BMP


def bmp(
    path: Path, kind: int, profile: bytes = b"", corners: tuple[float, ...] = (0.0,) * 9, gamma: float = 0.0
) -> Path:
    """Write a BMP of version 5 whose colours are told in some way (LCS_...)."""
    image = values()
    rows = b"".join(row[:, ::-1].tobytes() + bytes(-3 * WIDTH % 4) for row in image[::-1])
    fixed = struct.pack("<9i3I", *(round(value * 2**30) for value in corners), *(3 * (round(gamma * 2**16),)))
    head = struct.pack("<IiiHHIIiiII", 124, WIDTH, HEIGHT, 1, 24, 0, len(rows), 2835, 2835, 0, 0)
    head += struct.pack("<5I", 0xFF0000, 0xFF00, 0xFF, 0, kind)[0:20] + fixed
    head += struct.pack("<4I", 4, 124 + len(rows), len(profile), 0)
    path.write_bytes(struct.pack("<2sIHHI", b"BM", 138 + len(rows) + len(profile), 0, 0, 138) + head + rows + profile)
    return path
