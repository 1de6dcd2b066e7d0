"""Paints one picture under a camera, and the amplified difference of two. Only what is visible is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from zssr_studio.app.qimage import Pyramid
    from zssr_studio.app.views.canvas.camera import Camera
    from zssr_studio.app.views.canvas.scene import Layer

# From here on a person wants to see pixels, not an interpolation of them.
PIXELS_FROM_ZOOM = 4.0


def paint_layer(painter: QPainter, layer: Layer, camera: Camera, view: QSizeF) -> None:
    """Paint a picture, what it is blended with, and the map over it."""
    if layer.under is not None:
        _paint_pyramid(painter, layer.under.pyramid, layer.under.rect, camera, view)
        painter.setOpacity(layer.share)
    _paint_pyramid(painter, layer.pyramid, layer.rect, camera, view)
    painter.setOpacity(1)
    if layer.over is not None:
        _paint_pyramid(painter, layer.over.pyramid, layer.over.rect, camera, view)


def difference_image(pair: tuple[Layer, Layer], gain: int, camera: Camera, view: QSizeF, pixel_ratio: float) -> QImage:
    """Return how far two pictures differ in each of the screen's pixels: |a - b| of 8 bits, times a power of two."""
    image, other = (_rendered(layer, camera, view, pixel_ratio) for layer in pair)
    _combine(image, other, QPainter.CompositionMode.CompositionMode_Difference)
    for _ in range(gain.bit_length() - 1):
        # Adding the picture to itself saturates at white, and takes a third of a millisecond per megapixel.
        _combine(image, QImage(image), QPainter.CompositionMode.CompositionMode_Plus)
    return image


def _rendered(layer: Layer, camera: Camera, view: QSizeF, pixel_ratio: float) -> QImage:
    image = QImage((view * pixel_ratio).toSize(), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(pixel_ratio)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    paint_layer(painter, layer, camera, view)
    painter.end()
    return image


def _combine(image: QImage, other: QImage, how: QPainter.CompositionMode) -> None:
    painter = QPainter(image)
    painter.setCompositionMode(how)
    painter.drawImage(QPointF(), other)
    painter.end()


def _paint_pyramid(painter: QPainter, pyramid: Pyramid, rect: QRectF, camera: Camera, view: QSizeF) -> None:
    target = camera.rect_to_view(rect, view)
    visible = target.intersected(QRectF(QPointF(), view)).adjusted(-1, -1, 1, 1).intersected(target)
    if visible.isEmpty():
        return
    screen_per_pixel = target.width() / pyramid.width
    image = pyramid.level_for(screen_per_pixel)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, screen_per_pixel < PIXELS_FROM_ZOOM)
    painter.drawImage(visible, image, _source(visible, target, image))


def _source(visible: QRectF, target: QRectF, image: QImage) -> QRectF:
    horizontal, vertical = image.width() / target.width(), image.height() / target.height()
    return QRectF(
        (visible.left() - target.left()) * horizontal,
        (visible.top() - target.top()) * vertical,
        visible.width() * horizontal,
        visible.height() * vertical,
    )
