"""What a thread answers late: something else was asked for, or the window was left meanwhile."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageFilter
from PySide6.QtWidgets import QApplication

from tests import piece_of_sample
from tests.e2e.gestures import a_photo, drop, message, opened
from tests.studio.boxes import scans
from tests.studio.comparing import enlarge
from tests.studio.studio_loop import PATIENCE_S, answer_file_dialog, answer_question, open_studio, wait_for
from zssr_studio.app.controllers.box import opening
from zssr_studio.app.controllers.degradation import look
from zssr_studio.app.controllers.files import open_picture, recovery
from zssr_studio.app.project.sessions import Sessions
from zssr_studio.app.user_settings import user_data
from zssr_studio.engine.damage import Damage, Noise
from zssr_studio.imaging.colour import profiles

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.app.studio import Studio

    Hold = Callable[[object, str], "Held"]


class Held:
    """A function whose first answer is held back until it may come."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function, self._calls = function, 0
        self._may_answer, self.is_asked = threading.Event(), threading.Event()

    def __call__(self, *words: object, **options: object) -> Any:
        self._calls += 1
        is_first = self._calls == 1
        answer = self._function(*words, **options)
        if is_first:
            self.is_asked.set()
            assert self._may_answer.wait(PATIENCE_S)
        return answer

    def answer(self) -> None:
        self._may_answer.set()


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Hold:
    def held(module: object, name: str) -> Held:
        made = Held(getattr(module, name))
        monkeypatch.setattr(module, name, made)
        return made

    return held


def settled(studio: Studio) -> None:
    wait_for(lambda: not studio.tasks.is_busy)


def test_what_a_crash_left_stays_where_the_window_is_left_while_it_is_read(qapp, tmp_path, hold):
    with open_studio(qapp) as first:
        opened(first, a_photo(tmp_path))
        wait_for(lambda: not first.tasks.is_busy and not first.autosave._timer.isActive())
        # As if it had ended here.
        first.autosave._sessions.release()
        first.autosave._store = None
    reading = hold(recovery, "read_project")
    with open_studio(qapp) as studio:
        studio.recovery.offer()
        studio.recovery.on_go_on()
        wait_for(reading.is_asked.is_set)
        studio.window.close()
        wait_for(studio.frame.closed.is_set)
        reading.answer()
        settled(studio)
        assert studio.document.picture is None
    assert len(Sessions(user_data() / "sessions").left()) == 1


def test_nothing_is_asked_and_nothing_begins_once_the_window_is_left(qapp, tmp_path, hold):
    with open_studio(qapp) as studio:
        opened(studio, a_photo(tmp_path))
        enlarge(studio)
        loading = hold(open_picture, "_load")
        studio.pictures.open(piece_of_sample(tmp_path / "other.png", (0, 0, 60, 50)))
        wait_for(loading.is_asked.is_set)
        studio.window.close()
        answer_question("Discard")
        wait_for(studio.frame.closed.is_set)
        job = studio.results.entries[-1].finished.job
        loading.answer()
        settled(studio)
        assert QApplication.activeModalWidget() is None
        studio.runs.enqueue(job)
        studio.runs.compare(job, studio._methods.built_in())
        assert not studio.run.is_running
        assert studio.queue.waiting == ()


def test_a_folder_that_is_looked_through_as_the_window_is_left_opens_no_box(qapp, tmp_path, hold):
    scans(tmp_path / "scans")
    gathering = hold(opening, "gathered")
    with open_studio(qapp) as studio:
        drop(studio, [tmp_path / "scans"])
        wait_for(gathering.is_asked.is_set)
        studio.window.close()
        wait_for(studio.frame.closed.is_set)
        gathering.answer()
        settled(studio)
        assert not studio.box.model.is_open


def test_of_a_folder_and_what_was_asked_for_later_the_later_stands(studio, tmp_path, hold):
    scans(tmp_path / "scans")
    gathering, photo = hold(opening, "gathered"), a_photo(tmp_path)
    drop(studio, [tmp_path / "scans"])
    wait_for(gathering.is_asked.is_set)
    opened(studio, photo)
    gathering.answer()
    settled(studio)
    assert not studio.box.model.is_open
    assert studio.document.path == photo


