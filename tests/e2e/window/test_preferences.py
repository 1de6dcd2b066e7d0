"""Preferences, layout, messages, tool tips and what is told about the program, with real events."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QScrollBar,
    QSplitter,
    QTabBar,
    QWidget,
)

from tests.e2e.gestures import CTRL, a_photo, click, message, opened, pick, press
from tests.studio.studio_loop import answer_file_dialog, open_details, open_studio, pause, wait_for
from zssr_studio.app.screen import set_screen_profile
from zssr_studio.app.theme import DARK, LIGHT
from zssr_studio.app.user_settings import user_settings
from zssr_studio.app.views.window.main_window import SETTINGS_WIDTH_PX
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.picture import Crop

if TYPE_CHECKING:
    from zssr_studio.app.studio import Studio
    from zssr_studio.app.views.window.about_dialog import AboutDialog
    from zssr_studio.app.views.window.preferences_dialog import PreferencesDialog


def preferences(studio: Studio) -> PreferencesDialog:
    press(studio, Qt.Key.Key_Comma, CTRL)
    wait_for(lambda: studio.preferences.dialog is not None and studio.preferences.dialog.isVisible())
    return studio.preferences.dialog


def background(studio: Studio) -> str:
    return studio.window.palette().color(QPalette.ColorRole.Window).name()


def test_the_theme_is_remembered_and_menu_and_preferences_stay_in_step(qapp):
    with open_studio(qapp) as studio:
        dialog = preferences(studio)
        pick(dialog.theme, "Dark")
        wait_for(lambda: background(studio) == DARK.window)
        assert studio.window.actions_by_name["theme_dark"].isChecked()
    with open_studio(qapp) as studio:
        wait_for(lambda: background(studio) == DARK.window)
        dialog = preferences(studio)
        assert dialog.theme.currentText() == "Dark"
        studio.window.actions_by_name["theme_light"].trigger()
        assert dialog.theme.currentText() == "Light"
        wait_for(lambda: background(studio) == LIGHT.window)
    with open_studio(qapp) as studio:
        wait_for(lambda: background(studio) == LIGHT.window)


@pytest.mark.parametrize(("preset", "seconds"), [("nonsense", "soon"), ("fast", "-3"), ("fast", "inf")])
def test_what_a_hand_wrote_wrong_is_not_taken(qapp, preset, seconds):
    kept = user_settings()
    for key, value in (
        ("window/theme", "mauve"),
        ("start/preset", preset),
        ("start/seconds", seconds),
        ("recent/files", "{]"),
        ("shortcuts/own", '{"open": "Ctrl+S", "fit": 7, "gone": "Ctrl+J"}'),
        ("window/geometry", "nonsense"),
    ):
        kept.setValue(key, value)
    kept.sync()
    with open_studio(qapp) as studio:
        assert (studio.settings.value.preset, studio.settings.value.seconds) == ("fast", None)
        assert studio.window.actions_by_name["open"].shortcut().toString() == "Ctrl+O"
        assert studio.window.actions_by_name["theme_system"].isChecked()


def test_the_studio_starts_with_the_preset_and_the_time_that_were_chosen(qapp):
    with open_studio(qapp) as studio:
        dialog = preferences(studio)
        pick(dialog.preset, "Best")
        dialog.seconds.setFocus()
        dialog.seconds.selectAll()
        QTest.keyClicks(dialog.seconds, "90")
        QTest.keyClick(dialog.seconds, Qt.Key.Key_Tab)
        assert studio.settings.value.preset == "fast"
    with open_studio(qapp) as studio:
        assert (studio.settings.value.preset, studio.settings.value.seconds) == ("best", 90)
        assert studio.window.settings_panel.preset.currentText() == "Best"
        assert studio.window.settings_panel.seconds.value() == 90


def test_the_screens_profile_and_the_last_pictures_are_set_in_the_preferences(studio, tmp_path):
    opened(studio, a_photo(tmp_path))
    (tmp_path / "wide.icc").write_bytes(profiles.named_profile("display-p3"))
    dialog = preferences(studio)
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    assert {"1 picture", "sRGB, an ordinary screen"} <= set(labels)
    try:
        click(dialog.screen_button)
        answer_file_dialog(tmp_path / "wide.icc")
        wait_for(lambda: dialog._screen_name.text() == "wide.icc")
        click(dialog.srgb_button)
        wait_for(lambda: dialog._screen_name.text().startswith("sRGB"))
    finally:
        set_screen_profile(None)
    click(dialog.forget_button)
    assert dialog._remembered.text() == "None"
    assert not dialog.forget_button.isEnabled()
    assert studio.recent_files.paths == ()


def test_the_lines_of_the_shortcuts_have_room_from_the_first_time_on(studio):
    dialog = preferences(studio)
    dialog.tabs.setCurrentIndex(1)
    table = dialog.shortcuts.table
    wait_for(table.isVisible)
    assert table.visualItemRect(table.topLevelItem(0)).height() == table.sizeHintForRow(0)
    dialog.reject()


def test_panels_are_hidden_remembered_and_brought_back(qapp):
    with open_studio(qapp) as studio:
        window = studio.window
        window.actions_by_name["show_results"].trigger()
        assert window.shown_panels == {"settings"}
        open_details(studio)
        # No larger than the screen of the tests: Qt would bring it back smaller.
        window.resize(760, 700)
        pause(50)
        first = window.run_panel.height()
        splitter = window.run_panel.parentWidget()
        assert isinstance(splitter, QSplitter)
        splitter.moveSplitter(splitter.height() - first - 60, 1)
        wait_for(lambda: window.run_panel.height() > first)
        kept = window.run_panel.height()
        window.close()
        wait_for(studio.frame.closed.is_set)
    with open_studio(qapp) as studio:
        window = studio.window
        actions = window.actions_by_name
        wait_for(lambda: window.shown_panels == {"settings", "details"})
        assert not actions["show_results"].isChecked()
        assert actions["details"].isChecked()
        wait_for(lambda: window.run_panel.height() == kept)
        actions["reset_layout"].trigger()
        wait_for(lambda: window.shown_panels == {"results", "settings"})
        assert actions["show_results"].isChecked()
        open_details(studio)
        wait_for(lambda: window.run_panel.height() == first)


@pytest.mark.parametrize(
    "kept",
    [
        {"window/panels": QByteArray(b"what QMainWindow.saveState gave")},
        {"window/panels/version": 2, "window/panels/shown": "training"},
        {"window/panels/version": "three", "window/panels/shown": ""},
        {"window/panels/version": 3, "window/panels/shown": "settings results attic"},
    ],
)
def test_panels_that_another_version_kept_are_forgotten(qapp, kept):
    """A file of another version, or of a person's hand, may name other panels, and divide the room otherwise."""
    settings = user_settings()
    for key, value in {**kept, "window/panels/columns": QByteArray(b"?"), "window/panels/rows": QByteArray()}.items():
        settings.setValue(key, value)
    settings.sync()
    with open_studio(qapp) as studio:
        panel = studio.window.settings_panel
        wait_for(lambda: panel.width() == max(SETTINGS_WIDTH_PX, panel.minimumSizeHint().width()))
        assert studio.window.shown_panels == {"results", "settings"}


