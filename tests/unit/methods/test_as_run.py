"""Another method's work as a run: the same pixels, honest figures, and an end like a run's."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest

from zssr_studio.engine.config import Scale
from zssr_studio.engine.events import Enlarging, Reason, Started
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.engine.relay import returned
from zssr_studio.engine.weights import LearnedFrom
from zssr_studio.errors import BadInputError, FailureError
from zssr_studio.imaging.picture import Crop, Picture
from zssr_studio.job import Job
from zssr_studio.methods.as_run import as_run
from zssr_studio.methods.interpolation import Interpolation, Rule
from zssr_studio.methods.method import no_result
from zssr_studio.methods.scores import consistency_db
from zssr_studio.pipeline import upscale

PICTURE = Picture(np.random.default_rng(0).random((20, 24, 3), dtype=np.float32))


@dataclass(frozen=True)
class Odd:
    """A method that does as it is told: it refuses, fails, or takes its time."""

    refuses: bool = False
    fails: type[Exception] | None = None
    closed: tuple[list[bool], ...] = ()
    key: str = "odd"
    name: str = "Odd one"
    learned_from: LearnedFrom = LearnedFrom.THIS_PICTURE

    def check(self, picture, scale):
        if self.refuses:
            raise BadInputError("Not by this scale.")

    def enlarge(self, picture, scale, allowance=None):
        try:
            yield Started("cpu", 40, 48, 0, 0)
            if self.fails is not None:
                raise self.fails("shapes do not match")
            yield Enlarging(0, 0.5, 0.1, 0.1)
            return (yield from Interpolation(Rule.NEAREST).enlarge(picture, scale))
        except GeneratorExit:
            for one in self.closed:
                one.append(True)
            raise


@dataclass(frozen=True)
class Slow(Odd):
    """It works for three seconds of a clock that is set by hand."""

    now: tuple[list[float], ...] = ()

    def enlarge(self, picture, scale, allowance=None):
        yield Started("cpu", 40, 48, 0, 0)
        self.now[0][0] += 3.0
        return returned(Interpolation(Rule.NEAREST).enlarge(picture, scale))


@pytest.mark.parametrize("crop", [None, Crop(2, 4, 9, 7)])
@pytest.mark.parametrize("rule", [Rule.LANCZOS, Rule.BACK_PROJECTED])
def test_a_method_gives_what_it_gives_by_itself_and_is_judged(crop, rule):
    job = Job(PICTURE, Scale(2, 1.5), crop=crop, kernel=Shape.parse("gaussian:1,0.8,20").kernel((2, 1.5)))
    result = returned(as_run(Interpolation(rule), job))
    alone = returned(Interpolation(rule).enlarge(job.source, job.scale))
    np.testing.assert_array_equal(result.picture.pixels, alone.pixels)
    outcome = result.outcome
    assert outcome.psnr_consistency_db == consistency_db(alone, job.source, job.scale, job.kernel)
    assert (outcome.reason, outcome.steps, outcome.weights) == (Reason.COMPLETED, 0, None)
    assert math.isfinite(outcome.psnr_consistency_db)


def test_what_it_is_blended_with_is_what_runs_are_blended_with():
    job = Job(PICTURE, Scale(2, 2), steps=1, device="cpu")
    own = returned(upscale(job, previews=False))
    np.testing.assert_array_equal(returned(as_run(Interpolation(Rule.LANCZOS), job)).bicubic.pixels, own.bicubic.pixels)


def test_seconds_are_the_methods_own_and_pauses_are_not_counted(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("zssr_studio.engine.clock.time", SimpleNamespace(perf_counter=lambda: now[0]))
    run = as_run(Slow(now=(now,)), Job(PICTURE, Scale(2, 2)))
    next(run)
    now[0] += 100.0
    assert returned(run).outcome.output_s == 3.0


def test_closing_discards():
    closed: list[bool] = []
    run = as_run(Odd(closed=(closed,)), Job(PICTURE, Scale(2, 2)))
    next(run)
    run.close()
    del run
    assert closed == [True]


@pytest.mark.parametrize("kind", [RuntimeError, MemoryError])
def test_a_failure_is_a_sentence_with_the_methods_name(kind):
    with pytest.raises(FailureError, match="Odd one gave no result: shapes do not match"):
        returned(as_run(Odd(fails=kind), Job(PICTURE, Scale(2, 2))))


def test_memory_that_is_not_enough_is_said_though_its_error_says_nothing():
    told = str(no_result(Odd(), MemoryError()))
    assert told == "Odd one gave no result: this machine's memory is not enough. The picture is untouched."


def test_a_refusal_comes_before_any_work():
    with pytest.raises(BadInputError, match="Not by this scale"):
        next(as_run(Odd(refuses=True), Job(PICTURE, Scale(2, 2))))
