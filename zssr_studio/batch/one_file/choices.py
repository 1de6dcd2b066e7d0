"""What options mean for one picture: its scale, its name, its format, its kernel and its damage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zssr_studio.batch.one_file.options import AUTO, NONE, is_estimated
from zssr_studio.batch.one_file.values import read_scale
from zssr_studio.engine.config import MAX_NOISE_STD
from zssr_studio.engine.damage import NO_DAMAGE, ColouredNoise, Damage, Noise
from zssr_studio.engine.kernels.kernel import check_uncertainty
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.export import ExportOptions, format_after, format_of, proposed_name
from zssr_studio.kernel_choice import kernel_named
from zssr_studio.target_size import parse_pixels, parse_print, scale_to_pixels
from zssr_studio.words.findings import damage_text, kernel_finding_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.batch.one_file.options import Options
    from zssr_studio.engine.config import Scale
    from zssr_studio.engine.kernels.kernel import Kernel
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Job

DEFAULT_PRINT_DPI = 300.0


def chosen_scale(
    picture: tuple[int, int], scale: str | None, size: str | None, print_size: str | None, dpi: float | None
) -> tuple[Scale, float | None]:
    """Return the scale that was asked for, and the pixels per inch of a print.

    Raises
    ------
    BadInputError
    """
    if sum(text is not None for text in (scale, size, print_size)) > 1:
        raise BadInputError("Give one of --scale, --size and --print.")
    if dpi is not None and print_size is None:
        raise BadInputError("--dpi belongs to --print, such as --print 30x20cm --dpi 300.")
    if size is not None:
        return scale_to_pixels(picture, *parse_pixels(size)), None
    if print_size is not None:
        dpi = DEFAULT_PRINT_DPI if dpi is None else dpi
        return scale_to_pixels(picture, *parse_print(print_size, dpi)), dpi
    return read_scale("2" if scale is None else scale), None


def chosen_output(image: Path, output: Path | None, scale: str) -> Path:
    """Name the output, by default after the source and beside it."""
    return image.with_name(proposed_name(image, scale, format_after(image))) if output is None else output


def export_options(output: Path, options: Options, print_dpi: float | None) -> ExportOptions:
    """Put options together, and refuse before a run what the output's format cannot hold.

    Raises
    ------
    BadInputError
    """
    colour = options.colour
    is_file = colour != "keep" and Path(colour).suffix.lower() in (".icc", ".icm")
    export = ExportOptions(
        format=format_of(output),
        bits=options.bits,
        colour=Path(colour) if is_file else colour,
        metadata=options.metadata,
        resolution=options.resolution,
        pixels_per_inch=print_dpi,
        quality=options.quality,
        lossless=options.lossless,
        compression=options.compression,
        digital_source_type=None if options.source_type == "keep" else options.source_type,
    )
    export.check_colour()
    return export


def named_kernel(text: str, uncertainty: float | None, scale: Scale) -> Kernel | None:
    """Return the kernel that the text names; None for ordinary downscaling, and where one is to be estimated.

    Raises
    ------
    BadInputError
        If the text names no kernel, the uncertainty is out of range, or it comes without a kernel.
    """
    if uncertainty is not None:
        check_uncertainty(uncertainty)
    if is_estimated(text):
        return None
    kernel = kernel_named(text, scale.factors)
    if uncertainty is None:
        return kernel
    if kernel is None:
        raise BadInputError("--kernel-uncertainty needs a kernel: name one with --kernel.")
    return replace(kernel, uncertainty=uncertainty)


def estimated_kernel(job: Job, uncertainty: float | None, tell: Callable[[str], object]) -> Kernel | None:
    """Estimate the kernel of a run from its picture, and tell what was found.

    Parameters
    ----------
    job : Job
        With the damage that was found.
    uncertainty : float or None
        Takes the place of the uncertainty that was found.
    tell : callable
        Takes a sentence.
    """
    from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel_of_part

    found = estimate_kernel_of_part(job.picture.pixels, job.source.pixels, job.scale.factors, job.damage)
    tell(kernel_finding_text(found))
    kernel = found.kernel
    return kernel if kernel is None or uncertainty is None else replace(kernel, uncertainty=uncertainty)


def chosen_damage(
    text: str,
    grain: float,
    grain_colour: float | None,
    picture: Picture,
    tell: Callable[[str], object] | None = None,
) -> Damage:
    """Return what a run cleans, and tell what was found to who wants to know.

    Raises
    ------
    BadInputError
        If the text is neither a number nor one of the two words, or the grain is out of range.
    """
    check_grain(grain, grain_colour)
    if text.strip().lower() == AUTO:
        from zssr_studio.engine.estimation.inspection import find_damage

        found = find_damage(picture.pixels, picture.jpeg)
        if tell is not None:
            tell(f"Found: {damage_text(found)}.")
        return replace(found, grain=grain, grain_colour=grain_colour)
    try:
        std = 0.0 if text.strip().lower() == NONE else float(text)
    except ValueError:
        std = -1.0
    if not 0 <= std <= MAX_NOISE_STD:
        raise BadInputError(
            f"'{text}' is no noise; give {AUTO}, {NONE}, or 0 to {MAX_NOISE_STD:g} as a share of the value range "
            "(0.0125 suits a slightly noisy photo)."
        )
    if not std:
        return NO_DAMAGE
    return Damage(noise=Noise.even(std, picture.channels), grain=grain, grain_colour=grain_colour)


def check_grain(grain: float, grain_colour: float | None) -> None:
    """Refuse a share of the grain that is out of range.

    Raises
    ------
    BadInputError
    """
    for share in (grain, grain_colour or 0.0):
        if not 0 <= share <= 1:
            raise BadInputError(f"A grain of {share:g} is out of range; give 0 (all of it is cleaned) to 1 (it stays).")


def fitting_damage(damage: Damage, channels: int) -> Damage:
    """Return damage that was found in another picture, for one with so many colour channels."""
    noise = damage.noise
    if noise is None or noise.channels == channels:
        return damage
    if channels > 1:
        return replace(damage, noise=ColouredNoise.of_gray(noise, channels))
    if isinstance(noise, ColouredNoise):
        return replace(damage, noise=ColouredNoise(noise.power[:1], noise.values, noise.gains))
    return replace(damage, noise=Noise.even(noise.luma_std(), 1))
