"""The film of a run: going back through its outputs while it trains and afterwards, with real events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests import piece_of_sample
from tests.studio.studio_loop import click_tool, open_details, steps_of, wait_for
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.models.run.film import MAX_FRAMES, Film, Frame
from zssr_studio.app.models.run.settings import Settings
from zssr_studio.engine.config import Scale

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio


@pytest.fixture
def opened(studio: Studio, tmp_path: Path) -> Studio:
    photo = piece_of_sample(tmp_path / "harbour.png", (120, 60, 216, 140))
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    studio.settings.set_value(Settings(Scale(2, 2), seconds=3600.0, device="cpu"))
    open_details(studio)
    tabs = studio.window.run_panel.tabs
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    return studio


def strip(studio: Studio):
    return studio.window.run_panel.film


def click_frame(studio: Studio, row: int) -> None:
    listed = strip(studio).list
    place = listed.visualItemRect(listed.item(row)).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)


def shown_name(studio: Studio) -> str:
    shown = studio.window.canvas.scene.shown
    return shown[0].name if shown else ""


def test_a_frame_is_shown_in_its_place_while_training_goes_on_and_escape_goes_back(opened):
    click_tool(opened, "start")
    wait_for(lambda: strip(opened).list.count() > 3)
    strip(opened).list.scrollToTop()
    click_frame(opened, 0)
    assert shown_name(opened) == opened.run.history.film.frames[0].name
    layer = opened.window.canvas.scene.shown[0].layer
    assert (layer.rect.width(), layer.rect.height()) == (96, 80)
    QTest.keyClick(strip(opened).list, Qt.Key.Key_Right)
    second = opened.run.history.film.frames[1]
    assert shown_name(opened) == second.name
    # More frames come, and the one that was chosen stays.
    count, steps = strip(opened).list.count(), steps_of(opened)
    wait_for(lambda: strip(opened).list.count() > count and steps_of(opened) > steps)
    assert shown_name(opened) == second.name
    assert strip(opened).current is second
    QTest.keyClick(strip(opened).list, Qt.Key.Key_Escape)
    assert shown_name(opened) == ""
    assert opened.window.canvas.scene.preview is not None


def test_afterwards_the_films_of_all_runs_can_be_gone_through(opened):
    opened.settings.set_value(Settings(Scale(2, 2), steps=6, device="cpu"))
    for count in (1, 2):
        click_tool(opened, "start")
        wait_for(lambda count=count: len(opened.results.entries) == 2 + count)
    first, second = (entry for entry in opened.results.entries if entry.finished is not None)
    assert first.finished.history is not second.finished.history
    wait_for(lambda: strip(opened).list.count() == len(second.finished.history.film.frames) > 0)
    wait_for(lambda: opened.comparison.value.mode is Mode.SLIDER)
    click_frame(opened, 0)
    assert shown_name(opened) == second.finished.history.film.frames[0].name
    assert opened.comparison.value.mode is Mode.SINGLE
    row = [entry.key for entry in opened.results.entries].index(first.key)
    listed = opened.window.results_panel.list
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=listed.visualItemRect(listed.item(row)).center())
    # Who goes to a run looks at its result, its curves and its film.
    wait_for(lambda: strip(opened).current is None)
    assert opened.training.history is first.finished.history
    assert opened.window.run_panel.text.startswith("Run 1 finished")
    assert opened.window.run_panel.figures.values["Step"] == "6"
    click_frame(opened, 0)
    assert shown_name(opened) == first.finished.history.film.frames[0].name
    QTest.mouseClick(strip(opened).back, Qt.MouseButton.LeftButton)
    assert shown_name(opened) == ""
    # Escape leaves the frame first, and then takes a message away.
    opened.window.message_bar.dismiss()
    opened.window.message_bar.show_notice("Something to know.")
    click_frame(opened, 0)
    assert shown_name(opened) != ""
    QTest.keyClick(strip(opened).list, Qt.Key.Key_Escape)
    assert shown_name(opened) == ""
    assert opened.window.message_bar.isVisible()
    QTest.keyClick(strip(opened).list, Qt.Key.Key_Escape)
    assert not opened.window.message_bar.isVisible()


def test_a_frame_goes_with_its_picture(opened, tmp_path):
    opened.settings.set_value(Settings(Scale(2, 2), steps=6, device="cpu"))
    click_tool(opened, "start")
    wait_for(lambda: opened.comparison.value.mode is Mode.SLIDER and strip(opened).list.count() > 0)
    opened.results.mark_exported(opened.results.current)
    click_frame(opened, 0)
    assert shown_name(opened) != ""
    other = piece_of_sample(tmp_path / "other.png", (0, 0, 60, 50))
    opened.pictures.open(other)
    wait_for(lambda: opened.document.path == other)
    assert shown_name(opened) == ""
    assert not opened.scene.is_occupied


def test_a_film_holds_few_frames_evenly_spread_however_long_a_run_takes():
    film, pixels = Film(), np.zeros((4, 4, 3), np.uint8)
    for step in range(10_000):
        film.add(Frame(step, step / 10, 0, 0, pixels))
    steps = [frame.step for frame in film.frames]
    assert len(steps) < MAX_FRAMES
    assert steps[0] == 0
    assert len(set(np.diff(steps))) == 1
    assert steps[-1] > 9_000
    assert film.held_bytes == len(steps) * pixels.nbytes
