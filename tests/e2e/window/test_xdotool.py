"""The real process on a real display, by keyboard and mouse alone, from its start to the exported file."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from tests.studio.display import MISSING, Person, screen, wait_for
from zssr_studio.resource import resource_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

SIDE_PX = 64
# packaging/linux/try_packages.sh names one that is installed.
COMMAND = shlex.split(os.environ.get("ZSSR_STUDIO_COMMAND", "")) or [sys.executable, "-m", "zssr_studio"]
pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"not installed: {', '.join(MISSING)}; packaging/test.sh installs what is missing"
)


@contextmanager
def studio_on(display: str, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program as a person starts it, with a home of its own; whatever it says goes to a file there."""
    home.mkdir()
    own = {name: str(home / name.lower()) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    kept = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
    # The window speaks the language of the system; what is looked for here is English.
    plain = {"HOME": str(home), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
    environment = {**kept, **own, **plain}
    with (
        (home / "said.txt").open("wb") as said,
        subprocess.Popen(COMMAND, env=environment, stdout=said, stderr=said) as process,
    ):
        try:
            yield process
        except AssertionError as error:
            error.add_note(f"The studio (exit code {process.poll()}) said:\n{(home / 'said.txt').read_text()}")
            raise
        finally:
            if process.poll() is None:
                process.kill()


def test_from_the_start_to_the_file(tmp_path: Path) -> None:
    """Open a picture, train two seconds on it, compare, export and leave."""
    picture = tmp_path / "photo.png"
    with Image.open(resource_path("sample.png")) as sample:
        sample.crop((110, 60, 110 + SIDE_PX, 60 + SIDE_PX)).save(picture)
    home = tmp_path / "home"
    with screen(1280, 900) as display, studio_on(display, home) as process:
        person = Person(display)
        person.go_to("^ZSSR Studio$")
        person.press("ctrl+o")
        person.go_to("^Open pictures or a project$")
        person.type(str(picture))
        person.press("Return")
        main = person.go_to("photo.png – ZSSR Studio")
        person.press("alt+m", "ctrl+a")
        person.type("2")
        person.press("Tab", "ctrl+Return")
        dialog = _exporting(person, main)
        wait_for(lambda: _exported(person, dialog), "the export dialog stays open")
        target = tmp_path / "photo_zssr2x.png"
        wait_for(target.exists, "no file came")
        main = person.go_to("photo.png – ZSSR Studio")
        _slide(person, main)
        wait_for(lambda: _is_whole(target), "the file is not whole")
        wait_for(lambda: _leaves(person, main, process), "the studio stays open")
        assert process.returncode == 0
    assert "Traceback" not in (home / "said.txt").read_text()
    enlarged, source = _pixels(target), _pixels(picture)
    assert enlarged.shape == (2 * SIDE_PX, 2 * SIDE_PX, 3)
    smaller = enlarged.reshape(SIDE_PX, 2, SIDE_PX, 2, 3).mean(axis=(1, 3))
    assert np.abs(smaller - source).mean() < 4


def test_three_people_need_as_few_clicks_as_they_were_promised() -> None:
    """A photographer, an archivist and one who compares; each click is made, and counted."""
    command = [sys.executable, "-m", "tests.benchmarks", "clicks"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _exported(person: Person, dialog: str) -> bool:
    """Click on Export, at the right of the last row, which a note that comes at that moment moves; tell if it went."""
    if person.see("^Export "):
        try:
            width, height = person.size(dialog)
        except KeyError:  # It closes right now.
            return False
        person.do("mousemove", "--window", dialog, width - 50, height - 32, "click", 1)
    return not person.see("^Export ")


def _exporting(person: Person, main: str) -> str:
    """Ask for the export until there is a result to export."""

    def asked() -> bool:
        person.do("windowfocus", "--sync", main)
        person.press("ctrl+s")
        return bool(person.see("^Export "))

    wait_for(asked, "there is nothing to export")
    return person.go_to("^Export ")


def _slide(person: Person, main: str) -> None:
    """Drag the slider over the picture, from the middle to the left."""
    width, height = person.size(main)
    person.do("mousemove", "--window", main, width // 2, height // 3, "mousedown", 1)
    for share in (0.48, 0.46, 0.44):
        person.do("mousemove", "--window", main, int(width * share), height // 3)
    person.do("mouseup", 1)


def _leaves(person: Person, main: str, process: subprocess.Popen[bytes]) -> bool:
    """Ask to leave; the file is whole a moment before the studio knows, which then asks whether it may be lost."""
    person.press("Escape")
    person.do("windowfocus", main)
    person.press("ctrl+q")
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=2)
    return process.poll() is not None


def _is_whole(path: Path) -> bool:
    try:
        _pixels(path)
    except OSError:
        return False
    return True


def _pixels(path: Path) -> NDArray[np.float64]:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"), np.float64)
