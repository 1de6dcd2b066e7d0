"""The blur kernel of a picture, estimated from the picture alone, and how uncertain it is. Imports no torch."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.damage import NO_DAMAGE, ColouredNoise
from zssr_studio.engine.estimation.asymmetry import with_asymmetry
from zssr_studio.engine.estimation.edges.profiles import Edges
from zssr_studio.engine.estimation.edges.sharpening import RADIUS_PX, estimate_sharpening
from zssr_studio.engine.estimation.edges.steepness import bounded, sigma_of_edges_px
from zssr_studio.engine.estimation.gaussian import MAX_SPREAD, measure_blur
from zssr_studio.engine.estimation.noise.cleaning import cleaned
from zssr_studio.engine.estimation.smaller_sizes import find_in_smaller_sizes, is_confirmed, reaches_far
from zssr_studio.engine.estimation.spectrum import NoiseFloor, luma
from zssr_studio.engine.estimation.width_correction import variance_correction
from zssr_studio.engine.kernels.estimate import LEAST_ASYMMETRY, Estimate, Finding, chosen_for_part
from zssr_studio.engine.kernels.kernel import stretched
from zssr_studio.engine.kernels.shapes import FAMILIES, Shape, sharpened_bicubic_kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.config import Factors
    from zssr_studio.engine.damage import Damage
    from zssr_studio.engine.estimation.gaussian import Blur
    from zssr_studio.engine.kernels.kernel import Kernel

    Array = NDArray[np.float64]

# What the fitted variances (LR pixels squared) are of the true ones: a line fitted to 82 pictures under known kernels,
# each left out of the fit that it was judged by.
VARIANCE_SLOPE, COVARIANCE_SLOPE, VARIANCE_OFFSET_LR_PX2 = 0.97, 1.0, 0.11
# HR pixels squared, a standard deviation of 0.6 pixels. Chosen, since a narrower Gaussian has hardly more than one tap;
# no comparison was kept.
LEAST_VARIANCE_HR_PX2 = 0.35
MAX_SIGMA_HR_PX = FAMILIES["gaussian"].parameters[0].most
# Variance up to which a picture is as sharp as ordinary downscaling makes it, in LR pixels squared. Taking a sharp
# picture for blurred cost 2 to 10 dB, taking one with so small a blur for sharp 1.5 dB at most (docs/lab, "Safe
# kernel"). With noise or compression the width correction cannot be used, and without it sharp pictures measure wider
# (docs/lab, "Compression").
SHARP_VARIANCE_LR_PX2, SHARP_VARIANCE_IF_DAMAGED_LR_PX2 = 0.33, 0.43
# Cleaned of its noise a picture looks softer than it is: what is found there of a variance, as a line through 101
# pictures whose blur lay under grain. Up to 0.25 then taking it for sharp lost 0.1 and 0.3 dB of two soft pictures, and
# saved 0.2 to 0.3 of three sharp ones; quarters differ more than in a clean picture (docs/lab, "What noise hides").
CLEANED_OFFSET_LR_PX2, CLEANED_SLOPE = 0.16, 0.85
SHARP_VARIANCE_IF_CLEANED_LR_PX2, MAX_SPREAD_IF_CLEANED = 0.25, 0.7
# A Gaussian of less variance hides no disc or line that matters: a disc of 1.2 pixels has as much. Lines of 8 pixels in
# JPEGs fit one of 0.5. Chosen.
LEAST_VARIANCE_OF_DISC_LR_PX2 = 0.35
# The smaller a picture, the larger the error of the measured variance: this over the number of its pixels is added to
# the limit. 0, 600, 1150 and 2000 were compared (docs/lab, "Safe kernel").
SHARP_VARIANCE_TIMES_PIXELS = 1150
# 0.12, 0.18 and 0.25 were compared (docs/lab, "Rounding").
UNCERTAINTY = 0.18
# Chosen, not measured: the uncertainty grows where quarters differ more than usual, up to a limit.
USUAL_SPREAD, UNCERTAINTY_PER_SPREAD, MAX_UNCERTAINTY = 0.1, 0.5, 0.4
# Less sharpening changes next to nothing. Chosen.
LEAST_SHARPENING = 0.08
# A kernel that is smaller than wanted by less than this share was only rounded.
ROUNDED_SHARE = 0.99


def estimate_kernel(pixels: NDArray[np.float32], scale: Factors, damage: Damage = NO_DAMAGE) -> Estimate:
    """Estimate the kernel that would make a picture from its enlargement.

    Parameters
    ----------
    pixels : ndarray, shape (H, W, C), float32, in [0, 1]
    scale : tuple of float
        Vertical and horizontal.
    damage : Damage
        Noise and compression of the picture, as far as they are known.
    """
    # Hardly a JPEG is there that no camera or program sharpened; a picture that is none tells too little of it.
    is_file_of_web = damage.jpeg is not None and not isinstance(damage.noise, ColouredNoise)
    if damage.jpeg is not None and damage.jpeg.is_mild:
        damage = replace(damage, jpeg=None)  # compression so slight hides no edges
    brightness = luma(pixels)
    floor = NoiseFloor.of(damage.noise)
    blur = measure_blur(brightness, floor)
    if blur is None or not _is_told_by_own_size(blur, brightness):
        far = find_in_smaller_sizes(brightness, is_blurred=blur is not None and _is_soft(blur))
        if far is not None:
            return _disc_or_line(far, scale, UNCERTAINTY)
        if blur is not None and blur.disc_or_line is not None and reaches_far(blur.disc_or_line):
            blur = measure_blur(brightness, floor, gaussian_only=True)
    if blur is not None and damage.noise is not None and blur.disc_or_line is None:
        # Cleaning fills the zeros of a disc or a line, so these are looked for under the noise.
        brightness = cleaned(brightness, damage.noise)
        blur = measure_blur(brightness, gaussian_only=True)
    if blur is None:
        return Estimate(Finding.TOO_SMALL_OR_FLAT)
    covariance, sharp = _covariance(blur, brightness, damage)
    if blur.disc_or_line is None and np.linalg.eigvalsh(covariance).max() > sharp:
        covariance = bounded(covariance, brightness)
    if np.linalg.eigvalsh(covariance).max() <= sharp:
        return _sharpened(brightness, scale) if is_file_of_web else Estimate(Finding.AS_SHARP_AS_DOWNSCALED)
    if blur.spread > (MAX_SPREAD_IF_CLEANED if _is_cleaned(blur, damage) else MAX_SPREAD):
        return Estimate(Finding.BLURRED_DIFFERENTLY)
    uncertainty = min(MAX_UNCERTAINTY, UNCERTAINTY + UNCERTAINTY_PER_SPREAD * max(0.0, blur.spread - USUAL_SPREAD))
    if blur.disc_or_line is None:
        return _gaussian(covariance, blur, scale, None if damage else brightness, uncertainty)
    return _disc_or_line(blur.disc_or_line, scale, uncertainty)


def estimate_kernel_of_part(
    pixels: NDArray[np.float32], part: NDArray[np.float32], scale: Factors, damage: Damage = NO_DAMAGE
) -> Estimate:
    """Estimate the kernel of a part of a picture: its own, or the whole picture's where all of that is blurred alike.

    A whole picture whose parts agree tells more than any of them: of 40 parts of 112 x 112 pixels of pictures under
    known kernels three said too little, and the others were no nearer. But where some of it is sharp, a part may well
    be out of focus.

    Parameters
    ----------
    pixels, part : ndarray, shape (H, W, C) and (h, w, C), float32, in [0, 1]
        The picture, and the part; the same where it is all of it.
    scale, damage
        As of `estimate_kernel`.
    """
    whole = estimate_kernel(pixels, scale, damage)
    if whole.is_blurred or part is pixels:
        return whole
    return chosen_for_part(whole, estimate_kernel(part, scale, damage))


def _is_told_by_own_size(blur: Blur, brightness: Array) -> bool:
    """Tell whether a disc or a line was found that needs no other size of the picture, or is found in one as well."""
    found = blur.disc_or_line
    if found is None or blur.spread > MAX_SPREAD:
        return False
    return not reaches_far(found) or is_confirmed(brightness, found)


def _is_soft(blur: Blur) -> bool:
    """Tell whether a picture may hide a disc or a line of a few pixels."""
    variance = float(np.linalg.eigvalsh(_unbiased(blur)).max())
    return blur.disc_or_line is not None or variance >= LEAST_VARIANCE_OF_DISC_LR_PX2


def _is_cleaned(blur: Blur, damage: Damage) -> bool:
    """Tell whether a blur was measured without the noise; a disc or a line was found under it."""
    return damage.noise is not None and blur.disc_or_line is None


def _covariance(blur: Blur, brightness: Array, damage: Damage) -> tuple[Array, float]:
    """Return the covariance of a blur in LR pixels squared, and the variance up to which such a picture is sharp."""
    covariance = _unbiased(blur)
    if _is_cleaned(blur, damage):
        covariance = (covariance - CLEANED_OFFSET_LR_PX2 * np.eye(2)) / CLEANED_SLOPE
        # Cleaning blurs more along one direction than along the other: half of what they differ by is the blur's.
        covariance = (covariance + np.trace(covariance) / 2 * np.eye(2)) / 2
        return covariance * _share_by_edges(brightness, covariance), SHARP_VARIANCE_IF_CLEANED_LR_PX2
    for_size = 0.0 if blur.disc_or_line is not None else SHARP_VARIANCE_TIMES_PIXELS / brightness.size
    if damage:
        return covariance, SHARP_VARIANCE_IF_DAMAGED_LR_PX2 + for_size
    correction = variance_correction(brightness, covariance)
    return covariance + np.eye(2) * correction, SHARP_VARIANCE_LR_PX2 + for_size


def _sharpened(brightness: Array, scale: Factors) -> Estimate:
    """Return the kernel of a downscaling with the sharpening that was found; bicubic's where there is hardly any."""
    amount = estimate_sharpening(brightness)
    if amount < LEAST_SHARPENING:
        return Estimate(Finding.AS_SHARP_AS_DOWNSCALED)
    return Estimate(Finding.SHARPENED, sharpened_bicubic_kernel(amount, RADIUS_PX, scale), sharpening=amount)


