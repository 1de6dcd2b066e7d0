"""Several runs: queued while one trains, removed, shown side by side, their settings taken over; with real events."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests import piece_of_sample
from tests.studio.studio_loop import answer_question, click_tool, drag, open_details, pause, steps_of, wait_for
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.models.run.run import RunState
from zssr_studio.app.models.run.settings import Settings
from zssr_studio.app.views.run.runs_table import COLUMNS
from zssr_studio.engine.config import Scale
from zssr_studio.engine.kernels.shapes import Shape

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio

# Far longer than a busy machine takes for a test, which stops the run.
UNTIL_STOPPED_S = 3600.0


@pytest.fixture
def opened(studio: Studio, tmp_path: Path) -> Studio:
    photo = piece_of_sample(tmp_path / "harbour.png", (120, 60, 216, 140))
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    open_details(studio)
    tabs = studio.window.run_panel.tabs
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(2).center())
    return studio


def start(studio: Studio, **settings) -> None:
    studio.settings.set_value(Settings(device="cpu", **{"scale": Scale(2, 2), **settings}))
    click_tool(studio, "start")
    pause(20)


def table(studio: Studio):
    return studio.window.run_panel.runs.table


def column(studio: Studio, name: str) -> list[str]:
    index = COLUMNS.index(name)
    return [table(studio).item(row, index).text() for row in range(table(studio).rowCount())]


def click_row(studio: Studio, row: int) -> None:
    place = table(studio).visualItemRect(table(studio).item(row, 0)).center()
    QTest.mouseClick(table(studio).viewport(), Qt.MouseButton.LeftButton, pos=place)


def runs(studio: Studio) -> list:
    return [entry for entry in studio.results.entries if entry.finished is not None]


def test_runs_wait_with_the_settings_of_their_moment_and_have_their_turn(opened):
    start(opened, seconds=UNTIL_STOPPED_S)
    wait_for(lambda: steps_of(opened) > 2)
    assert opened.window.actions_by_name["start"].text() == "&Queue"
    start(opened, steps=3, seed=7)
    click_tool(opened, "crop")
    drag(opened, (10, 10), (42, 50))
    start(opened, steps=4, scale=Scale(3, 3))
    # It waits until the blur for its scale is found.
    wait_for(lambda: len(opened.queue.waiting) == 2)
    # Moving a control now changes none of the three.
    opened.settings.set_value(Settings(Scale(4, 4), steps=5, device="cpu"))
    assert column(opened, "Run") == ["now", "next 1", "next 2"]
    wait_for(lambda: column(opened, "State") == ["training", "waiting", "waiting"])
    assert column(opened, "Scale") == ["2", "2", "3"]
    assert column(opened, "Region") == ["whole", "whole", "40 × 32 at 10, 10"]
    assert "2 waiting" in opened.window.run_panel.tabs.tabText(2)
    click_tool(opened, "stop")
    wait_for(lambda: len(runs(opened)) == 3 and not opened.run.is_running)
    assert [entry.finished.outcome.steps for entry in runs(opened)][1:] == [3, 4]
    assert [entry.finished.job.seed for entry in runs(opened)] == [0, 7, 0]
    assert runs(opened)[2].size == (96, 120)
    wait_for(lambda: column(opened, "State") == ["done"] * 3)
    assert opened.queue.waiting == ()
    wait_for(lambda: opened.window.actions_by_name["start"].text() == "&Enlarge 4×")


def test_one_that_waits_is_removed_by_a_key_and_by_the_button(opened):
    start(opened, seconds=UNTIL_STOPPED_S)
    for seed in (1, 2, 3):
        start(opened, steps=3, seed=seed)
    # They begin once the picture was looked at.
    wait_for(lambda: column(opened, "Seed") == ["0", "1", "2", "3"])
    click_row(opened, 0)
    assert not opened.window.actions_by_name["remove_waiting"].isEnabled()
    click_row(opened, 2)
    QTest.keyClick(table(opened), Qt.Key.Key_Delete)
    assert column(opened, "Seed") == ["0", "1", "3"]
    click_row(opened, 1)
    opened.window.actions_by_name["remove_waiting"].trigger()
    assert column(opened, "Seed") == ["0", "3"]
    click_tool(opened, "stop")
    wait_for(lambda: len(runs(opened)) == 2 and not opened.run.is_running)
    assert [entry.finished.job.seed for entry in runs(opened)] == [0, 3]


def test_settings_and_region_of_a_run_are_taken_over_and_give_the_same_bits(opened):
    click_tool(opened, "crop")
    drag(opened, (10, 10), (42, 50))
    start(opened, steps=4, seed=9, kernel=Shape.parse("gaussian:1.2,0.9,20"), scale=Scale(2, 2))
    wait_for(lambda: len(runs(opened)) == 1)
    opened.window.actions_by_name["remove_crop"].trigger()
    start(opened, steps=3, preset="best")
    wait_for(lambda: len(runs(opened)) == 2)
    first = runs(opened)[0].finished.job
    cells = [table(opened).item(0, COLUMNS.index(name)) for name in ("Preset", "Kernel", "Region", "Scale")]
    assert [cell.font().bold() for cell in cells] == [True, True, True, False]
    click_row(opened, 0)
    opened.window.actions_by_name["use_settings"].trigger()
    value = opened.settings.value
    assert (value.preset, value.steps, value.seed, value.kernel) == ("fast", 4, 9, first.kernel)
    assert opened.document.crop == first.crop
    assert opened.window.settings_panel.seed.value() == 9
    click_tool(opened, "start")
    wait_for(lambda: len(runs(opened)) == 3)
    again = runs(opened)[2]
    assert (again.picture.pixels == runs(opened)[0].picture.pixels).all()


def test_a_queued_run_leaves_what_is_looked_at(opened):
    start(opened, seconds=UNTIL_STOPPED_S)
    start(opened, seconds=UNTIL_STOPPED_S, seed=1)
    wait_for(lambda: len(opened.queue.waiting) == 1 and steps_of(opened) > 2)
    click_tool(opened, "stop")
    wait_for(lambda: len(runs(opened)) == 1 and opened.comparison.value.mode is Mode.SLIDER)
    wait_for(lambda: opened.run.state is RunState.TRAINING and steps_of(opened) > 2)
    assert opened.comparison.value.mode is Mode.SLIDER
    assert opened.comparison.value.selected == runs(opened)[0].key


def test_another_picture_ends_the_queue_after_a_question(opened, tmp_path):
    start(opened, seconds=UNTIL_STOPPED_S)
    start(opened, steps=3)
    wait_for(lambda: opened.run.is_running and len(opened.queue.waiting) == 1)
    other = piece_of_sample(tmp_path / "other.png", (0, 0, 64, 64))
    opened.pictures.open(other)
    answer_question("Discard")
    wait_for(lambda: opened.document.path == other)
    pause(100)
    assert opened.run.state is RunState.IDLE
    assert opened.queue.waiting == ()
    assert table(opened).rowCount() == 0


def test_what_is_asked_for_while_a_run_gives_way_to_another_picture_is_not_trained(opened):
    start(opened, seconds=UNTIL_STOPPED_S)
    wait_for(lambda: steps_of(opened) > 0)
    job, is_running = opened.run.job, []

    async def give_way() -> None:
        discarding = asyncio.ensure_future(opened.runs.discard())
        await asyncio.sleep(0)
        opened.runs.enqueue(replace(job, seed=9))
        await discarding
        is_running.append(opened.runs._training.is_running)

    opened.tasks.start(give_way())
    wait_for(lambda: bool(is_running))
    assert is_running == [False]
    assert opened.run.state is RunState.IDLE
