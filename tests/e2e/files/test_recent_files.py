"""Pictures that were opened last, pasted and dropped ones, with real events and the real clipboard."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest

from tests.e2e.gestures import CTRL, a_photo, click, drop, message, opened, press
from tests.samples import odd_files
from tests.samples.fuzzing import seeds
from tests.studio.studio_loop import PATIENCE_S, open_studio, pause, unfold, wait_for
from zssr_studio.app.controllers.files import recent
from zssr_studio.app.models.compare.entry import Kind
from zssr_studio.app.models.files.recent import MOST_FILES
from zssr_studio.app.qimage import picture_of
from zssr_studio.app.user_settings import pasted_folder
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.read import read_picture

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction

    from zssr_studio.app.studio import Studio


def recent_actions(studio: Studio) -> list[QAction]:
    """The lines of the submenu that stand for files."""
    menu = studio.window.recent_menu
    return [one for one in menu.actions() if not one.isSeparator() and one.objectName() != "clear_recent"]


def choose(studio: Studio, action: QAction) -> None:
    """Open the submenu and click a line of it."""
    menu = studio.window.recent_menu
    menu.popup(studio.window.mapToGlobal(QPoint(20, 40)))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_opened_pictures_are_listed_newest_first_and_open_again_after_a_start(qapp, tmp_path):
    first, second = a_photo(tmp_path, "first.png"), a_photo(tmp_path, "second & last.png")
    with open_studio(qapp) as studio:
        assert not studio.window.start_page.recent.isVisible()
        opened(studio, first)
        opened(studio, second)
        opened(studio, first)
        opened(studio, second)
    with open_studio(qapp) as studio:
        assert [one.text() for one in recent_actions(studio)] == ["second && last.png", "first.png"]
        choose(studio, recent_actions(studio)[1])
        wait_for(lambda: studio.document.path == first)
        assert [one.text() for one in recent_actions(studio)] == ["first.png", "second && last.png"]


def test_the_first_screen_opens_what_was_opened_last(qapp, tmp_path):
    photo = a_photo(tmp_path)
    with open_studio(qapp) as studio:
        opened(studio, photo)
    with open_studio(qapp) as studio:
        buttons = studio.window.start_page.recent.buttons
        assert [button.isVisible() for button in buttons] == [True, False, False, False, False]
        click(buttons[0])
        wait_for(lambda: studio.document.path == photo)


def test_at_most_ten_are_kept_and_the_sample_is_none_of_them(studio, tmp_path):
    for number in range(MOST_FILES + 1):
        opened(studio, a_photo(tmp_path, f"{number}.png"))
    studio.pictures.on_sample()
    wait_for(lambda: studio.document.path.name == "sample.png")
    assert [one.text() for one in recent_actions(studio)] == [f"{number}.png" for number in range(10, 0, -1)]


def test_a_file_that_is_gone_is_named_and_cannot_be_chosen_until_it_is_back(studio, tmp_path):
    photo = a_photo(tmp_path)
    opened(studio, photo)
    away = photo.rename(tmp_path / "away.png")
    menu = studio.window.recent_menu
    menu.popup(studio.window.mapToGlobal(QPoint(20, 40)))
    wait_for(lambda: not recent_actions(studio)[0].isEnabled())
    assert "not found" in recent_actions(studio)[0].text()
    menu.close()
    away.rename(photo)
    menu.popup(studio.window.mapToGlobal(QPoint(20, 40)))
    wait_for(lambda: recent_actions(studio)[0].isEnabled())
    menu.close()


def test_what_was_seen_earlier_does_not_bring_back_a_file_that_is_gone(studio, tmp_path, monkeypatch):
    """A slow disk: it was there when the first look began, and is told of after a second one found it gone."""
    goes_on, slow = threading.Event(), recent._missing

    def missing(paths: tuple[Path, ...]) -> frozenset[Path]:
        found = slow(paths)
        if not found:
            assert goes_on.wait(PATIENCE_S)
        return found

    monkeypatch.setattr(recent, "_missing", missing)
    photo = a_photo(tmp_path)
    opened(studio, photo)
    photo.unlink()
    menu = studio.window.recent_menu
    menu.popup(studio.window.mapToGlobal(QPoint(20, 40)))
    wait_for(lambda: not recent_actions(studio)[0].isEnabled())
    goes_on.set()
    wait_for(lambda: not studio.tasks.is_busy)
    assert not recent_actions(studio)[0].isEnabled()
    menu.close()


def test_the_list_is_cleared_for_good(qapp, tmp_path):
    photo = a_photo(tmp_path)
    with open_studio(qapp) as studio:
        opened(studio, photo)
        choose(studio, studio.window.actions_by_name["clear_recent"])
        assert [one.text() for one in recent_actions(studio)] == ["No pictures yet"]
        assert not studio.window.actions_by_name["clear_recent"].isEnabled()
    with open_studio(qapp) as studio:
        assert not studio.window.start_page.recent.isVisible()
        assert photo.exists()


@pytest.fixture
def clipboard(qapp):
    board = QGuiApplication.clipboard()
    yield board
    board.clear()


def test_a_copied_picture_becomes_a_file_and_opens(studio, clipboard):
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 60, 40))
    image.setPixelColor(5, 7, QColor(1, 2, 3))
    clipboard.setImage(image)
    press(studio, Qt.Key.Key_V, CTRL)
    wait_for(lambda: studio.document.path is not None)
    path = studio.document.path
    assert path.parent == pasted_folder()
    assert re.fullmatch(r"Pasted \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png", path.name)
    kept = read_picture(path)
    assert (kept.height, kept.width, kept.alpha) == (40, 60, None)
    assert np.rint(255 * kept.pixels[7, 5]).tolist() == [1, 2, 3]
    assert np.rint(255 * kept.pixels[0, 0]).tolist() == [200, 60, 40]
    press(studio, Qt.Key.Key_V, CTRL)
    wait_for(lambda: studio.document.path != path)
    assert len(list(pasted_folder().iterdir())) == 2


def test_a_copied_file_opens_itself(studio, clipboard, tmp_path):
    photo = a_photo(tmp_path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    clipboard.setMimeData(data)
    press(studio, Qt.Key.Key_V, CTRL)
    wait_for(lambda: studio.document.path == photo)
    assert not pasted_folder().exists()


def test_without_a_picture_a_notice_says_so(studio, clipboard):
    clipboard.setText("Dear Sir")
    press(studio, Qt.Key.Key_V, CTRL)
    assert "no picture on the clipboard" in message(studio)
    assert studio.document.path is None


def test_in_a_field_the_key_pastes_text(studio, clipboard, tmp_path):
    opened(studio, a_photo(tmp_path))
    clipboard.setText("41")
    seed = studio.window.settings_panel.seed
    unfold(studio, "expert")
    seed.setFocus()
    seed.selectAll()
    QTest.keyClick(seed, Qt.Key.Key_V, CTRL)
    assert studio.settings.value.seed == 41
    assert message(studio) == ""


def test_what_is_pasted_keeps_its_alpha_and_its_profile(qapp):
    image = QImage(3, 1, QImage.Format.Format_ARGB32)
    for column, alpha in enumerate((255, 128, 0)):
        image.setPixelColor(column, 0, QColor(200, 60, 40, alpha))
    assert np.rint(255 * picture_of(image).alpha).tolist() == [[255, 128, 0]]
    image.fill(QColor(200, 60, 40, 0))
    assert picture_of(image).alpha is None
    from PySide6.QtGui import QColorSpace

    profile = profiles.named_profile("display-p3")
    image.setColorSpace(QColorSpace.fromIccProfile(profile))
    assert picture_of(image).icc_profile is not None
    gray = QImage(3, 2, QImage.Format.Format_Grayscale8)
    gray.fill(77)
    assert np.rint(255 * picture_of(gray).pixels).tolist() == [[[77]] * 3] * 2


@pytest.fixture(scope="module")
def kinds(tmp_path_factory) -> dict[str, bytes]:
    return seeds(tmp_path_factory.mktemp("kinds"))


def test_every_kind_of_picture_opens_where_it_is_dropped(studio, kinds, tmp_path):
    for kind, content in kinds.items():
        if kind == "tiff-pages":
            continue  # the studio asks for the page, as test_undo tells
        path = tmp_path / f"dropped.{kind}"
        path.write_bytes(content)
        drop(studio, [path])
        wait_for(lambda path=path: studio.document.path == path)
        # What has no place here is told of, and nothing else.
        wait_for(lambda: message(studio) == " ".join(studio.document.picture.notes))
        studio.window.message_bar.dismiss()


def test_of_several_dropped_files_the_first_opens_and_all_become_a_box(studio, tmp_path):
    paths = [a_photo(tmp_path, name) for name in ("a.png", "b.png", "c.png")]
    drop(studio, paths)
    wait_for(lambda: studio.document.path == paths[0])
    assert [one.path for one in studio.box.model.pictures] == paths
    assert [entry.kind for entry in studio.results.entries] == [Kind.INPUT]


def test_files_that_are_dropped_on_the_list_are_added_to_it(studio, tmp_path):
    paths = [a_photo(tmp_path, name) for name in ("a.png", "b.png", "c.png")]
    drop(studio, paths[:1])
    wait_for(lambda: studio.document.path == paths[0])
    # The strip comes with the first picture.
    panel = studio.window.results_panel
    wait_for(panel.isVisible)
    on_list = panel.mapTo(studio.window, panel.rect().center())
    drop(studio, paths[1:], on_list)
    wait_for(lambda: len(studio.results.entries) == 3)
    assert studio.document.path == paths[0]
    assert {entry.kind for entry in studio.results.entries[1:]} == {Kind.FILE}


def test_a_folder_or_a_letter_that_is_dropped_is_refused_with_a_sentence(studio, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir")
    for path in (letter, tmp_path):
        drop(studio, [path])
        wait_for(lambda path=path: path.name in message(studio))
        press(studio, Qt.Key.Key_Escape)
    pause(20)
    assert studio.document.path is None


def test_what_a_file_holds_beside_its_picture_is_told_when_it_is_opened(qapp, tmp_path):
    path = odd_files.tiff(tmp_path / "five.tif", np.dstack([odd_files.values()] * 2)[:, :, :5])
    with open_studio(qapp) as studio:
        opened(studio, path)
        wait_for(lambda: "2 channels beside its colours" in message(studio))
