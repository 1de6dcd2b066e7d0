"""What a run leaves to look at: its curves, and where its stages began and its learning rate fell."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.app.language import tr
from zssr_studio.app.models.run.film import Film
from zssr_studio.engine.config import PRESETS, RatePolicy
from zssr_studio.engine.events import Notice, Reconstruction, StageStarted, Started, Step
from zssr_studio.record.curve import Curve

if TYPE_CHECKING:
    from zssr_studio.engine.events import Event
    from zssr_studio.job import Job

SPEED_OVER_S = 3.0
CURVES = ("losses", "rates", "seconds", "reconstructions")


@dataclass(frozen=True, slots=True)
class Mark:
    """A step at which something changed, with a few words that say what."""

    step: int
    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """What the curves say of one step; `rmse` is None before the first reconstruction."""

    step: float
    elapsed_s: float
    loss: float
    learning_rate: float
    rmse: float | None


class History:
    """Curves, marks and film of one run, in bounded memory.

    Attributes
    ----------
    losses, rates, seconds : Curve
        Training loss, learning rate and seconds of training, all at the same steps.
    reconstructions : Curve
        RMSE of the reconstruction, at steps of its own.
    marks : list of Mark
    notices : list of Notice
        What the run told, for its record.
    film : Film
    """

    def __init__(self, job: Job | None = None) -> None:
        self.losses, self.rates, self.seconds, self.reconstructions = Curve(), Curve(), Curve(), Curve()
        self.marks: list[Mark] = []
        self.notices: list[Notice] = []
        self.film = Film()
        # A rate that falls all the time has no single changes to mark.
        self._rate_falls_in_steps = job is not None and PRESETS[job.preset].rate_policy is RatePolicy.SLOPE
        self._stages = 1
        self._rate: float | None = None
        self._recent: deque[tuple[float, int]] = deque()

    @property
    def steps_per_s(self) -> float | None:
        """Speed over the last seconds of training; None while unknown."""
        if len(self._recent) < 2:
            return None
        (first_s, first), (last_s, last) = self._recent[0], self._recent[-1]
        return (last - first) / (last_s - first_s) if last_s > first_s else None

    def take(self, event: Event) -> None:
        """Take what happened."""
        match event:
            case Started():
                self._stages = event.stages
            case StageStarted():
                self._rate = None
                mark = Mark(event.step, tr("stage {number}", number=event.stage + 1))
                # A run that goes on from a checkpoint names the stage that it is in again.
                if self._stages > 1 and mark not in self.marks:
                    self.marks.append(mark)
            case Step():
                self._take_step(event)
            case Reconstruction():
                self.reconstructions.add(event.step, event.rmse)
            case Notice():
                self.notices.append(event)

    def copied(self) -> History:
        """Return the history as it stands, to be written while this one goes on."""
        copy = History()
        for name in CURVES:
            setattr(copy, name, getattr(self, name).copied())
        copy.marks, copy.notices, copy.film = list(self.marks), list(self.notices), self.film.copied()
        return copy

    def at(self, step: float) -> Moment | None:
        """Return what the curves say nearest to a step; None where nothing is known yet."""
        if not self.losses.steps:
            return None
        index = _nearest(self.losses.steps, step)
        here = self.losses.steps[index]
        known = self.reconstructions
        rmse = known.values[_nearest(known.steps, here)] if known.steps else None
        return Moment(here, self.seconds.values[index], self.losses.values[index], self.rates.values[index], rmse)

    def _take_step(self, event: Step) -> None:
        self.losses.add(event.step, event.loss)
        self.rates.add(event.step, event.learning_rate)
        self.seconds.add(event.step, event.elapsed_s)
        self._recent.append((event.elapsed_s, event.step))
        while event.elapsed_s - self._recent[0][0] > SPEED_OVER_S:
            self._recent.popleft()
        if self._rate_falls_in_steps and self._rate is not None and event.learning_rate != self._rate:
            self.marks.append(Mark(event.step, tr("rate {rate:.1g}", rate=event.learning_rate)))
        self._rate = event.learning_rate


def _nearest(steps: list[float], step: float) -> int:
    index = bisect_left(steps, step)
    if index == len(steps) or (index and step - steps[index - 1] < steps[index] - step):
        return index - 1
    return index
