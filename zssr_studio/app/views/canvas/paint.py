"""Paints a scene: each way of comparing, the crop, the loupe."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.views.canvas.layer import difference_image, paint_layer
from zssr_studio.app.views.canvas.scene import compared_rect, crop_rect, line_px, panes, parting_px

if TYPE_CHECKING:
    from zssr_studio.app.theme import Colours
    from zssr_studio.app.views.canvas.camera import Camera
    from zssr_studio.app.views.canvas.scene import Scene

HANDLE_PX = 8
GRIP_RADIUS_PX = 14
LABEL_GAP_PX, LABEL_INSET_PX = 12, 8
# A name of which there is no more than this says nothing.
LEAST_LABEL = "…mm"
CROSS_PX = 8


def paint(
    painter: QPainter, scene: Scene, camera: Camera, view: QSizeF, colours: Colours, point: tuple[float, float] | None
) -> None:
    """Paint the scene on the surround; `point` is the row and column of the picture under the pointer."""
    painter.fillRect(QRectF(QPointF(), view), QColor(colours.surround))
    match scene.mode:
        case Mode.SIDE_BY_SIDE if len(scene.shown) > 1:
            _paint_panes(painter, scene, camera, view, colours, point)
        case Mode.SLIDER if scene.has_slider:
            _paint_base(painter, scene, camera, view)
            _paint_slider(painter, scene, camera, view, colours)
        case Mode.DIFFERENCE if len(scene.shown) == 2:
            _paint_difference(painter, scene, camera, view)
        case _:
            _paint_base(painter, scene, camera, view)
            for one in scene.shown:
                paint_layer(painter, one.layer, camera, view)
            _paint_crop(painter, scene, camera, view)
            if scene.shown:
                paint_label(painter, scene.shown[0].label, QRectF(QPointF(), view))


def _paint_base(painter: QPainter, scene: Scene, camera: Camera, view: QSizeF) -> None:
    for layer in (scene.base, scene.preview):
        if layer is not None:
            paint_layer(painter, layer, camera, view)


def _paint_slider(painter: QPainter, scene: Scene, camera: Camera, view: QSizeF, colours: Colours) -> None:
    target, whole = camera.rect_to_view(compared_rect(scene), view), QRectF(QPointF(), view)
    place, level = line_px(scene, camera, view), scene.level_line
    for one, side in zip(scene.shown, _cut(target, place, level=level), strict=True):
        painter.save()
        painter.setClipRect(side)
        paint_layer(painter, one.layer, camera, view)
        painter.restore()
    _paint_crop(painter, scene, camera, view)
    seen = target.intersected(whole)
    if seen.isEmpty():
        return
    if level:
        _paint_line(painter, QLineF(seen.left(), place, seen.right(), place), colours)
    else:
        _paint_line(painter, QLineF(place, seen.top(), place, seen.bottom()), colours)
    sides = zip(scene.shown, _cut(seen, place, level=level), _cut(whole, place, level=level), strict=True)
    far = Qt.Corner.BottomLeftCorner if level else Qt.Corner.TopRightCorner
    for (one, part, side), corner in zip(sides, (Qt.Corner.TopLeftCorner, far), strict=True):
        # Beside a small picture there is nothing else that the name could be taken for.
        paint_label(painter, one.label, part if _has_room(painter, one.label, part) else side, corner)


def _cut(area: QRectF, place: float, *, level: bool) -> tuple[QRectF, QRectF]:
    """Divide an area at the slider's line; what lies wholly beyond it is empty."""
    first, second = QRectF(area), QRectF(area)
    if level:
        first.setBottom(max(area.top(), min(place, area.bottom())))
        second.setTop(first.bottom())
    else:
        first.setRight(max(area.left(), min(place, area.right())))
        second.setLeft(first.right())
    return first, second


def _paint_line(painter: QPainter, line: QLineF, colours: Colours) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for width, colour in ((3, QColor(0, 0, 0, 120)), (1.5, QColor("white"))):
        painter.setPen(QPen(colour, width))
        painter.drawLine(line)
    painter.setPen(QPen(QColor("white"), 1.5))
    painter.setBrush(QColor(colours.accent))
    painter.drawEllipse(line.center(), GRIP_RADIUS_PX, GRIP_RADIUS_PX)
    # The arrows stand at both sides of the line.
    painter.save()
    painter.translate(line.center())
    if line.dx():
        painter.rotate(90)
    for side in (-1, 1):
        arrow = QPainterPath(QPointF(side * 4, -4))
        arrow.lineTo(QPointF(side * 8, 0))
        arrow.lineTo(QPointF(side * 4, 4))
        painter.strokePath(arrow, QPen(QColor("white"), 1.5))
    painter.restore()


