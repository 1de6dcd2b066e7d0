"""The zoom: larger, smaller, and as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

    from zssr_studio.app.views.canvas.canvas import Canvas
    from zssr_studio.app.views.compare.zoom_field import ZoomField

# As a notch of the wheel, and the keys plus and minus.
FACTOR = 1.25


class ZoomController(QObject):
    """Canvas to field, field and actions to canvas."""

    def __init__(self, canvas: Canvas, field: ZoomField, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._canvas, self._field = canvas, field
        self._actions = actions["zoom_in"], actions["zoom_out"]
        canvas.view_changed.connect(self.show)
        field.chosen.connect(self._on_chosen)
        actions["zoom_in"].triggered.connect(self._on_in)
        actions["zoom_out"].triggered.connect(self._on_out)
        self.show()

    @Slot()
    def show(self) -> None:
        """Bring the field in line with the canvas."""
        has_picture = self._canvas.scene.base is not None
        self._field.set_zoom(self._canvas.zoom_percent / 100 if has_picture else None)
        for action in self._actions:
            action.setEnabled(has_picture)

    @Slot(float)
    def _on_chosen(self, zoom: float) -> None:
        # The keys of the picture work at once, and the field shows what came of it.
        self._canvas.setFocus()
        self._canvas.set_zoom_percent(100 * zoom)

    @Slot()
    def _on_in(self) -> None:
        self._by(FACTOR)

    @Slot()
    def _on_out(self) -> None:
        self._by(1 / FACTOR)

    def _by(self, factor: float) -> None:
        self._canvas.set_zoom(self._canvas.camera.zoom * factor)
