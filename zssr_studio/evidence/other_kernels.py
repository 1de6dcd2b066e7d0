"""How a result would be if the kernel were a little wider or narrower than assumed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.kernels.kernel import stretched
from zssr_studio.engine.kernels.shapes import bicubic_kernel
from zssr_studio.engine.maps import UNSTABLE_STD
from zssr_studio.engine.relay import relayed
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.colour.trained_values import TrainedValues

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from numpy.typing import NDArray

    from zssr_studio.engine.events import Event
    from zssr_studio.job import Job, Outcome
    from zssr_studio.record.plain import Plain

# The network of the run is trained on under the other kernel for this share of its steps, and at least so many: that
# changes the result as training anew does, while back-projection alone under the other kernel changes it by two thirds
# of that (docs/measurements.md, "Maps").
SHARE_OF_STEPS, LEAST_STEPS = 1 / 8, 50
# Beyond half as wide it would be another kernel. Chosen.
MOST_PERCENT = 50.0


@dataclass(frozen=True, slots=True)
class Change:
    """How far a result changes under another kernel.

    Parameters
    ----------
    factor : float
        How many times as wide the other kernel is.
    rms : float
        Root mean square of the change over all samples, in [0, 1] of the value range.
    share : float
        Of the pixels, that change by more than `UNSTABLE_STD`.
    """

    factor: float
    rms: float
    share: float

    def plain(self) -> Plain:
        """Return it as plain values for JSON."""
        return {"factor": self.factor, "rms": round(self.rms, 6), "changed_share": round(self.share, 6)}


def check_percent(percent: float) -> None:
    """Refuse a difference of width that is out of range.

    Raises
    ------
    BadInputError
    """
    if not 0 < percent <= MOST_PERCENT:
        raise BadInputError(
            f"A kernel that is {percent:g} % off is out of range; give --kernel-off more than 0, and at most "
            f"{MOST_PERCENT:g}."
        )


def with_other_kernels(
    job: Job, first: NDArray[np.float32], outcome: Outcome, percent: float, stop: Callable[[], bool]
) -> Generator[Event, None, tuple[Change, ...]]:
    """Train the network of a run on under a wider kernel, and under a narrower one, and compare what it makes then.

    Parameters
    ----------
    job : Job
        As it was run. Where it assumed an ordinary downscaling, the kernel of that is what is stretched.
    first : ndarray, shape (H, W, C), float32
        Its result.
    outcome : Outcome
        Of the run, with what its network learned.
    percent : float
        How much wider, and narrower, in percent of the width.
    stop : callable
        Asked between two steps; once it says True no more is found out.

    Yields
    ------
    Event
        Of each run.

    Returns
    -------
    tuple of Change
        Of the wider and of the narrower kernel, as far as they were tried.
    """
    # torch takes seconds to load, and the window shows before that.
    from zssr_studio.pipeline import upscale

    span = np.float32(TrainedValues.of(job.source).span)
    changes = []
    for factor, other in other_jobs(job, outcome, percent):
        result = yield from relayed(upscale(other, stop, previews=False), lambda event: (event,))
        if stop():
            break
        square = np.square((result.picture.pixels - first) / span).mean(axis=2)
        share = float((square > UNSTABLE_STD**2).mean())
        changes.append(Change(factor, float(np.sqrt(square.mean())), share))
    return tuple(changes)


def other_jobs(job: Job, outcome: Outcome, percent: float) -> Iterator[tuple[float, Job]]:
    """Make the jobs that go on from what a run learned, under the wider and the narrower kernel, with its factor."""
    own = job.kernel or bicubic_kernel(job.scale.factors)
    steps = max(LEAST_STEPS, round(SHARE_OF_STEPS * outcome.steps))
    for factor in (1 + percent / 100, 1 - percent / 100):
        kernel = replace(stretched(own, factor, job.scale.factors), uncertainty=own.uncertainty)
        on = replace(job, init=outcome.weights, steps=steps, seconds=None, checkpoint=None, timeline=None)
        yield round(factor, 6), replace(on, kernel=kernel, least_gain_db=0.0)
