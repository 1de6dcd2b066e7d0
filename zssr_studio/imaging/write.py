"""Writes a picture to a file: PNG and TIFF in 8 and 16 bits, JPEG; whole or not at all.

A picture comes in bands of rows. TIFF is written as they come; the others are encoded when the last one is there.
"""

from __future__ import annotations

import itertools
import math
import os
from typing import TYPE_CHECKING, Any, BinaryIO

import imagecodecs
import numpy as np
import tifffile
from PIL import Image

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.atomic import refuse_existing, write_atomically
from zssr_studio.imaging.png_chunks import icc_chunk, resolution_chunk, with_chunks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from zssr_studio.imaging.picture import Picture

    Rows = tuple[NDArray[np.float32], NDArray[np.float32] | None]

TIFF_SUFFIXES, JPEG_SUFFIXES = (".tif", ".tiff"), (".jpg", ".jpeg")
WRITE_SUFFIXES = (".png", *TIFF_SUFFIXES, *JPEG_SUFFIXES)
STRIP_ROWS = 64
CHUNK_ROWS = 4 * STRIP_ROWS
MAX_CLASSIC_TIFF_BYTES = 4_000_000_000
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
    bands = iter([(picture.pixels, picture.alpha)])
    size = (picture.height, picture.width)
    write_bands(picture, size, bands, path, overwrite=overwrite, bits=bits, quality=quality)


def write_bands(
    header: Picture,
    size: tuple[int, int],
    bands: Iterator[Rows],
    path: Path,
    *,
    overwrite: bool,
    bits: int | None = None,
    quality: int = DEFAULT_QUALITY,
) -> None:
    """Write a picture whose rows come one band after the other, as `write_picture` does.

    Parameters
    ----------
    header : Picture
        Gives all but the pixels: channels, whether there is alpha, profile, depth, resolution.
    size : tuple of int
        Rows and columns of the picture that is written.
    bands : iterator of (pixels, alpha)
        From the top on: float32 of shape (rows, W, C), and of shape (rows, W) or None.
    """
    check_writable(path, overwrite=overwrite)
    depth = header.source_bits if bits is None else bits
    suffix = path.suffix.lower()
    with_alpha = suffix not in JPEG_SUFFIXES
    if not with_alpha:
        _check_jpeg(header, size, path.name)
        depth = 8
    samples = (_samples(pixels, alpha if with_alpha else None, depth) for pixels, alpha in _chunks(bands))

    def write(file: BinaryIO) -> None:
        if suffix in TIFF_SUFFIXES:
            _write_tiff(file, header, size, samples, depth)
        elif with_alpha:
            file.write(_png(header, _whole(samples, size)))
        else:
            _write_jpeg(file, header, _whole(samples, size), quality)

    write_atomically(path, write, overwrite=overwrite)


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


def _chunks(bands: Iterator[Rows]) -> Iterator[Rows]:
    """Cut bands into a few rows each, so that no more is held twice."""
    for pixels, alpha in bands:
        for top in range(0, len(pixels), CHUNK_ROWS):
            rows = slice(top, top + CHUNK_ROWS)
            yield pixels[rows], None if alpha is None else alpha[rows]


def _samples(pixels: NDArray[np.float32], alpha: NDArray[np.float32] | None, bits: int) -> NDArray[Any]:
    """Round to samples: (rows, W) or (rows, W, 2 to 4), uint8 or uint16."""
    values = pixels if alpha is None else np.concatenate([pixels, alpha[:, :, None]], axis=2)
    largest = 2**bits - 1
    scaled = values.clip(0, 1)
    scaled *= np.float32(largest)
    samples: NDArray[Any] = np.rint(scaled, out=scaled).astype(np.uint8 if bits == 8 else np.uint16)
    return samples[:, :, 0] if samples.shape[2] == 1 else samples


def _whole(samples: Iterator[NDArray[Any]], size: tuple[int, int]) -> NDArray[Any]:
    """Put bands together."""
    first = next(samples)
    if first.shape[0] == size[0]:
        return first
    whole = np.empty((*size, *first.shape[2:]), first.dtype)
    top = 0
    for band in itertools.chain([first], samples):
        whole[top : top + len(band)] = band
        top += len(band)
    return whole


def _png(header: Picture, samples: NDArray[Any]) -> bytes:
    encoded = bytes(imagecodecs.png_encode(samples))
    chunks = []
    if header.icc_profile:
        chunks.append(icc_chunk(header.icc_profile))
    if header.pixels_per_inch:
        chunks.append(resolution_chunk(header.pixels_per_inch))
    return with_chunks(encoded, chunks)


def _write_tiff(
    file: BinaryIO, header: Picture, size: tuple[int, int], samples: Iterator[NDArray[Any]], bits: int
) -> None:
    count = header.channels + (header.alpha is not None)
    shape = size if count == 1 else (*size, count)
    dtype = np.dtype(np.uint8 if bits == 8 else np.uint16)
    vertical, horizontal = header.pixels_per_inch or (0.0, 0.0)
    with tifffile.TiffWriter(file, bigtiff=math.prod(shape) * dtype.itemsize > MAX_CLASSIC_TIFF_BYTES) as tiff:
        tiff.write(
            (_deflated(strip) for strip in _strips(samples)),
            shape=shape,
            dtype=dtype,
            photometric="rgb" if header.channels == 3 else "minisblack",
            planarconfig="contig",
            extrasamples=None if header.alpha is None else ("unassalpha",),
            compression="adobe_deflate",
            predictor=True,
            rowsperstrip=STRIP_ROWS,
            iccprofile=header.icc_profile,
            resolution=(horizontal, vertical) if header.pixels_per_inch else None,
            resolutionunit="INCH" if header.pixels_per_inch else None,
            metadata=None,
            software="ZSSR Studio",
        )


def _deflated(strip: NDArray[Any]) -> bytes:
    """Compress a strip by Deflate, with the difference to the pixel on the left as its predictor."""
    return bytes(imagecodecs.zlib_encode(imagecodecs.delta_encode(strip, axis=1).tobytes()))


def _strips(bands: Iterator[NDArray[Any]]) -> Iterator[NDArray[Any]]:
    """Cut bands of any number of rows into strips of `STRIP_ROWS`, the last one shorter."""
    rest: NDArray[Any] | None = None
    for band in bands:
        rows = band if rest is None else np.concatenate([rest, band])
        whole = len(rows) // STRIP_ROWS * STRIP_ROWS
        for top in range(0, whole, STRIP_ROWS):
            yield rows[top : top + STRIP_ROWS]
        rest = rows[whole:]
    if rest is not None and len(rest):
        yield rest


def _check_jpeg(header: Picture, size: tuple[int, int], name: str) -> None:
    if header.alpha is not None and float(header.alpha.min()) < 1:
        raise BadInputError(f"{name}: JPEG cannot hold the picture's transparency. Choose PNG or TIFF.")
    if max(size) > MAX_JPEG_SIDE_PX:
        raise BadInputError(f"{name}: JPEG holds at most {MAX_JPEG_SIDE_PX} pixels a side. Choose PNG or TIFF.")


def _write_jpeg(file: BinaryIO, header: Picture, samples: NDArray[Any], quality: int) -> None:
    options: dict[str, Any] = {}
    if header.icc_profile:
        options["icc_profile"] = header.icc_profile
    if header.pixels_per_inch:
        options["dpi"] = header.pixels_per_inch[::-1]
    Image.fromarray(samples).save(file, format="JPEG", quality=quality, subsampling=0, **options)
