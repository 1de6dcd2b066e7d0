"""The canvas under real wheel, mouse and key events."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.studio.studio_loop import PATIENCE_S, turn_wheel
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.qimage import pyramid_of
from zssr_studio.app.views.canvas.camera import PANE_MARGIN_PX
from zssr_studio.app.views.canvas.canvas import Canvas
from zssr_studio.app.views.canvas.paint import LABEL_GAP_PX
from zssr_studio.app.views.canvas.scene import Layer, Scene, Shown, line_px, panes
from zssr_studio.imaging.picture import Crop, Picture

HEIGHT, WIDTH = 60, 90


def picture(value: float, height: int = HEIGHT, width: int = WIDTH) -> Picture:
    return Picture(pixels=np.full((height, width, 3), value, dtype=np.float32))


def layer(value: float, height: int = HEIGHT, width: int = WIDTH) -> Layer:
    return Layer(pyramid_of(picture(value, height, width)), QRectF(0, 0, WIDTH, HEIGHT))


def comparing(mode: Mode, *layers: Layer, **more) -> Scene:
    shown = tuple(Shown(name, one) for name, one in zip("PQRS", layers, strict=False))
    return Scene(base=layer(0.5), mode=mode, shown=shown, **more)


@pytest.fixture
def canvas(qtbot):
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.set_scene(Scene(base=layer(0.5)))
    with qtbot.waitExposed(made, timeout=round(1000 * PATIENCE_S)):
        made.show()
    made.fit()
    return made


def point_of(canvas: Canvas, row: float, column: float) -> QPoint:
    return canvas.camera.to_view(row, column, canvas.size().toSizeF()).toPoint()


def drag(canvas: Canvas, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.5, 1.0):
        QTest.mouseMove(canvas, (QPointF(start) + share * QPointF(end - start)).toPoint())
        QApplication.processEvents()
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)


def test_wheel_zooms_about_the_pointer(canvas):
    at = QPoint(130, 90)
    before, zoom = canvas.to_picture(QPointF(at)), canvas.camera.zoom
    turn_wheel(canvas, at, 3)
    assert canvas.to_picture(QPointF(at)) == pytest.approx(before)
    assert canvas.camera.zoom == pytest.approx(zoom * 1.25**3)
    assert not canvas.is_fitted


def test_drag_moves_the_picture_with_the_hand(canvas):
    under = canvas.to_picture(QPointF(300, 200))
    drag(canvas, QPoint(300, 200), QPoint(340, 170))
    assert canvas.to_picture(QPointF(340, 170)) == pytest.approx(under)


def test_resizing_keeps_a_fitted_picture_fitted(canvas):
    canvas.resize(300, 200)
    QApplication.processEvents()
    shown = canvas.camera.rect_to_view(QRectF(0, 0, WIDTH, HEIGHT), canvas.size().toSizeF())
    assert QRectF(0, 0, 300, 200).contains(shown)


def test_crop_is_drawn_moved_resized_and_removed(canvas):
    crops: list[Crop | None] = []
    canvas.crop_edited.connect(crops.append)
    canvas.set_crop_tool(True)
    drag(canvas, point_of(canvas, 10, 20), point_of(canvas, 40, 70))
    assert crops[-1] == Crop(10, 20, 30, 50)
    drag(canvas, point_of(canvas, 25, 45), point_of(canvas, 30, 50))
    assert crops[-1] == Crop(15, 25, 30, 50)
    drag(canvas, point_of(canvas, 45, 75), point_of(canvas, 50, 80))
    assert crops[-1] == Crop(15, 25, 35, 55)
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert crops[-1] == Crop(15, 24, 35, 55)
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert crops[-1] is None


def test_crop_stays_inside_the_picture(canvas):
    crops: list[Crop | None] = []
    canvas.crop_edited.connect(crops.append)
    canvas.set_crop_tool(True)
    drag(canvas, point_of(canvas, 10, 20), QPoint(599, 399))
    assert crops[-1] == Crop(10, 20, HEIGHT - 10, WIDTH - 20)
    drag(canvas, point_of(canvas, 30, 50), QPoint(599, 399))
    assert crops[-1].fits(HEIGHT, WIDTH)


def test_slider_shows_before_on_its_left_and_after_on_its_right(canvas):
    canvas.set_scene(comparing(Mode.SLIDER, layer(0.0, 120, 180), layer(1.0, 120, 180)))
    image = canvas.grab().toImage()
    left, right = (image.pixelColor(point_of(canvas, 55, column)).lightness() for column in (20, 70))
    assert left < 10
    assert right > 245


def test_slider_follows_mouse_and_keys(canvas):
    canvas.set_scene(comparing(Mode.SLIDER, layer(0.0), layer(1.0)))
    drag(canvas, point_of(canvas, 30, 45), point_of(canvas, 30, 18))
    assert canvas.scene.split == pytest.approx(0.2, abs=0.01)
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.scene.split == pytest.approx(0.21, abs=0.01)
    QTest.keyClick(canvas, Qt.Key.Key_End)
    assert canvas.scene.split == 1.0
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.scene.split == 0.0


def test_a_larger_result_covers_exactly_its_input(canvas):
    """Before and after of twice the size lie on the input to the pixel: the corners of all layers agree."""
    pixels = np.zeros((HEIGHT, WIDTH, 3), dtype=np.float32)
    pixels[20:40, 30:60] = 1
    small = Layer(pyramid_of(Picture(pixels=pixels)), QRectF(0, 0, WIDTH, HEIGHT))
    large = Layer(pyramid_of(Picture(pixels=pixels.repeat(2, 0).repeat(2, 1))), QRectF(0, 0, WIDTH, HEIGHT))
    canvas.set_zoom(8)
    shown = []
    for one in (small, large):
        canvas.set_scene(Scene(base=one))
        image = canvas.grab().toImage()
        shown.append([image.pixelColor(point_of(canvas, row, 45)).lightness() for row in np.arange(18.5, 42, 0.25)])
    assert shown[0] == shown[1]


@pytest.mark.parametrize("mode", [Mode.SLIDER, Mode.FLIP, Mode.DIFFERENCE])
def test_the_frame_of_a_crop_goes_below_the_names(canvas, mode):
    turn_wheel(canvas, QPoint(300, 200), 8)
    left = int(canvas.to_picture(QPointF(80, 200))[1])
    shown = tuple(Shown("the name of a long result", layer(0.1)) for _ in range(2))
    canvas.set_scene(Scene(base=layer(0.5), mode=mode, shown=shown, crop=Crop(0, left, HEIGHT, 20)))
    frame = point_of(canvas, 30, left)
    # Just inside the plate, above the letters.
    on_plate, free = (canvas.grab().toImage().pixelColor(frame.x(), y).lightness() for y in (LABEL_GAP_PX + 2, 200))
    assert free > 200, "the frame is not where it is looked for"
    assert on_plate < 150


def test_the_line_stays_in_the_view_and_names_lie_on_what_they_name(canvas):
    """Zoomed in beside the line, it left the view, and "P" stood on the pixels of "Q"."""
    canvas.set_scene(comparing(Mode.SLIDER, layer(0.1), layer(0.9)))
    turn_wheel(canvas, point_of(canvas, 30, 80), 12)
    assert canvas.scene.split == 0.5
    assert canvas.camera.rect_to_view(QRectF(0, 0, WIDTH / 2, HEIGHT), canvas.size().toSizeF()).right() < 0
    image = canvas.grab().toImage()
    light = [image.pixelColor(x, 5).lightness() for x in range(canvas.width())]
    line = round(line_px(canvas.scene, canvas.camera, canvas.view_size()))
    assert 0 < line < 40
    # At its left the first is seen, at its right the second, up to the edge of the view.
    assert light[line - 6] < 60
    assert min(light[line + 6 :]) > 200
    # There is no room for the first one's name, and it lies on nothing else; the second one's lies on the second.
    plates = [x for x in range(canvas.width()) if image.pixelColor(x, LABEL_GAP_PX + 2).lightness() < 120]
    assert min(plate for plate in plates if plate > line + 3) > canvas.width() / 2
    assert f"{100 * canvas.split:.0f} %" in canvas.accessibleDescription()
    assert canvas.split > 0.5
    # The keys move it from where it is seen, and zoomed out it is where it was put.
    canvas.fit()
    assert line_px(canvas.scene, canvas.camera, canvas.view_size()) == pytest.approx(300, abs=1)


@pytest.mark.parametrize("count", range(2, 10))
def test_a_grid_is_the_one_in_which_the_pictures_are_largest(canvas, count):
    shown = tuple(Shown(f"{number}", layer(0.5)) for number in range(count))
    canvas.set_scene(Scene(base=layer(0.5), mode=Mode.SIDE_BY_SIDE, shown=shown))
    view = canvas.size().toSizeF()
    found = panes(canvas.scene, view)
    assert len(found) == count
    largest = max(
        min((view.width() / columns) / WIDTH, (view.height() / -(-count // columns)) / HEIGHT)
        for columns in range(1, count + 1)
    )
    assert min(found[0].width() / WIDTH, found[0].height() / HEIGHT) == pytest.approx(largest, rel=0.02)
    assert all(QRectF(QPointF(), view).adjusted(-1, -1, 1, 1).contains(pane) for pane in found)
    # The picture fills its pane but for the margin, and goes on doing so when the row is asked for.
    for one_row in (False, True):
        canvas.set_scene(Scene(base=layer(0.5), mode=Mode.SIDE_BY_SIDE, shown=shown, one_row=one_row))
        pane = panes(canvas.scene, view)[0]
        picture = canvas.camera.rect_to_view(QRectF(0, 0, WIDTH, HEIGHT), pane.size())
        gaps = (pane.width() - picture.width(), pane.height() - picture.height())
        assert min(gaps) == pytest.approx(2 * PANE_MARGIN_PX)
