"""The header of a JPEG XL file (ISO/IEC 18181), which tells what its decoders do not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zssr_studio.imaging.containers.iso_boxes import boxes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONTAINER, CODESTREAM = b"\x00\x00\x00\x0cJXL \r\n\x87\n", b"\xff\x0a"
_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
_HEADER_BYTES = 4096
# The mark of JPEG's segments, which some programs put into other containers too.
_EXIF_MARK = b"Exif\0\0"
MAX_BOX_BYTES = 16_000_000
_ALPHA_CHANNEL = 0
_MAX_BOXES = 10_000
_KNOWN_BOXES = (b"JXL ", b"ftyp", b"jxll", b"jxli", b"jxlc", b"jxlp", b"Exif", b"xml ")


@dataclass(frozen=True, slots=True)
class JxlHeader:
    """Size as it is stored, depth, alpha and colour of a JPEG XL file, and its boxes of metadata.

    `is_xyb` tells that the colours are stored in XYB, so that a decoder has to convert them; `has_icc` that the profile
    is an ICC profile and no enumerated one; `is_srgb` that no profile was told at all. `depth_at` is where the depth
    stands, from one bit to another behind the codestream's first two bytes; `has_more` tells that the header has more
    than the least. `further_boxes` are those beside picture and metadata.
    """

    height: int
    width: int
    orientation: int
    bits: int
    is_float: bool
    is_gray: bool
    alpha: str | None
    is_xyb: bool
    has_icc: bool
    is_srgb: bool
    exif: bytes | None = None
    xmp: bytes | None = None
    extra_channels: int = 0
    is_animation: bool = False
    has_damaged_metadata: bool = False
    depth_at: tuple[int, int] = (0, 0)
    has_more: bool = False
    further_boxes: tuple[bytes, ...] = ()


class Bits:
    """Reads bits from the lowest of each byte on."""

    def __init__(self, content: bytes) -> None:
        self._value, self._left = int.from_bytes(content, "little"), 8 * len(content)
        self.position = 0

    def take(self, count: int) -> int:
        """Read a number of `count` bits."""
        self.position += count
        self._left -= count
        if self._left < 0:
            raise ValueError("the header ends too early")
        taken = self._value & ((1 << count) - 1)
        self._value >>= count
        return taken

    def choice(self, *forms: tuple[int, int]) -> int:
        """Read a U32: two bits choose a form of (offset, bits)."""
        offset, count = forms[self.take(2)]
        return offset + self.take(count)

    def enum(self) -> int:
        """Read an Enum: a U32 of fixed forms."""
        return self.choice((0, 0), (1, 0), (2, 4), (18, 6))


def read_jxl_header(path: Path) -> JxlHeader:
    """Read the header and the metadata.

    Raises
    ------
    ValueError
        If it is damaged.
    """
    stream, exif, xmp, is_damaged = b"", None, None, False
    further: dict[bytes, None] = {}
    with path.open("rb") as file:
        head = file.read(12)
        if head.startswith(CODESTREAM):
            stream = head + file.read(_HEADER_BYTES)
    if not stream:
        for kind, content in _boxes(path, _HEADER_BYTES + 4):
            is_damaged |= kind in (b"Exif", b"xml ") and not content
            if kind == b"jxlc" and not stream:
                stream = content[:_HEADER_BYTES]
            elif kind == b"jxlp":
                stream += content[4:_HEADER_BYTES] if len(stream) < _HEADER_BYTES else b""
            elif kind == b"Exif":
                exif = content[4 + int.from_bytes(content[:4], "big") :].removeprefix(_EXIF_MARK)
                is_damaged |= not exif
            elif kind == b"xml ":
                xmp = content
            elif kind not in _KNOWN_BOXES:
                further[content[:4] if kind == b"brob" else kind] = None
    if not stream.startswith(CODESTREAM):
        raise ValueError("it holds no picture")
    header = header_of(Bits(stream[2:]))
    return replace(
        header, exif=exif or None, xmp=xmp or None, has_damaged_metadata=is_damaged, further_boxes=tuple(further)
    )


def read_codestream(path: Path) -> bytes:
    """Read the picture itself, without the boxes around it."""
    content = path.read_bytes()
    if content.startswith(CODESTREAM):
        return content
    parts = [(kind, part) for kind, part in _boxes(path, len(content)) if kind in (b"jxlc", b"jxlp")]
    return b"".join(part[4:] if kind == b"jxlp" else part for kind, part in parts)


def _boxes(path: Path, picture_bytes: int) -> Iterator[tuple[bytes, bytes]]:
    with path.open("rb") as file:
        for count, (kind, content_bytes) in enumerate(boxes(file, 0, file.seek(0, 2))):
            if count >= _MAX_BOXES:
                raise ValueError(f"it holds more than {_MAX_BOXES} boxes")
            limit = MAX_BOX_BYTES if kind in (b"Exif", b"xml ", b"brob") else picture_bytes
            content = file.read(min(content_bytes, limit))
            if kind == b"brob" and content[:4] in (b"Exif", b"xml "):
                # A box that Brotli packed, its own name before it.
                yield content[:4], _unpacked(content[4:])
            else:
                yield kind, content


def _unpacked(content: bytes) -> bytes:
    """Unpack Brotli, up to the size that metadata may have."""
    import imagecodecs

    room = bytearray(min(MAX_BOX_BYTES, 1_000_000 + 1000 * len(content)))
    try:
        unpacked = imagecodecs.brotli_decode(content, out=room)
    except RuntimeError:
        return b""
    return bytes(unpacked)


def header_of(bits: Bits) -> JxlHeader:
    """Read a header as far as its colours.

    Parameters
    ----------
    bits : Bits
        The codestream from its third byte on.

    Raises
    ------
    ValueError
        If it is damaged, or holds a preview.
    """
    height, width = _size(bits)
    if bits.take(1):  # all is default: 8 bits, XYB, sRGB
        return JxlHeader(height, width, 1, 8, False, False, None, True, False, True)
    has_more = bool(bits.take(1))
    orientation, is_animation = _turn_and_times(bits) if has_more else (1, False)
    before_depth = bits.position
    sample_bits, is_float = _depth(bits)
    behind_depth = bits.position
    bits.take(1)
    alpha, extra_channels = None, bits.choice((0, 0), (1, 0), (2, 4), (1, 12))
    for _ in range(extra_channels):
        kind, is_associated = _extra_channel(bits)
        if kind == _ALPHA_CHANNEL:
            alpha = "associated" if is_associated else "straight"
    is_xyb = bool(bits.take(1))
    is_srgb = bool(bits.take(1))
    has_icc, space = (False, 0) if is_srgb else (bool(bits.take(1)), bits.enum())
    return JxlHeader(
        height=height,
        width=width,
        orientation=orientation,
        bits=sample_bits,
        is_float=is_float,
        is_gray=space == 1,
        alpha=alpha,
        is_xyb=is_xyb,
        has_icc=has_icc,
        is_srgb=is_srgb,
        extra_channels=extra_channels,
        is_animation=is_animation,
        depth_at=(before_depth, behind_depth),
        has_more=has_more,
    )


def _size(bits: Bits) -> tuple[int, int]:
    """Read the height and the width."""
    is_small = bits.take(1)
    height = 8 * (1 + bits.take(5)) if is_small else _side(bits)
    ratio = bits.take(3)
    if ratio:
        over, under = _RATIOS[ratio - 1]
        return height, height * over // under
    return height, 8 * (1 + bits.take(5)) if is_small else _side(bits)


def _side(bits: Bits) -> int:
    return bits.choice((1, 9), (1, 13), (1, 18), (1, 30))


def _turn_and_times(bits: Bits) -> tuple[int, bool]:
    """Read the orientation as in Exif, 1 to 8, and whether the picture moves; the intended size is stepped over."""
    orientation = 1 + bits.take(3)
    if bits.take(1):
        _size(bits)
    if bits.take(1):
        raise ValueError("it holds a preview, which is not read")
    is_animation = bool(bits.take(1))
    if is_animation:
        _skip_times(bits)
    return orientation, is_animation


def _skip_times(bits: Bits) -> None:
    bits.choice((100, 0), (1000, 0), (1, 10), (1, 30))
    bits.choice((1, 0), (1001, 0), (1, 8), (1, 10))
    bits.choice((0, 0), (0, 3), (0, 16), (0, 32))
    bits.take(1)


def _depth(bits: Bits) -> tuple[int, bool]:
    """Read the bits per sample, and whether samples are floating-point numbers."""
    if bits.take(1):
        count = bits.choice((32, 0), (16, 0), (24, 0), (1, 6))
        bits.take(4)
        return count, True
    return bits.choice((8, 0), (10, 0), (12, 0), (1, 6)), False


def _extra_channel(bits: Bits) -> tuple[int, bool]:
    """Kind of an extra channel, and whether it is an alpha that the colours are multiplied by."""
    if bits.take(1):
        return _ALPHA_CHANNEL, False
    kind = bits.enum()
    _depth(bits)
    bits.choice((0, 0), (3, 0), (4, 0), (1, 3))
    for _ in range(bits.choice((0, 0), (0, 4), (16, 5), (48, 10))):
        bits.take(8)
    if kind == _ALPHA_CHANNEL:
        return kind, bool(bits.take(1))
    if kind == 2:  # a spot colour: four half floats
        bits.take(64)
    elif kind == 5:  # the number of a colour filter's channel
        bits.choice((1, 0), (0, 2), (3, 4), (19, 8))
    return kind, False
