"""What was found in a picture, each in a few words that a person reads at a glance: the window's "What I see"."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from zssr_studio.engine.damage import ColouredNoise
from zssr_studio.engine.estimation.sureness import Sureness
from zssr_studio.engine.kernels.estimate import Finding
from zssr_studio.words.findings import is_grain
from zssr_studio.words.say import english, marked

if TYPE_CHECKING:
    from zssr_studio.engine.config import Factors
    from zssr_studio.engine.damage import Noise
    from zssr_studio.engine.kernels.estimate import Estimate
    from zssr_studio.jpeg_tables import JpegTables
    from zssr_studio.words.say import Say

# Lengths that differ by a smaller share are told as one; grain within these is told as a pixel. Chosen: finer figures
# are not seen.
LEAST_TOLD_ELONGATION = 0.15
ONE_PIXEL = (0.75, 1.25)

LENGTH = marked("{length:.1f}")
SOFT = marked("Soft, about {lengths} pixels")
OUT_OF_FOCUS = marked("Out of focus, about {lengths} pixels")
MOVED = marked("Shaken, about {lengths} pixels")
SHARPENED = marked("Was sharpened, by about {percent:.0f} %")
SEEN_KERNELS = {
    Finding.GAUSSIAN: SOFT,
    Finding.DEFOCUS: OUT_OF_FOCUS,
    Finding.MOTION: MOVED,
    Finding.SHARPENED: SHARPENED,
}
# What is told in the place of a kernel where there is none to undo.
NO_KERNEL_TEXTS = {
    Finding.TOO_SMALL_OR_FLAT: marked("Too small or too flat to tell how sharp it is; it is taken as sharp."),
    Finding.AS_SHARP_AS_DOWNSCALED: marked("Sharp."),
    Finding.BLURRED_DIFFERENTLY: marked("Its parts are blurred differently; it is taken as sharp."),
}
NOTHING_FOUND = marked("Sharp and clean: nothing to undo.")
GRAIN_OF_A_PIXEL = marked("Grain of about a pixel")
GRAIN = marked("Grain of about {grain:.1f} pixels")
NOISE = marked("Noise, about {percent:.1f} %")
COMPRESSED = marked("JPEG, quality {quality}")
SURENESS_TEXTS = {
    Sureness.SURE: marked("sure"),
    Sureness.LIKELY: marked("likely"),
    Sureness.NOT_SURE: marked("not sure"),
}


def kernel_seen(estimate: Estimate, scale: Factors, say: Say = english) -> str:
    """Say what was found of a kernel, its lengths in pixels of the picture; empty where there is nothing to undo.

    Examples
    --------
    >>> from zssr_studio.engine.kernels.estimate import Estimate, Finding
    >>> kernel_seen(Estimate(Finding.GAUSSIAN, lengths_px=(2.8, 2.7)), (2, 2))
    'Soft, about 1.4 pixels'
    """
    if estimate.finding not in SEEN_KERNELS:
        return ""
    per_pixel = math.sqrt(scale[0] * scale[1])
    lengths = [length / per_pixel for length in estimate.lengths_px]
    if len(lengths) > 1 and max(lengths) - min(lengths) < LEAST_TOLD_ELONGATION * max(lengths):
        lengths = [math.sqrt(math.prod(lengths))]
    told = " × ".join(say(LENGTH, length=length) for length in lengths)
    return say(SEEN_KERNELS[estimate.finding], lengths=told, percent=100 * estimate.sharpening)


def noise_seen(noise: Noise | ColouredNoise, say: Say = english) -> str:
    """Say what was found of noise.

    Examples
    --------
    >>> from zssr_studio.engine.damage import Noise
    >>> noise_seen(Noise.even(0.0125, channels=3))
    'Noise, about 1.2 %'
    """
    if not isinstance(noise, ColouredNoise) or not is_grain(noise):
        return say(NOISE, percent=100 * noise.mean_std())
    # As wide as the Gaussian that would smooth white noise so, from one standard deviation on one side to the other.
    grain = 2 * noise.grain_px
    return say(GRAIN_OF_A_PIXEL if ONE_PIXEL[0] <= grain <= ONE_PIXEL[1] else GRAIN, grain=grain)


def jpeg_seen(tables: JpegTables, say: Say = english) -> str:
    """Say what was found of compression.

    Examples
    --------
    >>> from zssr_studio.jpeg_tables import JpegTables
    >>> jpeg_seen(JpegTables.of_quality(70))
    'JPEG, quality 70'
    """
    return say(COMPRESSED, quality=tables.quality)
