"""The formats that are encoded as a whole: all but TIFF."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import imagecodecs

from zssr_studio.host.machine import free_memory_bytes
from zssr_studio.imaging.export import Format
from zssr_studio.imaging.formats.jpeg_files import iptc_segment
from zssr_studio.imaging.formats.jxl_files import encode_jxl
from zssr_studio.imaging.formats.pillow_files import encoded
from zssr_studio.imaging.formats.png_chunks import icc_chunk, metadata_chunks, resolution_chunk, with_chunks
from zssr_studio.imaging.metadata.xmp_extended import split

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.imaging.encoding import Encoding
    from zssr_studio.imaging.saving.strips import Strips

# JFIF has 16 bits for a resolution.
_MAX_JFIF = 65_535
# Bytes that the encoders take for a pixel of three samples, without loss and with it: measured on 4 megapixels in
# November 2026. The others take little more than the samples.
_BYTES_A_PX = {(Format.JXL, True): 79, (Format.JXL, False): 56, (Format.AVIF, False): 41, (Format.WEBP, True): 32,
               (Format.WEBP, False): 13}  # fmt: skip
# What encoders raise at a person's picture, such as at its profile: imagecodecs' errors are RuntimeErrors, Pillow's an
# OSError or, at blocks that are too long, one of the others. Both load parts of themselves when they are used, for
# which there may be no memory: an ImportError.
_REFUSALS = (RuntimeError, ValueError, OSError, MemoryError, ImportError, struct.error)
# Mistakes of a program, told as that; the result is kept as well.
_FAULTS = (TypeError, LookupError, AttributeError, ArithmeticError, AssertionError)
ENCODER_ERRORS = (*_REFUSALS, *_FAULTS)


class EncoderError(Exception):
    """A picture was not encoded, and this is what was to be.

    Parameters
    ----------
    error : Exception
    encoding : Encoding
    strips : Strips

    Attributes
    ----------
    reason : str
        What was raised, in its own words.
    fault : Exception or None
        What was raised, where that is a mistake in the program, which no picture is to blame for.
    """

    def __init__(self, error: Exception, encoding: Encoding, strips: Strips) -> None:
        self.reason = " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
        self.fault = error if isinstance(error, _FAULTS) else None
        self.strips = strips
        name = encoding.format.name
        said = f"the encoder of {name} failed ({self.reason})"
        if self.fault is not None:
            said = f"a fault in the program, which you may report, ended the encoding of {name} ({error!r:.200})"
        super().__init__(said)


def check_memory(encoding: Encoding) -> None:
    """Refuse to encode what takes more memory than is free: some encoders end the program there, and so do containers.

    Raises
    ------
    MemoryError
    """
    height, width = encoding.size
    needed = height * width * _BYTES_A_PX.get((encoding.format, encoding.options.lossless), 0)
    free = free_memory_bytes()
    if needed > free:
        raise MemoryError(f"it takes about {needed / 1e9:.1f} GB of memory, and {free / 1e9:.1f} GB are free")


def encoded_whole(encoding: Encoding, whole: NDArray[Any]) -> bytes:
    """Encode a picture in a format that needs all of it at once."""
    check_memory(encoding)
    options = encoding.options
    match encoding.format:
        case Format.PNG:
            return _png(encoding, whole)
        case Format.JXL:
            return encode_jxl(
                whole, encoding.icc_profile, encoding.metadata, quality=options.quality, lossless=options.lossless
            )
        case _:
            return encoded(whole, encoding.format.name, **_pillow_options(encoding))


def _pillow_options(encoding: Encoding) -> dict[str, Any]:
    """Options of Pillow's writers of JPEG, WebP and AVIF."""
    options, metadata = encoding.options, encoding.metadata
    chosen: dict[str, Any] = {"quality": options.quality}
    if encoding.icc_profile:
        chosen["icc_profile"] = encoding.icc_profile
    if metadata.exif:
        chosen["exif"] = b"Exif\0\0" + metadata.exif
    if metadata.xmp:
        chosen["xmp"] = metadata.xmp
    match encoding.format:
        case Format.JPEG:
            chosen["subsampling"] = 0
            chosen["extra"] = b"" if metadata.iptc is None else iptc_segment(metadata.iptc)
            if metadata.xmp:
                chosen["xmp"], more = split(metadata.xmp)
                chosen["extra"] = more + chosen["extra"]
            if encoding.pixels_per_inch and all(1 <= round(v) <= _MAX_JFIF for v in encoding.pixels_per_inch):
                chosen["dpi"] = encoding.pixels_per_inch[::-1]
        case Format.WEBP:
            chosen |= {"lossless": options.lossless, "exact": True, "method": 4}
        case _:
            chosen |= {"subsampling": "4:4:4"}
    return chosen


def _png(encoding: Encoding, samples: NDArray[Any]) -> bytes:
    chunks = []
    if encoding.icc_profile:
        chunks.append(icc_chunk(encoding.icc_profile))
    if encoding.pixels_per_inch:
        chunks.append(resolution_chunk(encoding.pixels_per_inch))
    return with_chunks(bytes(imagecodecs.png_encode(samples)), chunks + metadata_chunks(encoding.metadata))
