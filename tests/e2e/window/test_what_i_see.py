"""What I see: a picture is looked at as it opens, and what is found has a switch; with real events in a real window."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from scipy.ndimage import gaussian_filter
from skimage import data

from tests import piece_of_sample
from tests.e2e.gestures import CTRL, SHIFT, click, opened, press
from tests.studio.studio_loop import (
    PATIENCE_S,
    answer_file_dialog,
    click_tool,
    drag,
    look_over,
    open_studio,
    pause,
    unfold,
    wait_for,
)
from zssr_studio.app.controllers.degradation import look
from zssr_studio.app.models.degradation.degradation import title_of
from zssr_studio.app.models.degradation.found import FindingKind, cause_in
from zssr_studio.app.models.run.effort import Effort, effort_of
from zssr_studio.app.models.run.settings import Settings
from zssr_studio.engine.config import Scale
from zssr_studio.engine.damage import NO_DAMAGE, ColouredNoise, Damage, Noise
from zssr_studio.engine.events import Notice, NoticeKind, Reason
from zssr_studio.engine.kernels.estimate import Estimate, Finding
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.imaging.picture import Crop
from zssr_studio.job import Outcome, Result
from zssr_studio.jpeg_tables import JpegTables

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from zssr_studio.app.studio import Studio
    from zssr_studio.app.views.degradation.seen_panel import SeenPanel
    from zssr_studio.engine.events import Event
    from zssr_studio.job import Job

pytestmark = pytest.mark.looks

SOFT = Damage(Noise.even(0.03, 3), JpegTables.of_quality(60))


def panel_of(studio: Studio) -> SeenPanel:
    return studio.window.settings_panel.seen


def rows_of(studio: Studio) -> list[str]:
    """What stands in the panel, as read from top to bottom."""
    return [
        f"{row.text.text()} | {row.sureness.text()} | {'on' if row.switch.isChecked() else 'off'}"
        for row in panel_of(studio).rows.values()
        if row.isVisible()
    ]


def undone(studio: Studio) -> set[FindingKind]:
    return {kind for kind in FindingKind if cause_in(studio.settings.value, kind) is not None}


def photo(folder: Path, name: str) -> Path:
    return piece_of_sample(folder / name, (120, 60, 200, 120))


def estimate_of(_part: object, scale: tuple[float, float], _damage: object) -> Estimate:
    kernel = Shape("gaussian", (1.4 * scale[0], 1.4 * scale[0], 0)).kernel(scale)
    return Estimate(Finding.GAUSSIAN, kernel, (1.4 * scale[0],) * 2, 0.0, 0.05)


@pytest.fixture
def soft(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever opens is found soft, noisy and compressed at once: what is asked here is what comes of it."""
    monkeypatch.setattr(look, "_find_damage", lambda _part: SOFT)
    monkeypatch.setattr(look, "_estimate", estimate_of)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """As `soft`, but nothing is found before the event is set."""
    found = threading.Event()

    def wait(_part: object) -> Damage:
        assert found.wait(PATIENCE_S)
        return SOFT

    monkeypatch.setattr(look, "_find_damage", wait)
    monkeypatch.setattr(look, "_estimate", estimate_of)
    yield found
    found.set()


def result_of(job: Job) -> Result:
    """A result that is white beside a bicubic one that is black."""
    height, width = job.out_size
    white = np.ones((height, width, job.picture.channels), np.float32)
    made = replace(job.enlarged_header, pixels=white)
    outcome = Outcome(Reason.COMPLETED, "cpu", 1, 0.5, 0.0, 30.0, None)
    return Result(made, replace(made, pixels=0 * white), outcome)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """Whatever is to be trained has a result at once; the jobs are kept."""
    jobs: list[Job] = []

    def quick(job: Job, *_stops: object, **_options: object) -> Generator[Event, None, Result]:
        jobs.append(job)
        yield Notice(NoticeKind.GRADUAL_LEFT_OUT)
        return result_of(job)

    monkeypatch.setattr("zssr_studio.pipeline.upscale", quick)
    return jobs


