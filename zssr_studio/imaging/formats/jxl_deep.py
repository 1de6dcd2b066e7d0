"""Lossy JPEG XL with an ICC profile: libjxl gives linear sRGB without loss only where the header says floating point.

The decoders at hand take their depth from the header and bring no colour management, so that 8 bits of linear light
would be all that is left. How deep the samples were says nothing of how XYB is coded; the header is therefore made
to say floating point, and LittleCMS takes the values to the profile.
"""

from __future__ import annotations

from zssr_studio.imaging.formats.jxl_header import CODESTREAM, Bits, header_of

# Floating point of 32 bits, 8 of them for the exponent: a flag, a choice of two bits, and the number less one.
_FLOAT = [(1, 1), (0, 2), (7, 4)]
_ONE_EXTENSION = [(1, 2), (0, 4)]


def as_floating_point(stream: bytes) -> bytes:
    """Return a codestream, with an ICC profile and in XYB, whose header says that its samples are floating point.

    Raises
    ------
    ValueError
        If the header holds what is not known here.
    """
    bits = Bits(stream[2:])
    header = header_of(bits)
    if not header.has_icc:
        raise ValueError("the header holds no profile")
    before_depth, behind_depth = header.depth_at
    if header.has_more and not bits.take(1):
        bits.take(49)  # the brightness of the screen, three half floats and a flag
    before_extensions = bits.position
    if bits.take(2):
        raise ValueError("the header has extensions")
    end = bits.position

    whole = int.from_bytes(stream[2:], "little")
    pieces = [(_cut(whole, 0, before_depth), before_depth), *_FLOAT]
    pieces += [(_cut(whole, behind_depth, before_extensions), before_extensions - behind_depth), *_ONE_EXTENSION]
    # What follows begins at a whole byte somewhere behind: an empty extension moves it by whole bytes.
    used = sum(count for _, count in pieces) + 6
    padding = (end - used - 1) % 8 + 1
    pieces += [(1, 2), (padding - 1, 4), (0, padding), (whole >> end, 8 * len(stream[2:]) - end)]
    return CODESTREAM + _joined(pieces)


def _cut(whole: int, start: int, end: int) -> int:
    return (whole >> start) & ((1 << (end - start)) - 1)


def _joined(pieces: list[tuple[int, int]]) -> bytes:
    made = position = 0
    for value, count in pieces:
        made |= value << position
        position += count
    return made.to_bytes((position + 7) // 8, "little")
