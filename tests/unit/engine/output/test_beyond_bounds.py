"""A network whose weights have grown so far that it makes hundreds of a dark corner: the person gets none of that."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from zssr_studio.engine.config import BEST, FAST, Ensemble
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.orientations import AS_IT_IS, Orientation
from zssr_studio.engine.degradation.regions import Region
from zssr_studio.engine.network import CUBIC_REACH_PX, SingleImageNetwork, Window, build
from zssr_studio.engine.output.enlarger import DOUBTED_STD, Enlarger
from zssr_studio.engine.relay import returned
from zssr_studio.engine.training.optimiser import Optimiser
from zssr_studio.engine.training.run import _enlarged

ROUNDS = 2
PLACE = (20, 30)


class Wild(SingleImageNetwork):
    """Adds a little everywhere, and beside the brightest pixel so much that every orientation adds another amount."""

    lr_halo_px, hr_halo_px = CUBIC_REACH_PX, 0

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height

    def forward(self, lr: torch.Tensor, window: Window, orientation: Orientation = AS_IT_IS) -> torch.Tensor:
        enlarged = window.enlarge(lr)
        turn = 1 + orientation.flip_rows + 2 * orientation.flip_columns + 4 * orientation.transpose
        wild = window.enlarge((lr == 1).float()) > 0.1
        return torch.where(wild, enlarged + turn * self.height, enlarged + 0.01)


def picture() -> torch.Tensor:
    lr = 0.2 + 0.3 * torch.rand((1, 3, 48, 56), generator=torch.Generator().manual_seed(1))
    lr[..., PLACE[0], PLACE[1]] = 1.0
    return lr


def enlarger(network: SingleImageNetwork | None, rounds: int = ROUNDS) -> Enlarger:
    degradation = Degradation((2.0, 2.0))
    return Enlarger(network, (2.0, 2.0), degradation, rounds, Ensemble.MEAN, degradation.orientations())


@pytest.mark.parametrize("height", [1.0, 400.0, float("inf")])
def test_where_passes_are_no_picture_there_is_interpolation(height: float) -> None:
    lr = picture()
    plain = returned(enlarger(None, rounds=0).whole(lr, lr))
    made = returned(enlarger(Wild(height), rounds=0).whole(lr, lr))
    there = Region((2 * PLACE[0], 2 * PLACE[1]), (2 * PLACE[0] + 2, 2 * PLACE[1] + 2))
    assert torch.isfinite(made).all()
    assert torch.equal(there.cut(made), there.cut(plain))
    torch.testing.assert_close(made[..., :30, :], plain[..., :30, :] + 0.01)


def test_rounds_of_back_projection_spread_nothing_of_it() -> None:
    lr = picture()
    tame, wild = (returned(enlarger(Wild(height)).whole(lr, lr)) for height in (0.0, 400.0))
    assert float((tame - wild).abs().max()) < 0.02


def test_what_the_passes_make_of_a_picture_is_left_as_it_is() -> None:
    lr = picture()
    run = enlarger(Wild(0.1)).region(lr, lr, Region((0, 0), (96, 112)))
    enlarged = returned(run)
    assert enlarged.deviation is not None
    assert 0.2 < float(enlarged.deviation.max()) < DOUBTED_STD
    assert float((enlarged.pixels - returned(enlarger(Wild(0.0)).whole(lr, lr))).max()) > 0.1


def test_a_region_is_that_part_of_the_whole() -> None:
    lr = picture()
    whole = returned(enlarger(Wild(400.0)).whole(lr, lr))
    part = Region((33, 47), (61, 90))
    torch.testing.assert_close(
        returned(enlarger(Wild(400.0)).region(lr, lr, part)).pixels, part.cut(whole), atol=1e-6, rtol=0
    )


@pytest.mark.parametrize("factor", [0.5, torch.tensor(0.5)], ids=["a number", "of a recorded step"])
def test_a_step_takes_a_share_of_the_weights_away(factor: float | torch.Tensor) -> None:
    network = build(replace(BEST, width=8), 3, (2.0, 2.0), torch.Generator().manual_seed(0))
    optimiser = Optimiser(network, BEST)
    before = [weight.detach().clone() for weight in network.body_weights()]
    for weight in network.parameters():
        weight.grad = torch.zeros_like(weight)
    optimiser.step(factor)
    assert BEST.muon_rate is not None
    assert BEST.muon_decay > 0
    for weight, old in zip(network.body_weights(), before, strict=True):
        torch.testing.assert_close(weight, old * (1 - 0.5 * BEST.muon_rate * BEST.muon_decay))
    assert FAST.muon_decay == 0


def test_no_father_of_a_later_stage_lies_beyond_what_is_a_picture() -> None:
    """A single pass, as under a kernel that is not symmetric, has no other that it could be compared with."""
    lr = picture()
    single = replace(enlarger(Wild(400.0), rounds=0), orientations=(AS_IT_IS,))
    made = returned(_enlarged(single, [lr]))
    assert (float(made.min()), float(made.max())) == (pytest.approx(float(returned(single.whole(lr, lr)).min())), 2.0)
