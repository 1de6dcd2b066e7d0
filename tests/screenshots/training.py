"""The training panel: curves with values under the pointer, zoomed, and after the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.studio_loop import pause, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zssr_studio.app.main import Studio


def training(studio: Studio) -> Iterator[str]:
    """Look at a run that goes on."""
    panel = studio.window.run_panel
    wait_for(lambda: studio.run.preview is not None and len(studio.run.history.marks) > 2)
    yield "training"
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
