"""Where a result is inconsistent with its input, and where the self-ensemble disagrees."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
import pytest
import torch
from PIL import Image
from skimage import data

from tests.unit.test_pipeline import photo
from zssr_studio.engine.checkpoint import Checkpoint
from zssr_studio.engine.config import FAST, Ensemble, Scale
from zssr_studio.engine.damage import NO_DAMAGE, ColouredNoise, Damage, Noise
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.regions import Region
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.maps import (
    CELLS,
    COMPARED_PX,
    EARLIER_STATES,
    UNSTABLE_STD,
    MapCollector,
    MapRows,
    earlier_states,
)
from zssr_studio.engine.network import build
from zssr_studio.engine.output.bands import BandOfOutput, bands
from zssr_studio.engine.output.consistency import Explained
from zssr_studio.engine.output.enlarger import Enlarger
from zssr_studio.engine.output.spread import Spread
from zssr_studio.engine.relay import returned
from zssr_studio.job import Job
from zssr_studio.jpeg_tables import JpegTables
from zssr_studio.methods.as_run import as_run
from zssr_studio.methods.consistency import consistency_figures, consistency_maps
from zssr_studio.methods.interpolation import Interpolation, Rule
from zssr_studio.pipeline import upscale

if TYPE_CHECKING:
    from collections.abc import Generator

    from zssr_studio.engine.events import Event
    from zssr_studio.job import Result


def random(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed))


def test_the_spread_of_passes_is_their_standard_deviation():
    passes = 0.9 + 0.001 * random(8, 3, 11, 13)
    spread = Spread()
    for one in passes:
        spread.add(one[None])
    expected = passes.double().var(dim=0, correction=1).mean(dim=0).sqrt()
    deviation = spread.deviation()
    assert deviation is not None
    torch.testing.assert_close(deviation[0, 0].double(), expected, rtol=1e-3, atol=1e-8)


def test_a_single_pass_deviates_from_nothing():
    spread = Spread()
    spread.add(random(1, 3, 5, 5))
    assert spread.deviation() is None


def trained(ensemble: Ensemble) -> Enlarger:
    """Return an enlarger by a network whose last layer was drawn too, so that its passes differ."""
    network = build(FAST, 3, (2.0, 2.0), torch.Generator().manual_seed(0))
    generator = torch.Generator().manual_seed(1)
    for weight in network.parameters():
        weight.data += 0.01 * torch.randn(weight.shape, generator=generator)
    degradation = Degradation((2.0, 2.0))
    return Enlarger(network, (2.0, 2.0), degradation, 2, ensemble, degradation.orientations())


@pytest.mark.parametrize("ensemble", list(Ensemble))
def test_a_region_has_the_deviation_of_the_whole(ensemble):
    enlarger, lr = trained(ensemble), random(1, 3, 40, 48)
    whole = returned(enlarger.region(lr, lr, Region((0, 0), (80, 96)))).deviation
    part = Region((10, 20), (50, 60))
    own = returned(enlarger.region(lr, lr, part)).deviation
    assert whole is not None
    assert own is not None
    assert float(whole.mean()) > 1e-4
    torch.testing.assert_close(own, part.cut(whole), rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("side_px", [17, 40, 64])
@pytest.mark.parametrize("damage", [NO_DAMAGE, Damage(jpeg=JpegTables.of_quality(95, (2, 2)))], ids=["none", "jpeg"])
def test_the_maps_of_any_blocks_are_those_of_the_whole_and_give_the_figure(side_px, damage):
    enlarger, lr, explained = trained(Ensemble.MEAN), random(1, 3, 40, 48), Explained(damage, 8)
    out = returned(enlarger.whole(lr, lr)).clamp(0, 1)
    again = enlarger.degradation.downscale(out, (40, 48))
    difference = again - lr
    collector = MapCollector((40, 48), (80, 96), keeps=True)
    squared = 0.0
    for made in bands(enlarger, lr, lr, side_px, explained=explained):
        if isinstance(made, BandOfOutput):
            collector.take(made.maps)
            squared += made.squared_error
    maps = collector.maps
    np.testing.assert_allclose(maps.error, difference.square().mean(1)[0].sqrt().numpy(), atol=2e-6)
    assert float(3 * np.square(maps.error, dtype=np.float64).sum()) == pytest.approx(squared, rel=1e-4)
    figures = collector.figures(0.0)
    assert figures.beyond_share == pytest.approx(float(explained.compared(again, lr).beyond.float().mean()), abs=2e-3)
    if not damage:
        beyond = (difference.abs() > 0.5 / 255).any(1)
        assert figures.beyond_share == pytest.approx(float(beyond.float().mean()), abs=2e-3)
    assert maps.deviation is not None
    assert figures.unstable is not None
    assert figures.unstable.share == pytest.approx(float((maps.deviation > UNSTABLE_STD).mean()))


def test_one_figure_tells_where_most_of_what_is_unstable_lies():
    deviation = np.full((160, 320), 0.001, np.float16)
    deviation[120:155, 250:310] = 0.1
    collector = MapCollector((80, 160), (160, 320), keeps=False)
    for top in range(0, 160, 37):
        rows = deviation[top : top + 37]
        collector.take(MapRows(top // 2, np.zeros((0, 160), np.float32), np.zeros((0, 160), np.bool_), rows))
    unstable = collector.figures(0.0).unstable
    assert unstable is not None
    assert unstable.share == pytest.approx(35 * 60 / deviation.size)
    assert unstable.median_std == pytest.approx(0.001, rel=1e-3)
    top, left, height, width = unstable.part
    assert (height, width) == (160 * 4 // CELLS, 320 * 4 // CELLS)
    inside = (deviation[top : top + height, left : left + width] > UNSTABLE_STD).sum()
    assert unstable.part_share == pytest.approx(inside / (35 * 60))
    assert unstable.part_share > 0.9


def test_a_picture_smaller_than_its_cells_is_counted_whole():
    collector = MapCollector((3, 2), (6, 4), keeps=True)
    rows = np.full((6, 4), 0.1, np.float16)
    collector.take(MapRows(0, np.zeros((3, 2), np.float32), np.zeros((3, 2), np.bool_), rows))
    unstable = collector.figures(0.0).unstable
    assert unstable is not None
    assert unstable.share == 1
    assert 0 < unstable.part_share <= 1


def test_rows_of_one_pass_are_unknown_and_not_stable():
    collector = MapCollector((2, 2), (4, 4), keeps=True)
    nothing = np.full((4, 4), np.nan, np.float16)
    collector.take(MapRows(0, np.zeros((2, 2), np.float32), np.zeros((2, 2), np.bool_), nothing))
    assert collector.figures(0.0).unstable is None
    assert collector.maps.deviation is None


@pytest.mark.parametrize(
    "noise",
    [
        Noise.even(0.02, 3),
        Noise((0.0,) * 3, (0.04,) * 3),
        ColouredNoise(((1.0,) * 64,) + ((0.0,) * 64,) * 2, (0.0,), (0.02,)),
    ],
)
def test_noise_explains_itself_and_nothing_larger(noise):
    """Of a result that is the picture without its noise, no more is marked than chance lets be."""
    lr = torch.full((1, 3, 200, 200), 0.5)
    std = 0.02
    drawn = std * torch.randn(1, 3, 200, 200, generator=torch.Generator().manual_seed(0))
    explained = Explained(Damage(noise), 8)
    noisy = ((lr + drawn) * 255).round() / 255
    beyond = explained.compared(lr, noisy).beyond.float().mean()
    assert 0 < float(beyond) <= 1.2 * explained.expected_share(3)
    assert explained.compared(lr + 4 * std, lr).beyond.all()


def test_compression_explains_what_it_rounds():
    """Rounding the coefficients of noise by half their intervals at most stays in the bound."""
    tables = JpegTables.of_quality(60, (1, 1))
    explained = Explained(Damage(jpeg=tables), 8)
    bound = explained.bound(torch.zeros(1, 1, 8, 8))
    assert isinstance(bound, torch.Tensor)
    intervals = np.array(tables.luma, np.float64).reshape(8, 8)
    from scipy.fft import idctn

    errors = np.random.default_rng(0).uniform(-0.5, 0.5, (400, 8, 8)) * intervals
    pixels = np.stack([idctn(one, norm="ortho") for one in errors]) / 255
    assert float(bound.max()) == pytest.approx(3 * pixels.std() + 0.5 / 255, rel=0.05)


def as_jpeg(sharp: np.ndarray, quality: int, subsampling: tuple[int, int]) -> np.ndarray:
    """Save (H, W, 3), uint8, as a JPEG that keeps colour for so many pixels, and read it again."""
    file = io.BytesIO()
    Image.fromarray(sharp).save(
        file, "jpeg", quality=quality, subsampling={(1, 1): 0, (1, 2): 1, (2, 2): 2}[subsampling]
    )
    return np.asarray(Image.open(file))


def tensor_of(pixels: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(pixels.astype(np.float32) / 255).permute(2, 0, 1)[None]


@pytest.mark.parametrize("quality", [90, 98, 100])
@pytest.mark.parametrize("subsampling", [(1, 1), (1, 2), (2, 2)])
@pytest.mark.parametrize("corner", [(0, 0), (37, 52)])
def test_a_jpeg_explains_what_it_does_not_keep_of_a_perfect_result(quality, subsampling, corner):
    """Colour for several pixels alone differed at up to 96 % of the pixels of a photo, and rounding at 8 %."""
    sharp = data.coffee()[:240, :320]
    top, left = corner
    truth, lr = (tensor_of(pixels)[..., top:, left:] for pixels in (sharp, as_jpeg(sharp, quality, subsampling)))
    explained = Explained(Damage(jpeg=JpegTables.of_quality(quality, subsampling)), 8)
    assert float(explained.compared(truth, lr).beyond.float().mean()) <= explained.expected_share(3)
    # Another colour of a part is no matter of how a file keeps it, and neither is another brightness.
    for change in ((0.2, -0.102, 0.0), (0.1, 0.1, 0.1)):
        changed = truth.clone()
        changed[..., 40:60, 40:60] += torch.tensor(change)[:, None, None]
        assert float(explained.compared(changed, lr).beyond[42:58, 42:58].float().mean()) > 0.95


@pytest.mark.parametrize("subsampling", [(1, 1), (1, 2), (2, 2), (4, 3)])
def test_a_part_is_compared_as_in_the_whole(subsampling):
    truth, lr = random(1, 3, 41, 53), random(1, 3, 41, 53, seed=1) / 50
    explained = Explained(Damage(jpeg=JpegTables.of_quality(95, subsampling)), 8)
    whole = explained.compared(truth, truth + lr)
    for region in (Region((0, 0), (16, 20)), Region((17, 9), (34, 30)), Region((30, 40), (41, 53))):
        needed = explained.needed(region, truth)
        part = explained.compared(needed.cut(truth), needed.cut(truth + lr)).cut(region, needed.start)
        assert torch.equal(part.beyond, region.cut(whole.beyond))
        assert torch.equal(part.error, region.cut(whole.error))
    gray = truth[:, :1]
    assert explained.needed(Region((3, 4), (5, 6)), gray) == Region((3, 4), (5, 6))


def test_without_noise_half_a_level_is_explained():
    assert Explained(NO_DAMAGE, 8).bound(torch.zeros(1, 3, 2, 2)) == pytest.approx(0.5 / 255)
    assert Explained(NO_DAMAGE, None).half_level == pytest.approx(0.5 / 65535)
    assert Explained(NO_DAMAGE, 8).expected_share(3) == 0


def test_a_result_carries_its_maps_and_their_figures():
    source = photo(40, 48)
    run = upscale(Job(source, scale=Scale(2, 2), steps=150), previews=False)
    result = returned(run)
    maps, outcome = result.maps, result.outcome
    assert maps is not None
    assert maps.error.shape == (40, 48)
    assert maps.deviation is not None
    assert maps.deviation.shape == (80, 96)
    mean_square = float(np.square(maps.error, dtype=np.float64).mean())
    assert -10 * math.log10(mean_square) == pytest.approx(outcome.psnr_consistency_db, abs=0.01)
    assert outcome.figures is not None
    assert outcome.figures.beyond_share == pytest.approx(float(maps.beyond.mean()))


def lopsided() -> Kernel:
    """A kernel that none of the flips and rotations leaves as it is."""
    taps = np.zeros((9, 9))
    taps[2, 2], taps[4, 4], taps[4, 6] = 0.4, 0.3, 0.3
    return Kernel.from_array(taps, "lopsided", 0.0)


def blurred_job(steps: int = 60) -> Job:
    return Job(photo(40, 48), kernel=lopsided(), steps=steps)


def test_where_the_blur_allows_one_pass_the_network_is_compared_with_its_earlier_states():
    result = returned(upscale(blurred_job(), previews=False))
    figures = result.outcome.figures
    assert result.maps is not None
    assert result.maps.deviation is not None
    assert float(result.maps.deviation.mean()) > 1e-4
    assert figures is not None
    assert figures.unstable is not None
    assert figures.by_states


def test_a_run_of_one_stage_has_no_earlier_state_to_compare_with():
    result = returned(upscale(replace(blurred_job(2), preset="paper"), previews=False))
    assert result.maps is not None
    assert result.maps.deviation is None
    assert result.outcome.figures is not None
    assert result.outcome.figures.unstable is None


def test_the_deviation_from_earlier_states_changes_no_pixel():
    enlarger, lr = trained(Ensemble.MEAN), random(1, 3, 40, 48)
    alone = replace(enlarger, orientations=enlarger.orientations[:1])
    other = trained(Ensemble.MEAN).network
    assert other is not None
    for weight in other.parameters():
        weight.data *= 1.1
    region = Region((10, 20), (50, 60))
    one, compared = (returned(x.region(lr, lr, region)) for x in (alone, replace(alone, earlier=[other])))
    torch.testing.assert_close(compared.pixels, one.pixels, rtol=0, atol=0)
    assert one.deviation is None
    passes = [
        returned(replace(alone, network=n, rounds=0).region(lr, lr, region)).pixels for n in (alone.network, other)
    ]
    expected = torch.stack(passes).var(dim=0, correction=1).mean(dim=1, keepdim=True).sqrt()
    torch.testing.assert_close(compared.deviation, expected, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize(
    ("orientations", "ends", "lr_px", "states"),
    [
        (8, 5, 1000, 0),
        (1, 5, 1000, EARLIER_STATES),
        (1, 1, 1000, 1),
        (1, 5, COMPARED_PX, 1),
        (1, 5, COMPARED_PX + 1, 0),
    ],
)
def test_a_large_picture_is_compared_with_fewer_states(orientations, ends, lr_px, states):
    assert earlier_states(orientations, ends, lr_px) == states


def test_a_run_that_goes_on_from_a_checkpoint_has_the_same_map():
    checkpoints: list[Checkpoint] = []
    job = blurred_job()
    with patch("zssr_studio.engine.training.trainer.CHECKPOINT_EVERY_S", 0.0):
        run = upscale(job, previews=False)
        whole = collected(run, checkpoints)
    # One of the last stage, which knows the ends of those before.
    late = next(one for one in checkpoints if one.stage == 5)
    again = returned(upscale(replace(job, checkpoint=late), previews=False))
    assert whole.maps is not None
    assert again.maps is not None
    assert whole.maps.deviation is not None
    assert again.maps.deviation is not None
    # What earlier stages gave the last one to learn from is made anew, so that the results are not the same to the bit.
    assert float(again.maps.deviation.mean()) == pytest.approx(float(whole.maps.deviation.mean()), rel=0.1)
    alone = returned(upscale(replace(job, checkpoint=without_ends(late)), previews=False))
    assert alone.maps is not None
    assert alone.maps.deviation is None


def without_ends(checkpoint: Checkpoint) -> Checkpoint:
    """A checkpoint as it was before November 2026."""
    kept = {name: array for name, array in checkpoint.arrays.items() if not name.startswith("end.")}
    return replace(checkpoint, arrays=kept)


def collected(run: Generator[Event, None, Result], checkpoints: list[Checkpoint]) -> Result:
    """Let a run come to its end, and keep its checkpoints."""
    while True:
        try:
            event = next(run)
        except StopIteration as end:
            return end.value
        if isinstance(event, Checkpoint):
            checkpoints.append(event)


def test_a_copy_has_no_maps():
    result = returned(upscale(Job(photo(20, 24), scale=Scale(1, 1))))
    assert result.maps is None
    assert result.outcome.figures is None


@pytest.mark.parametrize("channels", [1, 3])
def test_the_map_made_of_a_result_afterwards_is_that_of_its_run(channels):
    job = Job(photo(40, 48, channels), scale=Scale(2, 2), steps=60)
    result = returned(upscale(job, previews=False))
    again = consistency_maps(job, result.picture)
    assert again is not None
    assert result.maps is not None
    np.testing.assert_allclose(again.error, result.maps.error, atol=2e-6)
    figures = consistency_figures(job, again)
    assert figures is not None
    assert figures.beyond_share == pytest.approx(float(again.beyond.mean()))


def test_what_a_file_of_fewer_bits_rounds_is_no_inconsistency():
    """As of a scan of 16 bits whose result was written as a JPEG or a PNG of 8."""
    fine = photo(40, 48, 1)
    job = Job(replace(fine, pixels=(fine.pixels * 0.9 + 0.01).astype(np.float32), source_bits=16), steps=2)
    made = returned(upscale(job, previews=False)).picture
    file = replace(made, pixels=np.rint(made.pixels * 255).astype(np.float32) / np.float32(255), source_bits=8)
    maps = consistency_maps(job, file)
    assert maps is not None
    assert (maps.error > 0.5 / 65535).mean() > 0.5
    np.testing.assert_array_equal(maps.beyond, maps.error > np.float32(0.5 / 255))


def test_a_result_of_another_size_or_kind_has_no_map():
    job = Job(photo(40, 48), scale=Scale(2, 2))
    assert consistency_maps(job, photo(40, 48)) is None
    assert consistency_maps(job, photo(80, 96, 1)) is None
    assert consistency_figures(job, None) is None


def test_another_method_has_a_consistency_map_and_no_disagreement():
    job = Job(photo(40, 48), scale=Scale(2, 2))
    result = returned(as_run(Interpolation(Rule.NEAREST), job))
    assert result.maps is not None
    assert result.maps.deviation is None
    mean_square = float(np.square(result.maps.error, dtype=np.float64).mean())
    assert -10 * math.log10(mean_square) == pytest.approx(result.outcome.psnr_consistency_db, abs=0.01)
    assert result.outcome.figures is not None
    assert result.outcome.figures.unstable is None
