"""Regions by exact numbers and shapes, and a trial in its place, with real events."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests import piece_of_sample
from tests.studio.studio_loop import click_tool, drag, pause, unfold, wait_for
from zssr_studio.app.models.run.settings import Settings
from zssr_studio.app.worker import Ending, RunEnded
from zssr_studio.engine.config import Scale
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.picture import Crop, Picture
from zssr_studio.imaging.write import write_picture

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio
    from zssr_studio.job import Job


@pytest.fixture
def opened(studio: Studio, tmp_path: Path) -> Studio:
    photo = piece_of_sample(tmp_path / "harbour.png", (100, 40, 300, 190))
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    studio.settings.set_value(Settings(Scale(2, 2), device="cpu"))
    unfold(studio, "region")
    return studio


def panel(studio: Studio):
    return studio.window.settings_panel.region


def type_number(studio: Studio, name: str, value: int) -> None:
    box = panel(studio).numbers[name]
    box.setFocus(Qt.FocusReason.TabFocusReason)
    box.selectAll()
    QTest.keyClicks(box, str(value))
    QTest.keyClick(box, Qt.Key.Key_Return)


def write_shape(studio: Studio, text: str) -> None:
    line = panel(studio).aspect.lineEdit()
    line.setFocus(Qt.FocusReason.TabFocusReason)
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def shown_name(studio: Studio) -> str:
    shown = studio.window.canvas.scene.shown
    return shown[0].name if shown else ""


def test_exact_numbers_make_and_change_a_region(opened):
    assert not panel(opened).numbers["top"].isHidden()
    for name, value in (("top", 20), ("left", 30), ("height", 64), ("width", 80)):
        type_number(opened, name, value)
    assert opened.document.crop == Crop(20, 30, 64, 80)
    assert opened.window.canvas.scene.crop == opened.document.crop
    type_number(opened, "left", 150)
    assert opened.document.crop == Crop(20, 150, 64, 50)
    click_tool(opened, "crop")
    drag(opened, (100, 20), (140, 70))
    assert [box.value() for box in panel(opened).numbers.values()] == [100, 20, 40, 50]
    opened.window.actions_by_name["remove_crop"].trigger()
    assert [box.value() for box in panel(opened).numbers.values()] == [0, 0, 150, 200]


def test_a_shape_is_kept_while_drawing_resizing_and_typing(opened):
    write_shape(opened, "16:9")
    click_tool(opened, "crop")
    drag(opened, (10, 10), (30, 90))
    assert opened.document.crop == Crop(10, 10, 45, 80)
    drag(opened, (55, 90), (100, 122))
    assert opened.document.crop.width / opened.document.crop.height == pytest.approx(16 / 9, rel=0.03)
    assert (opened.document.crop.top, opened.document.crop.left) == (10, 10)
    type_number(opened, "width", 160)
    assert opened.document.crop == Crop(10, 10, 90, 160)
    write_shape(opened, "Original")
    crop = opened.document.crop
    assert crop.width / crop.height == pytest.approx(200 / 150, rel=0.02)
    write_shape(opened, "5:4")
    crop = opened.document.crop
    assert crop.width / crop.height == pytest.approx(5 / 4, rel=0.02)
    write_shape(opened, "round")
    assert panel(opened)._problem.isVisible()
    assert "stays 5:4" in panel(opened)._problem.text()
    assert opened.document.crop == crop
    write_shape(opened, "Free")
    assert not panel(opened)._problem.isVisible()
    type_number(opened, "height", 20)
    assert opened.document.crop.width == crop.width


def test_a_trial_is_seen_in_its_place_and_taken_away_again(opened):
    opened.in_place.seconds = 1.0
    opened.document.set_crop(Crop(20, 30, 64, 80))
    QTest.keyClick(opened.window, Qt.Key.Key_T)
    wait_for(lambda: shown_name(opened).startswith("Trying"))
    wait_for(lambda: shown_name(opened).startswith("Tried"))
    scene = opened.window.canvas.scene
    layer = scene.shown[0].layer
    assert (layer.rect.top(), layer.rect.left(), layer.rect.height(), layer.rect.width()) == (20, 30, 64, 80)
    assert (layer.pyramid.height, layer.pyramid.width) == (128, 160)
    assert scene.base is not None
    # It is no run of the list, and nothing else was touched.
    assert [entry.name for entry in opened.results.entries] == ["Input"]
    assert opened.document.crop == Crop(20, 30, 64, 80)
    before = opened.window.canvas.grab().toImage()
    QTest.keyClick(opened.window, Qt.Key.Key_T)
    assert shown_name(opened) == ""
    wait_for(lambda: opened.window.canvas.grab().toImage() != before)


def test_a_trial_is_shown_in_the_colours_of_the_picture_while_it_goes_on(studio, tmp_path):
    """Its previews as its outcome: a picture of another colour space than the screen's is converted."""
    values = np.random.default_rng(0).normal((0.2, 0.6, 0.3), 0.002, (64, 64, 3)).astype(np.float32)
    picture = Picture(values, icc_profile=profiles.named_profile(profiles.PROPHOTO))
    write_picture(picture, tmp_path / "green.png", overwrite=False)
    studio.pictures.open(tmp_path / "green.png")
    wait_for(lambda: studio.document.picture is not None)
    studio.settings.set_value(Settings(Scale(2, 2), device="cpu"))
    studio.in_place.seconds = 60.0
    studio.window.actions_by_name["try_here"].trigger()
    wait_for(lambda: shown_name(studio).startswith("Trying"))
    scene = studio.window.canvas.scene
    tried, base = (layer.pyramid.levels[0].pixelColor(20, 20).getRgb() for layer in (scene.shown[0].layer, scene.base))
    assert tried == pytest.approx(base, abs=4)


