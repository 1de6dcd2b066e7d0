"""The whole way with real mouse and key events, from opening a file to the exported one."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests import piece_of_sample
from tests.studio.studio_loop import (
    answer_export,
    answer_file_dialog,
    answer_question,
    click_tool,
    drag,
    look_over,
    open_studio,
    pause,
    steps_of,
    unfold,
    wait_for,
)
from zssr_studio.app.models.run.run import RunState
from zssr_studio.app.views.window.main_window import MainWindow
from zssr_studio.engine.damage import NO_DAMAGE
from zssr_studio.errors import FailureError

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return piece_of_sample(tmp_path / "harbour.png", (120, 60, 300, 200))


def open_photo(studio: Studio, path: Path) -> None:
    click_tool(studio, "open")
    answer_file_dialog(path)
    wait_for(lambda: studio.document.path == path)
    unfold(studio, "expert")


def type_into(widget, text: str) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Tab)


def train(studio: Studio, steps: int = 12) -> None:
    type_into(studio.window.settings_panel.steps, str(steps))
    assert studio.settings.value.steps == steps
    click_tool(studio, "start")
    wait_for(lambda: studio.window.canvas.scene.after is not None)


def message(studio: Studio) -> str:
    bar = studio.window.message_bar
    return bar.text if bar.isVisible() else ""


@pytest.mark.looks
def test_from_opening_to_the_exported_file_and_the_same_bits_in_the_terminal(studio, photo, tmp_path):
    open_photo(studio, photo)
    assert studio.window.windowTitle().startswith("harbour.png")
    look_over(studio)
    for row in studio.window.settings_panel.seen.rows.values():
        if row.isVisible():
            QTest.mouseClick(row.switch, Qt.MouseButton.LeftButton)
    assert studio.settings.value.damage == NO_DAMAGE
    click_tool(studio, "crop")
    drag(studio, (20, 30), (84, 110))
    crop = studio.document.crop
    assert crop is not None
    assert (crop.top, crop.left, crop.height, crop.width) == (20, 30, 64, 80)
    kernel = tmp_path / "kernel.npy"
    taps = np.outer(np.hanning(9), np.hanning(7)) + 1e-3
    np.save(kernel, taps)
    QTest.mouseClick(studio.window.settings_panel.degradation.open_button, Qt.MouseButton.LeftButton)
    answer_file_dialog(kernel)
    wait_for(lambda: studio.settings.value.kernel is not None)
    assert studio.window.settings_panel.degradation.view.isVisible()
    type_into(studio.window.settings_panel.seed, "7")
    device = studio.window.settings_panel.device
    wait_for(lambda: device.findData("cpu") > 0)
    device.setCurrentIndex(device.findData("cpu"))
    assert studio.settings.value.device == "cpu"
    train(studio)
    wait_for(lambda: studio.window.run_panel.text.startswith("Finished"))
    assert steps_of(studio) == 12
    before = studio.window.canvas.scene.split
    drag(studio, (52, 70), (52, 90))
    assert studio.window.canvas.scene.split > before
    target = tmp_path / "out.png"
    click_tool(studio, "export")
    answer_export(target)
    wait_for(target.exists)
    wait_for(lambda: "Saved out.png" in message(studio))

    twin = tmp_path / "twin.png"
    command = [sys.executable, "-m", "zssr_studio", "upscale", photo, "-o", twin, "--crop", "20,30,64,80", "--json"]
    command += ["--kernel", kernel, "--clean", "none", "--steps", "12", "--seed", "7", "--device", "cpu"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert json.loads(told.splitlines()[-1])["size"] == {"height": 128, "width": 160}
    with Image.open(target) as ours, Image.open(twin) as theirs:
        assert np.array_equal(np.asarray(ours), np.asarray(theirs))


def stands_still(studio):
    count = steps_of(studio)
    pause(100)
    return steps_of(studio) == count


def test_pause_resume_and_stop_keep_the_best_so_far(studio, photo):
    open_photo(studio, photo)
    click_tool(studio, "start")
    wait_for(lambda: steps_of(studio) > 3 and studio.window.canvas.scene.preview is not None)
    click_tool(studio, "pause")
    wait_for(lambda: studio.run.state is RunState.PAUSED)
    wait_for(lambda: stands_still(studio))
    pause(300)
    count = steps_of(studio)
    # One may have been in hand for long, on a machine that is busy with other things.
    pause(300)
    assert steps_of(studio) <= count + 1
    wait_for(lambda: stands_still(studio))
    count = steps_of(studio)
    click_tool(studio, "pause")
    wait_for(lambda: steps_of(studio) > count)
    click_tool(studio, "stop")
    wait_for(lambda: studio.window.canvas.scene.after is not None)
    wait_for(lambda: studio.window.run_panel.text.startswith("Stopped"))
    assert studio.window.actions_by_name["export"].isEnabled()


def test_a_file_that_is_no_picture_leaves_all_as_it_was(studio, photo, tmp_path):
    open_photo(studio, photo)
    bad = tmp_path / "letter.png"
    bad.write_text("Dear Sir")
    click_tool(studio, "open")
    answer_file_dialog(bad)
    wait_for(lambda: "letter.png" in message(studio))
    assert studio.document.path == photo
    QTest.mouseClick(studio.window.message_bar._button, Qt.MouseButton.LeftButton)
    assert message(studio) == ""


def test_a_kernel_that_is_no_kernel_is_refused_with_a_reason(studio, photo, tmp_path):
    open_photo(studio, photo)
    bad = tmp_path / "cube.npy"
    np.save(bad, np.ones((3, 3, 3)))
    QTest.mouseClick(studio.window.settings_panel.degradation.open_button, Qt.MouseButton.LeftButton)
    answer_file_dialog(bad)
    wait_for(lambda: "cube.npy" in message(studio))
    assert studio.settings.value.kernel is None


def test_a_full_memory_is_told_and_nothing_is_lost(studio, photo, monkeypatch):
    def full(_job, *_stops, **_options):
        raise FailureError("This machine's memory is not enough. Draw a smaller crop.")
        yield

    monkeypatch.setattr("zssr_studio.pipeline.upscale", full)
    open_photo(studio, photo)
    click_tool(studio, "start")
    wait_for(lambda: "Draw a smaller crop" in message(studio) and studio.run.state is RunState.FAILED)
    assert studio.document.path == photo
    assert studio.window.actions_by_name["start"].isEnabled()


def test_a_full_disk_is_told_and_the_result_stays(studio, photo, tmp_path, monkeypatch):
    open_photo(studio, photo)
    train(studio, 3)
    real = os.fsync

    def no_space(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    target = tmp_path / "out.tif"
    click_tool(studio, "export")
    answer_export(target)
    wait_for(lambda: "out.tif" in message(studio))
    assert not target.exists()
    assert studio.results.unexported == 1
    monkeypatch.setattr(os, "fsync", real)
    click_tool(studio, "export")
    answer_export(target)
    wait_for(target.exists)


def test_the_source_is_never_overwritten(studio, photo):
    open_photo(studio, photo)
    content = photo.read_bytes()
    train(studio, 3)
    click_tool(studio, "export")
    answer_export(photo)
    wait_for(lambda: "never overwritten" in message(studio))
    assert photo.read_bytes() == content


def test_a_dropped_file_opens_and_an_unexported_result_is_kept_until_a_person_agrees(studio, photo, tmp_path):
    drop(studio, photo)
    wait_for(lambda: studio.document.path == photo)
    unfold(studio, "expert")
    train(studio, 3)
    other = tmp_path / "other.tif"
    with Image.open(photo) as image:
        image.save(other)
    drop(studio, other)
    answer_question("Cancel")
    pause(100)
    assert studio.document.path == photo
    assert studio.run.result is not None
    drop(studio, other)
    answer_question("Discard")
    wait_for(lambda: studio.document.path == other)
    assert studio.run.result is None
    assert [entry.name for entry in studio.results.entries] == ["Input"]


def drop(studio: Studio, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        studio.window, QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    )
    QApplication.sendEvent(studio.window, QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, buttons, keys))


def test_a_scale_that_is_none_is_explained_beside_the_field(studio, photo):
    open_photo(studio, photo)
    panel = studio.window.settings_panel
    type_into(panel.size_fields.scale.lineEdit(), "2x1.5")
    assert (studio.settings.value.scale.vertical, studio.settings.value.scale.horizontal) == (2, 1.5)
    assert "270 × 280" in panel.size_label.text()
    type_into(panel.size_fields.scale.lineEdit(), "twice")
    assert panel.size_fields.offer.problem.isVisible()
    assert "twice" in panel.size_fields.offer.problem.text()
    assert studio.settings.value.scale.vertical == 2


def test_closing_during_training_asks_and_then_ends_the_run(qapp, photo):
    with open_studio(qapp) as studio:
        open_photo(studio, photo)
        click_tool(studio, "start")
        wait_for(lambda: steps_of(studio) > 0)
        studio.window.close()
        answer_question("Cancel")
        assert studio.window.isVisible()
        assert studio.run.is_running
        studio.window.close()
        answer_question("Discard")
        wait_for(studio.frame.closed.is_set)
        assert not studio.window.isVisible()
        assert studio.run.state is RunState.IDLE


def test_the_keys_of_the_picture_work_as_soon_as_one_is_open_and_a_field_is_not_left_for_another(studio, photo):
    assert not studio.window.canvas.hasFocus()
    click_tool(studio, "open")
    answer_file_dialog(photo)
    wait_for(lambda: studio.document.path == photo and studio.window.canvas.hasFocus())
    unfold(studio, "expert")
    studio.window.settings_panel.seed.setFocus()
    studio.window.show_picture()
    assert studio.window.settings_panel.seed.hasFocus()


def test_keys_lead_through_a_run(studio, photo):
    open_photo(studio, photo)
    type_into(studio.window.settings_panel.steps, "3")
    studio.window.canvas.setFocus()
    QTest.keyClick(studio.window.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: studio.window.canvas.scene.after is not None)
    studio.window.canvas.setFocus()
    QTest.keyClick(studio.window.canvas, Qt.Key.Key_Home)
    assert studio.window.canvas.scene.split == 0
    QTest.keyClick(studio.window.canvas, Qt.Key.Key_S)
    assert studio.window.canvas.scene.after is None
    QTest.keyClick(studio.window.canvas, Qt.Key.Key_1)
    # What is shown alone is the run: one of its pixels is one of the screen.
    assert studio.window.canvas.camera.zoom == pytest.approx(2 / studio.window.canvas.devicePixelRatioF())


def test_a_window_that_was_closed_is_let_go_of(qapp):
    def held() -> int:
        gc.collect()
        return sum(type(one) is MainWindow for one in gc.get_objects())

    before = held()
    with open_studio(qapp):
        assert held() == before + 1
    assert held() == before