def test_the_window_comes_back_where_it_was_but_never_off_the_screens(qapp):
    screen = QGuiApplication.primaryScreen().availableGeometry()
    with open_studio(qapp) as studio:
        # With all panels the window is wider than the screen of the tests.
        studio.window.actions_by_name["show_results"].trigger()
        pause(20)
        studio.window.setGeometry(screen.left() + 40, screen.top() + 60, 641, 571)
        wait_for(lambda: studio.window.geometry().size() == QSize(641, 571))
        place = studio.window.geometry()
    with open_studio(qapp) as studio:
        wait_for(lambda: studio.window.geometry() == place)
        # A monitor to the right is taken away.
        studio.window.move(screen.right() + 3000, screen.top() + 60)
        wait_for(lambda: not screen.intersects(studio.window.frameGeometry()))
    with open_studio(qapp) as studio:
        wait_for(lambda: screen.intersects(studio.window.frameGeometry()))
        assert screen.contains(studio.window.frameGeometry().topLeft() + QPoint(20, 5))


def test_two_messages_at_once_are_both_read_and_escape_takes_them_away(studio, tmp_path):
    for name in ("first.txt", "second.txt"):
        (tmp_path / name).write_text("Dear Sir")
        studio.pictures.open(tmp_path / name)
        wait_for(lambda name=name: name in message(studio))
    bar = studio.window.message_bar
    assert "1 earlier" in [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]
    press(studio, Qt.Key.Key_Escape)
    assert "first.txt" in message(studio)
    press(studio, Qt.Key.Key_Escape)
    assert message(studio) == ""


