"""How far networks of other seeds make another result: the same picture, settings and steps, drawn anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.relay import relayed
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.colour.trained_values import TrainedValues

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from numpy.typing import NDArray

    from zssr_studio.engine.events import Event
    from zssr_studio.job import Job, Outcome

# More would take hours and tell no more: the deviation of 16 is known to within a fifth.
MAX_MEMBERS = 16


def never() -> bool:
    """Let all members be trained."""
    return False


def check_members(count: int) -> None:
    """Refuse a number of networks that is out of range.

    Raises
    ------
    BadInputError
    """
    if not 1 <= count <= MAX_MEMBERS:
        raise BadInputError(f"{count} members are not possible; give 1 (the run alone) to {MAX_MEMBERS}.")


def with_members(
    job: Job, first: NDArray[np.float32], outcome: Outcome, count: int, stop: Callable[[], bool] = never
) -> Generator[Event, None, NDArray[np.float16] | None]:
    """Train the job again with other seeds, and compare what comes of it with its result.

    Parameters
    ----------
    job : Job
        As it was run; each member trains for as many steps as it did.
    first : ndarray, shape (H, W, C), float32
        Its result: that of the first member.
    outcome : Outcome
        Of the run, which says how many steps it made.
    count : int
        Of all members, the result's own network included.
    stop : callable
        Asked between two steps; once it says True the member that is being trained is left out, and so are all others.

    Yields
    ------
    Event
        Of each member's run.

    Returns
    -------
    ndarray, shape (H, W), float16, or None
        Standard deviation of the members' results, root mean square over the channels, in [0, 1] of the value range;
        None where there are less than two.
    """
    # torch takes seconds to load, and the window shows before that.
    from zssr_studio.pipeline import upscale

    span = np.float32(TrainedValues.of(job.source).span)
    total: NDArray[np.float32] | None = None
    squares: NDArray[np.float32] | None = None
    made = 1
    for member in range(1, count):
        seed = (job.seed + member) % 2**63
        own = replace(job, seed=seed, steps=outcome.steps or job.steps, seconds=None)
        own = replace(own, init=None, checkpoint=None, timeline=None)
        other = yield from relayed(upscale(own, stop, previews=False), lambda event: (event,))
        if stop():
            break
        difference = (other.picture.pixels - first) / span
        square = np.square(difference).mean(axis=2)
        total = difference if total is None else total + difference
        squares = square if squares is None else squares + square
        made += 1
    if total is None or squares is None:
        return None
    variance = (squares - made * np.square(total / made).mean(axis=2)) / (made - 1)
    deviation: NDArray[np.float16] = np.sqrt(variance.clip(0)).astype(np.float16)
    return deviation
