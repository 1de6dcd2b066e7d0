"""A box of scans in the window: dropped, shown, looked at, chosen from, before anything is enlarged."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.e2e.gestures import CTRL, drop, message
from tests.studio.boxes import open_box, scans, states, with_steps
from tests.studio.comparing import enlarge
from tests.studio.studio_loop import PATIENCE_S, answer_file_dialog, answer_question, pause, told_ahead, wait_for
from zssr_studio.app.controllers.box import looking, tiles
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.views.box.row import BECOMES, FOUND, NAME, SIZE, STATE, TIME
from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from zssr_studio.app.models.box.picture import Looked
    from zssr_studio.app.studio import Studio

ALT = Qt.KeyboardModifier.AltModifier
LEAST_SHARE = 0.65


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    scans(tmp_path / "scans")
    return tmp_path / "scans"


def cells(studio: Studio, column: int) -> list[str]:
    return [row.cells[column] for row in studio.window.box_views.items.rows]


def key(studio: Studio, *keys: Qt.Key) -> None:
    view = studio.window.box_views.strip.list
    view.setFocus()
    for one in keys:
        QTest.keyClick(view, one)


def click_tile(studio: Studio, place: int) -> None:
    view = studio.window.box_views.strip.list
    view.scrollTo(view.model().index(place, 0))
    pause(20)
    at = view.visualRect(view.model().index(place, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_several_pictures_become_a_box_and_what_is_no_picture_is_left_out(studio, folder):
    letter = folder / "letter.txt"
    letter.write_text("Dear Sir")
    paths = sorted(folder.glob("*.png"))
    open_box(studio, [*paths[:3], letter, *paths[3:]], 8)
    assert studio.document.path == paths[0]
    assert [one.path for one in studio.box.model.pictures] == paths
    assert "letter.txt" in message(studio)
    assert states(studio) == ["waiting"] * 8
    assert studio.window.box_views.strip.isVisible()
    assert studio.box.model.plan.folder == folder / "enlarged"
    assert not (folder / "enlarged").exists()


def test_one_picture_opens_as_ever_and_there_is_no_strip(studio, folder):
    path = next(folder.glob("*.png"))
    drop(studio, [path])
    wait_for(lambda: studio.document.path == path)
    assert not studio.box.model.is_open
    assert not studio.window.box_views.strip.isVisible()
    assert not studio.window.actions_by_name["box_start"].isEnabled()


def test_a_folder_is_looked_into_and_folders_in_it_too_but_not_that_of_the_results(studio, folder):
    scans(folder / "album", 2)
    scans(folder / "enlarged", 2)
    open_box(studio, [folder], 10)
    assert {one.relative for one in studio.box.model.pictures if "/" in one.relative} == {
        "album/scan_00.png",
        "album/scan_01.png",
    }


def test_the_first_that_can_be_read_is_opened_and_a_bad_one_keeps_its_place_with_a_sentence(studio, folder):
    (folder / "a.png").write_bytes(b"no picture at all")
    open_box(studio, [folder], 9)
    assert studio.document.path == folder / "scan_00.png"
    wait_for(lambda: "a.png" in cells(studio, STATE)[0])
    assert states(studio) == ["failed", *["waiting"] * 8]


def test_a_box_that_is_put_away_while_its_first_picture_is_read_leaves_nothing(studio, folder, monkeypatch):
    asked = []

    async def put_away(path: Path) -> bool:
        asked.append(path)
        studio.box.on_close()
        raise BadInputError("It cannot be read.")

    monkeypatch.setattr(studio.box._opening, "_open_and_wait", put_away)
    drop(studio, [folder])
    wait_for(lambda: bool(asked) and not studio.tasks.is_busy)
    assert not studio.box.model.is_open
    assert message(studio) == ""


def test_of_a_large_box_few_thumbnails_are_kept(studio, tmp_path, monkeypatch):
    monkeypatch.setattr(tiles, "MOST_KEPT", 4)
    scans(tmp_path / "many", 60, side_px=8)
    open_box(studio, [tmp_path / "many"], 60)
    view, items, kept = studio.window.box_views.strip.list, studio.window.box_views.items, studio.box._tiles._kept
    for place in (0, 30, 59, 0):
        view.go_to(place)
        wait_for(lambda: all(items.has_thumbnail(one) for one in view.places_in_view()))
    wait_for(lambda: not studio.tasks.is_busy)
    assert len(kept) == len(items._thumbnails) <= 4 + len(view.places_in_view()) < 60
    studio.box.on_close()
    assert not studio.box._tiles._kept


def test_a_folder_without_pictures_is_told_of(studio, tmp_path):
    (tmp_path / "empty").mkdir()
    drop(studio, [tmp_path / "empty"])
    wait_for(lambda: "There are no pictures in empty." in message(studio))
    assert not studio.box.model.is_open


def test_open_takes_several_and_open_folder_has_a_key(studio, folder):
    QTest.keyClick(studio.window, Qt.Key.Key_O, CTRL | ALT)
    answer_file_dialog(folder)
    wait_for(lambda: len(studio.box.model.pictures) == 8)


@pytest.mark.parametrize("folded", [False, True])
def test_the_picture_keeps_its_share_of_the_window(studio, folder, folded):
    studio.window.resize(1440, 900)
    open_box(studio, [folder], 8)
    canvas, strip = studio.window.canvas, studio.window.box_views.strip
    told_ahead(studio)
    pause(50)
    height = canvas.height()
    if folded:
        QTest.mouseClick(strip.fold, Qt.MouseButton.LeftButton)
        wait_for(lambda: not strip.list.isVisible())
        assert strip.told.isVisible()
    pause(50)
    assert canvas.height() == height
    assert canvas.width() * canvas.height() / (1440 * 900) >= LEAST_SHARE
    assert strip.width() + studio.window.results_panel.width() == canvas.width()
    assert not folded or strip.width() < canvas.width() / 4


def test_a_click_opens_another_picture_and_unsaved_work_is_asked_about(studio, folder):
    open_box(studio, [folder], 8)
    click_tile(studio, 3)
    wait_for(lambda: studio.document.path == folder / "scan_03.png")
    enlarge(studio)
    click_tile(studio, 5)
    answer_question("Cancel")
    assert studio.document.path == folder / "scan_03.png"
    click_tile(studio, 5)
    answer_question("Discard")
    wait_for(lambda: studio.document.path == folder / "scan_05.png")
    assert [row.is_open for row in studio.window.box_views.items.rows].index(True) == 5


def test_keys_go_along_open_tick_and_take_out(studio, folder):
    open_box(studio, [folder], 8)
    key(studio, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return)
    wait_for(lambda: studio.document.path == folder / "scan_02.png")
    key(studio, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert states(studio)[3] == "skipped"
    key(studio, Qt.Key.Key_Space)
    assert states(studio)[3] == "waiting"
    key(studio, Qt.Key.Key_Delete)
    assert [one.path.name for one in studio.box.model.pictures][2:4] == ["scan_02.png", "scan_04.png"]
    assert (folder / "scan_03.png").exists()
    # The keys act upon the one that took its place.
    key(studio, Qt.Key.Key_Space)
    assert states(studio)[3] == "skipped"


def test_the_menu_offers_what_can_be_done(studio, folder):
    open_box(studio, [folder], 8)
    view = studio.window.box_views.strip.list
    view.setCurrentIndex(view.model().index(1, 0))
    QApplication.sendEvent(view, _menu_event(view))
    wait_for(lambda: bool(view.findChildren(QMenu)))
    menu = view.findChild(QMenu)
    offered = {action.objectName(): action.isEnabled() for action in menu.actions() if action.objectName()}
    assert offered == {"open": True, "tick": True, "again": False, "reveal": True, "remove": True}
    next(action for action in menu.actions() if action.objectName() == "tick").trigger()
    menu.close()
    wait_for(lambda: states(studio)[1] == "skipped")


def _menu_event(view: QWidget) -> QContextMenuEvent:
    at = view.visualRect(view.currentIndex()).center()
    return QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, view.viewport().mapToGlobal(at))


def looked_at(studio: Studio) -> int:
    return sum(one.looked is not None and one.looked.found is not None for one in studio.box.model.pictures)


def test_each_is_looked_at_in_the_background_and_that_can_be_stopped(studio, folder, monkeypatch):
    begun, goes_on, real = [], threading.Event(), looking._looked

    def held(path: Path, factors: tuple[float, float]) -> Looked:
        begun.append(path)
        if len(begun) == 2:
            assert goes_on.wait(PATIENCE_S)
        return real(path, factors)

    monkeypatch.setattr(looking, "_looked", held)
    with_steps(studio, 2)
    open_box(studio, [folder], 8)
    try:
        wait_for(lambda: looked_at(studio) == 1 and len(begun) == 2)
        studio.window.actions_by_name["box_look"].setChecked(False)
    finally:
        goes_on.set()
    wait_for(lambda: not studio.box.looking.is_looking)
    # The one that was in hand is finished.
    assert looked_at(studio) == 2
    studio.window.actions_by_name["box_look"].setChecked(True)
    wait_for(lambda: all(cells(studio, FOUND)))
    wait_for(lambda: not studio.window.actions_by_name["box_look"].isChecked())
    assert cells(studio, SIZE) == ["40 × 40"] * 8
    assert cells(studio, BECOMES) == ["80 × 80"] * 8
    assert cells(studio, STATE) == ["waits"] * 8
    wait_for(lambda: all(text.startswith("about ") for text in cells(studio, TIME)))


def test_the_table_sorts_opens_and_ticks(studio, folder):
    Image.new("RGB", (90, 60)).save(folder / "wide.png")
    open_box(studio, [folder], 9)
    wait_for(lambda: all(cells(studio, SIZE)))
    studio.window.box_views.show_page()
    table = studio.window.box_views.page.table
    wait_for(table.isVisible)
    table.horizontalHeader().setSortIndicator(SIZE, Qt.SortOrder.DescendingOrder)
    assert table.model().index(0, NAME).data() == "wide.png"
    table.setCurrentIndex(table.model().index(0, NAME))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert studio.box.model.get(studio.box.model.place_of(folder / "wide.png")).is_ticked is False
    QTest.keyClick(table, Qt.Key.Key_Return)
    wait_for(lambda: studio.document.path == folder / "wide.png")


def test_a_name_that_is_none_is_refused_and_the_last_one_stays(studio, folder):
    open_box(studio, [folder], 8)
    studio.window.box_views.show_page()
    fields = studio.window.box_views.page.fields
    wait_for(fields.name.isVisible)
    for text in ("{nothing}", "a/b"):
        fields.name.setFocus()
        fields.name.selectAll()
        QTest.keyClicks(fields.name, text)
        QTest.keyClick(fields.name, Qt.Key.Key_Return)
        wait_for(lambda text=text: text in message(studio))
        assert studio.box.model.plan.template == "{stem}_zssr{scale}x"
        studio.window.message_bar.dismiss()
    fields.format.setCurrentIndex(fields.format.findData(".tif"))
    assert studio.box.model.plan.name == "{stem}_zssr{scale}x.tif"


def test_closing_the_box_leaves_the_picture_open(studio, folder):
    open_box(studio, [folder], 8)
    studio.window.box_views.show_page()
    studio.window.actions_by_name["box_close"].trigger()
    assert not studio.window.box_views.strip.isVisible()
    assert not studio.window.box_views.page.isVisible()
    assert studio.document.path == folder / "scan_00.png"
    assert studio.comparison.value.mode is Mode.SINGLE
