"""Every way of comparing with real mouse and key events, from the ticks in the list to the exported blend."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionViewItem, QToolButton

from tests import piece_of_sample
from tests.studio_loop import (
    answer_export,
    answer_file_dialog,
    answer_question,
    click_tool,
    drag,
    pause,
    turn_wheel,
    wait_for,
)
from zssr_studio.app.models.comparison import Mode
from zssr_studio.app.models.results import Kind
from zssr_studio.app.views.canvas_scene import panes
from zssr_studio.engine.likeness import likeness
from zssr_studio.imaging.read import read_picture

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio

HEIGHT, WIDTH = 80, 96


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return piece_of_sample(tmp_path / "harbour.png", (120, 60, 120 + WIDTH, 60 + HEIGHT))


@pytest.fixture
def compared(studio: Studio, photo: Path) -> Studio:
    """A studio with a finished run, under the slider."""
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    enlarge(studio)
    assert studio.comparison.value.mode is Mode.SLIDER
    return studio


def enlarge(studio: Studio, seed: int = 0) -> None:
    settings = studio.settings.value
    studio.settings.set_value(type(settings)(scale=settings.scale, steps=3, seed=seed, device="cpu"))
    before = studio.results.current
    click_tool(studio, "start")
    wait_for(lambda: studio.results.current != before and studio.window.canvas.scene.after is not None)


def keys(studio: Studio, kind: Kind) -> list[int]:
    return [entry.key for entry in studio.results.entries if entry.kind is kind]


def row_of(studio: Studio, name: str) -> int:
    return [entry.name for entry in studio.results.entries].index(name)


def click_row(studio: Studio, name: str, *, box: bool = False) -> None:
    """Click a line of the list, or the box at its left."""
    view = studio.window.results_panel.list
    index = view.model().index(row_of(studio, name), 0)
    view.scrollTo(index)
    at = view.visualRect(index).center()
    if box:
        option = QStyleOptionViewItem()
        option.initFrom(view)
        option.rect, option.widget = view.visualRect(index), view
        view.itemDelegate().initStyleOption(option, index)
        at = view.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, view).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def press(studio: Studio, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    studio.window.canvas.setFocus()
    QTest.keyClick(studio.window.canvas, key, modifier)


def add_file(studio: Studio, path: Path) -> None:
    count = len(keys(studio, Kind.FILE))
    studio.window.actions_by_name["add"].trigger()
    answer_file_dialog(path)
    wait_for(lambda: len(keys(studio, Kind.FILE)) > count)
    wait_for(lambda: studio.displays.shown(keys(studio, Kind.FILE)[-1]) is not None)


def bar_button(studio: Studio, name: str) -> QToolButton:
    (button,) = (
        one
        for one in studio.window.picture_page.bar.findChildren(QToolButton)
        if one.defaultAction() is studio.window.actions_by_name[name]
    )
    return button


def colour_at(studio: Studio, point: QPoint) -> tuple[int, int, int]:
    colour = studio.window.canvas.grab().toImage().pixelColor(point)
    return colour.red(), colour.green(), colour.blue()


def shown_names(studio: Studio) -> list[str]:
    return [one.name for one in studio.window.canvas.scene.shown]


def test_runs_are_kept_and_each_is_described(compared):
    enlarge(compared, seed=5)
    assert [entry.name for entry in compared.results.entries] == ["Input", "Bicubic", "Run 1", "Run 2"]
    assert compared.results.current == keys(compared, Kind.RUN)[1]
    assert [compared.results.get(key).finished.job.seed for key in keys(compared, Kind.RUN)] == [0, 5]
    view = compared.window.results_panel.list
    spoken = view.item(3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert all(word in spoken for word in ("Run 2", "Fast", "192 × 160", "exported by Export", "in no file yet"))
    wait_for(lambda: not view.item(3).icon().isNull())
    assert not view.item(0).icon().isNull()


def test_slider_is_dragged_from_anywhere_and_turned_and_its_sides_exchanged(compared):
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


def test_the_list_is_worked_by_keys_and_a_fifth_is_not_taken(compared, photo):
    enlarge(compared, seed=5)
    view = compared.window.results_panel.list
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert compared.comparison.value.selected == keys(compared, Kind.INPUT)[0]
    QTest.keyClick(view, Qt.Key.Key_Space)
    click_row(compared, "Run 1", box=True)
    assert len(compared.comparison.value.chosen) == 4
    add_file(compared, photo)
    click_row(compared, "harbour.png", box=True)
    assert len(compared.comparison.value.chosen) == 4
    assert keys(compared, Kind.FILE)[0] not in compared.comparison.value.chosen
    click_row(compared, "Input", box=True)
    click_row(compared, "harbour.png", box=True)
    assert keys(compared, Kind.FILE)[0] in compared.comparison.value.chosen


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
    QTest.mouseClick(bar_button(compared, "grid"), Qt.MouseButton.LeftButton)
    lower = canvas.to_picture(QPointF(canvas.width() * 0.2, canvas.height() * 0.7))
    upper = canvas.to_picture(QPointF(canvas.width() * 0.2, canvas.height() * 0.2))
    assert lower == pytest.approx(upper, abs=1.0)


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
    samples = np.random.default_rng(0).integers(0, 65536, (HEIGHT, WIDTH, 3)).astype(np.uint16)
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
    point = canvas.camera.to_view(30.5, 40.5, canvas._view()).toPoint()
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


def test_a_ground_truth_gives_psnr_and_ssim_of_each(compared, tmp_path, photo):
    add_file(compared, photo)
    assert not compared.window.actions_by_name["truth"].isEnabled()
    with Image.open(photo) as image:
        image.resize((2 * WIDTH, 2 * HEIGHT), Image.Resampling.LANCZOS).save(tmp_path / "original.png")
    add_file(compared, tmp_path / "original.png")
    press(compared, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    original = compared.results.truth
    assert original == keys(compared, Kind.FILE)[1]
    rivals = [*keys(compared, Kind.BICUBIC), *keys(compared, Kind.RUN)]
    wait_for(lambda: all(compared.results.get(key).score is not None for key in rivals))
    truth = read_picture(tmp_path / "original.png").pixels
    for key in rivals:
        entry = compared.results.get(key)
        assert entry.score == likeness(entry.picture.pixels, truth, 2)
        assert math.isfinite(entry.score.psnr_db)
        item = compared.window.results_panel.list.item(row_of(compared, entry.name))
        assert f"{entry.score.psnr_db:.2f} dB" in item.data(Qt.ItemDataRole.AccessibleTextRole)
    assert compared.results.get(keys(compared, Kind.FILE)[0]).score is None


def test_a_blend_is_shown_and_exported_as_seen(compared, tmp_path):
    slider = compared.window.results_panel.findChild(QSlider)
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Home)
    for _ in range(4):
        QTest.keyClick(slider, Qt.Key.Key_PageUp)
    entry = compared.results.current_run
    assert entry.finished.blend == 0.4
    layer = compared.window.canvas.scene.shown[1].layer
    assert layer.under is not None
    assert layer.share == 0.4
    target = tmp_path / "blend.png"
    click_tool(compared, "export")
    answer_export(target)
    wait_for(lambda: compared.results.unexported == 0)
    bicubic = compared.results.under(entry).picture.pixels
    wanted = np.rint((bicubic + np.float32(0.4) * (entry.picture.pixels - bicubic)).clip(0, 1) * 255)
    with Image.open(target) as image:
        assert np.abs(np.asarray(image).astype(int) - wanted).max() <= 1
        assert not np.array_equal(np.asarray(image), np.rint(entry.picture.pixels * 255))
    # Another blend is another picture, which is in no file yet.
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert compared.results.unexported == 1


def test_a_run_is_removed_only_when_a_person_agrees(compared):
    view = compared.window.results_panel.list
    click_row(compared, "Run 1")
    QTest.keyClick(view, Qt.Key.Key_Delete)
    answer_question("Keep it")
    pause(50)
    assert keys(compared, Kind.RUN)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    answer_question("Remove")
    wait_for(lambda: not keys(compared, Kind.RUN))
    assert [entry.name for entry in compared.results.entries] == ["Input"]
    assert compared.comparison.value.mode is Mode.SINGLE
    assert not compared.window.actions_by_name["export"].isEnabled()
    assert compared.window.canvas.scene.crop_editable


def test_old_runs_that_are_in_files_make_room(compared):
    compared.results.mark_exported(compared.results.current)
    compared.entries.most_bytes = 1
    enlarge(compared, seed=5)
    assert [compared.results.get(key).name for key in keys(compared, Kind.RUN)] == ["Run 2"]
    assert "Run 1" in compared.window.message_bar.text
    enlarge(compared, seed=6)
    assert [compared.results.get(key).name for key in keys(compared, Kind.RUN)] == ["Run 2", "Run 3"]


def test_a_file_that_is_no_picture_is_not_added(compared, tmp_path):
    bad = tmp_path / "letter.png"
    bad.write_text("Dear Sir")
    compared.entries.add(bad)
    wait_for(lambda: "letter.png" in compared.window.message_bar.text)
    assert not keys(compared, Kind.FILE)
