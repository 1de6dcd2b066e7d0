"""What keys do to the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.views.canvas.crop_edit import INSIDE, dragged

if TYPE_CHECKING:
    from zssr_studio.app.views.canvas.interface import CanvasInterface

SLIDER_STEP, SLIDER_PAGE = 0.01, 0.1
ZOOMS = {Qt.Key.Key_Plus: 1.25, Qt.Key.Key_Equal: 1.25, Qt.Key.Key_Minus: 0.8}
PAN_STEP_PX = 48
_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


def press(canvas: CanvasInterface, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
    """Do what a key means, and tell whether it means anything."""
    shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    return _slider(canvas, key, shift) or _flip(canvas, key) or _crop(canvas, key, shift) or _view(canvas, key)


def _slider(canvas: CanvasInterface, key: Qt.Key, shift: bool) -> bool:
    if not canvas.scene.has_slider:
        return False
    back, forth = (Qt.Key.Key_Left, Qt.Key.Key_Right)
    if canvas.scene.level_line:
        back, forth = (Qt.Key.Key_Up, Qt.Key.Key_Down)
    step = SLIDER_PAGE if shift else SLIDER_STEP
    split = canvas.split
    place = {back: split - step, forth: split + step, Qt.Key.Key_Home: 0.0, Qt.Key.Key_End: 1.0}.get(key)
    if place is not None:
        canvas.move_split(place)
        canvas.tell_split()
    return place is not None


def _flip(canvas: CanvasInterface, key: Qt.Key) -> bool:
    if canvas.scene.mode is not Mode.FLIP or key != Qt.Key.Key_Space:
        return False
    canvas.ask_turn()
    return True


def _crop(canvas: CanvasInterface, key: Qt.Key, shift: bool) -> bool:
    crop = canvas.scene.crop
    if crop is None or not canvas.scene.crop_editable:
        return False
    if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape):
        canvas.edit_crop(None)
        return True
    step = 10 if shift else 1
    move = _ARROWS.get(key)
    if move is not None:
        canvas.edit_crop(dragged(crop, INSIDE, move[0] * step, move[1] * step, *canvas.size_px()))
    return move is not None


def _view(canvas: CanvasInterface, key: Qt.Key) -> bool:
    if key in ZOOMS:
        canvas.set_zoom(canvas.camera.zoom * ZOOMS[key])
        return True
    move = _ARROWS.get(key)
    if move is not None:
        canvas.pan(QPointF(-move[1] * PAN_STEP_PX, -move[0] * PAN_STEP_PX))
    return move is not None
