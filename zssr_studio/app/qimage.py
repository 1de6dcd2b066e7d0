"""Display copies: pictures as QImages, and pyramids of halved levels that make zooming out cheap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from zssr_studio.app.screen import SRGB, for_screen
from zssr_studio.imaging.picture import Picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_LEVEL_PX = 256
CHECKER_PX = 8
BAND_ROWS = 64
CHECKER_VALUES = (0.80, 0.62)


@dataclass(frozen=True, slots=True, eq=False)
class Pyramid:
    """A picture as QImages, each level half of the one before."""

    levels: tuple[QImage, ...]

    @property
    def width(self) -> int:
        """Columns of the full picture."""
        return self.levels[0].width()

    @property
    def height(self) -> int:
        """Rows of the full picture."""
        return self.levels[0].height()

    def level_for(self, screen_per_pixel: float) -> QImage:
        """Return the smallest level that still has a pixel for each of the screen's."""
        index = 0
        while index + 1 < len(self.levels) and screen_per_pixel * 2 ** (index + 1) <= 1:
            index += 1
        return self.levels[index]


def pyramid_of(picture: Picture) -> Pyramid:
    """Make the display copy of a picture; alpha is shown over a checkerboard."""
    pixels: NDArray[np.float32] = picture.pixels
    if picture.alpha is not None:
        alpha = picture.alpha[:, :, None]
        pixels = pixels * alpha + _checkerboard(picture.height, picture.width) * (1 - alpha)
    values = eight_bits(pixels)
    levels = [image_of(values, picture.icc_profile)]
    while min(values.shape[:2]) >= 2 * LEAST_LEVEL_PX:
        values = _halved(values)
        levels.append(image_of(values, picture.icc_profile))
    return Pyramid(tuple(levels))


def pyramid_of_map(pixels: NDArray[np.uint8]) -> Pyramid:
    """Make the display copy of a map (H, W, 4), uint8, red, green, blue and alpha; its colours need no profile."""
    height, width, _ = pixels.shape
    pixels = np.ascontiguousarray(pixels)
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    levels = [image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)]
    while min(levels[-1].width(), levels[-1].height()) >= 2 * LEAST_LEVEL_PX:
        half = levels[-1].size() / 2
        mode = Qt.TransformationMode.SmoothTransformation
        levels.append(levels[-1].scaled(half, Qt.AspectRatioMode.IgnoreAspectRatio, mode))
    return Pyramid(tuple(levels))


def eight_bits(pixels: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Round values in [0, 1] to 0..255."""
    values = np.empty(pixels.shape, np.uint8)
    # In bands: copies of a whole large picture would be fresh memory, which takes four times as long as the rounding.
    for top in range(0, len(pixels), BAND_ROWS):
        band = pixels[top : top + BAND_ROWS].clip(0, 1)
        values[top : top + BAND_ROWS] = np.rint(band * np.float32(255))
    return values


def image_of(values: NDArray[np.uint8], profile: bytes | None = None) -> QImage:
    """Copy (H, W, 1 or 3), uint8, with a colour profile, into a QImage for the display that owns its memory."""
    height, width, channels = values.shape
    values = np.ascontiguousarray(values)
    kind = QImage.Format.Format_Grayscale8 if channels == 1 else QImage.Format.Format_RGB888
    # Painting is fastest from 32 bits; converting copies as well.
    image = QImage(values.data, width, height, channels * width, kind).convertToFormat(QImage.Format.Format_RGB32)
    return for_screen(image, profile)


def picture_of(image: QImage) -> Picture:
    """Take over an image of 8 bits that came from another program, with its profile and its alpha, if it has any."""
    space = image.colorSpace()
    profile = bytes(space.iccProfile().data()) if space.isValid() and space != SRGB else None
    is_gray = image.isGrayscale() and profile is None
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(rgba.constBits(), np.uint8).reshape(rgba.height(), rgba.bytesPerLine())
    values = rows[:, : 4 * rgba.width()].reshape(rgba.height(), rgba.width(), 4).astype(np.float32) / np.float32(255)
    alpha = values[:, :, 3]
    # Programs that know no alpha leave it at 0 everywhere.
    has_alpha = bool(alpha.any()) and bool((alpha < 1).any())
    return Picture(
        pixels=values[:, :, : 1 if is_gray else 3].copy(),
        alpha=alpha.copy() if has_alpha else None,
        icc_profile=profile,
    )


def _halved(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Average blocks of two by two; an odd last row or column is left out."""
    height, width = (n // 2 * 2 for n in values.shape[:2])
    half = np.empty((height // 2, width // 2, values.shape[2]), np.uint8)
    for top in range(0, height, BAND_ROWS):
        even = values[top : min(top + BAND_ROWS, height), :width].astype(np.uint16)
        total = even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]
        half[top // 2 : (top + BAND_ROWS) // 2] = (total + 2) // 4
    return half


def _checkerboard(height: int, width: int) -> NDArray[np.float32]:
    rows, columns = np.arange(height)[:, None] // CHECKER_PX, np.arange(width)[None, :] // CHECKER_PX
    light = (rows + columns) % 2 == 0
    return np.where(light, *CHECKER_VALUES).astype(np.float32)[:, :, None]
