"""A run that the clock ended is done again to the same bits from its timeline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

import zssr_studio.engine.training.trainer as train_module
from tests.runs import returned
from zssr_studio import pipeline
from zssr_studio.engine.checkpoint import Checkpoint
from zssr_studio.engine.config import Scale
from zssr_studio.engine.events import Band, Step
from zssr_studio.engine.timeline import NO_TIMELINE, Pace, StageTimes, Timeline
from zssr_studio.imaging.read import read_picture
from zssr_studio.job import Job
from zssr_studio.record.timeline import plain_timeline, timeline_from
from zssr_studio.resource import SAMPLE_PHOTO, resource_path

if TYPE_CHECKING:
    from collections.abc import Generator

    from numpy.typing import NDArray

    from zssr_studio.engine.events import Event
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Outcome, Result


@pytest.fixture(scope="module")
def picture() -> Picture:
    photo = read_picture(resource_path(SAMPLE_PHOTO))
    return replace(photo, pixels=np.ascontiguousarray(photo.pixels[200:248, 200:256]))


def done_again(job: Job, timeline: Timeline) -> Result:
    return returned(pipeline.upscale(replace(job, timeline=timeline), previews=False))[1]


def check_same(again: Result, first: Result) -> None:
    np.testing.assert_array_equal(again.picture.pixels, first.picture.pixels)
    assert again.outcome.steps == first.outcome.steps
    assert first.outcome.weights is not None
    assert again.outcome.weights is not None
    for name, array in first.outcome.weights.arrays.items():
        np.testing.assert_array_equal(again.outcome.weights.arrays[name], array)
    assert again.outcome.timeline == first.outcome.timeline


@pytest.mark.parametrize(("scale", "preset"), [(2, "fast"), (4, "fast"), (2, "gradual")])
def test_a_run_bounded_in_seconds_is_done_again_to_the_same_bits(picture: Picture, scale: int, preset: str) -> None:
    job = Job(picture, Scale(scale, scale), preset, seconds=1.2, least_gain_db=0, device="cpu")
    _, first = returned(pipeline.upscale(job, previews=True))
    timeline = first.outcome.timeline
    assert sum(times.steps for times in timeline.stages) == first.outcome.steps
    assert any(times.borders for times in timeline.stages)
    # The seconds of the second are of no account.
    check_same(done_again(replace(job, seconds=500.0), timeline_from(plain_timeline(timeline))), first)


def test_a_run_that_was_stopped_is_done_again(picture: Picture) -> None:
    job, seen = Job(picture, Scale(4, 4), seconds=30, device="cpu"), []
    run = pipeline.upscale(job, lambda: len(seen) >= 7, previews=False)
    for event in iter(lambda: next(run), None):
        seen += [event] if isinstance(event, Step) else []
        if len(seen) >= 7:
            break
    _, first = returned(run)
    assert first.outcome.steps == 7
    check_same(done_again(job, first.outcome.timeline), first)


def test_an_output_that_was_hurried_is_done_again(picture: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "block_px", lambda *_: 24)
    job, first, again = Job(picture, steps=60, device="cpu"), [], []
    outcome = pixels_into(first, pipeline.upscale_in_bands(job, hurry=lambda: bool(first), previews=False))
    passes = outcome.timeline.passes
    assert (passes[0], passes[-1], outcome.timeline.block_px) == (8, 1, 24)
    monkeypatch.undo()
    told = pixels_into(again, pipeline.upscale_in_bands(replace(job, timeline=outcome.timeline), previews=False))
    np.testing.assert_array_equal(np.concatenate(again), np.concatenate(first))
    assert told.timeline == outcome.timeline


def pixels_into(rows: list[NDArray[np.float32]], run: Generator[Event | Band, None, Outcome]) -> Outcome:
    while True:
        try:
            event = next(run)
        except StopIteration as end:
            return end.value
        if isinstance(event, Band):
            rows.append(event.pixels)


def test_a_change_of_threads_is_done_again(picture: Picture) -> None:
    # Bounded in steps: where time is the bound, others on the machine set the number too.
    job, most = Job(picture, steps=24, device="cpu"), torch.get_num_threads()
    run = pipeline.upscale(job, previews=False)
    try:
        for event in run:
            if isinstance(event, Step) and event.step == 4:
                torch.set_num_threads(3)
                break
        _, first = returned(run)
    finally:
        torch.set_num_threads(most)
    assert first.outcome.timeline.threads[1].threads == 3
    assert (first.outcome.timeline.threads[1].steps, first.outcome.timeline.threads[1].events) == (4, 0)
    check_same(done_again(job, first.outcome.timeline), first)
    assert torch.get_num_threads() == most


def test_a_run_that_was_broken_off_in_its_first_stage_is_done_again(
    picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train_module, "CHECKPOINT_EVERY_S", 0.0)
    job = Job(picture, seconds=3600, least_gain_db=0, device="cpu")
    run = pipeline.upscale(job, previews=False)
    cut = next(event for event in run if isinstance(event, Checkpoint) and event.step == 3)
    run.close()
    # However long three steps take here, the first stage was longer, and little of the whole is left.
    cut = replace(cut, total_s=cut.elapsed_s + 1.5)
    _, first = returned(pipeline.upscale(replace(job, checkpoint=cut), previews=False))
    assert first.outcome.timeline.broken_off == (0,)
    check_same(done_again(job, first.outcome.timeline), first)


def test_where_time_is_no_bound_nothing_but_steps_is_kept(picture: Picture) -> None:
    _, result = returned(pipeline.upscale(Job(picture, steps=12, device="cpu"), previews=False))
    assert [times.borders for times in result.outcome.timeline.stages] == [()] * 6
    assert sum(times.steps for times in result.outcome.timeline.stages) == 12


def test_levels_are_told_as_they_were_kept() -> None:
    live = Pace()
    assert [live.share(0, 0.01, steps, share) for steps, share in enumerate([0.0, 0.04, 0.12, 0.55, 0.96, 1.0])] == [
        0.0, 0.0, 0.1, 0.5, 0.9, 1.0,
    ]  # fmt: skip
    assert live.stages == (StageTimes(0, 5, (2, 3, 3, 3, 3, 4, 4, 4, 4, 5)),)
    told = Pace(live.timeline)
    assert [told.share(0, 0.01, steps, 0.0) for steps in range(6)] == [0.0, 0.0, 0.1, 0.5, 0.9, 1.0]
    assert told.timeline == live.timeline
    assert told.share(1, 0.01, 0, 0.0) == 1.0, "a stage that was not trained is over at once"


@pytest.mark.parametrize("broken", [{"stages": [{}]}, {"block_px": -1}, {"threads": [[1, 2]]}, {"passes": ["1"]}])
def test_a_damaged_timeline_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        timeline_from(plain_timeline(NO_TIMELINE) | broken)
