"""No method moves the picture or tints it: each result lies in the place and has the colours of the bicubic one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from skimage import data

from tests import shared_folder
from tests.runs import returned
from zssr_studio.engine.config import Scale
from zssr_studio.engine.weights import LearnedFrom
from zssr_studio.imaging.picture import Picture
from zssr_studio.methods.interpolation import Interpolation, Rule
from zssr_studio.methods.method import Allowance
from zssr_studio.methods.registry import method_named
from zssr_studio.methods.zssr import Zssr

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.methods.method import Method

ON_PROCESSOR = Allowance(device="cpu", threads=1)
# In pixels of the picture. Chosen: corners that lie on corners where centres should move by a quarter at x2 and by more
# at larger scales; the released weights move by 0.05 at most.
STILL_PX = 0.1
# Of what keeps to the picture, and of what is made to please the eye: Fast-SRGAN takes 5 of 255 off the red. Chosen:
# red and blue of this photo, swapped, would be 57 off.
TINT, TINT_TO_PLEASE = 1 / 255, 8 / 255


def photo() -> Picture:
    return Picture(data.astronaut()[80:136, 180:236].astype(np.float32) / 255)


def moved_px(result: np.ndarray, still: np.ndarray) -> tuple[float, float]:
    """How far a result (H, W, C) lies below and right of another: the shift that explains most of what differs."""
    wanted, reference = result.mean(axis=2), still.mean(axis=2)
    slopes = np.stack(np.gradient(reference))[:, 6:-6, 6:-6].reshape(2, -1)
    away, *_ = np.linalg.lstsq(-slopes.T, (wanted - reference)[6:-6, 6:-6].ravel(), rcond=None)
    return float(away[0]), float(away[1])


@cache
def bicubic(scale: int) -> np.ndarray:
    return returned(Interpolation(Rule.BICUBIC).enlarge(photo(), Scale(scale, scale)))[1].pixels


def check(method: Method, scale: int) -> None:
    _, result = returned(method.enlarge(photo(), Scale(scale, scale), ON_PROCESSOR))
    assert moved_px(result.pixels, bicubic(scale)) == pytest.approx((0, 0), abs=STILL_PX * scale)
    tint = (result.pixels - bicubic(scale)).mean(axis=(0, 1))
    assert np.abs(tint).max() < (TINT_TO_PLEASE if method.learned_from is LearnedFrom.OUTSIDE_TO_PLEASE else TINT)


def test_what_is_moved_is_measured():
    from scipy.ndimage import shift

    for away in ((0.5, 0.0), (0.0, -0.5), (0.25, 0.25)):
        assert moved_px(shift(bicubic(2), (*away, 0), order=3, mode="nearest"), bicubic(2)) == pytest.approx(
            away, abs=0.05
        )


@pytest.mark.parametrize("key", ["nearest", "lanczos", "bicubic-bp", "recurrence", "selfex"])
@pytest.mark.parametrize("scale", [2, 3])
def test_what_needs_no_file_stays_in_its_place(key, scale):
    check(method_named(key), scale)


def test_zssr_stays_in_its_place():
    check(Zssr(steps=60), 2)


def released() -> list[Path]:
    """Files of weights beside the project that are read without a package of their own."""
    shared = shared_folder()
    kinds = (".mat", ".safetensors", ".pth", "FastSRGAN_x4.pt")
    return [] if shared is None else sorted(path for path in (shared / "models").iterdir() if path.name.endswith(kinds))


@pytest.mark.skipif(not released(), reason="the folder `shared` is not beside the project")
@pytest.mark.parametrize("path", released(), ids=lambda path: path.name)
def test_released_networks_stay_in_their_place(path):
    method = method_named(str(path))
    check(method, method.scale or 2)


@pytest.mark.skipif(not released(), reason="the folder `shared` is not beside the project")
@pytest.mark.parametrize("name", ["spanx2_ch48", "realesr-general-x4v3"])
def test_released_networks_of_ncnn_stay_in_their_place(name):
    pytest.importorskip("ncnn")
    method = method_named(str(released()[0].parent / "ncnn" / f"{name}.param"))
    check(method, method.scale)
