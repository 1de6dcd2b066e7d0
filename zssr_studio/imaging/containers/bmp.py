"""The colours that a BMP tells of in a header of version 4 or 5: numbers, a profile inside, or one elsewhere."""

from __future__ import annotations

import struct

from zssr_studio.imaging.colour import profiles

_HEADER_AT = 14
_V4_BYTES, _V5_BYTES = 108, 124
_KIND_AT, _CORNERS_AT, _GAMMAS_AT, _PROFILE_AT = 56, 60, 96, 112
_CALIBRATED, _EMBEDDED, _LINKED = 0, 0x4D424544, 0x4C494E4B
_CORNER_UNIT, _GAMMA_UNIT = 2**30, 2**16
_METRES_AT, _INCHES_PER_METRE = 24, 0.0254


def bmp_profile(content: bytes, name: str) -> tuple[bytes | None, list[str]]:
    """Return the profile of a BMP file's colours, None where they are sRGB's or not told; and notes."""
    size = _number(content, _HEADER_AT, "I")
    if size < _V4_BYTES:
        return None, []
    kind = _number(content, _HEADER_AT + _KIND_AT, "I")
    if kind == _CALIBRATED:
        return _calibrated(content, name)
    if size < _V5_BYTES or kind not in (_EMBEDDED, _LINKED):
        return None, []
    if kind == _LINKED:
        return None, [f"{name} names the file of a colour profile, which is not looked for; it is taken for sRGB."]
    start, length = (_number(content, _HEADER_AT + _PROFILE_AT + more, "I") for more in (0, 4))
    profile = content[_HEADER_AT + start : _HEADER_AT + start + length]
    if not 0 < length == len(profile):
        return None, [f"The colour profile of {name} lies outside the file and is left out; it is taken for sRGB."]
    return profile, []


def bmp_ppi(content: bytes) -> tuple[float, float] | None:
    """Vertical and horizontal resolution that a BMP file tells."""
    if _number(content, _HEADER_AT, "I") < 40:
        return None
    horizontal, vertical = (_number(content, _HEADER_AT + _METRES_AT + more, "i") for more in (0, 4))
    return (vertical * _INCHES_PER_METRE, horizontal * _INCHES_PER_METRE) if vertical > 0 and horizontal > 0 else None


def _calibrated(content: bytes, name: str) -> tuple[bytes | None, list[str]]:
    if len(content) < _HEADER_AT + _V4_BYTES:
        return None, []
    corners = [value / _CORNER_UNIT for value in struct.unpack_from("<9i", content, _HEADER_AT + _CORNERS_AT)]
    gammas = [value / _GAMMA_UNIT for value in struct.unpack_from("<3I", content, _HEADER_AT + _GAMMAS_AT)]
    sums = [sum(corners[at : at + 3]) for at in (0, 3, 6)]
    if not all(gammas) or not all(total > 0 for total in sums):
        return None, []  # most programs leave these numbers empty
    if max(gammas) - min(gammas) > 0.01:
        return None, [f"{name} tells a gamma for each of its colours, which is not used; it is taken for sRGB."]
    white = [corners[axis] + corners[3 + axis] + corners[6 + axis] for axis in range(3)]
    x_y = tuple(white[axis] / sum(white) for axis in (0, 1))
    primaries = tuple(
        value for at, total in zip((0, 3, 6), sums, strict=True)
        for value in (corners[at] / total, corners[at + 1] / total, 1.0)
    )  # fmt: skip
    return profiles.described_profile("RGB of a BMP", x_y, primaries, gammas[0]), []


def _number(content: bytes, at: int, code: str) -> int:
    """Read a number of 32 bits; 0 where the file has ended."""
    return int(struct.unpack_from(f"<{code}", content, at)[0]) if at + 4 <= len(content) else 0
