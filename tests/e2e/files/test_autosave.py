"""Nothing is lost: the work saves itself, survives `kill -9`, and goes into one file and back."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests import piece_of_sample
from tests.studio.killed_studio import CROP, SEED
from tests.studio.studio_loop import PATIENCE_S, answer_file_dialog, answer_question, open_studio, pause, wait_for
from zssr_studio.app.controllers.files import project as files_project
from zssr_studio.app.models.compare.entry import Kind
from zssr_studio.app.models.run.settings import Settings
from zssr_studio.app.project import store
from zssr_studio.app.project.sessions import Sessions
from zssr_studio.app.project.store import RECORD, SUFFIX
from zssr_studio.app.user_settings import user_data
from zssr_studio.engine.config import Scale
from zssr_studio.engine.damage import Damage, Noise
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.imaging.picture import Crop
from zssr_studio.imaging.saving.atomic import told
from zssr_studio.jpeg_tables import JpegTables

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from zssr_studio.app.models.compare.entry import Entry
    from zssr_studio.app.project.project import Project
    from zssr_studio.app.studio import Studio


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return piece_of_sample(tmp_path / "harbour.png", (120, 60, 216, 140))


@pytest.fixture
def with_result(studio: Studio, photo: Path) -> Studio:
    return enlarged(studio, photo)


def enlarged(studio: Studio, photo: Path) -> Studio:
    """Open a photo and train for some steps."""
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    studio.settings.set_value(Settings(Scale(2, 2), steps=6, seed=3, device="cpu"))
    studio.window.actions_by_name["start"].trigger()
    wait_for(lambda: studio.results.current is not None)
    return studio


def save_project(studio: Studio, target: Path) -> None:
    """Save through the menu and its dialog."""
    studio.window.actions_by_name["save_project"].trigger()
    answer_file_dialog(target)
    wait_for(lambda: f"Saved {target.name}" in studio.window.message_bar.text)


def records() -> list[Path]:
    return sorted((user_data() / "sessions").glob(f"*/{RECORD}"))


def record() -> dict:
    (path,) = records()
    return json.loads(path.read_bytes())


def settled(studio: Studio) -> None:
    """Wait until what stands now is on the disk."""
    wait_for(lambda: not studio.tasks.is_busy and not studio.autosave._timer.isActive())


def test_a_kill_in_the_middle_of_a_training_loses_seconds_only(qapp: QApplication, photo: Path) -> None:
    command = [sys.executable, "-m", "tests.studio.killed_studio", str(photo), "3600"]
    process = subprocess.Popen(command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    try:
        limit = time.monotonic() + PATIENCE_S
        while not (records() and (record()["training"] or {}).get("checkpoint") and record()["waiting"]):
            assert process.poll() is None
            assert time.monotonic() < limit
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    kept = record()
    with open_studio(qapp) as studio:
        studio.recovery.offer()
        bar = studio.window.recovery_bar
        assert bar.isVisible()
        assert "harbour.png, 1 result, a training, cut off after" in bar.text
        QTest.mouseClick(bar.go_on_button, Qt.MouseButton.LeftButton)
        wait_for(lambda: studio.run.step is not None)
        # The training goes on: its steps, its time and its curves.
        checkpoint = kept["training"]["checkpoint"]
        assert studio.run.step.step > checkpoint["step"]
        assert studio.run.step.elapsed_s > checkpoint["elapsed_s"]
        # Of many steps several are one point.
        losses = studio.run.history.losses
        assert losses.steps[0] == (1 + losses.group) / 2
        assert len(losses.steps) * losses.group > checkpoint["step"] / 2
        assert studio.run.history.film.frames
        assert studio.run.job.seed == SEED
        assert (studio.document.path, studio.document.crop) == (photo, CROP)
        assert studio.settings.value.scale == Scale(3, 3)
        wait_for(lambda: [one.job.scale for one in studio.queue.waiting] == [Scale(3, 3)])
        (run,) = [entry for entry in studio.results.entries if entry.kind is Kind.RUN]
        assert run.finished.outcome.steps == 8
        wait_for(lambda: not bar.isVisible() and len(records()) == 1)
        (only,) = records()
        assert only.parent == studio.autosave.folder
        studio.window.actions_by_name["stop"].trigger()
        wait_for(lambda: studio.results.runs == 3)
        second = studio.results.entries[-2]
        assert second.finished.job.crop == CROP
        assert second.finished.outcome.steps > checkpoint["step"]
    assert records() == []


def test_each_change_is_on_the_disk_and_leaving_tidies_up(with_result: Studio) -> None:
    settled(with_result)
    assert len(record()["entries"]) == 3
    with_result.document.set_crop(Crop(2, 3, 20, 30))
    with_result.results.set_blend(with_result.results.current, 0.25)
    settled(with_result)
    kept = record()
    assert kept["crop"] == [2, 3, 20, 30]
    assert kept["entries"][-1]["finished"]["blend"] == 0.25
    # What is in the folder is what the record names, once.
    names = {path.name for path in with_result.autosave.folder.iterdir()} - {RECORD}
    text = json.dumps(kept)
    assert all(f'"{name}"' in text for name in names)
    assert not [name for name in names if name.endswith(".part")]
    before = {path.name: path.stat().st_mtime_ns for path in with_result.autosave.folder.glob("*.npz")}
    with_result.document.set_crop(None)
    settled(with_result)
    assert {path.name: path.stat().st_mtime_ns for path in with_result.autosave.folder.glob("*.npz")} == before


def test_work_left_may_be_discarded_after_a_question(qapp: QApplication, photo: Path) -> None:
    with open_studio(qapp) as first:
        first.pictures.open(photo)
        wait_for(lambda: first.document.path == photo)
        settled(first)
        # As if it had ended here: nothing is removed, and the lock of a dead process holds nobody.
        first.autosave._sessions.release()
        first.autosave._store = None
    with open_studio(qapp) as studio:
        studio.recovery.offer()
        assert "harbour.png" in studio.window.recovery_bar.text
        QTest.mouseClick(studio.window.recovery_bar.discard_button, Qt.MouseButton.LeftButton)
        answer_question("Keep it")
        assert len(records()) == 1
        QTest.mouseClick(studio.window.recovery_bar.discard_button, Qt.MouseButton.LeftButton)
        answer_question("Discard")
        wait_for(lambda: not studio.window.recovery_bar.isVisible() and records() == [])


def test_a_studio_that_runs_is_not_offered_to_another(with_result: Studio) -> None:
    settled(with_result)
    assert Sessions(user_data() / "sessions").left() == []


def test_what_a_program_of_the_same_number_left_within_the_same_second_is_not_in_the_way(tmp_path: Path) -> None:
    """In a container each start may have the number of the one before."""
    before, after = Sessions(tmp_path), Sessions(tmp_path)
    folders = [before.begin()]
    folders[0].mkdir()
    (folders[0] / RECORD).write_text("{}")
    before.release()
    assert after.left() == folders
    folders.append(after.begin())
    assert folders[0] != folders[1]
    after.release()


def test_what_was_cut_off_before_its_first_record_is_removed_unless_somebody_writes_it(tmp_path: Path) -> None:
    """A copy of the picture lies there by then, which may be large."""
    mine = Sessions(tmp_path)
    begun, left = mine.begin(), tmp_path / "20261101-120000-1"
    for folder in (begun, left):
        folder.mkdir()
        (folder / "00001.npz").write_bytes(bytes(1000))
    assert Sessions(tmp_path).left() == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [begun.name, f"{begun.name}.lock"]
    mine.release()


def test_a_project_is_one_file_and_comes_back_whole(qapp: QApplication, photo: Path, tmp_path: Path) -> None:
    target = tmp_path / f"work{SUFFIX}"
    damage = Damage(Noise((0.01, 0.02, 0.03), (0.0, 0.01, 0.0)), JpegTables.of_quality(70), 0.25)
    settings = Settings(Scale(1.5, 2), "best", Shape("gaussian", (1.4, 0.8, 30.0)), damage, 5, 9.5)
    with open_studio(qapp) as studio:
        enlarged(studio, photo)
        studio.added_files.add(piece_of_sample(tmp_path / "truth.png", (0, 0, 192, 160)))
        wait_for(lambda: len(studio.results.entries) == 4)
        studio.results.set_truth(studio.results.entries[-1].key)
        studio.results.set_blend(studio.results.current, 0.5)
        studio.settings.set_value(settings)
        studio.document.set_crop(Crop(2, 3, 20, 30))
        save_project(studio, target)
        # A score is worked out again when it is needed, and makes the work no other one.
        wait_for(lambda: all(entry.score is not None for entry in studio.results.entries[1:3]))
        kept, truth = studio.results.entries, studio.results.truth
        # All is in a file: leaving asks nothing.
        studio.window.actions_by_name["quit"].trigger()
        wait_for(studio.frame.closed.is_set)
    with open_studio(qapp) as again:
        again.pictures.open(target)
        wait_for(lambda: len(again.results.entries) == 4)
        wait_for(lambda: not again.tasks.is_busy)
        _are_equal(again.results.entries, kept)
        # Keys are given anew, in the same order.
        moved = again.results.entries[0].key - kept[0].key
        assert (again.results.truth, again.settings.value) == (truth + moved, settings)
        assert again.document.crop == Crop(2, 3, 20, 30)
        assert not again.undo.stack.canUndo()
        # It goes on from there: the weights, and the numbers of the runs.
        run = again.results.current_run
        again.runs.enqueue(run.finished.job.trained_on(run.finished.outcome, 1.0))
        wait_for(lambda: again.results.runs == 2)
        assert again.results.current_run.name == "Run 2"


def _are_equal(entries: tuple[Entry, ...], kept: tuple[Entry, ...]) -> None:
    for old, new in zip(kept, entries, strict=True):
        assert new.key - entries[0].key == old.key - kept[0].key
        for name in ("kind", "name", "place", "path"):
            assert getattr(new, name) == getattr(old, name)
        np.testing.assert_array_equal(new.picture.pixels, old.picture.pixels)
        assert new.picture.icc_profile == old.picture.icc_profile
        assert new.picture.pixels_per_inch == old.picture.pixels_per_inch
    before, after = (next(one.finished for one in list_ if one.finished is not None) for list_ in (kept, entries))
    assert after.blend == before.blend == 0.5
    assert after.job.settings_line == before.job.settings_line
    assert after.history.losses.values == before.history.losses.values
    assert [frame.step for frame in after.history.film.frames] == [frame.step for frame in before.history.film.frames]
    for name, array in before.outcome.weights.arrays.items():
        np.testing.assert_array_equal(after.outcome.weights.arrays[name], array)


def test_after_a_change_the_project_is_not_kept_any_more(with_result: Studio, tmp_path: Path) -> None:
    save_project(with_result, tmp_path / "work.zssr")
    with_result.document.set_crop(Crop(0, 0, 10, 10))
    with_result.window.actions_by_name["quit"].trigger()
    answer_question("Cancel")
    assert not with_result.frame.closed.is_set()


def test_a_name_that_is_given_after_that_is_saved_too(with_result: Studio, tmp_path: Path) -> None:
    save_project(with_result, tmp_path / "work.zssr")
    with_result.results.rename(with_result.results.current, "The good one")
    assert not with_result._work.is_kept
    settled(with_result)
    assert record()["entries"][-1]["name"] == "The good one"


@pytest.fixture(scope="module")
def saved() -> list[bytes]:
    """The project that the first test that needs one saved."""
    return []


@pytest.fixture
def project(studio: Studio, photo: Path, tmp_path: Path, saved: list[bytes]) -> Path:
    """A project in its file, and open, as it was saved or as it comes back."""
    target = tmp_path / "work.zssr"
    if saved:
        target.write_bytes(saved[0])
        studio.pictures.open(target)
        wait_for(lambda: studio.results.current is not None and not studio.tasks.is_busy)
    else:
        save_project(enlarged(studio, photo), target)
        saved.append(target.read_bytes())
    return target


def test_a_picture_that_is_asked_for_while_a_project_is_read_stands(
    project: Path, studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, unpacked = threading.Event(), files_project._unpacked

    def held(path: Path, folder: Path) -> Project:
        gate.wait(PATIENCE_S)
        return unpacked(path, folder)

    monkeypatch.setattr(files_project, "_unpacked", held)
    other = piece_of_sample(tmp_path / "other.png", (0, 0, 40, 30))
    studio.pictures.open(project)
    pause(20)
    studio.pictures.open(other)
    wait_for(lambda: studio.document.path == other)
    gate.set()
    wait_for(lambda: not studio.tasks.is_busy)
    assert studio.document.path == other


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _another_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing")


def _outside(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../evil.txt", "nothing")


def _changed(path: Path, **values: object) -> None:
    with zipfile.ZipFile(path) as archive:
        content = {one.filename: archive.read(one) for one in archive.infolist()}
    content[RECORD] = json.dumps({**json.loads(content[RECORD]), **values}).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    "spoil",
    [
        _truncated,
        _another_zip,
        _outside,
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
        lambda path: _changed(path, format="another program's"),
        lambda path: _changed(path, entries=[]),
        lambda path: _changed(path, current=99),
        lambda path: _changed(path, settings={}),
        lambda path: _changed(path, crop=[0, 0, 0]),
        lambda path: _changed(path, source={"file": "../../etc/passwd", "path": "x", "page": 1}),
        lambda path: _changed(path, source={"file": RECORD, "path": "x", "page": 1}),
    ],
)
def test_a_project_that_cannot_be_opened_is_refused_with_a_sentence(studio: Studio, project: Path, spoil) -> None:
    spoil(project)
    entries = studio.results.entries
    assert len(entries) == 3
    bar = studio.window.message_bar
    studio.pictures.open(project)
    wait_for(lambda: bar.property("kind") == "error" and not studio.tasks.is_busy)
    assert bar.text.endswith(".")
    # What was open stays.
    assert studio.results.entries == entries


def test_a_disk_that_takes_nothing_is_told_once_and_the_work_goes_on(studio: Studio, photo: Path) -> None:
    user_data().parent.mkdir(parents=True, exist_ok=True)
    user_data().write_text("a file where the folder should be")
    studio.pictures.open(photo)
    bar = studio.window.message_bar
    wait_for(lambda: "not saved by itself" in bar.text)
    bar.dismiss()
    studio.document.set_crop(Crop(1, 1, 9, 9))
    settled(studio)
    assert not bar.isVisible()
    assert studio.document.crop == Crop(1, 1, 9, 9)


def test_a_full_disk_is_told_once_until_something_was_saved_again(
    with_result: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(with_result)
    bar, results = with_result.window.message_bar, with_result.results

    def full(path: Path, _write: object, *, overwrite: bool) -> None:
        raise told(path, OSError(errno.ENOSPC, "No space left on device"))

    def is_told_of(share: float) -> bool:
        """Whether a change that cannot be saved is told of; each one needs a file of another name."""
        bar.dismiss()
        results.set_members(results.current, np.full((160, 192), share, np.float16))
        settled(with_result)
        return bar.isVisible() and "disk is full" in bar.text

    with monkeypatch.context() as patch:
        patch.setattr(store, "write_atomically", full)
        assert [is_told_of(share) for share in (0.1, 0.2, 0.3)] == [True, False, False]
    assert not is_told_of(0.4)
    monkeypatch.setattr(store, "write_atomically", full)
    assert is_told_of(0.5)
