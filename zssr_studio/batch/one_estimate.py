"""One kernel for all pictures of a batch, found in the first that tells it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zssr_studio.batch.one_file.choices import chosen_damage
from zssr_studio.batch.one_file.options import is_estimated
from zssr_studio.batch.one_file.values import read_crop, read_scale
from zssr_studio.engine.kernels.choice import IDEAL
from zssr_studio.errors import BadInputError
from zssr_studio.words.findings import kernel_finding_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.batch.one_file.options import Options
    from zssr_studio.engine.config import Scale

# After so many pictures that do not tell their blur, none of the others is asked. Chosen.
MOST_ASKED = 10


def with_one_kernel(options: Options, images: Iterable[Path], path: Path, tell: Callable[[str], object]) -> Options:
    """Return options with the kernel that is found in the first picture that tells it; bicubic where none does.

    Parameters
    ----------
    options : Options
    images : iterable of Path
        Pictures in their order; what cannot be read is passed over, as it fails later by itself.
    path : Path
        Gets the kernel, as .npy.
    tell : callable
        Takes what is said of it.

    Raises
    ------
    BadInputError
        If the pictures are enlarged by different scales, or the blur is named already.
    """
    from zssr_studio.imaging.kernels.kernel_files import write_kernel_file

    if options.size is not None or options.print_size is not None:
        raise BadInputError("One estimate for all needs one --scale for all, not --size or --print.")
    scale = read_scale(options.scale or "2")
    if not is_estimated(options.kernel_text(is_copy=scale.is_copy)):
        raise BadInputError("--one-estimate needs --kernel auto: the blur is named already.")
    for _, image in zip(range(MOST_ASKED), images, strict=False):
        found = _found_in(image, options, scale, tell)
        if found is not None:
            kernel, uncertainty = found
            write_kernel_file(kernel, path, overwrite=True)
            tell(f"All pictures are taken to be blurred as {image.name} is.")
            return replace(options, kernel=str(path.absolute()), kernel_uncertainty=uncertainty)
    tell("No blur was found in the first pictures; all are taken to be as sharp as ordinary downscaling makes them.")
    return replace(options, kernel=IDEAL)


def _found_in(
    image: Path, options: Options, scale: Scale, tell: Callable[[str], object]
) -> tuple[NDArray[np.float64], float] | None:
    """Return the kernel of a picture with its uncertainty; None where it tells none or cannot be read."""
    from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel_of_part
    from zssr_studio.imaging.read import read_picture

    try:
        picture = read_picture(image, options.page)
        part = picture.part(None if options.crop is None else read_crop(options.crop))
    except BadInputError as error:
        tell(str(error))
        return None
    damage = chosen_damage(options.clean_text(is_copy=False), options.grain, options.grain_colour, picture)
    estimate = estimate_kernel_of_part(picture.pixels, part.pixels, scale.factors, damage)
    tell(f"{image.name}: {kernel_finding_text(estimate)}")
    kernel = estimate.kernel
    if kernel is None:
        return None
    chosen = options.kernel_uncertainty
    return kernel.taps, kernel.uncertainty if chosen is None else chosen
