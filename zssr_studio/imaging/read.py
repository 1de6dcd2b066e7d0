"""Reads a picture from a file, or what its header tells. The content decides the format, not the suffix."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, TypeVar

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.containers.other_kinds import other_kind
from zssr_studio.imaging.formats.raw_files import RAW_SUFFIXES, is_dng
from zssr_studio.imaging.saving.places import check_ordinary

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from zssr_studio.imaging.file_info import FileInfo
    from zssr_studio.imaging.picture import Picture

    Inspect = Callable[[Path, int], FileInfo]
    Decode = Callable[[Path, FileInfo], Picture]

T = TypeVar("T")

READ_SUFFIXES = (
    *(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".avif", ".jxl", ".heic", ".heif", ".bmp"),
    *RAW_SUFFIXES,
)
READ_FORMATS = "PNG, JPEG, TIFF, WebP, AVIF, JPEG XL, HEIC, BMP, DNG or camera RAW"

_TIFF_MAGIC = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_PILLOW_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM")
_JXL_MAGIC = (b"\xff\x0a", b"\x00\x00\x00\x0cJXL ")
_RAW_MAGIC = (b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\x00", b"FOVb", b"\x00MRM")
_AVIF_BRANDS = (b"avif", b"avis")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1")
_CR3_BRAND = b"crx "

# What the decoders raise on damaged files, as far as it was seen; all of it means the same to a person.
_DECODER_ERRORS = (
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,  # imagecodecs' errors are RuntimeErrors
    SyntaxError,  # Pillow, for a broken PNG
    TypeError,
    ValueError,
    ZeroDivisionError,
    AttributeError,
    AssertionError,
    struct.error,
    zlib.error,
)


def read_picture(path: Path, page: int = 1) -> Picture:
    """Read a picture, with its profile, alpha, resolution and metadata; the EXIF orientation is applied.

    Parameters
    ----------
    path : Path
        A file in one of `READ_FORMATS`.
    page : int
        Of a file of several pages, from 1.

    Returns
    -------
    Picture
        Values are the file's, divided by the largest of its depth; those in floating point are kept.

    Raises
    ------
    BadInputError
        If there is no such file or it cannot be read, with a sentence for a person.
    """
    from zssr_studio.imaging.settled import settled

    inspect, decode = _room(path, _head(path))
    info = _inspected(path, inspect, page)
    return settled(_guarded(path, lambda: decode(path, info)), info, path.name)


def read_info(path: Path, page: int = 1) -> FileInfo:
    """Read what a file's header tells; no pixel is decoded.

    Parameters and errors are those of `read_picture`.
    """
    from zssr_studio.imaging.settled import settled_info

    inspect, _ = _room(path, _head(path))
    return settled_info(_inspected(path, inspect, page), path.name)


def _inspected(path: Path, inspect: Inspect, page: int) -> FileInfo:
    """Read a header, and refuse a page that is not there or that cannot be chosen."""
    if page < 1:
        raise BadInputError(f"There is no page {page}: pages are counted from 1.")
    info = _guarded(path, lambda: inspect(path, page))
    if info.page == page:
        return info
    if info.pages < page:
        count = "one picture" if info.pages == 1 else f"{info.pages} pictures"
        raise BadInputError(f"{path.name} holds {count}; there is no page {page}.")
    raise BadInputError(
        f"{path.name} holds {info.pages} pictures, of which a {info.format} gives the first one only. Leave the page "
        "out."
    )


def _room(path: Path, head: bytes) -> tuple[Inspect, Decode]:
    """Choose who reads a file; the libraries load when they are needed."""
    brand = head[8:12] if head[4:8] == b"ftyp" else b""
    is_tiff = head.startswith(_TIFF_MAGIC)
    if head.startswith(_RAW_MAGIC) or brand == _CR3_BRAND or (is_tiff and _is_raw(path)):
        from zssr_studio.imaging.formats.raw_files import decode_raw, inspect_raw

        return inspect_raw, decode_raw
    if is_tiff:
        from zssr_studio.imaging.formats.tiff_files import decode_tiff, inspect_tiff

        return inspect_tiff, decode_tiff
    if head.startswith(_JXL_MAGIC):
        from zssr_studio.imaging.formats.jxl_files import decode_jxl, inspect_jxl

        return inspect_jxl, decode_jxl
    is_avif = brand in _AVIF_BRANDS or (brand in (b"mif1", b"msf1") and b"avif" in head[16:])
    if head.startswith(_PILLOW_MAGIC) or is_avif or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        from zssr_studio.imaging.formats.pillow_files import decode_pillow, inspect_pillow

        return inspect_pillow, decode_pillow
    if brand in _HEIF_BRANDS:
        from zssr_studio.imaging.formats.heif_files import decode_heif, inspect_heif

        return inspect_heif, decode_heif
    kind = other_kind(head)
    if kind is not None:
        raise BadInputError(f"{path.name} is {kind}, which is not read. Convert it to TIFF or PNG first.")
    raise BadInputError(
        f"{path.name} is not a PNG, JPEG or TIFF picture, nor WebP, AVIF, JPEG XL, HEIC, BMP, DNG or RAW. "
        "Convert it to one of these first."
    )


def _is_raw(path: Path) -> bool:
    """Tell whether a file built like a TIFF is a RAW file: a DNG says so, the makers' own only by their names."""
    try:
        return path.suffix.lower() in RAW_SUFFIXES or is_dng(path)
    except struct.error:
        return False


def _guarded(path: Path, read: Callable[[], T]) -> T:
    """Turn whatever a decoder raises on a damaged file into a sentence."""
    try:
        return read()
    except BadInputError:
        raise
    except MemoryError as error:
        raise BadInputError(
            f"{path.name} takes more memory than is free, or is damaged. Close other programs, or copy it again from "
            "its source."
        ) from error
    except _DECODER_ERRORS as error:
        reason = _reason(error)
    except Exception as error:
        # Decoders have errors of their own, some of them directly below Exception.
        if type(error).__module__.split(".")[0] not in (
            "PIL",
            "tifffile",
            "imagecodecs",
            "rawpy",
            "pi_heif",
            "pylibjxl",
        ):
            raise
        reason = _reason(error)
    raise BadInputError(
        f"{path.name} is damaged or not complete ({reason}). Copy it again from its source, or open it in the program "
        "that made it and save it anew."
    )


def _reason(error: Exception) -> str:
    if type(error).__name__ == "UnidentifiedImageError":
        return "its header makes no sense"
    return " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__


def _head(path: Path) -> bytes:
    """First bytes of a file, or the sentence that says why there are none."""
    check_ordinary(path)
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except FileNotFoundError as error:
        raise BadInputError(f"There is no file {path}. Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise BadInputError(f"{path} is a folder. Name one picture inside it.") from error
    except PermissionError as error:
        raise BadInputError(f"{path} may not be read. Change its permissions or copy it elsewhere.") from error
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {error.strerror or error}. Check the disk or the name.") from error
    if not head:
        raise BadInputError(f"{path.name} is empty. Copy it again from its source.")
    return head