def _paint_panes(
    painter: QPainter, scene: Scene, camera: Camera, view: QSizeF, colours: Colours, point: tuple[float, float] | None
) -> None:
    painter.fillRect(QRectF(QPointF(), view), QColor(colours.line))
    for one, pane in zip(scene.shown, panes(scene, view), strict=True):
        painter.save()
        painter.setClipRect(pane)
        painter.fillRect(pane, QColor(colours.surround))
        painter.translate(pane.topLeft())
        if scene.base is not None:
            paint_layer(painter, scene.base, camera, pane.size())
        paint_layer(painter, one.layer, camera, pane.size())
        if point is not None:
            _paint_cross(painter, camera.to_view(*point, pane.size()))
        paint_label(painter, one.label, QRectF(QPointF(), pane.size()))
        painter.restore()


def _paint_cross(painter: QPainter, at: QPointF) -> None:
    """Mark the point that is under the pointer in one of the panes."""
    for width, colour in ((3, QColor(0, 0, 0, 140)), (1, QColor("white"))):
        painter.setPen(QPen(colour, width))
        for step in (QPointF(1, 0), QPointF(0, 1)):
            for side in (-1, 1):
                painter.drawLine(at + step * 3 * side, at + step * CROSS_PX * side)


def _paint_difference(painter: QPainter, scene: Scene, camera: Camera, view: QSizeF) -> None:
    first, second = scene.shown
    seen = camera.rect_to_view(compared_rect(scene), view).intersected(QRectF(QPointF(), view))
    if not seen.isEmpty():
        ratio = painter.device().devicePixelRatioF()
        painter.save()
        painter.setClipRect(seen)
        image = difference_image((first.layer, second.layer), scene.gain, camera, view, ratio)
        painter.drawImage(QPointF(), image)
        painter.restore()
    _paint_crop(painter, scene, camera, view)
    text = tr("{first} – {second}, difference × {gain}", first=first.name, second=second.name, gain=scene.gain)
    paint_label(painter, text, QRectF(QPointF(), view))


def paint_label(painter: QPainter, text: str, room: QRectF, corner: Qt.Corner = Qt.Corner.TopLeftCorner) -> QRectF:
    """Write a name on a dark plate in a corner of what it names, and return where the plate is.

    The plate keeps within `room`, where the name is cut short and, where there is hardly any, left out: it lies on
    nothing that it does not name.
    """
    inner = room.adjusted(LABEL_GAP_PX, LABEL_GAP_PX, -LABEL_GAP_PX, -LABEL_GAP_PX)
    metrics = painter.fontMetrics()
    if not _has_room(painter, LEAST_LABEL, room):
        return QRectF()
    most_px, height = inner.width() - 2 * LABEL_INSET_PX, metrics.height() + LABEL_INSET_PX
    # A long name gives way, and not the figures behind it.
    text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, math.floor(most_px))
    box = QRectF(inner.left(), inner.top(), metrics.horizontalAdvance(text) + 2 * LABEL_INSET_PX, height)
    if corner in (Qt.Corner.TopRightCorner, Qt.Corner.BottomRightCorner):
        box.moveRight(inner.right())
    if corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
        box.moveBottom(inner.bottom())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 165))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor("white"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return box


def _has_room(painter: QPainter, text: str, room: QRectF) -> bool:
    """Tell whether a whole name fits into an area."""
    metrics, around_px = painter.fontMetrics(), 2 * LABEL_GAP_PX
    needed = metrics.horizontalAdvance(text) + 2 * LABEL_INSET_PX, metrics.height() + LABEL_INSET_PX
    return needed[0] <= room.width() - around_px and needed[1] <= room.height() - around_px


def paint_drop(
    painter: QPainter, scene: Scene, camera: Camera, view: QSizeF, colours: Colours, *, at_end: bool
) -> None:
    """Show where what is dragged over the picture would go."""
    side = QRectF(QPointF(), view)
    if scene.mode not in (Mode.SIDE_BY_SIDE, Mode.FLIP):
        place = parting_px(scene, camera, view)
        match scene.level_line, at_end:
            case True, True:
                side.setTop(place)
            case True, False:
                side.setBottom(place)
            case False, True:
                side.setLeft(place)
            case _:
                side.setRight(place)
    tint = QColor(colours.accent)
    painter.setPen(QPen(tint, 3))
    tint.setAlpha(60)
    painter.setBrush(tint)
    painter.drawRect(side.adjusted(2, 2, -2, -2))


def paint_focus(painter: QPainter, area: QRect, colours: Colours) -> None:
    """Frame what has the focus: dark beside light is seen on any picture."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for inset, colour in ((1, colours.text), (3, colours.window)):
        painter.setPen(QPen(QColor(colour), 2))
        painter.drawRect(area.adjusted(inset, inset, -inset, -inset))


def _paint_crop(painter: QPainter, scene: Scene, camera: Camera, view: QSizeF) -> None:
    """Frame the crop, over the pictures and below their names."""
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