def test_what_is_dropped_on_a_box_goes_into_no_other_one(studio, tmp_path, hold):
    for name in ("first", "second", "more"):
        scans(tmp_path / name)
    studio.box.open([tmp_path / "first"])
    wait_for(lambda: studio.box.model.is_open and studio.document.path is not None)
    settled(studio)
    gathering = hold(opening, "gathered")
    studio.box.add([tmp_path / "more"])
    wait_for(gathering.is_asked.is_set)
    studio.box.open([tmp_path / "second"])
    wait_for(lambda: studio.document.path.parent.name == "second")
    gathering.answer()
    settled(studio)
    assert {one.path.parent.name for one in studio.box.model.pictures} == {"second"}


def test_work_that_cannot_be_kept_is_no_fault_of_the_picture(studio, tmp_path):
    opened(studio, a_photo(tmp_path))
    enlarge(studio)
    scans(tmp_path / "scans")
    drop(studio, [tmp_path / "scans"])
    answer_question("Save project…")
    answer_file_dialog(tmp_path / "work.txt")
    wait_for(lambda: "no name for a project" in message(studio))
    settled(studio)
    assert QApplication.activeModalWidget() is None
    assert not [one for one in studio.box.model.pictures if one.is_unreadable]
    assert studio.results.unexported


def test_a_project_holds_what_was_open_when_it_was_asked_for(studio, tmp_path, hold):
    opened(studio, a_photo(tmp_path))
    loading, other = hold(open_picture, "_load"), a_photo(tmp_path, "other.png")
    studio.pictures.open(other)
    wait_for(loading.is_asked.is_set)
    studio.window.actions_by_name["save_project"].trigger()
    wait_for(lambda: QApplication.activeModalWidget() is not None)
    loading.answer()
    wait_for(lambda: studio.document.path == other)
    answer_file_dialog(tmp_path / "work.zssr")
    wait_for(lambda: "was not saved" in message(studio))
    assert not (tmp_path / "work.zssr").exists()


@pytest.mark.looks
def test_methods_are_compared_by_what_was_found_while_they_were_chosen(studio, tmp_path, monkeypatch, hold):
    noise = Damage(noise=Noise.even(0.03, 3))
    monkeypatch.setattr(look, "_find_damage", lambda _part: noise)
    finding = hold(look, "_find_damage")
    with Image.open(a_photo(tmp_path)) as image:
        image.filter(ImageFilter.GaussianBlur(1)).save(tmp_path / "soft.png")
    opened(studio, tmp_path / "soft.png")
    wait_for(finding.is_asked.is_set)
    studio.compare_with.on_open()
    wait_for(lambda: studio.compare_with.dialog is not None and studio.compare_with.dialog.isVisible())
    dialog = studio.compare_with.dialog
    dialog.set_offers(dialog.offers, [dialog.offers[0].key])
    finding.answer()
    wait_for(lambda: not studio.look.is_looking)
    assert studio.settings.value.damage.noise is not None
    dialog.accept()
    wait_for(lambda: any(entry.finished is not None for entry in studio.results.entries))
    (entry,) = [entry for entry in studio.results.entries if entry.finished is not None]
    assert entry.finished.job.damage == studio.settings.value.damage


def test_the_size_of_the_picture_before_is_no_change_of_a_person(studio, tmp_path):
    opened(studio, a_photo(tmp_path))
    studio.settings.set_value(replace(studio.settings.value, wanted_px=(333, 444)))
    assert studio.undo.stack.count() == 1
    opened(studio, a_photo(tmp_path, "other.png"))
    assert studio.settings.value.wanted_px is None
    assert not studio.window.actions_by_name["undo"].isEnabled()


def test_who_removes_twice_removes_once(studio, tmp_path):
    opened(studio, a_photo(tmp_path))
    enlarge(studio)
    run = studio.results.current_run
    studio.results.mark_exported(run.key)
    studio.comparison.set_value(studio.comparison.value.looking(studio.comparison.value.mode, run.key))
    studio.window.message_bar.dismiss()
    for _ in range(2):
        studio.window.actions_by_name["remove_entry"].trigger()
    settled(studio)
    assert studio.results.get(run.key) is None
    assert message(studio) == ""


def test_of_two_screens_the_one_that_was_asked_for_last_counts(studio, tmp_path, hold):
    path = tmp_path / "screen.icc"
    path.write_bytes(profiles.named_profile(profiles.ADOBE_RGB))
    reading = hold(profiles, "read_profile")
    using = asyncio.ensure_future(studio.screen._use(path))
    wait_for(reading.is_asked.is_set)
    studio.window.actions_by_name["screen_srgb"].trigger()
    reading.answer()
    wait_for(using.done)
    assert studio.screen.profile_name == ""
