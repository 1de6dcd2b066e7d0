"""A box of scans in all its states: its strip, its table, its fields, and the question before leaving."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests import piece_of_sample
from tests.e2e.gestures import drop
from tests.studio.studio_loop import look_over, open_details, pause, wait_for
from zssr_studio.app.models.box.box import BoxState
from zssr_studio.app.models.box.state import PictureState
from zssr_studio.app.views.box.row import BoxRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zssr_studio.app.studio import Studio

COUNT, WIDTH_PX, HEIGHT_PX = 12, 150, 104
# In the places of the pictures; the first is the one that cannot be read.
DONE, WORKING, SKIPPED = (1, 2, 3, 4), {5: (0.62, 41.0), 6: (0.2, 88.0)}, 9


def box(studio: Studio) -> Iterator[str]:
    """Drop a folder, and show it waiting, at work and folded."""
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder))
        drop(studio, [Path(folder)])
        wait_for(lambda: len(studio.box.model.pictures) == COUNT + 1)
        wait_for(lambda: studio.box.model.place_of(studio.document.path) is not None)
        wait_for(lambda: not studio.box.looking.is_looking)
        look_over(studio)
        yield "box-waiting"
        _work(studio)
        yield "box"
        open_details(studio)
        studio.window.box_views.show_page()
        yield "box-table"
        studio.window.actions_by_name["details"].setChecked(False)
        fold = studio.window.box_views.strip.fold
        QTest.mouseClick(fold, Qt.MouseButton.LeftButton)
        yield "box-folded"
        QTest.mouseClick(fold, Qt.MouseButton.LeftButton)
        studio.box.model.set_state(BoxState.IDLE)
        studio.window.actions_by_name["box_close"].trigger()
        wait_for(lambda: not studio.tasks.is_busy)


def _write(folder: Path) -> None:
    for number in range(COUNT):
        left, top = 22 * number, 16 * number
        piece_of_sample(folder / f"scan 1931-{number + 1:02}.png", (left, top, left + WIDTH_PX, top + HEIGHT_PX))
    (folder / "a letter.png").write_bytes(b"no picture at all")


def _work(studio: Studio) -> None:
    """Let the box stand as it does in the middle of a night."""
    model = studio.box.model
    # A folder as people have them; there is no journal in it, so all wait again.
    model.set_plan(replace(model.plan, folder=Path("/scans/1931/enlarged")))
    wait_for(lambda: not studio.tasks.is_busy)
    studio.box.showing.ask(BoxRequest.TICK, [SKIPPED])
    sentence = model.get(0).sentence
    model.change(0, state=PictureState.FAILED, sentence=sentence)
    for place in DONE:
        model.change(place, state=PictureState.DONE, seconds=96.0 + 7 * place)
    for place, (share, left_s) in WORKING.items():
        model.change(place, state=PictureState.WORKING, share=share, left_s=left_s)
    model.set_state(BoxState.WORKING)
    pause(300)
