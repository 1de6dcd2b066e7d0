"""What a picture tells of how it was made: its blur, its noise, its compression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.door.choices import AUTO, named_damage, scale_of
from zssr_studio.door.intake import taken

if TYPE_CHECKING:
    from zssr_studio.door.choices import CleaningLike, ScaleLike
    from zssr_studio.door.intake import Source
    from zssr_studio.engine.damage import Damage
    from zssr_studio.engine.kernels.estimate import Estimate


def estimate_kernel(source: Source, scale: ScaleLike = 2, *, cleaning: CleaningLike = AUTO) -> Estimate:
    """Estimate the blur that made a picture, from this picture alone.

    Parameters
    ----------
    source : ndarray, PIL.Image.Image, path or Picture
        As `zssr_studio.upscale` takes it.
    scale : float, tuple of float, str or Scale
        Enlargement that the kernel is for: the kernel lies on the grid of the result.
    cleaning : str, float or Damage
        Noise and compression, which hide the blur: `auto` finds them, `none` says that there are none; a number is the
        noise's standard deviation as a share of the value range, 0 to 0.5.

    Returns
    -------
    Estimate
        `kernel` is None where the picture is as sharp as an ordinary downscaling makes it, or does not say enough;
        `sure` tells which.

    Raises
    ------
    BadInputError
        With a sentence for a person.
    TypeError
        If something is of another type.

    Examples
    --------
    >>> import zssr_studio as zs
    >>> from scipy.ndimage import gaussian_filter
    >>> from skimage import data
    >>> found = zs.estimate_kernel(gaussian_filter(data.camera(), 1.5), scale=2)
    >>> found.sure, found.kernel.name.startswith("estimated")
    (True, True)
    >>> result = zs.upscale(data.camera()[100:124, 200:232], kernel=found.kernel, steps=2)
    """
    from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel as estimated

    picture, factors = taken(source).picture, scale_of(scale).factors
    damage = named_damage(cleaning, picture.channels)
    return estimated(picture.pixels, factors, find_damage(picture) if damage is None else damage)


def find_damage(source: Source) -> Damage:
    """Find the noise and the compression of a picture, from this picture alone.

    Parameters
    ----------
    source : ndarray, PIL.Image.Image, path or Picture
        As `zssr_studio.upscale` takes it. Of a JPEG's path its own tables are taken.

    Returns
    -------
    Damage
        `noise` with a standard deviation for each channel as a share of the value range, or None; `jpeg` with the
        tables of the compression, or None. It is false where there is nothing worth cleaning.

    Raises
    ------
    BadInputError
        With a sentence for a person.
    TypeError
        If it is no picture.

    Examples
    --------
    >>> import numpy as np
    >>> import zssr_studio as zs
    >>> from skimage import data
    >>> noise = np.random.default_rng(0).normal(0, 0.05, (200, 300, 3))
    >>> found = zs.find_damage((data.coffee()[:200, :300] / 255 + noise).clip(0, 1))
    >>> 0.03 < found.noise.mean_std() < 0.07
    True
    """
    from zssr_studio.engine.estimation.inspection import find_damage as found

    picture = taken(source).picture
    return found(picture.pixels, picture.jpeg)
