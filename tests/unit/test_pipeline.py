"""Whole runs on real pictures of every kind, short ones."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import torch
from skimage import data

from tests.runs import returned
from zssr_studio import pipeline
from zssr_studio.engine.config import Scale
from zssr_studio.engine.damage import Damage, Noise
from zssr_studio.engine.events import (
    Enlarging,
    Notice,
    NoticeKind,
    Preview,
    Reason,
    Reconstruction,
    StageStarted,
    Started,
    Step,
)
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.engine.output import acceptance
from zssr_studio.engine.training import run
from zssr_studio.engine.training.fathers import larger_fathers
from zssr_studio.engine.training.optimiser import Optimiser
from zssr_studio.errors import BadInputError, FailureError
from zssr_studio.imaging.picture import Crop, Picture
from zssr_studio.job import Job
from zssr_studio.pipeline import upscale


def photo(height: int = 60, width: int = 51, channels: int = 3) -> Picture:
    pixels = data.astronaut()[100 : 100 + height, 180 : 180 + width].astype(np.float32) / 255
    return Picture(pixels if channels == 3 else pixels.mean(axis=2, keepdims=True).astype(np.float32))


def finished(job: Job, stop=pipeline.never, **options):
    return returned(upscale(job, stop, **options))


def test_events_tell_the_whole_run():
    events, result = finished(Job(photo(), steps=60, device="cpu"))
    assert isinstance(events[0], Started)
    assert (events[0].out_height, events[0].out_width) == (120, 102)
    steps = [e for e in events if isinstance(e, Step)]
    assert [e.step for e in steps] == list(range(1, 61))
    assert steps[-1].progress == pytest.approx(1)
    assert all(a.progress <= b.progress for a, b in pairwise(steps))
    assert [e.stage for e in events if isinstance(e, StageStarted)] == list(range(6))
    assert any(isinstance(e, Reconstruction) for e in events)
    assert any(isinstance(e, Preview) for e in events)
    assert any(isinstance(e, Enlarging) for e in events)
    assert result.outcome.reason is Reason.COMPLETED
    assert result.outcome.steps == 60
    assert result.picture.pixels.shape == result.bicubic.pixels.shape == (120, 102, 3)
    assert result.outcome.psnr_consistency_db > 40


@pytest.mark.parametrize("preset", ["fast", "paper", "gradual"])
def test_the_same_seed_gives_the_same_bits_and_another_does_not(preset):
    results = [
        finished(Job(photo(40, 36), preset=preset, steps=48, seed=seed, device="cpu"), previews=shown)[1]
        for seed, shown in ((5, True), (5, False), (6, True))
    ]
    first, same, other = (r.picture.pixels for r in results)
    np.testing.assert_array_equal(first, same)
    assert not np.array_equal(first, other)


def test_only_a_blurred_pictures_results_are_learned_from_below_its_own_size(monkeypatch):
    smallest_px = []

    def watched(*arguments, **options):
        made = larger_fathers(*arguments, **options)
        smallest_px.append(min(father.shape[-2] for father in made))
        return made

    monkeypatch.setattr(run, "larger_fathers", watched)
    for kernel in (None, Shape.parse("gaussian:1.5").kernel((2.0, 2.0))):
        finished(Job(photo(40, 40), kernel=kernel, steps=12, device="cpu"), previews=False)
    assert smallest_px == 5 * [50] + 5 * [30]


def test_training_beats_back_projected_bicubic_on_a_picture_of_known_truth():
    truth = data.astronaut()[0:192, 130:322].astype(np.float32) / 255
    from zssr_studio.engine.degradation.model import Degradation

    hr = pipeline.to_tensor(truth, torch.device("cpu"))
    degradation = Degradation((2, 2))
    lr = degradation.downscale(hr).clamp(0, 1)
    from zssr_studio.engine.output.back_projection import back_projected

    simple = back_projected(degradation.upscale(lr, (192, 192)), lr, degradation, 8)
    _, result = finished(Job(Picture(pipeline.to_array(lr)), steps=240, device="cpu"))
    error = lambda x: float(np.mean((x - truth) ** 2))  # noqa: E731
    assert error(result.picture.pixels) < 0.95 * error(pipeline.to_array(simple))


@pytest.mark.parametrize("preset", ["fast", "paper"])
@pytest.mark.parametrize("text", ["2", "1.5", "2x1.5", "3", "1x2", "4", "4x2.5"])
def test_results_of_any_scale_lie_where_bicubic_lies(preset, text):
    picture, scale = photo(45, 40), Scale.parse(text)
    _, result = finished(Job(picture, scale, preset=preset, steps=8, device="cpu"))
    out, bicubic = result.picture.pixels, result.bicubic.pixels
    assert out.shape[:2] == scale.out_size(45, 40)
    assert np.abs(shift_px(out, bicubic)).max() < 0.1
    # The measure would see half a pixel.
    assert np.abs(shift_px(out, (bicubic + np.roll(bicubic, 1, 1)) / 2)[1]) > 0.35


def test_a_large_scale_is_reached_in_steps_and_still_meets_the_picture():
    events, result = finished(Job(photo(33, 40), Scale(8, 8), steps=90, device="cpu"))
    scales = [e.scale for e in events if isinstance(e, StageStarted)]
    assert scales == [(2.0, 2.0)] * 6 + [(4.0, 4.0)] * 6 + [(8.0, 8.0)] * 6
    assert result.picture.pixels.shape == (264, 320, 3)
    assert result.outcome.steps == 90
    assert result.outcome.psnr_consistency_db > 40
    previews = [e for e in events if isinstance(e, Preview)]
    assert {e.pixels.shape for e in previews} == {(264, 320, 3)}
    assert all(np.abs(e.pixels - result.bicubic.pixels).mean() < 0.03 for e in previews)


def test_a_kernel_or_noise_is_enlarged_at_once():
    for options in ({"kernel": Kernel.from_array(np.ones((5, 5)))}, {"damage": Damage(Noise.even(0.02, 3))}):
        events, _ = finished(Job(photo(), Scale(4, 4), steps=12, device="cpu", **options))
        assert {e.scale for e in events if isinstance(e, StageStarted)} == {(4.0, 4.0)}


def shift_px(moved: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Rows and columns by which one picture is moved against another, by least squares on the gradient."""
    a, b = moved.mean(axis=2)[4:-4, 4:-4], reference.mean(axis=2)[4:-4, 4:-4]
    gradients = np.stack([g.ravel() for g in np.gradient(b)], axis=1)
    return -np.linalg.lstsq(gradients, (a - b).ravel(), rcond=None)[0]


