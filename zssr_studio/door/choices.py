"""What a person asks of a run, in the words and types that Python offers, and what it means."""

from __future__ import annotations

import math
import numbers
import operator
import os
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from zssr_studio.engine.config import MAX_NOISE_STD, Scale
from zssr_studio.engine.damage import NO_DAMAGE, Damage, Noise
from zssr_studio.engine.kernels.choice import ESTIMATE
from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.picture import Crop
from zssr_studio.kernel_choice import kernel_named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from numpy.typing import NDArray

    ScaleLike: TypeAlias = float | str | tuple[float, float] | Scale
    KernelLike: TypeAlias = str | os.PathLike[str] | NDArray[Any] | Sequence[Sequence[float]] | Kernel
    CleaningLike: TypeAlias = str | float | Damage
    CropLike: TypeAlias = tuple[int, int, int, int] | Crop

AUTO, NONE = "auto", "none"


def scale_of(scale: ScaleLike) -> Scale:
    """Return the scale that a number, (vertical, horizontal), text or a `Scale` means.

    Raises
    ------
    BadInputError
        If it is out of range or no scale.
    TypeError
        If it is of another type.
    """
    if isinstance(scale, Scale):
        return scale
    try:
        if isinstance(scale, str):
            return Scale.parse(scale)
        if isinstance(scale, tuple | list) and len(scale) == 2:
            return Scale(number("scale", scale[0]), number("scale", scale[1]))
        both = number("scale", scale)
        return Scale(both, both)
    except ValueError as error:
        raise BadInputError(f"scale={scale!r}: {error}. Give a number such as 2, or (vertical, horizontal).") from error


def crop_of(crop: CropLike | None) -> Crop | None:
    """Return the crop that four whole numbers mean.

    Raises
    ------
    BadInputError
        If there are not four.
    TypeError
        If they are no whole numbers.
    """
    if crop is None or isinstance(crop, Crop):
        return crop
    if not isinstance(crop, tuple | list) or len(crop) != 4:
        raise BadInputError(f"crop={crop!r}: give four whole numbers, (top, left, height, width), in pixels.")
    return Crop(*(whole("crop", value) for value in crop))


def is_estimated(kernel: KernelLike) -> bool:
    """Tell whether the kernel is to be found in the picture; `estimate` is the terminal's word for it."""
    return isinstance(kernel, str) and kernel.strip().lower() in (AUTO, ESTIMATE)


def named_kernel(kernel: KernelLike, scale: Scale) -> Kernel | None:
    """Return the kernel that is named; None for ordinary downscaling, and where one is to be estimated.

    Raises
    ------
    BadInputError
        If it is no kernel.
    TypeError
        If it is of another type.
    """
    if isinstance(kernel, Kernel):
        return kernel
    if is_estimated(kernel):
        return None
    if isinstance(kernel, str | os.PathLike):
        return kernel_named(os.fspath(kernel), scale.factors)
    if isinstance(kernel, np.ndarray | list | tuple):
        return Kernel.from_array(kernel, "the array given as kernel")
    raise TypeError(
        f"kernel is 'auto', 'bicubic', a shape such as 'gaussian:1.4,0.8,30', the path of a kernel file, an array or a "
        f"Kernel, not {type(kernel).__name__}."
    )


def named_damage(cleaning: CleaningLike, channels: int) -> Damage | None:
    """Return the damage that is named; None where it is to be found in the picture.

    Parameters
    ----------
    cleaning : str, float or Damage
    channels : int
        Of the picture's colours.

    Raises
    ------
    BadInputError
        If it is out of range, or for another number of channels.
    TypeError
        If it is of another type.
    """
    if isinstance(cleaning, Damage):
        stated = cleaning.noise
        if stated is not None and stated.channels != channels:
            raise BadInputError(
                f"The noise to clean is given for {stated.channels} channel(s), the picture has {channels}. Give one "
                "deviation for each channel; alpha has none."
            )
        return cleaning
    if isinstance(cleaning, str):
        text = cleaning.strip().lower()
        if text in (AUTO, NONE):
            return None if text == AUTO else NO_DAMAGE
        raise BadInputError(f"cleaning={cleaning!r}: give 'auto', 'none', a number or a Damage.")
    std = number("cleaning", cleaning)
    if not 0 <= std <= MAX_NOISE_STD:
        raise BadInputError(
            f"cleaning={std:g} is out of range; give the noise's deviation as a share of the value range, 0 to "
            f"{MAX_NOISE_STD:g} (0.0125 suits a slightly noisy photo), 'auto' or 'none'."
        )
    return Damage(noise=Noise.even(std, channels)) if std else NO_DAMAGE


def grain_of(name: str, grain: object) -> float | None:
    """Return a share of the grain that is to come back; None leaves what the damage says.

    Raises
    ------
    BadInputError
        If it is out of range.
    TypeError
        If it is no number.
    """
    if grain is None:
        return None
    share = number(name, grain)
    if not 0 <= share <= 1:
        raise BadInputError(f"{name}={share:g} is out of range; give 0 (all of it is cleaned) to 1 (it stays).")
    return share


def whole(name: str, value: object) -> int:
    """Return a whole number.

    Raises
    ------
    TypeError
        If it is none; a bool is none.
    """
    if isinstance(value, bool | np.bool_) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} takes whole numbers, not {value!r} ({type(value).__name__}).")
    return operator.index(value)


def number(name: str, value: object) -> float:
    """Return a number.

    Raises
    ------
    TypeError
        If it is none; a bool is none.
    """
    if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} takes a number, not {value!r} ({type(value).__name__}).")
    try:
        return float(value)
    except OverflowError:
        return -math.inf if value < 0 else math.inf


def text_of(name: str, value: object) -> str:
    """Return a text.

    Raises
    ------
    TypeError
        If it is none.
    """
    if not isinstance(value, str):
        raise TypeError(f"{name} takes a name as text, not {value!r} ({type(value).__name__}).")
    return value
