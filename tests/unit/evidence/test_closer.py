"""What a closer look takes, and how far it is."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.test_pipeline import photo
from zssr_studio.engine.events import Reason
from zssr_studio.engine.relay import returned
from zssr_studio.evidence.closer import Seen, Wish, looked_closer
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job, Outcome
from zssr_studio.pipeline import upscale


def test_its_time_is_that_of_the_runs_that_it_takes():
    outcome = Outcome(Reason.COMPLETED, "cpu", 400, 40.0, 2.0, 40.0, None)
    assert Wish().runs_s(outcome) == []
    assert Wish(members=3).runs_s(outcome) == [42.0, 42.0]
    assert Wish(percent=10.0).runs_s(outcome) == [7.0, 7.0]
    assert sum(Wish(2, 10.0).runs_s(outcome)) == 56.0


def test_it_tells_how_far_it_is_and_last_what_was_seen():
    job = Job(photo(20, 24), steps=6)
    result = returned(upscale(job, previews=False))
    *shares, seen = looked_closer(job, result.picture.pixels, result.outcome, Wish(2, 10.0))
    assert isinstance(seen, Seen)
    assert all(isinstance(share, float) for share in shares)
    assert shares[0] == 0
    assert shares[-1] == pytest.approx(1, abs=0.1)
    assert seen.members is not None
    assert seen.members.shape == (40, 48)
    assert [change.factor for change in seen.changes] == [1.1, 0.9]


def test_deviations_are_shares_of_the_value_range_however_large_the_values_are():
    """Samples in floating point may go beyond 1: four times as large a range has the same shares of it."""
    pixels = np.random.default_rng(0).random((20, 24, 3), dtype=np.float32)
    pixels[0, 0] = 0, 0.5, 1
    usual, wide = (_seen(Picture(factor * pixels, source_bits=32)) for factor in (1, 4))
    assert np.array_equal(usual.members, wide.members)
    assert [change.rms for change in usual.changes] == pytest.approx([change.rms for change in wide.changes])
    assert [change.share for change in usual.changes] == [change.share for change in wide.changes]


def _seen(picture: Picture) -> Seen:
    job = Job(picture, steps=6)
    result = returned(upscale(job, previews=False))
    *_, seen = looked_closer(job, result.picture.pixels, result.outcome, Wish(2, 10.0))
    return seen
