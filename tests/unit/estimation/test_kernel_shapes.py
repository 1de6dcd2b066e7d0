"""Kernels made of a few numbers: their widths, their angle, their place, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from scipy.special import erf

from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.orientations import ORIENTATIONS
from zssr_studio.engine.kernels.kernel import Kernel, stretched
from zssr_studio.engine.kernels.shapes import FAMILIES, Shape, bicubic_kernel
from zssr_studio.errors import BadInputError

SCALES = [(2.0, 2.0), (3.0, 3.0), (4.0, 4.0), (1.5, 1.5), (2.0, 3.0)]
SHAPES = [
    "gaussian:1.4,0.8,30",
    "gaussian:0.3",
    "disc:1.5",
    "disc:0.3",
    "motion:7,20",
    "motion:0",
    "box:2",
    "box:3,2.5",
]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("text", SHAPES)
def test_a_shape_is_whole_positive_and_in_the_middle(text, scale):
    kernel = Shape.parse(text).kernel(scale)
    assert kernel.taps.sum() == pytest.approx(1)
    assert kernel.taps.min() >= 0
    for size, origin, factor in zip(kernel.taps.shape, kernel.origin(scale), scale, strict=True):
        assert origin == (size - 1) / 2
        # The middle of the LR pixel lies on a tap or between two, so that nothing is interpolated when it is sampled.
        assert not float(factor).is_integer() or (size - factor) % 2 == 0
    np.testing.assert_allclose(kernel.taps, kernel.taps[::-1, ::-1], atol=1e-12)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(("along", "across", "angle"), [(1.4, 0.8, 30), (2.5, 1, 150), (3, 1.2, 90), (0.9, 0.6, 0)])
def test_a_gaussian_has_the_widths_and_the_angle_that_were_asked_for(along, across, angle, scale):
    kernel = Shape("gaussian", (along, across, angle)).kernel(scale)
    assert kernel.widths_px == pytest.approx((along, across), rel=0.01)
    assert kernel.angle_deg == pytest.approx(angle, abs=0.5) or (angle == 0 and kernel.angle_deg > 179.5)


def test_an_angle_turns_counter_clockwise_from_the_horizontal_axis():
    rising = Shape("motion", (9, 30)).kernel((1, 1)).taps
    rows, columns = rising.shape
    # 30 degrees: nearer to flat than to steep, and up on the right side.
    assert columns > rows
    assert rising[: rows // 2, columns // 2 + 1 :].sum() > 0.3
    assert rising[: rows // 2, : columns // 2].sum() == 0
    upright = Shape("motion", (9, 90)).kernel((1, 1))
    assert upright.taps.shape == (11, 1) or upright.taps[:, upright.taps.shape[1] // 2].sum() == pytest.approx(1)
    assert upright.angle_deg == pytest.approx(90)


def test_across_may_be_the_longer_one_and_an_angle_may_be_any():
    wide = Shape("gaussian", (0.8, 1.4, 120)).kernel((2, 2))
    np.testing.assert_allclose(wide.taps, Shape("gaussian", (1.4, 0.8, 30)).kernel((2, 2)).taps, atol=1e-12)
    assert Shape.parse("motion:7,-160") == Shape.parse("motion:7,20") == Shape.parse("MOTION:7.0,380")


def test_a_gaussian_is_integrated_over_its_taps():
    kernel = Shape.parse("gaussian:0.5").kernel((1, 1))
    sigma = math.sqrt(0.5**2 - 1 / 12)
    edges = np.arange(kernel.taps.shape[0] + 1) - kernel.taps.shape[0] / 2
    line = np.diff(erf(edges / sigma / math.sqrt(2)))
    np.testing.assert_allclose(kernel.taps, np.outer(line, line) / line.sum() ** 2, atol=1e-3)


def test_a_wide_gaussian_is_the_sampled_one_of_the_field():
    kernel = Shape.parse("gaussian:1.4").kernel((2, 2))
    offsets = np.arange(kernel.taps.shape[0]) - (kernel.taps.shape[0] - 1) / 2
    sampled = np.exp(-(offsets[:, None] ** 2 + offsets**2) / (2 * 1.4**2))
    assert np.abs(kernel.taps - sampled / sampled.sum()).sum() < 0.002


@pytest.mark.parametrize("radius", [1.0, 1.5, 2.7, 6.0])
@pytest.mark.parametrize("scale", [(1.0, 1.0), (2.0, 2.0)])
def test_a_disc_has_its_area_and_its_width(radius, scale):
    kernel = Shape("disc", (radius,)).kernel(scale)
    # Full taps weigh one pixel of the disc's area each.
    if radius >= 1.5:
        assert 1 / kernel.taps.max() == pytest.approx(math.pi * radius**2, rel=0.01)
    # A disc's variance along an axis is r²/4; sharing it among taps moves that by a tap's own at most.
    assert kernel.widths_px[0] ** 2 == pytest.approx(radius**2 / 4 + 1 / 12, abs=0.09)


@pytest.mark.parametrize("length", [3.0, 5.5, 12.0])
def test_a_line_has_its_length(length):
    kernel = Shape("motion", (length, 25)).kernel((3, 3))
    assert kernel.widths_px[0] ** 2 == pytest.approx(length**2 / 12, abs=0.17)
    assert kernel.widths_px[1] < 0.5
    assert kernel.angle_deg == pytest.approx(25, abs=1)


def test_a_box_of_the_scale_is_the_mean_of_its_pixels():
    kernel = Shape.parse("box:2").kernel((2, 2))
    np.testing.assert_array_equal(kernel.taps, np.full((2, 2), 0.25))
    np.testing.assert_allclose(Shape.parse("box:3").kernel((2, 2)).taps[0] * 9, [0.25, 0.5, 0.5, 0.25])
    hr = torch.rand(1, 1, 12, 10, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    torch.testing.assert_close(
        Degradation((2, 2), kernel).downscale(hr), torch.nn.functional.avg_pool2d(hr, 2), atol=1e-12, rtol=0
    )


@pytest.mark.parametrize("scale", [(2.0, 2.0), (3.0, 3.0), (4.0, 4.0), (2.0, 3.0)])
def test_the_bicubic_kernel_is_the_ideal_degradation(scale):
    hr = torch.rand(1, 1, 60, 72, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    ideal, drawn = (Degradation(scale, kernel).downscale(hr) for kernel in (None, bicubic_kernel(scale)))
    torch.testing.assert_close(ideal[..., 3:-3, 3:-3], drawn[..., 3:-3, 3:-3], atol=1e-6, rtol=0)


def test_a_round_shape_may_be_turned_and_a_line_may_not():
    assert Degradation((2, 2), Shape.parse("disc:1.5").kernel((2, 2))).orientations() == ORIENTATIONS
    assert len(Degradation((2, 2), Shape.parse("motion:7,20").kernel((2, 2))).orientations()) < 8


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
@pytest.mark.parametrize("scale", [*SCALES, (8.0, 8.0), (1.0, 1.0)])
def test_every_family_has_a_typical_shape_that_can_be_read_again(family, scale):
    shape = family.typical_shape(scale)
    assert Shape.parse(str(shape)) == shape
    assert shape.kernel(scale).name == str(shape)


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
@pytest.mark.parametrize("scale", [(2.0, 2.0), (3.0, 3.0)])
def test_the_ends_of_every_range_make_kernels(family, scale):
    for values in ([p.least for p in family.parameters], [p.most for p in family.parameters]):
        assert max(Shape(family.name, tuple(values)).kernel(scale).taps.shape) <= 64


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gauss:1", "no kernel shape 'gauss'"),
        ("gaussian", "takes 1 to 3"),
        ("gaussian:", "takes 1 to 3"),
        ("disc", "takes one number .radius., not 0; write it like disc:"),
        ("disc:1,2", "not 2"),
        ("disc:wide", "numbers behind the colon"),
        ("disc:nan", "out of range"),
        ("motion:inf", "out of range"),
        ("motion:5,inf", "out of range"),
        ("gaussian:-1", "out of range"),
        ("box:1000", "0.5 to 32"),
    ],
)
def test_what_is_no_shape_gets_a_sentence(text, said):
    with pytest.raises(BadInputError, match=said) as told:
        Shape.parse(text)
    assert str(told.value).endswith(".")


@pytest.mark.parametrize("factor", [0.75, 1.0, 4 / 3])
def test_a_kernel_is_stretched_about_its_centre(factor):
    rows, columns = np.indices((17, 15))
    taps = np.exp(-((rows - 6.3) ** 2) / 8 - (columns - 7.7 + rows / 4) ** 2 / 5)
    kernel = Kernel.from_array(taps, "mine.npy")
    other = stretched(kernel, factor, (2, 2))
    assert other.taps.sum() == pytest.approx(1)
    wanted = [math.sqrt((width**2 + 1 / 12) * factor**2 - 1 / 12 + 1 / 6) for width in kernel.widths_px]
    assert other.widths_px == pytest.approx(wanted, rel=0.05)
    assert other.angle_deg == pytest.approx(kernel.angle_deg, abs=1)
    assert other.centre_of_mass == pytest.approx([(n - 1) / 2 for n in other.taps.shape], abs=0.01)
    assert other.origin((2, 2)) == tuple((n - 1) / 2 for n in other.taps.shape)
    assert "mine.npy" in other.name


def test_a_kernel_is_stretched_along_each_axis():
    disc = Shape.parse("disc:4").kernel((2, 2))
    other = stretched(disc, (1.5, 0.75), (3, 1.5))
    assert other.widths_px == pytest.approx([2 * 1.5, 2 * 0.75], rel=0.05)
    assert other.angle_deg == pytest.approx(90, abs=1)
    assert "1.5 x 0.75" in other.name


def test_a_shape_is_stretched_in_its_lengths_only():
    assert Shape.parse("gaussian:1.4,0.8,30").stretched(0.5) == Shape.parse("gaussian:0.7,0.4,30")
    assert Shape.parse("disc:0.3").stretched(0.5) == Shape.parse("disc:0.3")
