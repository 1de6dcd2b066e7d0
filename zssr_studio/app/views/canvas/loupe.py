"""The loupe: what is under the pointer, large, once for each picture that is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from zssr_studio.app.theme import text_scale
from zssr_studio.app.views.canvas.camera import Camera
from zssr_studio.app.views.canvas.layer import paint_layer

if TYPE_CHECKING:
    from zssr_studio.app.theme import Colours
    from zssr_studio.app.views.canvas.scene import Scene, Shown

GLASS_PX, GAP_PX, NAME_PX = 144, 8, 24
POINTER_GAP_PX = 24
# Times the zoom of the canvas, and at least so many screen pixels for one of the finest picture.
MAGNIFICATION, LEAST_PIXEL_PX = 3.0, 4.0


def paint_loupe(
    painter: QPainter, scene: Scene, camera: Camera, view: QSizeF, colours: Colours, pointer: QPointF,
    point: tuple[float, float],
) -> None:  # fmt: skip
    """Paint the loupe beside the pointer; `point` is the row and column of the picture under it."""
    finest = max(one.layer.pyramid.width / one.layer.rect.width() for one in scene.loupe)
    near = Camera(max(MAGNIFICATION * camera.zoom, LEAST_PIXEL_PX * finest), *point)
    columns = columns_of(len(scene.loupe), view)
    box = box_of(len(scene.loupe), columns, pointer, view)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.setBrush(QColor(colours.window))
    painter.drawRoundedRect(box, 6, 6)
    step = QSizeF(GLASS_PX + GAP_PX, GLASS_PX + _name_px())
    for index, one in enumerate(scene.loupe):
        place = QPointF(index % columns * step.width(), index // columns * step.height())
        glass = QRectF(box.topLeft() + QPointF(GAP_PX, GAP_PX) + place, QSizeF(GLASS_PX, GLASS_PX))
        _paint_glass(painter, one, near, glass, colours)


def columns_of(count: int, view: QSizeF) -> int:
    """Put so many pictures into one row or, where that is wider than the view, into as few as it takes."""
    most = max(1, int((view.width() - GAP_PX) / (GLASS_PX + GAP_PX)))
    rows = -(-count // most)
    return -(-count // rows)


def box_of(count: int, columns: int, pointer: QPointF, view: QSizeF) -> QRectF:
    """Place the loupe of so many pictures below and right of the pointer, or where there is room for it."""
    rows = -(-count // columns)
    size = QSizeF(columns * (GLASS_PX + GAP_PX) + GAP_PX, rows * (GLASS_PX + _name_px()) + GAP_PX)
    box = QRectF(pointer + QPointF(POINTER_GAP_PX, POINTER_GAP_PX), size)
    if box.right() > view.width():
        box.moveRight(pointer.x() - POINTER_GAP_PX)
    if box.bottom() > view.height():
        box.moveBottom(pointer.y() - POINTER_GAP_PX)
    box.moveLeft(max(0.0, min(box.left(), view.width() - box.width())))
    box.moveTop(max(0.0, min(box.top(), view.height() - box.height())))
    return box


def _name_px() -> float:
    """Height of a name below its glass, in text of any size."""
    return NAME_PX * text_scale()


def _paint_glass(painter: QPainter, one: Shown, near: Camera, glass: QRectF, colours: Colours) -> None:
    painter.save()
    painter.setClipRect(glass)
    painter.fillRect(glass, QColor(colours.surround))
    painter.translate(glass.topLeft())
    paint_layer(painter, one.layer, near, glass.size())
    painter.restore()
    centre = glass.center()
    for width, colour in ((3, QColor(0, 0, 0, 140)), (1, QColor("white"))):
        painter.setPen(QPen(colour, width))
        for step in (QPointF(1, 0), QPointF(0, 1)):
            for side in (-1, 1):
                painter.drawLine(centre + step * 5 * side, centre + step * 10 * side)
    painter.setPen(QColor(colours.text))
    name = painter.fontMetrics().elidedText(one.label, Qt.TextElideMode.ElideMiddle, GLASS_PX)
    painter.drawText(QRectF(glass.left(), glass.bottom(), GLASS_PX, _name_px()), Qt.AlignmentFlag.AlignCenter, name)
