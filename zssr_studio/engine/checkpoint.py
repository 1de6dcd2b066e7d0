"""A run as it stands while it trains: all that another one needs to go on from there. Imports no torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.engine.timeline import NO_TIMELINE, Timeline

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

# Chosen: what a crash or a power cut costs at most. Copying the weights takes milliseconds.
CHECKPOINT_EVERY_S = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """What a run knows in the middle of a stage.

    On the processor, with a bound in steps, a run that goes on in its first stage gives the bits that it would have
    given without a break. In later stages the results of the earlier ones are made again from the weights as they are.

    Parameters
    ----------
    arrays : mapping of str to ndarray
        Weights and averaged weights, moments of the optimiser, and the state of the random draws; by name.
    stage : int
        Index of the stage, from 0.
    stage_step, stage_s : int, float
        Steps and seconds of training that were done when it began.
    step, elapsed_s : int, float
        Steps and seconds of training that are done.
    total_s : float or None
        Bound of the training time, as it was decided; None is no bound.
    output_s : float
        Estimate of how long the output will take; 0 while unknown.
    since_restart, restarts : int
        Steps since the network was started last, and how often it died.
    errors : tuple of (int, float)
        Steps of this stage, and the reconstruction's RMSE there.
    timeline : Timeline
        What time decided so far.
    """

    arrays: Mapping[str, NDArray[np.float32] | NDArray[np.uint8]]
    stage: int
    stage_step: int
    stage_s: float
    step: int
    elapsed_s: float
    total_s: float | None
    output_s: float
    since_restart: int
    restarts: int
    errors: tuple[tuple[int, float], ...]
    timeline: Timeline = NO_TIMELINE
