"""What a clock decided while a run trained, so that another run can decide the same. Imports no torch.

A run that is bounded in seconds lowers its learning rate by the time that is gone, and so its bits depend on how fast
the machine was. The time of a stage is counted in whole levels; where each of them began is little to keep, and with
that the run can be done again to the same bits, on this kind of machine, however fast it is then.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Of the time of a whole run, shared out among its stages: the rate falls by a thousandth at most from one to the next
# of a run in one stage, where it fell at every step before.
LEVELS = 1000


@dataclass(frozen=True, slots=True)
class StageTimes:
    """What time decided of one stage.

    Parameters
    ----------
    index : int
        Of the stage, from 0.
    steps : int
        That were done in it.
    borders : tuple of int
        After how many steps of the stage each level of its time began, from the second on; empty where time was no
        bound.
    part_px : int or None
        Side of the part of the picture whose enlargement joined the HR fathers; 0 where there was no time for one, None
        where the stage was the last of its rung.
    """

    index: int
    steps: int
    borders: tuple[int, ...] = ()
    part_px: int | None = None


@dataclass(frozen=True, slots=True)
class ThreadsSet:
    """A change of the number of threads.

    Parameters
    ----------
    steps, events : int
        Steps that were done before it, and the events of enlarging since the last of them.
    threads : int
    """

    steps: int
    events: int
    threads: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """What time, the memory and the load of the machine decided of a run.

    Parameters
    ----------
    stages : tuple of StageTimes
        Those that were trained, in their order.
    threads : tuple of ThreadsSet
        The number of threads that computed, and its changes; empty on an accelerator.
    block_px : int
        Side of the blocks that the output was made in, in LR pixels; 0 before there is an output.
    passes : tuple of int
        Passes of the network that each block was made of; empty where all were made.
    broken_off : tuple of int
        The stages in which the run was broken off and went on from a checkpoint.
    """

    stages: tuple[StageTimes, ...] = ()
    threads: tuple[ThreadsSet, ...] = ()
    block_px: int = 0
    passes: tuple[int, ...] = ()
    broken_off: tuple[int, ...] = ()


NO_TIMELINE = Timeline()


@dataclass(slots=True)
class _Course:
    """A stage as it goes on."""

    steps: int = 0
    borders: list[int] = field(default_factory=list)
    part_px: int | None = None


class Pace:
    """Tells how far a stage is by the clock, in whole levels, and keeps that; or tells what a timeline has kept.

    Parameters
    ----------
    replayed : Timeline or None
        Of a run that is done again; None goes by the clock.
    before : Timeline
        What was kept of this run until it was broken off.
    """

    def __init__(self, replayed: Timeline | None = None, before: Timeline = NO_TIMELINE) -> None:
        self.replayed = replayed
        self._told = {} if replayed is None else {times.index: times for times in replayed.stages}
        self._courses = {
            times.index: _Course(times.steps, list(times.borders), times.part_px) for times in before.stages
        }
        self._broken_off = before.broken_off if replayed is None else replayed.broken_off

    @property
    def stages(self) -> tuple[StageTimes, ...]:
        """What was kept so far."""
        return tuple(
            StageTimes(index, course.steps, tuple(course.borders), course.part_px)
            for index, course in sorted(self._courses.items())
        )

    @property
    def timeline(self) -> Timeline:
        """What was kept so far, without threads and output."""
        return Timeline(self.stages, broken_off=self._broken_off)

    def share(self, index: int, of_run: float, steps: int, by_clock: float | None) -> float:
        """Return the share of a stage's time that is gone after so many of its steps, in whole levels.

        Parameters
        ----------
        index : int
            Of the stage.
        of_run : float
            Its share of the whole run, which decides how many levels it has.
        steps : int
            Done in it.
        by_clock : float or None
            The share of its time that is gone; None where time is no bound, which is a share of 0.
        """
        levels = max(1, round(LEVELS * of_run))
        course = self._courses.setdefault(index, _Course())
        course.steps = steps
        told = self._told.get(index)
        if told is not None:
            level = bisect_right(told.borders, steps)
        else:
            level = 0 if by_clock is None else int(levels * min(1.0, by_clock))
        course.borders += [steps] * (level - len(course.borders))
        is_over = self.replayed is not None and steps >= (0 if told is None else told.steps)
        return 1.0 if is_over else len(course.borders) / levels

    def part_px(self, index: int, by_clock: Callable[[], int]) -> int:
        """Return the side of the part whose enlargement is to join the HR fathers after a stage; 0 leaves it out."""
        told = self._told.get(index)
        side_px = by_clock() if told is None else told.part_px or 0
        self._courses.setdefault(index, _Course()).part_px = side_px
        return side_px

    def ends_with(self, index: int) -> bool:
        """Tell whether a run that is done again was ended in a stage, so that none follows in its rung."""
        return self.replayed is not None and index + 1 not in self._told

    def go_on_in(self, index: int) -> None:
        """Keep that the run was broken off in a stage."""
        self._broken_off = (*self._broken_off, index)
