"""The shapes of kernels in words, by the names that the engine has for families and their parameters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zssr_studio.engine.kernels.shapes import DEGREES, FAMILIES, Shape
from zssr_studio.errors import BadInputError
from zssr_studio.words.say import english, marked

if TYPE_CHECKING:
    from zssr_studio.words.say import Say

FAMILY_TITLES = {
    "gaussian": marked("Gaussian"),
    "disc": marked("Defocus disc"),
    "motion": marked("Motion line"),
    "box": marked("Box"),
}
# When each of them is right.
FAMILY_MEANINGS = {
    "gaussian": marked("A soft lens or a scanner. The widths are standard deviations, along the angle and across it."),
    "disc": marked("Out of focus: each point of light became an even disc."),
    "motion": marked("Camera or subject moved along a straight line while the picture was taken."),
    "box": marked(
        "Each pixel of the picture is the plain mean of a block, as simple programs and binning sensors make it."
    ),
}
PARAMETER_TITLES = {
    "width along": marked("Width along"),
    "width across": marked("Width across"),
    "angle": marked("Angle"),
    "radius": marked("Radius"),
    "length": marked("Length"),
    "height": marked("Height"),
    "width": marked("Width"),
}
LENGTH, ANGLE = marked("{length:g}"), marked("{angle:g}°")
FOUND = marked("Found: {kernel}")
SHARPENED = marked("Bicubic, sharpened by {percent:.0f} %")
# That a kernel is asymmetric besides is told where it is found; a title has no room for it.
_FOUND_NAME = re.compile(r"estimated (\w+):(.*?)(?: asymmetric)?")
_SHARPENED_NAME = re.compile(r"bicubic sharpened by ([\d.]+)")


def shape_title(shape: Shape, say: Say = english) -> str:
    """Return what a person calls a shape, with its figures.

    Examples
    --------
    >>> shape_title(Shape.parse("gaussian:1.4,0.8,30"))
    'Gaussian 1.4 × 0.8 px, 30°'
    """
    family = FAMILIES[shape.family]
    lengths = [say(LENGTH, length=v) for v, p in zip(shape.values, family.parameters, strict=True) if p.unit != DEGREES]
    angles = [say(ANGLE, angle=v) for v, p in zip(shape.values, family.parameters, strict=True) if p.unit == DEGREES]
    # A direction without two widths says nothing.
    is_round = len(lengths) == 2 and lengths[0] == lengths[1]
    figures = f"{lengths[0] if is_round else ' × '.join(lengths)} px"
    return f"{say(FAMILY_TITLES[family.name])} {figures}" + (f", {angles[0]}" if angles and not is_round else "")


def kernel_title(name: str, say: Say = english) -> str:
    """Return what a person calls a kernel of this name: what an estimate found in words, a file's by its own name.

    Examples
    --------
    >>> kernel_title("estimated disc:1.5x3")
    'Found: Defocus disc 1.5 × 3 px'
    >>> kernel_title("bicubic sharpened by 0.50")
    'Bicubic, sharpened by 50 %'
    >>> kernel_title("gaussian:1.4,0.8,30")
    'Gaussian 1.4 × 0.8 px, 30°'
    """
    if (sharpened := _SHARPENED_NAME.fullmatch(name)) is not None:
        return say(SHARPENED, percent=100 * float(sharpened[1]))
    found = _FOUND_NAME.fullmatch(name)
    if found is None or found[1] not in FAMILY_TITLES:
        return _set_title(name, say)
    try:
        kernel = shape_title(Shape.parse(f"{found[1]}:{found[2]}"), say)
    except BadInputError:
        # A disc of two radii, or a shape that is wider than one that is set may be.
        kernel = f"{say(FAMILY_TITLES[found[1]])} {found[2].replace('x', ' × ')} px"
    return say(FOUND, kernel=kernel)


def _set_title(name: str, say: Say) -> str:
    """Name a kernel that a person set as a shape in words, and any other, as of a file, by its own name."""
    family = name.partition(":")[0]
    try:
        return shape_title(Shape.parse(name), say) if family in FAMILY_TITLES else name
    except BadInputError:
        return name
