"""Colour profiles and conversion between them, by LittleCMS in floating point."""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np

from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SRGB, DISPLAY_P3, ADOBE_RGB, PROPHOTO = "srgb", "display-p3", "adobe-rgb", "prophoto"
PROFILE_NAMES = (SRGB, DISPLAY_P3, ADOBE_RGB, PROPHOTO)
MAX_PROFILE_BYTES = 20_000_000
_D65, _D50 = (0.3127, 0.3290, 1.0), (0.3457, 0.3585, 1.0)
_P3_PRIMARIES = (0.680, 0.320, 1.0, 0.265, 0.690, 1.0, 0.150, 0.060, 1.0)
_PROPHOTO_PRIMARIES = (0.7347, 0.2653, 1.0, 0.1596, 0.8404, 1.0, 0.0366, 0.0001, 1.0)
# LittleCMS writes the time of making into a profile; the same export gives the same bytes.
_DATE = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
_NCLX_P3 = 12
_FLAGS = imagecodecs.CMS.FLAGS.BLACKPOINTCOMPENSATION | imagecodecs.CMS.FLAGS.NOOPTIMIZE
_INTENT = imagecodecs.CMS.INTENT.RELATIVE_COLORIMETRIC
_SPACES = {b"RGB ": "rgb", b"GRAY": "gray", b"CMYK": "cmyk", b"Lab ": "lab"}
_ROWS = 256


@lru_cache(maxsize=8)
def named_profile(name: str) -> bytes:
    """Return the profile of one of `PROFILE_NAMES`, always the same bytes."""
    srgb = imagecodecs.cms_profile("srgb")
    match name:
        case "srgb":
            made = srgb
        case "adobe-rgb":
            made = imagecodecs.cms_profile("adobergb")
        case "display-p3":
            linear = imagecodecs.cms_profile("rgb", whitepoint=_D65, primaries=_P3_PRIMARIES, gamma=1.0)
            curve = _elements(srgb)[b"rTRC"]
            curves = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
            made = _assembled(linear, {**_elements(linear), **curves, b"desc": _text("Display P3")})
        case "prophoto":
            plain = imagecodecs.cms_profile("rgb", whitepoint=_D50, primaries=_PROPHOTO_PRIMARIES, gamma=1.8)
            made = _assembled(plain, {**_elements(plain), b"desc": _text("ProPhoto RGB")})
        case _:
            raise ValueError(f"there is no profile '{name}'")
    return bytes(made[:24] + _DATE + made[36:])


@lru_cache(maxsize=1)
def gray_profile() -> bytes:
    """Return what gray without a profile is taken for: the tones of sRGB."""
    srgb, gray = imagecodecs.cms_profile("srgb"), imagecodecs.cms_profile("gray", gamma=2.2)
    made = _assembled(gray, {**_elements(gray), b"kTRC": _elements(srgb)[b"rTRC"], b"desc": _text("Gray, sRGB tones")})
    return bytes(made[:24] + _DATE + made[36:])


def read_profile(path: Path) -> bytes:
    """Read an ICC profile from a file.

    Raises
    ------
    BadInputError
    """
    try:
        if path.stat().st_size > MAX_PROFILE_BYTES:
            raise BadInputError(f"{path.name} is too large for a colour profile. Choose an .icc or .icm file.")
        profile = path.read_bytes()
    except OSError as error:
        raise BadInputError(f"The profile {path} cannot be read: {error.strerror or error}.") from error
    if space_of(profile) not in ("rgb", "gray"):
        raise BadInputError(f"{path.name} is no colour profile for RGB or gray. Choose an .icc or .icm file.")
    return profile


def space_of(profile: bytes) -> str | None:
    """Return the colours that a profile describes: rgb, gray, cmyk or lab; None if it is no profile or another one."""
    if len(profile) < 132 or profile[36:40] != b"acsp":
        return None
    return _SPACES.get(profile[16:20])


def description(profile: bytes) -> str:
    """Return a profile's own name, or an empty text."""
    try:
        element = _elements(profile)[b"desc"]
        if element[:4] == b"mluc":
            size, start = struct.unpack_from(">II", element, 20)
            return element[start : start + size].decode("utf-16-be", "replace").strip("\0 ")
        size = struct.unpack_from(">I", element, 8)[0]
        return element[12 : 12 + size].decode("latin-1").strip("\0 ")
    except (KeyError, struct.error):
        return ""


