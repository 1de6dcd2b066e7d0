"""What can be asked of the front door, and what a result can do."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

import zssr_studio as zs
from zssr_studio.imaging.metadata.blocks import MetadataPolicy
from zssr_studio.resource import resource_path

QUICK = {"steps": 2, "kernel": "bicubic", "cleaning": "none", "device": "cpu"}
SAMPLE = resource_path("sample.png")


def photo() -> np.ndarray:
    """Return a piece of the sample photo, (20, 24, 3), uint8."""
    return np.asarray(Image.open(SAMPLE).convert("RGB"))[100:120, 120:144]


def test_kernels_are_named_in_many_ways_and_mean_the_same(tmp_path):
    text = "gaussian:1.4,0.8,30"
    kernel = zs.upscale(photo(), **{**QUICK, "kernel": text}).kernel
    assert kernel.name == text
    np.save(tmp_path / "blur.npy", kernel.taps)
    for named in (tmp_path / "blur.npy", str(tmp_path / "blur.npy"), kernel.taps * 3, kernel.taps.tolist(), kernel):
        result = zs.upscale(photo(), **{**QUICK, "kernel": named})
        np.testing.assert_allclose(result.kernel.taps, kernel.taps, rtol=0, atol=1e-12)
    assert zs.upscale(photo(), **QUICK).kernel is None


def test_what_is_not_named_is_found_in_the_picture_and_told():
    rng = np.random.default_rng(3)
    sample = zs.read(SAMPLE).pixels[60:180, 80:240]
    noisy = np.clip(sample + rng.normal(0, 0.06, sample.shape), 0, 1)
    result = zs.upscale(noisy, steps=2, device="cpu")
    found = zs.find_damage(noisy)
    assert result.damage == found
    assert found.noise.mean_std() == pytest.approx(0.06, abs=0.02)
    assert zs.estimate_kernel(noisy).kernel is None
    assert result.kernel is None
    assert "Found: noise of" in result.notices[0]
    assert "bicubic" in result.notices[1]
    assert "noise" in result.settings.cleaned


def test_the_noise_of_a_crop_is_that_of_the_whole_picture():
    whole, fur = zs.read(SAMPLE), zs.Crop(70, 200, 96, 96)
    assert zs.find_damage(whole.cropped(fur)).noise is not None  # fur alone passes for grain
    result = zs.upscale(whole, crop=fur, steps=2, device="cpu")
    assert result.damage == zs.find_damage(whole)
    assert result.damage.noise is None
    assert zs.estimate_kernel(whole.cropped(fur), cleaning=result.damage).kernel is None
    assert result.kernel is None


def test_cleaning_is_named_in_many_ways():
    none = zs.upscale(photo(), **QUICK)
    assert not none.damage
    assert np.array_equal(zs.upscale(photo(), **{**QUICK, "cleaning": 0}).pixels, none.pixels)
    by_number = zs.upscale(photo(), **{**QUICK, "cleaning": 0.02}, grain=0.5)
    assert by_number.damage == zs.Damage(zs.Noise((0.02,) * 3, (0.0,) * 3), grain=0.5)
    by_value = zs.upscale(photo(), **{**QUICK, "cleaning": by_number.damage})
    assert by_value.settings.grain == 0.5
    assert np.array_equal(by_value.pixels, by_number.pixels)
    apart = zs.upscale(photo(), **{**QUICK, "cleaning": by_number.damage}, grain_colour=0.0)
    assert (apart.settings.grain, apart.settings.grain_colour) == (0.5, 0.0)
    assert "of which 50 % comes back, and 0 % of its colour" in str(apart.settings)
    assert not np.array_equal(apart.pixels, by_number.pixels)


def test_scales_are_named_in_many_ways():
    sizes = {
        zs.upscale(photo(), scale, **QUICK).pixels.shape for scale in ((2, 1.5), "2x1.5", zs.Scale(2, 1.5), [2, 1.5])
    }
    assert sizes == {(40, 36, 3)}
    copied = zs.upscale(photo(), 1)
    assert np.array_equal(copied.pixels, photo())
    assert copied.consistency_db == np.inf
    assert copied.weights is None
    assert "enlarges nothing" in copied.notices[-1]


def test_weights_of_a_result_start_another_run():
    first = zs.upscale(photo(), **QUICK)
    before = first.weights.arrays
    second = zs.upscale(photo()[::-1], **QUICK, init=first.weights)
    assert len(second.weights.pictures) == 2
    assert all(np.abs(second.weights.arrays[name] - before[name]).max() < 0.1 for name in before)
    fresh = zs.upscale(photo()[::-1], **QUICK, seed=9).weights.arrays
    assert any(np.abs(fresh[name] - before[name]).max() > 0.1 for name in before)


def test_a_result_that_is_enlarged_once_more_is_no_jpeg_and_counts_from_its_file(tmp_path):
    with Image.open(resource_path("sample.png")) as image:
        image.convert("RGB").crop((100, 60, 130, 80)).save(tmp_path / "photo.jpg", quality=30, dpi=(300, 300))
    first = zs.upscale(tmp_path / "photo.jpg", kernel="bicubic", steps=2)
    assert first.damage.jpeg is not None
    second = zs.upscale(first.picture, (1, 1.5), kernel="bicubic", steps=2)
    assert second.damage.jpeg is None
    assert second.picture.enlargement == (2.0, 3.0)
    assert second.picture.captured_ppi == pytest.approx((300, 300))


def test_a_result_says_what_it_is_and_shows_itself(tmp_path):
    result = zs.upscale(SAMPLE, 8, **QUICK, crop=(100, 120, 30, 110))
    assert str(result.settings).startswith(
        "crop 100, 120, 30, 110; scale 8; preset fast; kernel bicubic; cleaned nothi"
    )
    assert repr(result).startswith("<Result of 240 x 880 pixels, RGB; crop 100, 120, 30, 110; scale 8; ")
    (tmp_path / "shown.png").write_bytes(result._repr_png_())
    with Image.open(tmp_path / "shown.png") as image:
        assert image.size == (800, 218)
    shown = result._repr_html_()
    assert shown.startswith('<figure><img alt="the enlarged picture" src="data:image/png;base64,')
    assert "880 × 240 pixels<br>crop 100, 120" in shown
    with pytest.raises(AttributeError):
        result.pixels = None


def test_a_result_that_equals_its_source_says_so_in_words():
    """Of a picture in one colour nothing differs, and there is no number of decibels."""
    result = zs.upscale(np.zeros((16, 16), np.uint8), 2, **QUICK)
    assert result.consistency_db == float("inf")
    assert repr(result).endswith("; consistency equal>")
    assert "downscaled again it equals the source" in result._repr_html_()


def test_a_saved_result_carries_its_record_and_never_replaces_its_source(tmp_path):
    source = tmp_path / "photo.png"
    zs.write(photo(), source)
    content = source.read_bytes()
    result = zs.upscale(source, **QUICK)
    assert result.save(tmp_path / "twice.png") == ()
    assert b"photo.png" in (tmp_path / "twice.png").read_bytes()
    assert b"preset fast" in (tmp_path / "twice.png").read_bytes()
    with pytest.raises(zs.BadInputError, match="exists already"):
        result.save(tmp_path / "twice.png")
    result.save(str(tmp_path / "twice.png"), overwrite=True)
    for refused in (lambda: result.save(source, overwrite=True), lambda: zs.write(source, source, overwrite=True)):
        with pytest.raises(zs.BadInputError, match="is the source, which is never overwritten"):
            refused()
    assert source.read_bytes() == content
    assert not list(tmp_path.glob(".*"))


def test_writing_takes_the_choices_of_an_export(tmp_path):
    pixels = np.linspace(0, 65535, 60 * 80, dtype=np.uint16).reshape(60, 80)
    for name, options, dtype in (("a.png", {}, np.uint16), ("b.png", {"bits": 8}, np.uint8)):
        zs.write(pixels, tmp_path / name, **options)
        with Image.open(tmp_path / name) as image:
            assert np.asarray(image).dtype == dtype
    zs.write(pixels, tmp_path / "low.jpg", quality=20)
    zs.write(pixels, tmp_path / "high.jpg", quality=95)
    assert (tmp_path / "low.jpg").stat().st_size < (tmp_path / "high.jpg").stat().st_size
    zs.write(pixels, tmp_path / "exact.webp", bits=8, lossless=True, colour="srgb", metadata="no-place")
    assert zs.read(tmp_path / "exact.webp").icc_profile is not None
    assert [policy.value for policy in MetadataPolicy] == ["all", "none", "no-place"]
