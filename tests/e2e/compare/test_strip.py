"""The strip of pictures, with real mouse and drag events, on files alone: it asks for no run."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests import piece_of_sample
from tests.studio.comparing import click_row, keys, shown_names, tile
from tests.studio.studio_loop import click_tool, pause, turn_wheel, wait_for
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.models.compare.entry import Kind
from zssr_studio.app.views.canvas.dropped_entries import packed
from zssr_studio.app.views.canvas.scene import panes

if TYPE_CHECKING:
    from zssr_studio.app.studio import Studio
    from zssr_studio.app.views.compare.result_list import ResultList


@pytest.fixture
def files(studio: Studio, tmp_path: Path) -> Studio:
    """A studio with a picture, and ten files to compare it with, each a little brighter than the one before."""
    photo = piece_of_sample(tmp_path / "harbour.png", (120, 60, 216, 140))
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    with Image.open(photo) as image:
        for number in range(1, 11):
            path = tmp_path / f"file {number}.png"
            image.point(lambda value, by=number: min(255, value + 6 * by)).save(path)
            studio.added_files.add(path)
            wait_for(lambda number=number: len(keys(studio, Kind.FILE)) == number)
    wait_for(lambda: len(studio.displays.pictures()) == 11)
    return studio


def strip(studio: Studio) -> ResultList:
    return studio.window.results_panel.list


def message(studio: Studio) -> str:
    return studio.window.message_bar.text


def drop(studio: Studio, name: str, at: QPoint) -> None:
    """Let go over the picture what a drag of a thumbnail carries."""
    canvas, data = studio.window.canvas, packed(tile(studio, name).carried)
    buttons, no_keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, buttons, no_keys)
    QApplication.sendEvent(canvas, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(canvas, QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, buttons, no_keys))


def choose(studio: Studio, name: str, words: str) -> None:
    """Choose from the menu of a thumbnail."""
    view = strip(studio)
    index = [row.name for row in view.rows].index(name)
    view.scrollToItem(view.item(index))
    at = view.visualItemRect(view.item(index)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=at)
    event = _menu_event(view, at)
    QApplication.sendEvent(view.viewport(), event)
    menu = view.findChild(QMenu)
    wait_for(menu.isVisible)
    (action,) = (one for one in menu.actions() if one.text().replace("&", "").split("\t")[0] == words)
    assert action.isEnabled()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    wait_for(lambda: not view.findChildren(QMenu))


def _menu_event(view: ResultList, at: QPoint) -> QContextMenuEvent:
    return QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))


def test_it_is_a_row_of_at_most_64_pixels_that_goes_with_the_wheel(files):
    panel, view = files.window.results_panel, strip(files)
    assert panel.height() <= 64
    tops = {view.visualItemRect(view.item(index)).top() for index in range(view.count())}
    assert len(tops) == 1
    before = view.horizontalScrollBar().value()
    turn_wheel(view.viewport(), QPoint(20, 20), 3 if before else -3)
    assert view.horizontalScrollBar().value() != before


def test_a_click_shows_a_picture_alone(files):
    click_row(files, "file 3.png")
    assert shown_names(files) == ["file 3.png"]
    assert tile(files, "file 3.png").is_shown
    click_row(files, "Input")
    assert files.comparison.value.shows_input
    assert not tile(files, "file 3.png").is_shown


def test_nine_are_ticked_and_fit_themselves_and_a_tenth_says_why_not(files):
    """A fifth was ignored without a word, and pictures of 168 pixels stood in cells of 435."""
    for row in strip(files).rows:
        if row.letter:
            click_row(files, row.name, box=True)
    for number in range(1, 5):
        click_row(files, f"file {number}.png", ctrl=True)
    click_tool(files, "side_by_side")
    assert _least_share(files) > 0.85
    for number in range(5, 10):
        click_row(files, f"file {number}.png", box=True)
    assert "".join(row.letter for row in strip(files).rows) == "ABCDEFGHI"
    assert len(files.window.canvas.scene.shown) == 9
    assert _least_share(files) > 0.85
    before = message(files)
    click_row(files, "Input", box=True)
    assert message(files) != before
    assert "Nine" in message(files)
    assert "Input" in message(files)
    assert len(files.comparison.value.chosen) == 9
    # They fit anew in a window of another shape.
    wide = len({pane.left() for pane in panes(files.window.canvas.scene, files.window.canvas.size().toSizeF())})
    files.window.actions_by_name["grid"].trigger()
    row = panes(files.window.canvas.scene, files.window.canvas.size().toSizeF())
    assert len({pane.left() for pane in row}) == 9 > wide
    assert _least_share(files) > 0.8


def _least_share(studio: Studio) -> float:
    """The larger of the shares that the picture has of its cell's sides: 1 where it touches two of them."""
    canvas = studio.window.canvas
    cell = panes(canvas.scene, canvas.size().toSizeF())[0]
    shown = canvas.camera.rect_to_view(canvas.scene.base.rect, cell.size())
    return max(shown.width() / cell.width(), shown.height() / cell.height())