def test_what_was_done_to_a_picture_is_said_as_it_opens(studio: Studio, tmp_path: Path) -> None:
    smooth = gaussian_filter(data.astronaut().astype(np.float64) / 255, (1.2, 1.2, 0))[::2, ::2]
    grain = gaussian_filter(np.random.default_rng(3).normal(size=smooth.shape), (0.7, 0.7, 0))
    path = tmp_path / "old.jpg"
    pixels = np.rint(255 * (smooth + 0.04 * grain / grain.std()).clip(0, 1)).astype(np.uint8)
    Image.fromarray(pixels).save(path, quality=80)
    assert "Open a picture" in panel_of(studio).note.text()
    opened(studio, path)
    assert panel_of(studio).note.text() == "Looking at the picture …"
    look_over(studio)
    assert isinstance(studio.settings.value.damage.noise, ColouredNoise)
    # It reaches 0.7 pixels to each side.
    assert rows_of(studio)[-2].startswith("Grain of about 1.5 pixels")
    assert rows_of(studio)[-1] == "JPEG, quality 80 | sure | on"
    assert all(row.endswith("| on") for row in rows_of(studio))
    assert "% of the value range" in panel_of(studio).rows[FindingKind.NOISE].text.toolTip()
    # Nobody did that, so nobody takes it back.
    assert not studio.window.actions_by_name["undo"].isEnabled()


def test_a_sharp_and_clean_picture_has_nothing_to_undo(studio: Studio, tmp_path: Path) -> None:
    opened(studio, piece_of_sample(tmp_path / "sharp.png", (60, 60, 300, 240)))
    look_over(studio)
    assert panel_of(studio).note.text() == "Sharp and clean: nothing to undo."
    assert rows_of(studio) == []
    assert not panel_of(studio).amount.isVisible()


@pytest.mark.usefixtures("soft", "at_once")
def test_what_is_switched_off_is_not_undone_and_the_run_says_so(studio: Studio, tmp_path: Path) -> None:
    opened(studio, photo(tmp_path, "soft.png"))
    look_over(studio)
    assert rows_of(studio) == ["Soft, about 1.4 pixels | sure | on", "Noise, about 3.0\u00a0% | sure | on",
                               "JPEG, quality 60 | likely | on"]  # fmt: skip
    click(panel_of(studio).rows[FindingKind.KERNEL].text)
    switch = panel_of(studio).rows[FindingKind.JPEG].switch
    switch.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert [row.rsplit(" ", 1)[1] for row in rows_of(studio)] == ["off", "on", "off"]
    assert undone(studio) == {FindingKind.NOISE}
    amount = panel_of(studio).amount.slider
    amount.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        QTest.keyClick(amount, Qt.Key.Key_PageDown)
    assert studio.settings.value.damage.grain == pytest.approx(0.3)
    unfold(studio, "expert")
    studio.window.settings_panel.steps.setValue(2)
    click_tool(studio, "start")
    wait_for(lambda: studio.results.current_run is not None)
    job = studio.results.current_run.finished.job
    assert job.kernel is None
    assert job.damage == Damage(SOFT.noise, None, 0.3)
    assert "kernel bicubic" in job.settings_line
    assert "JPEG" not in job.settings_line
    pause(1100)
    press(studio, Qt.Key.Key_Z, CTRL)
    pause(1100)
    press(studio, Qt.Key.Key_Z, CTRL)
    assert studio.settings.value.damage.grain == 0
    press(studio, Qt.Key.Key_Z, CTRL)
    assert switch.isChecked()


@pytest.mark.usefixtures("at_once")
def test_enlarge_waits_for_what_is_being_found(studio: Studio, slow: threading.Event, tmp_path: Path) -> None:
    studio.settings.set_value(Settings(Scale(2, 2), steps=2, device="cpu"))
    opened(studio, photo(tmp_path, "soft.png"))
    click_tool(studio, "start")
    pause(QApplication.doubleClickInterval() + 50)
    # A second click asks for the very same, and is told so, too.
    click_tool(studio, "start")
    pause(50)
    assert not studio.run.is_running
    assert "begins as soon as" in studio.window.message_bar.text
    slow.set()
    wait_for(lambda: studio.results.current_run is not None)
    bar = studio.window.message_bar
    assert not (bar.isVisible() and "begins as soon as" in bar.text)
    assert not studio.queue.waiting
    job = studio.results.current_run.finished.job
    assert job.damage == SOFT
    assert job.kernel is studio.settings.value.kernel


