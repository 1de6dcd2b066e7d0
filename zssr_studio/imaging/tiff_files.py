"""TIFF by tifffile, which reads 16 bits, tiles, planes and BigTIFF right."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import numpy as np
import tifffile

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.orientation import ORIENTATION_TAG, swaps_axes, upright
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.samples import check_size, split_alpha, unit_values

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_ICC_TAG = 34675
_X_RESOLUTION_TAG, _Y_RESOLUTION_TAG, _RESOLUTION_UNIT_TAG = 282, 283, 296
_CENTIMETRE = 3
_INCHES_PER_CENTIMETRE = 1 / 2.54

# A damaged file is reported by an exception that becomes a sentence; tifffile's own log would say it twice.
logging.getLogger("tifffile").addHandler(logging.NullHandler())


def read_tiff(path: Path) -> Picture:
    """Read the first page of a TIFF file; see `zssr_studio.imaging.read.read_picture`."""
    with tifffile.TiffFile(path) as file:
        page = file.pages.first
        check_size(path.name, page.imagelength, page.imagewidth)
        _check_kind(path.name, page)
        orientation = int(_tag(page, ORIENTATION_TAG, 1))
        samples = _samples(page)
        pixels, alpha = split_alpha(unit_values(upright(samples, orientation)))
        if alpha is not None and _is_associated(page):
            pixels = np.where(alpha[:, :, None] > 0, pixels / np.maximum(alpha[:, :, None], 1e-6), 0)
            pixels = pixels.clip(0, 1).astype(np.float32)
        profile = _tag(page, _ICC_TAG, None)
        bits = 16 if samples.dtype == np.uint16 else 8
        return Picture(pixels, alpha, bytes(profile) if profile else None, bits, _pixels_per_inch(page, orientation))


def _check_kind(name: str, page: Any) -> None:
    kind = tifffile.PHOTOMETRIC
    known = {kind.MINISBLACK, kind.MINISWHITE, kind.RGB, kind.PALETTE, kind.YCBCR}
    if page.photometric not in known:
        colours = getattr(page.photometric, "name", page.photometric)
        raise BadInputError(f"{name} holds {colours} colours, which are not read yet. Convert it to RGB or gray first.")
    if page.dtype is None or page.dtype.str.lstrip("<>|") not in ("u1", "u2", "b1"):
        raise BadInputError(
            f"{name} holds {page.bitspersample}-bit {page.dtype} samples; TIFF is read in 8 and 16 bits. Save it with "
            "one of these depths."
        )
    if page.imagedepth != 1:
        raise BadInputError(f"{name} holds a volume, not a picture. Save one of its layers alone.")


def _samples(page: Any) -> NDArray[Any]:
    """Decode to (H, W) or (H, W, C), uint8 or uint16, black as 0."""
    samples: NDArray[Any] = page.asarray()
    if samples.dtype == np.bool_:
        samples = samples.astype(np.uint8) * np.uint8(255)
    if page.photometric == tifffile.PHOTOMETRIC.PALETTE:
        # A colour map has shape (3, 2**bits) and 16-bit values.
        return np.ascontiguousarray(np.moveaxis(page.colormap[:, samples], 0, -1)).astype(np.uint16)
    if samples.ndim == 3 and page.planarconfig == tifffile.PLANARCONFIG.SEPARATE:
        samples = np.moveaxis(samples, 0, -1)
    if page.photometric == tifffile.PHOTOMETRIC.MINISWHITE:
        samples = np.iinfo(samples.dtype).max - samples
    if samples.ndim == 3:
        samples = samples[:, :, : _used_samples(page, samples.shape[2])]
    return samples


def _used_samples(page: Any, count: int) -> int:
    """Colours, and alpha where the first extra sample is one; other extra samples mean nothing to us."""
    colours = 3 if count >= 3 else 1
    extra = tuple(page.extrasamples or ())
    has_alpha = bool(extra) and extra[0] in (tifffile.EXTRASAMPLE.ASSOCALPHA, tifffile.EXTRASAMPLE.UNASSALPHA)
    return colours + 1 if has_alpha and count > colours else colours


def _is_associated(page: Any) -> bool:
    return bool(page.extrasamples) and page.extrasamples[0] == tifffile.EXTRASAMPLE.ASSOCALPHA


def _tag(page: Any, code: int, default: Any) -> Any:
    tag = page.tags.get(code)
    return default if tag is None else tag.value


def _pixels_per_inch(page: Any, orientation: int) -> tuple[float, float] | None:
    values = [_tag(page, code, None) for code in (_Y_RESOLUTION_TAG, _X_RESOLUTION_TAG)]
    unit = int(_tag(page, _RESOLUTION_UNIT_TAG, 2))
    if any(not v or not v[0] or not v[1] for v in values) or unit == 1:
        return None
    factor = 1 / _INCHES_PER_CENTIMETRE if unit == _CENTIMETRE else 1.0
    vertical, horizontal = (factor * v[0] / v[1] for v in values)
    return (horizontal, vertical) if swaps_axes(orientation) else (vertical, horizontal)
