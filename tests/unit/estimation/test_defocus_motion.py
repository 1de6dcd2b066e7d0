"""Pictures that are out of focus or shaken, told from those that are soft as a Gaussian makes them."""

import numpy as np
import pytest

from tests.unit.estimation.test_kernel_estimate import SCALE, angle_between, small_version
from zssr_studio.engine.damage import Damage, Noise
from zssr_studio.engine.estimation.gaussian import measure_blur
from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel
from zssr_studio.engine.estimation.spectrum import luma
from zssr_studio.engine.kernels.estimate import Finding
from zssr_studio.engine.kernels.shapes import Shape

DISCS = ["disc:2.4", "disc:3.2", "disc:5.5"]
LINES = ["motion:7,70", "motion:10,120", "motion:14,160"]


def blurred(text: str) -> np.ndarray:
    return small_version(Shape.parse(text).kernel(SCALE))


@pytest.mark.parametrize("text", DISCS)
def test_a_picture_out_of_focus_is_told_by_its_disc(text):
    found, true = estimate_kernel(blurred(text), SCALE), Shape.parse(text)
    assert found.sure
    assert found.kernel.name.startswith("estimated disc:")
    assert found.kernel.uncertainty > 0
    assert found.kernel.widths_px == pytest.approx(true.kernel(SCALE).widths_px, rel=0.05)
    assert found.finding is Finding.DEFOCUS
    assert found.lengths_px == pytest.approx(true.values, rel=0.05)


@pytest.mark.parametrize("text", LINES)
def test_a_shaken_picture_is_told_by_its_line(text):
    found, true = estimate_kernel(blurred(text), SCALE), Shape.parse(text)
    assert found.sure
    assert found.finding is Finding.MOTION
    assert found.lengths_px == pytest.approx(true.values[:1], rel=0.05)
    assert angle_between(found.angle_deg, true.values[1]) < 2
    assert found.kernel.name == f"estimated motion:{found.lengths_px[0]:g},{found.angle_deg:g}"


def test_a_line_lies_as_the_picture_does():
    """Turned by a quarter, a picture has its line turned by a quarter."""
    lr = blurred("motion:10,120")
    found, turned = (estimate_kernel(pixels, SCALE).kernel for pixels in (lr, np.rot90(lr).copy()))
    assert angle_between(turned.angle_deg, found.angle_deg + 90) < 2


@pytest.mark.parametrize("text", ["gaussian:1.2", "gaussian:2", "gaussian:3", "gaussian:3,1,30", "disc:1.2"])
def test_what_a_gaussian_fits_is_taken_for_one(text):
    assert measure_blur(luma(blurred(text))).disc_or_line is None


@pytest.mark.parametrize("scale", [(2.0, 2.0), (3.0, 3.0)])
def test_a_sharp_picture_is_neither(scale):
    assert measure_blur(luma(small_version(None, scale))).disc_or_line is None


@pytest.mark.parametrize("text", ["disc:3.2", "motion:14,160"])
def test_a_little_noise_does_not_hide_it(text):
    noise_std = 2 / 255
    lr = blurred(text)
    lr = lr + np.random.default_rng(0).normal(0, noise_std, lr.shape).astype(np.float32)
    seen = (lr.clip(0, 1) * 255).round() / np.float32(255)
    found = estimate_kernel(seen, SCALE, Damage(noise=Noise.even(noise_std, 3)))
    assert found.kernel.name.startswith(f"estimated {text.partition(':')[0]}")
    assert found.kernel.widths_px == pytest.approx(Shape.parse(text).kernel(SCALE).widths_px, rel=0.1)


def test_a_disc_grows_with_the_scale_of_each_axis():
    lr = blurred("disc:3.2")
    double, uneven = (estimate_kernel(lr, scale) for scale in (SCALE, (4.0, 2.0)))
    assert uneven.kernel.widths_px[0] == pytest.approx(2 * double.kernel.widths_px[0], rel=0.03)
    assert uneven.kernel.widths_px[1] == pytest.approx(double.kernel.widths_px[1], rel=0.03)
    assert uneven.kernel.angle_deg == pytest.approx(90, abs=1)
    assert uneven.lengths_px == pytest.approx((6.4, 3.2), rel=0.05)


def test_a_line_grows_with_the_scale_of_each_axis():
    """Twice as high, a line of 10 pixels at 45 degrees goes 7 to the right and 14 up."""
    uneven = estimate_kernel(blurred("motion:10,45"), (4.0, 2.0)).kernel
    length, angle = (float(value) for value in uneven.name.removeprefix("estimated motion:").split(","))
    assert length == pytest.approx(np.hypot(10, 20) / np.sqrt(2), rel=0.05)
    assert angle_between(angle, np.degrees(np.arctan(2))) < 2


@pytest.mark.parametrize("text", ["gaussian:3.5", "disc:7", "motion:20,45"])
def test_a_blur_that_is_larger_than_a_kernel_can_be_is_said_to_be(text):
    lr = blurred(text)
    small, large = (estimate_kernel(lr, (scale, scale)) for scale in (2.0, 8.0))
    assert not small.is_largest
    assert large.is_largest
    assert small.kernel.widths_px[0] < large.kernel.widths_px[0] < 4 * small.kernel.widths_px[0]


@pytest.mark.parametrize("background", [None, "disc:5.5"])
def test_a_picture_out_of_focus_otherwise_in_one_half_is_not_undone(background):
    """Such as a face before a background: what would be right for one would spoil the other."""
    soft = blurred("disc:3.2")
    other = small_version(None) if background is None else blurred(background)
    half = soft.shape[1] // 2
    found = estimate_kernel(np.concatenate([soft[:, :half], other[:, half:]], axis=1), SCALE)
    assert not found.sure
    assert found.kernel is None
    assert found.finding is Finding.BLURRED_DIFFERENTLY


def test_parts_that_are_out_of_focus_alike_agree():
    assert measure_blur(luma(blurred("disc:5.5"))).spread < 0.1
