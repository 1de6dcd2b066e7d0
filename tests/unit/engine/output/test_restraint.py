"""Flat parts come out no rougher than interpolation leaves them, to be cleaned or of slight noise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from zssr_studio.engine.config import FAST, Ensemble, Scale
from zssr_studio.engine.damage import NO_DAMAGE, Damage, Noise
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.regions import Region
from zssr_studio.engine.events import Notice, NoticeKind
from zssr_studio.engine.network import build
from zssr_studio.engine.output.acceptance import restrained
from zssr_studio.engine.output.enlarger import Enlarger
from zssr_studio.engine.output.restraint import SEEN_STD, SLIGHT_STD, flat_windows, less_surface, restraint_for
from zssr_studio.engine.output.validation import Validation
from zssr_studio.engine.relay import returned
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job
from zssr_studio.jpeg_tables import JpegTables
from zssr_studio.pipeline import upscale

STD = 0.03
TWICE = Degradation((2.0, 2.0))
NOISY = Damage(noise=Noise.even(STD, 1))


def generator() -> torch.Generator:
    return torch.Generator().manual_seed(3)


def sky_and_bars(noise_std: float = STD) -> torch.Tensor:
    """A sky that darkens evenly, and below it bars of eight pixels."""
    rows, columns = np.mgrid[0:144, 0:192]
    picture = np.where(rows < 96, 0.7 - rows / 480, 0.3 + 0.4 * (columns // 8 % 2))
    picture = picture + noise_std * np.random.default_rng(5).standard_normal(picture.shape)
    return torch.from_numpy(picture[None, None].astype(np.float32))


def plain(lr: torch.Tensor, region: Region) -> torch.Tensor:
    return region.cut(TWICE.upscale(lr, TWICE.hr_size(lr)))


def rougher(lr: torch.Tensor, by: float):
    """What a network makes that adds unrelated noise to interpolation."""
    added = by * torch.from_numpy(np.random.default_rng(6).standard_normal(TWICE.hr_size(lr)).astype(np.float32))
    return lambda region: plain(lr, region) + region.cut(added)


def smoother(lr: torch.Tensor):
    """What a network makes that takes some of the noise away."""
    soft = torch.nn.functional.avg_pool2d(TWICE.upscale(lr, TWICE.hr_size(lr)), 5, stride=1, padding=2)
    return lambda region: region.cut(soft)


def untrained_enlarger(lr: torch.Tensor, rounds: int = 0) -> Enlarger:
    network = build(replace(FAST, width=8), 1, TWICE.scale, generator())
    with torch.no_grad():
        for weight in network.parameters():
            weight.add_(0.05 * torch.randn(weight.shape, generator=generator()))
    return Enlarger(network, TWICE.scale, TWICE, rounds, Ensemble.MEAN, TWICE.orientations()[:2])


def roughness(out: torch.Tensor, windows: list[Region]) -> float:
    regions = [Region((2 * w.start[0], 2 * w.start[1]), (2 * w.stop[0], 2 * w.stop[1])) for w in windows]
    return float(torch.stack([less_surface(region.cut(out)).square().mean() for region in regions]).mean().sqrt())


def test_the_flattest_windows_lie_in_the_sky_whatever_the_noise():
    windows = flat_windows(sky_and_bars())
    assert len(windows) == 24
    sky = [window for window in windows if window.stop[0] <= 96]
    assert windows[: len(sky)] == sky
    assert len(sky) > 20


@pytest.mark.parametrize("size", [(10, 10), (47, 200), (1, 1)])
def test_a_picture_too_small_for_windows_has_none(size):
    assert flat_windows(torch.rand(1, 3, *size)) == []


def test_clipped_paper_is_no_flat_part():
    lr = sky_and_bars()
    lr[..., :96, :] = 1
    assert all(window.start[0] >= 72 for window in flat_windows(lr))


def test_flat_parts_that_came_out_calmer_are_left_alone():
    lr = sky_and_bars()
    assert restraint_for(lr, TWICE, STD, smoother(lr)) is None


def test_flat_parts_that_came_out_rougher_take_the_calmest_mixture_and_detail_all():
    lr = sky_and_bars()
    made = rougher(lr, STD)
    restraint = restraint_for(lr, TWICE, STD, made)
    assert restraint is not None
    assert restraint.share < 0.1  # what is unrelated to the noise only adds to it
    whole = Region((0, 0), TWICE.hr_size(lr))
    out = restraint.applied(made(whole), lr, whole, TWICE, restraint.taken(lr, whole, TWICE))
    windows = [window for window in flat_windows(lr) if window.stop[0] <= 72]
    assert roughness(made(whole), windows) > 1.2 * roughness(plain(lr, whole), windows)
    assert roughness(out, windows) < 1.03 * roughness(plain(lr, whole), windows)
    bars = Region((216, 16), (280, 368))
    taken, given = (bars.cut(x - plain(lr, whole)).square().mean() for x in (out, made(whole)))
    assert float(taken) > 0.9 * float(given)


def test_windows_that_vary_by_more_than_the_noise_have_no_say():
    lr = sky_and_bars(noise_std=STD)
    assert restraint_for(lr, TWICE, STD / 2, rougher(lr, STD)) is None


@pytest.mark.parametrize("rounds", [0, 1])
def test_a_region_equals_that_part_of_the_whole(rounds):
    lr = sky_and_bars()
    enlarger = restrained(untrained_enlarger(lr, rounds), lr, lr, NOISY)
    assert enlarger.restraint is not None
    whole = returned(enlarger.whole(lr, lr))
    for region in (Region((0, 0), (40, 50)), Region((180, 100), (288, 384)), Region((31, 33), (250, 99))):
        part = returned(enlarger.region(lr, lr, region)).pixels
        torch.testing.assert_close(part, region.cut(whole), atol=1e-5, rtol=0)


@pytest.mark.parametrize("damage", [NO_DAMAGE, replace(NOISY, grain=0.5)])
def test_nothing_is_held_back_where_texture_was_not_to_be_cleaned_or_grain_is_kept(damage):
    lr = sky_and_bars()
    assert restrained(untrained_enlarger(lr), lr, lr, damage).restraint is None


def test_noise_too_slight_to_be_cleaned_is_not_raised():
    lr = sky_and_bars(noise_std=SLIGHT_STD / 2)
    enlarger = untrained_enlarger(lr)
    held = restrained(enlarger, lr, lr, NO_DAMAGE)
    before, after = (returned(one.whole(lr, lr)) for one in (enlarger, held))
    windows = [window for window in flat_windows(lr) if window.stop[0] <= 72]
    interpolated = roughness(plain(lr, Region((0, 0), TWICE.hr_size(lr))), windows)
    assert roughness(before, windows) > 1.2 * interpolated
    assert roughness(after, windows) <= 1.01 * interpolated
    bars = Region((216, 16), (280, 368))
    torch.testing.assert_close(bars.cut(after), bars.cut(before), atol=0.002, rtol=0)


def test_slight_noise_of_a_jpeg_is_not_raised_though_one_part_is_calmer():
    lr = sky_and_bars(noise_std=SLIGHT_STD / 2)
    lr[..., :24, :24] = sky_and_bars(noise_std=SLIGHT_STD / 8)[..., :24, :24]
    enlarger, compressed = untrained_enlarger(lr), Damage(jpeg=JpegTables.of_quality(98))
    held = restrained(enlarger, lr, lr, compressed)
    before, after = (returned(one.whole(lr, lr)) for one in (enlarger, held))
    sky = [window for window in flat_windows(lr) if window.stop[0] <= 72]
    interpolated = roughness(plain(lr, Region((0, 0), TWICE.hr_size(lr))), sky)
    assert roughness(before, sky) > 1.2 * interpolated
    assert roughness(after, sky) < 1.05 * interpolated
    assert held.restraint.is_slight


def test_what_rounding_hides_is_left_as_it_is():
    lr = sky_and_bars(noise_std=0.0)
    assert restraint_for(lr, TWICE, SLIGHT_STD, rougher(lr, 0.4 * SEEN_STD)) is None
    assert restraint_for(lr, TWICE, SLIGHT_STD, rougher(lr, 2 * SEEN_STD)) is not None


def test_the_papers_method_is_left_as_it_is_where_nothing_was_to_be_cleaned():
    lr = sky_and_bars(noise_std=SLIGHT_STD / 2)
    enlarger = replace(untrained_enlarger(lr), ensemble=Ensemble.MEDIAN)
    assert restrained(enlarger, lr, lr, NO_DAMAGE) is enlarger


def test_interpolation_is_left_as_it_is():
    lr = sky_and_bars()
    enlarger = replace(untrained_enlarger(lr), network=None)
    assert restrained(enlarger, lr, lr, NOISY) is enlarger


def test_a_run_says_that_slight_noise_was_not_raised_and_that_it_explains_what_is_missing(monkeypatch):
    # After a few steps the network would be refused, and interpolation raises nothing.
    monkeypatch.setattr(Validation, "interpolation_rmse", lambda *_: 1.0)
    lr = sky_and_bars(noise_std=SLIGHT_STD / 2)
    pixels = (lr[0].permute(1, 2, 0).numpy() * 255).round() / np.float32(255)
    events: list[object] = []
    result = returned(upscale(Job(Picture(pixels), Scale(2, 2), steps=60, device="cpu"), previews=False), events.append)
    (told,) = (one for one in events if isinstance(one, Notice) and one.kind is NoticeKind.SLIGHT_NOISE)
    assert 0 <= told.values["percent"] < 100
    windows = [window for window in flat_windows(lr) if window.stop[0] <= 72]
    made, interpolated = (
        roughness(torch.from_numpy(one.pixels.transpose(2, 0, 1)[None].copy()), windows)
        for one in (result.picture, result.bicubic)
    )
    assert made <= 1.01 * interpolated
    figures = result.outcome.figures
    assert figures.beyond_share <= figures.expected_share
