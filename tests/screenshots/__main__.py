"""`python -m tests.screenshots OUT_DIR` writes pictures of the real window: each state in both themes, at each size.

At 100 % they lie in OUT_DIR, at a scale of 200 % in OUT_DIR/200, and with text of twice the size in OUT_DIR/text-200.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.screenshots.boxes import box
from tests.screenshots.comparing import comparing
from tests.screenshots.exporting import exporting
from tests.screenshots.habits import first_screen, shown
from tests.screenshots.training import film, region, runs, training
from tests.studio.studio_loop import (
    click_tool,
    drag,
    look_over,
    open_fresh_studio,
    pause,
    steps_of,
    unfold,
    wait_for,
)
from tests.studio.walk import show_damage
from zssr_studio.app.controllers.degradation.sample import SETTLED_AFTER_MS
from zssr_studio.app.language import Language, speak
from zssr_studio.app.models.degradation.trial import TileState
from zssr_studio.app.models.run.run import RunState
from zssr_studio.app.theme import LEAST_FONT_PT, Theme
from zssr_studio.engine.config import Scale
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.imaging.picture import Crop
from zssr_studio.resource import resource_path

if TYPE_CHECKING:
    from zssr_studio.app.studio import Studio

# Long enough that a busy machine is still training when all of its states are taken.
TRAINED_S = 40.0


@dataclass(frozen=True, slots=True)
class Size:
    """How large things are drawn, and the window that the screen has room for, in units of Qt."""

    scale: int = 1
    text: int = 1
    window: tuple[int, int] = (1440, 900)


SIZES = {
    "": Size(),
    # A screen of 1920 x 1080 pixels has half as many units.
    "200": Size(scale=2, window=(960, 540)),
    "text-200": Size(text=2, window=(1920, 1080)),
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("out_dir", type=Path)
    parser.add_argument("--seconds", type=float, default=TRAINED_S, help="training before the pictures of a result")
    parser.add_argument("--size", choices=SIZES, help="only this size; '' is 100 %%")
    parser.add_argument("--language", choices=[*Language], default=Language.ENGLISH, help="that the window speaks")
    options = parser.parse_args(arguments)
    if options.size is None:
        return max(_in_process(name, arguments) for name in SIZES)
    folder = options.out_dir / options.size
    folder.mkdir(parents=True, exist_ok=True)
    _make(SIZES[options.size], folder, options.seconds, Language(options.language))
    return 0


def _in_process(name: str, arguments: list[str]) -> int:
    """Qt takes its scale once, when it begins: each size has a process of its own."""
    environment = {**os.environ, "QT_SCALE_FACTOR": str(SIZES[name].scale)}
    command = [sys.executable, "-m", "tests.screenshots", *arguments, "--size", name]
    return subprocess.run(command, env=environment, check=False).returncode


def _make(size: Size, folder: Path, seconds: float, language: Language) -> None:
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    speak(application, language)
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPointSizeF(size.text * LEAST_FONT_PT)
    # As a person sets it in the system; the offscreen platform has no such setting.
    QFontDatabase.systemFont = lambda _kind: font
    with open_fresh_studio(application) as studio:
        studio.window.resize(*size.window)
        for name in _states(studio, seconds):
            _shoot(studio, name, folder)


def _states(studio: Studio, seconds: float):
    """Go through the window as a person would, and stop at each state."""
    settings = studio.settings
    yield "empty"
    yield from first_screen(studio)
    studio.pictures.on_sample()
    wait_for(lambda: studio.document.picture is not None)
    yield "opened"
    look_over(studio)
    yield "looked-at"
    yield from _seen(studio)
    yield from _recovery(studio)
    # A key counts in the window that is active; after the dialogs before there is none on this platform.
    studio.window.activateWindow()
    wait_for(studio.window.isActiveWindow)
    click_tool(studio, "crop")
    drag(studio, (60, 110), (200, 310))
    wait_for(lambda: studio.document.crop is not None)
    # A region is looked at once it stays as it is.
    look_over(studio)
    yield "region"
    yield from region(studio)
    studio.document.set_crop(Crop(60, 110, 140, 200))
    settings.set_kernel(_motion_blur())
    yield "kernel"
    settings.set_kernel(Shape.parse("gaussian:1.4,0.8,30"))
    yield "kernel-shape"
    yield from _trial(studio)
    _begin_anew(studio)
    wanted = replace(settings.value, seconds=seconds)
    settings.set_value(wanted)
    click_tool(studio, "start")
    yield from training(studio)
    yield from film(studio)
    yield from runs(studio)
    settings.set_value(replace(wanted, seconds=None))
    click_tool(studio, "pause")
    yield "paused"
    click_tool(studio, "pause")
    wait_for(lambda: studio.window.canvas.scene.after is not None)
    # A moment later what is found has its sample again.
    pause(2 * SETTLED_AFTER_MS)
    wait_for(lambda: not studio.tasks.is_busy)
    yield from comparing(studio)
    yield from exporting(studio)
    studio.results.mark_exported(studio.results.current)
    yield from box(studio)
    bad = resource_path("SOURCES.md")
    studio.pictures.open(bad)
    wait_for(lambda: studio.window.message_bar.isVisible())
    yield "error"
    QTest.keyClick(studio.window, Qt.Key.Key_Escape)


def _begin_anew(studio: Studio) -> None:
    """Open the sample as at first, with what is really found of it, and draw the region again."""
    before, panel = studio.document.picture, studio.window.settings_panel
    for section in panel.sections.values():
        section.set_open(False)
    studio.settings.set_value(type(studio.settings.value)(Scale(2, 2)))
    studio.pictures.on_sample()
    wait_for(lambda: studio.document.picture is not before)
    look_over(studio)
    studio.document.set_crop(Crop(60, 110, 140, 200))
    panel.verticalScrollBar().setValue(0)


def _seen(studio: Studio):
    """Look at what would be found of a damaged picture, with its sample, and at all that is folded away."""
    show_damage(studio)
    wait_for(studio.window.settings_panel.seen.sample.isVisible)
    wait_for(lambda: not studio.tasks.is_busy)
    yield "what-i-see"
    rows = [row for row in studio.window.settings_panel.seen.rows.values() if row.isVisible()]
    for row in rows:
        QTest.mouseClick(row.fold, Qt.MouseButton.LeftButton)
        # On a busy machine it may only say that nothing can be seen yet.
        wait_for(row.sample.isVisible)
        wait_for(lambda: not studio.tasks.is_busy)
    yield "each-finding"
    for row in rows:
        QTest.mouseClick(row.fold, Qt.MouseButton.LeftButton)
    unfold(studio)
    yield "all-settings"


def _recovery(studio: Studio):
    """Leave the work of another studio behind, as a power cut does, and look at the offer."""
    wait_for(lambda: studio.autosave.folder is not None and not studio.tasks.is_busy)
    folder = studio.autosave.folder
    shutil.copytree(folder, folder.with_name("19070615-101500-1"))
    studio.recovery.offer()
    yield "recovery"
    studio.recovery._forget(studio.recovery._left[0])


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
        studio.theme.set_theme(theme)
        if studio.run.state is RunState.TRAINING:
            count = steps_of(studio)
            wait_for(lambda count=count: steps_of(studio) > count or studio.run.state is not RunState.TRAINING)
        pause(150)
        path = folder / f"{name}-{theme}.png"
        (studio.trial.dialog or studio.exports.dialog or shown(studio) or studio.window).grab().save(str(path))
        print(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
