"""The asymmetry of a blur, found from the phases of a picture's frequencies."""

import numpy as np
import pytest

from tests.unit.estimation.test_kernel_estimate import SCALE, found_and_true, small_version
from zssr_studio.engine.damage import Damage, Noise
from zssr_studio.engine.estimation.asymmetry import with_asymmetry
from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel
from zssr_studio.engine.estimation.spectrum import luma
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.errors import BadInputError
from zssr_studio.kernel_choice import kernel_named

TEXT = "gaussian:1.9,1.5,30"


def symmetric(scale=SCALE) -> Kernel:
    return Shape.parse(TEXT).kernel(scale)


def odd(kernel: Kernel) -> np.ndarray:
    """The part that turns its sign with half a turn."""
    return (kernel.taps - kernel.taps[::-1, ::-1]) / 2


def rough(seed: int, scale=SCALE) -> Kernel:
    """A Gaussian, each of whose taps is up to 25 % off, with its centre of mass in its middle."""
    taps = symmetric(scale).taps
    off = taps * np.random.default_rng(seed).uniform(-0.25, 0.25, taps.shape)
    for axis, size in enumerate(taps.shape):
        offset = np.expand_dims(np.arange(size) - (size - 1) / 2, 1 - axis)
        off -= taps * offset * (off * offset).sum() / (taps * offset**2).sum()
    return Kernel.from_array(taps + off)


def shift(kernel: Kernel, scale) -> np.ndarray:
    """Phase shift of each frequency that a picture can hold, where the symmetric kernel leaves enough of it."""
    frequencies = [np.fft.fftfreq(32) / factor for factor in scale]
    down, right = (
        np.exp(2j * np.pi * np.outer(frequency, np.arange(size) - (size - 1) / 2))
        for frequency, size in zip(frequencies, kernel.taps.shape, strict=True)
    )
    even = (kernel.taps + kernel.taps[::-1, ::-1]) / 2
    transfers = [down @ taps @ right.T for taps in (kernel.taps, even)]
    return transfers[0].imag / (np.abs(transfers[1]) + 0.03)


def correlation(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.vdot(one, other) / (np.linalg.norm(one) * np.linalg.norm(other)))


@pytest.mark.parametrize("scale", [(3.0, 3.0), (2.0, 3.0)])
def test_phases_are_shifted_as_the_true_kernel_shifts_them(scale):
    """What a rough kernel changes in the answer, against a symmetric one on the same scene, is what it does itself."""

    def answer(true: Kernel) -> np.ndarray:
        return shift(with_asymmetry(symmetric(scale), luma(small_version(true, scale)), scale), scale)

    scene = answer(symmetric(scale))
    kernels = [rough(seed, scale) for seed in range(6)]
    assert np.mean([correlation(answer(true) - scene, shift(true, scale)) for true in kernels]) > 0.6


def test_true_kernels_are_found_in_real_pictures():
    alike = []
    for found, true in found_and_true():
        # Of 11 taps whose middle lies between the sixth and the seventh.
        placed = Kernel.from_array(np.pad(true.taps, ((0, 1), (0, 1))))
        alike.append(correlation(shift(found, SCALE), shift(placed, SCALE)))
    assert np.mean(alike) > 0.4


def test_a_picture_turned_by_half_a_turn_has_the_kernel_turned():
    seen = luma(small_version(rough(3)))
    kernel = symmetric()
    found, turned = (with_asymmetry(kernel, picture, SCALE).taps for picture in (seen, seen[::-1, ::-1]))
    assert turned == pytest.approx(found[::-1, ::-1], abs=1e-3)


def test_each_pair_of_opposite_taps_keeps_its_sum():
    kernel = symmetric()
    found = with_asymmetry(kernel, luma(small_version(rough(1))), SCALE)
    assert found.taps + found.taps[::-1, ::-1] == pytest.approx(2 * kernel.taps, abs=1e-12)
    assert found.taps.min() >= 0


def test_a_flat_picture_leaves_the_kernel_as_it_is():
    kernel = symmetric()
    assert with_asymmetry(kernel, np.full((80, 90), 0.5), SCALE).taps == pytest.approx(kernel.taps, abs=1e-9)


def test_a_large_picture_is_looked_at_in_its_middle():
    """Whatever lies outside the middle 384 pixels changes nothing."""
    picture = np.random.default_rng(0).uniform(size=(500, 640))
    other = picture.copy()
    other[:50] = other[-50:] = 0
    other[:, :100] = other[:, -100:] = 1
    one, two = (with_asymmetry(symmetric(), values, SCALE).taps for values in (picture, other))
    assert np.array_equal(one, two)


def test_noise_has_phases_of_its_own_so_a_noisy_picture_gets_a_symmetric_kernel():
    pixels = small_version(rough(2))
    clean, noisy = (
        estimate_kernel(pixels, SCALE, damage) for damage in (Damage(), Damage(noise=Noise((0.004,) * 3, (0.0,) * 3)))
    )
    assert np.abs(odd(clean.kernel)).max() > 0
    assert odd(noisy.kernel) == pytest.approx(0, abs=1e-12)


def test_a_name_is_read_back_as_the_kernel_where_it_tells_all_of_it_and_refused_where_it_does_not():
    pixels = small_version(rough(2))
    noisy = estimate_kernel(pixels, SCALE, Damage(noise=Noise((0.004,) * 3, (0.0,) * 3))).kernel
    assert kernel_named(noisy.name, SCALE).has_taps_of(noisy)
    with pytest.raises(BadInputError, match=r"asymmetric.* reproduce.*estimate-kernel"):
        kernel_named(estimate_kernel(pixels, SCALE).kernel.name, SCALE)
