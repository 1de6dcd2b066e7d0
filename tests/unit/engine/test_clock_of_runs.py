"""One clock over a run, and the passes that an enlargement can do without."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch

from tests.runs import returned
from tests.unit.test_pipeline import photo
from zssr_studio.engine.clock import Clock, enlarging_left_s
from zssr_studio.engine.config import Scale
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.events import Enlarging, Notice, NoticeKind, Reason, Started, Step
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.engine.output import enlarger
from zssr_studio.engine.output.bands import interpolated_rows
from zssr_studio.engine.output.validation import Validation
from zssr_studio.imaging.picture import Crop
from zssr_studio.job import Job
from zssr_studio.pipeline import to_tensor, upscale


def test_the_share_never_falls_from_the_first_step_to_the_result_and_the_end_is_told_as_near(monkeypatch):
    monkeypatch.setattr(enlarger, "HR_TILE_PX", 32)
    clock, seen = Clock(), []
    events, _ = returned(upscale(Job(photo(), steps=30, device="cpu")))
    for event in events:
        clock.take(event)
        if isinstance(event, Step | Enlarging):
            seen.append((clock.share, clock.elapsed_s, clock.left_s))
    shares, elapsed, left = zip(*seen, strict=True)
    assert all(a <= b for a, b in pairwise(shares))
    assert all(a <= b for a, b in pairwise(elapsed))
    assert None not in left[3:]
    assert shares[-1] == pytest.approx(1)
    assert left[-1] == pytest.approx(0)


def test_the_time_of_the_enlargement_is_known_at_the_first_step_that_has_one():
    events, _ = returned(upscale(Job(photo(200, 200), seconds=0.2, device="cpu"), previews=False))
    first = next(event for event in events if isinstance(event, Step))
    assert first.eta_s > max(0.0, 0.2 - first.elapsed_s)


def test_a_run_that_starts_again_on_another_device_starts_its_clock_again():
    clock = Clock()
    clock.take(Step(1, 0, 0.1, 1e-3, 30.0, 0.5, 10.0))
    assert (clock.share, clock.left_s) == (0.75, 10.0)
    clock.take(Started("cpu", 2, 2, 1, 1))
    assert (clock.share, clock.left_s) == (0.0, None)


def test_what_was_expected_gives_way_to_its_own_speed():
    assert enlarging_left_s(0.0, 0.0, 40.0) == 40.0
    assert enlarging_left_s(0.0, 0.0, 0.0) is None
    assert enlarging_left_s(0.5, 10.0, 0.0) == 10.0
    # Half of what was told as 40 s took 60: what is left is nearer to 60 than to 20.
    assert 50 < enlarging_left_s(0.5, 60.0, 40.0) < 60


def hurried(job: Job, after: int):
    """Do a run whose enlargement is in a hurry once it has told so much."""
    told = []
    run = upscale(job, hurry=lambda: len(told) >= after, previews=False)
    events = []
    while True:
        try:
            events.append(next(run))
        except StopIteration as end:
            return events, end.value
        told += [event for event in events[-1:] if isinstance(event, Enlarging) and event.stage == 5]


def test_in_a_hurry_passes_are_left_out_and_that_is_told(monkeypatch):
    # After a few steps the network would be refused, and interpolation has no passes.
    monkeypatch.setattr(Validation, "interpolation_rmse", lambda *_: 1.0)
    job = Job(photo(), steps=12, device="cpu")
    _, whole = hurried(job, 1000)
    events, one = hurried(job, 0)
    _, some = hurried(job, 3)
    assert (whole.outcome.passes_share, one.outcome.passes_share) == (1, pytest.approx(1 / 8))
    assert some.outcome.passes_share == pytest.approx(3 / 8)
    assert (whole.outcome.reason, one.outcome.reason) == (Reason.COMPLETED, Reason.STOPPED)
    (notice,) = (event for event in events if isinstance(event, Notice) and event.kind is NoticeKind.FEWER_PASSES)
    assert notice.values == {"most": 8}
    away = [np.abs(made.picture.pixels - whole.picture.pixels).mean() for made in (some, one)]
    assert 0 < away[0] < away[1] < 0.02


def test_rows_of_the_interpolation_are_those_of_the_whole():
    lr = to_tensor(photo(45, 40).pixels, torch.device("cpu"))
    whole = Degradation((2.0, 3.0)).upscale(lr, (90, 120)).clamp(0, 1)
    rows = [interpolated_rows(lr, (2.0, 3.0), edges) for edges in ((0, 31), (31, 90))]
    torch.testing.assert_close(torch.cat(rows, dim=2), whole, atol=1e-6, rtol=0)


def test_a_run_that_was_ended_while_it_enlarged_goes_on_with_the_enlargement():
    job = Job(photo(), steps=12, device="cpu")
    events, whole = returned(upscale(job, previews=False))
    checkpoint = [event for event in events if type(event).__name__ == "Checkpoint"][-1]
    again, result = returned(upscale(replace(job, checkpoint=checkpoint), previews=False))
    assert not [event for event in again if isinstance(event, Step)]
    np.testing.assert_array_equal(result.picture.pixels, whole.picture.pixels)
    assert result.outcome.steps == 12


def test_a_job_is_the_same_again_where_all_that_is_asked_for_is():
    picture = photo()
    job = Job(picture, crop=Crop(0, 0, 20, 20), kernel=Shape.parse("gaussian:1.4").kernel((2.0, 2.0)), seconds=5)
    assert job.asks_the_same(
        Job(picture, crop=Crop(0, 0, 20, 20), kernel=Shape.parse("gaussian:1.4").kernel((2.0, 2.0)), seconds=5.0)
    )
    for other in (
        replace(job, seed=1),
        replace(job, seconds=6),
        replace(job, steps=5),
        replace(job, crop=None),
        replace(job, kernel=None),
        replace(job, kernel=Shape.parse("gaussian:1.5").kernel((2.0, 2.0))),
        replace(job, scale=Scale(3, 3)),
        replace(job, picture=photo()),
    ):
        assert not job.asks_the_same(other)
