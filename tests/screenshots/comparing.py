"""Each way of comparing, with two runs, a file that is larger, and a ground truth."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.samples.made_networks import Edsr
from tests.studio.studio_loop import click_tool, pause, wait_for
from zssr_studio.app.actions import MAPS
from zssr_studio.app.models.compare.comparison import Mode
from zssr_studio.app.models.compare.methods import keep_folder
from zssr_studio.app.user_settings import user_settings
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
    for name in MAPS:
        actions[name].trigger()
        wait_for(lambda: bool(studio.maps.layers))
        yield f"comparing-{name.replace('_', '-')}"
    actions["disagreement_map"].trigger()
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
    yield from _other_methods(studio)


def _other_methods(studio: Studio) -> Iterator[str]:
    """Tick rules and a network in a folder that holds other things too, and look at all that comes of it."""
    actions = studio.window.actions_by_name
    with tempfile.TemporaryDirectory() as folder:
        networks = Path(folder)
        torch.save(Edsr(scale=2).state_dict(), networks / "edsr_x2.pt")
        torch.save(Edsr(scale=4).state_dict(), networks / "edsr_x4.pt")
        (networks / "letter.pth").write_bytes(b"Dear Sir or Madam")
        keep_folder(user_settings(), networks)
        actions["compare_with"].trigger()
        wait_for(lambda: studio.compare_with.dialog is not None and studio.compare_with.dialog.isVisible())
        dialog = studio.compare_with.dialog
        wait_for(lambda: not studio.compare_with.is_looking)
        for name in ("Lanczos", "edsr_x2"):
            lines = (dialog.list.topLevelItem(index) for index in range(dialog.list.topLevelItemCount()))
            next(line for line in lines if name in line.text(0)).setCheckState(0, Qt.CheckState.Checked)
        yield "compare-with"
        before = len(_keys(studio))
        dialog.start_button.click()
        wait_for(lambda: len(_keys(studio)) == before + 2 and not studio.run.is_running)
    keep_folder(user_settings(), None)
    for entry in studio.results.entries:
        if entry.finished is not None and entry.finished.made_by is not None:
            studio.window.results_panel.list.asked.emit(Request.TICK, entry.key)
    click_tool(studio, "side_by_side")
    wait_for(lambda: all(studio.results.get(key).score is not None for key in _keys(studio)[2:-1]))
    click_tool(studio, "details")
    studio.window.run_panel.tabs.setCurrentIndex(2)
    yield "compared-with"
    studio.window.run_panel.tabs.setCurrentIndex(0)
    click_tool(studio, "details")
    click_tool(studio, "slider")


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