@pytest.mark.parametrize("preset", ["fast", "paper"])
@pytest.mark.parametrize("size", [(1, 1), (2, 3), (1, 40), (7, 5), (33, 150)])
@pytest.mark.parametrize("channels", [1, 3])
def test_odd_and_tiny_pictures_are_all_right(preset, size, channels):
    _, result = finished(Job(photo(*size, channels), preset=preset, steps=4, device="cpu"))
    assert result.picture.pixels.shape == (2 * size[0], 2 * size[1], channels)
    assert np.isfinite(result.picture.pixels).all()


def test_flat_pictures_stay_flat():
    picture = Picture(np.full((30, 30, 3), 0.25, np.float32))
    _, result = finished(Job(picture, steps=20, device="cpu"))
    np.testing.assert_allclose(result.picture.pixels, 0.25, atol=1e-3)


def test_alpha_profile_and_depth_go_along():
    source = photo(30, 31)
    alpha = np.tile(np.linspace(0, 1, 31, dtype=np.float32), (30, 1))
    picture = Picture(source.pixels, alpha, b"profile", 16, (600, 600))
    _, result = finished(Job(picture, Scale(2, 2), steps=4, device="cpu"))
    assert result.picture.alpha.shape == (60, 62)
    assert np.all(np.diff(result.picture.alpha, axis=1) >= -1e-6)
    assert result.picture.icc_profile == b"profile"
    assert result.picture.source_bits == 16
    assert result.picture.pixels_per_inch == (1200, 1200)


def test_a_crop_is_the_same_as_the_picture_cut_out_before():
    picture, crop = photo(60, 50), Crop(7, 3, 30, 41)
    _, inside = finished(Job(picture, crop=crop, steps=6, device="cpu"))
    _, alone = finished(Job(picture.cropped(crop), steps=6, device="cpu"))
    np.testing.assert_array_equal(inside.picture.pixels, alone.picture.pixels)


