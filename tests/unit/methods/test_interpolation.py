"""Interpolation, and what is the same for every method that makes rows."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image
from skimage import data

from tests.runs import returned
from zssr_studio.engine.config import Scale
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.events import Enlarging, Started
from zssr_studio.engine.weights import LearnedFrom
from zssr_studio.imaging.picture import Picture
from zssr_studio.methods import interpolated_bands
from zssr_studio.methods.interpolation import Interpolation, Rule
from zssr_studio.methods.method import Allowance


def photo(height: int = 40, width: int = 31, channels: int = 3) -> np.ndarray:
    pixels = data.astronaut()[100 : 100 + height, 180 : 180 + width].astype(np.float32) / 255
    return pixels if channels == 3 else np.ascontiguousarray(pixels[:, :, :1])


def enlarged(rule: Rule, picture: Picture, scale: Scale, allowance: Allowance | None = None):
    return returned(Interpolation(rule).enlarge(picture, scale, allowance or Allowance()))


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize("scale", [Scale(2, 2), Scale(1.5, 3), Scale(1, 1)])
def test_each_rule_keeps_a_constant_and_gives_the_size_that_was_asked(rule, scale):
    flat = Picture(np.full((9, 7, 3), 0.3, np.float32))
    events, result = enlarged(rule, flat, scale)
    assert result.pixels.shape[:2] == scale.out_size(9, 7)
    np.testing.assert_allclose(result.pixels, 0.3, atol=1e-6)
    assert isinstance(events[0], Started)
    assert [e.progress for e in events if isinstance(e, Enlarging)][-1] == pytest.approx(1)


@pytest.mark.parametrize(("rule", "theirs"), [(Rule.NEAREST, "NEAREST"), (Rule.LANCZOS, "LANCZOS")])
def test_nearest_and_lanczos_are_what_pillow_makes_away_from_the_edges(rule, theirs):
    pixels = photo(channels=1)
    _, result = enlarged(rule, Picture(pixels), Scale(2, 2))
    wanted = Image.fromarray(pixels[:, :, 0]).resize((62, 80), Image.Resampling[theirs])
    np.testing.assert_allclose(result.pixels[8:-8, 8:-8, 0], np.asarray(wanted)[8:-8, 8:-8].clip(0, 1), atol=1e-5)


def test_bicubic_is_what_a_run_compares_itself_with():
    pixels = photo()
    _, result = enlarged(Rule.BICUBIC, Picture(pixels), Scale(2, 2))
    lr = torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None]
    wanted = Degradation((2, 2)).upscale(lr, (80, 62)).clamp(0, 1)[0].permute(1, 2, 0)
    np.testing.assert_allclose(result.pixels, wanted.numpy(), atol=1e-6)


def test_back_projection_meets_the_picture_better():
    pixels = photo()

    def missed(rule: Rule) -> float:
        _, result = enlarged(rule, Picture(pixels), Scale(2, 2))
        hr = torch.from_numpy(result.pixels.copy()).permute(2, 0, 1)[None]
        lr = Degradation((2, 2)).downscale(hr)[0].permute(1, 2, 0).numpy()
        return float(np.sqrt(np.mean((lr - pixels) ** 2)))

    assert missed(Rule.BACK_PROJECTED) < missed(Rule.BICUBIC) / 3


@pytest.mark.parametrize("rule", Rule)
def test_bands_equal_the_whole(rule, monkeypatch):
    picture = Picture(photo(230, 31))
    whole = enlarged(rule, picture, Scale(2, 1.5))[1]
    monkeypatch.setattr(interpolated_bands, "SAMPLES_AT_ONCE", 1000)
    monkeypatch.setattr(interpolated_bands, "block_px", lambda *_: 96)
    events, parts = enlarged(rule, picture, Scale(2, 1.5))
    np.testing.assert_allclose(parts.pixels, whole.pixels, atol=2e-6)
    assert len([e for e in events if isinstance(e, Enlarging)]) > 2


def test_the_header_stays_and_what_nobody_sees_does_not_bleed():
    pixels, alpha = photo(), np.ones((40, 31), np.float32)
    pixels[:, 16:], alpha[:, 16:] = 0.0, 0.0
    pixels[:, :16] = 0.8
    picture = Picture(pixels, alpha, b"profile", 16, (300.0, 300.0))
    _, result = enlarged(Rule.BICUBIC, picture, Scale(2, 2))
    assert (result.icc_profile, result.source_bits, result.pixels_per_inch) == (b"profile", 16, (600.0, 600.0))
    assert result.enlargement == (2, 2)
    assert result.alpha.shape == (80, 62)
    np.testing.assert_allclose(result.pixels[:, :34], 0.8, atol=1e-5)


def test_floating_point_samples_keep_their_range():
    pixels = photo() * 3 - 0.5
    _, result = enlarged(Rule.NEAREST, Picture(pixels, source_bits=32), Scale(2, 2))
    np.testing.assert_allclose(result.pixels[::2, ::2], pixels, atol=1e-5)


def test_a_rule_knows_no_other_picture():
    assert {Interpolation(rule).learned_from for rule in Rule} == {LearnedFrom.THIS_PICTURE}
