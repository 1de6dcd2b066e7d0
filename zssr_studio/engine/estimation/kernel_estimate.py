"""The kernel of a picture, estimated from the picture alone, with a word on how sure that is. Imports no torch."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.damage import NO_DAMAGE
from zssr_studio.engine.estimation.asymmetry import asymmetric
from zssr_studio.engine.estimation.gaussian import measure_blur
from zssr_studio.engine.estimation.spectrum import luma
from zssr_studio.engine.estimation.width_correction import excess_variance
from zssr_studio.engine.kernels.shapes import FAMILIES, Shape, stretched

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.config import Factors
    from zssr_studio.engine.damage import Damage
    from zssr_studio.engine.estimation.gaussian import Blur
    from zssr_studio.engine.kernels.kernel import Kernel

    Array = NDArray[np.float64]

# What the measured variances (LR pixels squared) are of the true ones, fitted to 82 pictures under kernels that were
# known, each left out of the fit that it was judged by.
VARIANCE_SLOPE, CORRELATION_SLOPE, VARIANCE_OFFSET_LR = 0.97, 1.0, 0.11
LEAST_VARIANCE_HR = 0.35
MOST_WIDTH_HR = FAMILIES["gaussian"].parameters[0].most
# Up to this a picture is as sharp as an ordinary program makes it when it shrinks a larger one. Taking such a picture
# for blurred cost up to 10 dB, taking one that is blurred so little for ordinary at most 1.5 dB. Where damage keeps the
# edges from being asked, ordinary pictures seem more blurred.
ORDINARY_VARIANCE_LR, ORDINARY_IF_DAMAGED_LR = 0.33, 0.43
# The smaller a picture, the further off is what is measured: this over its pixels counts as ordinary besides (ADR 4).
ORDINARY_MORE_PX = 1150
UNSURE_SPREAD = 0.35
UNCERTAINTY, UNCERTAINTY_PER_SPREAD, MOST_UNCERTAINTY = 0.18, 0.5, 0.4
USUAL_SPREAD = 0.1
LEAST_LEANING = 0.01
LARGER = " No kernel can be larger than that; the blur is, so a smaller scale would undo more of it."


@dataclass(frozen=True, slots=True)
class Estimate:
    """What was found out about a picture's blur.

    Parameters
    ----------
    kernel : Kernel or None
        None is the safe choice, antialiased bicubic downscaling: it fits, or nothing better is known.
    sure : bool
        Whether the picture says enough.
    sentence : str
        The same for a person.
    """

    kernel: Kernel | None
    sure: bool
    sentence: str


def estimate_kernel(pixels: NDArray[np.float32], scale: Factors, damage: Damage = NO_DAMAGE) -> Estimate:
    """Estimate the kernel that would make a picture from its enlargement.

    Parameters
    ----------
    pixels : ndarray, shape (H, W, C), float32
    scale : tuple of float
        Vertical and horizontal.
    damage : Damage
        As far as it is known.
    """
    damage = damage.cleaned(blurred=False)  # so little compression hides no edges
    noise_std = 0.0 if damage.noise is None else damage.noise.luma_std()
    brightness = luma(pixels)
    blur = measure_blur(brightness, noise_std**2)
    if blur is None:
        return Estimate(
            None,
            sure=False,
            sentence="The picture is too small, or too flat in some direction, to show its blur; bicubic is assumed.",
        )
    covariance, ordinary = _unbiased(blur), ORDINARY_IF_DAMAGED_LR
    if not damage:
        covariance = covariance + np.eye(2) * excess_variance(brightness, covariance)
        ordinary = ORDINARY_VARIANCE_LR
    if blur.rim is None:
        ordinary += ORDINARY_MORE_PX / brightness.size
    if np.linalg.eigvalsh(covariance).max() <= ordinary:
        return Estimate(
            None, sure=True, sentence="The picture is as sharp as an ordinary downscaling makes it: bicubic fits."
        )
    if blur.spread > UNSURE_SPREAD:
        return Estimate(
            None,
            sure=False,
            sentence="Parts of the picture are blurred differently; bicubic, which is safe, is assumed.",
        )
    uncertainty = min(MOST_UNCERTAINTY, UNCERTAINTY + UNCERTAINTY_PER_SPREAD * max(0.0, blur.spread - USUAL_SPREAD))
    if blur.rim is not None:
        kernel, sentence = (_out_of_focus if blur.rim.family == "disc" else _shaken)(blur.rim, scale)
        return Estimate(replace(kernel, uncertainty=uncertainty), sure=True, sentence=sentence)
    shape = _shape(covariance * np.outer(scale, scale))
    kernel = replace(shape.kernel(scale), name=f"estimated {shape}", uncertainty=uncertainty)
    # Noise and the blocks of JPEG have phases of their own.
    found = kernel if damage else asymmetric(kernel, brightness, scale)
    leaning = float(np.abs(found.taps - kernel.taps).sum()) / 2
    return Estimate(found, sure=True, sentence=_sentence(shape, blur, leaning))


def _out_of_focus(disc: Shape, scale: Factors) -> tuple[Kernel, str]:
    """Return the kernel of a disc that is known in LR pixels, with a sentence. It is symmetric: nothing leans."""
    mean = math.sqrt(scale[0] * scale[1])
    shape = disc.stretched(mean)
    kernel, radii = shape.kernel(scale), shape.values
    if scale[0] != scale[1]:
        kernel = stretched(kernel, (scale[0] / mean, scale[1] / mean), scale)
        radii = tuple(shape.values[0] * factor / mean for factor in scale)
    size = " x ".join(f"{radius:.1f}" for radius in radii)
    sentence = f"Out of focus: points of light became discs with a radius of about {size} pixels of the result."
    larger = LARGER if shape.values[0] < 0.99 * disc.values[0] * mean else ""
    name = "x".join(f"{round(radius, 2):g}" for radius in radii)
    return replace(kernel, name=f"estimated disc:{name}"), sentence + larger


def _shaken(line: Shape, scale: Factors) -> tuple[Kernel, str]:
    """Return the kernel of a line that is known in LR pixels, with a sentence."""
    length, angle = line.values[0], math.radians(line.values[1])
    up, right = length * math.sin(angle) * scale[0], length * math.cos(angle) * scale[1]
    length_px, most_px = math.hypot(up, right), FAMILIES["motion"].parameters[0].most
    shape = Shape("motion", (round(min(length_px, most_px), 2), round(math.degrees(math.atan2(up, right)), 1)))
    sentence = (
        f"Shaken: points of light became lines of about {shape.values[0]:.1f} pixels of the result, "
        f"at {shape.values[1]:.0f} degrees."
    )
    return replace(shape.kernel(scale), name=f"estimated {shape}"), sentence + LARGER * (length_px > most_px)


def _unbiased(blur: Blur) -> Array:
    """Return the covariance of a blur in LR pixels squared, without what is usually wrong with it."""
    rows, both, columns = blur.covariance
    slopes = np.array([[VARIANCE_SLOPE, CORRELATION_SLOPE], [CORRELATION_SLOPE, VARIANCE_SLOPE]])
    unbiased: Array = np.array([[rows, both], [both, columns]]) * slopes + np.eye(2) * VARIANCE_OFFSET_LR
    return unbiased


def _shape(hr: Array) -> Shape:
    """Return the Gaussian of a covariance, as far as a kernel can be so wide."""
    variances, axes = np.linalg.eigh(hr)
    across, along = np.sqrt(np.maximum(variances, LEAST_VARIANCE_HR)).clip(max=MOST_WIDTH_HR)
    row, column = axes[:, 1]
    # Rows count downwards.
    angle_deg = math.degrees(math.atan2(-row, column)) % 180.0
    return Shape("gaussian", (round(float(along), 2), round(float(across), 2), round(angle_deg) % 180))


def _sentence(shape: Shape, blur: Blur, leaning: float) -> str:
    along, across, angle_deg = shape.values
    direction = "" if along - across < 0.1 * along else f", the longer one at {angle_deg:g} degrees"
    share = f"{100 * leaning:.0f} %"
    leans = "" if leaning < LEAST_LEANING else f" It leans: {share} of it lies elsewhere than in that Gaussian."
    return (
        f"Blurred by about {along:.1f} x {across:.1f} pixels of the result (standard deviations{direction}); parts of "
        f"the picture agree within {max(1, round(100 * blur.spread))} %.{leans}{LARGER * (along >= MOST_WIDTH_HR)}"
    )
