"""The networks, the optimiser, the rules of the learning rate, the drawing of crops, tiles and back-projection."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from zssr_studio.engine import refine, schedule
from zssr_studio.engine.augment import Fathers, crop_size, liveliest_part, paper_crop, plain_crop, versions
from zssr_studio.engine.config import FAST, GRADUAL, PAPER, PRESETS, Scale, enlarged_px
from zssr_studio.engine.degradation import Degradation
from zssr_studio.engine.device import choose_device, is_out_of_memory
from zssr_studio.engine.kernel import Kernel
from zssr_studio.engine.metrics import psnr_db, rmse
from zssr_studio.engine.network import HrNetwork, Window, build
from zssr_studio.engine.optimise import orthogonalised
from zssr_studio.errors import BadInputError
from zssr_studio.pipeline import _scale_of


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def shaken(network):
    """Give a network weights that do something, as training would."""
    g = generator(7)
    with torch.no_grad():
        for weight in network.parameters():
            weight.add_(0.05 * torch.randn(weight.shape, generator=g))
    return network.double()


@pytest.mark.parametrize("scale", [(2.0, 2.0), (1.5, 1.5), (2.0, 1.5), (3.0, 3.0), (1.0, 2.0), (2.37, 4.0)])
@pytest.mark.parametrize("preset", [FAST, PAPER])
def test_an_untrained_fast_network_is_bicubic_and_all_give_the_rounded_up_size(preset, scale):
    lr = torch.rand(1, 3, 17, 13)
    size = (enlarged_px(17, scale[0]), enlarged_px(13, scale[1]))
    network = build(preset, 3, scale, generator())
    out = network(lr, Window.whole(scale, (17, 13), size))
    assert out.shape == (1, 3, *size)
    if preset is FAST:
        torch.testing.assert_close(out, Degradation(scale).upscale(lr, size))


def test_the_papers_network_is_the_papers():
    network = build(PAPER, 3, (2, 2), generator())
    assert isinstance(network, HrNetwork)
    shapes = [tuple(weight.shape) for weight in network.parameters()]
    assert shapes == [(64, 3, 3, 3), *[(64, 64, 3, 3)] * 6, (3, 64, 3, 3)]
    inner = list(network.parameters())[3]
    assert float(inner.detach().std()) == pytest.approx(math.sqrt(0.1 / (64 * 9)), rel=0.02)


@pytest.mark.parametrize("scale", [(2.0, 2.0), (1.5, 1.5), (2.0, 1.5), (3.0, 3.0), (1.37, 2.9)])
@pytest.mark.parametrize("preset", [FAST, PAPER])
def test_tiles_equal_the_whole(preset, scale, monkeypatch):
    lr = torch.rand(1, 3, 75, 90, dtype=torch.float64)
    size = (enlarged_px(75, scale[0]), enlarged_px(90, scale[1]))
    network = shaken(build(replace(preset, width=8), 3, scale, generator()))
    with torch.no_grad():
        whole = network(lr, Window.whole(scale, (75, 90), size))
    monkeypatch.setattr(refine, "HR_TILE_PX", 50)
    tiles = refine.enlarged_in_tiles(network, lr, scale, size)
    shares = []
    while True:
        try:
            shares.append(next(tiles))
        except StopIteration as end:
            out = end.value
            break
    assert len(shares) > 4
    assert shares == sorted(shares)
    assert shares[-1] == 1
    torch.testing.assert_close(out, whole, atol=1e-10, rtol=0)


@pytest.mark.parametrize("kernel", [None, np.ones((5, 5)), np.ones((4, 4))])
def test_back_projection_brings_the_result_to_the_input(kernel):
    degradation = Degradation((2, 2), None if kernel is None else Kernel.from_array(kernel))
    hr = torch.rand(1, 1, 48, 40, generator=generator())
    hr = Degradation((2, 2)).upscale(Degradation((2, 2)).downscale(hr), (48, 40))
    lr = degradation.downscale(hr)
    start = degradation.upscale(lr, (48, 40))
    errors = [rmse(degradation.downscale(refine.back_projected(start, lr, degradation, n)), lr) for n in (0, 1, 4, 10)]
    assert errors[1] < 0.7 * errors[0]
    assert errors[-1] < 1.1 * min(errors)
    assert torch.equal(refine.back_projected(start, lr, degradation, 0), start)


def test_the_median_of_eight_is_the_mean_of_the_middle_two():
    values = [torch.full((1, 1, 2, 2), float(v)) for v in (9, 1, 5, 3, 100, 4, 2, 0)]
    assert float(refine._median(values)[0, 0, 0, 0]) == 3.5


def test_orthogonalising_brings_singular_values_near_one():
    matrices = torch.randn(4, 32, 288, generator=generator())
    values = torch.linalg.svdvals(orthogonalised(matrices))
    assert 0.6 < float(values.min())
    assert float(values.max()) < 1.3


def test_the_slope_rule_tells_a_fall_from_noise():
    steps = list(range(50, 300, 50))
    noise = np.random.default_rng(3).normal(0, 1e-4, len(steps))
    assert not schedule.slope_is_lost(steps, [0.1 - 1e-4 * s + n for s, n in zip(steps, noise, strict=True)])
    assert schedule.slope_is_lost(steps, [0.1 + n for n in noise])
    assert schedule.slope_is_lost(steps, [0.1 + 1e-4 * s for s in steps])
    assert not schedule.slope_is_lost(steps[:3], [0.1] * 3)


def test_the_papers_rate_falls_tenfold_and_not_too_soon():
    flat = [(s, 0.1 + 1e-5 * (s % 100)) for s in range(50, 3000, 50)]
    rate, last, drops = 1e-3, 0, []
    for step in range(1, 3001):
        lower = schedule.paper_rate(rate, step, last, [p for p in flat if p[0] <= step])
        if lower < rate:
            drops.append(step)
            rate, last = lower, step
        if rate < schedule.MIN_RATE:
            break
    assert len(drops) == 3
    assert all(step % schedule.CHECK_EVERY_STEPS == 0 for step in drops)
    assert min(np.diff([0, *drops])) > schedule.SLOPE_RANGE_STEPS
    assert rate == pytest.approx(1e-6)


def test_the_linear_rate_goes_from_one_to_nothing():
    assert [schedule.linear_rate(p) for p in (0, 0.25, 1, 1.5)] == [1, 0.75, 0, 0]


@pytest.mark.parametrize("draw", [plain_crop, paper_crop])
@pytest.mark.parametrize("size", [(200, 170), (40, 33), (5, 300), (1, 1)])
def test_crops_hold_only_the_picture_and_no_black_border(draw, size):
    picture = 0.7 + 0.2 * torch.rand(1, 3, *size, generator=generator())
    fathers = Fathers(picture, versions(picture, (0.5,), 16))
    g = generator(1)
    wanted = crop_size(fathers, 64)
    assert max(wanted) <= 64
    for _ in range(60):
        crop = draw(fathers, wanted, g)
        assert crop.shape == (1, 3, *wanted)
        assert float(crop.min()) > 0.55
        assert float(crop.max()) < 1.05


def test_the_papers_kinds_of_augmentation_come_in_its_shares():
    # A step edge stays a step when it is flipped or rotated, and does not when it is warped.
    picture = torch.zeros(1, 1, 128, 128)
    picture[..., 64:, :] = 1
    g = generator(2)
    crops = [paper_crop(Fathers(picture), (128, 128), g) for _ in range(400)]
    warped = sum(bool(((c > 0.01) & (c < 0.99)).any()) for c in crops)
    assert 0.42 < warped / 400 < 0.58


def test_results_of_earlier_stages_are_drawn_half_of_the_time():
    fathers = Fathers(torch.zeros(1, 1, 20, 20), (torch.zeros(1, 1, 16, 16),), (torch.ones(1, 1, 40, 40),))
    g = generator(3)
    share = sum(float(fathers.draw(g)[0, 0, 0, 0]) for _ in range(600)) / 600
    assert 0.42 < share < 0.58


def test_the_gradual_steps_are_the_authors():
    scales = [_scale_of(stage, Scale(2, 2)) for stage in GRADUAL.stages]
    assert scales == [(1, 1.5), (1.5, 1), (1.5, 1.5), (1.5, 2), (2, 1.5), (2, 2)]


@pytest.mark.parametrize("text", ["0.5", "9", "nan", "inf", "1", "x", "2x", "2x3x4", "", "two"])
def test_what_is_no_scale_is_refused(text):
    with pytest.raises(ValueError, match="scale"):
        Scale.parse(text)


@pytest.mark.parametrize(
    ("text", "size"), [("2", (14, 22)), ("1.5", (11, 17)), ("2x1.5", (14, 17)), ("3", (21, 33)), ("1.1", (8, 13))]
)
def test_sizes_are_rounded_up(text, size):
    assert Scale.parse(text).out_size(7, 11) == size


def test_floating_point_does_not_add_a_pixel():
    assert enlarged_px(10, 1.1) == 11
    assert enlarged_px(100, 1.15) == 115


def test_presets_say_what_they_are():
    for name, preset in PRESETS.items():
        assert name == preset.name
        assert preset.summary.endswith(".")
        assert sum(stage.share for stage in preset.stages) > 0


def test_psnr_of_no_error_is_infinite():
    assert psnr_db(0) == math.inf
    assert psnr_db(0.1) == pytest.approx(20)


def test_devices_are_chosen_by_name():
    assert choose_device("cpu").type == "cpu"
    assert choose_device("auto").type in {"cuda", "mps", "xpu", "cpu"}
    with pytest.raises(BadInputError, match="no device"):
        choose_device("toaster")


def test_full_memory_is_told_from_other_errors():
    assert is_out_of_memory(torch.OutOfMemoryError("CUDA out of memory"))
    assert is_out_of_memory(MemoryError())
    assert is_out_of_memory(RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried"))
    assert not is_out_of_memory(RuntimeError("shapes do not match"))


def test_a_phase_of_a_large_picture_takes_its_liveliest_part():
    picture = torch.zeros(1, 3, 300, 200)
    picture[..., 130:170, 120:160] = torch.rand(1, 3, 40, 40, generator=torch.Generator().manual_seed(0))
    part = liveliest_part(picture, 64)
    assert part.shape == (1, 3, 64, 64)
    assert float(part.std()) > 0.2
    assert liveliest_part(picture, 300) is picture
    assert liveliest_part(picture, 250).shape == (1, 3, 250, 200)