def test_undo_takes_back_what_a_person_did_and_not_what_was_found(
    studio: Studio, slow: threading.Event, tmp_path: Path
) -> None:
    opened(studio, photo(tmp_path, "soft.png"))
    click_tool(studio, "crop")
    drag(studio, (10, 10), (40, 50))
    crop = studio.document.crop
    slow.set()
    look_over(studio)
    undo = studio.window.actions_by_name["undo"]
    assert undo.text() == "&Undo region"
    press(studio, Qt.Key.Key_Z, CTRL)
    assert studio.document.crop is None
    assert undone(studio) == set(FindingKind)
    assert not undo.isEnabled()
    press(studio, Qt.Key.Key_Z, CTRL | SHIFT)
    assert studio.document.crop == crop
    assert undone(studio) == set(FindingKind)


def test_what_is_found_of_a_picture_that_is_gone_is_dropped(studio: Studio, slow: threading.Event, tmp_path) -> None:
    opened(studio, photo(tmp_path, "first.png"))
    studio.settings.set_value(Settings(Scale(2, 2), steps=2, device="cpu"))
    click_tool(studio, "start")
    second = photo(tmp_path, "second.png")
    opened(studio, second)
    studio.look.drop()
    slow.set()
    wait_for(lambda: not studio.tasks.is_busy)
    assert undone(studio) == set()
    # What was asked for waited for the picture before, and is not begun on this one.
    assert not studio.run.is_running
    assert [entry.name for entry in studio.results.entries] == ["Input"]


@pytest.mark.parametrize("way", ["while it is looked at", "with a run that waits for it"])
def test_no_look_outlives_its_studio(qapp: QApplication, slow: threading.Event, tmp_path: Path, way: str) -> None:
    with open_studio(qapp) as studio:
        opened(studio, photo(tmp_path, "soft.png"))
        if way == "with a run that waits for it":
            click_tool(studio, "start")
        studio.window.close()
        wait_for(studio.frame.closed.is_set)
        slow.set()
    assert undone(studio) == set()
    assert not studio.run.is_running
    assert not studio.tasks.is_busy


