"""Colours on the screen: from a picture's profile to the display's. A process has one display profile."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColorSpace, QImage

SRGB = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
_space = SRGB
# Where an ICC profile names its colour model, and how.
_MODEL, _RGB = slice(16, 20), b"RGB "


def set_screen_profile(profile: bytes | None) -> bool:
    """Show all that is drawn from now on for a display with this ICC profile; None is sRGB.

    Returns
    -------
    bool
        False, with nothing changed, where it is no profile that can be shown through.
    """
    global _space  # the display is the process's, as Qt's palette is
    if profile is not None and profile[_MODEL] != _RGB:
        return False
    space = SRGB if profile is None else QColorSpace.fromIccProfile(profile)
    if not space.isValidTarget():
        return False
    _space = space
    return True


def for_screen(image: QImage, profile: bytes | None) -> QImage:
    """Convert an image (RGB32) from the picture's profile to the display's; without a profile it is taken for sRGB.

    Gray, and a profile that is damaged, are shown as if there were none. Exporting does not use this.
    """
    source = SRGB if profile is None else _space_of(profile)
    if source == _space:
        return image
    image.setColorSpace(source)
    image.convertToColorSpace(_space)
    return image


@lru_cache(maxsize=8)
def _space_of(profile: bytes) -> QColorSpace:
    if profile[_MODEL] != _RGB:
        return SRGB
    space = QColorSpace.fromIccProfile(profile)
    return space if space.isValid() else SRGB
