"""What a run tells while it works. Frozen values and numpy arrays only; imports no torch."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from zssr_studio.engine.checkpoint import Checkpoint

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.engine.maps import MapRows


class Reason(StrEnum):
    """Why training ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Started:
    """The first event of a run."""

    device: str
    out_height: int
    out_width: int
    stages: int
    parameters: int


@dataclass(frozen=True, slots=True)
class StageStarted:
    """A stage of the run begins, at its scale."""

    stage: int  # from 0
    scale: tuple[float, float]  # vertical, horizontal, against the input
    step: int


@dataclass(frozen=True, slots=True)
class Step:
    """One training step is done."""

    step: int  # from 1, counted over all stages
    stage: int
    loss: float  # mean absolute error of the crop, in [0, 1]
    learning_rate: float
    elapsed_s: float  # seconds of training so far; pauses and previews of the caller are not counted
    progress: float  # share of the run's training that is done, 0 to 1
    eta_s: float | None  # seconds until the result, its enlargement included; None while unknown


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """The picture was rebuilt from its own downscaled version with the network as it is now."""

    step: int
    rmse: float  # root mean squared error, in [0, 1]


@dataclass(frozen=True, slots=True)
class Preview:
    """A display copy of the output as it would be now, or of a window in its middle where all of it takes too long."""

    step: int
    top: int  # where the array lies in the whole output, in its pixels
    left: int
    pixels: NDArray[np.float32]  # shape (h, w, C), in [0, 1], owned by the event


@dataclass(frozen=True, slots=True)
class Enlarging:
    """The trained network enlarges the picture (self-ensemble and back-projection)."""

    stage: int
    progress: float  # of this stage's enlargement, 0 to 1
    elapsed_s: float = 0.0  # seconds of training and enlarging so far; pauses are not counted
    eta_s: float | None = None  # seconds until the result; None while unknown


class Death(StrEnum):
    """Why a network that trains is given up."""

    NOT_FINITE = "not finite"  # its loss is no number any more
    LOST = "lost"  # its loss is back at the level of interpolation
    DIVERGED = "diverged"  # its loss is far above that of interpolation
    SILENT = "silent"  # none of its inner units has a gradient any more


class NoticeKind(StrEnum):
    """What a person should know of a run; behind each, the values that its sentence needs."""

    COPIED = "copied"
    GRADUAL_LEFT_OUT = "gradual left out"
    BEATEN = "beaten"
    MADE_SMALLER = "made smaller"  # times
    HALOS = "halos"  # percent
    RESTRAINED = "restrained"  # percent
    SLIGHT_NOISE = "slight noise"  # percent
    RESTARTED = "restarted"  # death
    ENDS_EARLY = "ends early"  # seconds, least_gain_db
    RUN_ON_PROCESSOR = "run on processor"  # device
    STEPS_NOT_RECORDED = "steps not recorded"  # reason
    OUTPUT_ON_PROCESSOR = "output on processor"  # device
    FEWER_PASSES = "fewer passes"  # most
    BLOCKS_DIFFER = "blocks differ"
    OVER_BUDGET = "over budget"  # held_bytes, allowed_bytes
    FEWER_THREADS = "fewer threads"  # threads, most
    THREADS_HELD_UP = "threads held up"  # threads, most


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person should know; `zssr_studio.words.notices` has the sentence."""

    kind: NoticeKind
    values: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Band:
    """Whole rows of the output, from the top on, each once."""

    top: int
    pixels: NDArray[np.float32]  # shape (rows, W, C), in [0, 1], owned by the event
    alpha: NDArray[np.float32] | None  # shape (rows, W), in [0, 1]
    maps: MapRows | None = None  # None where a picture is copied


Event = Started | StageStarted | Step | Reconstruction | Preview | Enlarging | Notice | Checkpoint
