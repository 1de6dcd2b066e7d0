"""The number of threads that compute: as many as other programs leave cores for.

torch splits each operation among its threads and waits for the last of them. A thread that shares its core with another
program delays each operation anew, and training all but stops (`python -m tests.benchmarks crowded`; docs/lab, "The
computation"). With a thread less none has to share.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import psutil
import torch

from zssr_studio.engine.checkpoint import Checkpoint
from zssr_studio.engine.events import Band, Enlarging, Notice, NoticeKind, Started, Step
from zssr_studio.engine.relay import relayed
from zssr_studio.engine.runtime.device import CPU, usable_threads
from zssr_studio.engine.timeline import ThreadsSet

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    E = TypeVar("E")
    R = TypeVar("R")

# What torch or OMP_NUM_THREADS chose, as far as a container's quota lets them run.
MOST_THREADS = usable_threads()
# Between two readings of the processor's load. Chosen; no comparison was kept.
READ_INTERVAL_S = 2.0
# A reading older than this says nothing about the start of a run. Chosen.
STALE_S = 10.0
# Others may use a core for this share of the time, and it still counts as free: from 0.3 on one thread less makes as
# many training steps (docs/lab, "The computation").
TOLERATED_SHARE = 0.3
# The fields of psutil's cpu_times that are work; not every system has each.
BUSY_FIELDS = ("user", "nice", "system", "irq", "softirq")


@dataclass(frozen=True, slots=True)
class Reading:
    """How long the cores have worked for other programs, up to a moment.

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
        """Return the mean number of cores that others kept busy in between."""
        return max(0.0, (self.others_s - earlier.others_s) / max(self.at_s - earlier.at_s, 1e-9))


def usable_cores() -> set[int]:
    """Return the numbers of the cores that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return set(range(os.cpu_count() or 1))


def read() -> Reading:
    """Read the load of the processor now."""
    usable = usable_cores()
    cores = [times for number, times in enumerate(psutil.cpu_times(percpu=True)) if number in usable]
    busy_s = sum(getattr(core, name, 0.0) for core in cores for name in BUSY_FIELDS)
    return Reading(time.perf_counter(), busy_s - time.process_time())


def threads_beside(load: float, cores: int, most: int) -> int:
    """Return the number of threads that need not share a core with other programs.

    Parameters
    ----------
    load : float
        Number of cores that others keep busy.
    cores : int
        Number of cores that this program may use.
    most : int
        Largest number of threads; the least is one.
    """
    return max(1, min(most, int(cores - load + TOLERATED_SHARE)))


def take_all() -> None:
    """Let a thread that has just begun compute with as many of torch's threads as there are.

    By itself it begins with the number that was set last, by whichever thread: while another one trains, often one.
    """
    torch.set_num_threads(MOST_THREADS)


@contextmanager
def fewer_threads_if_busy(look_s: float) -> Iterator[None]:
    """Compute with as many threads as others leave cores for now, which is looked at for some time before."""
    before, first = torch.get_num_threads(), read()
    time.sleep(look_s)
    try:
        torch.set_num_threads(threads_beside(read().load_since(first), len(usable_cores()), MOST_THREADS))
        yield
    finally:
        torch.set_num_threads(before)


def beside_others(
    run: Generator[E, None, R], *, same_bits: bool, threads: int | None = None, log: ThreadsLog | None = None
) -> Generator[E | Notice, None, R]:
    """Advance a run, with as many threads as other programs leave cores for while the processor computes.

    Parameters
    ----------
    run : generator of Event
        `Started` tells its device.
    same_bits : bool
        Whether the number of threads is kept, since the last bits of sums depend on how they are split among threads.
    threads : int or None
        The number to compute with all the time. None takes torch's, as far as the processor's quota goes.
    log : ThreadsLog or None
        Keeps when the number was set, or tells when it is to be set.

    Yields
    ------
    Event
        What the run yields, and one notice if others leave too few cores.
    """
    before = torch.get_num_threads()
    log = ThreadsLog() if log is None else log
    # What the run computes by may depend on the number that it begins with (`device.convolves_in_tiles`).
    torch.set_num_threads(log.first or threads or min(before, MOST_THREADS))
    try:
        if threads is not None or log.is_replayed:
            return (yield from relayed(run, log.passed_on))
        control = _ThreadControl(torch.get_num_threads(), same_bits=same_bits)
        return (yield from relayed(relayed(run, log.passed_on), control.passed_on))
    finally:
        torch.set_num_threads(before)


class ThreadsLog:
    """Keeps after which step or event of enlarging the number of threads was set, or sets it as it was set before.

    Parameters
    ----------
    replayed : tuple of ThreadsSet
        Of a run that is done again; empty keeps what is set.
    before : tuple of ThreadsSet
        Of this run, until it was broken off.
    steps : int
        That were done until then.
    """

    def __init__(
        self, replayed: tuple[ThreadsSet, ...] = (), before: tuple[ThreadsSet, ...] = (), steps: int = 0
    ) -> None:
        self._replayed, self.kept = replayed, list(before)
        self._steps, self._events = steps, 0
        self._on_cpu = False

    @property
    def is_replayed(self) -> bool:
        """Whether the numbers are told."""
        return bool(self._replayed)

    @property
    def first(self) -> int | None:
        """The number that is told for the start."""
        return self._replayed[0].threads if self._replayed else None

    def passed_on(self, event: E) -> Iterator[E]:
        """Pass an event on; what comes behind it computes with the number of threads that is told or kept here."""
        match event:
            case Started():
                self._on_cpu = event.device == CPU
                # Whoever gets this may lower the number, and by that of now it was chosen how to convolve.
                self._keep()
            case Step():
                self._steps, self._events = event.step, 0
            case Enlarging() | Band():
                self._events += 1
            case _:
                pass
        if isinstance(event, Checkpoint):
            yield replace(event, timeline=replace(event.timeline, threads=tuple(self.kept)))
        else:
            yield event
        told = [n.threads for n in self._replayed if (n.steps, n.events) <= (self._steps, self._events)]
        if self._on_cpu and told and told[-1] != torch.get_num_threads():
            torch.set_num_threads(told[-1])
        self._keep()

    def _keep(self) -> None:
        threads = torch.get_num_threads()
        if self._on_cpu and (not self.kept or self.kept[-1].threads != threads):
            self.kept.append(ThreadsSet(self._steps, self._events, threads))


class _ThreadControl:
    """Reads the load of the processor now and then, and sets the number of threads."""

    def __init__(self, most: int, *, same_bits: bool) -> None:
        self._most, self._same_bits = most, same_bits
        self._last = _at_import
        self._on_cpu = self._told = False

    def passed_on(self, event: E) -> Iterator[E | Notice]:
        """Pass an event on, and set the number of threads once its receiver asks for the next."""
        yield event
        passed_s = time.perf_counter() - self._last.at_s
        if isinstance(event, Started):
            self._on_cpu = event.device == CPU
            if passed_s > STALE_S:
                self._last, passed_s = read(), 0.0
        if self._on_cpu and passed_s >= READ_INTERVAL_S:
            yield from self._adapted()

    def _adapted(self) -> Iterator[Notice]:
        now = read()
        threads = threads_beside(now.load_since(self._last), len(usable_cores()), self._most)
        self._last = now
        if threads < self._most and not self._told:
            self._told = True
            kind = NoticeKind.THREADS_HELD_UP if self._same_bits else NoticeKind.FEWER_THREADS
            yield Notice(kind, {"threads": threads, "most": self._most})
        if not self._same_bits and threads != torch.get_num_threads():
            torch.set_num_threads(threads)


_at_import = read()
