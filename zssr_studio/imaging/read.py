"""Reads a picture from a file: PNG, JPEG and TIFF in 8 and 16 bits per sample."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import imagecodecs
import tifffile
from PIL import Image, ImageCms

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.pillow_files import read_pillow
from zssr_studio.imaging.tiff_files import read_tiff

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.imaging.picture import Picture

READ_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")

_TIFF_MAGIC = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
_JPEG_MAGIC = b"\xff\xd8\xff"

# What the decoders raise on damaged files, as far as it was seen; all of it means the same to a person.
_DECODER_ERRORS = (
    EOFError,
    IndexError,
    KeyError,
    MemoryError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,  # imagecodecs' errors are RuntimeErrors
    SyntaxError,  # Pillow, for a broken PNG
    TypeError,
    ValueError,
    ZeroDivisionError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    ImageCms.PyCMSError,
    imagecodecs.DelayedImportError,
    tifffile.TiffFileError,
)


def read_picture(path: Path) -> Picture:
    """Read a picture, with its profile, its alpha and its resolution; the EXIF orientation is applied.

    Parameters
    ----------
    path : Path
        A PNG, JPEG or TIFF file; the content counts, not the suffix. Of several pages the first is read.

    Returns
    -------
    Picture
        Values are the file's, divided by the largest of its depth.

    Raises
    ------
    BadInputError
        If there is no such file or it cannot be read, with a sentence for a person.
    """
    head = _head(path)
    try:
        if head.startswith(_TIFF_MAGIC):
            return read_tiff(path)
        if head.startswith((_PNG_MAGIC, _JPEG_MAGIC)):
            return read_pillow(path)
    except _DECODER_ERRORS as error:
        reason = " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
        raise BadInputError(
            f"{path.name} is damaged or not complete ({reason}). Copy it again from its source, or open it in the "
            "program that made it and save it anew."
        ) from error
    raise BadInputError(f"{path.name} is not a PNG, JPEG or TIFF picture. Convert it to one of these first.")


def _head(path: Path) -> bytes:
    """First bytes of a file, or the sentence that says why there are none."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
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
