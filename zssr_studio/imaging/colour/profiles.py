"""Colour profiles and conversion between them, by LittleCMS in floating point."""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.saving.places import check_ordinary

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
# Numbers of ITU-T H.273 that HEIF, AVIF and PNG name colours by. Those of televisions are taken for sRGB's.
_H273_LIKE_SRGB, _H273_P3, _H273_REC2020 = (1, 2, 5, 6, 7), 12, 9
_H273_GAMMAS, _H273_HDR = {4: 2.2, 5: 2.8, 8: 1.0}, (16, 18)
_SRGB_PRIMARIES = (0.64, 0.33, 1.0, 0.30, 0.60, 1.0, 0.15, 0.06, 1.0)
_REC2020_PRIMARIES = (0.708, 0.292, 1.0, 0.170, 0.797, 1.0, 0.131, 0.046, 1.0)
_PRIMARIES = dict.fromkeys(_H273_LIKE_SRGB, _SRGB_PRIMARIES) | {
    _H273_P3: _P3_PRIMARIES,
    _H273_REC2020: _REC2020_PRIMARIES,
}
HDR_NOTE = "The picture has high dynamic range (PQ or HLG); its values are kept as they are, without a profile."
CMYK_NOTE = "{name} holds CMYK colours; they were converted through its profile to Adobe RGB in 16 bits."
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
            made = _rgb_profile("Display P3", _D65, _P3_PRIMARIES, None)
        case "prophoto":
            made = _rgb_profile("ProPhoto RGB", _D50, _PROPHOTO_PRIMARIES, 1.8)
        case _:
            raise ValueError(f"there is no profile '{name}'")
    return bytes(made[:24] + _DATE + made[36:])


@lru_cache(maxsize=1)
def gray_profile() -> bytes:
    """Return what gray without a profile is taken for: the tones of sRGB."""
    srgb, gray = imagecodecs.cms_profile("srgb"), imagecodecs.cms_profile("gray", gamma=2.2)
    made = _assembled(gray, {**_elements(gray), b"kTRC": _elements(srgb)[b"rTRC"], b"desc": _text("Gray, sRGB tones")})
    return bytes(made[:24] + _DATE + made[36:])


def gray_profile_of(gamma: float) -> bytes:
    """Return the profile of gray with a gamma."""
    gray = imagecodecs.cms_profile("gray", gamma=gamma)
    made = _assembled(gray, {**_elements(gray), b"desc": _text(f"Gray, gamma {gamma:.4g}")})
    return bytes(made[:24] + _DATE + made[36:])


def linear_profile(channels: int) -> bytes:
    """Return the profile of linear light, gray or with sRGB's primaries."""
    if channels == 1:
        return gray_profile_of(1.0)
    made = _rgb_profile("Linear sRGB", _D65, _SRGB_PRIMARIES, 1.0)
    return bytes(made[:24] + _DATE + made[36:])


def read_profile(path: Path) -> bytes:
    """Read an ICC profile from a file.

    Raises
    ------
    BadInputError
    """
    check_ordinary(path)
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


def coded_profile(primaries: int, transfer: int) -> tuple[bytes | None, list[str]]:
    """Return the profile that a file's two numbers of ITU-T H.273 stand for, where it is not sRGB's, and notes."""
    if transfer in _H273_HDR:
        return None, [HDR_NOTE]
    corners = _PRIMARIES.get(primaries)
    if corners is None:
        return None, [f"The picture names its colours by a number that is not known here ({primaries}); they are taken "
                      "for sRGB."]  # fmt: skip
    gamma = _H273_GAMMAS.get(transfer)
    if corners == _SRGB_PRIMARIES and gamma is None:
        return None, []
    if primaries == _H273_P3 and gamma is None:
        return named_profile(DISPLAY_P3), []
    name = {_H273_P3: "P3", _H273_REC2020: "Rec. 2020"}.get(primaries, "Rec. 709")
    return described_profile(name, _D65[:2], corners, gamma), []


def described_profile(
    name: str, white: tuple[float, ...], corners: tuple[float, ...], gamma: float | None
) -> bytes | None:
    """Make an RGB profile of a white point (x, y), of primaries (x, y, 1 each) and of a gamma, or sRGB's tones.

    Returns None where LittleCMS can make none of these numbers.
    """
    tones = "sRGB tones" if gamma is None else f"gamma {gamma:.4g}"
    try:
        made = _rgb_profile(f"{name}, {tones}", (*white, 1.0), corners, gamma)
    except (RuntimeError, ValueError):
        return None
    return bytes(made[:24] + _DATE + made[36:])


def _rgb_profile(name: str, white: tuple[float, ...], corners: tuple[float, ...], gamma: float | None) -> bytes:
    plain = imagecodecs.cms_profile("rgb", whitepoint=white, primaries=corners, gamma=1.0 if gamma is None else gamma)
    elements = _elements(plain)
    if gamma is None:
        curve = _elements(imagecodecs.cms_profile("srgb"))[b"rTRC"]
        elements |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    return _assembled(plain, {**elements, b"desc": _text(name)})


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
    check_source(source, values.shape[2])
    return _transformed(values, source, "gray" if values.shape[2] == 1 else "rgb", target)


def check_source(profile: bytes | None, channels: int) -> None:
    """Refuse to convert from a profile that does not fit a picture's channels (1 or 3).

    Raises
    ------
    BadInputError
    """
    if profile is not None and space_of(profile) != ("gray" if channels == 1 else "rgb"):
        raise BadInputError(
            "The picture's colour profile does not fit its colours. Keep it (--colour keep) or mend it first."
        )


def from_cmyk(samples: NDArray[Any], profile: bytes, name: str) -> NDArray[np.uint16]:
    """Convert CMYK samples (H, W, 4), unsigned, 0 for no ink, to Adobe RGB in 16 bits.

    Raises
    ------
    BadInputError
        If the profile is none of CMYK, or damaged.
    """
    remedy = "so they cannot be known. Convert it to RGB in the program that made it."
    if space_of(profile) != "cmyk":
        told = "is damaged" if space_of(profile) is None else "does not fit"
        raise BadInputError(f"{name} holds CMYK colours, and its profile {told}, {remedy}")
    wide = np.empty((*samples.shape[:2], 3), np.uint16)
    for top in range(0, len(samples), _ROWS):
        part = np.ascontiguousarray(samples[top : top + _ROWS])
        if part.dtype == np.uint8:
            part = part.astype(np.uint16) * np.uint16(257)
        try:
            wide[top : top + _ROWS] = _lcms(part, profile, "cmyk", named_profile(ADOBE_RGB), "rgb")
        except BadInputError as error:
            raise BadInputError(f"{name} holds CMYK colours, and its profile is damaged, {remedy}") from error
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
