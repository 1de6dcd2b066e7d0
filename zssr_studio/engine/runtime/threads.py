"""How many threads compute: as many as other programs leave cores for.

torch splits each operation among its threads and waits for the last of them. One that shares its core with another
program is held up in each operation anew, and training all but stops (`python -m tests.benchmarks crowded`). With a
thread less none has to share.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import psutil
import torch

from zssr_studio.engine.events import Notice, NoticeKind, Started
from zssr_studio.engine.relay import relayed
from zssr_studio.engine.runtime.device import CPU

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    E = TypeVar("E")
    R = TypeVar("R")

# What torch or OMP_NUM_THREADS chose.
MOST_THREADS = torch.get_num_threads()
LOOK_EVERY_S = 2.0
# What was seen longer ago than this says nothing about the start of a run.
STALE_S = 10.0
# For this share of the time others may use a core that still counts as free; one thread less gets as far then (ADR 3).
TOLERATED_SHARE = 0.3
BUSY_WITH = ("user", "nice", "system", "irq", "softirq")


@dataclass(frozen=True, slots=True)
class Reading:
    """How much the processor has worked for other programs by a moment.

    Parameters
    ----------
    at_s : float
        The moment, on the clock of `time.perf_counter`.
    others_s : float
        Seconds of work, on all cores that this program may use.
    """

    at_s: float
    others_s: float

    def load_since(self, earlier: Reading) -> float:
        """Return how many cores others kept busy in between, in the mean."""
        return max(0.0, (self.others_s - earlier.others_s) / max(self.at_s - earlier.at_s, 1e-9))


def usable_cores() -> set[int]:
    """Return the numbers of the cores that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return set(range(os.cpu_count() or 1))


def read() -> Reading:
    """Look at the processor now."""
    usable = usable_cores()
    cores = [times for number, times in enumerate(psutil.cpu_times(percpu=True)) if number in usable]
    busy_s = sum(getattr(core, name, 0.0) for core in cores for name in BUSY_WITH)
    return Reading(time.perf_counter(), busy_s - time.process_time())


def fitting(load: float, cores: int, most: int) -> int:
    """Return how many threads do not have to share a core.

    Parameters
    ----------
    load : float
        How many cores others keep busy.
    cores : int
        How many there are.
    most : int
        At most so many threads; there is always one.
    """
    return max(1, min(most, int(cores - load + TOLERATED_SHARE)))


def beside_others(run: Generator[E, None, R], *, same_bits: bool) -> Generator[E | Notice, None, R]:
    """Advance a run, and let it compute with as many threads as fit while it is the processor that computes.

    Parameters
    ----------
    run : generator of Event
        Tells by `Started` on which device it is.
    same_bits : bool
        Whether the number of threads has to stay, since sums are split among them and their last bits differ.

    Yields
    ------
    Event
        What the run yields, and one notice if others leave too few cores.
    """
    before = torch.get_num_threads()
    try:
        return (yield from relayed(run, _Room(same_bits=same_bits).beside))
    finally:
        torch.set_num_threads(before)


class _Room:
    """Looks at the processor now and then, and makes room on it."""

    def __init__(self, *, same_bits: bool) -> None:
        self._same_bits = same_bits
        self._last = _at_import
        self._on_cpu = self._told = False

    def beside(self, event: E) -> Iterator[E | Notice]:
        """Pass an event on, and make room once its receiver asks for the next."""
        yield event
        passed_s = time.perf_counter() - self._last.at_s
        if isinstance(event, Started):
            self._on_cpu = event.device == CPU
            if passed_s > STALE_S:
                self._last, passed_s = read(), 0.0
        if self._on_cpu and passed_s >= LOOK_EVERY_S:
            yield from self._look()

    def _look(self) -> Iterator[Notice]:
        now = read()
        threads = fitting(now.load_since(self._last), len(usable_cores()), MOST_THREADS)
        self._last = now
        if threads < MOST_THREADS and not self._told:
            self._told = True
            kind = NoticeKind.THREADS_HELD_UP if self._same_bits else NoticeKind.FEWER_THREADS
            yield Notice(kind, {"threads": threads, "most": MOST_THREADS})
        if not self._same_bits and threads != torch.get_num_threads():
            torch.set_num_threads(threads)


_at_import = read()
