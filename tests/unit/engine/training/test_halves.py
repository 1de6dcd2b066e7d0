"""Two threads that take half of a batch each make the step of one, end with their run, and hide no error."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from tests.runs import returned
from zssr_studio.engine.config import PRESETS
from zssr_studio.engine.events import Started
from zssr_studio.engine.network import SingleImageNetwork, Window, build
from zssr_studio.engine.runtime import device
from zssr_studio.engine.runtime.threads import ThreadsLog, beside_others
from zssr_studio.engine.timeline import ThreadsSet
from zssr_studio.engine.training import run
from zssr_studio.engine.training.optimiser import Optimiser
from zssr_studio.engine.training.steps.halves import Halves
from zssr_studio.engine.training.steps.stepper import Stepper
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job
from zssr_studio.pipeline import upscale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zssr_studio.job import Result

# Of the largest gradient: sums in another order.
RELATIVE_ROUNDING = 1e-5
NAME = "half of a batch"
# For a thread to end, on a machine whose cores are all busy with other things.
PATIENCE_S = 600.0
STEPS = 30


@pytest.fixture(autouse=True)
def _keep_threads() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def gradients(threads: int, batch: int) -> tuple[float, list[torch.Tensor]]:
    """Return the loss and the gradients of a step, and see that the threads are as before."""
    generator = torch.Generator().manual_seed(1)
    network = build(PRESETS["fast"], 3, (2.0, 2.0), generator, in_tiles=True)
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.08, generator=generator)
    father, son = torch.rand(batch, 3, 32, 32, generator=generator), torch.rand(batch, 3, 16, 16, generator=generator)
    stepper = Stepper(network, network, Optimiser(network, PRESETS["fast"]))
    torch.set_num_threads(threads)
    with stepper.in_halves():
        inside = torch.get_num_threads()
        loss = stepper.step(father, son, Window.whole((2.0, 2.0), (16, 16), (32, 32)), 0.0, 0.0)
    assert (inside, torch.get_num_threads()) == (1, threads)
    return float(loss), [weight.grad for weight in network.parameters()]


@pytest.mark.parametrize("batch", [8, 3, 1])
def test_loss_and_gradients_are_those_of_the_whole_batch(batch):
    whole_loss, whole = gradients(1, batch)
    loss, made = gradients(2, batch)
    assert loss == pytest.approx(whole_loss, rel=RELATIVE_ROUNDING)
    for ours, theirs in zip(made, whole, strict=True):
        assert float((ours - theirs).abs().max()) <= RELATIVE_ROUNDING * float(theirs.abs().max())


@pytest.mark.parametrize("failing", [0, 1])
def test_an_error_of_either_half_arrives(failing):
    weight = torch.ones(1, requires_grad=True)

    def loss_of(part: slice) -> torch.Tensor:
        if (part.start or 0) // 2 == failing:
            raise MemoryError("no memory for a half")
        return weight.sum()

    with pytest.raises(MemoryError, match="no memory for a half"):
        Halves().gradients(loss_of, 4, [weight])


def test_an_error_of_the_other_half_leaves_no_thread():
    weight = torch.ones(1, requires_grad=True)

    def loss_of(part: slice) -> torch.Tensor:
        if part.start:
            raise MemoryError
        return weight.sum()

    before = set(threading.enumerate())
    gc.collect()
    gc.disable()
    try:
        with pytest.raises(MemoryError):
            Halves().gradients(loss_of, 4, [weight])
        begun = [thread for thread in threading.enumerate() if thread not in before]
        for thread in begun:
            thread.join(PATIENCE_S)
        assert [thread for thread in begun if thread.is_alive()] == []
    finally:
        gc.enable()


def test_a_run_in_halves_is_the_same_each_time_and_leaves_no_thread(monkeypatch):
    monkeypatch.setattr(run, "half_precision", lambda _device: None)
    monkeypatch.setattr(run, "convolves_in_tiles", lambda _device: True)
    sizes, gradients_of, before = [], Halves.gradients, set(threading.enumerate())

    def counted(halves: Halves, *given: Any) -> Any:
        sizes.append(given[1])
        return gradients_of(halves, *given)

    monkeypatch.setattr(Halves, "gradients", counted)
    first, second = made(threads=2), made(threads=2)
    assert sizes == [PRESETS["fast"].batch] * 2 * STEPS
    assert np.array_equal(first.picture.pixels, second.picture.pixels)
    alone = made(threads=1)
    assert len(sizes) == 2 * STEPS
    assert np.abs(alone.picture.pixels - first.picture.pixels).max() < 0.02
    del first, second, alone
    left = [thread for thread in threading.enumerate() if thread.name.startswith(NAME) and thread not in before]
    for thread in left:
        thread.join(PATIENCE_S)
    assert [thread for thread in left if thread.is_alive()] == []


def made(threads: int) -> Result:
    rng = np.random.default_rng(3)
    pixels = rng.random((24, 28, 3), dtype=np.float32)
    return returned(upscale(Job(Picture(pixels), steps=STEPS, threads=threads), previews=False))[1]


@pytest.mark.parametrize(("threads", "expected"), [(1, True), (2, True), (3, False), (8, False)])
def test_tiles_are_for_one_thread_or_two(monkeypatch, threads, expected):
    monkeypatch.setattr(torch.backends.cpu, "get_cpu_capability", lambda: "AVX2")
    torch.set_num_threads(threads)
    assert device.convolves_in_tiles(torch.device("cpu")) is expected


def test_networks_that_are_not_in_tiles_leave_the_threads_alone():
    network: SingleImageNetwork = build(PRESETS["paper"], 3, (2.0, 2.0), torch.Generator().manual_seed(1))
    stepper = Stepper(network, network, Optimiser(network, PRESETS["paper"]))
    torch.set_num_threads(2)
    with stepper.in_halves():
        assert torch.get_num_threads() == 2


def test_a_run_that_is_done_again_begins_with_the_threads_that_it_had():
    def begins() -> Iterator[Started]:
        seen.append(torch.get_num_threads())
        yield Started("cpu", 8, 8, 1, 1)

    seen: list[int] = []
    torch.set_num_threads(2)
    returned(beside_others(begins(), same_bits=True, log=ThreadsLog((ThreadsSet(0, 0, 1),))))
    assert (seen, torch.get_num_threads()) == ([1], 2)
