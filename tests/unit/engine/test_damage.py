"""Noise and compression: found in the picture, done to the sons, cleaned, and brought back as far as is wanted."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from PIL import Image
from skimage import data

from tests import shared_folder
from tests.runs import returned
from tests.unit.test_pipeline import finished
from zssr_studio.engine.config import PRESETS, Scale
from zssr_studio.engine.damage import LUMA, NO_DAMAGE, Damage, Noise
from zssr_studio.engine.degradation.corruption import Corruption
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.estimation.inspection import find_damage
from zssr_studio.engine.events import Notice, NoticeKind
from zssr_studio.engine.output.acceptance import Refinement, accepted
from zssr_studio.engine.output.validation import Validation
from zssr_studio.engine.training.pairs import Pairs
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.read import read_picture
from zssr_studio.job import Job
from zssr_studio.jpeg_tables import JpegTables
from zssr_studio.record.plain import damage_from, plain_damage
from zssr_studio.words.findings import damage_text

if TYPE_CHECKING:
    from zssr_studio.engine.network import Window

CPU = torch.device("cpu")


def photo() -> np.ndarray:
    return (data.astronaut()[::2, ::2] / 255).astype(np.float32)


def noisy(pixels: np.ndarray, std: float, gain: float = 0.0) -> np.ndarray:
    deviation = np.sqrt(std**2 + (gain * pixels) ** 2)
    corrupted = pixels + deviation * np.random.default_rng(7).standard_normal(pixels.shape)
    return (np.round(255 * np.clip(corrupted, 0, 1)) / 255).astype(np.float32)


def compressed(pixels: np.ndarray, **options) -> io.BytesIO:
    buffer = io.BytesIO()
    samples = np.round(255 * pixels).astype(np.uint8)
    Image.fromarray(samples[:, :, 0] if samples.shape[2] == 1 else samples).save(buffer, format="JPEG", **options)
    buffer.seek(0)
    return buffer


@pytest.mark.parametrize("sigma_255", [5, 10, 15, 25])
def test_even_noise_is_found_within_a_fifth_in_each_channel(sigma_255):
    found = find_damage(noisy(photo(), sigma_255 / 255))
    assert found.jpeg is None
    assert [found.noise.mean_std()] == pytest.approx([sigma_255 / 255], rel=0.2)
    assert found.noise.std == pytest.approx([sigma_255 / 255] * 3, rel=0.3)


@pytest.mark.parametrize("number", [7, 8, 9, 12, 15])
def test_little_noise_is_told_from_fine_texture_which_the_channels_share(number):
    shared = shared_folder()
    if shared is None:
        pytest.skip("the benchmark pictures are not beside the project")
    pixels = read_picture(shared / f"data/BSD100/x2/img_{number:03d}_SRF_2_LR.png").pixels
    assert find_damage(noisy(pixels, 4 / 255)).noise.mean_std() == pytest.approx(4 / 255, rel=0.2)


@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
def test_noise_that_the_channels_share_is_found_as_well(share):
    pixels, rng = photo(), np.random.default_rng(3)
    common, own = rng.standard_normal((*pixels.shape[:2], 1)), rng.standard_normal(pixels.shape)
    corrupted = pixels + 8 / 255 * (np.sqrt(share) * common + np.sqrt(1 - share) * own)
    found = find_damage((np.round(255 * np.clip(corrupted, 0, 1)) / 255).astype(np.float32)).noise
    assert found.mean_std() == pytest.approx(8 / 255, rel=0.2)


@pytest.mark.parametrize("sigma_255", [5, 15])
def test_noise_of_a_gray_picture_is_found(sigma_255):
    gray = noisy(photo()[:, :, 1:2], sigma_255 / 255)
    assert find_damage(gray).noise.std == pytest.approx([sigma_255 / 255], rel=0.2)


def test_noise_of_one_channel_is_told_of_that_channel():
    pixels = photo().copy()
    pixels[:, :, 2] = noisy(pixels, 0.06)[:, :, 2]
    red, _, blue = find_damage(pixels).noise.std
    assert blue > 0.045
    assert red < 0.02


def test_speckle_grows_with_the_light():
    found = find_damage(noisy(photo(), 0.0, 0.08)).noise
    assert found.grows
    assert found.mean_std(0.8) == pytest.approx(0.064, rel=0.25)
    assert not find_damage(noisy(photo(), 0.05)).noise.grows


def test_in_a_picture_without_noise_hardly_any_is_found():
    found = find_damage(photo())
    assert found.jpeg is None
    assert found.noise is None or found.noise.mean_std() < 0.01


@pytest.mark.parametrize(("quality", "subsampling"), [(45, (2, 2)), (75, (1, 1)), (80, (1, 2))])
def test_tables_are_read_from_the_file(tmp_path, quality, subsampling):
    named = {(1, 1): "4:4:4", (1, 2): "4:2:2", (2, 2): "4:2:0"}
    path = tmp_path / "photo.jpg"
    path.write_bytes(compressed(photo(), quality=quality, subsampling=named[subsampling]).getvalue())
    picture = read_picture(path)
    assert picture.jpeg == JpegTables.of_quality(quality, subsampling)
    assert picture.jpeg.quality == quality
    assert find_damage(picture.pixels, picture.jpeg) == Damage(jpeg=picture.jpeg)


def test_a_fine_jpeg_is_told_and_leaves_noise_to_be_found(tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(compressed(noisy(photo(), 0.05), quality=95).getvalue())
    picture = read_picture(path)
    found = find_damage(picture.pixels, picture.jpeg)
    assert found.jpeg == picture.jpeg
    # Compression keeps every second colour, and takes the finest noise away.
    assert 0.02 < found.noise.mean_std() < 0.06
    assert "quality 95" in damage_text(found)


@pytest.mark.parametrize(("quality", "top", "left"), [(30, 0, 0), (45, 3, 5), (75, 0, 2)])
def test_tables_are_found_from_the_blocks_wherever_they_begin(quality, top, left):
    decoded = np.asarray(Image.open(compressed(photo(), quality=quality)), np.float32) / 255
    found = find_damage(decoded[top:, left:])
    assert found.jpeg is not None
    assert abs(found.jpeg.quality - quality) <= 1


@pytest.mark.parametrize(("channels", "subsampling", "most"), [(1, 0, 0.2), (3, 0, 0.4), (3, 2, 0.9)])
def test_sons_are_compressed_as_the_library_does_it(channels, subsampling, most):
    pixels = photo()[:160, :160, :channels]
    options = {} if channels == 1 else {"subsampling": subsampling}
    decoded = Image.open(compressed(pixels, quality=45, **options))
    tables = JpegTables.of_quality(45, (2, 2) if subsampling else (1, 1))
    # A draw that lays the grid of the blocks at the picture's corner, where the library lays it.
    unit = 16 if subsampling else 8
    seed = next(s for s in range(10_000) if _draws(s, unit) == (0, 0))
    sons = torch.from_numpy(np.round(255 * pixels) / 255).permute(2, 0, 1)[None].float()
    ours = Corruption(Damage(jpeg=tables), CPU)(sons, torch.Generator().manual_seed(seed))
    theirs = np.asarray(decoded, np.float64).reshape(160, 160, channels)
    assert np.abs(255 * ours[0].permute(1, 2, 0).numpy() - theirs).mean() < most


def _draws(seed: int, unit: int) -> tuple[int, int]:
    generator = torch.Generator().manual_seed(seed)
    first, second = (int(torch.randint(unit, (), generator=generator)) for _ in range(2))
    return first, second


def test_sons_get_the_noise_that_was_found():
    noise = Noise((0.02, 0.04, 0.0), (0.0, 0.0, 0.1))
    sons = torch.full((4, 3, 64, 64), 0.5)
    corrupted = Corruption(Damage(noise=noise), CPU)(sons, torch.Generator().manual_seed(0))
    assert corrupted.std(dim=(0, 2, 3)).tolist() == pytest.approx([0.02, 0.04, 0.05], rel=0.05)


@pytest.mark.parametrize("bits", [8, 16])
def test_sons_are_rounded_and_cut_off_as_the_picture_was(bits):
    sons = torch.linspace(-0.1, 1.1, 999).reshape(1, 1, 27, 37)
    rounded = Corruption(NO_DAMAGE, CPU, bits)(sons, torch.Generator())
    levels = rounded.double() * (2**bits - 1)
    assert (levels - levels.round()).abs().max() < 0.01
    assert (rounded - sons.clamp(0, 1)).abs().max() <= 0.51 / (2**bits - 1)
    assert torch.equal(Corruption(NO_DAMAGE, CPU)(sons, torch.Generator()), sons)


@pytest.mark.parametrize(
    ("source_bits", "brightness", "wanted"),
    [(8, 1.0, 8), (16, 0.9, 16), (16, 1.0, 8), (32, 0.9, None), (32, 1.0, 8), (32, 1.5, None)],
)
def test_sons_are_rounded_as_the_picture_was(source_bits, brightness, wanted, monkeypatch):
    seen = {}

    class Told(Pairs):
        def __init__(self, stage, *others):
            seen[stage.degradation.scale, stage.index] = stage.bits
            super().__init__(stage, *others)

    monkeypatch.setattr("zssr_studio.engine.training.trainer.Pairs", Told)
    # At another brightness the values of a photograph of 8 bits lie between the levels.
    pixels = np.float32(brightness) * photo()[:48, :48]
    finished(Job(Picture(pixels, source_bits=source_bits), Scale(4, 4), steps=24, device="cpu"))
    # At x4 the picture is enlarged first, and then what came of it, which no file has rounded.
    stages = len(PRESETS["fast"].stages)
    assert list(seen.values()) == [wanted] * stages + [None] * stages


@pytest.mark.parametrize("kind", ["noise", "jpeg"])
def test_a_damaged_picture_is_cleaned_while_it_is_enlarged(kind):
    clean = photo()[:128, 64:192]
    small = np.asarray(Image.fromarray(np.round(255 * clean).astype(np.uint8)).resize((64, 64), Image.BICUBIC)) / 255
    if kind == "noise":
        corrupted, damage = noisy(small, 0.06), Damage(noise=Noise.even(0.06, 3))
    else:
        corrupted = np.asarray(Image.open(compressed(small, quality=25)), np.float32) / 255
        damage = Damage(jpeg=JpegTables.of_quality(25))
    events, result = finished(Job(Picture(corrupted.astype(np.float32)), damage=damage, steps=250, device="cpu"))
    assert not any(isinstance(e, Notice) and e.kind is NoticeKind.BEATEN for e in events)
    ours, bicubic = (float(((p.pixels - clean) ** 2).mean()) for p in (result.picture, result.bicubic))
    assert ours < 0.93 * bicubic


def test_grain_comes_back_as_far_as_it_is_wanted():
    picture = Picture(noisy(photo()[:64, 64:128], 0.06))
    damage = Damage(noise=Noise.even(0.06, 3))
    nearness = []
    for grain in (0.0, 0.5, 1.0):
        _, result = finished(Job(picture, damage=replace(damage, grain=grain), steps=40, device="cpu"))
        nearness.append(result.outcome.psnr_consistency_db)
    assert nearness[0] + 2 < nearness[1] < nearness[2] - 2


def luma_of(pixels: torch.Tensor) -> torch.Tensor:
    return (pixels * pixels.new_tensor(LUMA)[:, None, None]).sum(dim=1, keepdim=True)


def kept(lr: torch.Tensor, damage: Damage) -> torch.Tensor:
    """What a run would give whose network came to nothing, not cut off at 0 and 1: interpolation with its grain."""
    degradation = Degradation((2.0, 2.0))
    refinement = Refinement.of(PRESETS["fast"], lr, degradation, damage)

    def lost(son: torch.Tensor, window: Window) -> torch.Tensor:
        return window.enlarge(son) * torch.nan

    enlarger, is_network = accepted(lost, Validation(lr, degradation), degradation, refinement, is_result=True)
    assert not is_network
    return returned(enlarger.whole(lr, lr))[1]


@pytest.mark.parametrize(("luma", "colour"), [(0.8, 0.2), (0.0, 0.6), (0.7, 0.0)])
def test_brightness_and_colour_of_the_grain_come_back_apart(luma, colour):
    lr = torch.from_numpy(noisy(photo()[:48, 64:112], 0.06)).permute(2, 0, 1)[None]
    noise = Noise.even(0.06, 3)
    apart = kept(lr, Damage(noise, grain=luma, grain_colour=colour))
    as_luma, as_colour = (kept(lr, Damage(noise, grain=share)) for share in (luma, colour))
    assert (as_luma - as_colour).abs().max() > 0.01
    assert torch.allclose(luma_of(apart), luma_of(as_luma), atol=1e-6)
    assert torch.allclose(apart - luma_of(apart), as_colour - luma_of(as_colour), atol=1e-6)


def test_a_gray_picture_has_no_colour_to_keep():
    lr = torch.from_numpy(noisy(photo()[:48, 64:112, :1], 0.06)).permute(2, 0, 1)[None]
    noise = Noise.even(0.06, 1)
    assert torch.equal(kept(lr, Damage(noise, grain=0.5, grain_colour=0.1)), kept(lr, Damage(noise, grain=0.5)))


def test_what_was_cleaned_is_told_in_the_record():
    job = Job(Picture(photo()), damage=Damage(noise=Noise.even(0.05, 3)))
    assert "noise of about 5.0 %" in job.settings_line
    assert "comes back" not in job.settings_line
    apart = replace(job, damage=replace(job.damage, grain=0.5, grain_colour=0.1))
    assert "of which 50 % comes back, and 10 % of its colour" in apart.settings_line
    assert damage_from(plain_damage(apart.damage)) == apart.damage
    assert "cleaned" not in Job(Picture(photo()), damage=NO_DAMAGE).settings_line


def test_a_record_that_tells_one_share_is_read_with_that_for_all():
    plain = plain_damage(Damage(noise=Noise.even(0.05, 3), grain=0.3))
    del plain["grain_colour"]
    assert damage_from(plain).kept == (0.3, 0.3)