def test_a_trial_that_was_taken_back_and_asked_for_again_while_it_waits_begins_once(opened, monkeypatch):
    looked, over, begun = asyncio.Event(), asyncio.Event(), []

    async def train(job: Job) -> RunEnded:
        begun.append(job)
        await over.wait()
        return RunEnded(Ending.FAILED, message="It was not really begun.")

    monkeypatch.setattr(opened.in_place, "_looked", looked.wait)
    monkeypatch.setattr(opened.in_place._training, "train", train)
    for _ in range(3):
        opened.window.actions_by_name["try_here"].trigger()
    pause(20)
    looked.set()
    wait_for(lambda: bool(begun))
    pause(20)
    over.set()
    wait_for(lambda: not opened.tasks.is_busy)
    assert len(begun) == 1


def test_a_trial_ends_with_what_it_depends_on(opened):
    opened.in_place.seconds = 60.0
    action = opened.window.actions_by_name["try_here"]
    for change in (
        lambda: opened.document.set_crop(Crop(10, 10, 40, 40)),
        lambda: opened.settings.set_value(Settings(Scale(3, 3), device="cpu", steps=3)),
        lambda: click_tool(opened, "start"),
    ):
        action.trigger()
        wait_for(lambda: shown_name(opened).startswith("Trying"))
        change()
        # A run of few steps may be over and shown by now.
        wait_for(lambda: not action.isChecked() and not shown_name(opened).startswith(("Trying", "Tried")))
        # The thread goes as well.
        wait_for(lambda: not opened.in_place._training.is_running)
    wait_for(lambda: opened.run.result is not None)


def test_a_large_region_is_tried_in_its_middle(opened, monkeypatch):
    monkeypatch.setattr("zssr_studio.app.controllers.run.try_in_place.MOST_PX", 48)
    opened.in_place.seconds = 0.5
    opened.window.actions_by_name["try_here"].trigger()
    wait_for(lambda: shown_name(opened).startswith("Tried"))
    rect = opened.window.canvas.scene.shown[0].layer.rect
    assert (rect.top(), rect.left(), rect.height(), rect.width()) == (51, 76, 48, 48)


def test_a_shape_is_kept_by_regions_of_the_next_picture(opened, tmp_path):
    write_shape(opened, "2:1")
    other = piece_of_sample(tmp_path / "other.png", (0, 0, 200, 160))
    opened.pictures.open(other)
    wait_for(lambda: opened.document.path == other)
    assert panel(opened).aspect.currentText() == "2:1"
    click_tool(opened, "crop")
    drag(opened, (20, 20), (80, 120))
    assert opened.document.crop is not None
    assert opened.document.crop.width == 2 * opened.document.crop.height
