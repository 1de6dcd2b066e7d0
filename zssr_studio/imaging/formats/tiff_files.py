"""TIFF by tifffile, which reads 16 bits, floating point, tiles, planes and BigTIFF right."""

from __future__ import annotations

import logging
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import tifffile

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.file_info import FileInfo
from zssr_studio.imaging.formats.tiff_tags import file_metadata, page_ppi
from zssr_studio.imaging.metadata import exif
from zssr_studio.imaging.metadata.blocks import NO_METADATA
from zssr_studio.imaging.metadata.orientation import ORIENTATION_TAG, swaps_axes, upright
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.samples import check_size, colours_and_alpha

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_ICC_TAG = 34675
_KIND = tifffile.PHOTOMETRIC
_COLOURS = {
    _KIND.MINISBLACK: "gray",
    _KIND.MINISWHITE: "gray",
    _KIND.RGB: "rgb",
    _KIND.YCBCR: "rgb",
    _KIND.PALETTE: "palette",
    _KIND.SEPARATED: "cmyk",
}

# Packings that know nothing of colours: YCbCr in them would have to be undone here.
_PLAIN_PACKINGS = (1, 5, 8, 32773, 32946, 34925, 50000)
_LEFT_OUT = {
    (33550, 33922, 34264, 34735): "a place on a map, which holds for its own pixels",
    (37724,): "Photoshop's layers; the picture that they make is read",
}

# A damaged file is reported by an exception that becomes a sentence; tifffile's own log would say it twice.
logging.getLogger("tifffile").addHandler(logging.NullHandler())
logging.getLogger("tifffile").propagate = False


def inspect_tiff(path: Path, page: int = 1) -> FileInfo:
    """Read the header of a page; see `zssr_studio.imaging.read.read_info`."""
    with tifffile.TiffFile(path) as file:
        pages = len(file.pages)
        chosen = _page(file, path.name, page, pages)
        orientation = int(_tag(chosen, ORIENTATION_TAG, 1))
        height, width = chosen.imagelength, chosen.imagewidth
        check_size(path.name, height, width)
        if swaps_axes(orientation):
            height, width = width, height
        notes: list[str] = []
        try:
            metadata, notes = file_metadata(path, file.byteorder, chosen.offset, big=file.is_bigtiff)
        except exif.ExifError as error:
            metadata = NO_METADATA
            notes.append(f"The metadata of {path.name} are damaged ({error}) and were left out.")
        if pages > 1:
            notes.append(f"{path.name} holds {pages} pages; page {page} is read. Choose another with --page.")
        notes += _left_out(chosen, path.name)
        profile = _tag(chosen, _ICC_TAG, None)
        return FileInfo(
            format="BigTIFF" if file.is_bigtiff else "TIFF",
            height=height,
            width=width,
            colours=_COLOURS.get(chosen.photometric, getattr(chosen.photometric, "name", "unknown")),
            bits=int(np.max(chosen.bitspersample)),
            is_float=chosen.sampleformat == tifffile.SAMPLEFORMAT.IEEEFP,
            alpha=_alpha(chosen),
            orientation=orientation,
            pixels_per_inch=page_ppi(chosen, orientation),
            icc_profile=bytes(profile) if isinstance(profile, bytes) else None,
            metadata=metadata,
            pages=pages,
            page=page,
            details=_details(chosen),
            notes=tuple(notes),
        )


