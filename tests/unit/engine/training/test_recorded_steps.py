"""Steps that are recorded once and then replayed train as ordinary ones do.

No graphics card is needed: what is recorded here are torch's operations, which are done again one after the other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from tests.runs import returned
from zssr_studio import pipeline
from zssr_studio.engine.config import PRESETS, Scale
from zssr_studio.engine.damage import NO_DAMAGE, Damage, Noise
from zssr_studio.engine.events import Notice, NoticeKind, Step
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.engine.training.steps import stepper
from zssr_studio.engine.training.steps.stepper import ORDINARY_STEPS
from zssr_studio.engine.training.trainer import Trainer
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job
from zssr_studio.words.notices import notice_text

if TYPE_CHECKING:
    from collections.abc import Callable

KERNEL = replace(Shape.parse("gaussian:1.6,1.1,30").kernel((2.0, 2.0)), uncertainty=0.25)
NOISY = Damage(Noise((0.02, 0.03, 0.025), (0.0, 0.0, 0.0)))
STAGES, STEPS = 2, 12


class Recording(TorchDispatchMode):
    """Writes down operations with the tensors that they read and write, and does them again on the same tensors."""

    def __init__(self) -> None:
        super().__init__()
        self._calls: list[tuple[Any, tuple[Any, ...], dict[str, Any], Any]] = []
        self._changed: dict[int, tuple[torch.Tensor, torch.Tensor]] = {}
        self._made: dict[int, torch.Tensor] = {}

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        for argument, value in zip(function._schema.arguments, args, strict=False):
            if argument.alias_info is not None and argument.alias_info.is_write:
                for tensor in tree_leaves(value):
                    if id(tensor) not in self._made:
                        self._changed.setdefault(id(tensor), (tensor, tensor.clone()))
        out = function(*args, **kwargs)
        self._calls.append((function, args, kwargs, out))
        self._made.update(
            {id(x): x for x in tree_leaves(out) if isinstance(x, torch.Tensor) and id(x) not in self._changed}
        )
        return out

    @torch.no_grad()
    def undo(self) -> None:
        """Leave what was there before as it was: a card that records does nothing."""
        for tensor, before in self._changed.values():
            tensor.copy_(before)

    @torch.no_grad()
    def replay(self) -> None:
        for function, args, kwargs, out in self._calls:
            again = function(*args, **kwargs)
            for old, new in zip(tree_leaves(out), tree_leaves(again), strict=True):
                if (
                    isinstance(old, torch.Tensor)
                    and old.untyped_storage().data_ptr() != new.untyped_storage().data_ptr()
                ):
                    old.copy_(new)


def _memory(x: torch.Tensor) -> int:
    return x.untyped_storage().data_ptr()


class Recorder:
    """Records as a card does, and counts."""

    def __init__(self) -> None:
        self.recorded = self.replayed = 0

    def __call__(self, work: Callable[[], None]) -> Callable[[], None]:
        recording = Recording()
        with recording:
            work()
        recording.undo()
        self.recorded += 1

        def replay() -> None:
            self.replayed += 1
            recording.replay()

        return replay


@pytest.fixture(scope="module")
def picture() -> Picture:
    drawn = np.random.default_rng(1).uniform(0.2, 0.8, (10, 12, 3))
    return Picture(np.ascontiguousarray(drawn.repeat(4, axis=0).repeat(4, axis=1), np.float32))


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, preset in PRESETS.items():
        small = replace(
            preset, stages=preset.stages[-STAGES:], width=8, depth=4, crop_px=24, batch=min(2, preset.batch)
        )
        monkeypatch.setitem(PRESETS, name, small)


def trained(job: Job):
    return returned(pipeline._train(job, torch.device("cpu"), lambda: False, previews=False))


def losses(events) -> list[float]:
    return [event.loss for event in events if isinstance(event, Step)]


@pytest.mark.parametrize(
    ("preset", "kernel", "damage"),
    [("fast", None, NO_DAMAGE), ("fast", KERNEL, NOISY), ("paper", None, NO_DAMAGE)],
)
def test_recorded_steps_have_the_losses_of_ordinary_ones(monkeypatch, picture, preset, kernel, damage):
    stages = len(PRESETS[preset].stages)
    job = Job(picture, Scale(2, 2), preset, steps=stages * STEPS, kernel=kernel, damage=damage, seed=3)
    ordinary, expected = trained(job)
    recorder = Recorder()
    monkeypatch.setattr(stepper, "capture_for", lambda device: recorder)
    events, output = trained(job)
    # Each stage has its own recording.
    assert recorder.recorded == stages
    assert recorder.replayed == stages * (STEPS - ORDINARY_STEPS)
    assert losses(events) == pytest.approx(losses(ordinary), rel=1e-4)
    weights, before = (run.trained.trainer.averaged.state_dict() for run in (output, expected))
    for name, weight in weights.items():
        torch.testing.assert_close(weight, before[name], rtol=1e-3, atol=1e-4)


def test_a_fresh_start_records_anew(monkeypatch, picture):
    recorder = Recorder()
    monkeypatch.setattr(stepper, "capture_for", lambda device: recorder)
    fresh = Trainer._begin
    begun = []
    monkeypatch.setattr(Trainer, "_begin", lambda self: (begun.append(self), fresh(self))[1])
    revive = Trainer._revive

    def dies_once(self, loss):
        if self.steps == ORDINARY_STEPS + 3 and not self.restarts:
            loss = float("nan")
        return revive(self, loss)

    monkeypatch.setattr(Trainer, "_revive", dies_once)
    events, _ = trained(Job(picture, Scale(2, 2), "fast", steps=STAGES * 2 * STEPS))
    assert any(isinstance(event, Notice) and event.kind is NoticeKind.RESTARTED for event in events)
    assert len(begun) == 2
    assert recorder.recorded == STAGES + 1
    assert all(np.isfinite(losses(events)))


def test_what_cannot_be_recorded_is_done_as_before_and_told_once(monkeypatch, picture):
    job = Job(picture, Scale(2, 2), "fast", steps=STAGES * STEPS)
    ordinary, _ = trained(job)

    def refused(work):
        raise RuntimeError("operation not permitted when stream is capturing\nand more")

    monkeypatch.setattr(stepper, "capture_for", lambda device: refused)
    events, _ = trained(job)
    told = [event for event in events if isinstance(event, Notice) and event.kind is NoticeKind.STEPS_NOT_RECORDED]
    assert [notice.values["reason"] for notice in told] == ["operation not permitted when stream is capturing"]
    assert "one by one" in notice_text(told[0])
    assert losses(events) == losses(ordinary)
