"""The hashes of a result, taken as its bands pass."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from zssr_studio.engine.events import Band
from zssr_studio.engine.weights import PixelHash

if TYPE_CHECKING:
    from zssr_studio.job import Job, Outcome

    E = TypeVar("E")


class ResultHashes:
    """Hashes the bands of a job's result as they pass."""

    def __init__(self, job: Job) -> None:
        size, source = job.out_size, job.source
        self._pixels = PixelHash((*size, source.channels))
        self._alpha = None if source.alpha is None else PixelHash(size)

    def passed_on(self, event: E) -> tuple[E]:
        """Take a band, and pass all on."""
        if isinstance(event, Band):
            self._pixels.take(event.pixels)
            if self._alpha is not None and event.alpha is not None:
                self._alpha.take(event.alpha)
        return (event,)

    def told(self, outcome: Outcome) -> Outcome:
        """Add the hashes to what came of the run."""
        alpha = None if self._alpha is None else self._alpha.hexdigest()
        return replace(outcome, pixels_sha256=self._pixels.hexdigest(), alpha_sha256=alpha)