def test_a_kernel_is_used_and_named_steps_between_are_left_out():
    rows, columns = np.indices((9, 9)) - 4
    kernel = Kernel.from_array(np.exp(-(rows**2) / 2 - columns**2 / 8), "slanted.npy")
    events, blurred = finished(Job(photo(), preset="gradual", kernel=kernel, steps=6, device="cpu"))
    assert sum(isinstance(e, StageStarted) for e in events) == 1
    assert any(isinstance(e, Notice) and e.kind is NoticeKind.GRADUAL_LEFT_OUT for e in events)
    _, plain = finished(Job(photo(), preset="paper", steps=6, device="cpu"))
    assert not np.array_equal(blurred.picture.pixels, plain.picture.pixels)


def test_noise_makes_other_sons_and_leaves_back_projection_out():
    _, noisy = finished(Job(photo(), damage=Damage(Noise.even(0.05, 3)), steps=10, device="cpu"))
    _, clean = finished(Job(photo(), steps=10, device="cpu"))
    assert noisy.outcome.psnr_consistency_db < clean.outcome.psnr_consistency_db - 3


def test_stopping_keeps_the_best_so_far():
    seen = []
    running = upscale(Job(photo(), seconds=3600, device="cpu"), lambda: len(seen) >= 5)
    while True:
        try:
            event = next(running)
        except StopIteration as end:
            result = end.value
            break
        if isinstance(event, Step):
            seen.append(event)
    assert result.outcome.reason is Reason.STOPPED
    assert result.outcome.steps == 5
    assert result.picture.height == 120


def test_closing_the_generator_discards_the_run():
    running = upscale(Job(photo(), seconds=3600, device="cpu"))
    for _ in range(4):
        next(running)
    running.close()
    with pytest.raises(StopIteration):
        next(running)


def test_a_network_that_does_not_learn_never_gives_less_than_interpolation(monkeypatch):
    monkeypatch.setattr(run.Validation, "rmse", lambda *_: float("nan"))
    events, result = finished(Job(photo(), steps=3, device="cpu"))
    assert any(isinstance(e, Notice) and e.kind is NoticeKind.BEATEN for e in events)
    assert np.isfinite(result.picture.pixels).all()
    assert np.abs(result.picture.pixels - result.bicubic.pixels).mean() < 0.02


def test_full_memory_is_a_sentence_and_on_an_accelerator_a_fallback(monkeypatch):
    real = acceptance.stable_rounds
    calls = []

    def failing(*arguments):
        calls.append(arguments)
        if len(calls) == 1:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return real(*arguments)

    monkeypatch.setattr(acceptance, "stable_rounds", failing)
    with pytest.raises(FailureError, match="memory"):
        finished(Job(photo(), steps=3, device="cpu"))
    calls.clear()
    # `meta` stands for an accelerator here: its tensors carry no data.
    monkeypatch.setattr(pipeline, "choose_device", lambda _: torch.device("meta"))
    events, result = finished(Job(photo(), steps=3, device="cuda"))
    assert any(isinstance(e, Notice) and e.kind is NoticeKind.RUN_ON_PROCESSOR for e in events)
    assert result.outcome.device == "cpu"


@pytest.mark.parametrize(
    "wrong",
    [
        {"preset": "best-ever"},
        {"crop": Crop(0, 0, 61, 10)},
        {"crop": Crop(-1, 0, 10, 10)},
        {"damage": Damage(Noise.even(0.9, 3))},
        {"damage": Damage(Noise.even(float("nan"), 3))},
        {"seconds": 0},
        {"steps": 0},
        {"seed": -1},
    ],
)
def test_a_job_out_of_range_is_refused_with_a_sentence(wrong):
    with pytest.raises(BadInputError, match=r"\."):
        Job(photo(), **wrong)


@pytest.mark.parametrize(("preset", "steps"), [("fast", 30), ("paper", 4)])
def test_the_learning_rate_that_is_told_is_the_one_that_is_used(monkeypatch, preset, steps):
    used = []
    real = Optimiser._adam_step

    def watched(optimiser, rate):
        used.append(rate)
        return real(optimiser, rate)

    monkeypatch.setattr(Optimiser, "_adam_step", watched)
    events, _ = finished(Job(photo(), preset=preset, steps=steps, device="cpu"))
    told = [e.learning_rate for e in events if isinstance(e, Step)]
    assert told == used
    # The first steps of `fast` are warmed up, and its rate falls to nothing in the end.
    assert (told[0] < 1e-4) == (preset == "fast")
