"""A kernel as a person names it: a file, a shape with its numbers, or none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.engine.kernels.choice import ESTIMATE, IDEAL
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.kernels.shapes import FAMILIES, Shape
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.kernels.kernel_files import KERNEL_SUFFIXES, read_kernel_file

if TYPE_CHECKING:
    from zssr_studio.engine.kernels.choice import KernelChoice
    from zssr_studio.imaging.kernels.kernel_files import KernelFile

# A kernel file ends in one of few suffixes, so that no file's own name can be taken for one with a number.
_SUFFIX = "|".join(map(re.escape, KERNEL_SUFFIXES))
_FILE = re.compile(rf"(?P<path>.+(?:{_SUFFIX}))(?:#(?P<number>\d{{1,6}}))?", re.IGNORECASE | re.DOTALL)


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
        f"'{text}' is no kernel. Give a file ({', '.join(KERNEL_SUFFIXES)}; FILE#3 for the third of several), "
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
