"""A process that may take little memory says so, before the libraries end it; real limits, real processes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests import piece_of_sample
from zssr_studio.host import machine

resource = pytest.importorskip("resource", reason="a process has limits on Linux")
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps to limits of memory")
MB = 1_000_000
FIGURES = """
import psutil
from zssr_studio.host import machine
held = psutil.Process().memory_info()
print(machine.total_memory_bytes(), machine.free_memory_bytes() + getattr(held, {held!r}))
"""


def limited(words: list[str], kind: int, most_bytes: int) -> subprocess.CompletedProcess[str]:
    limit = lambda: resource.setrlimit(kind, (most_bytes, most_bytes))  # noqa: E731
    return subprocess.run(
        [sys.executable, *words], preexec_fn=limit, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.parametrize(("kind", "held"), [(resource.RLIMIT_AS, "vms"), (resource.RLIMIT_DATA, "data")])
def test_a_limit_of_the_process_counts_as_the_machines_memory(kind, held):
    told = limited(["-c", FIGURES.format(held=held)], kind, 400 * MB)
    total, free = map(int, told.stdout.split())
    assert total == 400 * MB
    # A little is taken between the two looks.
    assert free == pytest.approx(400 * MB, abs=5 * MB)


def test_without_limits_there_is_room():
    machine.check_room()


@pytest.mark.parametrize(
    ("kind", "most_mb", "said"),
    [
        (resource.RLIMIT_AS, 200, "its libraries alone need about 700 MB"),
        (resource.RLIMIT_AS, 600, "its libraries alone need about 700 MB"),
        (resource.RLIMIT_DATA, 200, "its libraries alone need about 250 MB"),
        (resource.RLIMIT_AS, 1000, "emory"),
        (resource.RLIMIT_DATA, 380, "emory"),
    ],
)
def test_too_little_is_a_sentence_and_nothing_is_left_behind(tmp_path, kind, most_mb, said):
    photo = piece_of_sample(tmp_path / "in.png", (200, 100, 600, 400))
    words = ["-m", "zssr_studio", "upscale", str(photo), "-o", str(tmp_path / "out.tif"), "--steps", "2"]
    done = limited(words, kind, most_mb * MB)
    assert done.returncode == 1, done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("zssr-studio: "), done.stderr
    assert said in last
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.png"]


def test_the_window_says_it_too(tmp_path, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    done = limited(["-m", "zssr_studio", "open", str(tmp_path / "in.png")], resource.RLIMIT_AS, 500 * MB)
    assert done.returncode == 1
    assert done.stderr.startswith("zssr-studio: This process may take ")
