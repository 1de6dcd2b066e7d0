"""The training thread: every run ends exactly once, as data."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.studio_loop import PATIENCE_S
from zssr_studio.app.worker import Ending, Mailbox, RunEnded, TrainingThread
from zssr_studio.engine.events import Event, Preview, Reason, Step
from zssr_studio.engine.weights import TrainedOn, Weights
from zssr_studio.errors import FailureError
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job, Outcome, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

PATIENCE_MS = round(1000 * PATIENCE_S)
PICTURE = Picture(pixels=np.zeros((8, 8, 3), dtype=np.float32))


def step(number: int) -> Step:
    return Step(number, 0, 0.1, 1e-3, 0.0, 0.0, None)


def endless(job: Job, stop: Callable[[], bool], _hurry: Callable[[], bool]) -> Generator[Event, None, Result]:
    number = 0
    while not stop():
        number += 1
        yield step(number)
    weights = Weights({}, job.preset, "2", 3, (TrainedOn("", ""),))
    return Result(job.picture, job.picture, Outcome(Reason.STOPPED, "cpu", number, 0.1, 0.0, 40.0, weights))


def finished(thread: TrainingThread, qtbot, act: Callable[[], None]) -> RunEnded:
    ends: list[RunEnded] = []
    thread.ended.connect(ends.append)
    with qtbot.waitSignal(thread.finished, timeout=PATIENCE_MS):
        thread.start()
        qtbot.waitUntil(lambda: bool(thread.mailbox._events) or not thread.isRunning(), timeout=PATIENCE_MS)
        act()
    qtbot.waitUntil(lambda: bool(ends), timeout=PATIENCE_MS)
    qtbot.wait(20)
    thread.wait()
    assert len(ends) == 1
    return ends[0]


def test_stop_keeps_the_best_so_far(qtbot):
    thread = TrainingThread(Job(PICTURE), endless)
    end = finished(thread, qtbot, thread.stop)
    assert end.ending is Ending.STOPPED
    assert end.result is not None


def test_cancel_discards_and_closes_the_run(qtbot):
    closed = threading.Event()

    def run(job, stop, hurry):
        try:
            yield from endless(job, stop, hurry)
        finally:
            closed.set()

    thread = TrainingThread(Job(PICTURE), run)
    end = finished(thread, qtbot, thread.cancel)
    assert (end.ending, end.result) == (Ending.CANCELLED, None)
    assert closed.is_set()


def test_pause_halts_between_steps_and_a_paused_run_can_be_stopped(qtbot):
    thread = TrainingThread(Job(PICTURE), endless)

    def act() -> None:
        thread.set_paused(True)
        qtbot.wait(50)
        thread.mailbox.take()
        qtbot.wait(50)
        assert thread.mailbox.take() == []
        thread.set_paused(False)
        qtbot.waitUntil(lambda: bool(thread.mailbox.take()), timeout=PATIENCE_MS)
        thread.set_paused(True)
        thread.stop()

    assert finished(thread, qtbot, act).ending is Ending.STOPPED


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (FailureError("The memory is full. Draw a smaller crop."), "The memory is full. Draw a smaller crop."),
        (RuntimeError("a RuntimeError too"), "RuntimeError: a RuntimeError too"),
        (ValueError("odd"), "ValueError: odd"),
    ],
)
def test_every_failure_becomes_a_sentence(qtbot, error, told):
    def run(_job, _stop, _hurry):
        yield step(1)
        raise error

    end = finished(TrainingThread(Job(PICTURE), run), qtbot, lambda: None)
    assert end.ending is Ending.FAILED
    assert told in end.message


def test_mailbox_keeps_all_losses_and_the_newest_preview():
    box = Mailbox()
    previews = [Preview(n, 0, 0, np.zeros((1, 1, 3), dtype=np.float32)) for n in range(3)]
    for number, preview in enumerate(previews):
        box.put(step(number))
        box.put(preview)
    events = box.take()
    assert [event.step for event in events if isinstance(event, Step)] == [0, 1, 2]
    assert [event for event in events if isinstance(event, Preview)] == [previews[-1]]
    assert box.take() == []
