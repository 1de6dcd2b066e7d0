"""Training that can be seen: curves, values, zoom, files of the curves, with real events."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from tests import piece_of_sample
from tests.studio.studio_loop import (
    answer_file_dialog,
    click_tool,
    open_details,
    pause,
    told_ahead,
    turn_wheel,
    wait_for,
)
from zssr_studio.app.models.run.history import History
from zssr_studio.app.models.run.settings import Settings
from zssr_studio.app.views.run.curves_page import HIDDEN_SIZE
from zssr_studio.engine.config import Scale
from zssr_studio.engine.events import Started, Step

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio


@pytest.fixture
def opened(studio: Studio, tmp_path: Path) -> Studio:
    photo = piece_of_sample(tmp_path / "harbour.png", (120, 60, 216, 140))
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    open_details(studio)
    return studio


def train(studio: Studio, steps: int, preset: str = "fast") -> None:
    studio.settings.set_value(Settings(Scale(2, 2), preset, steps=steps, device="cpu"))
    click_tool(studio, "start")
    wait_for(lambda: studio.run.result is not None)
    # What follows a run, such as its maps' figures beside the curves, moves the curves a last time.
    told_ahead(studio)
    pause(300)


def told_at(plot, point: QPoint) -> str:
    """Point at a place of the curves; a hand moves more than once, and pyqtgraph passes over what follows at once."""
    for place in (point + QPoint(0, 1), point):
        QTest.mouseMove(plot.plot.viewport(), place)
        pause(20)
    return plot.legend


def test_the_curves_tell_their_values_under_the_pointer_and_the_stages_are_marked(opened):
    train(opened, 120)
    plot, history = opened.window.run_panel.plot, opened.run.history
    assert [mark.text for mark in history.marks] == [f"stage {n}" for n in range(1, 7)]
    assert "training loss" in plot.legend
    viewport = plot.plot.viewport()
    for share in (0.3, 0.6):
        point = QPoint(round(viewport.width() * share), viewport.height() // 2)
        at = plot.view.mapSceneToView(QPointF(point)).x()
        moment = history.at(at)
        assert abs(moment.step - at) <= 0.5
        wait_for(lambda point=point, moment=moment: f"step {moment.step:.0f} " in told_at(plot, point))
        assert f"loss {moment.loss:.4f}" in plot.legend
        assert f"reconstruction {moment.rmse:.4f}" in plot.legend


def test_keys_go_along_the_curves_and_zoom_and_back(opened):
    train(opened, 60)
    plot = opened.window.run_panel.plot
    plot.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        QTest.keyClick(plot, Qt.Key.Key_Right)
    wait_for(lambda: "step 3 " in plot.legend)
    whole = plot.view.viewRect().width()
    QTest.keyClick(plot, Qt.Key.Key_Plus)
    wait_for(lambda: plot.view.viewRect().width() < whole and plot.whole.isVisible())
    QTest.mouseClick(plot.whole, Qt.MouseButton.LeftButton)
    wait_for(lambda: plot.view.viewRect().width() == pytest.approx(whole) and not plot.whole.isVisible())


def test_the_wheel_and_a_drag_zoom_and_a_double_click_shows_all(opened):
    train(opened, 60)
    plot = opened.window.run_panel.plot
    viewport = plot.plot.viewport()
    whole = plot.view.viewRect().width()
    middle = viewport.rect().center()
    turn_wheel(viewport, middle, 4)
    wait_for(lambda: plot.view.viewRect().width() < whole)
    once = plot.view.viewRect().width()
    left, right = (QPoint(round(viewport.width() * share), viewport.height() // 2) for share in (0.4, 0.7))
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=left - QPoint(0, 20))
    for share in (0.3, 0.6, 1.0):
        QTest.mouseMove(viewport, left + (right - left) * share + QPoint(0, round(40 * share) - 20))
        pause(20)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=right + QPoint(0, 20))
    wait_for(lambda: plot.view.viewRect().width() < 0.5 * once)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=middle)
    wait_for(lambda: plot.view.viewRect().width() == pytest.approx(whole))


def test_the_drops_of_the_papers_rate_are_marked(opened, monkeypatch):
    monkeypatch.setattr("zssr_studio.engine.training.schedule.slope_is_lost", lambda _steps, _errors: True)
    monkeypatch.setattr("zssr_studio.engine.training.schedule.SLOPE_RANGE_STEPS", 1)
    monkeypatch.setattr("zssr_studio.engine.training.schedule.CHECK_EVERY_STEPS", 2)
    train(opened, 12, "paper")
    history = opened.run.history
    assert [mark.text for mark in history.marks] == ["rate 0.0001", "rate 1e-05"]
    assert [history.at(mark.step).learning_rate for mark in history.marks] == pytest.approx([1e-4, 1e-5])


def test_the_curves_are_saved_as_a_table_and_as_a_picture(opened, tmp_path):
    train(opened, 120)
    action = opened.window.actions_by_name["save_curves"]
    table, image = tmp_path / "curves.csv", tmp_path / "curves.png"
    action.trigger()
    answer_file_dialog(table)
    wait_for(table.exists)
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["step"]) for row in rows] == list(range(121))
    assert [row["mark"] for row in rows if row["mark"]] == [f"stage {n}" for n in range(1, 7)]
    losses = [float(row["training_loss"]) for row in rows if row["training_loss"]]
    assert losses == pytest.approx(opened.run.history.losses.values)
    assert sum(bool(row["reconstruction_rmse"]) for row in rows) == len(opened.run.history.reconstructions.steps) > 1
    action.trigger()
    answer_file_dialog(image)
    wait_for(image.exists)
    with Image.open(image) as saved:
        plot = opened.window.run_panel.plot
        assert saved.size == (2 * plot.width(), 2 * plot.height())
        assert len(np.unique(np.asarray(saved.convert("L")))) > 20


def test_curves_that_nobody_looked_at_are_saved_too(studio, tmp_path):
    """They are drawn when they are first seen; saving them must not wait for that."""
    photo = piece_of_sample(tmp_path / "harbour.png", (120, 60, 216, 140))
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    train(studio, 30)
    curves = studio.window.run_panel.curves
    assert not curves.isVisible()
    image = tmp_path / "curves.png"
    studio.window.actions_by_name["save_curves"].trigger()
    answer_file_dialog(image)
    wait_for(image.exists)
    with Image.open(image) as saved:
        assert saved.size == (2 * HIDDEN_SIZE.width(), 2 * HIDDEN_SIZE.height())
        drawn = np.asarray(saved.convert("RGB")).astype(int)
    # The blue line of the loss goes through the whole width.
    blue = (drawn[..., 2] - drawn[..., 0] > 80).any(axis=0)
    assert blue[200:1600:50].mean() > 0.8
    open_details(studio)
    wait_for(lambda: curves.isVisible() and "training loss" in curves.plot.legend)


def test_figures_stand_beside_the_curves(opened):
    opened.settings.set_value(Settings(Scale(2, 2), seconds=3600.0, device="cpu"))
    figures = opened.window.run_panel.figures
    assert not opened.window.actions_by_name["save_curves"].isEnabled()
    click_tool(opened, "start")
    wait_for(lambda: figures.values.get("Speed", "–") != "–" and figures.values["Left"] != "–")
    assert list(figures.values) == ["Step", "Elapsed", "Left", "Speed", "Memory", "Device"]
    assert figures.values["Device"] == "cpu"
    assert float(figures.values["Memory"].removesuffix(" GB")) > 0
    assert float(figures.values["Speed"].removesuffix(" steps/s")) > 0
    click_tool(opened, "stop")
    wait_for(lambda: opened.run.result is not None)
    outcome = opened.run.result.outcome
    wait_for(lambda: figures.values["Step"] == str(outcome.steps))
    assert figures.values["Speed"] == f"{outcome.steps / outcome.training_s:.3g} steps/s"


def test_hundreds_of_thousands_of_steps_stay_within_bounds():
    history = History()
    history.take(Started("cpu", 2, 2, 1, 1))
    for step in range(1, 200_001):
        history.take(Step(step, 0, 0.01, 0.1, step / 100, 0.5, None))
    assert len(history.losses.steps) == len(history.seconds.steps) <= 1200
    assert history.steps_per_s == pytest.approx(100)
    assert history.at(150_000).elapsed_s == pytest.approx(1500, abs=5)
