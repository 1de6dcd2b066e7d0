"""A run that was cut off goes on from its checkpoint as if nothing had happened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

import zssr_studio.engine.training.trainer as train_module
from tests.runs import returned
from zssr_studio.engine.checkpoint import Checkpoint
from zssr_studio.engine.config import Scale
from zssr_studio.engine.events import StageStarted, Step
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.read import read_picture
from zssr_studio.job import Job
from zssr_studio.pipeline import upscale
from zssr_studio.resource import SAMPLE_PHOTO, resource_path

if TYPE_CHECKING:
    from zssr_studio.engine.events import Event
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Result


@pytest.fixture(scope="module")
def picture() -> Picture:
    photo = read_picture(resource_path(SAMPLE_PHOTO))
    return replace(photo, pixels=np.ascontiguousarray(photo.pixels[200:248, 200:256]))


@pytest.fixture(autouse=True)
def _checkpoint_after_each_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_module, "CHECKPOINT_EVERY_S", 0.0)


def run(job: Job) -> tuple[list[Event], Result]:
    return returned(upscale(job, previews=False))


def checkpoint_at(events: list[Event], step: int) -> Checkpoint:
    return next(event for event in events if isinstance(event, Checkpoint) and event.step == step)


@pytest.mark.parametrize("preset", ["fast", "paper"])
def test_a_run_that_goes_on_gives_the_bits_of_one_without_a_break(picture: Picture, preset: str) -> None:
    # The cut lies within the first stage of both presets; later ones train on results that are made again.
    job = Job(picture, Scale(2, 2), preset, steps=12, device="cpu")
    events, whole = run(job)
    cut = checkpoint_at(events, 2)
    assert cut.stage == 0
    rest, resumed = run(replace(job, checkpoint=cut))
    assert next(event.step for event in rest if isinstance(event, Step)) == 3
    assert resumed.outcome.steps == whole.outcome.steps
    np.testing.assert_array_equal(resumed.picture.pixels, whole.picture.pixels)


def test_a_later_stage_goes_on_where_it_was(picture: Picture) -> None:
    job = Job(picture, Scale(2, 2), steps=40, device="cpu")
    events, whole = run(job)
    cut = next(event for event in reversed(events) if isinstance(event, Checkpoint) and event.step < 38)
    assert cut.stage > 0
    rest, resumed = run(replace(job, checkpoint=cut))
    steps = [event.step for event in rest if isinstance(event, Step)]
    assert (steps[0], steps[-1]) == (cut.step + 1, whole.outcome.steps)
    stages = [event for event in rest if isinstance(event, StageStarted)]
    assert next((event.stage, event.step) for event in stages) == (cut.stage, cut.stage_step)
    # The same network, trained on nearly the same: far nearer to each other than either is to interpolation.
    apart = np.abs(resumed.picture.pixels - whole.picture.pixels).mean()
    learned = np.abs(whole.picture.pixels - whole.bicubic.pixels).mean()
    assert apart < learned / 4


def test_time_that_was_trained_counts(picture: Picture) -> None:
    job = Job(picture, Scale(2, 2), seconds=1000.0, device="cpu", least_gain_db=0)
    going = upscale(job, previews=False)
    cut = next(event for event in going if isinstance(event, Checkpoint) and event.step == 3)
    going.close()
    cut = replace(cut, elapsed_s=998.0)
    rest, resumed = run(replace(job, checkpoint=cut))
    first = next(event for event in rest if isinstance(event, Step))
    assert first.elapsed_s > cut.elapsed_s
    assert first.progress > 0.8
    assert resumed.outcome.training_s >= 1000
    assert resumed.outcome.steps > cut.step


def test_the_papers_rate_is_where_it_was(picture: Picture) -> None:
    from zssr_studio.engine.training.schedule import RATE_DROP, SlopeRule

    # Errors that stay where they are: the rate falls once the first check after `SLOPE_RANGE_STEPS` is due.
    rule, errors = SlopeRule(), [(step, 0.1 + 0.001 * (step % 100)) for step in range(50, 700, 50)]
    rates = []
    waiting = list(errors)
    for step in range(1, 700):
        while waiting and waiting[0][0] == step:
            rule.take(*waiting.pop(0))
        rates.append(rule.rate(1e-3, step))
    assert rates[-1] <= 1e-3 / RATE_DROP
    again = SlopeRule()
    again.replay(1e-3, errors, 699)
    assert (again.factor, again.history) == (rule.factor, rule.history)
    assert again.rate(1e-3, 720) == rule.rate(1e-3, 720)


def test_a_checkpoint_of_another_network_is_refused_with_a_sentence(picture: Picture) -> None:
    events, _ = run(Job(picture, Scale(2, 2), steps=4, device="cpu"))
    with pytest.raises(BadInputError, match="does not fit"):
        run(Job(picture, Scale(3, 3), steps=4, device="cpu", checkpoint=checkpoint_at(events, 2)))
