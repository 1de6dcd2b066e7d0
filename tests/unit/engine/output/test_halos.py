"""Edges of a result come out without halos, where the kernel that was undone was only guessed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from skimage import data

from zssr_studio.engine.config import FAST, Ensemble, Scale
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.regions import Region
from zssr_studio.engine.estimation.edges.sharpening import overshoots_of_edges
from zssr_studio.engine.events import Notice, NoticeKind
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.engine.network import build
from zssr_studio.engine.output import halos
from zssr_studio.engine.output.enlarger import Enlarger
from zssr_studio.engine.output.halos import MOST_OVERSHOOT, share_without_halos
from zssr_studio.engine.output.validation import Validation
from zssr_studio.engine.relay import returned
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job
from zssr_studio.pipeline import upscale

GUESSED = replace(Shape.parse("gaussian:1.5").kernel((2.0, 2.0)), uncertainty=0.18)


def picture() -> np.ndarray:
    """Part of a photo with edges in all directions, shape (120, 160, 1)."""
    return (data.camera()[60:300:2, 100:420:2].astype(np.float32) / 255)[:, :, None]


class Sharpener(torch.nn.Module):
    """Adds so many times what a wide Gaussian takes from the interpolation: halos, as of a kernel that is too wide."""

    lr_halo_px, hr_halo_px = 8, 8

    def __init__(self, amount: float) -> None:
        super().__init__()
        self.amount = amount

    def forward(self, lr, window, orientation=None):
        plain = window.enlarge(lr)
        soft = torch.nn.functional.avg_pool2d(plain, 7, stride=1, padding=3, count_include_pad=False)
        return plain + self.amount * (plain - soft)


def enlarger(amount: float, kernel=GUESSED) -> Enlarger:
    degradation = Degradation((2.0, 2.0), kernel)
    return Enlarger(Sharpener(amount), (2.0, 2.0), degradation, 0, Ensemble.MEAN, degradation.orientations()[:1])


def lr_of(pixels: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(pixels).permute(2, 0, 1)[None]


def overshoot(x: torch.Tensor, lr: torch.Tensor) -> float:
    plain = Degradation((2.0, 2.0)).upscale(lr, (x.shape[-2], x.shape[-1]))
    (found,) = overshoots_of_edges(plain[0, 0].double().numpy(), x[0, 0].double().numpy())
    return found


def test_halos_are_held_back_to_what_sharp_pictures_have():
    lr, made = lr_of(picture()), enlarger(4.0)
    before = overshoot(returned(made.whole(lr, lr)), lr)
    assert before > 1.5 * MOST_OVERSHOOT
    held = replace(made, taken=share_without_halos(made, lr))
    assert 0 < held.taken < 1
    assert overshoot(returned(held.whole(lr, lr)), lr) == pytest.approx(MOST_OVERSHOOT, abs=0.05)


def test_a_result_without_halos_is_taken_whole():
    lr = lr_of(picture())
    assert share_without_halos(enlarger(0.3), lr) == 1


@pytest.mark.parametrize("kernel", [None, replace(GUESSED, uncertainty=0.0)])
def test_only_a_kernel_that_was_guessed_is_doubted(kernel):
    lr = lr_of(picture())
    assert share_without_halos(enlarger(4.0, kernel), lr) == 1


def test_a_plain_or_tiny_picture_says_nothing():
    assert share_without_halos(enlarger(4.0), torch.full((1, 3, 60, 60), 0.5)) == 1
    assert share_without_halos(enlarger(4.0), torch.rand(1, 3, 7, 5)) == 1


def test_interpolation_is_left_as_it_is():
    lr = lr_of(picture())
    assert share_without_halos(replace(enlarger(4.0), network=None), lr) == 1


def test_a_region_equals_that_part_of_the_whole():
    lr = lr_of(picture())
    network = build(replace(FAST, width=8), 1, (2.0, 2.0), torch.Generator().manual_seed(3))
    made = replace(enlarger(0.0), network=network, taken=0.4)
    whole = returned(made.whole(lr, lr))
    for region in (Region((0, 0), (40, 50)), Region((31, 33), (200, 99))):
        part = returned(made.region(lr, lr, region)).pixels
        torch.testing.assert_close(part, region.cut(whole), atol=1e-5, rtol=0)


def test_a_run_says_that_halos_were_held_back(monkeypatch):
    # A run of a few steps makes hardly any, so less is allowed.
    monkeypatch.setattr(halos, "MOST_OVERSHOOT", 0.03)
    # After a few steps the network would be refused, and interpolation has no halos.
    monkeypatch.setattr(Validation, "interpolation_rmse", lambda *_: 1.0)
    wide = replace(Shape.parse("gaussian:3.2").kernel((2.0, 2.0)), uncertainty=0.1)
    job = Job(Picture(picture()), Scale(2, 2), kernel=wide, steps=120, device="cpu")
    events: list[object] = []
    result = returned(upscale(job, previews=False), events.append)
    (told,) = (one for one in events if isinstance(one, Notice) and one.kind is NoticeKind.HALOS)
    assert 0 <= told.values["percent"] < 100
    plain, made = (one.pixels[:, :, 0].astype(np.float64) for one in (result.bicubic, result.picture))
    assert overshoots_of_edges(plain, made)[0] < overshoots_of_edges(plain, plain)[0] + 0.05
