"""What the canvas shows, as a frozen value, and how it is painted. No events, no state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from zssr_studio.app.qimage import Pyramid
    from zssr_studio.app.theme import Colours
    from zssr_studio.app.views.camera import Camera
    from zssr_studio.imaging.picture import Crop

HANDLE_PX = 8
GRIP_RADIUS_PX = 14
# From here on a person wants to see pixels, not an interpolation of them.
PIXELS_FROM_ZOOM = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A picture and the rectangle that it covers, in pixels of the input picture (x is the column)."""

    pyramid: Pyramid
    rect: QRectF


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """All that is painted."""

    base: Layer | None = None
    preview: Layer | None = None
    before: Layer | None = None
    after: Layer | None = None
    crop: Crop | None = None
    crop_editable: bool = True
    split: float = 0.5  # share of the result's width that shows the input


def crop_rect(crop: Crop) -> QRectF:
    """Return the rectangle of a crop."""
    return QRectF(crop.left, crop.top, crop.width, crop.height)


def split_column(scene: Scene) -> float | None:
    """Column of the picture at which the slider stands, or None where nothing is compared."""
    if scene.after is None:
        return None
    return scene.after.rect.left() + scene.split * scene.after.rect.width()


def paint(painter: QPainter, scene: Scene, camera: Camera, view: QSizeF, colours: Colours) -> None:
    """Paint the scene on the surround."""
    painter.fillRect(QRectF(QPointF(), view), QColor(colours.surround))
    for layer in (scene.base, scene.preview):
        if layer is not None:
            _paint_layer(painter, layer, camera, view)
    if scene.before is not None and scene.after is not None:
        _paint_comparison(painter, scene, camera, view, colours)
    if scene.crop is not None:
        _paint_crop(painter, scene, camera, view)


def _paint_layer(painter: QPainter, layer: Layer, camera: Camera, view: QSizeF) -> None:
    target = camera.rect_to_view(layer.rect, view)
    visible = target.intersected(QRectF(QPointF(), view)).adjusted(-1, -1, 1, 1).intersected(target)
    if visible.isEmpty():
        return
    screen_per_pixel = target.width() / layer.pyramid.width
    image = layer.pyramid.level_for(screen_per_pixel)
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


def _paint_comparison(painter: QPainter, scene: Scene, camera: Camera, view: QSizeF, colours: Colours) -> None:
    column = split_column(scene)
    if scene.before is None or scene.after is None or column is None:
        return
    target = camera.rect_to_view(scene.after.rect, view)
    line = camera.to_view(0, column, view).x()
    for layer, left, right in ((scene.before, target.left(), line), (scene.after, line, target.right())):
        painter.save()
        painter.setClipRect(QRectF(left, target.top(), max(0.0, right - left), target.height()))
        _paint_layer(painter, layer, camera, view)
        painter.restore()
    shown = target.intersected(QRectF(QPointF(), view))
    _paint_line(painter, line, shown, colours)
    _paint_label(painter, "Before (bicubic)", QPointF(shown.left() + 12, shown.top() + 12), at_right=False)
    _paint_label(painter, "After", QPointF(shown.right() - 12, shown.top() + 12), at_right=True)


def _paint_line(painter: QPainter, x: float, shown: QRectF, colours: Colours) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for width, colour in ((3, QColor(0, 0, 0, 120)), (1.5, QColor("white"))):
        painter.setPen(QPen(colour, width))
        painter.drawLine(QPointF(x, shown.top()), QPointF(x, shown.bottom()))
    centre = QPointF(x, shown.center().y())
    painter.setPen(QPen(QColor("white"), 1.5))
    painter.setBrush(QColor(colours.accent))
    painter.drawEllipse(centre, GRIP_RADIUS_PX, GRIP_RADIUS_PX)
    for side in (-1, 1):
        arrow = QPainterPath(centre + QPointF(side * 4, -4))
        arrow.lineTo(centre + QPointF(side * 8, 0))
        arrow.lineTo(centre + QPointF(side * 4, 4))
        painter.strokePath(arrow, QPen(QColor("white"), 1.5))


def _paint_label(painter: QPainter, text: str, corner: QPointF, *, at_right: bool) -> None:
    size = painter.fontMetrics().size(0, text)
    box = QRectF(corner.x(), corner.y(), size.width() + 16, size.height() + 8)
    if at_right:
        box.moveRight(corner.x())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 165))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor("white"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _paint_crop(painter: QPainter, scene: Scene, camera: Camera, view: QSizeF) -> None:
    if scene.crop is None:
        return
    box = camera.rect_to_view(crop_rect(scene.crop), view)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if scene.crop_editable and scene.base is not None:
        shade = QPainterPath()
        shade.addRect(camera.rect_to_view(scene.base.rect, view))
        shade.addRect(box)
        painter.fillPath(shade, QColor(0, 0, 0, 90))
    for width, colour in ((3, QColor(0, 0, 0, 140)), (1, QColor("white"))):
        painter.setPen(QPen(colour, width))
        painter.drawRect(box)
    if not scene.crop_editable:
        return
    painter.setPen(QPen(QColor(0, 0, 0, 160), 1))
    painter.setBrush(QColor("white"))
    for x in (box.left(), box.center().x(), box.right()):
        for y in (box.top(), box.center().y(), box.bottom()):
            if QPointF(x, y) != box.center():
                painter.drawRect(QRectF(x - HANDLE_PX / 2, y - HANDLE_PX / 2, HANDLE_PX, HANDLE_PX))
