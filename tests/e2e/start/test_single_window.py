"""A second start hands its picture to the window that is open; what stands in the way of that is in nobody's way."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import QApplication

from tests import piece_of_sample
from tests.studio.comparing import enlarge
from tests.studio.studio_loop import PATIENCE_S, answer_question, wait_for
from zssr_studio.app.project.store import RECORD
from zssr_studio.app.single_window import FirstWindow, handed_over, place
from zssr_studio.app.user_settings import user_data

if TYPE_CHECKING:
    from collections.abc import Iterator

HANDED = "is shown in the window that is open"


@pytest.fixture
def photos(tmp_path: Path) -> tuple[Path, Path]:
    boxes = ((120, 60, 216, 140), (20, 20, 100, 90))
    first, second = (piece_of_sample(tmp_path / f"{n}.png", box) for n, box in zip("ab", boxes, strict=True))
    return first, second


def command(*words: object) -> list[str]:
    # However long the first one, which loads torch meanwhile, takes for its answer.
    patient = f"import zssr_studio.app.single_window as one; one.PATIENCE_MS = {1000 * PATIENCE_S:.0f}"
    return [sys.executable, "-c", f"{patient}; from zssr_studio.__main__ import main; main()", *map(str, words)]


def second_start(*words: object, folder: Path | None = None) -> str:
    done = subprocess.run(
        command("open", *words), capture_output=True, text=True, check=False, cwd=folder, timeout=PATIENCE_S
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def open_pictures() -> list[str]:
    """The picture of each studio that runs, as it saves its work."""
    records = (user_data() / "sessions").glob(f"*/{RECORD}")
    return sorted(Path(json.loads(record.read_text())["source"]["path"]).name for record in records)


def wait_for_pictures(*names: str) -> None:
    limit = time.monotonic() + PATIENCE_S
    while open_pictures() != list(names):
        assert time.monotonic() < limit, open_pictures()
        time.sleep(0.05)


@contextmanager
def a_studio(*words: object) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command(*words)) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_second_start_hands_its_picture_over(photos, tmp_path):
    first, _ = photos
    with a_studio("open", first) as process:
        wait_for_pictures("a.png")
        # By a name that only means something in the folder of the second program.
        assert second_start("b.png", folder=tmp_path) == f"zssr-studio: b.png {HANDED}\n"
        wait_for_pictures("b.png")
        # A person who asks for a window gets one of its own.
        with a_studio("open") as other:
            wait_for(lambda: "a.png" in second_start(first))
            wait_for_pictures("a.png")
            assert other.poll() is None
        assert process.poll() is None


def test_what_a_killed_studio_left_is_in_nobodys_way(photos):
    first, second = photos
    with a_studio("open", first):
        wait_for_pictures("a.png")
    with a_studio("open", second):
        wait_for_pictures("a.png", "b.png")
        assert HANDED in second_start(second)


def test_unsaved_work_is_asked_about_as_always(studio, photos):
    first, second = photos
    studio.pictures.open(first)
    wait_for(lambda: studio.document.path == first)
    enlarge(studio)
    listening = FirstWindow(studio.window, studio.box.open)
    with subprocess.Popen(command("open", second), stdout=subprocess.PIPE, text=True) as process:
        wait_for(lambda: process.poll() is not None)
        assert HANDED in process.stdout.read()
    wait_for(lambda: QApplication.activeModalWidget() is not None)
    # Behind the question nothing is opened; whoever comes now is told so, and opens a window.
    with subprocess.Popen([sys.executable, "-c", ASKS, str(second)], stdout=subprocess.PIPE, text=True) as process:
        wait_for(lambda: process.poll() is not None)
        assert process.stdout.read() == "False\n"
    answer_question("Cancel")
    assert studio.document.path == first
    assert studio.results.current is not None
    listening.end()


ASKS = """
import sys
from pathlib import Path
from zssr_studio.app.single_window import handed_over
print(handed_over((Path(sys.argv[1]),)))
"""


def test_several_pictures_become_a_box(studio, photos):
    listening = FirstWindow(studio.window, studio.box.open)
    with subprocess.Popen(command("open", *photos), stdout=subprocess.PIPE, text=True) as process:
        wait_for(lambda: process.poll() is not None)
        assert process.stdout.read().startswith("zssr-studio: a.png")
    wait_for(lambda: studio.document.path == photos[0])
    assert [one.path for one in studio.box.model.pictures] == list(photos)
    listening.end()


def test_a_program_that_does_not_answer_is_no_window(qapp, photos, monkeypatch):
    monkeypatch.setattr("zssr_studio.app.single_window.PATIENCE_MS", 200)
    silent = QLocalServer()
    assert silent.listen(place())
    assert not handed_over(photos)
    silent.close()
