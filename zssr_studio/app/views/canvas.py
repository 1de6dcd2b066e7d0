"""The picture in the middle of the window: zoom, pan, crop and the before/after slider. A plain QWidget."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QCursor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from zssr_studio.app.theme import LIGHT, Colours
from zssr_studio.app.views.camera import Camera
from zssr_studio.app.views.canvas_drag import Drag, DrawCrop, EditCrop, Pan, Slide
from zssr_studio.app.views.canvas_scene import GRIP_RADIUS_PX, Scene, paint, split_column
from zssr_studio.app.views.crop_edit import INSIDE, Grip, dragged, grip_at

if TYPE_CHECKING:
    from zssr_studio.imaging.picture import Crop

GRIP_REACH_PX = 8
WHEEL_STEP = 120
ZOOM_PER_STEP = 1.25
SLIDER_STEP, SLIDER_PAGE = 0.01, 0.1
PAN_STEP_PX = 48
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


class Canvas(QWidget):
    """Shows a scene under one camera.

    Signals
    -------
    crop_edited(Crop or None)
        A person drew, moved, resized or removed the crop.
    """

    crop_edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Picture")
        self.setAccessibleDescription("Wheel zooms, drag moves. Arrow keys move the slider or the crop.")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 180)
        self.setMouseTracking(True)
        self.scene = Scene()
        self.camera = Camera()
        self._colours = LIGHT
        self._crop_tool = False
        self._fitted = True
        self._focus_by_key = False
        self._drag: Drag | None = None

    def set_scene(self, scene: Scene) -> None:
        """Show something else under the same camera."""
        self.scene = scene
        self.update()

    def set_colours(self, colours: Colours) -> None:
        """Take the theme's colours."""
        self._colours = colours
        self.update()

    def set_crop_tool(self, active: bool) -> None:
        """Let a drag draw a crop instead of moving the picture."""
        self._crop_tool = active
        self.setCursor(Qt.CursorShape.CrossCursor if active else Qt.CursorShape.ArrowCursor)

    def fit(self) -> None:
        """Show the whole picture, and keep it so when the view is resized."""
        self._fitted = True
        if self.scene.base is not None:
            self._look(Camera.fitting(self.scene.base.rect, self._view()))

    @property
    def is_fitted(self) -> bool:
        """Whether the whole picture is shown, as nobody has chosen another view."""
        return self._fitted

    def show_rect(self, rect: QRectF) -> None:
        """Show a part of the picture whole."""
        self._fitted = False
        self._look(Camera.fitting(rect, self._view()))

    def set_zoom(self, zoom: float) -> None:
        """Zoom about the middle to so many screen pixels per input pixel."""
        self._fitted = False
        view = self._view()
        self._look(self.camera.zoomed(zoom / self.camera.zoom, QPointF(view.width() / 2, view.height() / 2), view))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, self.scene, self.camera, self._view(), self._colours)
        if self._focus_by_key:
            painter.setPen(self.palette().highlight().color())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._fitted = False
        factor = ZOOM_PER_STEP ** (event.angleDelta().y() / WHEEL_STEP)
        self._look(self.camera.zoomed(factor, event.position(), self._view()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._drag = self._drag_from(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            self._show_cursor(event.position())
        else:
            self._drag.move(self, event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._drag = None

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._drag = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Who came with the mouse knows where they are.
        self._focus_by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._focus_by_key = False
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._slider_key(event) or self._crop_key(event) or self._view_key(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def pan(self, delta: QPointF) -> None:
        """Move the picture by so many screen pixels."""
        self._fitted = False
        self._look(self.camera.panned(delta))

    def edit_crop(self, crop: Crop | None) -> None:
        """Show an edited crop at once and tell about it."""
        self.set_scene(replace(self.scene, crop=crop))
        self.crop_edited.emit(crop)

    def move_split(self, share: float) -> None:
        """Move the slider to a share of the result's width."""
        share = min(1.0, max(0.0, share))
        self.set_scene(replace(self.scene, split=share))
        self.setAccessibleDescription(f"Comparison slider at {share:.0%}: before to the left, after to the right.")

    def to_picture(self, point: QPointF) -> tuple[float, float]:
        """Row and column of the picture under a point of the view."""
        return self.camera.to_picture(point, self._view())

    def size_px(self) -> tuple[int, int]:
        """Rows and columns of the input picture; zero without one."""
        base = self.scene.base
        return (0, 0) if base is None else (base.pyramid.height, base.pyramid.width)

    def _view(self) -> QSizeF:
        return QSizeF(self.size())

    def _look(self, camera: Camera) -> None:
        self.camera = camera
        self.update()

    def _near_slider(self, point: QPointF) -> bool:
        column = split_column(self.scene)
        if column is None:
            return False
        return abs(self.camera.to_view(0, column, self._view()).x() - point.x()) <= GRIP_RADIUS_PX

    def _grip(self, point: QPointF) -> Grip:
        if self.scene.crop is None or not self.scene.crop_editable:
            return Grip.NONE
        row, column = self.to_picture(point)
        return grip_at(self.scene.crop, row, column, GRIP_REACH_PX / self.camera.zoom)

    def _drag_from(self, event: QMouseEvent) -> Drag | None:
        point = event.position()
        if self.scene.base is None:
            return None
        if event.button() == Qt.MouseButton.MiddleButton:
            return Pan(point)
        if event.button() != Qt.MouseButton.LeftButton:
            return None
        if self._near_slider(point):
            return Slide()
        grip = self._grip(point)
        if self.scene.crop is not None and grip is not Grip.NONE:
            return EditCrop(self.scene.crop, grip, self.to_picture(point))
        if self._crop_tool and self.scene.crop_editable:
            return DrawCrop(self.to_picture(point))
        return Pan(point)

    def _show_cursor(self, point: QPointF) -> None:
        idle = Qt.CursorShape.CrossCursor if self._crop_tool else Qt.CursorShape.ArrowCursor
        shape = Qt.CursorShape.SplitHCursor if self._near_slider(point) else _CURSORS.get(self._grip(point), idle)
        if self.cursor().shape() != shape:
            self.setCursor(QCursor(shape))

    def _slider_key(self, event: QKeyEvent) -> bool:
        if self.scene.after is None:
            return False
        step = SLIDER_PAGE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else SLIDER_STEP
        places = {
            Qt.Key.Key_Left: self.scene.split - step,
            Qt.Key.Key_Right: self.scene.split + step,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: 1.0,
        }
        place = places.get(Qt.Key(event.key()))
        if place is not None:
            self.move_split(place)
        return place is not None

    def _crop_key(self, event: QKeyEvent) -> bool:
        crop = self.scene.crop
        if crop is None or not self.scene.crop_editable:
            return False
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
            self.edit_crop(None)
            return True
        step = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        move = _ARROWS.get(Qt.Key(event.key()))
        if move is not None:
            self.edit_crop(dragged(crop, INSIDE, move[0] * step, move[1] * step, *self.size_px()))
        return move is not None

    def _view_key(self, event: QKeyEvent) -> bool:
        move = _ARROWS.get(Qt.Key(event.key()))
        if move is not None:
            self.pan(QPointF(-move[1] * PAN_STEP_PX, -move[0] * PAN_STEP_PX))
        return move is not None


_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
