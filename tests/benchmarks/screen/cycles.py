"""What stays behind when a studio is opened, trains and is closed, over and over."""

from __future__ import annotations

import ctypes
import gc
import sys
import threading

import numpy as np
import psutil
from PySide6.QtWidgets import QApplication

from tests.studio.studio_loop import click_tool, open_studio, pause, wait_for
from zssr_studio.app.models.run.run import RunState
from zssr_studio.engine.config import Scale
from zssr_studio.host.machine import share_heaps
from zssr_studio.imaging.picture import Crop

WARM_UP, STEPS = 10, 3
MOST_GROWTH_MB = 1.0


def cycles(application: QApplication, count: int) -> bool:
    """Print how many widgets, threads and megabytes are left; return whether that is within the target."""
    share_heaps()  # as the program does before its window
    counts, memory = [], []
    for number in range(WARM_UP + count):
        _cycle(application)
        if number >= WARM_UP - 1:
            counts.append(_counts())
            memory.append(_held_mb())
    # The slope of a line through all of them: single values jump as the allocator likes.
    growth_mb = float(np.polyfit(range(len(memory)), memory, 1)[0])
    first, last = counts[0], counts[-1]
    met = growth_mb < MOST_GROWTH_MB and last == first
    names = ("widgets", "threads of Python", "threads")
    told = ", ".join(f"{name} {a} to {b}" for name, a, b in zip(names, first, last, strict=True))
    print(
        f"{count} cycles of open, train, close: {told}; memory {memory[0]:.0f} to {memory[-1]:.0f} MB, "
        f"{growth_mb:+.2f} a cycle; target: < {MOST_GROWTH_MB:g} MB a cycle, no more of the rest: "
        f"{'met' if met else 'MISSED'}",
        flush=True,
    )
    return met


def _cycle(application: QApplication) -> None:
    with open_studio(application) as studio:
        studio.pictures.on_sample()
        wait_for(lambda: studio.document.picture is not None)
        studio.document.set_crop(Crop(60, 110, 48, 64))
        studio.settings.set_value(type(studio.settings.value)(scale=Scale(2, 2), steps=STEPS))
        click_tool(studio, "start")
        wait_for(lambda: studio.run.state is RunState.FINISHED)
        studio.results.mark_exported(studio.results.current)
    pause(20)


def _counts() -> tuple[int, int, int]:
    gc.collect()
    pause(0)
    return len(QApplication.allWidgets()), threading.active_count(), psutil.Process().num_threads()


def _held_mb() -> float:
    gc.collect()
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).malloc_trim(0)
    return psutil.Process().memory_info().rss / 1e6