def decode_tiff(path: Path, info: FileInfo) -> Picture:
    """Read the pixels that `inspect_tiff` told of."""
    sample_bytes = max(1, info.bits // 8)
    with tifffile.TiffFile(path) as file:
        page = _page(file, path.name, info.page, info.pages)
        _check_kind(path.name, page)
        # All samples are decoded, those of no meaning here as well.
        channels = max(info.channels, page.samplesperpixel)
        check_size(path.name, info.height, info.width, channels, sample_bytes, path.stat().st_size)
        samples = _samples(page, path.name)
        profile, notes, bits = info.icc_profile, info.notes, info.source_bits
        largest = None if samples.dtype.kind == "f" else _largest(page, samples)
        if info.colours == "palette":
            bits = 16 if largest == 65535 else 8
        if info.colours == "cmyk":
            samples, profile = _from_cmyk(samples, path.name, profile, info.alpha)
            bits, largest, notes = 16, 65535, (*notes, profiles.CMYK_NOTE.format(name=path.name))
        samples = upright(samples, info.orientation)
    pixels, alpha = colours_and_alpha(samples, largest)
    del samples
    if not (np.isfinite(pixels).all() and (alpha is None or np.isfinite(alpha).all())):
        raise BadInputError(
            f"{path.name} holds samples that are no numbers (NaN or infinite). Replace them where it was made."
        )
    if alpha is not None and info.alpha == "associated":
        np.divide(pixels, alpha[:, :, None], out=pixels, where=alpha[:, :, None] > 0)
    ppi = info.pixels_per_inch
    return Picture(pixels, alpha, profile, bits, ppi, info.alpha == "associated", info.metadata, notes)


def _page(file: tifffile.TiffFile, name: str, page: int, pages: int) -> Any:
    if not 1 <= page <= pages:
        raise BadInputError(f"{name} has {pages} page{'s' * (pages != 1)}; there is no page {page}.")
    chosen = file.pages[page - 1]
    return chosen.aspage() if isinstance(chosen, tifffile.TiffFrame) else chosen


def _check_kind(name: str, page: Any) -> None:
    if page.photometric not in _COLOURS:
        colours = getattr(page.photometric, "name", page.photometric)
        raise BadInputError(f"{name} holds {colours} colours, which are not read. Convert it to RGB or gray first.")
    if page.dtype is None or page.dtype.str.lstrip("<>|") not in ("u1", "u2", "b1", "f2", "f4", "f8"):
        raise BadInputError(
            f"{name} holds {page.bitspersample}-bit {page.dtype} samples; TIFF is read in 8 and 16 bits and in "
            "floating point. Save it with one of these depths."
        )
    if page.imagedepth != 1:
        raise BadInputError(f"{name} holds a volume, not a picture. Save one of its layers alone.")
    inks = page.samplesperpixel - len(page.extrasamples or ())
    if page.photometric == _KIND.SEPARATED and inks != 4:
        raise BadInputError(f"{name} holds {inks} inks; only CMYK is read. Convert it to RGB first.")
    if page.photometric == _KIND.YCBCR and int(page.compression) in _PLAIN_PACKINGS:
        raise BadInputError(f"{name} holds YCbCr colours, which are read in JPEG only. Convert it to RGB first.")
    wanted = math.prod(page.chunked)
    missing = wanted - sum(size > 0 for size in page.databytecounts[:wanted])
    if missing:
        raise BadInputError(
            f"{name} lacks the pixels of {missing} of its {wanted} strips or tiles. It is damaged or "
            "not complete. Copy it again from its source."
        )


def _samples(page: Any, name: str) -> NDArray[Any]:
    """Decode to (H, W) or (H, W, C), black as 0 (no ink as 0 for CMYK)."""
    samples: NDArray[Any] = page.asarray()
    if samples.dtype == np.bool_:
        samples = samples.astype(np.uint8)
    if page.photometric == _KIND.PALETTE:
        # A colour map has shape (3, 2**bits) and 16-bit values.
        if page.colormap is None or int(samples.max()) >= page.colormap.shape[1]:
            raise BadInputError(f"{name} lacks colours of its palette. It is damaged.")
        return _palette(samples, page.colormap)
    if samples.ndim == 3 and page.planarconfig == tifffile.PLANARCONFIG.SEPARATE:
        samples = np.moveaxis(samples, 0, -1)
    if page.photometric == _KIND.MINISWHITE:
        samples = (1 if samples.dtype.kind == "f" else _largest(page, samples)) - samples
    if samples.ndim == 3:
        samples = samples[:, :, : _used_samples(page, samples.shape[2])]
    return samples


def _palette(samples: NDArray[Any], colormap: NDArray[Any]) -> NDArray[Any]:
    if not np.any(colormap % 257):
        colormap = (colormap // 257).astype(np.uint8)
    else:
        colormap = colormap.astype(np.uint16)
    return np.ascontiguousarray(np.moveaxis(colormap[:, samples], 0, -1))


def _largest(page: Any, samples: NDArray[Any]) -> int:
    """Largest sample of the file's depth, such as 4095 for 12 bits."""
    if page.photometric == _KIND.PALETTE:
        return int(np.iinfo(samples.dtype).max)
    return int(2 ** int(np.max(page.bitspersample)) - 1)


def _used_samples(page: Any, count: int) -> int:
    """Colours, and alpha where the first extra sample is one; other extra samples mean nothing to us."""
    colours = 3 if count >= 3 and page.photometric in (_KIND.RGB, _KIND.YCBCR) else 1
    if page.photometric == _KIND.SEPARATED:
        colours = 4
    return colours + 1 if _alpha(page) and count > colours else colours


def _alpha(page: Any) -> str | None:
    extra = tuple(page.extrasamples or ())
    if not extra:
        return None
    kinds = {tifffile.EXTRASAMPLE.ASSOCALPHA: "associated", tifffile.EXTRASAMPLE.UNASSALPHA: "straight"}
    return kinds.get(extra[0])


def _left_out(page: Any, name: str) -> list[str]:
    """Say what of a page has no place in the house."""
    found = [
        f"{name} holds {what}; it is left out." for tags, what in _LEFT_OUT.items() if any(map(page.tags.get, tags))
    ]
    extra = len(page.extrasamples or ()) - (_alpha(page) is not None)
    if extra > 0:
        found.append(f"{name} holds {extra} channel{'s' * (extra > 1)} beside its colours and alpha, left out.")
    return found


def _from_cmyk(
    samples: NDArray[Any], name: str, profile: bytes | None, alpha: str | None
) -> tuple[NDArray[Any], bytes]:
    if not profile:
        raise BadInputError(
            f"{name} holds CMYK colours without a profile, so they cannot be known. Convert it to RGB in the program "
            "that made it."
        )
    if samples.dtype not in (np.uint8, np.uint16):
        raise BadInputError(
            f"{name} holds CMYK colours in floating point, which are not read. Convert it to RGB first."
        )
    if alpha == "associated":
        raise BadInputError(
            f"{name} holds CMYK colours multiplied by their alpha, which are not read. Flatten it first."
        )
    wide = profiles.from_cmyk(samples[:, :, :4], profile, name)
    if alpha is not None:
        last = samples[:, :, 4:5]
        wide = np.concatenate(
            [wide, last if last.dtype == np.uint16 else last.astype(np.uint16) * np.uint16(257)], axis=2
        )
    return wide, profiles.named_profile(profiles.ADOBE_RGB)


def _details(page: Any) -> dict[str, str]:
    return {
        "compression": str(getattr(page.compression, "name", page.compression)).lower(),
        "layout": ("tiles" if page.is_tiled else "strips")
        + (", planes apart" if page.planarconfig == tifffile.PLANARCONFIG.SEPARATE else ""),
    }


def _tag(page: Any, code: int, default: Any) -> Any:
    tag = page.tags.get(code)
    return default if tag is None else tag.value