def test_one_or_two_are_dragged_onto_the_picture(files):
    canvas = files.window.canvas
    left, right = QPoint(60, canvas.height() // 2), QPoint(canvas.width() - 60, canvas.height() // 2)
    for row in strip(files).rows:
        if row.letter:
            click_row(files, row.name, box=True)
    click_row(files, "file 1.png")
    drop(files, "file 2.png", right)
    assert files.comparison.value.mode is Mode.SLIDER
    assert shown_names(files) == ["file 1.png", "file 2.png"]
    drop(files, "file 3.png", left)
    assert shown_names(files) == ["file 3.png", "file 2.png"]
    drop(files, "file 2.png", left)
    assert shown_names(files) == ["file 2.png", "file 3.png"]
    # Over the input, those that are ticked go together.
    click_row(files, "Input")
    assert len(tile(files, "file 3.png").carried) == 2
    click_tool(files, "slider")
    click_tool(files, "slider")
    click_row(files, "Input")
    drop(files, "file 3.png", right)
    assert set(shown_names(files)) == {"file 2.png", "file 3.png"}
    click_tool(files, "side_by_side")
    drop(files, "file 4.png", right)
    assert shown_names(files) == ["file 2.png", "file 3.png", "file 4.png"]


def test_thumbnails_follow_the_view_when_it_rests_and_tell_the_pictures_apart(files):
    def images() -> list[QImage]:
        return [row.thumbnail for row in strip(files).rows]

    wait_for(lambda: all(image is not None for image in images()))
    canvas, before = files.window.canvas, images()
    assert all(image != other for image, other in itertools.pairwise(before))
    turn_wheel(canvas, QPoint(40, 40), 8)
    # While it moves nothing is made.
    assert images() == before
    wait_for(lambda: all(image != old for image, old in zip(images(), before, strict=True)))
    # The same place of each: the brighter file is brighter there.
    lightness = [image.scaled(1, 1, mode=Qt.TransformationMode.SmoothTransformation) for image in images()]
    values = [image.pixelColor(0, 0).lightness() for image in lightness]
    assert values[1:] == sorted(values[1:])
    assert values[1] < values[10]


class _Folders(QObject):
    """What the system would open folders with."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


def test_the_menu_of_a_thumbnail_renames_reveals_and_removes(files, tmp_path):
    folders = _Folders()
    QDesktopServices.setUrlHandler("file", folders, "open")
    try:
        choose(files, "file 2.png", "Show in its folder")
        wait_for(lambda: folders.opened == [tmp_path])
    finally:
        QDesktopServices.unsetUrlHandler("file")
    (tmp_path / "file 2.png").unlink()
    choose(files, "file 2.png", "Show in its folder")
    wait_for(lambda: "file 2.png is not in" in message(files))
    # The right button alone shows nothing else.
    click_row(files, "file 5.png")
    choose(files, "file 2.png", "Remove")
    wait_for(lambda: len(keys(files, Kind.FILE)) == 9)
    assert shown_names(files) == ["file 5.png"]
    choose(files, "file 3.png", "Rename…")
    wait_for(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert dialog.textValue() == "file 3.png"
    dialog.setTextValue("  Scan of 1931 ")
    dialog.accept()
    wait_for(lambda: "Scan of 1931" in [entry.name for entry in files.results.entries])
    pause(0)
