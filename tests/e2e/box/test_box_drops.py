"""Files and folders that are dropped on the two strips go where they are dropped; what was chosen of a box stays."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests import piece_of_sample
from tests.e2e.gestures import drop, message, opened
from tests.studio.boxes import open_box, scans
from tests.studio.studio_loop import PATIENCE_S, wait_for
from zssr_studio.app.controllers.box import opening
from zssr_studio.app.controllers.box.gathering import gathered
from zssr_studio.app.models.box.box import BoxState
from zssr_studio.app.models.box.plan import USUAL_NAME, BoxPlan, keep_plan, kept_plan
from zssr_studio.app.models.box.state import PictureState
from zssr_studio.app.models.compare.comparison import MAX_CHOSEN
from zssr_studio.app.models.compare.entry import Kind
from zssr_studio.app.user_settings import user_settings

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.controllers.box.gathering import Gathered
    from zssr_studio.app.studio import Studio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    scans(tmp_path / "scans", 3)
    return tmp_path / "scans"


def middle(studio: Studio, widget: QWidget) -> QPoint:
    wait_for(widget.isVisible)
    return widget.mapTo(studio.window, widget.rect().center())


def drop_on_box(studio: Studio, paths: list[Path]) -> None:
    drop(studio, paths, middle(studio, studio.window.box_views.strip))


def drop_on_list(studio: Studio, paths: list[Path]) -> None:
    drop(studio, paths, middle(studio, studio.window.results_panel))


def names(studio: Studio) -> list[str]:
    return [one.path.name for one in studio.box.model.pictures]


def files_in_list(studio: Studio) -> list[str]:
    return [entry.name for entry in studio.results.entries if entry.kind is Kind.FILE]


def test_files_dropped_on_the_box_go_into_it_once_and_leave_the_picture_open(studio, folder, tmp_path):
    open_box(studio, [folder], 3)
    was_open = studio.document.path
    studio.box.model.change(0, state=PictureState.DONE, seconds=3.0)
    more = piece_of_sample(tmp_path / "more.png", (120, 60, 160, 100))
    drop_on_box(studio, [more, folder / "scan_01.png"])
    wait_for(lambda: len(studio.box.model.pictures) == 4)
    assert names(studio) == ["scan_00.png", "scan_01.png", "scan_02.png", "more.png"]
    assert studio.box.model.get(0).state is PictureState.DONE
    assert studio.document.path == was_open
    wait_for(lambda: "1 of 2" in message(studio))
    assert files_in_list(studio) == []


def test_a_folder_dropped_on_the_box_goes_into_it_and_what_is_no_picture_is_told(studio, folder, tmp_path):
    open_box(studio, [folder], 3)
    scans(tmp_path / "other" / "below", 2)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam", encoding="utf-8")
    drop_on_box(studio, [tmp_path / "other", letter])
    wait_for(lambda: len(studio.box.model.pictures) == 5)
    wait_for(lambda: "letter.txt" in message(studio))
    assert studio.box.model.plan.folder == folder / "enlarged"


def test_a_box_that_is_worked_on_takes_nothing_in_and_says_so(studio, folder, tmp_path):
    open_box(studio, [folder], 3)
    studio.box.model.set_state(BoxState.WORKING)
    drop_on_box(studio, [piece_of_sample(tmp_path / "more.png", (120, 60, 160, 100))])
    wait_for(lambda: "being worked on" in message(studio))
    assert len(studio.box.model.pictures) == 3
    studio.box.model.set_state(BoxState.IDLE)


def test_files_and_folders_dropped_on_the_list_are_compared_with(studio, folder, tmp_path):
    opened(studio, piece_of_sample(tmp_path / "photo.png", (120, 60, 160, 100)))
    drop_on_list(studio, [piece_of_sample(tmp_path / "other.png", (40, 40, 120, 120))])
    wait_for(lambda: files_in_list(studio) == ["other"] or files_in_list(studio) == ["other.png"])
    drop_on_list(studio, [folder])
    wait_for(lambda: len(files_in_list(studio)) == 4)
    assert studio.document.path == tmp_path / "photo.png"
    assert not studio.box.model.is_open


def test_a_folder_of_many_is_not_loaded_into_the_list(studio, tmp_path):
    opened(studio, piece_of_sample(tmp_path / "photo.png", (120, 60, 160, 100)))
    scans(tmp_path / "many", MAX_CHOSEN + 1)
    drop_on_list(studio, [tmp_path / "many"])
    wait_for(lambda: f"{MAX_CHOSEN + 1} pictures" in message(studio))
    assert files_in_list(studio) == []
    scans(tmp_path / "none", 0)
    drop_on_list(studio, [tmp_path / "none"])
    wait_for(lambda: "no pictures in none" in message(studio))


def test_how_results_are_called_and_where_they_go_is_remembered(studio, folder, tmp_path, monkeypatch):
    from zssr_studio.app.controllers.box import plan as plans

    async def picked(*_: object) -> Path:
        return tmp_path / "archive"

    monkeypatch.setattr(plans, "pick_folder", picked)
    open_box(studio, [folder], 3)
    studio.window.box_views.show_page()
    fields = studio.window.box_views.page.fields
    wait_for(fields.name.isVisible)
    fields.name.setFocus()
    fields.name.selectAll()
    QTest.keyClicks(fields.name, "{stem} large")
    QTest.keyClick(fields.name, Qt.Key.Key_Return)
    fields.format.setCurrentIndex(fields.format.findData(".tif"))
    QTest.mouseClick(fields.folder_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: studio.box.model.plan.folder == tmp_path / "archive")
    studio.window.actions_by_name["box_close"].trigger()
    scans(tmp_path / "others", 2)
    open_box(studio, [tmp_path / "others"], 2)
    # Another box has a place of its own; results are called as before.
    assert studio.box.model.plan.folder == tmp_path / "others" / "enlarged"
    assert studio.box.model.plan.name == fields.name.text() + ".tif" == "{stem} large.tif"
    studio.window.actions_by_name["box_close"].trigger()
    open_box(studio, [folder], 3)
    assert studio.box.model.plan.folder == tmp_path / "archive"


def test_what_is_no_plan_any_more_is_not_taken(qapp, tmp_path):
    kept, home = user_settings(), tmp_path / "enlarged"
    assert kept_plan(kept, home) == BoxPlan(home, USUAL_NAME, "", home=home)
    keep_plan(kept, BoxPlan(tmp_path / "gone" / "results", "{stem}", ".png", home=home))
    assert kept_plan(kept, home) == BoxPlan(home, "{stem}", ".png", home=home)
    kept.setValue("box/folders", "[no list")
    kept.setValue("box/suffix", ".exe")
    assert kept_plan(kept, home) == BoxPlan(home, "{stem}", "", home=home)


def test_a_box_that_is_started_while_folders_are_looked_through_stays_as_it_is(studio, folder, tmp_path, monkeypatch):
    open_box(studio, [folder], 3)
    scans(tmp_path / "other", 2)
    goes_on, begun = threading.Event(), []

    def held(paths: list[Path]) -> Gathered:
        begun.append(paths)
        assert goes_on.wait(PATIENCE_S)
        return gathered(paths)

    monkeypatch.setattr(opening, "gathered", held)
    drop(studio, [tmp_path / "other"])
    drop_on_box(studio, [tmp_path / "other"])
    wait_for(lambda: len(begun) == 2)
    studio.box.model.set_state(BoxState.WORKING)
    goes_on.set()
    wait_for(lambda: not studio.tasks.is_busy)
    assert names(studio) == ["scan_00.png", "scan_01.png", "scan_02.png"]
    assert "is being worked on" in message(studio)
    studio.box.model.set_state(BoxState.IDLE)
