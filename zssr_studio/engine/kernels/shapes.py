"""Blur kernels of known shapes: Gaussian, defocus disc, motion line, box, and the bicubic one. Imports no torch.

All lengths are in pixels of the result (HR pixels). Angles are in degrees, counter-clockwise from the horizontal axis
as the picture is seen: 0 points right, 90 points up. A shape is integrated over each tap, and is made for a scale: with
an odd number of taps along an axis of an odd scale and an even number along an even one its middle meets the middle of
a low-resolution pixel exactly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.kernels.kernel import MAX_SIZE, Kernel, tap_count
from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Factors = tuple[float, float]
    Taps = NDArray[np.float64]

DEGREES = "°"
HALF_TURN = 180.0
# Samples per tap and axis over which a Gaussian and a disc are integrated. Chosen: fine enough that the widths of
# Gaussians come out within 1 % (tests/unit/estimation/test_kernel_shapes.py); no comparison was kept.
SAMPLES_PER_TAP = 16
# Averaging over a tap widens a Gaussian by the variance of a uniform distribution one tap wide.
TAP_VARIANCE_PX2 = 1 / 12
# In standard deviations; beyond lie 0.05 % of a one-dimensional Gaussian. Chosen; no comparison was kept.
GAUSSIAN_REACH = 3.5


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of a shape: its name, its unit (`px` or degrees), its range, and by how much a slider moves it."""

    name: str
    unit: str
    least: float
    most: float
    increment: float


@dataclass(frozen=True, slots=True)
class Family:
    """A family of shapes.

    Parameters
    ----------
    name : str
        The word in `disc:1.5`. `zssr_studio.words.kernel_shapes` has what a person reads.
    parameters : tuple of Parameter
        Families share a name where it means the same, such as `angle`.
    typical : tuple of float
        Values to begin with, lengths in pixels of the input.
    make : callable
        Takes the values and the scale; gives taps whose sum is positive.
    """

    name: str
    parameters: tuple[Parameter, ...]
    typical: tuple[float, ...]
    make: Callable[[tuple[float, ...], Factors], Taps]

    def typical_shape(self, scale: Factors) -> Shape:
        """Return the shape to begin with at a scale."""
        factor = math.sqrt(scale[0] * scale[1])
        values = (
            value if parameter.unit == DEGREES else min(max(value * factor, parameter.least), parameter.most)
            for value, parameter in zip(self.typical, self.parameters, strict=True)
        )
        return Shape(self.name, tuple(round(value, 2) for value in values))


@dataclass(frozen=True, slots=True)
class Shape:
    """A kernel in words: a family and its values. `str` of it can be read again: `gaussian:1.4,0.8,30`.

    Parameters
    ----------
    family : str
        A name in `FAMILIES`.
    values : tuple of float
        At least the first; a length left out is the first one, an angle left out is 0. Angles are taken modulo 180.

    Raises
    ------
    BadInputError
        If there is no such family, or a value is missing, too many or out of range.
    """

    family: str
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        if self.family not in FAMILIES:
            raise BadInputError(f"There is no kernel shape '{self.family}'. Choose one of: {', '.join(FAMILIES)}.")
        parameters = FAMILIES[self.family].parameters
        if not 1 <= len(self.values) <= len(parameters):
            names = ", ".join(parameter.name for parameter in parameters)
            count = f"1 to {len(parameters)} numbers" if len(parameters) > 1 else "one number"
            example = ",".join(f"{value:g}" for value in FAMILIES[self.family].typical)
            raise BadInputError(
                f"A kernel '{self.family}' takes {count} ({names}), not {len(self.values)}; write it like "
                f"{self.family}:{example}."
            )
        missing = parameters[len(self.values) :]
        filled = (*self.values, *(0.0 if parameter.unit == DEGREES else self.values[0] for parameter in missing))
        checked = tuple(map(_in_range, [self.family] * len(filled), parameters, filled))
        object.__setattr__(self, "values", checked)

    @classmethod
    def parse(cls, text: str) -> Shape:
        """Read `FAMILY:NUMBER[,NUMBER…]`.

        Raises
        ------
        BadInputError
            With a sentence for a person.
        """
        family, _, numbers = text.partition(":")
        try:
            values = tuple(float(number) for number in numbers.split(",")) if numbers else ()
        except ValueError as error:
            raise BadInputError(f"'{text}': write numbers behind the colon, such as gaussian:1.4,0.8,30.") from error
        return cls(family.strip().lower(), values)

    def __str__(self) -> str:
        return f"{self.family}:{','.join(f'{value:g}' for value in self.values)}"

    def kernel(self, scale: Factors) -> Kernel:
        """Make the kernel for a scale; its name is the shape in words."""
        return Kernel.from_array(FAMILIES[self.family].make(self.values, scale), str(self))

    def stretched(self, factor: float) -> Shape:
        """Return the shape with its lengths multiplied, as far as their ranges allow."""
        values = (
            value if parameter.unit == DEGREES else round(min(max(value * factor, parameter.least), parameter.most), 2)
            for value, parameter in zip(self.values, FAMILIES[self.family].parameters, strict=True)
        )
        return Shape(self.family, tuple(values))


