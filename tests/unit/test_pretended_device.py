"""A step of training neither waits for a graphics card nor sends it anything: one copy serves twenty steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from tests.pretended_device import pretended_device
from tests.runs import returned
from zssr_studio import pipeline
from zssr_studio.engine.config import PRESETS, Scale
from zssr_studio.engine.damage import NO_DAMAGE, Damage, Noise
from zssr_studio.engine.events import Step
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.engine.training.trainer import ACCELERATOR_STEPS_PER_EVENT, Trainer
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job
from zssr_studio.jpeg_tables import JpegTables

if TYPE_CHECKING:
    from tests.pretended_device import Seen

KNOWN = Shape.parse("gaussian:1.6,1.1,30").kernel((2.0, 2.0))
NOISE, JPEG = Noise((0.02, 0.03, 0.025), (0.05, 0.0, 0.01)), JpegTables.of_quality(60)
WAYS = {
    "ideal": (None, NO_DAMAGE),
    "kernel": (KNOWN, NO_DAMAGE),
    "uncertain kernel": (replace(KNOWN, uncertainty=0.25), NO_DAMAGE),
    "noise": (None, Damage(NOISE)),
    "JPEG": (None, Damage(jpeg=JPEG)),
    "all": (replace(KNOWN, uncertainty=0.25), Damage(NOISE, JPEG)),
}
# Two full events and a part of a third, in each stage.
STEPS, EVENTS = 2 * ACCELERATOR_STEPS_PER_EVENT + 2, 3


@pytest.fixture(scope="module")
def picture() -> Picture:
    drawn = np.random.default_rng(1).uniform(0.2, 0.8, (10, 12, 3))
    return Picture(np.ascontiguousarray(drawn.repeat(4, axis=0).repeat(4, axis=1), np.float32))


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make networks and batches small: what is copied does not depend on their size."""
    for name, preset in PRESETS.items():
        small = replace(preset, stages=preset.stages[-2:], width=8, depth=4, crop_px=24, batch=min(2, preset.batch))
        monkeypatch.setitem(PRESETS, name, small)


def counts(seen: Seen) -> tuple[int, int, int]:
    return seen.to_device, seen.to_processor, len(seen.waits)


def watch_training(monkeypatch: pytest.MonkeyPatch, seen: Seen) -> tuple[list[bool], list[tuple[int, int, int]]]:
    """Note of each step whether it copies or waits, and of each event of several the numbers of both."""
    steps: list[bool] = []
    events: list[tuple[int, int, int]] = []
    step, of_an_event = Trainer._step, Trainer._steps_of_an_event

    def watched_step(self, *args):
        before = counts(seen)
        loss = step(self, *args)
        steps.append(counts(seen) != before)
        return loss

    def watched_event(self, *args):
        before = counts(seen)
        told = of_an_event(self, *args)
        events.append(tuple(after - first for after, first in zip(counts(seen), before, strict=True)))
        return told

    monkeypatch.setattr(Trainer, "_step", watched_step)
    monkeypatch.setattr(Trainer, "_steps_of_an_event", watched_event)
    return steps, events


@pytest.mark.parametrize(
    ("preset", "way"),
    [*(("fast", way) for way in WAYS), ("best", "all"), ("paper", "ideal"), ("paper", "all"), ("gradual", "noise")],
)
def test_a_step_neither_copies_nor_waits(picture, monkeypatch, preset, way):
    kernel, damage = WAYS[way]
    asked = len(PRESETS[preset].stages) * STEPS
    job = Job(picture, Scale(2, 2), preset, steps=asked, kernel=kernel, damage=damage)
    with pretended_device() as (device, seen):
        steps, events = watch_training(monkeypatch, seen)
        run = pipeline._train(job, device, lambda: False, previews=False)
        told, output = returned(run)
    assert output.trained.lr.device == device
    assert len(steps) == asked == max(event.step for event in told if isinstance(event, Step))
    # What is the same in all steps is sent with the first of a stage.
    assert {index for index, has in enumerate(steps) if has} <= set(range(0, len(steps), STEPS))
    for index, (to_device, _, waits) in enumerate(events):
        if index % EVENTS:
            assert to_device <= 1
        # The loss, and with the hundredth step both of what is watched.
        assert waits <= 3


def test_what_mixes_devices_is_refused():
    with pretended_device() as (device, _):
        ours = torch.ones(3).to(device)
        with pytest.raises(RuntimeError, match="mixes a tensor"):
            ours + torch.ones(3)


def test_copies_and_waits_are_seen():
    with pretended_device() as (device, seen):
        ours = torch.ones(3).to(device)
        torch.tensor([1.0, 2.0], device=device)
        assert float(ours.sum()) == 3.0
        assert (seen.to_device, seen.waits) == (2, ["_local_scalar_dense"])
