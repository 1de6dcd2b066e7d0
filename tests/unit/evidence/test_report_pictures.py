"""The small pictures of a report: in the colours that the large one has."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from zssr_studio.evidence.colours import BAND_ROWS
from zssr_studio.evidence.report.pictures import Small, enlarged_like, small
from zssr_studio.imaging.colour import profiles
from zssr_studio.imaging.picture import Picture


def levels(shown: Small) -> np.ndarray:
    with Image.open(io.BytesIO(shown.png)) as image:
        assert image.mode == "RGB"
        return np.asarray(image).astype(np.int64)


@pytest.mark.parametrize(
    ("profile", "value"),
    [
        (profiles.named_profile(profiles.PROPHOTO), (0.4, 0.5, 0.3)),
        (profiles.named_profile(profiles.ADOBE_RGB), (0.5, 0.4, 0.3)),
        (profiles.gray_profile_of(1.0), (0.2,)),
        (None, (0.2, 0.6, 0.3)),
        (None, (0.7,)),
    ],
)
def test_colours_are_those_that_a_screen_shows_of_the_picture(profile, value):
    pixels = np.full((6, 8, len(value)), value, np.float32)
    expected = pixels
    if profile is not None:
        expected = profiles.converted(pixels, profile, profiles.named_profile(profiles.SRGB))
    picture = Picture(pixels, icc_profile=profile)
    after = small(picture)
    for shown in (after, enlarged_like(picture, after)):
        np.testing.assert_allclose(levels(shown), np.broadcast_to(expected * 255, (6, 8, 3)), atol=2)


def test_what_is_transparent_is_white_in_each_of_the_rows():
    height = 2 * BAND_ROWS + 40
    alpha = np.linspace(0, 1, height, dtype=np.float32)[:, None].repeat(3, axis=1)
    shown = levels(small(Picture(np.zeros((height, 3, 3), np.float32), alpha)))
    np.testing.assert_allclose(shown[:, 1, 0], 255 * (1 - alpha[:, 1]), atol=1)
