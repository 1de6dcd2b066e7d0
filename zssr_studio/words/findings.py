"""What was found in a picture, in words: its blur, its noise and its compression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.engine.damage import ColouredNoise
from zssr_studio.engine.kernels.estimate import LEAST_ASYMMETRY, Finding
from zssr_studio.words.say import english, marked

if TYPE_CHECKING:
    from zssr_studio.engine.damage import Damage, Noise
    from zssr_studio.engine.kernels.estimate import Estimate
    from zssr_studio.jpeg_tables import JpegTables
    from zssr_studio.words.say import Say

# Axes that differ by a smaller share have no direction that is told. Chosen, since it would only clutter the sentence.
LEAST_TOLD_ELONGATION = 0.1

LENGTH = marked("{length:.1f}")
FINDING_TEXTS = {
    Finding.TOO_SMALL_OR_FLAT: marked(
        "The picture is too small, or too flat in some direction, to show its blur; bicubic is assumed."
    ),
    Finding.AS_SHARP_AS_DOWNSCALED: marked(
        "The picture is as sharp as an ordinary downscaling makes it: bicubic fits."
    ),
    Finding.BLURRED_DIFFERENTLY: marked(
        "Parts of the picture are blurred differently; bicubic, which is safe, is assumed."
    ),
    Finding.DEFOCUS: marked(
        "Out of focus: points of light became discs with a radius of about {lengths} pixels of the result."
    ),
    Finding.MOTION: marked(
        "Shaken: points of light became lines of about {lengths} pixels of the result, at {angle:.0f} degrees."
    ),
    Finding.SHARPENED: marked("It was sharpened, by about {sharpening:.0f} %, which is undone."),
    Finding.GAUSSIAN: marked(
        "Blurred by about {lengths} pixels of the result (standard deviations); parts of the picture agree within "
        "{spread} %."
    ),
}
ELONGATED_GAUSSIAN = marked(
    "Blurred by about {lengths} pixels of the result (standard deviations, the longer one at {angle:g} degrees); parts "
    "of the picture agree within {spread} %."
)
ASYMMETRIC = marked("It is asymmetric: {share:.0f} % of it lies elsewhere than in that Gaussian.")
LARGEST = marked("No kernel can be larger than that; the blur is, so a smaller scale would undo more of it.")

# In pixels, from one standard deviation on one side to the other. Chosen: less is not seen as grain.
LEAST_GRAIN = 0.3
GRAIN = marked("grain of about {grain:.1f} pixels and {percent:.1f} % of the value range")
GROWING_GRAIN = marked(
    "grain of about {grain:.1f} pixels and {percent:.1f} % of the value range, stronger where it is bright"
)
NOISE = marked("noise of about {percent:.1f} % of the value range")
GROWING_NOISE = marked("noise of about {percent:.1f} % of the value range, stronger where it is bright")
COMPRESSION = marked("JPEG compression of about quality {quality}")
NOISE_AND_COMPRESSION = marked("{noise} and {compression}")
KEPT = marked("{damage}, of which {share:.0f} % comes back")
KEPT_APART = marked("{damage}, of which {share:.0f} % comes back, and {colour:.0f} % of its colour")
NO_DAMAGE_TEXT = marked("no noise and no compression that would be worth cleaning")


def kernel_finding_text(estimate: Estimate, say: Say = english) -> str:
    """Tell what was found about the blur of a picture, in one to three whole sentences.

    Examples
    --------
    >>> from zssr_studio.engine.kernels.estimate import Estimate, Finding
    >>> kernel_finding_text(Estimate(Finding.MOTION, lengths_px=(7.42,), angle_deg=30))
    'Shaken: points of light became lines of about 7.4 pixels of the result, at 30 degrees.'
    """
    template = ELONGATED_GAUSSIAN if _is_elongated(estimate) else FINDING_TEXTS[estimate.finding]
    sentences = [
        say(
            template,
            lengths=" x ".join(say(LENGTH, length=length) for length in estimate.lengths_px),
            angle=estimate.angle_deg,
            sharpening=100 * estimate.sharpening,
            spread=None if estimate.spread is None else max(1, round(100 * estimate.spread)),
        )
    ]
    if estimate.asymmetry >= LEAST_ASYMMETRY:
        sentences.append(say(ASYMMETRIC, share=100 * estimate.asymmetry))
    if estimate.is_largest:
        sentences.append(say(LARGEST))
    return " ".join(sentences)


def damage_text(damage: Damage, say: Say = english) -> str:
    """Tell what noise and compression there is, as a part of a sentence that begins with a small letter.

    Of what is cleaned it tells how much of it comes back, where any does.

    Examples
    --------
    >>> from zssr_studio.engine.damage import Damage, Noise
    >>> damage_text(Damage(noise=Noise.even(0.0125, channels=3)))
    'noise of about 1.2 % of the value range'
    >>> damage_text(Damage(noise=Noise.even(0.0125, channels=3), grain=0.5, grain_colour=0.1))
    'noise of about 1.2 % of the value range, of which 50 % comes back, and 10 % of its colour'
    """
    told = _causes_text(damage, say)
    if not damage or not any(damage.kept):
        return told
    share, colour = (100 * kept for kept in damage.kept)
    return say(KEPT if share == colour else KEPT_APART, damage=told, share=share, colour=colour)


def _causes_text(damage: Damage, say: Say) -> str:
    noise = None if damage.noise is None else _noise_text(damage.noise, say)
    compression = None if damage.jpeg is None else _compression_text(damage.jpeg, say)
    if noise is not None and compression is not None:
        return say(NOISE_AND_COMPRESSION, noise=noise, compression=compression)
    return noise or compression or say(NO_DAMAGE_TEXT)


def _is_elongated(estimate: Estimate) -> bool:
    if estimate.finding is not Finding.GAUSSIAN:
        return False
    along, across = estimate.lengths_px
    return along - across >= LEAST_TOLD_ELONGATION * along


def is_grain(noise: ColouredNoise) -> bool:
    """Tell whether it is coarse enough to be called grain; what neighbours hardly share is noise of single pixels."""
    return 2 * noise.grain_px >= LEAST_GRAIN


def _noise_text(noise: Noise | ColouredNoise, say: Say) -> str:
    if isinstance(noise, ColouredNoise) and is_grain(noise):
        text = GROWING_GRAIN if noise.grows else GRAIN
        return say(text, grain=2 * noise.grain_px, percent=100 * noise.mean_std())
    return say(GROWING_NOISE if noise.grows else NOISE, percent=100 * noise.mean_std())


def _compression_text(tables: JpegTables, say: Say) -> str:
    return say(COMPRESSION, quality=tables.quality)
