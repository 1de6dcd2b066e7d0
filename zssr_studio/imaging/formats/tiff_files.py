"""TIFF by tifffile, which reads 16 bits, floating point, tiles, planes and BigTIFF right."""

from __future__ import annotations

import logging
import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import tifffile

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.file_info import FileInfo
from zssr_studio.imaging.formats.tiff_pages import tiff_pictures
from zssr_studio.imaging.formats.tiff_tags import TiffTags, read_tags
from zssr_studio.imaging.metadata import exif
from zssr_studio.imaging.metadata.blocks import NO_METADATA
from zssr_studio.imaging.metadata.places.orientation import swaps_axes, upright
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.samples import check_size, colours_and_alpha

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from zssr_studio.imaging.formats.tiff_pages import TiffPictures

_KIND = tifffile.PHOTOMETRIC
_COLOURS = {
    _KIND.MINISBLACK: "gray",
    _KIND.MINISWHITE: "gray",
    _KIND.RGB: "rgb",
    _KIND.YCBCR: "rgb",
    _KIND.PALETTE: "palette",
    _KIND.SEPARATED: "cmyk",
}
_ALPHAS = {tifffile.EXTRASAMPLE.ASSOCALPHA: "associated", tifffile.EXTRASAMPLE.UNASSALPHA: "straight"}

# Packings that know nothing of colours: YCbCr in them would have to be undone here.
_PLAIN_PACKINGS = (1, 5, 8, 32773, 32946, 34925, 50000)

# A damaged file is reported by an exception that becomes a sentence; tifffile's own log would say it twice.
logging.getLogger("tifffile").addHandler(logging.NullHandler())
logging.getLogger("tifffile").propagate = False


def inspect_tiff(path: Path, page: int = 1) -> FileInfo:
    """Read the header of a page; see `zssr_studio.imaging.read.read_info`."""
    with tifffile.TiffFile(path) as file:
        chosen, above, notes, pages = _chosen(file, path, page)
        check_size(path.name, chosen.imagelength, chosen.imagewidth)
        tags = TiffTags(NO_METADATA, None, 1, None, ())
        try:
            tags = read_tags(path, file.byteorder, chosen.offset, big=file.is_bigtiff, above=above)
        except exif.ExifError as error:
            notes.append(f"The metadata of {path.name} are damaged ({error}) and were left out.")
        size, ppi = (chosen.imagelength, chosen.imagewidth), tags.pixels_per_inch
        if swaps_axes(tags.orientation):
            size, ppi = size[::-1], ppi and ppi[::-1]
        return FileInfo(
            format="BigTIFF" if file.is_bigtiff else "TIFF",
            height=size[0],
            width=size[1],
            colours=_COLOURS.get(chosen.photometric, getattr(chosen.photometric, "name", "unknown")),
            bits=int(np.max(chosen.bitspersample)),
            is_float=chosen.sampleformat == tifffile.SAMPLEFORMAT.IEEEFP,
            alpha=_alpha(chosen),
            orientation=tags.orientation,
            pixels_per_inch=ppi,
            icc_profile=tags.icc_profile,
            metadata=tags.metadata,
            pages=pages,
            page=page,
            details=_details(chosen),
            notes=(*notes, *tags.notes, *_left_out(chosen, path.name, pages)),
        )


