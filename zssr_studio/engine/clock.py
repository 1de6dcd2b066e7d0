"""One clock over all of a run: how much of it is done and how long it takes yet, training and enlarging together.

Imports no torch.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from zssr_studio.engine.events import Enlarging, Started, Step

if TYPE_CHECKING:
    from zssr_studio.engine.events import Event

# Seconds of enlarging after which its own speed counts as much as what was expected of it before. Chosen.
SETTLED_S = 3.0


class Clock:
    """Follows the events of a run.

    Attributes
    ----------
    share : float
        Of the time that the run takes, training and enlarging together, from 0 to 1; it never falls, unless the run
        starts again on another device.
    elapsed_s : float
        Seconds of training and enlarging so far; pauses are not counted.
    left_s : float or None
        Seconds until the result; None while unknown. It is what is known now, and may rise where a machine slows down.
    """

    def __init__(self) -> None:
        self.share = self.elapsed_s = 0.0
        self.left_s: float | None = None

    def take(self, event: Event) -> None:
        """Take what happened."""
        match event:
            case Started():
                self.share, self.elapsed_s, self.left_s = 0.0, 0.0, None
            case Step() | Enlarging():
                self._set(event.elapsed_s, event.eta_s)
            case _:
                pass

    def _set(self, elapsed_s: float, left_s: float | None) -> None:
        if left_s is None and self.left_s is not None:
            # At the beginning of a stage nothing new is known; what was told goes on.
            left_s = max(0.0, self.left_s - (elapsed_s - self.elapsed_s))
        self.elapsed_s, self.left_s = elapsed_s, left_s
        if left_s is not None and elapsed_s + left_s > 0:
            self.share = max(self.share, elapsed_s / (elapsed_s + left_s))


def enlarging_left_s(share: float, spent_s: float, expected_s: float) -> float | None:
    """Return how long an enlargement takes yet.

    What was expected of it gives way to its own speed, so that the time does not jump where training ends.

    Parameters
    ----------
    share : float
        Of its work that is done, 0 to 1.
    spent_s : float
        Seconds that this took.
    expected_s : float
        Seconds that the whole of it was expected to take; 0 where nothing was.

    Returns
    -------
    float or None
        None where nothing is known.

    Examples
    --------
    >>> enlarging_left_s(0.5, 60.0, 60.0)
    60.0
    """
    expected = expected_s * (1 - share) if expected_s > 0 else None
    if share <= 0:
        return expected
    measured = spent_s * (1 - share) / share
    if expected is None:
        return measured
    trust = spent_s / (spent_s + SETTLED_S)
    return trust * measured + (1 - trust) * expected


class Watch:
    """Counts seconds while it goes."""

    def __init__(self) -> None:
        self.spent_s = 0.0
        self._since_s = time.perf_counter()

    def halt(self) -> None:
        """Count no further."""
        self.spent_s += time.perf_counter() - self._since_s

    def go_on(self) -> None:
        """Count again."""
        self._since_s = time.perf_counter()
