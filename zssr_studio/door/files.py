"""Pictures from files and to files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.door.choices import whole
from zssr_studio.door.intake import path_of, taken
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.export import DEFAULT_QUALITY, ExportOptions
from zssr_studio.imaging.metadata.blocks import MetadataPolicy

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from zssr_studio.door.intake import Source
    from zssr_studio.imaging.metadata.blocks import Derivation
    from zssr_studio.imaging.picture import Picture

PROFILE_SUFFIXES = (".icc", ".icm")


def read(path: str | os.PathLike[str], page: int = 1) -> Picture:
    """Read a picture from a file; its content decides the format, and its EXIF orientation is applied.

    Parameters
    ----------
    path : str or path
        A PNG, JPEG, TIFF, WebP, AVIF, JPEG XL, HEIC, BMP, DNG or camera RAW.
    page : int
        Of a file of several pages, from 1.

    Returns
    -------
    Picture
        `pixels` of shape (H, W, 1 or 3), float32 in [0, 1]; `alpha` of shape (H, W) or None; profile, resolution,
        metadata and `source_bits` (8, 16, or 32 for floating point) beside them.

    Raises
    ------
    BadInputError
        If there is no such file or it cannot be read, with a sentence for a person.

    Examples
    --------
    >>> import zssr_studio as zs
    >>> picture = zs.read(zs.resource_path("sample.png"))
    >>> picture.pixels.dtype, picture.channels, picture.source_bits
    (dtype('float32'), 3, 8)
    """
    from zssr_studio.imaging.read import read_picture

    return read_picture(path_of(path, "path"), whole("page", page))


def write(
    source: Source,
    path: str | os.PathLike[str],
    *,
    overwrite: bool = False,
    bits: int | None = None,
    quality: int = DEFAULT_QUALITY,
    lossless: bool = False,
    colour: str | os.PathLike[str] = "keep",
    metadata: str = "all",
) -> tuple[str, ...]:
    """Write a picture to a file; whole or not at all.

    Parameters
    ----------
    source : Picture, ndarray, PIL.Image.Image or path
        What is written; arrays as `zssr_studio.upscale` takes them. Of a path, the file is read, and never replaced.
    path : str or path
        Ends in .png, .tif, .jpg, .webp, .avif or .jxl.
    overwrite : bool
        Whether an existing file may be replaced.
    bits : int or None
        Per sample: 8, 16, or 32 for a floating-point TIFF. None takes the picture's depth, or the deepest that the
        format holds if that is less.
    quality : int
        Of JPEG, WebP, AVIF and JPEG XL, 1 to 100.
    lossless : bool
        Of WebP and JPEG XL: exact samples, whatever the quality.
    colour : str or path
        `keep` carries the picture's profile; `srgb`, `display-p3`, `adobe-rgb`, `prophoto` or the path of an .icc file
        convert to it.
    metadata : str
        EXIF, IPTC and XMP: `all`, `none`, or `no-place` (all but where the picture was taken).

    Returns
    -------
    tuple of str
        What the format could not keep, in whole sentences.

    Raises
    ------
    BadInputError, FailureError
        With a sentence for a person; a file that was there is as it was.
    TypeError
        If something is of another type.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import numpy as np
    >>> import zssr_studio as zs
    >>> pixels = np.arange(12, dtype=np.uint16).reshape(3, 4) * 5000
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     zs.write(pixels, Path(folder) / "ramp.png")
    ...     zs.write(pixels, Path(folder) / "ramp.jpg")
    ()
    ('JPEG holds 8 bits per sample; the picture has 16.',)
    """
    came = taken(source)
    policies = [policy.value for policy in MetadataPolicy]
    if metadata not in policies:
        raise BadInputError(f"metadata={metadata!r}: give one of {', '.join(policies)}.")
    options = ExportOptions(
        bits=None if bits is None else whole("bits", bits),
        colour=_colour(colour),
        metadata=MetadataPolicy(metadata),
        quality=whole("quality", quality),
        lossless=lossless,
    )
    return written(came.picture, path, options, overwrite=overwrite, source=came.path)


def written(
    picture: Picture,
    path: str | os.PathLike[str],
    options: ExportOptions,
    *,
    overwrite: bool,
    source: Path | None = None,
    derivation: Derivation | None = None,
) -> tuple[str, ...]:
    """Write a picture, but never over the file that it was made from.

    Parameters
    ----------
    picture : Picture
    path : str or path
    options : ExportOptions
    overwrite : bool
    source : Path or None
        The file that it was made from.
    derivation : Derivation or None
        What the XMP tells of how it was made.

    Raises
    ------
    BadInputError, FailureError
        With a sentence for a person.
    """
    from zssr_studio.imaging.write import write_picture

    target = path_of(path, "path")
    if source is not None and target.exists() and source.exists() and target.samefile(source):
        raise BadInputError(f"{target} is the source, which is never overwritten. Give another name.")
    return write_picture(picture, target, overwrite=bool(overwrite), options=options, derivation=derivation)


def _colour(colour: str | os.PathLike[str]) -> str | Path:
    """Return a colour target: a name, or the path of a profile."""
    path = path_of(colour, "colour")
    return colour if isinstance(colour, str) and path.suffix.lower() not in PROFILE_SUFFIXES else path
