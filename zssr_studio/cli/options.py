"""The options of `upscale`, which `batch` has as well: read in one place, so that neither lacks one."""

from __future__ import annotations

import functools
import inspect
from pathlib import Path  # noqa: TC003  # typer reads the annotations at run time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zssr_studio.batch.one_file.options import Options
from zssr_studio.cli import damage as damages  # noqa: TC001  # typer reads the annotations at run time
from zssr_studio.cli import files, kernels  # noqa: TC001  # the same
from zssr_studio.engine.config import PRESETS
from zssr_studio.imaging.export import DEFAULT_QUALITY, Compression, ResolutionPolicy
from zssr_studio.imaging.metadata.blocks import MetadataPolicy
from zssr_studio.job import DEFAULT_LEAST_GAIN_DB

if TYPE_CHECKING:
    from collections.abc import Callable


def upscale_options(
    scale: Annotated[
        str | None,
        typer.Option(
            help="Enlargement: 2, 1.5, or vertical x horizontal as in 2x1.5; sizes round up; 1 copies; 2 if not told."
        ),
    ] = None,
    size: files.SizeOption = None,
    print_size: files.PrintOption = None,
    dpi: files.DpiOption = None,
    page: files.PageOption = 1,
    bits: files.BitsOption = None,
    colour: files.ColourOption = "keep",
    metadata: files.MetadataOption = MetadataPolicy.ALL,
    resolution: files.ResolutionOption = ResolutionPolicy.SIZE,
    quality: files.QualityOption = DEFAULT_QUALITY,
    lossless: files.LosslessOption = False,
    compression: files.CompressionOption = Compression.DEFLATE,
    source_type: files.SourceTypeOption = "algorithmicallyEnhanced",
    preset: Annotated[str, typer.Option(help=f"One of {', '.join(PRESETS)}; see `zssr-studio presets`.")] = "fast",
    kernel: kernels.KernelOption = None,
    kernel_uncertainty: kernels.UncertaintyOption = None,
    clean: damages.CleanOption = None,
    grain: damages.GrainOption = 0.0,
    grain_colour: damages.GrainColourOption = None,
    crop: Annotated[
        str | None,
        typer.Option(metavar="TOP,LEFT,HEIGHT,WIDTH", help="Train on this part only and enlarge it, in pixels."),
    ] = None,
    seconds: Annotated[float | None, typer.Option(help="Bound of the training time; by default the preset's.")] = None,
    steps: Annotated[
        int | None,
        typer.Option(help="Number of training steps. On the CPU the same seed and steps give the same bits."),
    ] = None,
    least_gain: Annotated[
        float,
        typer.Option(
            metavar="DB",
            help="Training ends sooner where twice as much of it promises less than this; 0 uses the time up.",
        ),
    ] = DEFAULT_LEAST_GAIN_DB,
    seed: Annotated[int, typer.Option(help="Seed of every random draw.")] = 0,
    threads: Annotated[
        int | None,
        typer.Option(
            help="Threads that compute on the processor, all the time. By default as many as other programs leave "
            "cores for; with --steps as many as there are, since their number can change the last bits."
        ),
    ] = None,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, mps or xpu; see `zssr-studio devices`.")] = "auto",
    memory: Annotated[
        str | None,
        typer.Option(
            metavar="SIZE",
            help="Memory that the program may take, such as 2GB or 800MB. The output is made in blocks that fit; a "
            "TIFF is written as they come. By default, most of what the machine has free.",
        ),
    ] = None,
    init: Annotated[
        Path | None,
        typer.Option(
            help="Start from the weights of this .safetensors file, learned from a sister picture (the same camera, "
            "the same box of scans). The result then says that another picture was used."
        ),
    ] = None,
) -> Options:
    """Put the options together as they are written."""
    return Options(
        scale=scale,
        size=size,
        print_size=print_size,
        dpi=dpi,
        page=page,
        bits=bits,
        colour=colour,
        metadata=metadata,
        resolution=resolution,
        quality=quality,
        lossless=lossless,
        compression=compression,
        source_type=source_type,
        preset=preset,
        kernel=kernel,
        kernel_uncertainty=kernel_uncertainty,
        clean=clean,
        grain=grain,
        grain_colour=grain_colour,
        crop=crop,
        seconds=seconds,
        steps=steps,
        least_gain_db=least_gain,
        seed=seed,
        threads=threads,
        device=device,
        memory=memory,
        init=None if init is None else str(init),
    )


def taking_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `upscale` in the place of its own parameter `options`, which gets their values."""
    own = inspect.signature(command, eval_str=True).parameters
    shared = inspect.signature(upscale_options, eval_str=True).parameters

    @functools.wraps(command)
    def taking(**words: Any) -> None:  # as typer calls it, with the parameters below
        options = upscale_options(**{name: words.pop(name) for name in shared})
        command(**words, options=options)

    parameters = [one for name in own for one in (shared.values() if name == "options" else (own[name],))]
    taking.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    taking.__annotations__ = {one.name: one.annotation for one in parameters}
    return taking