def decode_tiff(path: Path, info: FileInfo) -> Picture:
    """Read the pixels that `inspect_tiff` told of."""
    sample_bytes = max(1, info.bits // 8)
    with tifffile.TiffFile(path) as file:
        page, _, _, _ = _chosen(file, path, info.page)
        _check_kind(path.name, page)
        # All samples are decoded, those of no meaning here as well.
        channels = max(info.channels, page.samplesperpixel)
        check_size(path.name, info.height, info.width, channels, sample_bytes, path.stat().st_size)
        samples, unsaid = _samples(page, path.name), _unsaid(page)
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
    if alpha is not None and unsaid and not alpha.any():
        alpha = None
        notes = (
            *notes,
            f"That sample of {path.name} is zero everywhere, which would hide all; it is left out.",
        )
    if alpha is not None and info.alpha == "associated":
        np.divide(pixels, alpha[:, :, None], out=pixels, where=alpha[:, :, None] > 0)
    ppi = info.pixels_per_inch
    return Picture(pixels, alpha, profile, bits, ppi, info.alpha == "associated", info.metadata, notes)


def _chosen(file: tifffile.TiffFile, path: Path, page: int) -> tuple[Any, int | None, list[str], int]:
    """Open a picture of a file by its number: itself, where missing tags stand, notes, and how many there are."""
    with path.open("rb") as plain:
        held = tiff_pictures(plain, file.byteorder, big=file.is_bigtiff)
    pages = len(held.pictures)
    if not 1 <= page <= pages:
        raise BadInputError(f"{path.name} has {pages} page{'s' * (pages != 1)}; there is no page {page}.")
    leaf, above = held.pictures[page - 1]
    file.filehandle.seek(leaf.offset)
    chosen = tifffile.TiffPage(file, page - 1)
    return chosen, None if above is None else above.offset, _pages_notes(held, path.name, page), pages


def _pages_notes(held: TiffPictures, name: str, page: int) -> list[str]:
    """Say which pictures of a file are not read."""
    notes, pages = [], len(held.pictures)
    if pages > 1:
        notes.append(f"{name} holds {pages} pages; page {page} is read. Another one can be chosen (--page).")
        areas = [leaf.height * leaf.width for leaf, _ in held.pictures]
        largest = areas.index(max(areas))
        if areas[largest] > areas[page - 1]:
            leaf, _ = held.pictures[largest]
            notes.append(f"Page {largest + 1} of {name} is larger: {leaf.width} x {leaf.height} pixels.")
    if held.copies:
        notes.append(f"{name} holds {held.copies} smaller cop{'ies' if held.copies > 1 else 'y'} or masks of its "
                     "pictures, left out.")  # fmt: skip
    if held.further:
        notes.append(f"{name} holds {held.further} picture{'s' * (held.further > 1)} below its pages, left out.")
    if held.is_damaged:
        notes.append(f"The list of pages in {name} breaks off; those behind it cannot be found.")
    return notes


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
    inks = int(page.samplesperpixel) - len(page.extrasamples or ())
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
    if samples.ndim == 3 and page.planarconfig == tifffile.PLANARCONFIG.SEPARATE:
        samples = np.moveaxis(samples, 0, -1)
    if samples.ndim == 3:
        samples = samples[:, :, _used_samples(page)]
    if page.photometric == _KIND.PALETTE:
        return _palette(samples, page, name)
    if page.photometric == _KIND.MINISWHITE:
        largest = 1 if samples.dtype.kind == "f" else _largest(page, samples)
        samples = samples.copy()
        # Alpha, where there is any, is none of the tones.
        tones = samples if samples.ndim == 2 else samples[:, :, 0]
        np.subtract(largest, tones, out=tones, casting="unsafe")
    return samples


def _palette(samples: NDArray[Any], page: Any, name: str) -> NDArray[Any]:
    """Look colours up in a map of shape (3, 2**bits) and 16-bit values; alpha goes behind them."""
    colormap, index = page.colormap, samples if samples.ndim == 2 else samples[:, :, 0]
    if colormap is None or int(index.max()) >= colormap.shape[1]:
        raise BadInputError(f"{name} lacks colours of its palette. It is damaged.")
    if colormap.max() < 256:
        # Some programs write values of 8 bits there; libtiff takes such a map for one, too.
        colormap = colormap.astype(np.uint8)
    elif not np.any(colormap % 257):
        colormap = (colormap // 257).astype(np.uint8)
    else:
        colormap = colormap.astype(np.uint16)
    colours = np.ascontiguousarray(np.moveaxis(colormap[:, index], 0, -1))
    if samples.ndim == 2 or samples.shape[2] == 1:
        return colours
    share = samples[:, :, 1].astype(np.float64) / (2 ** int(np.max(page.bitspersample)) - 1)
    alpha = np.rint(share * np.iinfo(colours.dtype).max).astype(colours.dtype)
    return np.dstack([colours, alpha])


def _largest(page: Any, samples: NDArray[Any]) -> int:
    """Largest sample of the file's depth, such as 4095 for 12 bits."""
    if page.photometric == _KIND.PALETTE:
        return int(np.iinfo(samples.dtype).max)
    return int(2 ** int(np.max(page.bitspersample)) - 1)


def _used_samples(page: Any) -> slice | list[int]:
    """Colours, and the first extra sample that is alpha; the others mean nothing to us."""
    colours, extra = _colour_samples(page), tuple(page.extrasamples or ())
    if _alpha(page) is None:
        return slice(colours)
    at = next((index for index, kind in enumerate(extra) if kind in _ALPHAS), 0)
    return slice(colours + 1) if at == 0 else [*range(colours), colours + at]


def _colour_samples(page: Any) -> int:
    return {_KIND.RGB: 3, _KIND.YCBCR: 3, _KIND.SEPARATED: 4}.get(page.photometric, 1)


def _alpha(page: Any) -> str | None:
    """Tell whether there is alpha; a single sample more of which nothing is said is taken for it, as others do."""
    extra = tuple(page.extrasamples or ())
    if not extra:
        return "straight" if _unsaid(page) == 1 else None
    return next((_ALPHAS[kind] for kind in extra if kind in _ALPHAS), None)


def _unsaid(page: Any) -> int:
    """Count the samples of a pixel that are neither colours nor told of."""
    return max(0, int(page.samplesperpixel) - _colour_samples(page) - len(page.extrasamples or ()))


def _left_out(page: Any, name: str, pages: int) -> list[str]:
    """Say which samples and pictures of a page have no place in the house."""
    found, alpha, unsaid = [], _alpha(page), _unsaid(page)
    if alpha is not None and not page.extrasamples:
        found.append(f"{name} holds a sample beside its colours and does not say what it is; it is taken for alpha.")
    extra = len(page.extrasamples or ()) + unsaid - (alpha is not None)
    if extra > 0:
        found.append(f"{name} holds {extra} channel{'s' * (extra > 1)} beside its colours and alpha, left out.")
    stack = re.search(r"^images=(\d+)", page.description or "", re.MULTILINE)
    if stack and page.description.startswith("ImageJ=") and int(stack[1]) > pages:
        found.append(f"{name} is a stack of {stack[1]} pictures of ImageJ's; one of them is read.")
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
