"""The training thread: every run ends exactly once, as data."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from PySide6.QtCore import QObject

from tests.studio.studio_loop import PATIENCE_S
from zssr_studio.app import main
from zssr_studio.app.controllers.evidence import closer
from zssr_studio.app.worker import Ending, EventsThread, Mailbox, RunEnded, TrainingThread
from zssr_studio.engine.events import Event, Preview, Reason, Step
from zssr_studio.engine.runtime import threads
from zssr_studio.engine.weights import TrainedOn, Weights
from zssr_studio.errors import FailureError
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job, Outcome, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

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


def test_a_run_that_is_paused_after_it_was_cancelled_ends_all_the_same(qtbot):
    in_hand, goes_on = threading.Event(), threading.Event()

    def run(job, stop, hurry):
        yield step(1)
        in_hand.set()
        goes_on.wait(PATIENCE_S)
        yield from endless(job, stop, hurry)

    thread = TrainingThread(Job(PICTURE), run)

    def act() -> None:
        qtbot.waitUntil(in_hand.is_set, timeout=PATIENCE_MS)
        thread.cancel()
        thread.set_paused(True)
        goes_on.set()

    assert finished(thread, qtbot, act).ending is Ending.CANCELLED


def test_pause_halts_between_steps_and_a_paused_run_can_be_stopped(qtbot):
    thread = TrainingThread(Job(PICTURE), endless)

    def act() -> None:
        def stands_still() -> bool:
            thread.mailbox.take()
            qtbot.wait(50)
            return thread.mailbox.take() == []

        thread.set_paused(True)
        # A step may be in hand.
        qtbot.waitUntil(stands_still, timeout=PATIENCE_MS)
        assert stands_still()
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


@pytest.mark.parametrize("way", ["run", "other method", "closer look"])
def test_what_begins_while_another_one_trains_computes_with_all_threads(qtbot, monkeypatch, way):
    """torch lets a new thread begin with the number that was set last, whichever thread set it."""
    seen: list[int] = []

    def noted(*_arguments: object, **_options: object) -> Iterator[Event]:
        seen.append(torch.get_num_threads())
        return (one for one in ())

    for name in ("pipeline.upscale", "methods.as_run.as_run", "app.controllers.evidence.closer.looked_closer"):
        monkeypatch.setattr(f"zssr_studio.{name}", noted)
    monkeypatch.setattr(threads, "MOST_THREADS", 3)
    job = Job(PICTURE)
    begins = {
        "run": lambda: TrainingThread(job),
        "other method": lambda: TrainingThread(job, lambda job, _stop, _hurry: main._as_run(None, job)),
        "closer look": lambda: EventsThread(lambda: closer._looked(job, PICTURE.pixels, None, None)),
    }
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(1)
        thread = begins[way]()
        with qtbot.waitSignal(thread.finished, timeout=PATIENCE_MS):
            thread.start()
        thread.wait()
    finally:
        torch.set_num_threads(before)
    assert seen == [3]


def test_garbage_of_the_window_is_collected_in_its_own_thread_while_another_one_works(qtbot, monkeypatch):
    monkeypatch.setattr(main, "GARBAGE_INTERVAL_MS", 10)
    collected: list[threading.Thread] = []
    dropped = threading.Event()

    def littering(*_asked):
        dropped.wait(PATIENCE_S)
        while not collected:
            # Objects that hold themselves count as what Python's collection waits for.
            for _ in range(2000):
                ring: list[object] = []
                ring.append(ring)
            yield step(0)
        return None

    def drop() -> None:
        first, second = QObject(), QObject()
        first.other, second.other = second, first
        weakref.finalize(first, lambda: collected.append(threading.current_thread()))

    with main.garbage_taken_here():
        thread = EventsThread(littering)
        thread.start()
        drop()
        dropped.set()
        qtbot.waitUntil(lambda: bool(collected), timeout=PATIENCE_MS)
        thread.stop()
        qtbot.waitUntil(thread.isFinished, timeout=PATIENCE_MS)
        thread.wait()
    assert collected == [threading.main_thread()]
    assert gc.isenabled()
