"""A studio that is closed leaves nothing behind."""

from __future__ import annotations

import gc

from PySide6.QtWidgets import QApplication

from tests.studio.studio_loop import open_studio, pause, wait_for


def test_no_widget_outlives_its_studio(qapp: QApplication) -> None:
    """Not even one that nobody sees, such as a menu that another menu holds."""
    gc.collect()
    pause(0)
    before = len(QApplication.allWidgets())
    for _ in range(2):
        with open_studio(qapp) as studio:
            studio.pictures.on_sample()
            wait_for(lambda studio=studio: studio.document.picture is not None)
        del studio
        gc.collect()
        pause(0)
    left = [type(widget).__name__ for widget in QApplication.allWidgets()]
    assert len(left) <= before, left