def _disc_or_line(found: Shape, scale: Factors, uncertainty: float) -> Estimate:
    return (_disc if found.family == "disc" else _line)(found, scale, uncertainty)


def _disc(disc: Shape, scale: Factors, uncertainty: float) -> Estimate:
    """Return the kernel of a disc that is known in LR pixels. It is symmetric, whatever the picture."""
    mean = math.sqrt(scale[0] * scale[1])
    shape = disc.stretched(mean)
    kernel, radii = shape.kernel(scale), shape.values
    if scale[0] != scale[1]:
        kernel = stretched(kernel, (scale[0] / mean, scale[1] / mean), scale)
        radii = tuple(shape.values[0] * factor / mean for factor in scale)
    name = "x".join(f"{round(radius, 2):g}" for radius in radii)
    is_largest = shape.values[0] < ROUNDED_SHARE * disc.values[0] * mean
    kernel = replace(kernel, name=f"estimated disc:{name}", uncertainty=uncertainty)
    return Estimate(Finding.DEFOCUS, kernel, radii, is_largest=is_largest)


def _line(line: Shape, scale: Factors, uncertainty: float) -> Estimate:
    """Return the kernel of a motion line that is known in LR pixels. It is symmetric, whatever the picture."""
    length, angle = line.values[0], math.radians(line.values[1])
    up, right = length * math.sin(angle) * scale[0], length * math.cos(angle) * scale[1]
    length_px, most_px = math.hypot(up, right), FAMILIES["motion"].parameters[0].most
    shape = Shape("motion", (round(min(length_px, most_px), 2), round(math.degrees(math.atan2(up, right)), 1)))
    kernel = replace(shape.kernel(scale), name=f"estimated {shape}", uncertainty=uncertainty)
    return Estimate(Finding.MOTION, kernel, shape.values[:1], shape.values[1], is_largest=length_px > most_px)


