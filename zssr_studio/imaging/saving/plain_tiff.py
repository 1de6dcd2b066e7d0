"""The last resort: a TIFF of pixels and profile alone, put together here, around whatever strips are in the file."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO

from zssr_studio.imaging.metadata import exif
from zssr_studio.imaging.saving.strips import MAX_CLASSIC_TIFF_BYTES, STRIP_ROWS

if TYPE_CHECKING:
    from zssr_studio.imaging.encoding import Encoding
    from zssr_studio.imaging.saving.strips import Strips

_HEAD_BYTES = 16  # of a BigTIFF, which has the longer one
_LONG8, _BYTES_A_PLACE = 16, 8
_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC = 256, 257, 258, 259, 262
_OFFSETS, _SAMPLES, _ROWS, _SIZES, _PLANES, _PREDICTOR, _EXTRA, _FORMAT = 273, 277, 278, 279, 284, 317, 338, 339
_PROFILE = 34675
_PLAIN, _DEFLATE, _GRAY, _RGB, _TOGETHER, _DIFFERENCES, _ASSOCIATED, _STRAIGHT = 1, 8, 1, 2, 1, 2, 1, 2
_WHOLE, _FLOAT = 1, 3


def write_plain_tiff(file: BinaryIO, encoding: Encoding, strips: Strips) -> None:
    """Write the strips that are not in a file yet behind those that are, and a new directory behind all.

    Raises
    ------
    ValueError
        If rows are missing.
    """
    last = strips.written[-1] if strips.written else None
    file.seek(_HEAD_BYTES if last is None else last.offset + last.size)
    for content in strips.into(file):
        file.write(content)
    if sum(strip.rows for strip in strips.written) != encoding.size[0]:
        raise ValueError("rows are missing")
    start = file.tell() + file.tell() % 2
    is_big = start > MAX_CLASSIC_TIFF_BYTES
    root = _directory(encoding, strips, is_big=is_big)
    body, first = exif.write_directory(root, start, big=is_big)
    file.seek(start)
    file.write(body)
    file.truncate(start + len(body))
    file.seek(0)
    mark = b"II" if root.order == "<" else b"MM"
    form = root.order + ("HHHQ" if is_big else "HI")
    file.write(mark + struct.pack(form, *((43, _BYTES_A_PLACE, 0, first) if is_big else (42, first))))


def _directory(encoding: Encoding, strips: Strips, *, is_big: bool) -> exif.Directory:
    root = exif.Directory(">" if strips.dtype.byteorder == ">" else "<")
    for tag, value in (
        (_WIDTH, encoding.size[1]),
        (_HEIGHT, encoding.size[0]),
        (_COMPRESSION, _DEFLATE if strips.is_packed else _PLAIN),
        (_PHOTOMETRIC, _GRAY if encoding.colours == 1 else _RGB),
        (_SAMPLES, encoding.samples),
        (_ROWS, STRIP_ROWS),
        (_PLANES, _TOGETHER),
        (_PREDICTOR, _DIFFERENCES if strips.is_predicted else _PLAIN),
    ):
        root.set_numbers(tag, exif.LONG if tag in (_WIDTH, _HEIGHT, _ROWS) else exif.SHORT, value)
    root.set_numbers(_BITS, exif.SHORT, *[encoding.bits] * encoding.samples)
    root.set_numbers(_FORMAT, exif.SHORT, *[_FLOAT if strips.dtype.kind == "f" else _WHOLE] * encoding.samples)
    if encoding.has_alpha:
        root.set_numbers(_EXTRA, exif.SHORT, _ASSOCIATED if encoding.is_associated else _STRAIGHT)
    for tag, values in (
        (_OFFSETS, [strip.offset for strip in strips.written]),
        (_SIZES, [strip.size for strip in strips.written]),
    ):
        code = "Q" if is_big else "I"
        held = struct.pack(f"{root.order}{len(values)}{code}", *values)
        root.entries[tag] = exif.Entry(_LONG8 if is_big else exif.LONG, held)
    if encoding.icc_profile:
        root.entries[_PROFILE] = exif.Entry(exif.UNDEFINED, encoding.icc_profile)
    return root