def bicubic_kernel(scale: Factors) -> Kernel:
    """Return what an antialiased bicubic downscaling weighs the pixels of the result with (a = -0.5)."""
    return Kernel.from_array(np.outer(*(_cubic(factor) for factor in scale)), "bicubic")


def sharpened_bicubic_kernel(amount: float, radius_px: float, scale: Factors) -> Kernel:
    """Return the kernel of a bicubic downscaling with an unsharp mask behind it.

    Parameters
    ----------
    amount : float
        How much of the difference to the smoothed picture the mask adds.
    radius_px : float
        Standard deviation of the smoothing, in pixels of the small picture.
    """
    narrow, wide = [], []
    for factor in scale:
        taps = _cubic(factor)
        reach = min(round(GAUSSIAN_REACH * radius_px * factor), (MAX_SIZE - len(taps)) // 2)
        smoothing = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (radius_px * factor)) ** 2)
        narrow.append(np.pad(taps, reach))
        wide.append(np.convolve(taps, smoothing / smoothing.sum()))
    taps = (1 + amount) * np.outer(*narrow) - amount * np.outer(*wide)
    return Kernel.from_array(taps, f"bicubic sharpened by {amount:.2f}")


def _in_range(family: str, parameter: Parameter, value: float) -> float:
    if parameter.unit == DEGREES and math.isfinite(value):
        value %= HALF_TURN
    if not parameter.least <= value <= parameter.most:
        raise BadInputError(
            f"{value:g} {parameter.unit} is out of range for the {parameter.name} of a kernel '{family}'; "
            f"give {parameter.least:g} to {parameter.most:g}."
        )
    return float(value)


def _sampled(counts: tuple[int, int], angle_deg: float) -> tuple[Taps, Taps]:
    """Offsets of all samples from the middle of the kernel, along the angle and across it, in taps."""
    down, right = (
        ((np.arange(count * SAMPLES_PER_TAP) + 0.5) / SAMPLES_PER_TAP - count / 2).reshape(shape)
        for count, shape in zip(counts, ((-1, 1), (1, -1)), strict=True)
    )
    cos, sin = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    return right * cos - down * sin, -right * sin - down * cos


