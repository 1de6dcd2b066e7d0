"""Phase, borders and kernels: a shift of half a pixel must fail here."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.ndimage import correlate, shift

from tests import shared_folder
from zssr_studio.engine.config import enlarged_px
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.orientations import ORIENTATIONS
from zssr_studio.engine.degradation.resample import AxisMap, mirrored, resample, resize
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.errors import BadInputError

SCALES = [(2.0, 2.0), (1.5, 1.5), (2.0, 1.5), (3.0, 3.0), (4.0, 4.0), (1.37, 2.9), (1.0, 2.0)]


def gaussian(rows: int, columns: int, centre: tuple[float, float], sigma_px: float = 1.3) -> np.ndarray:
    r, c = np.indices((rows, columns))
    return np.exp(-((r - centre[0]) ** 2 + (c - centre[1]) ** 2) / (2 * sigma_px**2))


def smooth_scene(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """A continuous scene that is sampled at any position, in LR pixels."""
    return 0.5 + 0.2 * np.sin(rows[:, None] / 3.1 + 0.4) + 0.2 * np.cos(columns[None, :] / 2.7 + rows[:, None] / 9)


def sampled(height: int, width: int, scale: tuple[float, float]) -> torch.Tensor:
    rows = (np.arange(height) + 0.5) / scale[0] - 0.5
    columns = (np.arange(width) + 0.5) / scale[1] - 0.5
    return torch.from_numpy(smooth_scene(rows, columns))[None, None]


@pytest.mark.parametrize("scale", SCALES)
def test_enlarging_keeps_the_scene_in_place(scale):
    lr = sampled(40, 37, (1, 1))
    size = (enlarged_px(40, scale[0]), enlarged_px(37, scale[1]))
    out = Degradation(scale).upscale(lr, size)
    truth = sampled(*size, scale)
    inner = (..., slice(12, -12), slice(12, -12))
    assert (out - truth)[inner].abs().max() < 0.01
    # The same scene half an HR pixel away differs by several times that, so the bound would catch such a shift.
    rows, columns = ((np.arange(n) + (1.0 if s > 1 else 0.5)) / s - 0.5 for n, s in zip(size, scale, strict=True))
    moved = torch.from_numpy(smooth_scene(rows, columns))[None, None]
    assert (out - moved)[inner].abs().max() > 0.01


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(
    "kernel",
    [
        None,
        gaussian(11, 11, (5, 5)),
        gaussian(11, 11, (5.5, 5.5)),
        gaussian(12, 12, (5.5, 5.5)),
        gaussian(13, 10, (4.2, 6.1)),
    ],
)
def test_a_son_shows_the_scene_where_its_father_shows_it(scale, kernel):
    hr_size = (120, 118)
    father = sampled(*hr_size, scale)
    degradation = Degradation(scale, None if kernel is None else Kernel.from_array(kernel))
    son = degradation.downscale(father)
    assert son.shape[-2:] == degradation.son_size(*hr_size)
    truth = sampled(*son.shape[-2:], (1, 1))
    inner = (..., slice(8, -8), slice(8, -8))
    # Blur lowers the contrast but moves nothing: compare after fitting a gain and an offset.
    a, b = son[inner].flatten(), truth[inner].flatten()
    matrix = torch.stack([b, torch.ones_like(b)], dim=1)
    residual = a - matrix @ torch.linalg.lstsq(matrix, a[:, None]).solution[:, 0]
    assert residual.abs().max() < 0.02
    assert abs(float(a.mean() - b.mean())) < 0.01


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_a_placed_kernel_follows_the_fields_formula(scale):
    size = 11 if scale == 2 else 4 * scale + 5
    centre = size // 2 + (scale - size % 2) / 2
    kernel = gaussian(size, size, (centre, centre), 0.8 * scale)
    kernel = kernel / kernel.sum()
    hr = np.random.default_rng(1).random((6 * scale, 7 * scale))
    wanted = correlate(hr, kernel, mode="reflect")[::scale, ::scale]
    degradation = Degradation((scale, scale), Kernel.from_array(kernel))
    got = degradation.downscale(torch.from_numpy(hr)[None, None])[0, 0].numpy()
    np.testing.assert_allclose(got, wanted, atol=1e-12)


def test_a_kernel_is_taken_at_its_centre_of_mass_wherever_it_lies():
    father = sampled(80, 80, (2, 2))
    sons = [
        Degradation((2, 2), Kernel.from_array(np.pad(gaussian(9, 9, (4, 4)), pads))).downscale(father)
        for pads in ([(0, 0), (0, 0)], [(3, 0), (0, 5)], [(1, 6), (2, 0)])
    ]
    for son in sons[1:]:
        torch.testing.assert_close(son[..., 8:-8, 8:-8], sons[0][..., 8:-8, 8:-8], atol=1e-4, rtol=0)


def test_motion_kernels_of_others_do_not_move_the_picture():
    shared = shared_folder()
    if shared is None:
        pytest.skip("the benchmark data beside the project is missing")
    from scipy.io import loadmat

    father = sampled(140, 140, (2, 2))
    for taps in loadmat(shared / "data" / "kernels" / "kernels_12.mat")["kernels"].ravel():
        son = Degradation((2, 2), Kernel.from_array(taps)).downscale(father)[0, 0].numpy()
        truth = sampled(70, 70, (1, 1))[0, 0].numpy()
        errors = {}
        for offset in (-0.5, 0.0, 0.5):
            moved = shift(truth, (offset, offset), order=3, mode="nearest")
            a, b = son[25:-25, 25:-25].ravel(), moved[25:-25, 25:-25].ravel()
            errors[offset] = 1 - np.corrcoef(a, b)[0, 1]
        assert min(errors, key=errors.get) == 0.0


@pytest.mark.parametrize("scale", SCALES)
def test_a_constant_picture_stays_constant(scale):
    kernel = Kernel.from_array(gaussian(7, 8, (3, 3)))
    x = torch.full((1, 3, 23, 31), 0.37, dtype=torch.float64)
    for degradation in (Degradation(scale), Degradation(scale, kernel)):
        torch.testing.assert_close(degradation.downscale(x), torch.full_like(degradation.downscale(x), 0.37))
    out = Degradation(scale).upscale(x, (enlarged_px(23, scale[0]), enlarged_px(31, scale[1])))
    torch.testing.assert_close(out, torch.full_like(out, 0.37))


def test_our_bicubic_downscaling_is_the_fields():
    """The LR files of the benchmark were made by MATLAB's imresize from the HR files."""
    shared = shared_folder()
    if shared is None:
        pytest.skip("the benchmark data beside the project is missing")
    from PIL import Image

    for scale in (2, 3, 4):
        folder = shared / "data" / "Set5" / f"x{scale}"
        hr, lr = (
            np.asarray(Image.open(folder / f"img_001_SRF_{scale}_{kind}.png").convert("RGB"), dtype=np.float64)
            for kind in ("HR", "LR")
        )
        tensor = torch.from_numpy(hr).permute(2, 0, 1)[None]
        ours = Degradation((scale, scale)).downscale(tensor)[0].permute(1, 2, 0).numpy().clip(0, 255).round()
        # MATLAB rounds to 8 bits after each axis: an error of a level or more here and there is its own.
        assert np.abs(ours - lr).max() <= 4
        assert np.abs(ours - lr).mean() < 0.25
        assert np.abs(np.roll(ours, 1, axis=1) - lr).mean() > 2


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_mirroring_is_the_symmetric_padding_of_numpy(size):
    indices = mirrored(np.arange(-15, 15 + size), size)
    np.testing.assert_array_equal(indices, np.pad(np.arange(size), 15, mode="symmetric"))


