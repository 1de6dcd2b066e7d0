"""Consistency, and where results differ."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from skimage import data

from zssr_studio.engine.config import Scale
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.kernels.choice import resolved
from zssr_studio.imaging.picture import Picture
from zssr_studio.kernel_choice import parse_kernel
from zssr_studio.methods import consistency
from zssr_studio.methods.scores import Disagreement, consistency_db


def photo(height: int, width: int) -> np.ndarray:
    return data.astronaut()[100 : 100 + height, 180 : 180 + width].astype(np.float32) / 255


def downscaled(pixels: np.ndarray, scale: Scale, kernel=None) -> np.ndarray:
    x = torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None]
    return Degradation(scale.factors, kernel).downscale(x)[0].permute(1, 2, 0).contiguous().numpy()


@pytest.mark.parametrize("told", ["bicubic", "gaussian:1.3,0.8,30"])
def test_what_was_downscaled_is_consistent_with_it(told, monkeypatch):
    kernel = resolved(parse_kernel(told), (2, 2))
    hr = photo(152, 80)
    lr, result = Picture(downscaled(hr, Scale(2, 2), kernel)), Picture(hr)
    assert consistency_db(result, lr, Scale(2, 2), kernel) > 100
    monkeypatch.setattr(consistency, "ROWS_AT_ONCE", 9)
    assert consistency_db(result, lr, Scale(2, 2), kernel) > 100


def test_a_lighter_result_is_less_consistent_by_as_much():
    lr = Picture(np.full((20, 10, 3), 0.4, np.float32))
    result = Picture(np.full((40, 20, 3), 0.5, np.float32))
    assert consistency_db(result, lr, Scale(2, 2)) == pytest.approx(20, abs=1e-3)
    assert consistency_db(Picture(np.full((40, 20, 3), 0.4, np.float32)), lr, Scale(2, 2)) > 100


def test_a_result_of_another_size_is_no_result():
    with pytest.raises(ValueError, match="none of"):
        consistency_db(Picture(np.zeros((4, 4, 3), np.float32)), Picture(np.zeros((3, 3, 3), np.float32)), Scale(2, 2))


def test_the_places_of_disagreement_are_found_the_largest_first():
    first = np.zeros((60, 80, 3), np.float32)
    second, third = first.copy(), first.copy()
    second[10:20, 50:60] = 0.5
    third[40:50, 5:15] = 0.9
    found = Disagreement()
    for pixels in (first, second, third):
        found.add(pixels)
    large, small, *_ = found.largest(14, 3)
    assert (large.top <= 40, large.top + 14 >= 50, large.left <= 5, large.left + 14 >= 15) == (True,) * 4
    assert (small.top <= 10, small.top + 14 >= 20, small.left <= 50, small.left + 14 >= 60) == (True,) * 4
    variance = np.var(np.stack([first, second, third])[..., 0], axis=0)
    np.testing.assert_allclose(found.squared / 3, variance, atol=1e-6)


def test_small_pictures_are_shown_whole_and_no_results_nowhere():
    found = Disagreement()
    assert found.largest(10, 3) == []
    found.add(np.zeros((5, 30, 1), np.float32))
    (crop, *_rest) = found.largest(10, 3)
    assert (crop.top, crop.height, crop.width) == (0, 5, 10)
    assert math.isfinite(found.squared.sum())
