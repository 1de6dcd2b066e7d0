"""Camera RAW and DNG by LibRaw, developed in 16 bits to ProPhoto RGB."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.file_info import FileInfo
from zssr_studio.imaging.formats.tiff_tags import TiffTags, read_tags
from zssr_studio.imaging.metadata import exif
from zssr_studio.imaging.metadata.blocks import NO_METADATA
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.samples import check_size, colours_and_alpha

if TYPE_CHECKING:
    from pathlib import Path

RAW_SUFFIXES = (
    *(".dng", ".nef", ".nrw", ".cr2", ".cr3", ".arw", ".srf", ".sr2", ".orf", ".rw2", ".raf", ".pef", ".srw", ".3fr"),
    *(".erf", ".kdc", ".dcr", ".mos", ".mrw", ".iiq", ".rwl", ".x3f"),
)
_DNG_VERSION = 50706
# ProPhoto's tones are a plain power; LibRaw takes its inverse and the slope of a straight part, which is none here.
_PROPHOTO_GAMMA = (1.8, 0.0)
_NOTE = (
    "{name} was developed with the camera's white balance, in 16 bits to ProPhoto RGB, without any brightening or "
    "sharpening."
)


def is_dng(path: Path) -> bool:
    """Tell whether a TIFF file says that it is a digital negative."""
    with path.open("rb") as file:
        head = file.read(8)
        order = "<" if head[:2] == b"II" else ">"
        if struct.unpack(order + "H", head[2:4])[0] != 42:
            return False
        file.seek(struct.unpack(order + "I", head[4:8])[0])
        count = int.from_bytes(file.read(2), "little" if order == "<" else "big")
        rows = file.read(12 * min(count, exif.MAX_ENTRIES))
    return any(row[0] == _DNG_VERSION for row in struct.iter_unpack(order + "H10x", rows[: len(rows) // 12 * 12]))


def inspect_raw(path: Path, page: int = 1) -> FileInfo:
    """Read the header; see `zssr_studio.imaging.read.read_info`."""
    import rawpy

    tags = _tags(path)
    ppi = tags.pixels_per_inch
    with rawpy.RawPy() as raw:
        raw.open_file(str(path))
        sizes = raw.sizes
        check_size(path.name, sizes.raw_height, sizes.raw_width, 4, 2)
        height, width = sizes.height, sizes.width
        if sizes.pixel_aspect > 0 and sizes.pixel_aspect != 1:
            # LibRaw stretches the shorter axis.
            width = round(width * sizes.pixel_aspect) if sizes.pixel_aspect > 1 else width
            height = round(height / sizes.pixel_aspect) if sizes.pixel_aspect < 1 else height
        turned = sizes.flip & 4
        return FileInfo(
            format="DNG" if path.suffix.lower() == ".dng" else "RAW",
            height=width if turned else height,
            width=height if turned else width,
            colours="raw",
            bits=16,
            orientation=tags.orientation,
            pixels_per_inch=ppi[::-1] if ppi is not None and turned else ppi,
            icc_profile=profiles.named_profile(profiles.PROPHOTO),
            metadata=tags.metadata,
            details={"sensor": str(raw.raw_type.name).lower()},
            notes=(*tags.notes, _NOTE.format(name=path.name)),
        )


def decode_raw(path: Path, info: FileInfo) -> Picture:
    """Develop the picture that `inspect_raw` told of, upright."""
    import rawpy

    check_size(path.name, info.height, info.width, 4, 6)
    with rawpy.RawPy() as raw:
        raw.open_file(str(path))
        raw.unpack()
        samples = raw.postprocess(
            use_camera_wb=True,
            no_auto_bright=True,
            output_bps=16,
            output_color=rawpy.ColorSpace.ProPhoto,
            gamma=_PROPHOTO_GAMMA,
        )
    pixels, _ = colours_and_alpha(samples)
    return Picture(pixels, None, info.icc_profile, 16, info.pixels_per_inch, False, info.metadata, info.notes)


def _tags(path: Path) -> TiffTags:
    """Read EXIF and XMP where the file is built like a TIFF; the others are told of."""
    with path.open("rb") as file:
        head = file.read(8)
    orders: dict[bytes, exif.Order] = {b"II": "<", b"MM": ">"}
    order = orders.get(head[:2])
    lost = f"The EXIF data of {path.name} cannot be read from this kind of RAW file and were left out."
    nothing = TiffTags(NO_METADATA, None, 1, None, (lost,))
    if order is None or len(head) < 8:
        return nothing
    try:
        return read_tags(path, order, struct.unpack(order + "I", head[4:8])[0], big=False)
    except exif.ExifError:
        return nothing
