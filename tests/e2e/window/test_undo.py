"""Undo and redo, and the page of a file, with real key and mouse events."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import tifffile
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QSpinBox

from tests import piece_of_sample
from tests.studio.studio_loop import click_tool, drag, open_fresh_studio, pause, view_point, wait_for
from zssr_studio.app.controllers.window import undo as undoing
from zssr_studio.app.controllers.window.undo import ONE_CHANGE_S
from zssr_studio.engine.config import Scale
from zssr_studio.imaging.picture import Crop


def press(studio, *, shift: bool = False) -> None:
    keys = Qt.KeyboardModifier.ControlModifier | (
        Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    )
    studio.window.canvas.setFocus()
    QTest.keyClick(studio.window, Qt.Key.Key_Z, keys)


class Clock:
    """Stands still, so that a busy machine makes no two steps of one."""

    now_s = 0.0

    def monotonic(self) -> float:
        return self.now_s

    def let_pass(self) -> None:
        """Let what comes next be a step of its own."""
        self.now_s += ONE_CHANGE_S + 0.1


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(undoing, "time", made)
    return made


def open_photo(studio, tmp_path) -> None:
    studio.pictures.open(piece_of_sample(tmp_path / "harbour.png", (120, 60, 300, 200)))
    wait_for(lambda: studio.document.picture is not None)


def test_a_region_and_a_setting_are_taken_back_and_made_again(studio, tmp_path, clock):
    open_photo(studio, tmp_path)
    undo, redo = (studio.window.actions_by_name[name] for name in ("undo", "redo"))
    assert not undo.isEnabled()
    click_tool(studio, "crop")
    drag(studio, (20, 30), (84, 110))
    assert studio.document.crop == Crop(20, 30, 64, 80)
    assert undo.text() == "&Undo region"
    clock.let_pass()
    scale = studio.window.settings_panel.size_fields.scale
    scale.setFocus()
    scale.lineEdit().selectAll()
    QTest.keyClicks(scale.lineEdit(), "3")
    assert studio.settings.value.scale == Scale(3, 3)
    assert undo.text() == "&Undo size"
    press(studio)
    assert studio.settings.value.scale == Scale(2, 2)
    assert studio.document.crop == Crop(20, 30, 64, 80)
    assert redo.text() == "&Redo size"
    press(studio)
    assert studio.document.crop is None
    assert not undo.isEnabled()
    press(studio, shift=True)
    press(studio, shift=True)
    assert studio.document.crop == Crop(20, 30, 64, 80)
    assert studio.settings.value.scale == Scale(3, 3)
    assert not redo.isEnabled()


def test_a_drag_is_one_step(studio, tmp_path, clock):
    open_photo(studio, tmp_path)
    click_tool(studio, "crop")
    drag(studio, (20, 30), (84, 110))
    clock.let_pass()
    drag(studio, (50, 60), (70, 90))
    assert studio.document.crop == Crop(40, 60, 64, 80)
    press(studio)
    assert studio.document.crop == Crop(20, 30, 64, 80)


def test_a_drag_is_one_step_though_one_rests_in_it_and_the_next_is_another(studio, tmp_path, clock):
    open_photo(studio, tmp_path)
    click_tool(studio, "crop")
    crops = []
    for corner in ((20, 30), (50, 70)):
        held_drag(studio, corner, (corner[0] + 30, corner[1] + 30), rest=clock.let_pass)
        crops.append(studio.document.crop)
        clock.let_pass()
        wait_for(lambda: not studio.undo._hold.isActive())
    assert studio.undo.stack.count() == 2
    press(studio)
    assert studio.document.crop == crops[0]
    press(studio)
    assert studio.document.crop is None


def held_drag(studio, first, last, rest) -> None:
    """Drag as a system's events tell of it, by which Qt knows that the button is held; rest in the middle."""
    handle, canvas = studio.window.windowHandle(), studio.window.canvas

    def at(place) -> QPoint:
        return canvas.mapTo(studio.window, view_point(studio, place))

    middle = tuple((a + b) // 2 for a, b in zip(first, last, strict=True))
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=at(first))
    for place in (middle, last):
        QTest.mouseMove(handle, at(place))
        pause(50)
        rest()
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=at(last))


def test_a_run_stays_and_the_blend_is_taken_back(studio, tmp_path, clock):
    open_photo(studio, tmp_path)
    studio.window.settings_panel.steps.setValue(3)
    click_tool(studio, "start")
    wait_for(lambda: studio.results.current_run is not None)
    clock.let_pass()
    blend = studio.window.results_panel.blend
    blend.setFocus()
    QTest.keyClick(blend, Qt.Key.Key_PageDown)
    run = studio.results.current_run
    assert run.finished.blend < 1
    press(studio)
    assert studio.results.current_run.finished.blend == 1
    assert studio.results.current_run.key == run.key


def test_another_picture_has_nothing_to_take_back(studio, tmp_path):
    open_photo(studio, tmp_path)
    click_tool(studio, "crop")
    drag(studio, (20, 30), (84, 110))
    studio.pictures.open(piece_of_sample(tmp_path / "other.png", (10, 10, 100, 100)))
    wait_for(lambda: studio.document.path.name == "other.png")
    assert not studio.window.actions_by_name["undo"].isEnabled()


def test_no_change_is_left_to_python_where_the_window_ends(qapp):
    """Python would end a change that its stack ends once more: a crash, now and then."""
    with open_fresh_studio(qapp) as studio:
        studio.settings.set_value(replace(studio.settings.value, seed=7))
        assert studio.undo.stack.count() == 1
    assert studio.undo.stack.count() == 0


def test_the_page_of_a_file_with_several_is_asked_for(studio, tmp_path):
    pages = np.stack([np.full((40, 50, 3), value, np.uint8) for value in (10, 120, 240)])
    tifffile.imwrite(tmp_path / "book.tif", pages, photometric="rgb")
    studio.pictures.open(tmp_path / "book.tif")
    wait_for(lambda: isinstance(QApplication.activeModalWidget(), QInputDialog))
    question = QApplication.activeModalWidget()
    assert "3 pages" in question.labelText()
    number = question.findChild(QSpinBox)
    number.selectAll()
    QTest.keyClicks(number, "2")
    QTest.keyClick(number, Qt.Key.Key_Return)
    wait_for(lambda: studio.document.picture is not None)
    assert round(255 * float(studio.document.picture.pixels.mean())) == 120
    studio.pictures.open(tmp_path / "book.tif")
    wait_for(lambda: isinstance(QApplication.activeModalWidget(), QInputDialog))
    QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)
    pause(100)
    assert round(255 * float(studio.document.picture.pixels.mean())) == 120
