"""One clock over training and enlarging: what is told of a run, and how it is halted and ended, with real events."""

from __future__ import annotations

import re
import threading
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressBar

from tests import piece_of_sample
from tests.e2e.gestures import message
from tests.studio.studio_loop import PATIENCE_S, click_tool, look_over, pause, steps_of, tool_button, wait_for
from zssr_studio import pipeline
from zssr_studio.app.models.run.run import RunState
from zssr_studio.app.models.run.settings import Settings
from zssr_studio.engine.config import Scale
from zssr_studio.engine.events import Notice, NoticeKind
from zssr_studio.engine.output import enlarger
from zssr_studio.engine.output.validation import Validation
from zssr_studio.forecast import Speed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zssr_studio.app.studio import Studio

STEPS = 4
SETTINGS = Settings(Scale(2, 2), steps=STEPS, seed=3, device="cpu")
# So small that the photo of 96 x 80 pixels, doubled, has nine in each of eight passes.
TILE_PX = 64
TILES = 9
# Far longer than a busy machine takes for a test, which ends the run.
UNTIL_STOPPED_S = 3600.0


class Gate:
    """Lets what the last enlargement tells pass by ones, or all of it."""

    def __init__(self) -> None:
        self.is_open = self.is_held = False
        self.passed = 0
        self._tickets = threading.Semaphore(0)
        self._bands = pipeline.bands

    def bands(self, *arguments, **options):
        for made in self._bands(*arguments, **options):
            yield made
            if not self.is_open:
                self.is_held = True
                assert self._tickets.acquire(timeout=PATIENCE_S)
                self.passed += 1

    def let_pass(self, count: int) -> None:
        for _ in range(count):
            self._tickets.release()

    def open(self) -> None:
        self.is_open = True
        self.let_pass(1)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate()
    monkeypatch.setattr(enlarger, "HR_TILE_PX", TILE_PX)
    monkeypatch.setattr(pipeline, "bands", made.bands)
    # After a few steps the network would be refused, and interpolation has no passes.
    monkeypatch.setattr(Validation, "interpolation_rmse", lambda *_: 1.0)
    yield made
    made.open()


@pytest.fixture
def opened(studio: Studio, tmp_path: Path) -> Studio:
    photo = piece_of_sample(tmp_path / "harbour.png", (120, 60, 216, 140))
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    studio.settings.set_value(SETTINGS)
    return studio


def told(studio: Studio) -> str:
    return studio.window.status_strip.text


def bar(studio: Studio) -> float:
    shown = studio.window.status_strip.findChild(QProgressBar)
    return shown.value() / shown.maximum()


def enlarging(studio: Studio) -> None:
    click_tool(studio, "start")
    wait_for(lambda: studio.run.state is RunState.ENLARGING)


def finished(studio: Studio) -> None:
    wait_for(lambda: studio.run.state is RunState.FINISHED)


def after_a_click(action: str, studio: Studio) -> None:
    """Click, and let the interval of a double click pass."""
    click_tool(studio, action)
    pause(QApplication.doubleClickInterval() + 50)


def test_one_bar_tells_training_and_enlarging_and_its_text_the_same(opened: Studio, gate: Gate) -> None:
    enlarging(opened)
    shares, texts = [bar(opened)], [told(opened)]
    for _ in range(8):
        gate.let_pass(TILES)
        before_s = opened.run.clock.elapsed_s
        wait_for(lambda before_s=before_s: opened.run.clock.elapsed_s > before_s)
        pause(100)
        shares.append(bar(opened))
        texts.append(told(opened))
    assert all(a <= b for a, b in pairwise(shares))
    for share, text in zip(shares, texts, strict=True):
        assert abs(int(re.search(r"(\d+) %|(\d+)%", text)[0].rstrip(" %")) / 100 - share) < 0.011, text
        assert "left" in text, text
    gate.open()
    # On a busy machine the time at the gate counts as slowness, and the share stands still for many tiles.
    wait_for(lambda: opened.run.clock.share > shares[0])
    finished(opened)


def test_an_enlargement_is_halted_and_goes_on(opened: Studio, gate: Gate) -> None:
    enlarging(opened)
    # Once the worker stands there; else it would be halted before, and nothing would pass.
    wait_for(lambda: gate.is_held)
    click_tool(opened, "pause")
    wait_for(lambda: opened.run.state is RunState.PAUSED)
    gate.let_pass(3 * TILES)
    # What is in hand is done; then nothing more is made.
    wait_for(lambda: gate.passed == 1)
    pause(200)
    assert gate.passed == 1
    halted = opened.run.clock.share
    assert "Paused" in told(opened)
    click_tool(opened, "pause")
    wait_for(lambda: opened.run.state is RunState.ENLARGING)
    # On a busy machine the time at the gate counts as slowness, and the share stands still for many tiles.
    gate.open()
    wait_for(lambda: opened.run.clock.share > halted)
    finished(opened)
    assert opened.run.result.outcome.passes_share == 1


