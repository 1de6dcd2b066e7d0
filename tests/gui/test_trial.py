"""Try several: kernels side by side on a region, with real mouse and key events in a real window."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests import piece_of_sample
from tests.studio.studio_loop import PATIENCE_S, click_tool, drag, pause, turn_wheel, unfold, wait_for
from zssr_studio.app.models.degradation.trial import REGION_PX, TileState, candidates_for, region_of
from zssr_studio.app.views.degradation.trial_dialog import TrialDialog
from zssr_studio.engine.events import Notice, NoticeKind, Reason, Started
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.engine.output.validation import Validation
from zssr_studio.imaging.picture import Crop, Picture
from zssr_studio.outcome import Outcome, Result

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio

TAPS = np.outer([1.0, 4, 6, 4, 1], [1.0, 2, 1])


@pytest.fixture
def with_photo(studio: Studio, tmp_path: Path) -> Studio:
    assert not try_button(studio).isEnabled()
    studio.pictures.open(piece_of_sample(tmp_path / "harbour.png", (120, 60, 300, 200)))
    wait_for(lambda: studio.document.picture is not None)
    unfold(studio, "expert")
    return studio


def try_button(studio: Studio):
    return studio.window.settings_panel.degradation.try_button


def open_dialog(studio: Studio) -> TrialDialog:
    QTest.mouseClick(try_button(studio), Qt.MouseButton.LeftButton)
    wait_for(lambda: isinstance(QApplication.activeModalWidget(), TrialDialog))
    return QApplication.activeModalWidget()


def tick(box) -> None:
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(10, box.height() // 2))


def test_a_trial_shows_results_side_by_side_and_a_click_takes_one_over(with_photo):
    click_tool(with_photo, "crop")
    drag(with_photo, (20, 30), (84, 110))
    with_photo.trial.seconds = 0.4
    dialog = open_dialog(with_photo)
    for box in dialog.boxes:
        tick(box)
    assert not dialog.start_button.isEnabled()
    for number in (0, 2):
        tick(dialog.boxes[number])
    seen = []
    with_photo.trial.model.changed.connect(
        lambda *_: seen.append(dialog.progress.value() > 0 and dialog.stop_button.isVisible())
    )
    QTest.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: with_photo.trial.model.tiles and not with_photo.trial.model.is_running)
    assert True in seen
    tiles = with_photo.trial.model.tiles
    assert [tile.state for tile in tiles] == [TileState.DONE, TileState.DONE]
    crop = with_photo.document.crop
    assert [tile.pixels.shape for tile in tiles] == [(2 * crop.height, 2 * crop.width, 3)] * 2
    assert not np.array_equal(tiles[0].pixels, tiles[1].pixels)
    picture = dialog.tiles[0].picture
    turn_wheel(picture, picture.rect().center(), 2)
    assert picture._part == dialog.tiles[1].picture._part
    assert dialog.tiles[1].picture._part.zoom > 1
    QTest.mouseClick(dialog.tiles[1].take_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: with_photo.trial.dialog is None)
    assert with_photo.settings.value.kernel == tiles[1].candidate.choice
    assert isinstance(with_photo.settings.value.kernel, Shape)


@pytest.mark.parametrize("way", ["stop", "escape"])
def test_a_trial_can_be_ended_at_any_time(with_photo, way):
    with_photo.trial.seconds = 600
    dialog = open_dialog(with_photo)
    QTest.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: with_photo.trial.model.tiles and with_photo.trial.model.tiles[0].pixels is not None)
    if way == "stop":
        QTest.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)
        wait_for(dialog.start_button.isVisible)
        dialog.reject()
    else:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    wait_for(lambda: with_photo.trial.dialog is None and not with_photo.tasks.is_busy)
    assert {tile.state for tile in with_photo.trial.model.tiles} == {TileState.DROPPED}
    assert with_photo.settings.value.kernel is None


def test_a_trial_that_is_begun_while_the_one_before_still_ends_is_done_alone(with_photo, monkeypatch):
    """What trains ends at its next event only, which takes its time: until then a person may have asked anew."""
    gate, begun = threading.Event(), []

    def held(job, *_stops, **_options):
        begun.append(job)
        gate.wait(PATIENCE_S)
        yield Started("cpu", *job.out_size, 1, 1)
        values = np.full((*job.out_size, 3), len(begun) / 10, np.float32)
        picture = Picture(values)
        return Result(picture, picture, Outcome(Reason.COMPLETED, "cpu", 1, 1.0, 1.0, 40.0, None))

    monkeypatch.setattr("zssr_studio.pipeline.upscale", held)
    dialog = open_dialog(with_photo)
    QTest.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: len(begun) == 1)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    wait_for(lambda: with_photo.trial.dialog is None)
    dialog = open_dialog(with_photo)
    for box in dialog.boxes[2:]:
        tick(box)
    QTest.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    pause(20)
    gate.set()
    model = with_photo.trial.model
    wait_for(lambda: not with_photo.trial._training.is_running and not model.is_running and len(begun) > 2)
    assert [tile.state for tile in model.tiles] == [TileState.DONE] * 2
    assert [float(tile.pixels[0, 0, 0]) for tile in model.tiles] == pytest.approx([0.2, 0.3])
    assert len(begun) == 3
    dialog.reject()


def test_what_a_run_of_a_trial_has_to_say_is_shown_with_its_kernel(with_photo, monkeypatch):
    from zssr_studio import pipeline

    real = pipeline.upscale

    def telling(job, *stops, **options):
        yield Notice(NoticeKind.GRADUAL_LEFT_OUT)
        return (yield from real(job, *stops, **options))

    monkeypatch.setattr("zssr_studio.pipeline.upscale", telling)
    # In so short a time a busy machine makes hardly a step, and a network that is refused is said of its kernel.
    monkeypatch.setattr(Validation, "interpolation_rmse", lambda *_: 1.0)
    with_photo.trial.seconds = 0.2
    dialog = open_dialog(with_photo)
    for box in dialog.boxes[2:]:
        tick(box)
    QTest.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: [tile.state for tile in with_photo.trial.model.tiles] == [TileState.DONE] * 2)
    wait_for(dialog.start_button.isVisible)
    # Said once, and of no kernel in particular, as it is about all of them.
    assert dialog._status.text().count("are left out") == 1
    assert "Bicubic (ideal): " not in dialog._status.text()


def test_a_failing_trial_says_why(with_photo, monkeypatch):
    def full(_job, *_stops, **_options):
        raise RuntimeError("no room")
        yield

    monkeypatch.setattr("zssr_studio.pipeline.upscale", full)
    dialog = open_dialog(with_photo)
    QTest.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: "no room" in dialog._status.text())
    assert dialog.start_button.isVisible()


def test_the_region_of_a_trial_is_small_and_inside():
    assert region_of(1000, 2000, None) == Crop(436, 936, REGION_PX, REGION_PX)
    assert region_of(1000, 2000, Crop(10, 20, 300, 40)) == Crop(96, 20, REGION_PX, 40)
    assert region_of(7, 9, None) == Crop(0, 0, 7, 9)


@pytest.mark.parametrize(
    "current", [None, Shape("disc", (1.5,)), Shape("motion", (7, 20)), Kernel.from_array(TAPS, "mine.npy")]
)
def test_candidates_are_the_kernel_its_neighbours_and_the_ideal_one(current):
    given = [Kernel.from_array(TAPS, "found")]
    found = candidates_for(current, given, (2.0, 2.0))
    assert len({candidate.title for candidate in found}) == len(found) == 5
    assert current in [candidate.choice for candidate in found[:1]]
    assert None in [candidate.choice for candidate in found]
    assert found[-1].choice is given[0]
    if isinstance(current, Kernel):
        narrow, wide = (candidate.choice.widths_px[0] for candidate in found[2:4])
        assert narrow < current.widths_px[0] < wide
