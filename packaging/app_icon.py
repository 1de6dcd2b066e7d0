"""`python packaging/app_icon.py` makes the program's icon in all sizes from its drawing, after that was changed.

Beside `resources/app-icon/zssr-studio.svg` it writes a PNG of each size, and the files that Windows (.ico) and macOS
(.icns) ask for.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parents[1] / "resources" / "app-icon"
DRAWING = FOLDER / "zssr-studio.svg"
# What taskbars, docks and shops of Linux, Windows and macOS ask for.
SIZES_PX = (16, 24, 32, 48, 64, 128, 256, 512, 1024)
LARGEST_ICO_PX = 256


def drawn(size_px: int) -> Image.Image:
    """Paint the drawing as a square of this size, RGBA."""
    image = QImage(QSize(size_px, size_px), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # Qt's stubs want bytes
    return Image.open(io.BytesIO(buffer.data().data()))


def main() -> None:
    """Write all files."""
    _application = QGuiApplication(["app_icon", "-platform", "offscreen"])
    pictures = {size_px: drawn(size_px) for size_px in SIZES_PX}
    for size_px, picture in pictures.items():
        picture.save(FOLDER / f"{size_px}.png", optimize=True)
    small = [picture for size_px, picture in pictures.items() if size_px <= LARGEST_ICO_PX]
    small[-1].save(FOLDER / "zssr-studio.ico", sizes=[one.size for one in small], append_images=small[:-1])
    pictures[1024].save(FOLDER / "zssr-studio.icns", append_images=list(pictures.values())[:-1])


if __name__ == "__main__":
    main()
