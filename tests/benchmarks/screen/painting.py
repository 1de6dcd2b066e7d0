"""How long the canvas takes to paint a frame of a large result, in each way of comparing."""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import replace

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.qimage import pyramid_of
from zssr_studio.app.views.canvas.canvas import Canvas
from zssr_studio.app.views.canvas.scene import Layer, Scene, Shown
from zssr_studio.imaging.picture import Picture

FRAME_MS = 1000 / 60
FRAMES = 60
SIZE_PX = (1200, 800)


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks painting", description=__doc__)
    parser.add_argument("--megapixels", type=float, default=100.0, help="size of the result")
    options = parser.parse_args(arguments)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert application is not None
    canvas = canvas_of(options.megapixels)
    slow = False
    for zoom, name in ((None, "fitted"), (1.0, "1:2"), (2.0, "1:1"), (4.0, "2:1")):
        canvas.fit() if zoom is None else canvas.set_zoom(zoom)
        for mode in (Mode.SLIDER, Mode.SIDE_BY_SIDE, Mode.FLIP, Mode.DIFFERENCE):
            late = _late_ms(canvas, mode)
            slow |= late > FRAME_MS
            print(f"{name:7s} {mode:13s} 95th percentile of {FRAMES} frames {late:5.1f} ms (aim: {FRAME_MS:.1f})")
    return int(slow)


def canvas_of(megapixels: float) -> Canvas:
    """A canvas with a noisy picture and two enlargements of it, shown in a window of 1200 x 800."""
    rng = np.random.default_rng(0)
    side = int((megapixels * 1e6) ** 0.5 / 2)
    small = rng.random((side, side, 3), dtype=np.float32)
    rect = QRectF(0, 0, side, side)
    base = Layer(pyramid_of(Picture(pixels=small)), rect)
    large = pyramid_of(Picture(pixels=small.repeat(2, 0).repeat(2, 1)))
    other = pyramid_of(Picture(pixels=(1 - small).repeat(2, 0).repeat(2, 1)))
    canvas = Canvas()
    canvas.resize(*SIZE_PX)
    shown = (Shown("A", Layer(large, rect)), Shown("B", Layer(other, rect, Layer(large, rect), 0.5)))
    canvas.set_scene(Scene(base=base, mode=Mode.SLIDER, shown=shown, gain=8))
    return canvas


def _late_ms(canvas: Canvas, mode: Mode) -> float:
    shown = canvas.scene.shown
    scene = replace(canvas.scene, mode=mode, shown=shown)
    canvas.set_scene(replace(scene, shown=shown[1:]) if mode is Mode.FLIP else scene)
    image = QImage(*SIZE_PX, QImage.Format.Format_RGB32)
    times = []
    for number in range(FRAMES):
        begin = time.perf_counter()
        canvas.pan(QPointF(3.0 if number % 20 < 10 else -3.0, 2.0 if number % 14 < 7 else -2.0))
        if mode is Mode.SLIDER:
            canvas.move_split(number / FRAMES)
        canvas.render(image)
        times.append(1000 * (time.perf_counter() - begin))
    canvas.set_scene(replace(canvas.scene, shown=shown))
    return float(np.percentile(times, 95))