def test_stop_makes_the_rest_of_an_enlargement_in_one_pass_and_says_so(opened: Studio, gate: Gate) -> None:
    enlarging(opened)
    assert tool_button(opened, "stop").isEnabled()
    gate.let_pass(2 * TILES)
    wait_for(lambda: gate.passed == 2 * TILES)
    click_tool(opened, "stop")
    wait_for(lambda: "one pass" in opened.window.actions_by_name["stop"].toolTip() or opened.run.is_hurried)
    gate.let_pass(1)
    wait_for(lambda: "one pass" in message(opened))
    gate.open()
    finished(opened)
    outcome = opened.run.result.outcome
    assert 0 < outcome.passes_share < 1
    assert outcome.steps == STEPS
    wait_for(lambda: "Stopped" in told(opened))
    assert f"{100 * outcome.passes_share:.0f} % of the passes" in told(opened)
    # It held while the picture was made.
    wait_for(lambda: message(opened) == "")


def test_a_second_stop_ends_without_a_picture_and_what_was_learned_is_gone_on_from(opened: Studio, gate: Gate) -> None:
    enlarging(opened)
    after_a_click("stop", opened)
    click_tool(opened, "stop")
    gate.open()
    wait_for(lambda: opened.run.state is RunState.IDLE)
    wait_for(lambda: "without a picture" in message(opened))
    assert [entry for entry in opened.results.entries if entry.finished is not None] == []
    click_tool(opened, "start")
    finished(opened)
    assert opened.run.job.checkpoint is not None
    again = opened.run.result
    assert (again.outcome.steps, again.outcome.passes_share) == (STEPS, 1)
    pause(QApplication.doubleClickInterval() + 50)
    click_tool(opened, "start")
    wait_for(lambda: len([entry for entry in opened.results.entries if entry.finished is not None]) == 2)
    assert opened.run.job.checkpoint is None
    np.testing.assert_array_equal(again.picture.pixels, opened.run.result.picture.pixels)


def test_a_double_click_starts_one_run(opened: Studio, gate: Gate) -> None:
    button = tool_button(opened, "start")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_for(lambda: opened.run.is_running)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    pause(50)
    assert opened.queue.waiting == ()


def test_a_key_that_is_held_down_asks_once(opened: Studio) -> None:
    opened.settings.set_value(Settings(Scale(2, 2), seconds=UNTIL_STOPPED_S, device="cpu"))
    QTest.keyPress(opened.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: opened.run.is_running)
    pause(QApplication.doubleClickInterval() + 50)
    for _ in range(3):
        event = QKeyEvent(
            QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "\r", autorep=True
        )
        QApplication.sendEvent(opened.window, event)
        pause(20)
    assert opened.queue.waiting == ()
    assert message(opened) == ""


def test_the_same_run_again_is_refused_with_a_sentence_and_another_one_waits(opened: Studio) -> None:
    # Until the picture was looked at, a start waits for that.
    look_over(opened)
    opened.settings.set_value(Settings(Scale(2, 2), seconds=UNTIL_STOPPED_S, device="cpu"))
    after_a_click("start", opened)
    # What a run says as it begins is said.
    wait_for(lambda: steps_of(opened) > 0)
    after_a_click("start", opened)
    wait_for(lambda: "going on already" in message(opened))
    assert opened.queue.waiting == ()
    opened.settings.set_value(Settings(Scale(2, 2), seconds=UNTIL_STOPPED_S, seed=1, device="cpu"))
    after_a_click("start", opened)
    wait_for(lambda: [one.job.seed for one in opened.queue.waiting] == [1])
    after_a_click("start", opened)
    wait_for(lambda: "waits for its turn already" in message(opened))
    assert len(opened.queue.waiting) == 1


def test_a_run_of_few_steps_says_so_and_offers_to_train_on(opened: Studio) -> None:
    opened.settings.set_value(Settings(Scale(2, 2), seconds=UNTIL_STOPPED_S, device="cpu"))
    # As of a machine that makes a thousand steps where this one makes one.
    opened.forecast.set_speed("fast", "cpu", Speed(1e-5, 1e-6, 1e-6))
    click_tool(opened, "start")
    wait_for(lambda: opened.run.step is not None)
    # As the engine tells it beside busy programs.
    busy = Notice(NoticeKind.FEWER_THREADS, {"threads": 1, "most": 2})
    opened.run.take([busy])
    assert "Other programs" in message(opened)
    click_tool(opened, "stop")
    finished(opened)
    steps = opened.run.result.outcome.steps
    wait_for(lambda: f"only {steps} steps" in told(opened))
    assert "are usual here" in told(opened)
    # Other notes may stand, such as that interpolation was better.
    wait_for(lambda: "Other programs" not in message(opened))
    button = tool_button(opened, "train_on")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_for(lambda: QApplication.activeModalWidget() is not None)
    QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)
    wait_for(lambda: QApplication.activeModalWidget() is None)


def test_a_run_that_made_what_was_asked_says_what_it_did(opened: Studio) -> None:
    click_tool(opened, "start")
    finished(opened)
    wait_for(lambda: f"{STEPS} steps in" in told(opened))
    assert "as many as were asked for" in told(opened)
    assert tool_button(opened, "train_on") is None