def nclx_profile(primaries: int) -> bytes | None:
    """Return the profile that a number of a HEIF or AVIF file stands for, where it is not sRGB's."""
    return named_profile(DISPLAY_P3) if primaries == _NCLX_P3 else None


def converted(values: NDArray[np.float32], source: bytes | None, target: bytes) -> NDArray[np.float32]:
    """Convert encoded values between profiles, relative colorimetric with black point compensation.

    Parameters
    ----------
    values : ndarray, shape (H, W, C), float32
    source : bytes or None
        Profile of the values; None takes them for sRGB, or for gray with its tones.
    target : bytes

    Returns
    -------
    ndarray, shape (H, W, 1 or 3), float32
        Not clipped, as far as the profiles allow.

    Raises
    ------
    BadInputError
        If a profile does not fit.
    """
    if source is None:
        source = gray_profile() if values.shape[2] == 1 else named_profile(SRGB)
    space = space_of(source)
    if space != ("gray" if values.shape[2] == 1 else "rgb"):
        raise BadInputError(
            "The picture's colour profile does not fit its colours. Keep it (--colour keep) or mend it first."
        )
    return _transformed(values, source, space, target)


def from_cmyk(samples: NDArray[Any], profile: bytes, name: str) -> NDArray[np.uint16]:
    """Convert CMYK samples (H, W, 4), unsigned, 0 for no ink, to Adobe RGB in 16 bits.

    Raises
    ------
    BadInputError
        If the profile is none of CMYK.
    """
    if space_of(profile) != "cmyk":
        raise BadInputError(f"The profile of {name} does not fit its CMYK colours. Convert it to RGB first.")
    wide = np.empty((*samples.shape[:2], 3), np.uint16)
    for top in range(0, len(samples), _ROWS):
        part = samples[top : top + _ROWS]
        if part.dtype == np.uint8:
            part = part.astype(np.uint16) * np.uint16(257)
        wide[top : top + _ROWS] = _lcms(part, profile, "cmyk", named_profile(ADOBE_RGB), "rgb")
    return wide


def _transformed(values: NDArray[np.float32], source: bytes, space: str, target: bytes) -> NDArray[np.float32]:
    goal = space_of(target)
    if goal not in ("rgb", "gray"):
        raise BadInputError("The target is no colour profile for RGB or gray. Choose another one.")
    out = np.empty((*values.shape[:2], 3 if goal == "rgb" else 1), np.float32)
    for top in range(0, len(values), _ROWS):
        rows = np.ascontiguousarray(values[top : top + _ROWS])
        rows = rows[:, :, 0] if space == "gray" else rows
        out[top : top + _ROWS] = _lcms(rows, source, space, target, goal).reshape(len(rows), -1, out.shape[2])
    return out


def _lcms(values: NDArray[Any], source: bytes, space: str, target: bytes, goal: str) -> NDArray[Any]:
    try:
        result: NDArray[Any] = imagecodecs.cms_transform(
            values, source, target, colorspace=space, outcolorspace=goal, intent=_INTENT, flags=_FLAGS
        )
    except (RuntimeError, ValueError, TypeError) as error:
        raise BadInputError(
            f"The colours cannot be converted: a profile is damaged or does not fit ({error})."
        ) from error
    return result


def _elements(profile: bytes) -> dict[bytes, bytes]:
    """Take a profile's elements apart."""
    count = struct.unpack_from(">I", profile, 128)[0]
    if count > 200:
        return {}
    rows = (struct.unpack_from(">4sII", profile, 132 + 12 * index) for index in range(count))
    return {name: profile[start : start + size] for name, start, size in rows}


def _assembled(head: bytes, elements: dict[bytes, bytes]) -> bytes:
    """Put a profile together from elements, with the header of another."""
    start = 132 + 12 * len(elements)
    table, body = b"", b""
    for name, element in elements.items():
        table += struct.pack(">4sII", name, start + len(body), len(element))
        body += element + bytes(-len(element) % 4)
    size = start + len(body)
    return struct.pack(">I", size) + head[4:128] + struct.pack(">I", len(elements)) + table + body


def _text(text: str) -> bytes:
    encoded = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(encoded), 28) + encoded
