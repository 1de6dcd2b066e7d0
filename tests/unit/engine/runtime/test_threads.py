"""Threads make room for other programs, and only then."""

from __future__ import annotations

import math
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from tests.runs import returned
from zssr_studio.engine.events import Notice, Started, Step
from zssr_studio.engine.runtime import threads
from zssr_studio.engine.runtime.threads import (
    Reading,
    ThreadsLog,
    beside_others,
    read,
    threads_beside,
    usable_cores,
)
from zssr_studio.engine.timeline import ThreadsSet
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job
from zssr_studio.pipeline import upscale
from zssr_studio.words.notices import notice_text

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from zssr_studio.engine.events import Event

pytestmark = pytest.mark.alone
# For others to be noticed.
PATIENCE_S = 600.0
BUSY = [sys.executable, "-c", "while True: pass"]


@pytest.mark.parametrize(
    ("load", "cores", "most", "threads"),
    [
        (0.0, 2, 2, 2),
        (0.2, 2, 2, 2),
        (0.4, 2, 2, 1),
        (1.0, 2, 2, 1),
        (9.0, 2, 2, 1),
        (1.0, 8, 8, 7),
        (3.4, 8, 4, 4),
        (6.0, 8, 4, 2),
        (0.0, 8, 1, 1),
    ],
)
def test_as_many_threads_as_there_are_free_cores_and_at_least_one(load, cores, most, threads):
    assert threads_beside(load, cores, most) == threads


def run(device: str, steps: int) -> Generator[Event, None, list[int]]:
    """Tell after each step how many threads there are."""
    yield Started(device, 8, 8, 1, 1)
    counts = []
    for step in range(steps):
        yield Step(step, 0, 0.1, 1e-3, 0.0, 0.0, None)
        counts.append(torch.get_num_threads())
    return counts


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How many of three cores others use between two looks; there is a look after each event, and three threads."""
    told: list[float] = []
    readings = [Reading(0.0, 0.0)]

    def reading() -> Reading:
        last = readings[-1]
        readings.append(Reading(last.at_s + 1, last.others_s + told.pop(0)))
        return readings[-1]

    monkeypatch.setattr(threads, "read", reading)
    monkeypatch.setattr(threads, "_at_import", readings[0])
    monkeypatch.setattr(threads, "STALE_S", math.inf)
    monkeypatch.setattr(threads, "READ_INTERVAL_S", 0.0)
    monkeypatch.setattr(threads, "usable_cores", lambda: {0, 1, 2})
    monkeypatch.setattr(threads, "MOST_THREADS", 3)
    return told


@pytest.fixture(autouse=True)
def three_threads() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    yield
    torch.set_num_threads(before)


def notices(events: list[Event]) -> list[str]:
    return [notice_text(event) for event in events if isinstance(event, Notice)]


def test_threads_follow_the_load_of_others_and_are_given_back(loads):
    loads[:] = [0.0, 1.0, 2.2, 0.1, 1.0]
    events, counts = returned(beside_others(run("cpu", 4), same_bits=False))
    assert counts == [2, 1, 3, 2]
    (notice,) = notices(events)
    assert "this run uses 2 of 3 threads" in notice
    assert torch.get_num_threads() == 3


def test_a_run_that_is_to_give_the_same_bits_keeps_its_threads_and_says_so(loads):
    loads[:] = [0.0, 1.0, 2.2, 0.1, 1.0]
    events, counts = returned(beside_others(run("cpu", 4), same_bits=True))
    assert counts == [3, 3, 3, 3]
    (notice,) = notices(events)
    assert "keeps its 3 threads" in notice
    assert "--threads 2" in notice


def test_alone_nothing_is_said_and_nothing_changes(loads):
    loads[:] = [0.0, 0.1, 0.2, 0.0, 0.2]
    events, counts = returned(beside_others(run("cpu", 4), same_bits=False))
    assert counts == [3, 3, 3, 3]
    assert notices(events) == []


def test_what_an_accelerator_computes_needs_no_room(loads):
    events, counts = returned(beside_others(run("cuda:0", 4), same_bits=False))
    assert counts == [3, 3, 3, 3]
    assert notices(events) == []
    assert loads == []


def test_threads_are_given_back_when_a_run_is_discarded_or_fails(loads):
    loads[:] = [2.0, 2.0]
    discarded = beside_others(run("cpu", 4), same_bits=False)
    for _ in range(3):
        next(discarded)
    assert torch.get_num_threads() == 1
    discarded.close()
    assert torch.get_num_threads() == 3

    def failing() -> Generator[Event, None, list[int]]:
        yield Started("cpu", 8, 8, 1, 1)
        assert torch.get_num_threads() == 1
        raise MemoryError

    loads[:] = [2.0]
    with pytest.raises(MemoryError):
        returned(beside_others(failing(), same_bits=False))
    assert torch.get_num_threads() == 3


def test_what_a_run_began_with_is_kept_though_others_held_it_up_at_once(loads):
    """By the first number it was chosen how to convolve: done again, a run has to begin with it too."""
    loads[:], log = [1.0, 1.0, 2.2], ThreadsLog()
    _, counts = returned(beside_others(run("cpu", 2), same_bits=False, log=log))
    assert log.kept == [ThreadsSet(0, 0, 3), ThreadsSet(0, 0, 2), ThreadsSet(1, 0, 1)]
    again = ThreadsLog(tuple(log.kept))
    assert again.first == 3
    assert returned(beside_others(run("cpu", 2), same_bits=False, log=again))[1] == counts
    assert again.kept == log.kept


def test_a_run_that_goes_on_with_other_threads_says_from_which_step(loads):
    loads[:], log = [0.0], ThreadsLog((), (ThreadsSet(0, 0, 2),), 5)
    returned(beside_others(run("cpu", 0), same_bits=False, log=log))
    assert log.kept == [ThreadsSet(0, 0, 2), ThreadsSet(5, 0, 3)]


def load_for(seconds: float, *, working: bool) -> float:
    """Return the load of others while this program works, or sleeps."""
    earlier, end_s = read(), time.perf_counter() + seconds
    while time.perf_counter() < end_s:
        if not working:
            time.sleep(0.05)
    return read().load_since(earlier)


def test_own_work_is_not_that_of_others():
    # Others may begin and end whenever they like, so it may take a second try.
    assert min(load_for(1.0, working=True) - load_for(1.0, working=False) for _ in range(3)) < 0.5


def test_the_work_of_others_is_seen():
    # A session of its own, as another program has.
    others = [subprocess.Popen(BUSY, start_new_session=True) for _ in usable_cores()]
    try:
        # A machine that is shared may give them little for a while.
        assert max(load_for(1.0, working=False) for _ in range(5)) > 0.5
    finally:
        for other in others:
            other.kill()
            other.wait()


@pytest.mark.skipif(not 1 < threads.MOST_THREADS >= len(usable_cores()), reason="no thread has to share a core")
def test_a_run_beside_busy_programs_says_that_it_makes_room():
    torch.set_num_threads(threads.MOST_THREADS)
    picture = Picture(np.random.default_rng(0).random((32, 32, 3), np.float32))
    others = [subprocess.Popen(BUSY, start_new_session=True) for _ in usable_cores()]
    try:
        events = upscale(Job(picture, seconds=PATIENCE_S, device="cpu", least_gain_db=0.0), previews=False)
        # For as long as it takes: a machine that is shared may give them little for a while.
        assert any("keep the processor busy" in text for event in events for text in notices([event]))
        events.close()
    finally:
        for other in others:
            other.kill()
            other.wait()
    assert torch.get_num_threads() == threads.MOST_THREADS
