"""Each way of comparing, with two runs, a file that is larger, and a ground truth."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.studio_loop import click_tool, pause, wait_for
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.views.compare.result_row import Request
from zssr_studio.imaging.write import write_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zssr_studio.app.studio import Studio


def comparing(studio: Studio) -> Iterator[str]:
    """Go from one way of comparing to the next; a run is there already."""
    canvas, actions = studio.window.canvas, studio.window.actions_by_name
    yield "comparing"
    click_tool(studio, "actual")
    click_tool(studio, "double")
    yield "comparing-2to1"
    actions["level_line"].trigger()
    yield "comparing-level"
    actions["level_line"].trigger()
    click_tool(studio, "start")
    wait_for(lambda: len(_keys(studio)) == 4 and canvas.scene.after is not None)
    with tempfile.TemporaryDirectory() as folder:
        _add_truth(studio, Path(folder))
    click_tool(studio, "side_by_side")
    _point(studio, 0.3, 0.4)
    yield "comparing-side-by-side"
    actions["grid"].trigger()
    yield "comparing-grid"
    actions["loupe"].trigger()
    click_tool(studio, "slider")
    _point(studio, 0.2, 0.2)
    yield "comparing-loupe"
    actions["loupe"].trigger()
    click_tool(studio, "flip")
    yield "comparing-flip"
    click_tool(studio, "difference")
    yield "comparing-difference"
    studio.window.results_panel.list.setFocus(Qt.FocusReason.TabFocusReason)
    studio.window.results_panel.blend.setValue(40)
    click_tool(studio, "slider")
    wait_for(lambda: all(studio.results.get(key).score is not None for key in _keys(studio)[1:4]))
    yield "comparing-blend"
    assert studio.comparison.value.mode is Mode.SLIDER


def _add_truth(studio: Studio, folder: Path) -> None:
    """Add the first run as if it were the original, with a little less contrast."""
    run = studio.results.current_run
    first = studio.results.get(_keys(studio)[2])
    path = folder / "original.png"
    write_picture(type(first.picture)(pixels=first.picture.pixels * 0.98 + 0.01), path, overwrite=False)
    studio.added_files.add(path)
    wait_for(lambda: len(_keys(studio)) == 5)
    studio.window.actions_by_name["truth"].trigger()
    for request, key in ((Request.TICK, first.key), (Request.SHOW, run.key)):
        studio.window.results_panel.list.asked.emit(request, key)
    wait_for(lambda: run.key == studio.results.current and studio.results.get(run.key).score is not None)


def _keys(studio: Studio) -> list[int]:
    return [entry.key for entry in studio.results.entries]


def _point(studio: Studio, down: float, right: float) -> None:
    canvas = studio.window.canvas
    QTest.mouseMove(canvas, QPoint(round(canvas.width() * right), round(canvas.height() * down)))
    pause(20)
