"""All windows, in both themes: contrast, names, the keyboard and its focus, and room for text of twice the size."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QFontDatabase
from PySide6.QtTest import QTest

from tests.studio.for_everyone import (
    SHAPE_RATIO,
    TEXT_RATIO,
    alike,
    clipped,
    contrast,
    nameless,
    pale,
    tab_round,
    unreached,
)
from tests.studio.studio_loop import click_tool, open_studio, pause, wait_for
from tests.studio.walk import states
from zssr_studio.app.models.run.run import RunState
from zssr_studio.app.theme import DARK, LEAST_FONT_PT, LIGHT, Colours, Theme
from zssr_studio.app.views.window.command_palette import CommandPalette
from zssr_studio.engine.config import Scale
from zssr_studio.imaging.picture import Crop

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from zssr_studio.app.studio import Studio

ROOT = Path(__file__).parents[3]


def _in(name: str, problems: list[str]) -> list[str]:
    return [f"{name}: {problem}" for problem in problems]


@pytest.mark.looks
@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_each_window_is_for_everyone(studio: Studio, theme: Theme) -> None:
    """All texts stand out, all controls have names, Tab reaches each, and the focus is seen."""
    studio.theme.set_theme(theme)
    problems = []
    for name, window in states(studio):
        pause(50)
        problems += _in(name, [*pale(window), *nameless(window), *alike(window)])
        if isinstance(window, CommandPalette):
            # One line that is typed into; its arrow keys go through the list.
            continue
        stops, unseen = tab_round(window)
        problems += _in(name, [*unreached(window, stops), *unseen])
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_colours_of_the_themes_stand_out(colours: Colours) -> None:
    """Text at 4.5:1 on whatever it may stand on, marks and lines that mean something at 3:1."""
    for ground in (colours.window, colours.field, colours.raised):
        for text in (colours.text, colours.faint):
            assert contrast(_rgb(text), _rgb(ground)) >= TEXT_RATIO, (text, ground)
        for mark in (colours.accent_line, colours.second_curve, colours.faint):
            assert contrast(_rgb(mark), _rgb(ground)) >= SHAPE_RATIO, (mark, ground)
        assert contrast(_rgb(colours.edge), _rgb(ground)) >= SHAPE_RATIO, (colours.edge, ground)
    assert contrast(_rgb(colours.accent_text), _rgb(colours.accent)) >= TEXT_RATIO
    assert contrast(_rgb(colours.warning_text), _rgb(colours.warning)) >= TEXT_RATIO


def _rgb(colour: str) -> tuple[int, ...]:
    return QColor(colour).getRgb()[:3]


def test_the_slider_of_the_picture_tells_its_place(studio: Studio) -> None:
    """A screen reader is told where the slider is, at once and after each key."""
    studio.pictures.on_sample()
    wait_for(lambda: studio.document.picture is not None)
    studio.document.set_crop(Crop(60, 110, 48, 64))
    studio.settings.set_value(type(studio.settings.value)(scale=Scale(2, 2), steps=5))
    click_tool(studio, "start")
    wait_for(lambda: studio.run.state is RunState.FINISHED)
    canvas = studio.window.canvas
    wait_for(lambda: canvas.scene.has_slider)
    assert "slider at 50 %" in _described(canvas)
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert "slider at 53 %" in _described(canvas)
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert "slider at 0 %" in _described(canvas)
    click_tool(studio, "slider")
    assert "slider at" not in _described(canvas)
    studio.results.mark_exported(studio.results.current)


def _described(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


@pytest.mark.looks
def test_text_of_twice_the_size_has_room(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the text that a system sets at 200 % nothing is cut off, and the window fits on 1920 x 1080."""
    large = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    large.setPointSizeF(2 * LEAST_FONT_PT)
    monkeypatch.setattr(QFontDatabase, "systemFont", lambda _kind: large)
    problems = []
    with open_studio(qapp) as studio:
        studio.window.resize(1920, 1080)
        for name, window in states(studio):
            pause(50)
            problems += _in(name, clipped(window))
            hint = window.minimumSizeHint()
            if hint.width() > 1920 or hint.height() > 1080:
                problems.append(f"{name}: needs {hint.width()} x {hint.height()}")
    assert not problems, "\n".join(problems)


TWICE = """
import sys
from PySide6.QtWidgets import QApplication
from tests.studio.for_everyone import clipped
from tests.studio.studio_loop import open_studio, pause, tool_button, wait_for
from zssr_studio.app.actions import OPTIONS, SEPARATOR, TOOLS, TOOLS_RIGHT, ZOOM
OTHERS = (SEPARATOR, ZOOM, OPTIONS)
NAMES = [name for name in (*TOOLS, *TOOLS_RIGHT, "start", "pause", "stop") if name not in OTHERS]
with open_studio(QApplication([])) as studio:
    window = studio.window
    window.resize(960, 540)
    studio.pictures.on_sample()
    wait_for(lambda: studio.document.picture is not None)
    pause(100)
    assert window.devicePixelRatio() == 2
    hidden = [name for name in NAMES if tool_button(studio, name) is None]
    print(window.width(), window.height(), *clipped(window), *hidden, sep="|")
"""


def test_the_window_fits_at_twice_the_scale(tmp_path: Path) -> None:
    """On 1920 x 1080 with QT_SCALE_FACTOR=2 the window fits, and all tools are seen."""
    environment = {**os.environ, "QT_SCALE_FACTOR": "2", "XDG_CONFIG_HOME": str(tmp_path)}
    command = [sys.executable, "-c", TWICE]
    made = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.stdout.strip() == "960|540", made.stdout + made.stderr
