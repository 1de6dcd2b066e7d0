"""Memory for a network's passes: zeros that do not overlap, however much is taken."""

from __future__ import annotations

import sys

import pytest
import torch

from zssr_studio.engine.convolution import memory
from zssr_studio.engine.convolution.memory import ALIGNMENT_BYTES, LARGE_PAGE_BYTES, Memory
from zssr_studio.engine.convolution.tiling import Tiling


def test_what_is_taken_is_zero_aligned_and_apart():
    taken, made = [], Memory()
    for number, shape in enumerate([(3, 5), (7,), (2, LARGE_PAGE_BYTES), (4, 4)], start=1):
        tensor = made.take(*shape)
        assert tensor.shape == shape
        assert not tensor.any()
        assert tensor.data_ptr() % ALIGNMENT_BYTES == 0
        taken.append(tensor.fill_(number))
    assert all((tensor == number).all() for number, tensor in enumerate(taken, start=1))


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_there_is_memory_on_each_system(monkeypatch, platform):
    if platform == "linux" and sys.platform != "linux":
        pytest.skip("only Linux is asked for large pages")
    monkeypatch.setattr(memory.sys, "platform", platform)
    assert Memory().take(10).sum() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is asked for large pages")
def test_memory_that_is_not_there_is_told_as_such():
    with pytest.raises(MemoryError):
        Memory().take(2**45)


@pytest.mark.parametrize("size", [(8, 16, 16), (2, 22, 15), (1, 3, 41)])
def test_each_pixel_lies_in_one_tile_and_none_beyond_the_border(size):
    tiling = Tiling(*size)
    places = tiling.places()
    beyond = tiling.beyond(places)
    assert not any(part.any() for part in beyond)
    for part in beyond:
        part.fill_(-1)
    inside = places[places >= 0]
    assert torch.equal(inside.sort().values, torch.arange(size[0] * size[1] * size[2]))