def _gaussian(covariance: Array, blur: Blur, scale: Factors, brightness: Array | None, uncertainty: float) -> Estimate:
    """Return the kernel of a Gaussian whose covariance is known in LR pixels squared.

    `brightness` is None where noise or compression, which have phases of their own, would hide the asymmetry.
    """
    shape = _gaussian_shape(covariance * np.outer(scale, scale))
    symmetric = replace(shape.kernel(scale), name=f"estimated {shape}", uncertainty=uncertainty)
    kernel = symmetric if brightness is None else with_asymmetry(symmetric, brightness, scale)
    asymmetry = _difference(kernel, symmetric)
    if asymmetry >= LEAST_ASYMMETRY:
        # So that nobody takes the name for the whole of it.
        kernel = replace(kernel, name=f"{kernel.name} asymmetric")
    along_px, across_px, angle_deg = shape.values
    return Estimate(
        Finding.GAUSSIAN,
        kernel,
        (along_px, across_px),
        angle_deg,
        blur.spread,
        asymmetry=asymmetry,
        is_largest=along_px >= MAX_SIGMA_HR_PX,
    )


def _difference(one: Kernel, other: Kernel) -> float:
    """Share of a kernel that lies elsewhere in the other, in [0, 1]."""
    return float(np.abs(one.taps - other.taps).sum()) / 2


def _unbiased(blur: Blur) -> Array:
    """Return the covariance of a blur in LR pixels squared, shape (2, 2), without the usual error of its fit."""
    rows, both, columns = blur.covariance
    slopes = np.array([[VARIANCE_SLOPE, COVARIANCE_SLOPE], [COVARIANCE_SLOPE, VARIANCE_SLOPE]])
    unbiased: Array = np.array([[rows, both], [both, columns]]) * slopes + np.eye(2) * VARIANCE_OFFSET_LR_PX2
    return unbiased


def _share_by_edges(brightness: Array, covariance: Array) -> float:
    """Return by how much a variance is smaller that edges have a say in.

    What a camera does to noise (demosaicing, sharpening, compression) makes the spectrum fall as under a wider blur,
    but edges stay as steep. The standard deviation becomes the geometric mean of both where edges are steeper: of seven
    pictures of phones and scans the best of some widths lay there or nearby (docs/lab, "Coloured noise").
    """
    by_edges_px, variance = sigma_of_edges_px(Edges.of(brightness)), float(np.trace(covariance)) / 2
    if by_edges_px is None or variance <= 0:
        return 1.0
    return min(1.0, by_edges_px / math.sqrt(variance))


def _gaussian_shape(covariance_hr: Array) -> Shape:
    """Return the Gaussian of a covariance in HR pixels squared, as far as a kernel can be so wide."""
    variances, axes = np.linalg.eigh(covariance_hr)
    across, along = np.sqrt(np.maximum(variances, LEAST_VARIANCE_HR_PX2)).clip(max=MAX_SIGMA_HR_PX)
    row, column = axes[:, 1]
    # Rows count downwards.
    angle_deg = math.degrees(math.atan2(-row, column)) % 180.0
    return Shape("gaussian", (round(float(along), 2), round(float(across), 2), round(angle_deg) % 180))
