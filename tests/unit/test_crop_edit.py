"""Crops that keep a shape: whatever is dragged, drawn or typed stays inside the picture and keeps it to a pixel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zssr_studio.app.models.degradation.region import aspect_of
from zssr_studio.app.views.canvas.crop_edit import Grip, dragged, resized, shaped, spanned
from zssr_studio.imaging.picture import Crop

HEIGHT, WIDTH = 300, 400
GRIPS = [
    Grip.TOP,
    Grip.BOTTOM,
    Grip.LEFT,
    Grip.RIGHT,
    Grip.TOP | Grip.LEFT,
    Grip.TOP | Grip.RIGHT,
    Grip.BOTTOM | Grip.LEFT,
    Grip.BOTTOM | Grip.RIGHT,
]
rows, columns = st.floats(-50, HEIGHT + 50), st.floats(-50, WIDTH + 50)
aspects = st.sampled_from([1.0, 1.5, 4 / 3, 16 / 9, 9 / 16, 0.5])


@st.composite
def crops(draw) -> Crop:
    height, width = draw(st.integers(1, HEIGHT)), draw(st.integers(1, WIDTH))
    return Crop(draw(st.integers(0, HEIGHT - height)), draw(st.integers(0, WIDTH - width)), height, width)


def keeps(crop: Crop, aspect: float) -> bool:
    """Whether a crop has the aspect, as far as whole pixels can: within one of each side."""
    return crop.fits(HEIGHT, WIDTH) and abs(crop.width - crop.height * aspect) <= 1 + aspect


@given(rows, columns, rows, columns, aspects)
def test_what_is_drawn_keeps_the_shape(top, left, bottom, right, aspect):
    assert keeps(spanned((top, left), (bottom, right), HEIGHT, WIDTH, aspect), aspect)


@given(crops(), st.sampled_from(GRIPS), rows, columns, aspects)
def test_what_is_resized_keeps_the_shape(crop, grip, down, right, aspect):
    assert keeps(dragged(crop, grip, down, right, HEIGHT, WIDTH, aspect), aspect)


@given(crops(), aspects)
def test_what_is_given_a_shape_has_it(crop, aspect):
    assert keeps(shaped(crop, aspect, HEIGHT, WIDTH), aspect)


@given(crops(), crops(), st.sampled_from(["top", "left", "height", "width"]), st.none() | aspects)
def test_a_number_that_is_typed_stands_or_gives_way_to_the_picture(crop, other, name, aspect):
    if aspect is not None:
        crop = shaped(crop, aspect, HEIGHT, WIDTH)
    values = {key: getattr(crop, key) for key in ("top", "left", "height", "width")}
    made = resized(crop, Crop(**{**values, name: getattr(other, name)}), HEIGHT, WIDTH, aspect)
    assert made.fits(HEIGHT, WIDTH)
    assert aspect is None or keeps(made, aspect)
    if aspect is None:
        assert getattr(made, name) == getattr(other, name)


def test_a_dragged_corner_keeps_the_opposite_one():
    crop = dragged(Crop(100, 100, 60, 80), Grip.TOP | Grip.LEFT, -30, -10, HEIGHT, WIDTH, 4 / 3)
    assert (crop.top + crop.height, crop.left + crop.width) == (160, 180)
    assert (crop.height, crop.width) == (90, 120)


def test_a_dragged_edge_keeps_the_opposite_one_and_the_middle():
    crop = dragged(Crop(100, 100, 60, 80), Grip.RIGHT, 0, 40, HEIGHT, WIDTH, 4 / 3)
    assert crop == Crop(85, 100, 90, 120)


def test_shapes_are_read():
    size = (HEIGHT, WIDTH)
    assert aspect_of("Free", size) is None
    assert aspect_of("Original", size) == WIDTH / HEIGHT
    assert aspect_of("16:9", size) == 16 / 9
    assert aspect_of(" 2.39 : 1 ", size) == 2.39
    for text in ("", "wide", "3:0", "0:3", "1:1000", "1e9:1"):
        with pytest.raises(ValueError, match="as in 5:4"):
            aspect_of(text, size)
