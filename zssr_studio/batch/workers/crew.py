"""What a batch asks of those who do its pictures, wherever they are."""

from __future__ import annotations

import queue
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zssr_studio.batch.one_file.options import Plain

    Said = TypeVar("Said")

# What is asked of a worker, as `do`, besides to enlarge a picture.
PAUSE, GO_ON, END, SURVEY = "pause", "go on", "end", "survey"


class CancelledError(Exception):
    """The batch was ended at once; what was begun is discarded."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a worker says of the picture that it has in hand.

    Parameters
    ----------
    output : str
        The picture's key.
    worker : str
        What the worker is called.
    plain : dict
        `kind` is `begun`, `told`, `progress`, `done` or `failed`, with what `do_order` tells; or `lost` with a
        `sentence`, where the worker's process ended.
    """

    output: str
    worker: str
    plain: Plain


class Crew(Protocol):
    """Workers, as many as there are, each with one picture at a time."""

    @property
    def size(self) -> int:
        """Number of workers."""

    @property
    def free(self) -> int:
        """How many more pictures they take now."""

    def hand(self, output: str, order: Plain) -> None:
        """Give a picture to a worker that is free."""

    def messages(self, timeout_s: float) -> Sequence[Message]:
        """Return what was said, after a moment at most."""

    def pause(self) -> None:
        """Let the pictures in hand stand still."""

    def go_on(self) -> None:
        """Let them go on."""

    def close(self) -> None:
        """End the workers at once; what they have in hand is discarded."""


def waited_for(said: queue.SimpleQueue[Said], timeout_s: float) -> list[Said]:
    """Take all that was said, and wait a moment for the first of it."""
    found: list[Said] = []
    try:
        found.append(said.get(timeout=timeout_s))
        while True:
            found.append(said.get_nowait())
    except queue.Empty:
        return found
