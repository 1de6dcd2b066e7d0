"""The window's targets, each measured: start, frames, opening, training beside it, and what 100 cycles leave."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import QEvent, QObject, QPointF, QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.benchmarks.rows import parts_among
from tests.benchmarks.screen.cycles import cycles
from tests.benchmarks.screen.painting import FRAME_MS, SIZE_PX, canvas_of
from tests.benchmarks.screen.responsiveness import INTERVAL_MS, intervals_ms
from tests.studio.studio_loop import open_studio, pause, wait_for
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.resource import resource_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.app.studio import Studio
    from zssr_studio.app.views.canvas.canvas import Canvas

START_S, OPEN_S, LATE_MS = 1.0, 1.5, 50.0
STARTS, FRAMES, OPENINGS = 7, 240, 5
OPENED_PX = (4000, 6000)
PARTS = ("start", "frames", "open", "training", "cycles")

# Runs the studio as `python -m zssr_studio` does, and ends it once its first screen is painted.
CHILD = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from zssr_studio.app import main
class Eye(QObject):
    def eventFilter(self, what, event):
        if event.type() == QEvent.Type.Paint and isinstance(what, QWidget) and self.is_of_page(what):
            QTimer.singleShot(0, self.tell)
        return False
    def is_of_page(self, widget):
        # The page itself is covered by what lies on it, and not painted.
        while widget is not None and type(widget).__name__ != "StartPage":
            widget = widget.parentWidget()
        return widget is not None
    def tell(self):
        print(time.time(), "torch" in sys.modules, flush=True)
        os._exit(0)
eye, build = Eye(), main.build
def watched(application):
    application.installEventFilter(eye)
    return build(application)
main.build = watched
sys.argv = ["zssr-studio"]
from zssr_studio.__main__ import main as program
program()
"""


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks window", description=__doc__)
    parser.add_argument("--parts", type=parts_among(PARTS), default=PARTS, help="which of them, in this order")
    parser.add_argument("--megapixels", type=float, default=100.0, help="size of the result that is moved")
    parser.add_argument("--seconds", type=float, default=20.0, help="training time")
    parser.add_argument("--cycles", type=int, default=100)
    options = parser.parse_args(arguments)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    parts: dict[str, Callable[[], bool]] = {
        "start": _start,
        "frames": lambda: _frames(options.megapixels),
        "open": lambda: _open(application),
        "training": lambda: _training(application, options.seconds),
        "cycles": lambda: cycles(application, options.cycles),
    }
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        met = [parts[name]() for name in options.parts]
    return int(not all(met))


def told(what: str, figures: str, target: str, *, met: bool) -> bool:
    """Print a line and return whether the target was met."""
    print(f"{what:42s} {figures:48s} target: {target:24s} {'met' if met else 'MISSED'}", flush=True)
    return met


def _start() -> bool:
    seconds, with_torch = [], False
    with tempfile.TemporaryDirectory() as home:
        own = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), home)
        for _ in range(STARTS):
            begin = time.time()
            command = [sys.executable, "-c", CHILD]
            said = subprocess.run(command, env={**os.environ, **own}, capture_output=True, text=True, check=True).stdout
            moment, torch = said.split()[-2:]
            seconds.append(float(moment) - begin)
            with_torch |= torch == "True"
    # The first one reads from the disk what the others find in memory.
    later = seconds[1:]
    figures = f"first {seconds[0]:.2f} s, then {np.median(later):.2f} s, longest {max(later):.2f} s"
    met = told("process start to the first paint", figures, f"< {START_S:g} s", met=max(later) < START_S)
    return (
        told("torch at the first paint", "loaded" if with_torch else "not loaded", "after it", met=not with_torch) & met
    )


def _frames(megapixels: float) -> bool:
    canvas, image = canvas_of(megapixels), QImage(*SIZE_PX, QImage.Format.Format_RGB32)
    scene = canvas.scene
    assert scene.mode is Mode.SLIDER
    met = True
    for zoom, view in ((None, "fitted"), (2.0, "1:1")):
        for name, move in (("pan", _pan), ("zoom", _zoom), ("slider", _slide)):
            canvas.fit() if zoom is None else canvas.set_zoom(zoom)
            times = []
            for number in range(FRAMES):
                begin = time.perf_counter()
                move(canvas, number)
                canvas.render(image)
                times.append(1000 * (time.perf_counter() - begin))
            median, late = (float(np.percentile(times, q)) for q in (50, 99))
            figures = f"median {median:.1f} ms, 99th percentile {late:.1f} ms"
            met &= told(f"{name}, {view}, {megapixels:g} MP", figures, f"< {FRAME_MS:.1f} ms", met=late < FRAME_MS)
    return met


def _pan(canvas: Canvas, number: int) -> None:
    canvas.pan(QPointF(3.0 if number % 20 < 10 else -3.0, 2.0 if number % 14 < 7 else -2.0))


def _zoom(canvas: Canvas, number: int) -> None:
    canvas.set_zoom(canvas.camera.zoom * (1.05 if number % 60 < 30 else 1 / 1.05))


def _slide(canvas: Canvas, number: int) -> None:
    canvas.move_split(number / FRAMES)


class _Paints(QObject):
    """Remembers when the canvas first painted a picture."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.moment: float | None = None
        self._canvas = studio.window.canvas
        self._canvas.installEventFilter(self)

    def eventFilter(self, _what: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self.moment is None and self._canvas.scene.base is not None:
            self.moment = time.perf_counter()
        return False


def _open(application: QApplication) -> bool:
    """Open a photo of 24 megapixels; "all" is when nothing is left to do for it."""
    seen, whole = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo.jpg"
        with Image.open(resource_path("sample.png")) as sample:
            rows, columns = OPENED_PX
            sample.convert("RGB").resize((columns, rows), Image.Resampling.BICUBIC).save(path, quality=92)
        for _ in range(OPENINGS):
            with open_studio(application) as studio:
                pause(300)
                paints, begin = _Paints(studio), time.perf_counter()
                studio.pictures.open(path)
                wait_for(lambda paints=paints: paints.moment is not None)
                wait_for(lambda studio=studio: not studio.tasks.is_busy)
                whole.append(time.perf_counter() - begin)
                assert paints.moment is not None
                seen.append(paints.moment - begin)
    met = True
    for what, seconds in (("the picture is on the screen", seen), ("all is there", whole)):
        figures = f"median {np.median(seconds):.2f} s, longest {max(seconds):.2f} s"
        met &= told(f"24 MP JPEG: {what}", figures, f"< {OPEN_S:g} s", met=max(seconds) < OPEN_S)
    return met


def _training(application: QApplication, seconds: float) -> bool:
    with open_studio(application) as studio:
        late = np.maximum(0, np.asarray(intervals_ms(studio, seconds)) - INTERVAL_MS)
    median, high, worst = (float(np.percentile(late, q)) for q in (50, 99, 100))
    figures = f"median {median:.1f}, 99th percentile {high:.1f}, longest {worst:.1f} ms"
    return told(
        f"lateness of a {INTERVAL_MS} ms timer in training", figures, f"99th < {LATE_MS:g} ms", met=high < LATE_MS
    )
