"""What the mouse does to the canvas while a button is down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.app.views.canvas.crop_edit import Grip, dragged, spanned
from zssr_studio.app.views.canvas.scene import split_at

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

    from zssr_studio.app.views.canvas.interface import CanvasInterface
    from zssr_studio.imaging.picture import Crop


class Drag:
    """What the mouse does while a button is down."""

    def move(self, canvas: CanvasInterface, point: QPointF) -> None:
        raise NotImplementedError


class Pan(Drag):
    """Moves the picture."""

    def __init__(self, point: QPointF) -> None:
        self._last = point

    def move(self, canvas: CanvasInterface, point: QPointF) -> None:
        canvas.pan(point - self._last)
        self._last = point


class Slide(Drag):
    """Moves the line between the two pictures that are compared."""

    def move(self, canvas: CanvasInterface, point: QPointF) -> None:
        if canvas.scene.has_slider:
            canvas.move_split(split_at(canvas.scene, *canvas.to_picture(point)))


class EditCrop(Drag):
    """Moves or resizes the crop by what was taken hold of."""

    def __init__(self, crop: Crop, grip: Grip, start: tuple[float, float]) -> None:
        self._crop, self._grip, self._start = crop, grip, start

    def move(self, canvas: CanvasInterface, point: QPointF) -> None:
        row, column = canvas.to_picture(point)
        moved = (row - self._start[0], column - self._start[1])
        canvas.edit_crop(dragged(self._crop, self._grip, *moved, *canvas.size_px(), canvas.scene.aspect))


class DrawCrop(Drag):
    """Spans a new crop."""

    def __init__(self, start: tuple[float, float]) -> None:
        self._start = start

    def move(self, canvas: CanvasInterface, point: QPointF) -> None:
        canvas.edit_crop(spanned(self._start, canvas.to_picture(point), *canvas.size_px(), canvas.scene.aspect))
