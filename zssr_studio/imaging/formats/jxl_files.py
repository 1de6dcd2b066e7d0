"""JPEG XL: pixels by libjxl through imagecodecs, the profile by libjxl through pylibjxl."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.file_info import FileInfo
from zssr_studio.imaging.formats.jxl_deep import as_floating_point
from zssr_studio.imaging.formats.jxl_header import CODESTREAM, CONTAINER, JxlHeader, read_codestream, read_jxl_header
from zssr_studio.imaging.metadata.blocks import Metadata
from zssr_studio.imaging.metadata.places.orientation import swaps_axes
from zssr_studio.imaging.metadata.resolution import exif_ppi
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.samples import check_size, colours_and_alpha

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


_BOXES = {
    b"jhgm": "a gain map for high dynamic range",
    b"jumb": "content credentials (C2PA)",
    b"jbrd": "what makes the JPEG anew that it was packed from",
}
_FILE_TYPE = struct.pack(">I4s4sI4s", 20, b"ftyp", b"jxl ", 0, b"jxl ")


def inspect_jxl(path: Path, page: int = 1) -> FileInfo:
    """Read the header; see `zssr_studio.imaging.read.read_info`. The profile comes with the pixels."""
    header = read_jxl_header(path)
    check_size(path.name, header.height, header.width)
    size = (header.height, header.width)
    if swaps_axes(header.orientation):
        size = size[::-1]
    return FileInfo(
        format="JPEG XL",
        height=size[0],
        width=size[1],
        colours="gray" if header.is_gray else "rgb",
        bits=header.bits,
        is_float=header.is_float,
        alpha=header.alpha,
        orientation=header.orientation,
        pixels_per_inch=exif_ppi(header.exif),
        metadata=Metadata(header.exif, None, header.xmp),
        details={
            "coding": "colours in XYB" if header.is_xyb else "colours as they are",
            # The profile itself comes with the pixels only.
            "profile_kind": "sRGB, not embedded" if header.is_srgb else "ICC" if header.has_icc else "by number",
        },
        notes=tuple(_notes(header, path.name)),
    )


def _notes(header: JxlHeader, name: str) -> list[str]:
    notes = [f"Metadata of {name} are damaged and were left out."] if header.has_damaged_metadata else []
    extra = header.extra_channels - (header.alpha is not None)
    if extra > 0:
        notes.append(f"{name} holds {extra} channel{'s' * (extra > 1)} beside its colours and alpha, left out.")
    beside = [_BOXES.get(kind, f"a box that is not known ({kind.decode('latin-1')})") for kind in header.further_boxes]
    if beside:
        notes.append(f"{name} holds beside its picture {', '.join(dict.fromkeys(beside))[:160]}; that is left out.")
    return notes


def decode_jxl(path: Path, info: FileInfo) -> Picture:
    """Read the pixels that `inspect_jxl` told of, upright."""
    header = read_jxl_header(path)
    if header.is_animation:
        raise BadInputError(f"{path.name} is an animation. Save one picture of it.")
    sample_bytes, channels = info.source_bits // 8, (1 if header.is_gray else 3) + header.extra_channels
    check_size(path.name, info.height, info.width, channels, sample_bytes, path.stat().st_size)
    content = path.read_bytes()
    # Such a picture comes as linear sRGB, and its own values are found from there.
    is_linear = header.is_xyb and header.has_icc
    stream = as_floating_point(read_codestream(path)) if is_linear else content
    samples: NDArray[Any] = np.asarray(imagecodecs.jpegxl_decode(stream))
    if header.extra_channels and samples.shape[1:] == (info.height, info.width):
        samples = np.moveaxis(samples, 0, -1)  # gray with further channels comes in planes
    if samples.ndim > 3 or samples.shape[:2] != (info.height, info.width):
        raise BadInputError(f"{path.name} holds another size than its header says. It is damaged.")
    samples = _colours_and_alpha_only(samples, info)
    profile = None if header.is_srgb else _profile(content)
    largest = None if samples.dtype.kind == "f" else float(2**info.bits - 1)
    pixels, alpha = colours_and_alpha(samples, largest)
    if not np.isfinite(pixels).all():
        raise BadInputError(f"{path.name} holds samples that are no numbers. Replace them in the program that made it.")
    if is_linear and profile is not None:
        pixels = profiles.converted(pixels, profiles.linear_profile(pixels.shape[2]), profile)
        # An enlarged picture of whole numbers lies in [0, 1]; only a floating-point file may leave it.
        pixels = pixels if info.is_float else pixels.clip(0, 1)
    if alpha is not None and info.alpha == "associated":
        np.divide(pixels, alpha[:, :, None], out=pixels, where=alpha[:, :, None] > 0)
    ppi = info.pixels_per_inch
    return Picture(pixels, alpha, profile, info.source_bits, ppi, False, info.metadata, info.notes)


def _colours_and_alpha_only(samples: NDArray[Any], info: FileInfo) -> NDArray[Any]:
    if samples.ndim == 2:
        return samples
    return samples[:, :, : info.channels] if samples.shape[2] > info.channels else samples


def _profile(content: bytes) -> bytes | None:
    import pylibjxl

    _, told = pylibjxl.decode(content, metadata=True)
    profile = told.get("icc_profile") or told.get("icc")
    return bytes(profile) if profile else None


def encode_jxl(
    samples: NDArray[Any], profile: bytes | None, metadata: Metadata, *, quality: int, lossless: bool
) -> bytes:
    """Encode samples (H, W) or (H, W, 2 to 4); a profile other than sRGB goes with 8-bit colours only."""
    distance = None if lossless else quality_to_distance(quality)
    if profile is None or profile == profiles.named_profile(profiles.SRGB):
        encoded = imagecodecs.jpegxl_encode(
            samples, lossless=lossless, distance=distance, usecontainer=True, numthreads=2
        )
        return _with_boxes(bytes(encoded), metadata)
    import pylibjxl

    exact = {"lossless": True} if lossless else {"distance": distance}
    return _with_boxes(bytes(pylibjxl.encode(samples, icc=profile, **exact)), metadata)


def quality_to_distance(quality: int) -> float:
    """Turn a quality of 1 to 100 into a Butteraugli distance, as cjxl does."""
    if quality >= 30:
        return max(0.1, 0.1 + (100 - quality) * 0.09)
    return 53 / 3000 * quality**2 - 23 / 20 * quality + 25


def _with_boxes(encoded: bytes, metadata: Metadata) -> bytes:
    """Put metadata before the picture, where every reader finds them; a bare codestream gets a container."""
    if encoded.startswith(CODESTREAM):
        picture = struct.pack(">I4s", 8 + len(encoded), b"jxlc") + encoded
        return CONTAINER + _FILE_TYPE + _boxes(metadata) + picture
    at = len(CONTAINER)
    while encoded[at + 4 : at + 8] in (b"ftyp", b"jxll"):
        at += struct.unpack_from(">I", encoded, at)[0]
    return encoded[:at] + _boxes(metadata) + encoded[at:]


def _boxes(metadata: Metadata) -> bytes:
    boxes = b""
    if metadata.exif:
        boxes += struct.pack(">I4sI", 12 + len(metadata.exif), b"Exif", 0) + metadata.exif
    if metadata.xmp:
        boxes += struct.pack(">I4s", 8 + len(metadata.xmp), b"xml ") + metadata.xmp
    return boxes
