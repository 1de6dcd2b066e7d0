"""Thumbnails of the list's pictures: crops at the present view, made anew when it rests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPainter

from zssr_studio.app.controllers.compare.result_rows import GOING
from zssr_studio.app.views.canvas.camera import Camera
from zssr_studio.app.views.canvas.layer import paint_layer
from zssr_studio.app.views.compare.result_tile import thumbnail_size

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from zssr_studio.app.controllers.compare.display_copies import Displays
    from zssr_studio.app.models.compare.results import ResultsModel
    from zssr_studio.app.models.run.run import RunModel
    from zssr_studio.app.views.canvas.canvas import Canvas
    from zssr_studio.app.views.canvas.scene import Layer

# Chosen: longer than from one frame of a zoom to the next, and too short to be waited for.
REST_MS = 120


class Thumbnails(QObject):
    """Holds a small crop of each picture, all of the same place.

    What is made here is painted from the display copies, of which only the level and the part that are seen are
    touched: it takes less than a frame however large the pictures are.

    Signals
    -------
    changed()
        They show something else.
    """

    changed = Signal()

    def __init__(self, results: ResultsModel, run: RunModel, displays: Displays, canvas: Canvas) -> None:
        super().__init__()
        self._results, self._displays, self._canvas = results, displays, canvas
        self._images: dict[int, QImage] = {}
        self._timer = QTimer(canvas)  # which it does not outlive
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._make)
        # Each movement puts it off; what comes by itself does not, lest it never be done.
        canvas.view_changed.connect(self._timer.start)
        for signal in (displays.ready, results.changed, results.blended, run.previewed, run.state_changed):
            signal.connect(self._on_change)

    @property
    def images(self) -> Mapping[int, QImage]:
        """Thumbnails by the keys of the entries, once they are made; under `GOING` that of the run that goes on."""
        return self._images

    @Slot()
    def _on_change(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _make(self) -> None:
        layers = {key: shown.layer for key, shown in self._displays.pictures().items()}
        preview = self._canvas.scene.preview
        if preview is not None:
            layers[GOING] = preview
        size, ratio = QSizeF(thumbnail_size()), self._canvas.devicePixelRatioF()
        # As much as the view shows at the most, which is no more than there is to see.
        share = size.width() / self._canvas.view_size().width()
        view = replace(self._canvas.camera, zoom=share * self._canvas.camera.zoom)
        camera = camera_of(view, list(layers.values()), size, ratio)
        self._images = {key: _painted(layer, camera, size, ratio) for key, layer in layers.items()}
        self.changed.emit()


def camera_of(view: Camera, layers: Collection[Layer], size: QSizeF, pixel_ratio: float) -> Camera:
    """Return how thumbnails look at what is in the middle of the view.

    One pixel of the screen, or more, stands for one of the finest picture, as smaller ones all look alike. Where the
    pictures have a part in common, it is seen. A single picture, which need not be told from others, is seen whole.

    Parameters
    ----------
    view : Camera
        That of the canvas, with the zoom at which a thumbnail is as wide as the view.
    """
    rects = [layer.rect for layer in layers]
    if len(rects) < 2:
        return Camera.fitting(rects[0], size, margin_px=0) if rects else view
    finest = max(layer.pyramid.width / layer.rect.width() for layer in layers)
    zoom = max(view.zoom, finest / pixel_ratio)
    common = rects[0]
    for rect in rects[1:]:
        common = common.intersected(rect) if common.intersects(rect) else common
    return Camera(
        zoom,
        _within(view.row, common.top(), common.bottom(), size.height() / zoom),
        _within(view.column, common.left(), common.right(), size.width() / zoom),
    )


def _within(middle: float, start: float, stop: float, extent: float) -> float:
    """Keep an extent about a middle inside of a range; where it is larger, in the middle of it."""
    if extent >= stop - start:
        return (start + stop) / 2
    return min(max(middle, start + extent / 2), stop - extent / 2)


def _painted(layer: Layer, camera: Camera, size: QSizeF, pixel_ratio: float) -> QImage:
    image = QImage((size * pixel_ratio).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(pixel_ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setClipRect(QRectF(0, 0, size.width(), size.height()))
    paint_layer(painter, layer, camera, size)
    painter.end()
    return image
