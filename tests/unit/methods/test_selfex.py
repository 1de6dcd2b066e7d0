"""Self-exemplars: what repeats turned or slanted is found, and what is drawn is the same again."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from tests import shared_folder
from tests.runs import returned
from zssr_studio.engine.config import Scale
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.events import Enlarging, Started
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.picture import Picture
from zssr_studio.methods.interpolation import Interpolation, Rule
from zssr_studio.methods.method import Allowance
from zssr_studio.methods.selfex import rung
from zssr_studio.methods.selfex.enlarge import Settings, enlarged
from zssr_studio.methods.selfex.method import MOST_MEGAPIXELS, SelfExemplars
from zssr_studio.methods.selfex.planes import planes_of
from zssr_studio.methods.selfex.vanishing import vanishing_points

TWICE = (2.0, 2.0)


def facade(side_px: int, tiles: int = 12, oversampling: int = 4) -> np.ndarray:
    """A wall of tiles, seen from the side, which are larger towards the right: (side, side) in [0, 1]."""
    at = (np.arange(side_px * oversampling) + 0.5) / (side_px * oversampling)
    rows, columns = np.meshgrid(at, at, indexing="ij")
    depth = 1 + 1.2 * columns
    across, up = columns * 2.2 / depth * tiles, (rows - 0.4) / depth * tiles + 40.3
    tiles = ((across % 1) < 0.62) & ((up % 1) < 0.62)
    slanted = (across % 1) + (up % 1) < 0.62
    fine = 0.15 + 0.7 * tiles - 0.35 * slanted
    return fine.reshape(side_px, oversampling, side_px, oversampling).mean(axis=(1, 3)).astype(np.float32)


def turned_cells(side_px: int) -> np.ndarray:
    """Cells, and right of them the same turned by 40 degrees and half as large again: (side, side) in [0, 1]."""
    rng = np.random.default_rng(5)
    directions, phases = rng.uniform(0, 2 * np.pi, (2, 7))
    frequencies = rng.uniform(0.5, 0.8, 7)
    at = np.arange(side_px) - side_px / 2
    rows, columns = np.meshgrid(at, at, indexing="ij")
    cosine, sine, right = np.cos(0.7) / 1.5, np.sin(0.7) / 1.5, columns - side_px / 4
    down = np.where(columns < 0, rows, cosine * rows - sine * right)
    across = np.where(columns < 0, columns, sine * rows + cosine * right)
    summed = sum(
        np.cos(frequency * (np.cos(direction) * down + np.sin(direction) * across) + phase)
        for frequency, direction, phase in zip(frequencies, directions, phases, strict=True)
    )
    return (0.5 + 0.4 * np.tanh(4 * summed)).astype(np.float32)


def pair(hr: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A truth and its picture of half the size, both (H, W, 1)."""
    lr = Degradation(TWICE).downscale(torch.from_numpy(hr)[None, None], (hr.shape[0] // 2, hr.shape[1] // 2))
    return hr[:, :, None], lr.clamp(0, 1)[0].permute(1, 2, 0).contiguous().numpy()


def psnr_db(a: np.ndarray, b: np.ndarray) -> float:
    return -10 * math.log10(float(np.square(a - b)[4:-4, 4:-4].mean()))


def gained_db(hr: np.ndarray, *, transformed: bool) -> float:
    truth, small = pair(hr)
    _, found = returned(enlarged(small, TWICE, Settings(transformed=transformed)))
    _, bicubic = returned(Interpolation(Rule.BICUBIC).enlarge(Picture(small), Scale(*TWICE)))
    return psnr_db(found, truth) - psnr_db(bicubic.pixels, truth)


@pytest.mark.parametrize("made", [facade(72, tiles=6), turned_cells(96)], ids=["in perspective", "turned"])
def test_what_repeats_comes_back_better_if_it_may_be_turned_and_slanted(made):
    moved, transformed = (gained_db(made, transformed=transformed) for transformed in (False, True))
    assert moved > 1.5
    assert transformed > moved + 0.15


def test_a_wall_seen_from_the_side_is_a_plane_and_one_from_the_front_is_none():
    (plane,) = planes_of(facade(128, tiles=6), seed=0)
    horizon = plane.horizon / plane.horizon[2]
    # The depth of `facade` grows by 1.2 over its width and not over its height.
    assert float(horizon[1]) == pytest.approx(1.2, abs=0.05)
    assert float(horizon[0]) == pytest.approx(0, abs=0.05)
    front = np.tile(np.kron([[0.2, 0.8], [0.8, 0.2]], np.ones((8, 8))), (8, 8)).astype(np.float32)
    assert planes_of(front, seed=0) == ()


def test_a_patch_nearer_on_a_plane_is_wider_than_it_is_high():
    (plane,) = planes_of(facade(128, tiles=6), seed=0)
    far, near = torch.tensor([[0.5, 0.2]]), torch.tensor([[0.5, 0.8]])
    same = plane.shapes(near, near, (128, 128), 1.0)[0]
    torch.testing.assert_close(same, torch.eye(2), atol=1e-4, rtol=0)
    # Heights grow as the depth of `facade`, widths as its square.
    wider = plane.shapes(far, near, (128, 128), 1.0)[0]
    assert float(wider[1, 1] / wider[0, 0]) == pytest.approx((1 + 1.2 * 0.8) / (1 + 1.2 * 0.2), rel=0.05)


def test_noise_has_no_vanishing_points():
    noise = np.random.default_rng(0).random((64, 64), dtype=np.float32)
    assert vanishing_points(noise, np.random.default_rng(0)) == []


def test_the_same_seed_gives_the_same_bits_and_another_one_others():
    _, small = pair(facade(48))
    first, again, other = (returned(enlarged(small, TWICE, Settings(seed=seed)))[1] for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_blocks_meet_without_a_seam(monkeypatch):
    _, small = pair(turned_cells(72))
    _, whole = returned(enlarged(small, TWICE, Settings()))
    monkeypatch.setattr(rung, "BLOCK_PX", 36)
    _, parts = returned(enlarged(small, TWICE, Settings()))
    # The search draws other places, so that they are not the same; at a seam they would differ more than elsewhere.
    difference = np.abs(whole - parts)[:, :, 0]
    assert difference[34:38].mean() < 2 * difference.mean() + 1e-4


@pytest.mark.parametrize(
    ("is_transformed", "scale", "shape"),
    [
        (True, Scale(2, 2), (20, 26, 3)),
        (True, Scale(1.37, 1.37), (17, 12, 1)),
        (False, Scale(3, 3), (9, 14, 3)),
        (True, Scale(4, 4), (8, 8, 1)),
        (True, Scale(1.5, 1), (3, 4, 3)),
        (False, Scale(2, 2), (1, 1, 1)),
        (True, Scale(1, 1), (5, 6, 3)),
    ],
)
def test_any_picture_by_any_scale(is_transformed, scale, shape):
    picture = Picture(np.random.default_rng(0).random(shape, dtype=np.float32))
    events, result = returned(SelfExemplars(is_transformed).enlarge(picture, scale, Allowance(threads=1)))
    assert result.pixels.shape == (*scale.out_size(*shape[:2]), shape[2])
    assert np.isfinite(result.pixels).all()
    assert isinstance(events[0], Started)
    shares = [event.progress for event in events if isinstance(event, Enlarging)]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)


def test_a_constant_stays_what_it_is():
    flat = Picture(np.full((14, 11, 3), 0.3, np.float32))
    _, result = returned(SelfExemplars().enlarge(flat, Scale(2, 2)))
    np.testing.assert_allclose(result.pixels, 0.3, atol=1e-4)


def test_a_result_meets_its_picture():
    _, small = pair(facade(64))
    _, large = returned(enlarged(small, TWICE, Settings()))
    again = Degradation(TWICE).downscale(torch.from_numpy(large[:, :, 0])[None, None], small.shape[:2])
    assert psnr_db(again[0].permute(1, 2, 0).numpy(), small) > 45


def test_a_run_that_is_closed_is_discarded():
    work = SelfExemplars().enlarge(Picture(np.full((16, 16, 3), 0.3, np.float32)), Scale(2, 2))
    assert isinstance(next(work), Started)
    next(work)
    work.close()
    with pytest.raises(StopIteration):
        next(work)


def test_days_of_work_are_refused_before_any():
    wide = Picture(np.broadcast_to(np.float32(0), (4100, 4100, 1)).copy())
    with pytest.raises(BadInputError, match=f"more than {MOST_MEGAPIXELS} megapixels"):
        SelfExemplars().check(wide, Scale(2, 2))


def test_butterfly_comes_near_the_published_figure():
    shared = shared_folder()
    if shared is None:
        pytest.skip("the folder `shared` is not beside the project")
    from PIL import Image

    path = shared / "data" / "Set5" / "x2" / "img_003_SRF_2_LR.png"
    with Image.open(path) as small, Image.open(str(path).replace("_LR", "_HR")) as large:
        box = (40, 30, 104, 94)
        lr = np.asarray(small.convert("RGB").crop(box), np.float32) / 255
        hr = np.asarray(large.convert("RGB").crop(tuple(2 * side for side in box)), np.float32) / 255
    _, result = returned(enlarged(lr, TWICE, Settings()))
    _, bicubic = returned(Interpolation(Rule.BICUBIC).enlarge(Picture(lr), Scale(*TWICE)))
    assert psnr_db(result, hr) > psnr_db(bicubic.pixels, hr) + 2.5


def test_a_gray_picture_whose_pixels_are_read_only_is_enlarged_without_a_warning():
    picture = Picture(np.full((6, 7, 1), 0.5, np.float32))
    assert not picture.pixels.flags.writeable
    torch.set_warn_always(True)
    try:
        _, result = returned(SelfExemplars(is_transformed=False).enlarge(picture, Scale(2, 2)))
    finally:
        torch.set_warn_always(False)
    assert result.pixels.shape == (12, 14, 1)
