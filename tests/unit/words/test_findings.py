"""The sentences about what was found in a picture, from the values that the engine gives."""

import pytest

from zssr_studio.engine.damage import BLOCK_PX, NO_DAMAGE, ColouredNoise, Damage, Noise
from zssr_studio.engine.kernels.estimate import Estimate, Finding
from zssr_studio.engine.kernels.shapes import FAMILIES
from zssr_studio.jpeg_tables import JpegTables
from zssr_studio.words.findings import damage_text, kernel_finding_text
from zssr_studio.words.kernel_shapes import FAMILY_MEANINGS, FAMILY_TITLES, PARAMETER_TITLES
from zssr_studio.words.seen import noise_seen

LARGEST = " No kernel can be larger than that; the blur is, so a smaller scale would undo more of it."
# Some values for each finding, and what is said of it.
SAID = {
    Finding.TOO_SMALL_OR_FLAT: (
        Estimate(Finding.TOO_SMALL_OR_FLAT),
        "The picture is too small, or too flat in some direction, to show its blur; bicubic is assumed.",
    ),
    Finding.AS_SHARP_AS_DOWNSCALED: (
        Estimate(Finding.AS_SHARP_AS_DOWNSCALED),
        "The picture is as sharp as an ordinary downscaling makes it: bicubic fits.",
    ),
    Finding.BLURRED_DIFFERENTLY: (
        Estimate(Finding.BLURRED_DIFFERENTLY),
        "Parts of the picture are blurred differently; bicubic, which is safe, is assumed.",
    ),
    Finding.DEFOCUS: (
        Estimate(Finding.DEFOCUS, lengths_px=(6.41, 3.2)),
        "Out of focus: points of light became discs with a radius of about 6.4 x 3.2 pixels of the result.",
    ),
    Finding.MOTION: (
        Estimate(Finding.MOTION, lengths_px=(60.0,), angle_deg=29.6, is_largest=True),
        "Shaken: points of light became lines of about 60.0 pixels of the result, at 30 degrees." + LARGEST,
    ),
    Finding.SHARPENED: (
        Estimate(Finding.SHARPENED, sharpening=0.31),
        "It was sharpened, by about 31 %, which is undone.",
    ),
    Finding.GAUSSIAN: (
        Estimate(Finding.GAUSSIAN, lengths_px=(1.9, 1.8), angle_deg=30, spread=0.002, asymmetry=0.009),
        "Blurred by about 1.9 x 1.8 pixels of the result (standard deviations); parts of the picture agree within 1 %.",
    ),
}


@pytest.mark.parametrize("finding", Finding)
def test_each_finding_has_its_sentence(finding):
    estimate, said = SAID[finding]
    assert kernel_finding_text(estimate) == said


def test_a_gaussian_tells_direction_asymmetry_and_limit_where_there_is_something_to_tell():
    estimate = Estimate(
        Finding.GAUSSIAN, lengths_px=(10.0, 6.0), angle_deg=120, spread=0.034, asymmetry=0.043, is_largest=True
    )
    assert kernel_finding_text(estimate) == (
        "Blurred by about 10.0 x 6.0 pixels of the result (standard deviations, the longer one at 120 degrees); parts "
        "of the picture agree within 3 %. It is asymmetric: 4 % of it lies elsewhere than in that Gaussian." + LARGEST
    )


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (NO_DAMAGE, "no noise and no compression that would be worth cleaning"),
        (Damage(Noise.even(0.05, 3)), "noise of about 5.0 % of the value range"),
        (
            Damage(Noise((0.001,), (0.2,))),
            "noise of about 10.0 % of the value range, stronger where it is bright",
        ),
        (Damage(jpeg=JpegTables.of_quality(40)), "JPEG compression of about quality 40"),
        (
            Damage(Noise.even(0.05, 1), JpegTables.of_quality(95)),
            "noise of about 5.0 % of the value range and JPEG compression of about quality 95",
        ),
    ],
)
def test_noise_and_compression_are_told(damage, said):
    assert damage_text(damage) == said


def test_each_text_goes_through_the_translator_before_its_values_are_put_in():
    asked = []

    def say(text: str, _meant: str = "", /, **_: object) -> str:
        asked.append(text)
        return "x"

    damage_text(Damage(Noise.even(0.05, 1), JpegTables.of_quality(40)), say)
    kernel_finding_text(SAID[Finding.MOTION][0], say)
    assert "noise of about {percent:.1f} % of the value range" in asked
    assert "{noise} and {compression}" in asked
    assert LARGEST.strip() in asked


def test_each_shape_of_kernel_and_each_of_its_numbers_has_a_name():
    assert FAMILY_TITLES.keys() == FAMILY_MEANINGS.keys() == FAMILIES.keys()
    assert PARAMETER_TITLES.keys() == {
        parameter.name for family in FAMILIES.values() for parameter in family.parameters
    }


def test_noise_that_neighbours_do_not_share_is_called_noise_and_no_grain_of_no_pixels():
    white = ((1e-4,) * BLOCK_PX**2,)
    noise = ColouredNoise(white, (0.0, 1.0), (1.0, 1.0))
    assert noise_seen(noise) == "Noise, about 1.0 %"
    assert damage_text(Damage(noise=noise)) == "noise of about 1.0 % of the value range"
    # All of its power at the lowest frequencies.
    coarse = ColouredNoise((tuple(1e-4 / 4**place for place in range(BLOCK_PX**2)),), (0.0, 1.0), (1.0, 1.0))
    assert noise_seen(coarse).startswith("Grain of about")
