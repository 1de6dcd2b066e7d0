"""The window ends at a signal as if it was closed, asks nobody, and the work is there at the next start."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time

import pytest
from PySide6.QtWidgets import QLabel

from tests import piece_of_sample
from tests.studio.studio_loop import PATIENCE_S, wait_for
from zssr_studio.app.controllers.window.signals import SignalsController, end_without_a_word
from zssr_studio.app.controllers.window.tasks import Tasks
from zssr_studio.app.plain_text import plain_tip
from zssr_studio.app.project.sessions import Sessions
from zssr_studio.app.project.store import RECORD
from zssr_studio.app.user_settings import user_data

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_the_window_ends_at_a_signal_and_the_work_stays_saved(tmp_path, number):
    photo = piece_of_sample(tmp_path / "harbour.png", (120, 60, 216, 140))
    command = [sys.executable, "-m", "zssr_studio", "open", str(photo)]
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path)}
    with subprocess.Popen(command, env=variables, stderr=subprocess.PIPE, text=True) as process:
        limit = time.monotonic() + PATIENCE_S
        while not list((user_data() / "sessions").glob(f"*/{RECORD}")):
            assert process.poll() is None
            assert time.monotonic() < limit
            time.sleep(0.05)
        process.send_signal(number)
        _, stderr = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, stderr
    assert "Traceback" not in stderr
    sessions = Sessions(user_data() / "sessions")
    assert len(sessions.left()) == 1  # whole, and locked by nobody
    sessions.release()


def test_a_signal_is_seen_at_once_and_given_back(qapp):
    before, left = signal.getsignal(signal.SIGTERM), []
    signals = SignalsController(lambda: left.append(True))
    os.kill(os.getpid(), signal.SIGTERM)
    wait_for(lambda: bool(left))
    signals.end()
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_run_that_trains_is_saved_before_it_is_ended(studio, tmp_path):
    photo = piece_of_sample(tmp_path / "harbour.png", (120, 60, 216, 140))
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    studio.window.actions_by_name["start"].trigger()
    wait_for(lambda: studio.run.is_running)
    studio.frame.on_signal()
    wait_for(studio.frame.closed.is_set)
    wait_for(lambda: not studio.tasks.is_busy)
    folder = studio.autosave.folder
    studio.autosave.end()
    assert b'"training": {' in (folder / RECORD).read_bytes()


def test_names_that_look_like_markup_are_shown_as_they_are(studio, tmp_path):
    photo = piece_of_sample(tmp_path / "<b>bold<b> [*] &amp;.png", (120, 60, 216, 140))
    studio.pictures.open(photo)
    wait_for(lambda: studio.document.path == photo)
    assert studio.window.windowTitle().replace("[*][*]", "[*]") == f"{photo.name} – ZSSR Studio"
    studio.window.message_bar.show_notice(f"Saved {photo.name}.")
    shown = [label for label in studio.window.findChildren(QLabel) if photo.name in label.text()]
    assert shown
    for label in shown:
        assert label.textFormat().name == "PlainText", label.text()
    assert plain_tip("a <i>b") == "<span>a &lt;i&gt;b</span>"
    assert plain_tip("a & b") == "a & b"


def test_before_there_is_a_window_a_signal_ends_the_program_and_what_is_ignored_stays_so():
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        signal.signal(signal.SIGTERM, lambda *_: None)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        end_without_a_word()
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_what_begins_while_the_studio_is_left_is_waited_for_as_well():
    done: list[str] = []

    async def live() -> None:
        tasks = Tasks(pytest.fail)

        async def looked() -> None:
            await asyncio.sleep(0.01)
            done.append("looked")

        async def opened() -> None:
            await asyncio.sleep(0.01)
            done.append("opened")
            tasks.start(looked())

        tasks.start(opened())
        await tasks.finish()
        assert not tasks.is_busy

    asyncio.run(live())
    assert done == ["opened", "looked"]
