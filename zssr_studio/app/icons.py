"""Icons in the colour of the text around them, painted from SVG at the size of the screen's own pixels."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from zssr_studio.resource import resource_path

if TYPE_CHECKING:
    from pathlib import Path

# What the files call the colour of the text.
_TEXT_COLOUR = b"currentColor"
# Larger ones are for shops and folders: packaging/app_icon.py makes them too.
APP_ICON_SIZES_PX = (16, 24, 32, 48, 64, 128, 256)


def has_icon(name: str) -> bool:
    """Tell whether `resources/icons` has an icon of this name; actions and icons have the same."""
    return _file(name).is_file()


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.WindowText) -> QIcon:
    """Return an icon that follows the theme: each time it is painted, the palette is asked for its colour.

    Parameters
    ----------
    name : str
        Of a file in `resources/icons`, without its suffix.
    role : QPalette.ColorRole
        The text that it stands beside; where that is disabled, so is the icon's colour.
    """
    return QIcon(_ThemedIcon(name, role))


def app_icon() -> QIcon:
    """Return the program's own icon, with a picture for each size that a taskbar or a title bar asks for."""
    shown = QIcon()
    for size_px in APP_ICON_SIZES_PX:
        shown.addFile(str(resource_path(f"app-icon/{size_px}.png")), QSize(size_px, size_px))
    return shown


class _ThemedIcon(QIconEngine):
    """Paints one file; Qt asks for it at each size, and for each state of what it stands on."""

    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._name, self._role = name, role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        is_disabled = mode is QIcon.Mode.Disabled
        group = QPalette.ColorGroup.Disabled if is_disabled else QPalette.ColorGroup.Active
        _renderer(self._name, QApplication.palette().color(group, self._role).name()).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        # Qt asks for it where a button is squeezed to nothing; there is nothing to paint on.
        if pixmap.isNull():
            return pixmap
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _ThemedIcon(self._name, self._role)


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = _file(name).read_bytes().replace(_TEXT_COLOUR, colour.encode())
    renderer = QSvgRenderer(QByteArray(drawing))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    return renderer


@lru_cache(maxsize=1)
def _folder() -> Path:
    return resource_path("icons")


def _file(name: str) -> Path:
    return _folder() / f"{name}.svg"