@pytest.mark.usefixtures("soft", "at_once")
def test_the_next_picture_is_enlarged_without_what_was_found_in_the_one_before(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(studio, photo(tmp_path, "soft.png"))
    look_over(studio)
    kind = studio.window.settings_panel.degradation.kind
    estimated = title_of(studio.settings.value.kernel)
    assert estimated in [kind.itemText(index) for index in range(kind.count())]
    assert undone(studio) == set(FindingKind)
    studio.document.set_crop(Crop(2, 3, 20, 30))
    monkeypatch.setattr(look, "_find_damage", lambda _part: NO_DAMAGE)
    monkeypatch.setattr(look, "_estimate", lambda *_given: Estimate(Finding.AS_SHARP_AS_DOWNSCALED))
    opened(studio, photo(tmp_path, "sharp.png"))
    assert undone(studio) == set()
    look_over(studio)
    press(studio, Qt.Key.Key_Z, CTRL)
    assert undone(studio) == set()
    assert studio.document.crop is None
    assert estimated not in [kind.itemText(index) for index in range(kind.count())]
    studio.settings.set_value(Settings(Scale(2, 2), steps=2, device="cpu"))
    click_tool(studio, "start")
    wait_for(lambda: studio.results.current_run is not None)
    assert "kernel bicubic" in studio.results.current_run.finished.job.settings_line


@pytest.mark.usefixtures("soft")
def test_a_project_comes_back_as_its_switches_were_left(studio: Studio, tmp_path: Path) -> None:
    opened(studio, photo(tmp_path, "soft.png"))
    look_over(studio)
    click(panel_of(studio).rows[FindingKind.NOISE].switch)
    studio.window.actions_by_name["save_project"].trigger()
    answer_file_dialog(tmp_path / "kept.zssr")
    wait_for((tmp_path / "kept.zssr").exists)
    left = rows_of(studio)
    opened(studio, photo(tmp_path, "other.png"))
    look_over(studio)
    assert undone(studio) == set(FindingKind)
    studio.pictures.open(tmp_path / "kept.zssr")
    wait_for(lambda: studio.document.path.name == "soft.png")
    look_over(studio)
    assert undone(studio) == {FindingKind.KERNEL, FindingKind.JPEG}
    assert rows_of(studio) == left
    opened(studio, photo(tmp_path, "third.png"))
    look_over(studio)
    assert undone(studio) == set(FindingKind)


@pytest.mark.usefixtures("soft")
def test_the_kernel_is_found_again_for_another_size(studio: Studio, tmp_path: Path) -> None:
    opened(studio, photo(tmp_path, "soft.png"))
    look_over(studio)
    scale = studio.window.settings_panel.size_fields.scale
    scale.setFocus()
    scale.lineEdit().selectAll()
    QTest.keyClicks(scale.lineEdit(), "3")
    look_over(studio)
    assert studio.settings.value.kernel.name == "gaussian:4.2,4.2,0"
    assert rows_of(studio)[0] == "Soft, about 1.4 pixels | sure | on"


@pytest.mark.usefixtures("soft")
def test_what_a_person_sets_by_hand_wins_and_is_shown(studio: Studio, tmp_path: Path) -> None:
    opened(studio, photo(tmp_path, "soft.png"))
    look_over(studio)
    unfold(studio, "expert")
    studio.window.settings_panel.degradation.kind.setCurrentIndex(2)
    studio.window.settings_panel.degradation.kind.activated.emit(2)
    assert rows_of(studio)[0].startswith("Defocus disc")
    assert "| by hand | on" in rows_of(studio)[0]
    disc = studio.settings.value.kernel
    opened(studio, photo(tmp_path, "next.png"))
    look_over(studio)
    assert studio.settings.value.kernel == disc
    # Its switch takes it away, and offers what was found instead.
    switch = panel_of(studio).rows[FindingKind.KERNEL].switch
    click(switch)
    assert studio.settings.value.kernel is None
    assert rows_of(studio)[0] == "Soft, about 1.4 pixels | sure | off"
    click(switch)
    assert rows_of(studio)[0] == "Soft, about 1.4 pixels | sure | on"


@pytest.mark.usefixtures("soft")
def test_a_small_part_shows_what_undoing_would_do(studio: Studio, tmp_path: Path, at_once: list[Job]) -> None:
    opened(studio, piece_of_sample(tmp_path / "soft.png", (60, 20, 300, 200)))
    sample = panel_of(studio).sample
    wait_for(sample.halves.isVisible)
    assert "0.5 s of training" in sample.caption.text()
    image = sample.halves.grab().toImage()
    assert image.pixelColor(10, 10).lightness() == 0
    assert image.pixelColor(image.width() - 10, 10).lightness() == 255
    settings = studio.settings.value
    assert (at_once[-1].kernel, at_once[-1].damage) == (settings.kernel, settings.damage)
    assert (at_once[-1].crop.height, at_once[-1].crop.width) == (96, 96)
    click(panel_of(studio).rows[FindingKind.NOISE].switch)
    assert not sample.isVisible()
    wait_for(sample.halves.isVisible)
    assert at_once[-1].damage == Damage(None, SOFT.jpeg)
    for kind in (FindingKind.KERNEL, FindingKind.JPEG):
        click(panel_of(studio).rows[kind].switch)
    assert not sample.isVisible()
    assert studio.results.current_run is None


@pytest.mark.usefixtures("soft")
def test_each_finding_shows_by_itself_what_undoing_it_would_do(
    studio: Studio, tmp_path: Path, at_once: list[Job]
) -> None:
    opened(studio, piece_of_sample(tmp_path / "soft.png", (60, 20, 300, 200)))
    panel = panel_of(studio)
    wait_for(panel.sample.halves.isVisible)
    assert len(at_once) == 1
    for kind, row in panel.rows.items():
        assert not row.sample.isVisible()
        at_once.clear()
        click(row.fold)
        wait_for(row.sample.halves.isVisible)
        # With it, it was trained for all together.
        (without,) = at_once
        settings = studio.settings.value
        assert undone(studio) == set(FindingKind)
        assert cause_in(Settings(Scale(2, 2), kernel=without.kernel, damage=without.damage), kind) is None
        for other in set(FindingKind) - {kind}:
            assert cause_in(Settings(Scale(2, 2), kernel=without.kernel, damage=without.damage), other) is cause_in(
                settings, other
            )
    row = panel.rows[FindingKind.NOISE]
    at_once.clear()
    # Switched off, what undoing it would do is shown still.
    click(row.switch)
    wait_for(lambda: panel.sample.halves.isVisible() and row.sample.halves.isVisible())
    assert SOFT.noise not in [job.damage.noise for job in at_once]
    click(row.fold)
    assert not row.sample.isVisible()
    click(row.switch)
    at_once.clear()
    wait_for(panel.sample.halves.isVisible)
    # It was trained before.
    assert at_once == []


@pytest.mark.usefixtures("soft")
def test_the_samples_of_the_picture_before_are_gone(studio: Studio, tmp_path: Path, at_once: list[Job]) -> None:
    opened(studio, photo(tmp_path, "soft.png"))
    row = panel_of(studio).rows[FindingKind.JPEG]
    click(row.fold)
    wait_for(row.sample.halves.isVisible)
    opened(studio, photo(tmp_path, "next.png"))
    assert not row.sample.isVisible()
    at_once.clear()
    wait_for(row.sample.halves.isVisible)
    assert {job.picture for job in at_once} == {studio.document.picture}


@pytest.mark.usefixtures("soft")
def test_a_finding_that_is_folded_away_is_not_tried_any_more(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going: list[Job] = []

    def endless(job: Job, *_stops: object, **_options: object) -> Generator[Event, None, Result]:
        going.append(job)
        try:
            # All together is done at once, one by itself never.
            while (job.kernel is None) or not job.damage:
                time.sleep(0.005)
                yield Notice(NoticeKind.GRADUAL_LEFT_OUT)
        finally:
            going.remove(job)
        return result_of(job)

    monkeypatch.setattr("zssr_studio.pipeline.upscale", endless)
    opened(studio, photo(tmp_path, "soft.png"))
    panel = panel_of(studio)
    wait_for(panel.sample.halves.isVisible)
    row = panel.rows[FindingKind.KERNEL]
    click(row.fold)
    wait_for(lambda: bool(going))
    assert "Trying" in row.sample.caption.text()
    click(row.fold)
    wait_for(lambda: not going)
    assert not row.sample.isVisible()
    assert panel.sample.halves.isVisible()


@pytest.mark.usefixtures("soft")
@pytest.mark.parametrize("way", ["enlarge", "another picture"])
def test_a_sample_gives_way(studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    ended = threading.Event()

    def endless(job: Job, *_stops: object, **_options: object) -> Generator[Event, None, Result]:
        try:
            while job.seconds == studio.sample.seconds and job.crop is not None:
                time.sleep(0.005)
                yield Notice(NoticeKind.GRADUAL_LEFT_OUT)
        finally:
            ended.set()
        return result_of(job)

    monkeypatch.setattr("zssr_studio.pipeline.upscale", endless)
    opened(studio, photo(tmp_path, "soft.png"))
    sample = panel_of(studio).sample
    wait_for(lambda: "Trying" in sample.caption.text())
    if way == "enlarge":
        click_tool(studio, "start")
        wait_for(lambda: studio.results.current_run is not None)
    else:
        opened(studio, photo(tmp_path, "next.png"))
    wait_for(ended.is_set)


def test_effort_is_one_of_three_and_all_else_stands_under_expert(studio: Studio) -> None:
    panel = studio.window.settings_panel
    effort = panel.effort
    assert effort.buttons[Effort.GOOD].isChecked()
    for chosen in (Effort.BEST, Effort.TRY, Effort.GOOD):
        click(effort.buttons[chosen])
        assert effort_of(studio.settings.value) is chosen
        assert [one for one, button in effort.buttons.items() if button.isChecked()] == [chosen]
    assert not panel.preset.isVisible()
    unfold(studio, "expert")
    panel.preset.setCurrentIndex(panel.preset.findData("paper"))
    assert not any(button.isChecked() for button in effort.buttons.values())
    assert effort.note.text() == "By Expert: Paper"


def test_sections_are_open_or_folded_as_they_were_left(qapp: QApplication) -> None:
    with open_studio(qapp) as studio:
        panel = studio.window.settings_panel
        assert [section.is_open for section in panel.sections.values()] == [False, False]
        heading = panel.sections["expert"].heading
        heading.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(heading, Qt.Key.Key_Space)
        assert panel.seed.isVisible()
    with open_studio(qapp) as studio:
        panel = studio.window.settings_panel
        assert [section.is_open for section in panel.sections.values()] == [False, True]
        click(panel.sections["expert"].heading)
    with open_studio(qapp) as studio:
        assert not studio.window.settings_panel.sections["expert"].is_open
