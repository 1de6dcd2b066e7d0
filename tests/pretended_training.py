"""Trains on the pretended device, each preset in each way that pictures come to be, and tells what was seen.

In a process of its own: torch counts its devices at the first backward pass, and one that is named later has no queue.
`python -m tests.pretended_training` prints JSON: by case its steps, which of them copied or waited, and what each event
of several steps did.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
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
UNCERTAIN = replace(KNOWN, uncertainty=0.25)
NOISE, JPEG = Noise((0.02, 0.03, 0.025), (0.05, 0.0, 0.01)), JpegTables.of_quality(60)
WAYS = {
    "ideal": (None, NO_DAMAGE),
    "kernel": (KNOWN, NO_DAMAGE),
    "uncertain kernel": (UNCERTAIN, NO_DAMAGE),
    "noise": (None, Damage(NOISE)),
    "JPEG": (None, Damage(jpeg=JPEG)),
    "all": (UNCERTAIN, Damage(NOISE, JPEG)),
}
CASES = [*(("fast", way) for way in WAYS), ("best", "all"), ("paper", "ideal"), ("paper", "all"), ("gradual", "noise")]
STAGES = 2
# Two full events and a part of a third, in each stage.
STEPS_OF_A_STAGE, EVENTS_OF_A_STAGE = 2 * ACCELERATOR_STEPS_PER_EVENT + 2, 3


@dataclass
class Told:
    """What a training did.

    Parameters
    ----------
    device : str
        Where the picture was.
    steps, last_step : int
        That were taken, and that were told.
    uneasy_steps : list of int
        Those that copied or waited, from 0.
    events : list
        Copies to the device and back, and waits, of each event of several steps.
    """

    device: str = ""
    steps: int = 0
    last_step: int = 0
    uneasy_steps: list[int] = field(default_factory=list)
    events: list[tuple[int, int, int]] = field(default_factory=list)


def picture() -> Picture:
    drawn = np.random.default_rng(1).uniform(0.2, 0.8, (10, 12, 3))
    return Picture(np.ascontiguousarray(drawn.repeat(4, axis=0).repeat(4, axis=1), np.float32))


def trained(preset: str, way: str) -> Told:
    """Train with a small network and small batches: what is copied does not depend on their size."""
    kernel, damage = WAYS[way]
    asked = PRESETS[preset]
    small = replace(asked, width=8, depth=4, crop_px=24, batch=min(2, asked.batch), stages=asked.stages[-STAGES:])
    job = Job(picture(), Scale(2, 2), preset, steps=len(small.stages) * STEPS_OF_A_STAGE, kernel=kernel, damage=damage)
    told = Told()
    with pretended_device() as (device, seen), mock.patch.dict(PRESETS, {preset: small}), _watched(seen, told):
        events, output = returned(pipeline._train(job, device, lambda: False, previews=False))
    told.device = str(output.trained.lr.device)
    told.last_step = max(event.step for event in events if isinstance(event, Step))
    return told


def _watched(seen: Seen, told: Told) -> mock._patch_dict:
    step, of_an_event = Trainer._step, Trainer._steps_of_an_event

    def counts() -> tuple[int, int, int]:
        return seen.to_device, seen.to_processor, len(seen.waits)

    def watched_step(self, *args):
        before = counts()
        loss = step(self, *args)
        if counts() != before:
            told.uneasy_steps.append(told.steps)
        told.steps += 1
        return loss

    def watched_event(self, *args):
        before = counts()
        result = of_an_event(self, *args)
        told.events.append(tuple(after - first for after, first in zip(counts(), before, strict=True)))
        return result

    return mock.patch.multiple(Trainer, _step=watched_step, _steps_of_an_event=watched_event)


def mixed() -> str:
    """Return what is said where tensors of both devices are added."""
    with pretended_device() as (device, _):
        ours = torch.ones(3).to(device)
        try:
            ours + torch.ones(3)
        except RuntimeError as error:
            return str(error)
    return ""


def seen_of_three() -> tuple[int, int, list[str]]:
    """Copy a tensor and a list to the device, and read a number back."""
    with pretended_device() as (device, seen):
        ours = torch.ones(3).to(device)
        torch.tensor([1.0, 2.0], device=device)
        assert float(ours.sum()) == 3.0
    return seen.to_device, seen.to_processor, seen.waits


def main() -> None:
    cases = {f"{preset}, {way}": asdict(trained(preset, way)) for preset, way in CASES}
    json.dump({"cases": cases, "mixed": mixed(), "seen": seen_of_three()}, sys.stdout)


if __name__ == "__main__":
    main()
