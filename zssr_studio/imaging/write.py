"""Writes a picture to a file; whole or not at all.

A picture comes in bands of rows. TIFF is written as they come; the others are encoded when the last one is there.
"""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from zssr_studio.errors import BadInputError, FailureError
from zssr_studio.imaging.encoding import Encoding, settle
from zssr_studio.imaging.export import WRITE_SUFFIXES, ExportOptions, Format, format_of
from zssr_studio.imaging.formats.tiff_write import strips_of, write_tiff
from zssr_studio.imaging.saving.encoders import ENCODER_ERRORS, EncoderError, check_memory, encoded_whole
from zssr_studio.imaging.saving.kept import KeptElsewhereError, UnfinishedError, write_kept
from zssr_studio.imaging.saving.places import check_place
from zssr_studio.imaging.saving.plain_tiff import write_plain_tiff
from zssr_studio.imaging.saving.sealed import sealing
from zssr_studio.imaging.saving.strips import STRIP_ROWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from numpy.typing import NDArray

    from zssr_studio.imaging.metadata.blocks import Derivation
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.imaging.saving.sealed import Seal

    Rows = tuple[NDArray[np.float32], NDArray[np.float32] | None]

__all__ = ["WRITE_SUFFIXES", "check_picture", "check_writable", "estimate_bytes", "write_bands", "write_picture"]

CHUNK_ROWS, DEFAULT_OPTIONS = 4 * STRIP_ROWS, ExportOptions()
_TILE_PX, _TILES_A_SIDE, _TRIAL_PX = 128, 4, 16


def write_picture(
    picture: Picture,
    path: Path,
    *,
    overwrite: bool,
    options: ExportOptions = DEFAULT_OPTIONS,
    derivation: Derivation | None = None,
    seal: Seal | None = None,
) -> tuple[str, ...]:
    """Write a picture, atomically; what fails once the place was found to be good does not lose it.

    Parameters
    ----------
    picture : Picture
        Values are clipped to [0, 1] and rounded to the nearest sample; in floating point they are kept.
    path : Path
        Ends in one of `WRITE_SUFFIXES`.
    overwrite : bool
        Whether an existing file may be replaced.
    options : ExportOptions
    derivation : Derivation, optional
        What the XMP tells of how the picture was made.
    seal : callable, optional
        See `write_bands`.

    Returns
    -------
    tuple of str
        What could not be kept, in whole sentences.

    Raises
    ------
    BadInputError, FailureError
        With a sentence for a person; a file that was there is as it was. `KeptElsewhereError`, a `FailureError`, says
        where the picture was written instead.
    """
    check_writable(path, overwrite=overwrite)
    bands, size = iter([(picture.pixels, picture.alpha)]), (picture.height, picture.width)
    write = partial(write_bands, picture, size, bands, path, overwrite=overwrite)
    return write(options=options, derivation=derivation, seal=seal)


def write_bands(
    header: Picture,
    size: tuple[int, int],
    bands: Iterator[Rows],
    path: Path,
    *,
    overwrite: bool,
    options: ExportOptions = DEFAULT_OPTIONS,
    derivation: Derivation | None = None,
    completed: Callable[[], Derivation] | None = None,
    seal: Seal | None = None,
) -> tuple[str, ...]:
    """Write a picture whose rows come one band after the other, as `write_picture` does.

    Parameters
    ----------
    header : Picture
        Gives all but the pixels: channels, whether there is alpha, profile, depth, resolution, metadata.
    size : tuple of int
        Rows and columns of the picture that is written.
    bands : iterator of (pixels, alpha)
        From the top on: float32 of shape (rows, W, C), and of shape (rows, W) or None.
    completed : callable, optional
        Asked when the last row is there, gives the derivation anew, which then tells how the rows came about too.
    seal : callable, optional
        See `zssr_studio.imaging.saving.sealed`.

    Notes
    -----
    Call `check_writable` and `check_picture` before the work that makes the bands: here it is too late to refuse.
    """
    settled = partial(settle, header, size, options.format or format_of(path), options)
    encoding = settled(derivation, path.name)
    if completed is not None:
        encoding = replace(encoding, completed=lambda: settled(completed(), path.name).metadata)
    samples = (encoding.rows(pixels, alpha) for pixels, alpha in _chunks(bands))
    try:
        with sealing(lambda file: _write_or_keep(path, file, encoding, samples), seal, path) as write:
            write_kept(path, write, overwrite=overwrite)
    except EncoderError as error:
        raise _kept_as_tiff(path, encoding, error) from error
    except KeptElsewhereError as kept:
        raise kept.with_notes(encoding.notes) from kept
    return tuple(encoding.notes)


def encoded_bytes(picture: Picture, options: ExportOptions, derivation: Derivation | None = None) -> int:
    """Return how large the file becomes that `write_picture` would write; all of it is encoded to find out.

    Raises
    ------
    BadInputError
        If the format cannot hold the picture.
    """
    format_ = options.format or Format.PNG
    encoding = settle(picture, (picture.height, picture.width), format_, options, derivation, "The picture")
    return _tried(encoding, iter([encoding.rows(picture.pixels, picture.alpha)]), "The picture")


def _write_or_keep(path: Path, file: BinaryIO, encoding: Encoding, samples: Iterator[NDArray[Any]]) -> None:
    """Write a file; where TIFF's encoder fails, its strips stay, and what lacks is put around them."""
    try:
        _write(file, encoding, samples)
    except EncoderError as error:
        if encoding.format is not Format.TIFF:
            raise
        strips, reason = error.strips, FailureError(f"{path} was not written as it was asked for.")
        encoding.notes.append(f"The metadata were left out: {error}.")
        raise UnfinishedError(reason, lambda file: write_plain_tiff(file, encoding, strips)) from error


