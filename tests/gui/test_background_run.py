"""A job in the background: all of its events come before its end, and the next one waits for its thread."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from tests.gui.test_worker import PICTURE, endless, step
from tests.studio.studio_loop import PATIENCE_S, pause, running_loop, wait_for
from zssr_studio.app.controllers.run.background_run import BackgroundRun
from zssr_studio.app.worker import Ending, RunEnded, TrainingThread
from zssr_studio.engine.events import Step
from zssr_studio.job import Job

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

STEPS = 5


def five_steps(job: Job, stop: Callable[[], bool], hurry: Callable[[], bool]):
    for number in range(1, STEPS + 1):
        yield step(number)
    return (yield from endless(job, lambda: True, hurry))


def background(upscale) -> BackgroundRun:
    return BackgroundRun(lambda job: TrainingThread(job, upscale))


@pytest.fixture
def loop(qapp: QApplication):
    with running_loop(qapp) as running:
        yield running


def test_all_events_come_in_order_before_the_end(loop):
    run, told = background(five_steps), []
    run.came.connect(told.extend)
    run.ended.connect(told.append)
    run.start(Job(PICTURE))
    wait_for(lambda: bool(told) and isinstance(told[-1], RunEnded))
    assert [one.step for one in told if isinstance(one, Step)] == list(range(1, STEPS + 1))
    assert told[-1].ending is Ending.STOPPED
    assert not run.is_running


def test_a_job_that_is_awaited_returns_how_it_ended(loop):
    run = background(endless)
    task = loop.create_task(run.train(Job(PICTURE)))
    wait_for(lambda: run.is_running)
    run.stop()
    wait_for(task.done)
    assert task.result().ending is Ending.STOPPED


class Held:
    """Trains without an end; one that was cancelled keeps its thread until it may go."""

    def __init__(self) -> None:
        self.begun: list[Job] = []
        self.may_go = threading.Event()

    def __call__(self, job: Job, stop: Callable[[], bool], hurry: Callable[[], bool]):
        self.begun.append(job)
        try:
            return (yield from endless(job, stop, hurry))
        finally:
            self.may_go.wait(PATIENCE_S)


def test_a_job_waits_for_the_thread_of_the_one_that_was_cancelled(loop):
    held, jobs = Held(), [Job(PICTURE), Job(PICTURE)]
    run = background(held)
    first = loop.create_task(run.train(jobs[0]))
    wait_for(lambda: held.begun == jobs[:1])
    run.cancel()
    second = loop.create_task(run.train(jobs[1]))
    pause(50)
    assert held.begun == jobs[:1]
    held.may_go.set()
    wait_for(lambda: first.done() and held.begun == jobs)
    assert first.result().ending is Ending.CANCELLED
    run.stop()
    wait_for(second.done)
    assert second.result().ending is Ending.STOPPED


def test_a_job_that_is_cancelled_while_it_waits_never_begins(loop):
    held, jobs = Held(), [Job(PICTURE), Job(PICTURE)]
    run = background(held)
    first = loop.create_task(run.train(jobs[0]))
    wait_for(lambda: held.begun == jobs[:1])
    run.cancel()
    second = loop.create_task(run.train(jobs[1]))
    pause(50)
    run.cancel()
    held.may_go.set()
    wait_for(lambda: first.done() and second.done())
    assert second.result().ending is Ending.CANCELLED
    assert held.begun == jobs[:1]


def test_who_stops_waiting_ends_the_job(loop):
    run = background(endless)
    task = loop.create_task(run.train(Job(PICTURE)))
    wait_for(lambda: run.is_running)
    task.cancel()
    wait_for(lambda: task.done() and not run.is_running)
    with pytest.raises(asyncio.CancelledError):
        task.result()
