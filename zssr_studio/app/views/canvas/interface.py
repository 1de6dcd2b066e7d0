"""What the mouse and the keys may do to the canvas; they know no more of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF, QSizeF

    from zssr_studio.app.views.canvas.camera import Camera
    from zssr_studio.app.views.canvas.scene import Scene
    from zssr_studio.imaging.picture import Crop


class CanvasInterface(Protocol):
    """A canvas, as drags and keys see it."""

    scene: Scene
    camera: Camera

    @property
    def split(self) -> float:
        """Share of the compared part at which the slider's line is seen."""

    def pan(self, delta: QPointF) -> None:
        """Move the picture by so many screen pixels."""

    def set_zoom(self, zoom: float) -> None:
        """Zoom about the middle to so many screen pixels per input pixel."""

    def edit_crop(self, crop: Crop | None) -> None:
        """Show an edited crop at once and tell about it."""

    def move_split(self, share: float) -> None:
        """Move the slider to a share of the compared part."""

    def tell_split(self) -> None:
        """Let a screen reader say where the slider is now."""

    def ask_turn(self) -> None:
        """Ask for the next of the pictures that are flipped through."""

    def to_picture(self, point: QPointF) -> tuple[float, float]:
        """Row and column of the picture under a point of the view."""

    def view_size(self) -> QSizeF:
        """Size of a pane, all of which have the same; it is the whole but for pictures side by side."""

    def size_px(self) -> tuple[int, int]:
        """Rows and columns of the input picture; zero without one."""
