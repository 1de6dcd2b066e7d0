"""Writes a picture to a file: PNG and TIFF in 8 and 16 bits, JPEG; whole or not at all."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np
import tifffile
from PIL import Image

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.atomic import refuse_existing, write_atomically
from zssr_studio.imaging.png_chunks import icc_chunk, resolution_chunk, with_chunks

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from zssr_studio.imaging.picture import Picture

WRITE_SUFFIXES = (".png", ".tif", ".tiff", ".jpg", ".jpeg")
DEFAULT_QUALITY = 95
MAX_JPEG_SIDE_PX = 65_500


def write_picture(
    picture: Picture, path: Path, *, overwrite: bool, bits: int | None = None, quality: int = DEFAULT_QUALITY
) -> None:
    """Write a picture in the format of the file's suffix, atomically.

    Parameters
    ----------
    picture : Picture
        Values are clipped to [0, 1] and rounded to the nearest sample.
    path : Path
        Ends in one of `WRITE_SUFFIXES`.
    overwrite : bool
        Whether an existing file may be replaced.
    bits : int, optional
        8 or 16 per sample; by default the source's. JPEG has always 8.
    quality : int
        Of JPEG, 1 to 95.

    Raises
    ------
    BadInputError, FailureError
        With a sentence for a person; a file that was there is as it was.
    """
    check_writable(path, overwrite=overwrite)
    depth = picture.source_bits if bits is None else bits
    suffix = path.suffix.lower()
    if suffix == ".png":
        content = _png(picture, depth)
    elif suffix in (".tif", ".tiff"):
        content = _tiff(picture, depth)
    else:
        content = _jpeg(picture, path.name, quality)
    write_atomically(path, content, overwrite=overwrite)


def check_writable(path: Path, *, overwrite: bool) -> None:
    """Find out before a long run whether a result can be written to a file.

    Raises
    ------
    BadInputError
    """
    if path.suffix.lower() not in WRITE_SUFFIXES:
        raise BadInputError(f"{path.name} does not say in which format to write. End it in .png, .tif or .jpg.")
    if path.is_dir():
        raise BadInputError(f"{path} is a folder. Give a file's name.")
    if path.exists() and not overwrite:
        raise refuse_existing(path)
    if not path.parent.is_dir():
        raise BadInputError(f"There is no folder {path.parent}. Make it first or give another place.")
    if not os.access(path.parent, os.W_OK):
        raise BadInputError(f"{path.parent} may not be written to. Choose another folder.")


def _samples(picture: Picture, bits: int, *, with_alpha: bool) -> NDArray[Any]:
    """Round to samples: (H, W) or (H, W, 2 to 4), uint8 or uint16."""
    values = picture.pixels
    if with_alpha and picture.alpha is not None:
        values = np.concatenate([values, picture.alpha[:, :, None]], axis=2)
    largest = 2**bits - 1
    samples = np.rint(values.clip(0, 1) * np.float32(largest)).astype(np.uint8 if bits == 8 else np.uint16)
    return samples[:, :, 0] if samples.shape[2] == 1 else samples


def _png(picture: Picture, bits: int) -> bytes:
    encoded = bytes(imagecodecs.png_encode(_samples(picture, bits, with_alpha=True)))
    chunks = []
    if picture.icc_profile:
        chunks.append(icc_chunk(picture.icc_profile))
    if picture.pixels_per_inch:
        chunks.append(resolution_chunk(picture.pixels_per_inch))
    return with_chunks(encoded, chunks)


def _tiff(picture: Picture, bits: int) -> bytes:
    buffer = io.BytesIO()
    vertical, horizontal = picture.pixels_per_inch or (0.0, 0.0)
    tifffile.imwrite(
        buffer,
        _samples(picture, bits, with_alpha=True),
        photometric="rgb" if picture.channels == 3 else "minisblack",
        planarconfig="contig",
        extrasamples=None if picture.alpha is None else ("unassalpha",),
        compression="adobe_deflate",
        predictor=True,
        rowsperstrip=64,
        iccprofile=picture.icc_profile,
        resolution=(horizontal, vertical) if picture.pixels_per_inch else None,
        resolutionunit="INCH" if picture.pixels_per_inch else None,
        metadata=None,
        software="ZSSR Studio",
    )
    return buffer.getvalue()


def _jpeg(picture: Picture, name: str, quality: int) -> bytes:
    if picture.alpha is not None and float(picture.alpha.min()) < 1:
        raise BadInputError(f"{name}: JPEG cannot hold the picture's transparency. Choose PNG or TIFF.")
    if max(picture.height, picture.width) > MAX_JPEG_SIDE_PX:
        raise BadInputError(f"{name}: JPEG holds at most {MAX_JPEG_SIDE_PX} pixels a side. Choose PNG or TIFF.")
    buffer = io.BytesIO()
    options: dict[str, Any] = {}
    if picture.icc_profile:
        options["icc_profile"] = picture.icc_profile
    if picture.pixels_per_inch:
        options["dpi"] = picture.pixels_per_inch[::-1]
    image = Image.fromarray(_samples(picture, 8, with_alpha=False))
    image.save(buffer, format="JPEG", quality=quality, subsampling=0, **options)
    return buffer.getvalue()
