"""How far apart a 16 ms timer of the window fires while a network trains on all cores."""

from __future__ import annotations

import argparse
import os
import sys
import time

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtWidgets import QApplication

from tests.studio.studio_loop import click_tool, open_fresh_studio, steps_of, turn_wheel, wait_for
from zssr_studio.app.models.run.run import RunState
from zssr_studio.engine.config import Scale

if TYPE_CHECKING:
    from zssr_studio.app.studio import Studio

INTERVAL_MS = 16
MEDIAN_MS, LATE_MS = 20.0, 100.0


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    with open_fresh_studio(application) as studio:
        intervals = intervals_ms(studio, options.seconds)
    median, late, worst = (float(np.percentile(intervals, q)) for q in (50, 99, 100))
    print(
        f"{len(intervals)} intervals over {options.seconds:g} s of training: median {median:.1f} ms (aim: under "
        f"{MEDIAN_MS:g}), 99th percentile {late:.1f} ms (aim: under {LATE_MS:g}), longest {worst:.1f} ms"
    )
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks responsiveness", description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0, help="training time")
    return parser.parse_args(arguments)


def intervals_ms(studio: Studio, seconds: float) -> list[float]:
    """Train on the sample photo, zooming in and out all the while as a person might."""
    studio.pictures.on_sample()
    wait_for(lambda: studio.document.picture is not None)
    studio.settings.set_value(type(studio.settings.value)(scale=Scale(2, 2), seconds=seconds))
    # torch takes seconds to load, which is the start's time and not the training's.
    click_tool(studio, "start")
    wait_for(lambda: steps_of(studio) > 0)
    moments: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(INTERVAL_MS)
    timer.timeout.connect(lambda: (moments.append(time.perf_counter()), _zoom(studio, len(moments))))
    timer.start()
    application = QApplication.instance()
    while studio.run.state is RunState.TRAINING or studio.run.state is RunState.ENLARGING:
        application.processEvents()
        time.sleep(0.0005)
    timer.stop()
    return [1000 * (b - a) for a, b in itertools.pairwise(moments)]


def _zoom(studio: Studio, count: int) -> None:
    canvas = studio.window.canvas
    turn_wheel(canvas, QPointF(canvas.width() / 2, canvas.height() / 2), 1 if count % 20 < 10 else -1)
