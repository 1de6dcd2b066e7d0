"""A studio with a box of scans, for tests and screenshots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests import piece_of_sample
from tests.e2e.gestures import drop
from tests.studio.studio_loop import wait_for
from zssr_studio.engine.config import Scale

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.app.studio import Studio

WORKER = "zssr_studio.batch.workers.worker"


def scans(folder: Path, count: int = 8, side_px: int = 40) -> list[Path]:
    """Write small pictures of one size, each of another part of the sample."""
    folder.mkdir(parents=True, exist_ok=True)
    places = [(20 + 20 * number, 40 + 16 * number) for number in range(count)]
    return [
        piece_of_sample(folder / f"scan_{number:02}.png", (left, top, left + side_px, top + side_px))
        for number, (left, top) in enumerate(places)
    ]


def with_steps(studio: Studio, steps: int) -> None:
    """Let each run make so many steps, on the processor."""
    studio.settings.set_value(type(studio.settings.value)(scale=Scale(2, 2), steps=steps, device="cpu"))


def open_box(studio: Studio, paths: list[Path], count: int) -> None:
    """Drop files or folders on the window, and wait for a box of so many pictures with one of them open."""
    drop(studio, paths)
    wait_for(lambda: len(studio.box.model.pictures) == count)
    wait_for(lambda: studio.box.model.place_of(studio.document.path) is not None)


def start(studio: Studio) -> None:
    """Press Start in the line of the box, which gives way to Pause."""
    strip = studio.window.box_views.strip
    assert not strip.pause.isVisible()
    QTest.mouseClick(strip.start, Qt.MouseButton.LeftButton)
    assert studio.box.model.is_working
    assert (strip.start.isVisible(), strip.pause.isVisible()) == (False, True)


def wait_for_end(studio: Studio) -> None:
    """Wait until nothing of the box is in hand."""
    wait_for(lambda: not studio.box.model.is_working)


def states(studio: Studio) -> list[str]:
    """The state of each picture, in the order of the box."""
    return [str(one.shown_state) for one in studio.box.model.pictures]


def worker_processes() -> list[psutil.Process]:
    """The processes that enlarge pictures for this one."""
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            if any(WORKER in part for part in child.cmdline()):
                found.append(child)
        except psutil.Error:
            continue  # it ended meanwhile
    return found
