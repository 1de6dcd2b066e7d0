"""What a batch tells while it works: frozen values, for a terminal's bars as for a window's table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


@dataclass(frozen=True, slots=True)
class Planned:
    """The first event: what is to be done.

    Parameters
    ----------
    waiting, done, failed : int
        Pictures that are to be enlarged now, and of those that were asked for the ones that an earlier batch did or
        could not do.
    workers : int
    """

    waiting: int
    done: int
    failed: int
    workers: int


@dataclass(frozen=True, slots=True)
class Begun:
    """A worker takes a picture in hand."""

    output: str  # the key of the picture: the path of its result below the folder of all
    image: str
    worker: str


@dataclass(frozen=True, slots=True)
class Told:
    """What was found in a picture, or should be known of its run, in a sentence."""

    output: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far a picture is."""

    output: str
    worker: str
    share: float  # of its run, 0 to 1
    left_s: float | None  # seconds until its result; None while unknown


@dataclass(frozen=True, slots=True)
class Finished:
    """A picture is there."""

    output: str
    worker: str
    seconds: float
    figures: Mapping[str, Any]  # as the journal keeps them


@dataclass(frozen=True, slots=True)
class Failed:
    """A picture could not be enlarged."""

    output: str
    worker: str
    sentence: str


@dataclass(frozen=True, slots=True)
class WorkerLost:
    """A worker's process ended in the middle of a picture, which is tried once more."""

    output: str
    worker: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Waited:
    """Nothing happened for a moment; whoever looks on may pause or end the batch now."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The last event: how many of those that were to be done now are done, failed, or left for the next time."""

    done: int
    failed: int
    left: int
    seconds: float


BatchEvent: TypeAlias = Planned | Begun | Told | Progressed | Finished | Failed | WorkerLost | Waited | Ended