def _kept_as_tiff(path: Path, encoding: Encoding, error: EncoderError) -> KeptElsewhereError:
    """Write what an encoder refused as a TIFF, which takes all samples, without metadata, which may be the reason."""
    place = path.with_suffix(".tif")
    try:
        write_kept(place, lambda file: write_plain_tiff(file, encoding, error.strips), overwrite=False)
    except KeptElsewhereError as kept:
        place = kept.path
    return KeptElsewhereError(
        f"{path} was not written: {error}. As a TIFF it was, with its profile and without its metadata.",
        place,
    ).with_notes(encoding.notes)


def check_writable(path: Path, *, overwrite: bool) -> None:
    """Find out before a long run whether a result can be written to a file.

    Raises
    ------
    BadInputError
    """
    format_of(path)
    check_place(path, overwrite=overwrite)


def check_picture(header: Picture, size: tuple[int, int], path: Path, options: ExportOptions) -> None:
    """Find out before a long run whether a file's format can hold the picture that will come.

    Parameters are those of `write_bands`.

    Raises
    ------
    BadInputError
    """
    encoding = settle(header, size, options.format or format_of(path), options, None, path.name)
    try:
        check_memory(encoding)
    except MemoryError as error:
        told = f"{path.name} cannot be written as {encoding.format.name}: {error}."
        raise BadInputError(f"{told} Write a TIFF, which needs a few rows only.") from error
    # A small picture of the same kind, with all that goes beside the pixels, goes through the encoder itself.
    side = (_TRIAL_PX, _TRIAL_PX)
    alpha = np.ones(side, np.float32) if encoding.has_alpha else None
    rows = encoding.rows(np.zeros((*side, header.channels), np.float32), alpha)
    _tried(replace(encoding, size=side), iter([rows]), path.name)


def estimate_bytes(picture: Picture, format_: Format, options: ExportOptions = DEFAULT_OPTIONS) -> int:
    """Estimate the size of the file that a picture would become, from pieces of it that are encoded.

    Raises
    ------
    BadInputError
        If the format cannot hold the picture.
    """
    piece = _pieces(picture)
    sizes = []
    for part in (piece, replace(piece, pixels=piece.pixels[:1, :1].copy(), alpha=_corner(piece.alpha))):
        size = (part.height, part.width)
        encoding = settle(part, size, format_, options, None, "The picture")
        sizes.append(_tried(encoding, iter([encoding.rows(part.pixels, part.alpha)]), "The picture"))
    whole, fixed = sizes
    share = (picture.height * picture.width) / (piece.height * piece.width)
    return round(fixed + max(0, whole - fixed) * share)


def _corner(alpha: NDArray[np.float32] | None) -> NDArray[np.float32] | None:
    return None if alpha is None else alpha[:1, :1].copy()


def _pieces(picture: Picture) -> Picture:
    """Join square pieces from all over a large picture to a small one."""
    side = _TILE_PX * _TILES_A_SIDE
    if picture.height <= side or picture.width <= side:
        return picture
    rows, columns = (
        np.concatenate(
            [np.arange(start, start + _TILE_PX) for start in np.linspace(0, n - _TILE_PX, _TILES_A_SIDE).astype(int)]
        )
        for n in (picture.height, picture.width)
    )
    cut = np.ix_(rows, columns)
    return replace(picture, pixels=picture.pixels[cut], alpha=None if picture.alpha is None else picture.alpha[cut])


def _write(file: BinaryIO, encoding: Encoding, samples: Iterator[NDArray[Any]]) -> None:
    if encoding.format is Format.TIFF:
        strips = strips_of(encoding, samples)
        try:
            write_tiff(file, encoding, strips)
        except ENCODER_ERRORS as error:
            if strips.is_broken:
                raise
            raise EncoderError(error, encoding, strips) from error
        return
    whole = _whole(encoding, samples)
    if encoding.completed is not None:
        encoding = replace(encoding, metadata=encoding.completed())
    try:
        content = encoded_whole(encoding, whole)
    except ENCODER_ERRORS as error:
        raise EncoderError(error, encoding, strips_of(encoding, iter([whole]))) from error
    file.write(content)


def _tried(encoding: Encoding, samples: Iterator[NDArray[Any]], name: str) -> int:
    """Encode into memory, and return how many bytes that takes; what an encoder refuses is bad input here."""
    buffer = io.BytesIO()
    try:
        _write(buffer, encoding, samples)
    except EncoderError as error:
        if error.fault is not None:
            raise error.fault from None
        raise BadInputError(
            f"{name} cannot be written as {encoding.format.name} ({error.reason}). Write a TIFF or PNG, or leave out "
            "what may be in its way: metadata (--metadata none), a profile (--colour srgb)."
        ) from error
    return buffer.getbuffer().nbytes


def _chunks(bands: Iterator[Rows]) -> Iterator[Rows]:
    """Cut bands into a few rows each, so that no more is held twice."""
    for pixels, alpha in bands:
        for top in range(0, len(pixels), CHUNK_ROWS):
            rows = slice(top, top + CHUNK_ROWS)
            yield pixels[rows], None if alpha is None else alpha[rows]


def _whole(encoding: Encoding, samples: Iterator[NDArray[Any]]) -> NDArray[Any]:
    """Put bands together."""
    first = next(samples)
    if first.shape[0] == encoding.size[0]:
        return first
    try:
        whole = np.empty((*encoding.size, *first.shape[2:]), first.dtype)
    except MemoryError as error:
        strips = strips_of(encoding, itertools.chain([first], samples))
        raise EncoderError(MemoryError("the memory is not enough"), encoding, strips) from error
    top = 0
    for band in itertools.chain([first], samples):
        whole[top : top + len(band)] = band
        top += len(band)
    return whole