def _integrated(samples: Taps) -> Taps:
    """Average the samples of each tap."""
    rows, columns = (size // SAMPLES_PER_TAP for size in samples.shape)
    mean: Taps = samples.reshape(rows, SAMPLES_PER_TAP, columns, SAMPLES_PER_TAP).mean(axis=(1, 3))
    return mean


def _gaussian(values: tuple[float, ...], scale: Factors) -> Taps:
    along_px, across_px, angle_deg = values
    cos, sin = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    vertical_px, horizontal_px = (
        math.hypot(along_px * sin, across_px * cos),
        math.hypot(along_px * cos, across_px * sin),
    )
    counts = (tap_count(GAUSSIAN_REACH * vertical_px, scale[0]), tap_count(GAUSSIAN_REACH * horizontal_px, scale[1]))
    along, across = _sampled(counts, angle_deg)
    variances = (sigma**2 - TAP_VARIANCE_PX2 for sigma in (along_px, across_px))
    exponent = sum(offset**2 / variance for offset, variance in zip((along, across), variances, strict=True))
    return _integrated(np.exp(-0.5 * exponent))


def _disc(values: tuple[float, ...], scale: Factors) -> Taps:
    (radius_px,) = values
    along, across = _sampled((tap_count(radius_px, scale[0]), tap_count(radius_px, scale[1])), 0)
    # The border of the disc falls from 1 to 0 over one sample.
    inside = (radius_px - np.hypot(along, across)) * SAMPLES_PER_TAP + 0.5
    return _integrated(inside.clip(0, 1))


def _motion(values: tuple[float, ...], scale: Factors) -> Taps:
    length_px, angle_deg = values
    # Each point is shared by its four neighbours, so that a line between two rows lies in both alike.
    points = max(1, math.ceil(length_px * 4 * SAMPLES_PER_TAP))
    along = ((np.arange(points) + 0.5) / points - 0.5) * length_px
    offsets = (-along * math.sin(math.radians(angle_deg)), along * math.cos(math.radians(angle_deg)))
    weights = []
    for offset, factor in zip(offsets, scale, strict=True):
        count = tap_count(float(np.abs(offset).max()) + 0.5, factor)
        distance = np.arange(count)[:, None] - (count - 1) / 2 - offset
        weights.append((1 - np.abs(distance)).clip(0))
    taps: Taps = weights[0] @ weights[1].T
    return taps


def _box(values: tuple[float, ...], scale: Factors) -> Taps:
    sides = []
    for side_px, factor in zip(values, scale, strict=True):
        count = tap_count(side_px / 2, factor)
        edges = np.arange(count + 1) - count / 2
        sides.append(np.diff(edges.clip(-side_px / 2, side_px / 2)))
    return np.outer(*sides)


def _cubic(factor: float) -> Taps:
    """Weights of cubic convolution (Keys 1981, a = -1/2), stretched by the factor."""
    count = tap_count(2 * factor, factor)
    x = np.abs(np.arange(count) - (count - 1) / 2) / factor
    near, far = 1.5 * x**3 - 2.5 * x**2 + 1, -0.5 * x**3 + 2.5 * x**2 - 4 * x + 2
    return np.where(x <= 1, near, np.where(x < 2, far, 0.0))


# Ranges and typical values are chosen: lengths up to what a kernel of 64 taps holds, and to begin with, at each scale,
# a blur of about half a pixel to two and a half pixels of the input.
_ANGLE = Parameter("angle", DEGREES, 0, HALF_TURN, 1)
FAMILIES = {
    family.name: family
    for family in (
        Family(
            "gaussian",
            (Parameter("width along", "px", 0.3, 10, 0.05), Parameter("width across", "px", 0.3, 10, 0.05), _ANGLE),
            (0.6, 0.6, 0),
            _gaussian,
        ),
        Family(
            "disc",
            (Parameter("radius", "px", 0.3, 20, 0.05),),
            (0.8,),
            _disc,
        ),
        Family(
            "motion",
            (Parameter("length", "px", 0, 60, 0.5), _ANGLE),
            (2.5, 0),
            _motion,
        ),
        Family(
            "box",
            (Parameter("height", "px", 0.5, 32, 0.5), Parameter("width", "px", 0.5, 32, 0.5)),
            (1, 1),
            _box,
        ),
    )
}
