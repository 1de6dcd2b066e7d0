"""What the mouse takes hold of on the canvas, and how the pointer shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from zssr_studio.app.views.canvas.crop_edit import INSIDE, Grip, grip_at
from zssr_studio.app.views.canvas.drag import Drag, DrawCrop, EditCrop, Pan, Slide
from zssr_studio.app.views.canvas.paint import GRIP_RADIUS_PX
from zssr_studio.app.views.canvas.scene import line_px

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from zssr_studio.app.views.canvas.interface import CanvasInterface

GRIP_REACH_PX = 8
_PAN_BUTTONS = (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton)
_CURSORS = {
    Grip.TOP: Qt.CursorShape.SizeVerCursor,
    Grip.BOTTOM: Qt.CursorShape.SizeVerCursor,
    Grip.LEFT: Qt.CursorShape.SizeHorCursor,
    Grip.RIGHT: Qt.CursorShape.SizeHorCursor,
    Grip.TOP | Grip.LEFT: Qt.CursorShape.SizeFDiagCursor,
    Grip.BOTTOM | Grip.RIGHT: Qt.CursorShape.SizeFDiagCursor,
    Grip.TOP | Grip.RIGHT: Qt.CursorShape.SizeBDiagCursor,
    Grip.BOTTOM | Grip.LEFT: Qt.CursorShape.SizeBDiagCursor,
    INSIDE: Qt.CursorShape.SizeAllCursor,
}


def drag_from(canvas: CanvasInterface, event: QMouseEvent, *, crop_tool: bool) -> Drag | None:
    """Return what a drag does that begins with a press of a button; None where it does nothing."""
    point, scene = event.position(), canvas.scene
    if scene.base is None:
        return None
    if event.button() in _PAN_BUTTONS:
        return Pan(point)
    if event.button() != Qt.MouseButton.LeftButton:
        return None
    if scene.has_slider:
        return _drag_beside_slider(canvas, event)
    grip = _grip(canvas, point)
    if scene.crop is not None and grip is not Grip.NONE:
        return EditCrop(scene.crop, grip, canvas.to_picture(point))
    if crop_tool and scene.crop_editable:
        return DrawCrop(canvas.to_picture(point))
    return Pan(point)


def cursor_at(canvas: CanvasInterface, point: QPointF, *, crop_tool: bool) -> Qt.CursorShape:
    """Return the shape that tells what a drag from here would do."""
    if _is_near_slider(canvas, point):
        return Qt.CursorShape.SplitVCursor if canvas.scene.level_line else Qt.CursorShape.SplitHCursor
    idle = Qt.CursorShape.CrossCursor if crop_tool else Qt.CursorShape.ArrowCursor
    return _CURSORS.get(_grip(canvas, point), idle)


def _drag_beside_slider(canvas: CanvasInterface, event: QMouseEvent) -> Drag:
    """Take the line by itself or its handle; where the picture is seen whole, and cannot be panned, from anywhere."""
    point = event.position()
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return Pan(point)
    return Slide() if _is_near_slider(canvas, point) or _is_seen_whole(canvas) else Pan(point)


def _is_seen_whole(canvas: CanvasInterface) -> bool:
    base, view = canvas.scene.base, canvas.view_size()
    return base is None or QRectF(QPointF(), view).contains(canvas.camera.rect_to_view(base.rect, view))


def _is_near_slider(canvas: CanvasInterface, point: QPointF) -> bool:
    if not canvas.scene.has_slider:
        return False
    across = point.y() if canvas.scene.level_line else point.x()
    return abs(line_px(canvas.scene, canvas.camera, canvas.view_size()) - across) <= GRIP_RADIUS_PX


def _grip(canvas: CanvasInterface, point: QPointF) -> Grip:
    if canvas.scene.crop is None or not canvas.scene.crop_editable:
        return Grip.NONE
    row, column = canvas.to_picture(point)
    return grip_at(canvas.scene.crop, row, column, GRIP_REACH_PX / canvas.camera.zoom)
