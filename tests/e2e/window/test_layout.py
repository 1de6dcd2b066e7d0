"""The picture has the screen: its share of the window, and what comes and goes without moving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from tests.studio.comparing import enlarge, press
from tests.studio.languages import installed
from tests.studio.studio_loop import (
    click_tool,
    open_details,
    open_studio,
    pause,
    told_ahead,
    tool_button,
    turn_wheel,
    unfold,
    wait_for,
)
from zssr_studio.app.language import Language, speak
from zssr_studio.app.theme import LEAST_FONT_PT
from zssr_studio.app.views.window.main_window import START_SIZE
from zssr_studio.engine.config import Scale

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio

LEAST_SHARE = 0.65
# What a person needs in any case, with text of any size.
ALWAYS = ("start", "pause", "stop", "details", "export")


@pytest.fixture(params=[(96, 144), (144, 96)], ids=["landscape", "portrait"])
def shaped(studio: Studio, tmp_path: Path, request: pytest.FixtureRequest) -> Studio:
    """A studio with a picture of so many rows and columns."""
    return opened(studio, tmp_path, request.param)


def opened(studio: Studio, folder: Path, size: tuple[int, int] = (96, 144)) -> Studio:
    path = folder / "photo.png"
    pixels = np.random.default_rng(0).integers(0, 256, (*size, 3)).astype(np.uint8)
    Image.fromarray(pixels).save(path)
    studio.pictures.open(path)
    wait_for(lambda: studio.document.path == path)
    pause(20)
    return studio


def resized(studio: Studio, width: int, height: int) -> None:
    studio.window.resize(width, height)
    pause(50)
    assert (studio.window.width(), studio.window.height()) == (width, height)


def share(studio: Studio) -> float:
    """How much of the window is the picture's."""
    canvas, window = studio.window.canvas, studio.window
    assert canvas.visibleRegion().boundingRect() == canvas.rect()
    return canvas.width() * canvas.height() / (window.width() * window.height())


@pytest.mark.parametrize("size", [(1440, 900), (1920, 1080)])
def test_the_picture_has_most_of_the_window_whatever_its_shape(shaped, size):
    resized(shaped, *size)
    assert share(shaped) >= LEAST_SHARE
    enlarge(shaped)
    pause(50)
    assert share(shaped) >= LEAST_SHARE


def test_the_picture_has_its_share_beside_all_settings(shaped):
    resized(shaped, 1440, 900)
    unfold(shaped)
    pause(50)
    assert share(shaped) >= LEAST_SHARE


def test_the_window_opens_with_room_for_it(qapp, tmp_path):
    with open_studio(qapp) as studio:
        assert studio.window.size() == START_SIZE
        assert share(opened(studio, tmp_path)) >= LEAST_SHARE


def off_the_screen(studio: Studio) -> list[str]:
    """Which of the buttons that are always needed are not seen whole."""
    window, missing = studio.window, []
    for name in ALWAYS:
        button = tool_button(studio, name)
        if button is None or button.visibleRegion().boundingRect() != button.rect():
            missing.append(name)
        elif not window.rect().contains(QRect(button.mapTo(window, QPoint()), button.size())):
            missing.append(name)
    return missing


@pytest.mark.looks
@pytest.mark.parametrize("language", [Language.ENGLISH, Language.GERMAN])
def test_with_text_of_twice_the_size_nothing_needed_leaves_the_screen(qapp, monkeypatch, tmp_path, language):
    large = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    large.setPointSizeF(2 * LEAST_FONT_PT)
    monkeypatch.setattr(QFontDatabase, "systemFont", lambda _kind: large)
    with installed(qapp, speak(qapp, language)), open_studio(qapp) as studio:
        opened(studio, tmp_path)
        for stage in ("opened", "compared", "with details"):
            if stage == "compared":
                enlarge(studio)
            if stage == "with details":
                open_details(studio)
            hint = studio.window.minimumSizeHint()
            assert (stage, hint.width() <= 1440, hint.height() <= 900) == (stage, True, True), hint
            resized(studio, 1440, 900)
            assert (stage, off_the_screen(studio)) == (stage, [])
        studio.results.mark_exported(studio.results.current)


def places(studio: Studio) -> dict[str, QRect]:
    """Where the picture and all buttons stand in the window."""
    window = studio.window
    found = {"canvas": QRect(window.canvas.mapTo(window, QPoint()), window.canvas.size())}
    for number, button in enumerate(window.findChildren(QToolButton)):
        if button.isVisible():
            found[f"{number} {button.text()}"] = QRect(button.mapTo(window, QPoint()), button.size())
    return found