def test_a_part_of_an_axis_equals_that_part_of_the_whole():
    x = torch.rand(1, 2, 700, 9, dtype=torch.float64)
    whole = resize(x, (1.37, 1), (959, 9))
    columns = AxisMap(1, 9, 0, 9)
    part = resample(x[..., 300:500, :], AxisMap(1.37, 700, 450, 640, in_start=300), columns)
    torch.testing.assert_close(part, whole[..., 450:640, :])


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_an_orientation_undone_is_the_identity(orientation):
    x = torch.rand(2, 3, 5, 8)
    assert torch.equal(orientation.undo(orientation.apply(x)), x)


def test_all_eight_orientations_differ():
    x = torch.arange(12.0).reshape(1, 1, 3, 4)
    seen = {tuple(o.apply(x).flatten().tolist()) for o in ORIENTATIONS}
    assert len(seen) == 8


def test_only_the_orientations_that_keep_the_degradation_are_used():
    count = lambda scale, taps=None: len(  # noqa: E731
        Degradation(scale, None if taps is None else Kernel.from_array(taps)).orientations()
    )
    assert count((2, 2)) == 8
    assert count((2, 1.5)) == 4
    assert count((2, 2), gaussian(11, 11, (5.5, 5.5))) == 8
    assert count((2, 2), gaussian(9, 9, (4, 4))) == 8
    rows, columns = np.indices((11, 11)) - 5
    slanted = np.exp(-((rows - columns) ** 2) / 2 - (rows + columns) ** 2 / 30)
    assert count((2, 2), slanted) == 4
    rng = np.random.default_rng(0)
    assert count((2, 2), slanted * (1 + rng.uniform(-0.25, 0.25, slanted.shape))) == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.zeros((3, 3)), "positive sum"),
        (-np.ones((3, 3)), "positive sum"),
        (np.full((3, 3), np.nan), "finite"),
        (np.ones((3, 3, 3)), "two dimensions"),
        (np.ones((65, 3)), "64"),
        (np.ones((0, 3)), "rows and columns"),
    ],
)
def test_what_is_no_kernel_is_refused_with_a_reason(values, said):
    with pytest.raises(BadInputError, match=said):
        Kernel.from_array(values)
