"""The training panel: curves with values under the pointer, zoomed, and after the run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.studio.studio_loop import click_tool, open_details, pause, wait_for
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.imaging.picture import Crop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zssr_studio.app.studio import Studio
    from zssr_studio.app.views.degradation.region_panel import RegionPanel


def training(studio: Studio) -> Iterator[str]:
    """Look at a run that goes on."""
    panel = studio.window.run_panel
    wait_for(lambda: studio.run.preview is not None and len(studio.run.history.marks) > 2)
    yield "training"
    open_details(studio)
    yield "training-details"
    viewport = panel.plot.plot.viewport()
    QTest.mouseMove(viewport, QPoint(viewport.width() // 2, viewport.height() // 2))
    pause(50)
    yield "training-values"
    panel.plot.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(6):
        QTest.keyClick(panel.plot, Qt.Key.Key_Plus)
    yield "training-zoomed"
    QTest.keyClick(panel.plot, Qt.Key.Key_0)


def film(studio: Studio) -> Iterator[str]:
    """Go back through the outputs on the way."""
    panel = studio.window.run_panel
    wait_for(lambda: panel.film.list.count() > 4)
    panel.tabs.setCurrentIndex(1)
    yield "film"
    panel.film.list.setFocus(Qt.FocusReason.TabFocusReason)
    panel.film.list.setCurrentRow(1)
    yield "film-back"
    QTest.keyClick(panel.film.list, Qt.Key.Key_Escape)
    panel.tabs.setCurrentIndex(0)


def runs(studio: Studio) -> Iterator[str]:
    """Let two other runs wait while one trains."""
    panel, settings = studio.window.run_panel, studio.settings
    panel.tabs.setCurrentIndex(2)
    settings.set_value(replace(settings.value, preset="best", seconds=90.0))
    click_tool(studio, "start")
    settings.set_value(replace(settings.value, kernel=Shape.parse("gaussian:1.4,0.8,30"), seed=7))
    click_tool(studio, "start")
    wait_for(lambda: len(studio.queue.waiting) == 2)
    panel.runs.table.setFocus(Qt.FocusReason.TabFocusReason)
    panel.runs.table.selectRow(1)
    yield "queue"
    for one in studio.queue.waiting:
        studio.queue.remove(one.key)
    panel.tabs.setCurrentIndex(0)
    click_tool(studio, "details")


def region(studio: Studio) -> Iterator[str]:
    """Give the region exact numbers and a shape, and try it in place."""
    panel = studio.window.settings_panel.region
    studio.document.set_crop(Crop(40, 60, 140, 180))
    _give_shape(panel, "nonsense")
    yield "region-problem"
    _give_shape(panel, "3:2")
    studio.window.actions_by_name["fit"].trigger()
    yield "region-numbers"
    studio.window.actions_by_name["try_here"].setChecked(True)
    wait_for(lambda: bool(studio.window.canvas.scene.shown))
    yield "try-in-place-training"
    wait_for(lambda: not studio.in_place.is_busy)
    yield "try-in-place"
    studio.window.actions_by_name["try_here"].setChecked(False)


def _give_shape(panel: RegionPanel, text: str) -> None:
    """Write a shape, as a person does."""
    panel.aspect.setEditText(text)
    panel.aspect.lineEdit().editingFinished.emit()
