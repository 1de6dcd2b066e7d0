"""Every way of looking at pictures beside each other, with real mouse and key events."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from tests.studio.comparing import add_file, bar_button, click_row, colour_at, press, shown_names
from tests.studio.studio_loop import click_tool, drag, turn_wheel, wait_for
from zssr_studio.app.views.canvas.scene import line_px, panes


def test_slider_over_a_whole_picture_is_dragged_from_anywhere_and_turned_and_its_sides_exchanged(compared):
    canvas = compared.window.canvas
    drag(compared, (10, 24), (70, 72))
    assert canvas.scene.split == pytest.approx(0.75, abs=0.02)
    QTest.mouseClick(bar_button(compared, "level_line"), Qt.MouseButton.LeftButton)
    drag(compared, (70, 72), (20, 10))
    assert canvas.scene.split == pytest.approx(0.25, abs=0.02)
    press(compared, Qt.Key.Key_Down)
    assert canvas.scene.split == pytest.approx(0.26, abs=0.02)
    assert "Bicubic above, Run 1 below" in canvas.accessibleDescription()
    press(compared, Qt.Key.Key_X)
    assert shown_names(compared) == ["Run 1", "Bicubic"]
    press(compared, Qt.Key.Key_End)
    assert canvas.scene.split == 1
    camera = canvas.camera
    middle = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.RightButton, pos=middle)
    QTest.mouseMove(canvas, middle + QPoint(30, 10))
    QTest.mouseRelease(canvas, Qt.MouseButton.RightButton, pos=middle + QPoint(30, 10))
    assert canvas.camera.column == pytest.approx(camera.column - 30 / camera.zoom)
    assert canvas.scene.split == 1


def test_side_by_side_shows_the_same_place_of_pictures_of_any_size(compared):
    click_row(compared, "Input", box=True)
    click_tool(compared, "side_by_side")
    canvas = compared.window.canvas
    assert shown_names(compared) == ["Bicubic", "Run 1", "Input"]
    divided = panes(canvas.scene, canvas.size().toSizeF())
    points = [pane.topLeft() + QPointF(0.4 * pane.width(), 0.6 * pane.height()) for pane in divided]
    places = [canvas.to_picture(point) for point in points]
    assert places[1] == pytest.approx(places[0])
    assert places[2] == pytest.approx(places[0])
    at = points[2]
    before = canvas.to_picture(at)
    turn_wheel(canvas, at, 4)
    assert canvas.to_picture(at) == pytest.approx(before)
    # An enlargement has the colours of its input where both are smooth: at this zoom within a few values.
    colours = [colour_at(compared, point.toPoint()) for point in points]
    assert np.abs(np.subtract(colours[0], colours[1])).max() < 40


def test_flip_goes_through_all_in_one_place(compared):
    click_row(compared, "Input", box=True)
    click_tool(compared, "flip")
    seen = []
    for key in (Qt.Key.Key_X, Qt.Key.Key_Space, Qt.Key.Key_X):
        seen += shown_names(compared)
        press(compared, key)
    assert seen == ["Bicubic", "Run 1", "Input"]
    assert shown_names(compared) == ["Bicubic"]
    QTest.mouseClick(bar_button(compared, "exchange"), Qt.MouseButton.LeftButton)
    assert shown_names(compared) == ["Run 1"]


def test_difference_shows_what_differs_amplified(compared, tmp_path):
    run = compared.results.current_run.picture.pixels
    samples = np.rint(run.clip(0, 1) * 255).astype(np.uint8)
    other = samples.copy()
    # Within the range, so that the difference is 3 in each pixel of this part and none elsewhere.
    part = other[40:80, 40:100]
    part += np.where(part > 200, -3, 3).astype(np.uint8)
    Image.fromarray(other).save(tmp_path / "other.png")
    add_file(compared, tmp_path / "other.png")
    click_row(compared, "Bicubic", box=True)
    assert [compared.results.get(key).name for key in compared.comparison.value.chosen] == ["Run 1", "other.png"]
    click_tool(compared, "difference")
    click_tool(compared, "actual")
    canvas = compared.window.canvas
    inside, outside = (canvas.camera.to_view(*at, canvas.size().toSizeF()).toPoint() for at in ((30, 35), (60, 70)))
    assert colour_at(compared, inside) == (24, 24, 24)
    assert colour_at(compared, outside) == (0, 0, 0)
    QTest.mouseClick(bar_button(compared, "gain_more"), Qt.MouseButton.LeftButton)
    assert colour_at(compared, inside) == (48, 48, 48)
    press(compared, Qt.Key.Key_BracketLeft)
    press(compared, Qt.Key.Key_BracketLeft)
    assert colour_at(compared, inside) == (12, 12, 12)


def test_values_under_the_pointer_are_the_files_own(studio, tmp_path):
    samples = np.random.default_rng(0).integers(0, 65536, (80, 96, 3)).astype(np.uint16)
    import tifffile

    path = tmp_path / "deep.tif"
    tifffile.imwrite(path, samples, photometric="rgb")
    eight = tmp_path / "eight.png"
    Image.fromarray((samples >> 8).astype(np.uint8)).save(eight)
    studio.pictures.open(path)
    wait_for(lambda: studio.document.path == path)
    add_file(studio, eight)
    click_row(studio, "Input", box=True)
    click_tool(studio, "side_by_side")
    canvas, readout = studio.window.canvas, studio.window.picture_page.readout
    point = canvas.camera.to_view(30.5, 40.5, canvas.view_size()).toPoint()
    QTest.mouseMove(canvas, point)
    wait_for(lambda: "30, 40" in readout.text)
    deep, low = samples[30, 40], samples[30, 40] >> 8
    assert "Input " + "  ".join(str(value) for value in deep) in readout.text
    assert "eight.png " + "  ".join(str(value) for value in low) in readout.text
    assert "Row 30, column 40" in readout.accessibleDescription()


def test_loupe_shows_each_picture_at_the_pointer(compared):
    canvas = compared.window.canvas
    QTest.mouseMove(canvas, QPoint(60, 60))
    without = canvas.grab().toImage()
    QTest.mouseClick(bar_button(compared, "loupe"), Qt.MouseButton.LeftButton)
    QTest.mouseMove(canvas, QPoint(61, 60))
    assert [one.name for one in canvas.scene.loupe] == ["Bicubic", "Run 1"]
    assert canvas.grab().toImage() != without
    press(compared, Qt.Key.Key_L)
    assert canvas.scene.loupe == ()


def test_a_drag_moves_a_picture_that_is_zoomed_into_and_the_line_by_itself_or_its_handle(compared):
    """Beside the line a drag moved the line before, and there was no way to pan with the left button."""
    canvas = compared.window.canvas
    turn_wheel(canvas, canvas.rect().center(), 6)
    line, camera, split = round(line_px(canvas.scene, canvas.camera, canvas.view_size())), canvas.camera, canvas.split
    drag_px(canvas, QPoint(line + 80, 60), QPoint(line + 60, 90))
    assert canvas.camera.column == pytest.approx(camera.column + 20 / camera.zoom)
    assert canvas.camera.row == pytest.approx(camera.row - 30 / camera.zoom)
    # The line moved with the picture, and is taken hold of where it is seen.
    assert canvas.split == pytest.approx(split)
    line, camera = round(line_px(canvas.scene, canvas.camera, canvas.view_size())), canvas.camera
    drag_px(canvas, QPoint(line + 5, 40), QPoint(line + 75, 40))
    assert line_px(canvas.scene, canvas.camera, canvas.view_size()) == pytest.approx(line + 75, abs=1)
    assert canvas.camera == camera


def test_zoom_is_told_and_set_in_percent_of_the_finest_picture(compared):
    canvas, seen = compared.window.canvas, []
    canvas.view_changed.connect(lambda: seen.append(canvas.zoom_percent))
    click_tool(compared, "actual")
    assert seen[-1] == pytest.approx(100)
    # A pixel of the result of twice the size is one of the screen.
    assert canvas.camera.zoom == pytest.approx(2 / canvas.devicePixelRatioF())
    canvas.set_zoom_percent(187)
    assert seen[-1] == pytest.approx(187)
    click_row(compared, "Input")
    assert seen[-1] == pytest.approx(2 * 187)


def test_the_difference_takes_the_truth_first(compared, tmp_path, photo):
    with Image.open(photo) as image:
        image.resize((2 * image.width, 2 * image.height), Image.Resampling.LANCZOS).save(tmp_path / "original.png")
    add_file(compared, tmp_path / "original.png")
    click_tool(compared, "difference")
    assert shown_names(compared) == ["Bicubic", "Run 1"]
    press(compared, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert shown_names(compared) == ["original.png", "Run 1"]
    click_row(compared, "Bicubic")
    click_tool(compared, "difference")
    assert shown_names(compared) == ["original.png", "Bicubic"]


def drag_px(canvas, start: QPoint, end: QPoint) -> None:
    """Drag with the left button from one pixel of the canvas to another."""
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    for point in ((start + end) / 2, end):
        QTest.mouseMove(canvas, point)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
