"""Small copies of picture files for the first screen: upright, in the screen's colours, kept in memory only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from zssr_studio.app.qimage import pyramid_of
from zssr_studio.app.screen import for_screen
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.read import read_info, read_picture

if TYPE_CHECKING:
    from pathlib import Path

# Of what is decoded whole, at most so many pixels: about a second, and 0.3 GB of memory on the way.
MOST_DECODED_PX = 24_000_000
_JPEG = b"jpeg"


def thumbnail_of(path: Path, size: QSize) -> QImage | None:
    """Make a small copy of a picture file; it takes up to a second and is made off the window's thread.

    Parameters
    ----------
    path : Path
    size : QSize
        Room for it, in pixels of the screen; the shape of the picture is kept.

    Returns
    -------
    QImage or None
        None where the file is no picture that can be read, or too large to be decoded only for this.
    """
    return _jpeg(path, size) or _decoded(path, size)


def _jpeg(path: Path, size: QSize) -> QImage | None:
    """Let Qt do it, whose reader decodes a large JPEG small at once; of other formats it does not know which is up."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    if reader.format() != _JPEG:
        return None
    reader.setAutoTransform(True)
    whole = reader.size()
    if not whole.isValid():
        return None
    # The size is that before the picture is turned upright.
    is_turned = bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
    room = size.transposed() if is_turned else size
    reader.setScaledSize(whole.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        return None
    space = image.colorSpace()
    profile = bytes(space.iccProfile().data()) if space.isValid() else None
    return for_screen(image.convertToFormat(QImage.Format.Format_RGB32), profile)


def _decoded(path: Path, size: QSize) -> QImage | None:
    try:
        info = read_info(path)
        if info.height * info.width > MOST_DECODED_PX:
            return None
        picture = read_picture(path)
    except BadInputError:
        # It is said when a person opens the file; here its name is enough.
        return None
    smallest = pyramid_of(picture).levels[-1]
    return smallest.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
