"""Networks of others over whole pictures: colours, scales, blocks, the self-ensemble."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from skimage import data

from tests.runs import returned
from tests.samples import made_networks as made
from tests.samples.released_networks import set5_db
from zssr_studio.engine.config import Scale
from zssr_studio.engine.events import Enlarging, Notice, NoticeKind, Started
from zssr_studio.engine.psnr_ssim import LUMA_OFFSET, LUMA_WEIGHTS
from zssr_studio.engine.weights import LearnedFrom
from zssr_studio.errors import BadInputError, FailureError
from zssr_studio.imaging.picture import Picture
from zssr_studio.methods.interpolation import Interpolation, Rule
from zssr_studio.methods.method import Allowance
from zssr_studio.methods.networks import blocks
from zssr_studio.methods.networks.file_method import FileMethod
from zssr_studio.methods.networks.recognition import recognised

ON_PROCESSOR = Allowance(device="cpu", threads=1)


def photo(height: int = 37, width: int = 30, channels: int = 3) -> np.ndarray:
    pixels = data.astronaut()[100 : 100 + height, 180 : 180 + width].astype(np.float32) / 255
    return pixels if channels == 3 else np.ascontiguousarray(pixels[:, :, :1])


def method(module: torch.nn.Module, told_scale: int | None = None) -> FileMethod:
    return FileMethod(Path("net.pth"), recognised(module.state_dict()), told_scale)


def enlarged(by: FileMethod, picture: Picture, scale: Scale) -> tuple[list, Picture]:
    return returned(by.enlarge(picture, scale, ON_PROCESSOR))


@pytest.mark.parametrize(
    ("module", "scale"),
    [(made.Edsr(3), 3), (made.Rrdb(2), 2), (made.Compact(4), 4), (made.Vdsr(), 2), (made.Srcnn(), 2)],
    ids=["edsr", "rrdb folded", "compact", "vdsr", "srcnn"],
)
def test_blocks_equal_the_whole(module, scale, monkeypatch):
    by, picture = method(module), Picture(photo(150, 139))
    events, whole = enlarged(by, picture, Scale(scale, scale))
    cut = blocks.Plan(40, -(-by.network.halo_px // 2) * 2, is_exact=True)
    monkeypatch.setattr("zssr_studio.methods.networks.file_method.plan", lambda *_: cut)
    told, parts = enlarged(by, picture, Scale(scale, scale))
    np.testing.assert_allclose(parts.pixels, whole.pixels, atol=2e-5)
    assert isinstance(events[0], Started)
    assert events[0].parameters == by.network.parameters
    assert sum(isinstance(one, Enlarging) for one in told) > 8


def test_luma_networks_enhance_the_luma_and_leave_the_colours_to_bicubic():
    pixels = photo()
    by = method(made.Vdsr())
    _, result = enlarged(by, Picture(pixels), Scale(2, 1.5))
    bicubic = returned(Interpolation(Rule.BICUBIC).enlarge(Picture(pixels), Scale(2, 1.5), ON_PROCESSOR))[1]
    weights = np.array(LUMA_WEIGHTS) / 255
    y = torch.from_numpy(bicubic.pixels @ weights + LUMA_OFFSET / 255).float()[None, None]
    with torch.no_grad():
        wanted = by.network(y)[0, 0].numpy()
    inside = (slice(9, -9), slice(9, -9))
    clear = np.all((result.pixels > 0.01) & (result.pixels < 0.99), axis=2)[inside]
    got = (result.pixels @ weights + LUMA_OFFSET / 255)[inside]
    np.testing.assert_allclose(got[clear], wanted[inside][clear], atol=2e-4)
    colours = (result.pixels[:, :, 0] - result.pixels[:, :, 1])[inside]
    np.testing.assert_allclose(
        colours[clear], (bicubic.pixels[:, :, 0] - bicubic.pixels[:, :, 1])[inside][clear], atol=2e-4
    )


def test_gray_pictures_and_alpha_go_through_each_kind():
    alpha = np.linspace(0.2, 1, 37 * 30, dtype=np.float32).reshape(37, 30)
    for module in (made.Vdsr(), made.Edsr(2)):
        _, result = enlarged(method(module), Picture(photo(channels=1), alpha, source_bits=16), Scale(2, 2))
        assert result.pixels.shape == (74, 60, 1)
        assert result.alpha.shape == (74, 60)
        assert result.source_bits == 16


def test_the_self_ensemble_is_the_mean_over_flips_and_rotations():
    by, pixels = method(made.Edsr(2)), photo(24, 18)
    x = torch.from_numpy(pixels).permute(2, 0, 1)[None]
    with torch.no_grad():
        total = torch.zeros(1, 3, 48, 36)
        for turns in range(4):
            for flips in ((), (-1,)):
                given = by.network(torch.rot90(x, turns, (-2, -1)).flip(flips))
                total += torch.rot90(given.flip(flips), -turns, (-2, -1)) / 8
    _, result = enlarged(by.with_ensemble, Picture(pixels), Scale(2, 2))
    np.testing.assert_allclose(result.pixels, total[0].permute(1, 2, 0).clamp(0, 1).numpy(), atol=1e-5)
    assert by.with_ensemble.name == "EDSR+, 3 blocks of 12 channels (net.pth)"


@pytest.mark.parametrize("size", [(1, 1), (2, 9), (15, 1)])
@pytest.mark.parametrize("module", [made.Rrdb(2), made.Srgan(), made.Srcnn()], ids=["rrdb", "srgan", "srcnn"])
def test_tiny_pictures_are_enlarged(module, size):
    by = method(module)
    scale = by.scale or 3
    _, result = enlarged(by, Picture(photo(*size)), Scale(scale, scale))
    assert result.pixels.shape == (scale * size[0], scale * size[1], 3)
    assert np.isfinite(result.pixels).all()


def test_another_scale_than_the_networks_is_refused():
    picture = Picture(photo())
    with pytest.raises(BadInputError, match="enlarges by 4 only, not by 2"):
        method(made.Compact(4)).check(picture, Scale(2, 2))
    with pytest.raises(BadInputError, match="enlarges by 3 only, not by 2x3"):
        method(made.Srcnn(), told_scale=3).check(picture, Scale(2, 3))
    with pytest.raises(BadInputError, match="up to 4, not for 5"):
        method(made.Vdsr()).check(picture, Scale(5, 5))
    method(made.Vdsr()).check(picture, Scale(1.5, 2.5))


def test_a_network_that_depends_on_the_whole_says_so_where_memory_does_not_take_that(monkeypatch):
    by = method(made.Compact(2))
    by = replace(by, network=replace(by.network, halo_px=None))
    monkeypatch.setattr("zssr_studio.methods.networks.file_method.budget_for_output", lambda *_: 1e6)
    events, _ = enlarged(by, Picture(photo(170, 60)), Scale(2, 2))
    assert Notice(NoticeKind.BLOCKS_DIFFER) in events


def test_little_memory_makes_small_blocks():
    network = recognised(made.Compact(2).state_dict())
    per_px = blocks.bytes_per_px(network)
    assert per_px >= 3 * 4 * 12
    assert blocks.plan(network, (300, 400), per_px, 1e9).side_px is None
    small = blocks.plan(network, (3000, 4000), per_px, per_px * 150**2)
    assert small.side_px + 2 * small.halo_px <= 150
    assert small.is_exact
    smallest = blocks.plan(network, (3000, 4000), per_px, per_px * 70**2)
    assert (smallest.side_px, smallest.is_exact) == (64, False)


def test_a_network_that_fails_says_so_in_a_sentence():
    by = method(made.Compact(2))
    broken = replace(by, network=replace(by.network, module=torch.nn.Conv2d(5, 3, 3), bytes_per_px=1.0))
    with pytest.raises(FailureError, match=r"net\.pth failed"):
        enlarged(broken, Picture(photo()), Scale(2, 2))


def test_what_others_trained_is_labelled():
    assert method(made.Vdsr()).learned_from is LearnedFrom.OUTSIDE_PICTURES
    assert method(made.Rrdb()).learned_from is LearnedFrom.OUTSIDE_TO_PLEASE


# Mean PSNR over Set5 in dB, as the weights' authors publish it or as it was measured apart from this program.
SET5 = [
    ("SRCNN_9-1-5_91_x2.mat", 2, 36.37),
    ("SRCNN_9-5-5_ImageNet_x2.mat", 2, 36.68),
    ("SRCNN_9-5-5_ImageNet_x3.mat", 3, 32.77),
    ("SRCNN_9-5-5_ImageNet_x4.mat", 4, 30.50),
    ("VDSR_Official.mat", 3, 33.66),
    ("EDSR-8-x2.safetensors", 2, 37.80),
    ("FastSRGAN_x4.pt", 4, 29.39),
    ("rlfn_x4.pth", 4, 32.24),
]


@pytest.mark.parametrize(("name", "scale", "wanted_db"), SET5)
def test_released_weights_reach_their_figures(name, scale, wanted_db):
    assert set5_db(name, scale) == pytest.approx(wanted_db, abs=0.03)
