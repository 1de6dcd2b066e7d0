"""A run that is done goes on from its weights, with real events, and its record says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QSpinBox

from tests import piece_of_sample
from tests.studio.studio_loop import answer_export, answer_question, click_tool, steps_of, wait_for
from zssr_studio.app.models.run.settings import Settings
from zssr_studio.engine.config import Scale

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio


@pytest.fixture
def trained(studio: Studio, tmp_path: Path, request: pytest.FixtureRequest) -> Studio:
    """A studio with a run of a few steps, or of as many as the test asks for."""
    photo = piece_of_sample(tmp_path / "harbour.png", (120, 60, 216, 140))
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    studio.settings.set_value(Settings(Scale(2, 2), steps=getattr(request, "param", 20), device="cpu"))
    click_tool(studio, "start")
    wait_for(lambda: len(runs(studio)) == 1)
    return studio


def runs(studio: Studio) -> list:
    return [entry for entry in studio.results.entries if entry.finished is not None]


def train_on(studio: Studio, seconds: int) -> None:
    studio.window.actions_by_name["train_on"].trigger()
    wait_for(lambda: isinstance(QApplication.activeModalWidget(), QInputDialog))
    box = QApplication.activeModalWidget().findChild(QSpinBox)
    box.selectAll()
    QTest.keyClicks(box, str(seconds))
    answer_question("Train on")


def first_loss(entry) -> float:
    return float(np.mean(entry.finished.history.losses.values[:10]))


@pytest.mark.parametrize("trained", [250], indirect=True)
def test_a_run_goes_on_from_its_weights_and_its_record_says_so(trained, tmp_path):
    first = runs(trained)[0]
    train_on(trained, 3600)
    # Few steps of a slow machine would say nothing of where it begins.
    wait_for(lambda: trained.run.is_running and steps_of(trained) > 20)
    click_tool(trained, "stop")
    wait_for(lambda: len(runs(trained)) == 2)
    second = runs(trained)[1]
    job = second.finished.job
    assert job.init is first.finished.outcome.weights
    assert job.trained_s == first.finished.outcome.training_s
    assert job.seconds == 3600
    assert job.seed == 1
    # It begins where the first one ended, and not where that one began.
    assert first_loss(second) < 0.9 * first_loss(first)
    assert len(second.finished.outcome.weights.pictures) == 1
    assert second.finished.outcome.other_pictures == ()
    told = f"{job.trained_s:.0f} + {second.finished.outcome.training_s:.0f} s"
    row = trained.window.results_panel.list.item([e.key for e in trained.results.entries].index(second.key))
    assert told in row.toolTip()
    target = tmp_path / "out.png"
    click_tool(trained, "export")
    answer_export(target)
    wait_for(target.exists)
    with Image.open(target) as image:
        record = " ".join(str(value) for value in image.info.values())
    assert f"trained on after {job.trained_s:.1f} s" in record
    assert "weights from" not in record


def test_training_on_waits_while_another_run_trains(trained):
    trained.settings.set_value(Settings(Scale(2, 2), seconds=3600.0, device="cpu"))
    click_tool(trained, "start")
    wait_for(lambda: trained.run.is_running)
    train_on(trained, 1)
    wait_for(lambda: len(trained.queue.waiting) == 1)
    assert trained.queue.waiting[0].job.init is runs(trained)[0].finished.outcome.weights
    click_tool(trained, "stop")
    wait_for(lambda: len(runs(trained)) == 3 and not trained.run.is_running)
    assert runs(trained)[2].finished.job.trained_s > 0


def test_who_thinks_better_of_it_starts_nothing(trained):
    trained.window.actions_by_name["train_on"].trigger()
    wait_for(lambda: isinstance(QApplication.activeModalWidget(), QInputDialog))
    dialog = QApplication.activeModalWidget()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    wait_for(lambda: QApplication.activeModalWidget() is None)
    assert not trained.run.is_running
    assert len(runs(trained)) == 1


def test_a_copy_cannot_be_trained_on(trained):
    # It is shown once its display copy is made, and would be shown then instead of the copy.
    wait_for(lambda: trained.window.canvas.scene.after is not None)
    trained.settings.set_value(Settings(Scale(1, 1), device="cpu"))
    click_tool(trained, "start")
    wait_for(lambda: len(runs(trained)) == 2)
    assert not trained.window.actions_by_name["train_on"].isEnabled()