def test_notes_errors_and_the_offer_to_go_on_move_nothing(studio, tmp_path):
    opened(studio, tmp_path)
    resized(studio, 1440, 900)
    bar, offer = studio.window.message_bar, studio.window.recovery_bar
    before, camera = places(studio), studio.window.canvas.camera
    (tmp_path / "letter.txt").write_text("Dear Sir")
    studio.pictures.open(tmp_path / "letter.txt")
    wait_for(bar.isVisible)
    offer.show_text("The studio ended without being closed. " * 4)
    bar.show_notice("A long note. " * 30)
    pause(50)
    assert {name: one for name, one in places(studio).items() if name in before} == before
    assert studio.window.canvas.camera == camera
    for one in (bar, offer):
        area = QRect(one.mapTo(studio.window, QPoint()), one.size())
        assert before["canvas"].contains(area)
        # Nothing of a text is cut off, and neither lies over the other.
        assert one.height() >= one.layout().heightForWidth(one.width())
    assert offer.geometry().bottom() < bar.geometry().top()
    offer.show_text("")
    press(studio, Qt.Key.Key_Escape)
    press(studio, Qt.Key.Key_Escape)
    wait_for(lambda: not bar.isVisible() and places(studio) == before)


def test_beside_a_message_the_mouse_meets_the_picture(studio, tmp_path):
    opened(studio, tmp_path)
    resized(studio, 1440, 900)
    studio.window.message_bar.show_notice("Saved.")
    pause(20)
    bar, canvas = studio.window.message_bar, studio.window.canvas
    top = bar.mapTo(studio.window, QPoint(0, bar.height() // 2)).y()
    left = canvas.mapTo(studio.window, QPoint(20, 0)).x()
    assert studio.window.childAt(QPoint(left, top)) is canvas
    below = bar.mapTo(studio.window, QPoint(bar.width() // 2, bar.height() + 8))
    assert studio.window.childAt(below) is canvas


class Layouts(QObject):
    """Counts how often anything is laid out anew."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_a_window_that_nothing_happens_in_is_at_rest(studio, tmp_path, qapp):
    """A layout that asks for another takes the processor from the training."""
    opened(studio, tmp_path)
    told_ahead(studio)
    for size in ((1440, 900), (700, 600)):
        resized(studio, *size)
        studio.window.message_bar.show_notice("A long note. " * 30)
        pause(200)
        layouts = Layouts()
        qapp.installEventFilter(layouts)
        pause(200)
        qapp.removeEventFilter(layouts)
        assert layouts.count == 0


def test_tab_on_the_picture_hides_the_panels_and_brings_those_back_that_were_there(studio, tmp_path):
    opened(studio, tmp_path)
    resized(studio, 1440, 900)
    open_details(studio)
    studio.window.actions_by_name["show_results"].trigger()
    pause(20)
    assert studio.window.shown_panels == {"settings", "details"}
    before = share(studio)
    press(studio, Qt.Key.Key_Tab)
    wait_for(lambda: studio.window.canvas.width() == studio.window.width())
    assert studio.window.shown_panels == frozenset()
    assert share(studio) > 0.85
    assert studio.window.canvas.hasFocus()
    press(studio, Qt.Key.Key_Tab)
    wait_for(lambda: share(studio) == before)
    assert studio.window.shown_panels == {"settings", "details"}
    # In a field it goes on to the next one.
    seed = studio.window.settings_panel.seed
    seed.setFocus()
    QTest.keyClick(seed, Qt.Key.Key_Tab)
    assert not seed.hasFocus()
    assert studio.window.shown_panels == {"settings", "details"}


def test_f6_goes_from_panel_to_panel_and_comes_round(studio, tmp_path):
    opened(studio, tmp_path)
    window = studio.window
    open_details(studio)
    window.canvas.setFocus()
    seen = []
    for _ in range(6):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    panels = [window.results_panel, window.run_panel, window.status_strip, window.settings_panel, window.start_footer]
    assert [panel.isAncestorOf(one) for panel, one in zip(panels, seen[:5], strict=True)] == [True] * 5
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert window.canvas.hasFocus()
    # A message that is there is on the way.
    window.message_bar.show_notice("Saved.")
    for _ in range(7):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert window.message_bar.isAncestorOf(QApplication.focusWidget())


def test_f11_takes_the_screen_and_gives_it_back(studio, tmp_path):
    opened(studio, tmp_path)
    QTest.keyClick(studio.window.canvas, Qt.Key.Key_F11)
    wait_for(studio.window.isFullScreen)
    assert studio.window.actions_by_name["fullscreen"].isChecked()
    QTest.keyClick(studio.window.canvas, Qt.Key.Key_F11)
    wait_for(lambda: not studio.window.isFullScreen())
    # A window manager leaves it too.
    studio.window.showFullScreen()
    wait_for(studio.window.actions_by_name["fullscreen"].isChecked)
    studio.window.showNormal()
    wait_for(lambda: not studio.window.actions_by_name["fullscreen"].isChecked())


def test_a_click_on_the_strip_opens_the_details_above_it(studio, tmp_path):
    opened(studio, tmp_path)
    resized(studio, 1440, 900)
    strip, details = studio.window.status_strip, studio.window.run_panel
    assert strip.height() == 28
    assert not details.isVisible()
    open_details(studio)
    assert details.mapTo(studio.window, details.rect().bottomLeft()).y() < strip.mapTo(studio.window, QPoint()).y()
    click_tool(studio, "details")
    wait_for(lambda: not details.isVisible())


def test_the_strip_tells_where_the_run_stands_and_draws_its_loss(studio, tmp_path):
    opened(studio, tmp_path)
    resized(studio, 1440, 900)
    strip = studio.window.status_strip
    assert strip.text == "Ready"
    without = strip.grab().toImage()
    studio.settings.set_value(type(studio.settings.value)(scale=Scale(2, 2), seconds=3600.0, device="cpu"))
    click_tool(studio, "start")
    wait_for(lambda: len(studio.run.history.losses.steps) > 2)
    wait_for(lambda: strip.text.startswith("Training") and "%" in strip.text and "left" in strip.text)
    assert strip.accessibleDescription() == strip.text
    line = strip._curve
    wait_for(line.isVisible)
    click_tool(studio, "stop")
    wait_for(lambda: not studio.run.is_running and strip.text.startswith("Stopped"))
    wait_for(strip.offer.isVisible)
    # How long the figures are depends on the machine: the line gives way to them, and what comes last may be cut off.
    wait_for(lambda: not line.isVisible() or strip._text.shown_text == strip.text)
    assert "no outside pictures used" in strip._text.shown_text
    resized(studio, 1900, 900)
    wait_for(line.isVisible)
    assert strip._text.shown_text == strip.text
    colours = {strip.grab().toImage().pixel(line.mapTo(strip, QPoint(x, y))) for x in range(96) for y in range(18)}
    assert without != strip.grab().toImage()
    assert len(colours) > 2
    studio.results.mark_exported(studio.results.current)


def type_zoom(studio: Studio, text: str) -> None:
    field = studio.window.zoom_field
    if not field.hasFocus():
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_the_zoom_is_told_and_can_be_typed(studio, tmp_path):
    field, canvas = studio.window.zoom_field, studio.window.canvas
    assert not field.isEnabled()
    opened(studio, tmp_path)
    fitted = field.text()
    assert fitted.endswith(" %")
    press(studio, Qt.Key.Key_1)
    assert field.text() == "100 %"
    click_tool(studio, "zoom_in")
    assert field.text() == "125 %"
    click_tool(studio, "zoom_out")
    assert field.text() == "100 %"
    turn_wheel(canvas, QPoint(50, 50), 1)
    assert field.text() == "125 %"
    type_zoom(studio, "300")
    assert field.text() == "300 %"
    assert canvas.camera.zoom == pytest.approx(3 / canvas.devicePixelRatioF())
    assert canvas.hasFocus()
    type_zoom(studio, "50%")
    assert field.text() == "50 %"
    click_tool(studio, "fit")
    assert field.text() == fitted


def test_a_zoom_is_read_as_the_language_writes_numbers(qapp, tmp_path):
    with installed(qapp, speak(qapp, Language.GERMAN)), open_studio(qapp) as studio:
        opened(studio, tmp_path)
        type_zoom(studio, "7,5")
        assert studio.window.zoom_field.text() == "7,5 %"


def test_a_zoom_that_is_none_is_refused_and_the_picture_stays(studio, tmp_path):
    opened(studio, tmp_path)
    field, before = studio.window.zoom_field, studio.window.canvas.camera
    shown = field.text()
    for text in ("large", "-5", "0", ""):
        type_zoom(studio, text)
        assert field.text() == shown
        assert studio.window.canvas.camera == before
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert studio.window.canvas.camera == before
    # What was typed and left is forgotten.
    QTest.keyClicks(field, "77")
    studio.window.canvas.setFocus()
    assert field.text() == shown
    assert studio.window.canvas.camera == before


def test_tools_without_room_stand_in_a_menu_and_export_stays(studio, tmp_path):
    opened(studio, tmp_path)
    studio.window.actions_by_name["show_settings"].trigger()
    pause(50)
    resized(studio, 800, 600)
    resized(studio, 420, 600)
    assert tool_button(studio, "export") is not None
    assert tool_button(studio, "fit") is None
    more = studio.window._tools._more
    assert more.isVisible()
    menu = more.menu()
    menu.aboutToShow.emit()
    assert studio.window.actions_by_name["fit"] in menu.actions()
    assert studio.window.actions_by_name["loupe"] in menu.actions()
    resized(studio, 1440, 900)
    assert tool_button(studio, "fit") is not None
    assert not more.isVisible()
