"""What the journal says of pictures of a box, while other things are found out about them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.studio.studio_loop import PATIENCE_S, running_loop, wait_for
from zssr_studio.app.box_batch.journal import WAITS
from zssr_studio.app.controllers.box.work.journal import BoxMemoryController
from zssr_studio.app.controllers.window.tasks import Tasks
from zssr_studio.app.models.box.box import BoxModel
from zssr_studio.app.models.box.picture import BoxPicture
from zssr_studio.app.models.box.plan import BoxPlan
from zssr_studio.app.models.box.state import PictureState
from zssr_studio.app.models.run.settings import SettingsModel

if TYPE_CHECKING:
    from collections.abc import Sequence

RESULT = Path("enlarged/a_zssr2x.png")
DONE = {**WAITS, "state": PictureState.DONE, "result": RESULT, "seconds": 3.0}


class Journals:
    """Batches whose journal says that all is done, once it may."""

    def __init__(self) -> None:
        self.is_asked, self.may_answer = threading.Event(), threading.Event()

    def stamp(self, folder: Path) -> tuple[float, ...]:
        return (1.0,)

    def recalled(self, pictures: Sequence[BoxPicture], plan: BoxPlan, settings: object) -> list[tuple[Path, Any]]:
        self.is_asked.set()
        assert self.may_answer.wait(PATIENCE_S)
        return [(one.path, DONE) for one in pictures]


@pytest.mark.parametrize(
    ("meanwhile", "state"),
    [
        ({"forecast_s": 12.0}, PictureState.DONE),
        ({"is_ticked": False}, PictureState.DONE),
        ({"state": PictureState.FAILED, "sentence": "It is gone."}, PictureState.FAILED),
    ],
    ids=["its forecast came", "it was unticked", "the batch here said more"],
)
def test_what_is_found_while_a_journal_is_read_hides_nothing_of_it(qapp, meanwhile, state):
    with running_loop(qapp):
        box, journals, told = BoxModel(), Journals(), list[str]()
        tasks = Tasks(told.append)
        memory = BoxMemoryController(box, SettingsModel(), lambda: journals, tasks)
        box.open([BoxPicture(Path("a.png"), "a.png")], BoxPlan(Path("enlarged")))
        wait_for(journals.is_asked.is_set)
        box.change(0, **meanwhile)
        journals.may_answer.set()
        wait_for(lambda: not tasks.is_busy)
        memory.end()
        assert (box.get(0).state, told) == (state, [])
        assert all(getattr(box.get(0), name) == value for name, value in meanwhile.items())


class SlowFirst:
    """Batches whose first answer, that a picture waits, comes after their second, that it is done."""

    def __init__(self) -> None:
        self.answers, self.first_may_answer = 0, threading.Event()

    def stamp(self, folder: Path) -> tuple[float, ...]:
        return (1.0,)

    def recalled(self, pictures: Sequence[BoxPicture], plan: BoxPlan, settings: object) -> list[tuple[Path, Any]]:
        self.answers += 1
        if self.answers > 1:
            return [(one.path, DONE) for one in pictures]
        assert self.first_may_answer.wait(PATIENCE_S)
        return [(one.path, {**WAITS, "state": PictureState.FAILED}) for one in pictures]


def test_a_journal_that_was_read_earlier_hides_nothing_of_a_later_reading(qapp):
    with running_loop(qapp):
        box, journals, told, recalled = BoxModel(), SlowFirst(), list[str](), list[bool]()
        tasks = Tasks(told.append)
        memory = BoxMemoryController(box, SettingsModel(), lambda: journals, tasks)
        memory.recalled.connect(lambda: recalled.append(True))
        box.open(
            [BoxPicture(Path("a.png"), "a.png", state=PictureState.DONE, result=RESULT, seconds=3.0)],
            BoxPlan(Path("enlarged")),
        )
        wait_for(lambda: journals.answers == 1)
        memory.recall()
        wait_for(lambda: bool(recalled))
        journals.first_may_answer.set()
        wait_for(lambda: not tasks.is_busy)
        memory.end()
        assert (box.get(0).state, told) == (PictureState.DONE, [])
