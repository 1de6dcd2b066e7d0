"""The width of a blur, from the strength of high frequencies against those that the low ones predict."""

import numpy as np
import pytest

from tests.unit.estimation.test_kernel_estimate import SCALE, found_and_true, small_version
from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel
from zssr_studio.engine.estimation.spectrum import luma
from zssr_studio.engine.estimation.width_correction import variance_correction
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.kernels.shapes import Shape


def blurred(variance_lr: float) -> np.ndarray:
    """The sample under a round Gaussian; the variance counts in pixels of the small picture."""
    return luma(small_version(Shape.parse(f"gaussian:{2 * variance_lr**0.5:.3f}").kernel(SCALE)))


def test_a_blur_wider_than_assumed_is_corrected():
    seen = blurred(0.5)
    narrow, right, wide = (variance_correction(seen, np.eye(2) * variance) for variance in (0.3, 0.5, 0.7))
    assert narrow > right > wide
    assert narrow - wide == pytest.approx(0.8 * 0.4, rel=0.5)
    assert right == pytest.approx(0, abs=0.15)


def test_a_turned_picture_has_the_same_width():
    seen, thought = blurred(0.4), np.array([[0.5, 0.1], [0.1, 0.3]])
    assert variance_correction(seen.T, thought.T[::-1, ::-1]) == pytest.approx(
        variance_correction(seen, thought), rel=1e-3
    )


@pytest.mark.parametrize("picture", [np.full((90, 120), 0.5), np.zeros((40, 33))])
def test_a_flat_picture_tells_nothing(picture):
    assert variance_correction(picture, np.eye(2) * 0.4) == 0


def test_a_narrow_blur_is_told_from_ordinary_downscaling():
    """Both are hardly blurred; one fits bicubic, the other does not."""
    narrow = small_version(Shape.parse("gaussian:1.3").kernel(SCALE))
    assert estimate_kernel(narrow, SCALE).kernel is not None
    assert estimate_kernel(small_version(None), SCALE).kernel is None


def test_the_widths_of_true_kernels_are_found_in_real_pictures():
    ratios = [_variance(found) / _variance(true) for found, true in found_and_true()]
    assert np.abs(np.log(ratios)).max() < 0.25


def _variance(kernel: Kernel) -> float:
    """Mean of both directions."""
    return float(np.square(kernel.widths_px).mean())
