"""The picture in the middle of the window: zoom, pan, crop and all ways of comparing. A plain QWidget."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.theme import LIGHT, Colours
from zssr_studio.app.views.canvas.camera import Camera
from zssr_studio.app.views.canvas.crop_edit import INSIDE, Grip, grip_at
from zssr_studio.app.views.canvas.drag import Drag, DrawCrop, EditCrop, Pan, Slide
from zssr_studio.app.views.canvas.keys import press
from zssr_studio.app.views.canvas.loupe import paint_loupe
from zssr_studio.app.views.canvas.paint import GRIP_RADIUS_PX, paint
from zssr_studio.app.views.canvas.scene import Scene, described, line_place, panes

if TYPE_CHECKING:
    from zssr_studio.imaging.picture import Crop

GRIP_REACH_PX = 8
WHEEL_STEP = 120
ZOOM_PER_STEP = 1.25
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


class Canvas(QWidget):
    """Shows a scene under one camera.

    Signals
    -------
    crop_edited(Crop or None)
        A person drew, moved, resized or removed the crop.
    hovered((row, column) or None)
        The pointer is over this point of the picture, or over none.
    turn_asked()
        A person wants to see the next of the pictures that are flipped through.
    """

    crop_edited = Signal(object)
    hovered = Signal(object)
    turn_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Picture"))
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
        self._pointer: QPointF | None = None
        self._describe()

    def set_scene(self, scene: Scene) -> None:
        """Show something else under the same camera."""
        divided = len(panes(scene, self.size().toSizeF())) != len(panes(self.scene, self.size().toSizeF()))
        self.scene = scene
        if divided and self._fitted:
            self.fit()
        self._describe()
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
        view, point = QSizeF(self.size()), self._point()
        paint(painter, self.scene, self.camera, view, self._colours, point)
        if self.scene.loupe and self._pointer is not None and point is not None:
            paint_loupe(painter, self.scene, self.camera, view, self._colours, self._pointer, point)
        if self._focus_by_key:
            # Dark beside light is seen on any picture.
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for inset, colour in ((1, self._colours.text), (3, self._colours.window)):
                painter.setPen(QPen(QColor(colour), 2))
                painter.drawRect(self.rect().adjusted(inset, inset, -inset, -inset))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._fitted = False
        factor = ZOOM_PER_STEP ** (event.angleDelta().y() / WHEEL_STEP)
        self._look(self.camera.zoomed(factor, event.position() - self._pane(event.position()).topLeft(), self._view()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._drag = self._drag_from(event)
        if isinstance(self._drag, Slide):
            self._drag.move(self, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(event.position())
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
        self._point_at(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Who came with the mouse knows where they are.
        self._focus_by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._focus_by_key = False
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if press(self, Qt.Key(event.key()), event.modifiers()):
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
        """Move the slider to a share of the compared part."""
        share = min(1.0, max(0.0, share))
        self.set_scene(replace(self.scene, split=share))

    def tell_split(self) -> None:
        """Let a screen reader say where the slider is now."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleDescription()))

    def ask_turn(self) -> None:
        """Ask for the next of the pictures that are flipped through."""
        self.turn_asked.emit()

    def to_picture(self, point: QPointF) -> tuple[float, float]:
        """Row and column of the picture under a point of the view."""
        return self.camera.to_picture(point - self._pane(point).topLeft(), self._view())

    def size_px(self) -> tuple[int, int]:
        """Rows and columns of the input picture; zero without one."""
        base = self.scene.base
        return (0, 0) if base is None else (base.pyramid.height, base.pyramid.width)

    def _describe(self) -> None:
        """Keep the slider's place in the description, of whose changes Qt tells screen readers.

        A QAccessibleValueInterface would be the place for it, but the process dies where Qt asks an interface that is
        made in Python for one (PySide6 6.11).
        """
        text = described(self.scene)
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)

    def _view(self) -> QSizeF:
        """Size of a pane, all of which have the same; it is the whole but for pictures side by side."""
        return panes(self.scene, QSizeF(self.size()))[0].size()

    def _pane(self, point: QPointF) -> QRectF:
        """Return the pane under a point; the last one for the gaps between them."""
        divided = panes(self.scene, QSizeF(self.size()))
        return next((pane for pane in divided if pane.contains(point)), divided[-1])

    def _look(self, camera: Camera) -> None:
        self.camera = camera
        self.update()
        self.hovered.emit(self._point())

    def _point(self) -> tuple[float, float] | None:
        return None if self._pointer is None else self.to_picture(self._pointer)

    def _point_at(self, pointer: QPointF | None) -> None:
        self._pointer = pointer
        self.hovered.emit(self._point())
        if self.scene.loupe or self.scene.mode is Mode.SIDE_BY_SIDE:
            self.update()

    def _near_slider(self, point: QPointF) -> bool:
        if not self.scene.has_slider:
            return False
        place = line_place(self.scene)
        away = self.camera.to_view(place, place, self._view()) - point
        return abs(away.y() if self.scene.level_line else away.x()) <= GRIP_RADIUS_PX

    def _grip(self, point: QPointF) -> Grip:
        if self.scene.crop is None or not self.scene.crop_editable:
            return Grip.NONE
        row, column = self.to_picture(point)
        return grip_at(self.scene.crop, row, column, GRIP_REACH_PX / self.camera.zoom)

    def _drag_from(self, event: QMouseEvent) -> Drag | None:
        point = event.position()
        if self.scene.base is None:
            return None
        if event.button() in _PAN_BUTTONS:
            return Pan(point)
        if event.button() != Qt.MouseButton.LeftButton:
            return None
        if self.scene.has_slider:
            # The line is dragged from anywhere; with Shift, as with the other buttons, the picture moves.
            return Pan(point) if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else Slide()
        grip = self._grip(point)
        if self.scene.crop is not None and grip is not Grip.NONE:
            return EditCrop(self.scene.crop, grip, self.to_picture(point))
        if self._crop_tool and self.scene.crop_editable:
            return DrawCrop(self.to_picture(point))
        return Pan(point)

    def _show_cursor(self, point: QPointF) -> None:
        idle = Qt.CursorShape.CrossCursor if self._crop_tool else Qt.CursorShape.ArrowCursor
        shape = _CURSORS.get(self._grip(point), idle)
        if self._near_slider(point):
            shape = Qt.CursorShape.SplitVCursor if self.scene.level_line else Qt.CursorShape.SplitHCursor
        if self.cursor().shape() != shape:
            self.setCursor(QCursor(shape))
