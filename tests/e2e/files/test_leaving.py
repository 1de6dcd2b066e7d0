"""Leaving what is open, by each way out: what would be lost is named, and can be kept at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from tests.e2e.gestures import drop, message
from tests.studio.comparing import enlarge
from tests.studio.studio_loop import (
    answer_file_dialog,
    answer_question,
    click_tool,
    open_studio,
    pause,
    steps_of,
    wait_for,
)
from zssr_studio.app.project.store import SUFFIX
from zssr_studio.engine.config import Scale
from zssr_studio.imaging.read import read_picture

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio


@pytest.fixture
def three(studio: Studio, photo: Path) -> Studio:
    """A studio with three results in no file."""
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    for seed in range(3):
        enlarge(studio, seed)
    return studio


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.tif"
    Image.new("RGB", (60, 40), (90, 120, 30)).save(path)
    return path


def start_long(studio: Studio) -> None:
    """Begin a run that does not end by itself, and let another wait."""
    studio.settings.set_value(type(studio.settings.value)(scale=Scale(2, 2), seconds=3600.0, device="cpu"))
    click_tool(studio, "start")
    wait_for(lambda: studio.run.is_running and steps_of(studio) > 0)
    studio.settings.set_value(type(studio.settings.value)(scale=Scale(3, 3), seconds=3600.0, device="cpu"))
    studio.window.actions_by_name["start"].trigger()
    wait_for(lambda: len(studio.queue.waiting) == 1)


def question() -> QMessageBox:
    wait_for(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    return QApplication.activeModalWidget()


def buttons(box: QMessageBox) -> set[str]:
    return {one.text().replace("&", "") for one in box.findChildren(QPushButton)}


def test_the_question_names_results_run_and_queue_and_what_can_be_done(three, other):
    start_long(three)
    drop(three, [other])
    box = question()
    assert box.text() == "Open another picture? There is work that is in no file yet."
    said = box.informativeText()
    assert "Results in no file: Run 1, Run 2, Run 3." in said
    assert "A run that is going on" in said
    assert "1 run that waits in the queue." in said
    assert buttons(box) == {"Export all…", "Save project…", "Discard", "Cancel"}
    QTest.keyClick(box, Qt.Key.Key_Escape)
    wait_for(lambda: QApplication.activeModalWidget() is None)
    assert three.run.is_running
    assert three.results.unexported == 3
    three.window.activateWindow()
    drop(three, [other])
    answer_question("Discard")
    wait_for(lambda: three.document.path == other)
    assert not three.run.is_running


def recent(studio: Studio, path: Path) -> None:
    studio.window.recent_menu.chosen.emit(path)


def sample(studio: Studio, path: Path) -> None:
    studio.window.start_page.sample_button.click()


def opened(studio: Studio, path: Path) -> None:
    studio.window.actions_by_name["open"].trigger()
    answer_file_dialog(path)


def leave(studio: Studio, path: Path) -> None:
    studio.window.actions_by_name["quit"].trigger()


def close(studio: Studio, path: Path) -> None:
    studio.window.close()


@pytest.mark.parametrize("way", [recent, sample, opened, leave, close])
def test_each_way_out_asks_and_cancel_keeps_all(studio, photo, other, way):
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    enlarge(studio)
    way(studio, other)
    assert "Results in no file: Run 1." in question().informativeText()
    answer_question("Cancel")
    pause(50)
    assert studio.document.path == photo
    assert studio.results.unexported == 1
    assert studio.window.isVisible()


def test_export_all_writes_each_result_under_its_name_and_over_nothing(three, other, tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "harbour_zssr2x_Run-2.png").write_bytes(b"precious")
    pictures = [entry.picture for entry in three.results.entries if entry.finished is not None]
    drop(three, [other])
    answer_question("Export all…")
    answer_file_dialog(folder)
    wait_for(lambda: three.document.path == other)
    assert {path.name for path in folder.iterdir()} == {
        "harbour_zssr2x_Run-1.png",
        "harbour_zssr2x_Run-2.png",
        "harbour_zssr2x_Run-2 (2).png",
        "harbour_zssr2x_Run-3.png",
    }
    assert (folder / "harbour_zssr2x_Run-2.png").read_bytes() == b"precious"
    for name, picture in (("Run-1", pictures[0]), ("Run-2 (2)", pictures[1]), ("Run-3", pictures[2])):
        written = read_picture(folder / f"harbour_zssr2x_{name}.png").pixels
        assert abs(written - picture.pixels).max() < 1 / 255
    assert b"seed 2" in read_picture(folder / "harbour_zssr2x_Run-3.png").metadata.xmp


def test_a_failure_to_export_keeps_the_person_here_with_a_sentence(three, photo, other, tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setattr("pathlib.Path.hardlink_to", _full)
    drop(three, [other])
    answer_question("Export all…")
    answer_file_dialog(folder)
    wait_for(lambda: "the disk is full" in message(three))
    assert three.document.path == photo
    assert three.results.unexported == 3
    assert list(folder.iterdir()) == []


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_saving_the_project_keeps_all_and_goes_on(qapp, photo, tmp_path):
    target = tmp_path / f"work{SUFFIX}"
    with open_studio(qapp) as studio:
        studio.pictures.open(photo)
        wait_for(lambda: studio.document.path == photo)
        enlarge(studio)
        studio.window.close()
        answer_question("Save project…")
        answer_file_dialog(target)
        wait_for(studio.frame.closed.is_set)
    with open_studio(qapp) as again:
        again.pictures.open(target)
        wait_for(lambda: again.results.current_run is not None)
        # A project is opened over nothing that is lost.
        again.pictures.open(target)
        pause(200)
        assert QApplication.activeModalWidget() is None


def test_thinking_better_of_the_folder_or_of_the_project_stays_here(three, photo, other):
    for way in ("Export all…", "Save project…"):
        drop(three, [other])
        answer_question(way)
        wait_for(lambda: QApplication.activeModalWidget() is not None)
        QApplication.activeModalWidget().reject()
        wait_for(lambda: QApplication.activeModalWidget() is None)
        three.window.activateWindow()
        pause(50)
        assert three.document.path == photo
        assert three.results.unexported == 3
