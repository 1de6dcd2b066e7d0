"""Convolutions in tiles give what the library's convolutions give, gradients too, and the same bits each time."""

from __future__ import annotations

from copy import deepcopy

import pytest
import torch

from zssr_studio.engine.config import PRESETS, Preset
from zssr_studio.engine.network import LrNetwork, SingleImageNetwork, Window, build

# Of the largest value: sums of some hundred products of 32 bits, through ten layers.
RELATIVE_ROUNDING = 2e-5


def network(preset: Preset, *, in_tiles: bool, channels: int = 3) -> SingleImageNetwork:
    generator = torch.Generator().manual_seed(1)
    made = build(preset, channels, (2.0, 2.0), generator, in_tiles=in_tiles)
    for weight in made.parameters():
        torch.nn.init.normal_(weight, std=0.08, generator=generator)
    return made


def passes(made: SingleImageNetwork, lr: torch.Tensor) -> list[torch.Tensor]:
    """Return the output and all gradients of one forward and one backward pass."""
    size = (lr.shape[-2], lr.shape[-1])
    out = made(lr, Window.whole((2.0, 2.0), size, (2 * size[0], 2 * size[1])))
    made.zero_grad()
    (out * torch.linspace(-1, 1, out.numel(), dtype=out.dtype).view(out.shape)).sum().backward()
    return [out.detach(), *(weight.grad.clone() for weight in made.parameters())]


def pictures(*shape: int) -> torch.Tensor:
    drawn = torch.rand(*shape, generator=torch.Generator().manual_seed(2))
    return drawn.contiguous(memory_format=torch.channels_last)


@pytest.mark.parametrize("shape", [(8, 3, 16, 16), (2, 3, 22, 15), (1, 1, 3, 41), (1, 3, 4, 4)])
def test_output_and_gradients_are_those_of_exact_convolutions(shape):
    lr = pictures(*shape)
    exact = passes(network(PRESETS["fast"], in_tiles=False, channels=shape[1]).double(), lr.double())
    made = passes(network(PRESETS["fast"], in_tiles=True, channels=shape[1]), lr)
    for ours, theirs in zip(made, exact, strict=True):
        assert float((ours - theirs).abs().max()) <= RELATIVE_ROUNDING * float(theirs.abs().max())


def test_pictures_of_other_sizes_between_change_no_bit():
    made = network(PRESETS["fast"], in_tiles=True)
    first = passes(made, pictures(8, 3, 16, 16))
    passes(made, pictures(2, 3, 22, 15))
    again = passes(made, pictures(8, 3, 16, 16))
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))


def test_a_copy_has_its_own_memory():
    made = network(PRESETS["fast"], in_tiles=True)
    lr, window = pictures(1, 3, 8, 8), Window.whole((2.0, 2.0), (8, 8), (16, 16))
    out = made(lr, window)
    deepcopy(made)(lr, window)
    out.sum().backward()
    assert made.head.weight.grad is not None


def test_a_backward_pass_that_comes_too_late_is_refused():
    made = network(PRESETS["fast"], in_tiles=True)
    lr, window = pictures(1, 3, 8, 8), Window.whole((2.0, 2.0), (8, 8), (16, 16))
    out = made(lr, window)
    made(lr, window)
    with pytest.raises(RuntimeError, match="before the backward pass"):
        out.sum().backward()


@pytest.mark.parametrize(("preset", "short", "expected"), [("fast", None, True), ("fast", torch.bfloat16, False)])
def test_where_a_16_bit_type_is_faster_nothing_is_done_in_tiles(preset, short, expected):
    made = build(PRESETS[preset], 3, (2.0, 2.0), torch.Generator(), short, in_tiles=True)
    assert isinstance(made, LrNetwork)
    assert (made.tiled is not None) == expected
