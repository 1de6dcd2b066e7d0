"""A box of scans enlarged from the window, in processes of their own: pauses, ends, crashes, and again."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import psutil
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from wakepy import global_modes

from tests.e2e.gestures import drop, message
from tests.studio.boxes import open_box, scans, start, states, wait_for_end, with_steps, worker_processes
from tests.studio.studio_loop import answer_question, open_studio, pause, wait_for
from tests.terminal import zssr
from zssr_studio.app.models.box.box import BoxState
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.views.box.row import BoxRequest
from zssr_studio.batch.kept.journal import Journal
from zssr_studio.batch.kept.lock import journal_path, only_batch
from zssr_studio.batch.kept.rows import State
from zssr_studio.batch.workers import machine
from zssr_studio.engine.kernels.shapes import Shape

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio

# So many steps that a run outlasts whatever a test does meanwhile.
ENDLESS = 1_000_000
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a box work as on two cores, so that some pictures wait."""
    monkeypatch.setattr(machine, "usable_cores", lambda: 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    scans(tmp_path / "scans")
    return tmp_path / "scans"


def ask(studio: Studio, name: str) -> None:
    studio.window.actions_by_name[name].trigger()


def results(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (folder / "enlarged").glob("*.png")}


def journal_states(folder: Path) -> list[State]:
    with closing(Journal(journal_path(folder / "enlarged", None), is_read_only=True)) as journal:
        return [row.state for row in journal.rows(*State)]


def test_all_are_done_a_bad_one_stops_nothing_and_the_terminal_knows(studio, folder):
    (folder / "bad.png").write_bytes(b"no picture at all")
    with_steps(studio, 2)
    open_box(studio, [folder], 9)
    start(studio)
    wait_for_end(studio)
    assert states(studio) == ["failed", *["done"] * 8]
    assert "8 done, 1 failed" in message(studio)
    assert "bad.png" in studio.box.model.get(0).sentence
    assert sorted(results(folder)) == [f"scan_{number:02}_zssr2x.png" for number in range(8)]
    with Image.open(folder / "enlarged" / "scan_03_zssr2x.png") as image:
        assert image.size == (80, 80)
    told = zssr("batch", "--status", folder / "enlarged", "--json")
    assert told.returncode == 0, told.stderr
    assert (json.loads(told.stdout)["done"], json.loads(told.stdout)["failed"]) == (8, 1)
    assert worker_processes() == []


def test_a_finished_one_opens_with_its_result_under_the_slider(studio, folder):
    with_steps(studio, 2)
    open_box(studio, [folder], 8)
    start(studio)
    wait_for_end(studio)
    studio.box.showing.ask(BoxRequest.OPEN, [4])
    wait_for(lambda: studio.document.path == folder / "scan_04.png" and len(studio.results.entries) == 2)
    first, second = studio.results.entries
    assert second.path == folder / "enlarged" / "scan_04_zssr2x.png"
    wait_for(lambda: studio.comparison.value.mode is Mode.SLIDER)
    assert studio.comparison.value.shown == (first.key, second.key)
    wait_for(lambda: studio.window.canvas.scene.has_slider)


def test_the_same_folder_again_goes_on_where_it_was_and_does_nothing_twice(studio, folder):
    with_steps(studio, 2)
    open_box(studio, [folder], 8)
    for place in (0, 6):
        studio.box.showing.ask(BoxRequest.TICK, [place])
    start(studio)
    wait_for_end(studio)
    assert states(studio) == ["skipped", *["done"] * 5, "skipped", "done"]
    before = results(folder)
    ask(studio, "box_close")
    open_box(studio, [folder], 8)
    wait_for(lambda: states(studio) == ["waiting", *["done"] * 5, "waiting", "done"])
    start(studio)
    wait_for_end(studio)
    assert states(studio) == ["done"] * 8
    after = results(folder)
    assert {name: after[name] for name in before} == before
    assert len(after) == 8


def test_what_a_batch_had_in_hand_that_was_killed_waits(studio, folder):
    with_steps(studio, 2)
    open_box(studio, sorted(folder.glob("*.png"))[:2], 2)
    start(studio)
    wait_for_end(studio)
    with closing(Journal(journal_path(folder / "enlarged", None))) as journal:
        journal.change("scan_01_zssr2x.png", {"state": State.WORKING})
        wait_for(lambda: states(studio) == ["done", "waiting"])
    with only_batch(journal_path(folder / "enlarged", None)):
        ask(studio, "box_close")
        open_box(studio, sorted(folder.glob("*.png"))[:2], 2)
        wait_for(lambda: states(studio) == ["done", "working"])


def shares_of(studio: Studio) -> list[float]:
    return [one.share for one in studio.box.model.pictures]


def stands_still(studio: Studio) -> bool:
    """Whether nothing comes further for three times as long as a worker takes to tell how far it is."""
    before = shares_of(studio)
    pause(1500)
    return shares_of(studio) == before


def test_pause_and_after_these_and_stop(studio, folder):
    with_steps(studio, ENDLESS)
    open_box(studio, [folder], 8)
    start(studio)
    wait_for(lambda: any(one.share > 0 for one in studio.box.model.pictures))
    ask(studio, "box_pause")
    assert studio.box.model.state is BoxState.PAUSED
    wait_for(lambda: stands_still(studio))
    shares = shares_of(studio)
    ask(studio, "box_pause")
    wait_for(lambda: shares_of(studio) != shares)
    ask(studio, "box_stop")
    wait_for_end(studio)
    assert states(studio) == ["waiting"] * 8
    assert worker_processes() == []
    assert set(journal_states(folder)) == {State.WAITING}
    with_steps(studio, 300)
    start(studio)
    wait_for(lambda: "working" in states(studio))
    ask(studio, "box_after")
    wait_for_end(studio)
    assert "working" not in states(studio)
    done = states(studio).count("done")
    assert 1 <= done < 8
    assert "Start goes on" in message(studio)
    assert len(results(folder)) == done


@on_posix
def test_a_picture_whose_process_is_killed_is_done_all_the_same(studio, folder):
    with_steps(studio, ENDLESS)
    open_box(studio, sorted(folder.glob("*.png"))[:2], 2)
    start(studio)
    wait_for(lambda: any(one.share > 0 for one in studio.box.model.pictures))
    killed = worker_processes()
    for process in killed:
        process.kill()
    # Others take their places, and the pictures are in hand again.
    wait_for(lambda: bool(worker_processes()) and not {one.pid for one in worker_processes()} & {o.pid for o in killed})
    wait_for(lambda: any(one.share > 0 for one in studio.box.model.pictures))
    ask(studio, "box_stop")
    wait_for_end(studio)
    with_steps(studio, 2)
    start(studio)
    wait_for_end(studio)
    assert states(studio) == ["done"] * 2
    assert len(results(folder)) == 2


def test_two_at_once_are_refused_in_the_journals_words(studio, folder):
    with_steps(studio, 2)
    open_box(studio, [folder], 8)
    (folder / "enlarged").mkdir()
    with only_batch(journal_path(folder / "enlarged", None)):
        start(studio)
        wait_for_end(studio)
        assert "Another batch works in" in message(studio)
        assert states(studio) == ["waiting"] * 8


def test_what_another_program_does_in_the_folder_is_shown(studio, folder):
    with_steps(studio, 2)
    open_box(studio, [folder], 8)
    done = zssr("batch", folder, "-o", folder / "enlarged", "--steps", 2, "--device", "cpu", "--workers", 1)
    assert done.returncode == 0, done.stderr
    wait_for(lambda: states(studio) == ["done"] * 8)
    # And what it did is not done again.
    before = results(folder)
    start(studio)
    wait_for_end(studio)
    assert results(folder) == before


def test_leaving_names_the_box_and_what_was_in_hand_begins_again(qapp, folder):
    with open_studio(qapp) as studio:
        with_steps(studio, ENDLESS)
        open_box(studio, [folder], 8)
        start(studio)
        wait_for(lambda: any(one.share > 0 for one in studio.box.model.pictures))
        studio.window.close()
        wait_for(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
        assert "a box of 8 pictures, 0 done" in QApplication.activeModalWidget().informativeText()
        answer_question("Cancel")
        assert studio.window.isVisible()
        assert studio.box.model.is_working
        studio.window.close()
        wait_for(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
        # The window goes with the question, so that it is never active again.
        buttons = QApplication.activeModalWidget().findChildren(QPushButton)
        next(one for one in buttons if one.text().replace("&", "") == "Leave").click()
        wait_for(studio.frame.closed.is_set)
    assert worker_processes() == []
    assert set(journal_states(folder)) == {State.WAITING}
    assert [path.name for path in (folder / "enlarged").glob("*.png*")] == []
    with open_studio(qapp) as again:
        with_steps(again, 2)
        open_box(again, [folder], 8)
        start(again)
        wait_for_end(again)
        assert states(again) == ["done"] * 8


def test_opening_another_picture_leaves_the_box_at_work(studio, folder):
    with_steps(studio, ENDLESS)
    open_box(studio, [folder], 8)
    start(studio)
    wait_for(lambda: "working" in states(studio))
    studio.box.showing.ask(BoxRequest.OPEN, [7])
    wait_for(lambda: studio.document.path == folder / "scan_07.png")
    assert QApplication.activeModalWidget() is None
    assert studio.box.model.is_working
    # What it holds stays as it is, and no other box takes its place.
    studio.box.showing.ask(BoxRequest.REMOVE, [7])
    wait_for(lambda: "stays as it is" in message(studio))
    drop(studio, [folder])
    wait_for(lambda: "is being worked on" in message(studio))
    assert len(studio.box.model.pictures) == 8


def test_one_setting_for_all_is_what_is_undone_in_the_open_picture(studio, folder):
    with_steps(studio, 2)
    open_box(studio, [folder], 8)
    studio.settings.set_kernel(Shape.parse("gaussian:1.4,0.8,30"))
    fields = studio.window.box_views.page.fields
    studio.window.box_views.show_page()
    fields.undone.setCurrentIndex(1)
    fields.format.setCurrentIndex(fields.format.findData(".tif"))
    start(studio)
    wait_for_end(studio)
    assert states(studio) == ["done"] * 8
    with closing(Journal(journal_path(folder / "enlarged", None), is_read_only=True)) as journal:
        rows = list(journal.rows(State.DONE))
    assert {row.output.rpartition(".")[2] for row in rows} == {"tif"}
    assert all("gaussian" in str(row.figures["kernel"]) for row in rows)


def test_try_again_does_what_failed(studio, folder):
    with_steps(studio, 2)
    scan = folder / "scan_00.png"
    whole = scan.read_bytes()
    scan.write_bytes(whole[:60])
    open_box(studio, sorted(folder.glob("*.png"))[:3], 3)
    start(studio)
    wait_for_end(studio)
    assert states(studio) == ["failed", "done", "done"]
    scan.write_bytes(whole)
    studio.box.showing.ask(BoxRequest.AGAIN, [0])
    wait_for_end(studio)
    assert states(studio) == ["done"] * 3


def test_the_report_is_written_beside_the_results(studio, folder, monkeypatch):
    shown = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda url: shown.append(url.toLocalFile()) or True)
    with_steps(studio, 2)
    open_box(studio, sorted(folder.glob("*.png"))[:2], 2)
    assert not studio.window.actions_by_name["box_report"].isEnabled()
    start(studio)
    wait_for_end(studio)
    QTest.mouseClick(studio.window.message_bar.offer_buttons[0], Qt.MouseButton.LeftButton)
    wait_for(lambda: len(shown) == 1)
    assert "scan_00" in (folder / "enlarged" / shown[0].rpartition("/")[2]).read_text("utf-8")


def test_the_machine_is_kept_awake_as_long_as_pictures_are_in_hand(studio, folder, monkeypatch):
    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "1")
    with_steps(studio, ENDLESS)
    open_box(studio, [folder], 8)
    assert global_modes() == []
    start(studio)
    wait_for(lambda: "working" in states(studio))
    assert [mode.active for mode in global_modes()] == [True]
    ask(studio, "box_stop")
    wait_for_end(studio)
    assert global_modes() == []


def test_workers_give_way_when_the_program_is_gone(studio, folder):
    with_steps(studio, ENDLESS)
    open_box(studio, [folder], 8)
    start(studio)
    wait_for(lambda: bool(worker_processes()))
    (one, *_) = worker_processes()
    ask(studio, "box_stop")
    wait_for(lambda: not psutil.pid_exists(one.pid))
