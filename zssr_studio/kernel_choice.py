"""A kernel as a person names it: a file, a shape with its numbers, or none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.engine.estimation.edges.sharpening import RADIUS_PX
from zssr_studio.engine.kernels.choice import ESTIMATE, IDEAL, resolved
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.kernels.shapes import FAMILIES, Shape, sharpened_bicubic_kernel
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.kernels.kernel_files import KERNEL_KINDS, KERNEL_SUFFIXES, read_kernel_file

if TYPE_CHECKING:
    from zssr_studio.engine.config import Factors
    from zssr_studio.engine.kernels.choice import KernelChoice
    from zssr_studio.imaging.kernels.kernel_files import KernelFile

# A kernel file ends in one of few suffixes, so that no file's own name can be taken for one with a number.
_SUFFIX = "|".join(map(re.escape, KERNEL_SUFFIXES))
_FILE = re.compile(rf"(?P<path>.+(?:{_SUFFIX}))(?:#(?P<number>\d{{1,6}}))?", re.IGNORECASE | re.DOTALL)
# The names that `engine.estimation` gives to what it finds.
_FOUND, _SHARPENED = "estimated ", re.compile(r"bicubic sharpened by ([0-9]{1,3}(?:\.[0-9]{1,6})?)")


def kernel_named(text: str, scale: Factors) -> Kernel | None:
    """Make the kernel that a text names, for a scale; None for ordinary downscaling.

    Parameters
    ----------
    text : str
        What `parse_kernel` reads, or the name of a kernel that was found in a picture, as a run tells it: `estimated
        gaussian:1.07,1.03,161` or `bicubic sharpened by 0.55`. How uncertain that one was stands in no name.
    scale : tuple of float
        Vertical and horizontal.

    Raises
    ------
    BadInputError
        With a sentence for a person.
    """
    name = text.strip().lower()
    if (sharpened := _SHARPENED.fullmatch(name)) is not None:
        return sharpened_bicubic_kernel(float(sharpened[1]), RADIUS_PX, scale)
    if not name.startswith(_FOUND) or _FILE.fullmatch(text) is not None:
        return resolved(parse_kernel(text), scale)
    try:
        return Shape.parse(name.removeprefix(_FOUND)).kernel(scale)
    except BadInputError as error:
        raise BadInputError(
            f"'{text}' was found in a picture, and its name does not tell all of it. `zssr-studio reproduce` does such "
            "a run again; to use the kernel elsewhere, let `zssr-studio estimate-kernel` write it to a file."
        ) from error


def parse_kernel(text: str) -> KernelChoice:
    """Read `FILE`, `FILE#3` (the third kernel of a file with several), `gaussian:1.4,0.8,30` or `bicubic`.

    Raises
    ------
    BadInputError
        With a sentence for a person.
    """
    file = _FILE.fullmatch(text)
    if file is not None:
        number = file["number"]
        return kernel_of(read_kernel_file(Path(file["path"])), None if number is None else int(number))
    if text.strip().lower() == IDEAL:
        return None
    if text.partition(":")[0].strip().lower() in FAMILIES:
        return Shape.parse(text)
    raise BadInputError(
        f"'{text}' is no kernel. Give a file ({KERNEL_KINDS}; FILE#3 for the third of several), "
        f"{ESTIMATE}, {IDEAL}, or a shape and its numbers: {', '.join(f'{name}:…' for name in FAMILIES)}."
    )


def kernel_of(file: KernelFile, number: int | None = None) -> Kernel:
    """Make a kernel of an array of a file; None takes the only one, or the variable `Kernel`.

    Raises
    ------
    BadInputError
        If that is no kernel.
    """
    values = file.pick(number)
    picked = number or file.default or 1
    return Kernel.from_array(values, file.title_of(picked))
