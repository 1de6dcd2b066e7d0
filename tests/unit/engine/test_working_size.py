"""A blur that reaches further than a network sees is undone on a smaller picture, for a result of the wanted size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from skimage import data

from tests.runs import returned
from zssr_studio import pipeline
from zssr_studio.engine.config import Scale
from zssr_studio.engine.damage import ColouredNoise, Damage, Noise
from zssr_studio.engine.degradation.model import Degradation, made_smaller
from zssr_studio.engine.events import Notice, NoticeKind, Preview
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.engine.kernels.working_size import WorkingSize
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.picture import Crop, Picture
from zssr_studio.job import Job
from zssr_studio.jpeg_tables import JpegTables

DOUBLE = Scale(2, 2)
LINE = Shape.parse("motion:40,30").kernel(DOUBLE.factors)


@pytest.mark.parametrize(
    ("shape", "scale", "size", "times"),
    [
        (None, "2", (400, 600), 1),
        ("gaussian:2", "2", (400, 600), 1),
        ("motion:16,30", "2", (400, 600), 1),
        ("motion:24,30", "2", (400, 600), 2),
        ("motion:60,30", "2", (400, 600), 3),
        ("disc:12", "2", (400, 600), 2),
        ("disc:20", "2", (400, 600), 3),
        # What is too small to learn from is of no use.
        ("motion:60,30", "3", (400, 600), 2),
        ("motion:60,30", "4", (400, 600), 1),
        ("motion:60,30", "2", (100, 600), 2),
        ("motion:60,30", "2", (60, 600), 1),
    ],
)
def test_it_is_as_small_as_the_blur_asks_for_and_the_result_as_large_as_was_wanted(shape, scale, size, times):
    wanted = Scale.parse(scale)
    kernel = None if shape is None else Shape.parse(shape).kernel(wanted.factors)
    working = WorkingSize.of(kernel, wanted, size)
    assert working.times == times
    assert working.scale.out_size(*working.size) == wanted.out_size(*size)


@pytest.mark.parametrize("size", [(401, 607), (97, 150), (313, 200)])
@pytest.mark.parametrize("scale", ["2", "1.5", "2x1.7", "2.5x3"])
def test_sizes_that_are_no_multiple_come_out_to_the_pixel(size, scale):
    wanted = Scale.parse(scale)
    working = WorkingSize.of(Shape.parse("motion:60,30").kernel(wanted.factors), wanted, size)
    assert working.scale.out_size(*working.size) == wanted.out_size(*size)


def test_what_is_made_smaller_lies_where_it_lay():
    ramp = torch.linspace(0, 1, 90)[None, None, None, :].expand(1, 3, 60, 90).contiguous()
    smaller = made_smaller(ramp, (20, 30))
    assert smaller.shape == (1, 3, 20, 30)
    assert torch.allclose(smaller[..., 2:-2], ramp[:, :, 1::3, 1::3][..., 2:-2], atol=1e-5)
    assert made_smaller(ramp, (60, 90)) is ramp


def test_means_hold_less_noise_and_no_blocks():
    damage = Damage(Noise((0.06,), (0.03,)), JpegTables.of_quality(60), grain=0.5)
    assert damage.made_smaller(1) is damage
    smaller = damage.made_smaller(3)
    assert (smaller.noise, smaller.jpeg, smaller.grain) == (Noise((0.02,), (0.01,)), None, 0.5)


def test_coloured_noise_that_was_made_smaller_has_the_strength_that_means_of_it_have():
    rng = np.random.default_rng(0)
    white = ColouredNoise(((0.03**2,) * 64,), (0.5,), (1.0,))
    field = 0.03 * rng.standard_normal((600, 600))
    means = field.reshape(200, 3, 200, 3).mean(axis=(1, 3))
    assert white.made_smaller(3).luma_std() == pytest.approx(means.std(), rel=0.02)


def moved(truth: np.ndarray) -> np.ndarray:
    lr = Degradation(DOUBLE.factors, LINE).downscale(pipeline.to_tensor(truth, torch.device("cpu")))
    return np.round(pipeline.to_array(lr).clip(0, 1) * 255).astype(np.float32) / 255


def error(pixels: np.ndarray, truth: np.ndarray) -> float:
    return float(np.mean((pixels - truth)[24:-24, 24:-24] ** 2))


def test_a_line_that_no_network_sees_is_undone_and_it_is_said(monkeypatch):
    truth = data.astronaut()[0:320, 60:400].astype(np.float32) / 255
    picture = Picture(moved(truth), source_bits=8)
    job = Job(picture, DOUBLE, steps=200, kernel=replace(LINE, uncertainty=0.18), device="cpu")
    events, result = returned(pipeline.upscale(job))
    told = [event for event in events if isinstance(event, Notice) and event.kind is NoticeKind.MADE_SMALLER]
    assert [notice.values for notice in told] == [{"times": 3}]
    assert result.picture.pixels.shape == result.bicubic.pixels.shape == truth.shape
    assert all(event.pixels.shape == truth.shape for event in events if isinstance(event, Preview))
    # The maps of the input are those of what was worked on.
    assert result.maps.error.shape == result.maps.beyond.shape == job.working.size == (54, 57)
    assert result.maps.deviation.shape == truth.shape[:2]
    undone = error(result.picture.pixels, truth)
    assert undone < 0.7 * error(result.bicubic.pixels, truth)
    monkeypatch.setattr("zssr_studio.engine.kernels.working_size.BEST_STD_LR_PX", 100.0)
    _, at_its_own_size = returned(pipeline.upscale(job))
    assert undone < 0.9 * error(at_its_own_size.picture.pixels, truth)


def test_a_crop_is_worked_on_by_its_own_size():
    picture = Picture(np.random.default_rng(0).uniform(size=(300, 300, 3)).astype(np.float32))
    assert Job(picture, DOUBLE, kernel=LINE).working.times == 3
    assert Job(picture, DOUBLE, kernel=LINE, crop=Crop(10, 10, 60, 90)).working.times == 1


def test_what_was_learned_on_a_smaller_picture_goes_on_there_and_fits_no_other():
    picture = Picture(np.random.default_rng(0).uniform(size=(150, 150, 3)).astype(np.float32))
    job = Job(picture, DOUBLE, steps=4, kernel=LINE, device="cpu")
    _, result = returned(pipeline.upscale(job, previews=False))
    weights = result.outcome.weights
    assert weights.scale == str(job.working.scale) == "6"
    _, longer = returned(pipeline.upscale(replace(job, init=weights), previews=False))
    assert longer.outcome.weights.scale == "6"
    with pytest.raises(BadInputError, match="scale 6"):
        Job(picture, DOUBLE, init=weights)
    ordinary = replace(weights, scale="2")
    with pytest.raises(BadInputError, match="scale 2"):
        returned(pipeline.upscale(replace(job, init=ordinary), previews=False))
