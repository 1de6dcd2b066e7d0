"""The list of commands and shortcuts of one's own, with real keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.e2e.gestures import CTRL, SHIFT, a_photo, click, opened, press
from tests.studio.studio_loop import click_tool, open_studio, pause, unfold, wait_for
from zssr_studio.app.actions import SPECS
from zssr_studio.app.models.window.command_search import match_score

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTreeWidgetItem

    from zssr_studio.app.studio import Studio
    from zssr_studio.app.views.window.command_palette import CommandPalette
    from zssr_studio.app.views.window.preferences_dialog import PreferencesDialog


def palette_of(studio: Studio) -> CommandPalette:
    press(studio, Qt.Key.Key_P, CTRL | SHIFT)
    palette = studio.commands.palette
    assert palette.isVisible()
    return palette


def items(palette: CommandPalette) -> list[QTreeWidgetItem]:
    return [palette.list.topLevelItem(row) for row in range(palette.list.topLevelItemCount())]


def test_all_actions_of_the_table_are_listed_with_menu_and_keys(studio):
    listed = {item.text(0).removesuffix("  ✓"): item for item in items(palette_of(studio))}
    names = {spec.text.replace("&", "") for spec in SPECS if spec.name != "palette"}
    # This one says what it makes.
    assert names - {"Enlarge"} | {"Enlarge 2×"} <= set(listed)
    assert (listed["Export…"].text(1), listed["Export…"].text(2)) == ("File", "Ctrl+S")
    assert listed["Export…"].isDisabled()
    assert not listed["Open…"].isDisabled()


def test_typed_letters_find_the_best_first_and_enter_runs_it(studio, tmp_path):
    opened(studio, a_photo(tmp_path))
    click_tool(studio, "crop")
    canvas = studio.window.canvas
    canvas.setFocus()
    zoom = canvas.camera.zoom
    palette = palette_of(studio)
    QTest.keyClicks(palette.line, "200")
    assert items(palette)[0].text(0) == "200 %"
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert canvas.camera.zoom != zoom
    palette = palette_of(studio)
    QTest.keyClicks(palette.line, "dthm")
    assert items(palette)[0].text(0) == "Dark theme"
    QTest.keyClicks(palette.line, "zzz")
    assert items(palette) == []
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_what_can_be_run_now_comes_before_what_cannot(studio):
    palette = palette_of(studio)
    QTest.keyClicks(palette.line, "re")
    able = [not item.isDisabled() for item in items(palette)]
    assert True in able
    assert False in able
    assert able == sorted(able, reverse=True)
    assert palette.list.currentItem() is items(palette)[0]


def test_arrows_choose_what_can_be_done_and_what_cannot_is_not_run(studio):
    palette = palette_of(studio)
    QTest.keyClicks(palette.line, "theme")
    first = palette.list.currentItem().text(0)
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    second = palette.list.currentItem().text(0)
    assert first != second
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    names = {"System theme  ✓": "theme_system", "Light theme": "theme_light", "Dark theme": "theme_dark"}
    assert studio.window.actions_by_name[names[second]].isChecked()
    palette = palette_of(studio)
    QTest.keyClicks(palette.line, "export")
    assert next(item.text(0) for item in items(palette)) == "Export…"
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    pause(50)
    assert studio.exports.dialog is None


def test_escape_closes_and_gives_the_focus_back(studio, tmp_path):
    opened(studio, a_photo(tmp_path))
    seed = studio.window.settings_panel.seed
    unfold(studio, "expert")
    seed.setFocus()
    palette = palette_of(studio)
    assert palette.line.hasFocus()
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    wait_for(seed.hasFocus)


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("sbs", "Side by side", "Use these settings"),
        ("sw", "Swap sides", "Side by side"),
        ("reg", "Region", "Remove region"),
        ("open", "Open…", "Profile of the screen… then"),
    ],
)
def test_beginnings_of_words_and_letters_together_count_more(typed, better, worse):
    assert match_score(typed, better) > (match_score(typed, worse) or float("-inf"))


def test_letters_that_are_not_there_fit_nothing():
    assert match_score("xyz", "Open…") is None
    assert match_score("nepo", "Open…") is None


def preferences(studio: Studio) -> PreferencesDialog:
    press(studio, Qt.Key.Key_Comma, CTRL)
    wait_for(lambda: studio.preferences.dialog is not None and studio.preferences.dialog.isVisible())
    dialog = studio.preferences.dialog
    dialog.tabs.setCurrentIndex(1)
    return dialog


def select(dialog: PreferencesDialog, title: str) -> None:
    table = dialog.shortcuts.table
    (item,) = table.findItems(title, Qt.MatchFlag.MatchExactly)
    table.scrollToItem(item)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualItemRect(item).center())


def give(dialog: PreferencesDialog, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    dialog.shortcuts.keys.setFocus()
    QTest.keyClick(dialog.shortcuts.keys, key, keys)
    pause(20)


def keys_of(studio: Studio, name: str) -> str:
    return studio.window.actions_by_name[name].shortcut().toString()


def test_other_keys_take_a_command_and_are_remembered(qapp, tmp_path):
    with open_studio(qapp) as studio:
        dialog = preferences(studio)
        select(dialog, "Fit")
        give(dialog, Qt.Key.Key_J, CTRL)
        assert keys_of(studio, "fit") == "Ctrl+J"
        assert "Ctrl+J" in studio.window.actions_by_name["fit"].toolTip()
        click(dialog.close_button)
        wait_for(lambda: studio.preferences.dialog is None)
    with open_studio(qapp) as studio:
        assert keys_of(studio, "fit") == "Ctrl+J"
        opened(studio, a_photo(tmp_path))
        press(studio, Qt.Key.Key_2)
        assert not studio.window.canvas.is_fitted
        press(studio, Qt.Key.Key_J, CTRL)
        assert studio.window.canvas.is_fitted


def test_keys_that_mean_something_else_are_refused_with_a_sentence(studio):
    dialog = preferences(studio)
    select(dialog, "Fit")
    for key, modifier, told in (
        (Qt.Key.Key_S, CTRL, "Export"),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, "needed"),
        (Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier, "menu File"),
    ):
        give(dialog, key, modifier)
        assert dialog.shortcuts.problem.isVisible()
        assert told in dialog.shortcuts.problem.text()
        assert keys_of(studio, "fit") == "F"
        assert dialog.shortcuts.keys.keySequence().toString() == "F"
    give(dialog, Qt.Key.Key_J)
    assert not dialog.shortcuts.problem.isVisible()


def test_one_and_all_are_reset(studio):
    dialog = preferences(studio)
    select(dialog, "Fit")
    give(dialog, Qt.Key.Key_J)
    select(dialog, "Open…")
    click(dialog.shortcuts.none_button)
    assert keys_of(studio, "open") == ""
    select(dialog, "Loupe")
    give(dialog, Qt.Key.Key_F)
    assert keys_of(studio, "loupe") == "F"
    select(dialog, "Fit")
    click(dialog.shortcuts.reset_button)
    assert "Loupe" in dialog.shortcuts.problem.text()
    assert keys_of(studio, "fit") == "J"
    select(dialog, "Open…")
    click(dialog.shortcuts.reset_button)
    assert keys_of(studio, "open") == "Ctrl+O"
    click(dialog.shortcuts.reset_all_button)
    assert [keys_of(studio, name) for name in ("fit", "loupe")] == ["F", "L"]
    assert not dialog.shortcuts.reset_all_button.isEnabled()
