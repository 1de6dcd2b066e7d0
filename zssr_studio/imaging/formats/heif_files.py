"""HEIC by libheif, which decodes it and turns it upright."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.containers import iso_boxes
from zssr_studio.imaging.file_info import FileInfo
from zssr_studio.imaging.metadata.blocks import Metadata
from zssr_studio.imaging.metadata.resolution import exif_ppi
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.samples import check_size, colours_and_alpha

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_EXIF_MARK = b"Exif\0\0"


def inspect_heif(path: Path, page: int = 1) -> FileInfo:
    """Read the header; see `zssr_studio.imaging.read.read_info`."""
    file = _opened(path)
    told: dict[str, Any] = file.info
    check_size(path.name, file.size[1], file.size[0])
    block = told.get("exif")
    block = block.removeprefix(_EXIF_MARK) if isinstance(block, bytes) else None
    profile = told.get("icc_profile") or None
    notes: list[str] = []
    nclx = told.get("nclx_profile")
    if profile is None and isinstance(nclx, dict):
        profile, notes = profiles.coded_profile(
            int(nclx.get("color_primaries", 1)), int(nclx.get("transfer_characteristics", 13))
        )
    beside = iso_boxes.what_else(iso_boxes.outline(path))
    if beside:
        notes.append(f"{path.name} holds beside its picture {', '.join(beside)}; that is left out.")
    if len(file) > 1:
        notes.append(f"{path.name} holds {len(file)} pictures; the main one is read.")
    return FileInfo(
        format="HEIC",
        height=file.size[1],
        width=file.size[0],
        colours="gray" if file.mode.startswith("L") else "rgb",
        bits=int(told.get("bit_depth", 8)),
        alpha=None if not file.has_alpha else "associated" if file.premultiplied_alpha else "straight",
        pixels_per_inch=exif_ppi(block),
        icc_profile=profile,
        metadata=Metadata(block or None, None, told.get("xmp") or None),
        pages=len(file),
        notes=tuple(notes),
    )


def decode_heif(path: Path, info: FileInfo) -> Picture:
    """Read the pixels that `inspect_heif` told of."""
    sample_bytes, size = info.source_bits // 8, path.stat().st_size
    check_size(path.name, info.height, info.width, info.channels, sample_bytes, size, copies=2)
    samples = _samples(path, info)
    # Deep samples come in the upper bits of 16: white of 10 bits is 1023 * 64.
    deep = samples.dtype == np.uint16
    pixels, alpha = colours_and_alpha(samples, float((2**info.bits - 1) << (16 - info.bits)) if deep else None)
    if alpha is not None and info.alpha == "associated":
        np.divide(pixels, alpha[:, :, None], out=pixels, where=alpha[:, :, None] > 0)
    ppi = info.pixels_per_inch
    return Picture(pixels, alpha, info.icc_profile, info.source_bits, ppi, False, info.metadata, info.notes)


def _samples(path: Path, info: FileInfo) -> NDArray[Any]:
    """Decode into memory of our own: the array of libheif lives as long as the opened file, and no longer."""
    file = _opened(path)
    samples: NDArray[Any] = np.array(file)
    if samples.shape[0] != info.height or samples.shape[1] < info.width:
        raise BadInputError(f"{path.name} holds another size than its header says. It is damaged.")
    # Its rows may be padded.
    return samples[:, : info.width]


def _opened(path: Path) -> Any:
    import pi_heif

    pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False
    return pi_heif.open_heif(path, convert_hdr_to_8bit=False, bgr_mode=False)
