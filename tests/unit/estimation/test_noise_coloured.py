"""Noise that neighbours share: found with its strength, its grain and its levels, and given to the sons as it is."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image
from scipy.ndimage import gaussian_filter
from skimage import data

from tests import shared_folder
from zssr_studio.engine.damage import ColouredNoise, Damage, Noise
from zssr_studio.engine.degradation.corruption import Corruption
from zssr_studio.engine.degradation.noise_field import field_of
from zssr_studio.engine.estimation.inspection import find_damage
from zssr_studio.engine.estimation.noise.coloured import estimate_coloured_noise
from zssr_studio.engine.estimation.spectrum import NoiseFloor
from zssr_studio.resource import SAMPLE_PHOTO, resource_path
from zssr_studio.words.findings import damage_text

SOFT_PX = 0.7
STD = 0.03


def scene() -> np.ndarray:
    """A photo at half its size, a little soft as scans are: sharp texture is not to be told from noise."""
    photo = data.astronaut()[::1, ::1].astype(np.float64) / 255
    return gaussian_filter(photo, (1.2, 1.2, 0))[::2, ::2]


def grain(shape: tuple[int, ...], width_px: float, std: float, seed: int = 3) -> np.ndarray:
    """Noise that neighbours share, and the channels in part."""
    rng = np.random.default_rng(seed)
    noise = 0.8 * rng.normal(size=(*shape[:2], 1)) + 0.6 * rng.normal(size=shape)
    if width_px:
        noise = gaussian_filter(noise, (width_px, width_px, 0))
    return noise * std / noise.std()


def eight_bits(pixels: np.ndarray) -> np.ndarray:
    return (np.rint(255 * pixels.clip(0, 1)) / 255).astype(np.float32)


def grainy(width_px: float = SOFT_PX, std: float = STD) -> np.ndarray:
    picture = scene()
    return eight_bits(picture + grain(picture.shape, width_px, std))


@pytest.mark.parametrize("std", [0.015, 0.03, 0.05])
def test_the_strength_of_grain_is_found(std):
    found = estimate_coloured_noise(grainy(std=std))
    assert found.mean_std() == pytest.approx(std, rel=0.2)


@pytest.mark.parametrize("std", [0.016, 0.024, 0.035])
@pytest.mark.parametrize("width_px", [0.6, 0.9])
def test_the_strength_of_grain_is_found_where_fur_is_everywhere(std, width_px):
    with Image.open(resource_path(SAMPLE_PHOTO)) as image:
        photo = np.asarray(image.convert("RGB"), np.float64) / 255
    fur = gaussian_filter(photo, (0.8, 0.8, 0))
    found = estimate_coloured_noise(eight_bits(fur + grain(fur.shape, width_px, std)))
    assert found.mean_std() == pytest.approx(std, rel=0.2)


@pytest.mark.parametrize("width_px", [0.5, 0.7, 0.9])
def test_the_size_of_grain_is_found_in_a_scene_as_on_plain_paper(width_px):
    paper = np.full((256, 256, 3), 0.5)
    plain = estimate_coloured_noise(eight_bits(paper + grain(paper.shape, width_px, STD)))
    assert estimate_coloured_noise(grainy(width_px)).grain_px == pytest.approx(plain.grain_px, rel=0.25)
    assert plain.grain_px == pytest.approx(width_px, rel=0.25)


@pytest.mark.parametrize("width_px", [0.0, SOFT_PX])
def test_the_noise_of_a_picture_that_is_cut_out_or_framed_is_that_of_the_picture(width_px):
    """What lies where it is transparent is a colour or two, and so is a frame: neither is a part without noise."""
    picture = scene()
    whole = eight_bits(picture + grain(picture.shape, width_px, STD))
    cut_out = whole.copy()
    cut_out[:, :70], cut_out[:40] = np.float32(160 / 255), np.float32(90 / 255)
    own, found = (find_damage(pixels).noise for pixels in (whole[40:, 70:], cut_out))
    assert found.luma_std() == pytest.approx(own.luma_std(), rel=0.1)


def test_noise_that_grows_with_the_light_is_followed():
    picture = scene()
    light = picture.mean(axis=2, keepdims=True)
    found = estimate_coloured_noise(eight_bits(picture + grain(picture.shape, SOFT_PX, 1.0) * (0.01 + 0.05 * light)))
    dark, bright = found.luma_std(0.2), found.luma_std(0.8)
    assert bright > 1.5 * dark


def test_a_picture_without_noise_has_none():
    assert estimate_coloured_noise(eight_bits(scene())) is None
    assert estimate_coloured_noise(np.full((64, 64, 3), 0.5, np.float32)) is None
    assert estimate_coloured_noise(np.zeros((4, 40, 3), np.float32)) is None


@pytest.mark.parametrize("photo", [data.astronaut, data.chelsea])
def test_grain_is_told_from_the_texture_of_a_sharp_photo(photo):
    pixels = photo()[: photo().shape[0] // 2 * 2, : photo().shape[1] // 2 * 2] / 255
    halved = pixels.reshape(pixels.shape[0] // 2, 2, pixels.shape[1] // 2, 2, 3).mean(axis=(1, 3))
    assert estimate_coloured_noise(eight_bits(halved)) is None
    assert estimate_coloured_noise(eight_bits(halved + grain(halved.shape, 0.6, 0.04))) is not None


def test_sharp_pictures_are_not_taken_for_noisy():
    shared = shared_folder()
    if shared is None:
        pytest.skip("the folder `shared` with the benchmark pictures is not beside the project")
    found = []
    for name in ("BSD100/x2", "Set14/x2", "Set5/x2"):
        for path in sorted((shared / "data" / name).glob("*_LR.png")):
            with Image.open(path) as image:
                pixels = np.asarray(image.convert("RGB"), np.float32) / 255
            if estimate_coloured_noise(pixels) is not None:
                found.append(f"{name} {path.stem}")
    assert not found


def test_white_noise_stays_white():
    picture = scene()
    found = find_damage(eight_bits(picture + np.random.default_rng(1).normal(0, STD, picture.shape)))
    assert isinstance(found.noise, Noise)


def test_what_was_found_is_given_to_the_sons():
    noise = estimate_coloured_noise(grainy())
    sons = torch.full((16, 3, 48, 48), 0.5)
    made = Corruption(Damage(noise=noise), torch.device("cpu"))(sons, torch.Generator().manual_seed(0)) - 0.5
    assert float(made.std()) == pytest.approx(noise.mean_std(), rel=0.1)
    # Neighbours share it as they do in the picture.
    field = grain((256, 256, 3), SOFT_PX, STD)
    assert _neighbours(made.permute(0, 2, 3, 1).numpy()) == pytest.approx(_neighbours(field[None]), abs=0.12)
    # Brighter sons get what the picture has at their brightness.
    uneven = ColouredNoise(noise.power, (0.0, 1.0), (0.5, 1.5))
    dark, bright = (
        Corruption(Damage(noise=uneven), torch.device("cpu"))(
            torch.full((16, 3, 48, 48), value), torch.Generator().manual_seed(0)
        ).std()
        for value in (0.25, 0.75)
    )
    assert float(bright / dark) == pytest.approx(1.25 / 0.75, rel=0.05)


def _neighbours(noise: np.ndarray) -> float:
    """Correlation of horizontal neighbours, of (N, H, W, C)."""
    luma = noise.mean(axis=-1)
    return float((luma[:, :, 1:] * luma[:, :, :-1]).mean() / (luma**2).mean())


def test_a_field_is_periodic_and_the_same_each_time():
    noise = estimate_coloured_noise(grainy())
    field = field_of(noise)
    field_of.cache_clear()
    assert np.array_equal(field, field_of(noise))
    across_the_edge = np.abs(field[:, 0] - field[:, -1]).mean()
    assert across_the_edge == pytest.approx(np.abs(np.diff(field, axis=1)).mean(), rel=0.15)


def test_gray_pictures_have_one_component():
    found = estimate_coloured_noise(grainy().mean(axis=2, keepdims=True))
    assert found.channels == 1
    assert field_of(found).shape[0] == 1
    assert found.luma_std() == found.mean_std()


def test_the_floor_of_the_spectrum_is_that_of_the_noise():
    noise = estimate_coloured_noise(grainy())
    floor, white = NoiseFloor.of(noise), NoiseFloor.of(Noise.even(0.02, 3))
    assert white.shape == pytest.approx(np.ones((32, 32)))
    assert floor.shape[0, 2] > 4 * floor.shape[0, 14]


def test_grain_is_told_in_words():
    text = damage_text(Damage(noise=estimate_coloured_noise(grainy())))
    assert text.startswith("grain of about 1.")
    assert "of the value range" in text


@pytest.mark.parametrize(
    ("power", "values", "gains"),
    [
        ((), (0.5,), (1.0,)),
        (((0.1,) * 63,), (0.5,), (1.0,)),
        (((0.1,) * 64,), (), ()),
        (((0.1,) * 64,), (0.5,), (1.0, 2.0)),
    ],
)
def test_a_noise_that_is_none_is_refused(power, values, gains):
    with pytest.raises(ValueError, match="coloured noise"):
        ColouredNoise(power, values, gains)
