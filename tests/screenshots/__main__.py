"""`python -m tests.screenshots OUT_DIR` writes pictures of the real window: each state, in light and dark."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.screenshots.comparing import comparing
from tests.screenshots.exporting import exporting
from tests.screenshots.habits import first_screen, shown
from tests.screenshots.training import film, region, runs, training
from tests.studio_loop import click_tool, drag, open_fresh_studio, pause, steps_of, wait_for
from zssr_studio.app.models.run import RunState
from zssr_studio.app.models.trial import TileState
from zssr_studio.app.theme import Theme
from zssr_studio.engine.config import Scale
from zssr_studio.engine.kernel import Kernel
from zssr_studio.engine.kernel_shapes import Shape
from zssr_studio.imaging.picture import Crop
from zssr_studio.resource import resource_path

if TYPE_CHECKING:
    from zssr_studio.app.main import Studio

TRAINED_S = 12.0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("out_dir", type=Path)
    parser.add_argument("--seconds", type=float, default=TRAINED_S, help="training before the pictures of a result")
    options = parser.parse_args(arguments)
    options.out_dir.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    with open_fresh_studio(application) as studio:
        for name in _states(studio, options.seconds):
            _shoot(studio, name, options.out_dir)
    return 0


def _states(studio: Studio, seconds: float):
    """Go through the window as a person would, and stop at each state."""
    settings = studio.settings
    yield "empty"
    yield from first_screen(studio)
    studio.pictures.on_sample()
    wait_for(lambda: studio.document.picture is not None)
    yield "opened"
    yield from _recovery(studio)
    click_tool(studio, "crop")
    drag(studio, (60, 110), (200, 310))
    wait_for(lambda: studio.document.crop is not None)
    yield "region"
    yield from region(studio)
    studio.document.set_crop(Crop(60, 110, 140, 200))
    settings.set_kernel(_motion_blur())
    yield "kernel"
    settings.set_kernel(Shape.parse("gaussian:1.4,0.8,30"))
    yield "kernel-shape"
    yield from _trial(studio)
    settings.set_value(type(settings.value)(scale=Scale(2, 2), seconds=seconds))
    click_tool(studio, "start")
    yield from training(studio)
    yield from film(studio)
    yield from runs(studio)
    settings.set_value(type(settings.value)(scale=Scale(2, 2), seconds=seconds))
    click_tool(studio, "pause")
    yield "paused"
    click_tool(studio, "pause")
    wait_for(lambda: studio.window.canvas.scene.after is not None)
    yield from comparing(studio)
    yield from exporting(studio)
    studio.results.mark_exported(studio.results.current)
    bad = resource_path("SOURCES.md")
    studio.pictures.open(bad)
    wait_for(lambda: studio.window.message_bar.isVisible())
    yield "error"
    QTest.keyClick(studio.window, Qt.Key.Key_Escape)


def _recovery(studio: Studio):
    """Leave the work of another studio behind, as a power cut does, and look at the offer."""
    wait_for(lambda: studio.autosave.folder is not None and not studio.tasks.is_busy)
    folder = studio.autosave.folder
    shutil.copytree(folder, folder.with_name("19070615-101500-1"))
    studio.projects.offer()
    yield "recovery"
    studio.projects._forget(studio.projects._left[0])


def _trial(studio: Studio):
    """Try four kernels on the region; the dialog is shown while it trains and when it is done."""
    trial = studio.trial
    trial.on_open()
    wait_for(lambda: trial.dialog is not None and trial.dialog.isVisible())
    yield "trial-choice"
    trial.dialog.start_button.click()
    wait_for(
        lambda: (
            trial.model.is_running
            and trial.model.tiles[1].state is TileState.TRAINING
            and trial.model.tiles[1].pixels is not None
        )
    )
    yield "trial-training"
    wait_for(lambda: not trial.model.is_running)
    yield "trial"
    trial.dialog.reject()
    wait_for(lambda: trial.dialog is None)


def _motion_blur() -> Kernel:
    """A slanted line of three pixels' width, as a shaken camera leaves."""
    rows, columns = np.indices((19, 19)) - 9
    along, across = columns + rows / 2, rows - columns / 2
    return Kernel.from_array(np.exp(-(across**2) / 3) * (np.abs(along) < 8), "shaken.npy")


def _shoot(studio: Studio, name: str, folder: Path) -> None:
    for theme in (Theme.LIGHT, Theme.DARK):
        studio.frame.set_theme(theme)
        if studio.run.state is RunState.TRAINING:
            count = steps_of(studio)
            wait_for(lambda count=count: steps_of(studio) > count)
        pause(150)
        path = folder / f"{name}-{theme}.png"
        (studio.trial.dialog or studio.exports.dialog or shown(studio) or studio.window).grab().save(str(path))
        print(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
