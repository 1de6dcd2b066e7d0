"""Colours keep their look through enlargement, whatever their profile."""

from __future__ import annotations

import imagecodecs
import numpy as np
import pytest
import tifffile
from skimage.color import deltaE_ciede2000

from tests import piece_of_sample
from tests.samples.round_trip import copied
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.export import ExportOptions
from zssr_studio.imaging.read import read_picture

LAB = imagecodecs.cms_profile("lab4")


def lab(values: np.ndarray, profile: bytes) -> np.ndarray:
    """CIE L*a*b* of encoded values in [0, 1], by LittleCMS itself."""
    return imagecodecs.cms_transform(
        np.ascontiguousarray(values, np.float32), profile, LAB, colorspace="rgb", outcolorspace="lab"
    )


def halved(values: np.ndarray) -> np.ndarray:
    return values.reshape(values.shape[0] // 2, 2, values.shape[1] // 2, 2, 3).mean(axis=(1, 3))


@pytest.fixture(params=["prophoto", "display-p3"])
def wide(request, tmp_path):
    """A photo in 16 bits in a wide colour space, with its profile."""
    srgb = read_picture(piece_of_sample(tmp_path / "piece.png", (120, 60, 216, 140))).pixels
    profile = profiles.named_profile(request.param)
    # More saturated than sRGB holds: half-way from gray outwards.
    vivid = np.clip(srgb.mean(axis=2, keepdims=True) + 1.4 * (srgb - srgb.mean(axis=2, keepdims=True)), 0, 1)
    samples = np.rint(65535 * vivid).astype(np.uint16)
    path = tmp_path / "wide.tif"
    tifffile.imwrite(path, samples, photometric="rgb", iccprofile=profile)
    return path, samples / 65535, profile


@pytest.mark.parametrize("target", ["keep", "srgb", "adobe-rgb"])
def test_a_photo_looks_the_same_before_and_after(wide, tmp_path, target):
    path, before, profile = wide
    copied(path, tmp_path / "large.tif", ExportOptions(colour=target), scale="2", steps=8)
    written = tifffile.imread(tmp_path / "large.tif")
    assert written.dtype == np.uint16
    with tifffile.TiffFile(tmp_path / "large.tif") as file:
        embedded = file.pages[0].tags["InterColorProfile"].value
    assert embedded == (profile if target == "keep" else profiles.named_profile(target))
    after = halved(written / 65535)
    wanted = lab(before, profile)
    inside = np.ones(before.shape[:2], bool)
    if target != "keep":
        # A colour that the target cannot hold cannot stay.
        there = profiles.converted(before.astype(np.float32), profile, profiles.named_profile(target))
        inside = ((there > 0) & (there < 1)).all(axis=2)
    difference = deltaE_ciede2000(wanted, lab(after, embedded))[inside]
    assert inside.mean() > 0.5
    assert difference.mean() < 1


def test_conversion_there_and_back_is_exact_to_16_bits():
    values = np.random.default_rng(0).random((16, 16, 3)).astype(np.float32)
    wide, srgb = profiles.named_profile("prophoto"), profiles.named_profile("srgb")
    back = profiles.converted(profiles.converted(values, srgb, wide), wide, srgb)
    assert np.abs(back - values).max() < 1 / 65535


@pytest.mark.parametrize("name", profiles.PROFILE_NAMES)
def test_profiles_that_are_made_here_are_profiles_and_always_the_same(name):
    profile = profiles.named_profile(name)
    assert profiles.space_of(profile) == "rgb"
    profiles.named_profile.cache_clear()
    assert profiles.named_profile(name) == profile


def test_what_is_no_profile_is_refused_with_a_sentence(tmp_path):
    for content in (b"", b"x" * 300):
        (tmp_path / "wrong.icc").write_bytes(content)
        with pytest.raises(BadInputError, match=r"wrong\.icc"):
            profiles.read_profile(tmp_path / "wrong.icc")
    gray = np.zeros((4, 4, 1), np.float32)
    with pytest.raises(BadInputError, match="does not fit"):
        profiles.converted(gray, profiles.named_profile("srgb"), profiles.named_profile("srgb"))
