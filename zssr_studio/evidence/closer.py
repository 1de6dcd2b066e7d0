"""A closer look at a result, asked for afterwards: networks of other seeds, and a kernel that is a little off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from zssr_studio.engine.clock import Clock
from zssr_studio.engine.events import Started
from zssr_studio.engine.relay import relayed
from zssr_studio.evidence.members import never, with_members
from zssr_studio.evidence.other_kernels import SHARE_OF_STEPS, with_other_kernels

if TYPE_CHECKING:
    from collections.abc import Generator

    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.engine.events import Event
    from zssr_studio.evidence.other_kernels import Change
    from zssr_studio.job import Job, Outcome

    R = TypeVar("R")

# A wider and a narrower one.
KERNELS = 2


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be looked at.

    Parameters
    ----------
    members : int
        Networks of so many seeds, that of the result included; 1 for none.
    percent : float or None
        How much wider, and narrower, the kernel is tried, in percent of its width.
    """

    members: int = 1
    percent: float | None = None

    def runs_s(self, outcome: Outcome) -> list[float]:
        """Tell about how long each of the runs takes that this asks for after a run, in seconds."""
        member_s = outcome.training_s + outcome.output_s
        kernel_s = SHARE_OF_STEPS * outcome.training_s + outcome.output_s
        return [member_s] * (self.members - 1) + [kernel_s] * (0 if self.percent is None else KERNELS)


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What a closer look came to.

    Parameters
    ----------
    members : ndarray, shape (H, W), float16, or None
        Standard deviation of the results of the networks, in [0, 1] of the value range.
    changes : tuple of Change
        Under the wider and the narrower kernel.
    """

    members: NDArray[np.float16] | None
    changes: tuple[Change, ...]


def looked_closer(
    job: Job, first: NDArray[np.float32], outcome: Outcome, wish: Wish
) -> Generator[float | Seen, None, None]:
    """Train what a closer look takes; closing this ends it.

    Parameters
    ----------
    job : Job
        As it was run.
    first : ndarray, shape (H, W, C), float32
        Its result.
    outcome : Outcome
    wish : Wish

    Yields
    ------
    float or Seen
        The share of the time that is over, 0 to 1; last what was seen.
    """
    shares = _Shares(wish.runs_s(outcome))
    members = None
    if wish.members > 1:
        members = yield from relayed(with_members(job, first, outcome, wish.members), shares.take)
    changes: tuple[Change, ...] = ()
    if wish.percent is not None:
        changes = yield from relayed(with_other_kernels(job, first, outcome, wish.percent, never), shares.take)
    yield Seen(members, changes)


class _Shares:
    """How much of several runs is over, by their events."""

    def __init__(self, runs_s: list[float]) -> None:
        self._runs_s, self._clock, self._begun = runs_s, Clock(), 0

    def take(self, event: Event) -> tuple[float]:
        if isinstance(event, Started):
            self._begun += 1
        self._clock.take(event)
        done = self._runs_s[: max(0, self._begun - 1)]
        now_s = self._runs_s[len(done)] if len(done) < len(self._runs_s) else 0.0
        return ((sum(done) + self._clock.share * now_s) / (sum(self._runs_s) or 1.0),)
