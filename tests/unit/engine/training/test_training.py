"""The networks, the optimiser, the rules of the learning rate, the drawing of crops, tiles and back-projection."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.runs import returned
from zssr_studio.engine.config import FAST, GRADUAL, PAPER, PRESETS, Scale, enlarged_px
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.orientations import ORIENTATIONS
from zssr_studio.engine.degradation.regions import Region, most_textured_part
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.metrics import psnr_db, rmse
from zssr_studio.engine.network import HrNetwork, Window, build
from zssr_studio.engine.output import acceptance
from zssr_studio.engine.output import bands as output_bands
from zssr_studio.engine.output import enlarger as enlarging
from zssr_studio.engine.output.back_projection import back_projected
from zssr_studio.engine.runtime.device import choose_device, is_out_of_memory
from zssr_studio.engine.training import schedule
from zssr_studio.engine.training.crops.paper import paper_crop
from zssr_studio.engine.training.crops.sampler import Sampler
from zssr_studio.engine.training.fathers import (
    Fathers,
    crop_size,
    smaller_fathers,
    versions,
)
from zssr_studio.engine.training.optimiser import orthogonalised
from zssr_studio.engine.training.plan import scale_of
from zssr_studio.errors import BadInputError
from zssr_studio.words.presets import PRESET_SUMMARIES


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
    assert network.short is None
    shapes = [tuple(weight.shape) for weight in network.parameters()]
    assert shapes == [(64, 3, 3, 3), *[(64, 64, 3, 3)] * 6, (3, 64, 3, 3)]
    inner = list(network.parameters())[3]
    assert float(inner.detach().std()) == pytest.approx(math.sqrt(0.1 / (64 * 9)), rel=0.02)


def oval(rows: int, columns: int) -> Kernel:
    r, c = np.indices((rows, columns)) - np.array([rows // 2, columns // 2])[:, None, None]
    return Kernel.from_array(np.exp(-(r**2) / 4 - (c - r / 3) ** 2 / 2))


@pytest.mark.parametrize("kernel", [None, oval(7, 7), oval(8, 6)])
@pytest.mark.parametrize("scale", [(2.0, 2.0), (1.5, 1.5), (2.0, 1.5), (3.0, 3.0), (1.37, 2.9)])
@pytest.mark.parametrize("preset", [FAST, PAPER])
def test_an_output_in_blocks_equals_the_whole(preset, scale, kernel, monkeypatch):
    lr = torch.rand(1, 3, 75, 90, dtype=torch.float64)
    degradation = Degradation(scale, kernel)
    size = (enlarged_px(75, scale[0]), enlarged_px(90, scale[1]))
    network = shaken(build(replace(preset, width=8), 3, scale, generator()))
    orientations = degradation.orientations()[:3]
    enlarger = enlarging.Enlarger(network, scale, degradation, 3, preset.ensemble, orientations)
    _, whole = returned(enlarger.whole(lr, lr))
    monkeypatch.setattr(enlarging, "HR_TILE_PX", 50)
    made, _ = returned(output_bands.bands(enlarger, lr, lr, 40))
    shares = [m for m in made if isinstance(m, float)]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    parts = [m for m in made if isinstance(m, output_bands.BandOfOutput)]
    assert [p.top for p in parts] == [0, enlarged_px(40, scale[0])]
    joined = torch.cat([p.pixels for p in parts], dim=-2)
    assert joined.shape[-2:] == size
    torch.testing.assert_close(joined.double(), whole.clamp(0, 1), atol=1e-6, rtol=0)
    again = degradation.downscale(whole.clamp(0, 1), (75, 90))
    assert sum(p.squared_error for p in parts) == pytest.approx(float((again - lr).square().sum()), rel=1e-6)


@pytest.mark.parametrize("preset", [FAST, PAPER])
@pytest.mark.parametrize("size", [(31, 31), (20, 33)])
@pytest.mark.parametrize("scale", [(2.0, 2.0), (1.5, 1.5), (1.3, 2.0)])
def test_each_orientation_lies_where_the_picture_lies(preset, size, scale):
    # A network whose convolutions are symmetric does the same in each orientation, wherever a fraction was rounded up.
    network = build(replace(preset, width=4, depth=4), 1, scale, generator()).double()
    with torch.no_grad():
        for weight in network.parameters():
            weight.copy_(torch.full_like(weight, 0.05))
    lr = torch.rand(1, 1, *size, dtype=torch.float64, generator=generator(3))
    region = Region((0, 0), Scale(*scale).out_size(*size))
    outs = [enlarging.enlarge_window(network, lr, scale, region, o) for o in Degradation(scale).orientations()]
    for out in outs[1:]:
        torch.testing.assert_close(out, outs[0], atol=1e-9, rtol=0)


@pytest.mark.parametrize("kernel", [None, np.ones((5, 5)), np.ones((4, 4))])
def test_back_projection_brings_the_result_to_the_input(kernel):
    degradation = Degradation((2, 2), None if kernel is None else Kernel.from_array(kernel))
    hr = torch.rand(1, 1, 48, 40, generator=generator())
    hr = Degradation((2, 2)).upscale(Degradation((2, 2)).downscale(hr), (48, 40))
    lr = degradation.downscale(hr)
    start = degradation.upscale(lr, (48, 40))
    rounds = [acceptance.stable_rounds(lr, degradation, n) for n in (0, 1, 4, 10)]
    errors = [rmse(degradation.downscale(back_projected(start, lr, degradation, n)), lr) for n in rounds]
    assert errors[1] < 0.7 * errors[0]
    assert errors[-1] < 1.1 * min(errors)
    assert torch.equal(back_projected(start, lr, degradation, 0), start)


def test_the_median_of_eight_is_the_mean_of_the_middle_two():
    values = [torch.full((1, 1, 2, 2), float(v)) for v in (9, 1, 5, 3, 100, 4, 2, 0)]
    assert float(enlarging._median(values)[0, 0, 0, 0]) == 3.5


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


@pytest.mark.parametrize("paper", [True, False])
@pytest.mark.parametrize("size", [(200, 170), (40, 33), (5, 300), (1, 1)])
def test_crops_hold_only_the_picture_and_no_black_border(paper, size):
    picture = 0.7 + 0.2 * torch.rand(1, 3, *size, generator=generator())
    fathers = Fathers(picture, versions(picture, (0.5,), 16))
    g = generator(1)
    wanted = crop_size((picture,), 64, 1.0 if paper else 0.5)
    assert max(wanted) <= 64
    sampler = Sampler(fathers, wanted)
    for _ in range(60):
        crop = paper_crop(fathers, wanted, g) if paper else sampler.draw(3, g)
        assert crop.shape == (1 if paper else 3, 3, *wanted)
        assert float(crop.min()) > 0.55
        assert float(crop.max()) < 1.05


def test_a_batch_holds_crops_of_all_fathers_from_all_places_in_all_orientations(monkeypatch):
    monkeypatch.setattr("zssr_studio.engine.training.fathers.RESULT_SHARE", 0.5)

    # Each pixel tells its father and its place, so that a crop can be looked up where it says that it was taken.
    def numbered(base: int, height: int, width: int) -> torch.Tensor:
        return base + torch.arange(height * width, dtype=torch.float64).reshape(1, 1, height, width)

    fathers = Fathers(numbered(0, 9, 11), (numbered(1000, 8, 7), numbered(2000, 3, 9)), (numbered(3000, 20, 18),))
    crops = Sampler(fathers, (5, 5)).draw(4000, generator(5))
    found = {0: 0, 1: 0, 3: 0}
    seen = set()
    for crop in crops:
        base = int(crop.min()) // 1000
        father = fathers.everyone[base]
        rows, columns = np.divmod(crop[0].numpy().astype(int) - 1000 * base, father.shape[-1])
        top, left = rows.min(), columns.min()
        cut = father[..., top : top + 5, left : left + 5][0]
        which = [n for n, o in enumerate(ORIENTATIONS) if torch.equal(o.apply(cut), crop)]
        assert len(which) == 1
        found[base] += 1
        seen.add((base, top, left, which[0]))
    # The third father is smaller than the crop; the shares of the others are 1/4, 1/8 (of 1/4 for two) and 1/2.
    assert {base for base, *_ in seen} == {0, 1, 3}
    assert found[3] / 4000 == pytest.approx(0.5 / 0.875, abs=0.03)
    assert found[0] / 4000 == pytest.approx(0.25 / 0.875, abs=0.03)
    assert {n for *_, n in seen} == set(range(8))
    assert {(t, c) for b, t, c, _ in seen if b == 1} == {(t, c) for t in range(4) for c in range(3)}


def test_a_large_picture_is_made_smaller_in_parts(monkeypatch):
    monkeypatch.setattr("zssr_studio.engine.training.fathers.WHOLE_VERSIONS_PX", 400 * 300)
    parts = smaller_fathers(torch.rand(1, 3, 900, 700, generator=generator()), generator(2))
    assert len(parts) == 48
    assert {tuple(part.shape[-2:]) for part in parts} == {(256, 256)}
    assert len(smaller_fathers(torch.rand(1, 3, 400, 300), generator(2))) == 4


def test_the_papers_kinds_of_augmentation_come_in_its_shares():
    # A step edge stays a step when it is flipped or rotated, and does not when it is warped.
    picture = torch.zeros(1, 1, 128, 128)
    picture[..., 64:, :] = 1
    g = generator(2)
    crops = [paper_crop(Fathers(picture), (128, 128), g) for _ in range(400)]
    warped = sum(bool(((c > 0.01) & (c < 0.99)).any()) for c in crops)
    assert 0.42 < warped / 400 < 0.58


def test_the_gradual_steps_are_the_authors():
    scales = [scale_of(stage, (2, 2)) for stage in GRADUAL.stages]
    assert scales == [(1, 1.5), (1.5, 1), (1.5, 1.5), (1.5, 2), (2, 1.5), (2, 2)]


@pytest.mark.parametrize("text", ["0.5", "9", "nan", "inf", "x", "2x", "2x3x4", "", "two"])
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
        assert PRESET_SUMMARIES[name].endswith(".")
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
    # The same on Windows.
    assert is_out_of_memory(RuntimeError("DefaultCPUAllocator: not enough memory: you tried"))
    assert not is_out_of_memory(RuntimeError("shapes do not match"))


def test_the_most_textured_part_is_found():
    picture = torch.zeros(1, 3, 300, 200)
    picture[..., 130:170, 120:160] = torch.rand(1, 3, 40, 40, generator=torch.Generator().manual_seed(0))
    part = most_textured_part(picture, 64)
    assert part.shape == (1, 3, 64, 64)
    assert float(part.std()) > 0.2
    assert most_textured_part(picture, 300) is picture
    assert most_textured_part(picture, 250).shape == (1, 3, 250, 200)


def test_the_most_textured_part_of_a_large_picture_is_found_in_every_nth_pixel(monkeypatch):
    monkeypatch.setattr("zssr_studio.engine.degradation.regions.SEEN_PX", 300 * 200 // 9)
    picture = torch.zeros(1, 3, 300, 200)
    picture[..., 230:290, 130:190] = torch.rand(1, 3, 60, 60, generator=torch.Generator().manual_seed(0))
    part = most_textured_part(picture, 64)
    assert part.shape == (1, 3, 64, 64)
    assert float(part.std()) > 0.2
    assert most_textured_part(picture[..., :70, :65], 64).shape == (1, 3, 64, 64)
