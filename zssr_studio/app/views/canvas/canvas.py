"""The picture in the middle of the window: zoom, pan, crop and all ways of comparing. A plain QWidget."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy

from zssr_studio.app.language import tr
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.theme import LIGHT, Colours
from zssr_studio.app.views.canvas.camera import FIT_MARGIN_PX, PANE_MARGIN_PX, Camera
from zssr_studio.app.views.canvas.drag import Drag, Slide
from zssr_studio.app.views.canvas.dropped_entries import DropTarget
from zssr_studio.app.views.canvas.keys import press
from zssr_studio.app.views.canvas.loupe import paint_loupe
from zssr_studio.app.views.canvas.paint import paint, paint_drop, paint_focus
from zssr_studio.app.views.canvas.pointer import cursor_at, drag_from
from zssr_studio.app.views.canvas.scene import Scene, described, panes, parting_px, pixels_per_input, split_seen

if TYPE_CHECKING:
    from zssr_studio.imaging.picture import Crop

WHEEL_STEP = 120
ZOOM_PER_STEP = 1.25


class Canvas(DropTarget):
    """Shows a scene under one camera.

    Signals
    -------
    crop_edited(Crop or None)
        A person drew, moved, resized or removed the crop.
    hovered((row, column) or None)
        The pointer is over this point of the picture, or over none.
    turn_asked()
        A person wants to see the next of the pictures that are flipped through.
    view_changed()
        Something else of the picture is seen, or in another size; `zoom_percent` tells in which.
    """

    crop_edited = Signal(object)
    hovered = Signal(object)
    turn_asked = Signal()
    view_changed = Signal()

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
        """Show something else under the same camera; what is shown whole stays so where it has another room."""
        room, zoom_percent = self.view_size(), self.zoom_percent
        self.scene = scene
        if self._fitted and self.view_size() != room:
            self.fit()
        if self.zoom_percent != zoom_percent:
            self.view_changed.emit()
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
            view = self.view_size()
            margin_px = FIT_MARGIN_PX if view == self.size().toSizeF() else PANE_MARGIN_PX
            self._look(Camera.fitting(self.scene.base.rect, view, margin_px))

    @property
    def is_fitted(self) -> bool:
        """Whether the whole picture is shown, as nobody has chosen another view."""
        return self._fitted

    def show_rect(self, rect: QRectF) -> None:
        """Show a part of the picture whole."""
        self._fitted = False
        self._look(Camera.fitting(rect, self.view_size()))

    def set_zoom(self, zoom: float) -> None:
        """Zoom about the middle to so many screen pixels per input pixel."""
        self._fitted = False
        view = self.view_size()
        self._look(self.camera.zoomed(zoom / self.camera.zoom, QPointF(view.width() / 2, view.height() / 2), view))

    @property
    def zoom_percent(self) -> float:
        """Pixels of the screen per pixel of the finest picture shown, in percent."""
        return 100 * self.camera.zoom * self.devicePixelRatioF() / pixels_per_input(self.scene)

    @Slot(float)
    def set_zoom_percent(self, percent: float) -> None:
        """Zoom about the middle to so many percent, above 0; the least and the largest zoom bound it."""
        self.set_zoom(percent / 100 * pixels_per_input(self.scene) / self.devicePixelRatioF())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        view, point = QSizeF(self.size()), self._point()
        paint(painter, self.scene, self.camera, view, self._colours, point)
        if self.scene.loupe and self._pointer is not None and point is not None:
            paint_loupe(painter, self.scene, self.camera, view, self._colours, self._pointer, point)
        if self._drop_at is not None:
            paint_drop(painter, self.scene, self.camera, view, self._colours, at_end=self.is_at_end(self._drop_at))
        if self._focus_by_key:
            paint_focus(painter, self.rect(), self._colours)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._fitted = False
        factor = ZOOM_PER_STEP ** (event.angleDelta().y() / WHEEL_STEP)
        self._look(
            self.camera.zoomed(factor, event.position() - self._pane(event.position()).topLeft(), self.view_size())
        )
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._drag = drag_from(self, event, crop_tool=self._crop_tool)
        if isinstance(self._drag, Slide):
            self._drag.move(self, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(event.position())
        if self._drag is not None:
            self._drag.move(self, event.position())
            return
        shape = cursor_at(self, event.position(), crop_tool=self._crop_tool)
        if self.cursor().shape() != shape:
            self.setCursor(QCursor(shape))

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

    @property
    def split(self) -> float:
        """Share of the compared part at which the slider's line is seen."""
        scene = self.scene
        return split_seen(scene, self.camera, self.view_size()) if scene.has_slider else scene.split

    def is_at_end(self, point: QPointF) -> bool:
        """Whether a point is at the right of the slider's line, or below it; without a slider, of the middle."""
        place = parting_px(self.scene, self.camera, self.size().toSizeF())
        return (point.y() if self.scene.level_line else point.x()) > place

    def tell_split(self) -> None:
        """Let a screen reader say where the slider is now."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleDescription()))

    def ask_turn(self) -> None:
        """Ask for the next of the pictures that are flipped through."""
        self.turn_asked.emit()

    def to_picture(self, point: QPointF) -> tuple[float, float]:
        """Row and column of the picture under a point of the view."""
        return self.camera.to_picture(point - self._pane(point).topLeft(), self.view_size())

    def view_size(self) -> QSizeF:
        """Size of a pane, all of which have the same; it is the whole but for pictures side by side."""
        return panes(self.scene, QSizeF(self.size()))[0].size()

    def size_px(self) -> tuple[int, int]:
        """Rows and columns of the input picture; zero without one."""
        base = self.scene.base
        return (0, 0) if base is None else (base.pyramid.height, base.pyramid.width)

    def _describe(self) -> None:
        """Keep the slider's place in the description, of whose changes Qt tells screen readers.

        A QAccessibleValueInterface would be the place for it, but the process dies where Qt asks an interface that is
        made in Python for one (PySide6 6.11).
        """
        text = described(self.scene, self.split)
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)

    def _pane(self, point: QPointF) -> QRectF:
        """Return the pane under a point; the last one for the gaps between them."""
        divided = panes(self.scene, QSizeF(self.size()))
        return next((pane for pane in divided if pane.contains(point)), divided[-1])

    def _look(self, camera: Camera) -> None:
        self.camera = camera
        self._describe()
        self.update()
        self.hovered.emit(self._point())
        self.view_changed.emit()

    def _point(self) -> tuple[float, float] | None:
        return None if self._pointer is None else self.to_picture(self._pointer)

    def _point_at(self, pointer: QPointF | None) -> None:
        self._pointer = pointer
        self.hovered.emit(self._point())
        if self.scene.loupe or self.scene.mode is Mode.SIDE_BY_SIDE:
            self.update()