def test_the_same_message_twice_is_one_and_all_go_at_once(studio, tmp_path):
    bar = studio.window.message_bar
    for text in ("one", "two", "one"):
        bar.show_notice(text)
    assert bar.text == "one"
    assert bar._count.text() == "1 earlier"
    click(bar._all_button)
    assert message(studio) == ""


def test_escape_leaves_the_region_alone_while_a_message_is_there(studio, tmp_path):
    opened(studio, a_photo(tmp_path))
    studio.window.settings_panel.region.edited.emit(Crop(2, 3, 20, 30))
    assert studio.document.crop is not None
    canvas = studio.window.canvas
    canvas.setFocus()
    studio.window.message_bar.show_notice("Saved.")
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert message(studio) == ""
    assert studio.document.crop is not None
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert studio.document.crop is None


def about(studio: Studio) -> AboutDialog:
    studio.window.actions_by_name["about"].trigger()
    wait_for(lambda: studio.about.dialog is not None and studio.about.dialog.names.count() > 0)
    return studio.about.dialog


def test_about_tells_version_method_paper_and_that_nothing_leaves_the_machine(studio):
    dialog = about(studio)
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for part in ("Deep Internal Learning", "CVPR", "2018", "No network use, no telemetry", "MIT licence", "Inter"):
        assert part in told
    assert "No outside pictures are used" in told


def test_the_licences_of_all_that_is_used_are_shown(studio):
    dialog = about(studio)
    bar = dialog.tabs.findChild(QTabBar)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
    shown = {}
    for row in range(dialog.names.count()):
        dialog.names.setCurrentRow(row)
        shown[dialog.names.item(row).text()] = dialog.text.toPlainText()
    assert f"numpy {version('numpy')}" in shown
    assert "LGPL" in shown[f"PySide6_Essentials {version('PySide6-Essentials')}"]
    assert "Permission is hereby granted" in shown[f"typer {version('typer')}"]
    assert "SIL OPEN FONT LICENSE" in shown["Inter 4.0"]
    assert not any(name.startswith("pytest") for name in shown)
    assert all(len(text.splitlines()) > 1 and text.splitlines()[1] for text in shown.values())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    wait_for(lambda: studio.about.dialog is None)


def test_each_control_says_what_it_does_to_the_picture(studio):
    window = studio.window
    silent = [
        one.accessibleName() or type(one).__name__
        for panel in (window.settings_panel, window.picture_page.bar, window.results_panel)
        for one in panel.findChildren(QWidget)
        if isinstance(one, QAbstractButton | QAbstractSlider | QAbstractSpinBox | QComboBox)
        and not isinstance(one, QScrollBar)
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not one.toolTip().endswith((".", ")"))
    ]
    assert [name for name in silent if name not in ("QSlider", "DecimalBox")] == []
    kind = window.settings_panel.degradation.kind
    for index in range(kind.count()):
        kind.activated.emit(index)
        sliders = window.settings_panel.degradation.sliders
        fields = [widget for row in sliders.rows for widget in (row.slider, row.box) if not widget.isHidden()]
        assert sliders.isHidden() or all(widget.toolTip().endswith(".") for widget in fields)
    assert not sliders.isHidden()
