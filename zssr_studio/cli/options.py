"""The options of `upscale`, which `batch` has as well: read in one place, so that neither lacks one."""

from __future__ import annotations

import functools
import inspect
from dataclasses import fields
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zssr_studio.batch.one_file.options import Options
from zssr_studio.cli import damage, files, kernels
from zssr_studio.engine.config import PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable


# By the name of the field that keeps each; the fields' own defaults are those of the options.
DECLARED: dict[str, object] = {
    "scale": Annotated[
        str | None,
        typer.Option(
            help="Enlargement: 2, 1.5, or vertical x horizontal as in 2x1.5; sizes round up; 1 copies; 2 if not told."
        ),
    ],
    "size": files.SizeOption,
    "print_size": files.PrintOption,
    "dpi": files.DpiOption,
    "page": files.PageOption,
    "bits": files.BitsOption,
    "colour": files.ColourOption,
    "metadata": files.MetadataOption,
    "resolution": files.ResolutionOption,
    "quality": files.QualityOption,
    "lossless": files.LosslessOption,
    "compression": files.CompressionOption,
    "source_type": files.SourceTypeOption,
    "preset": Annotated[str, typer.Option(help=f"One of {', '.join(PRESETS)}; see `zssr-studio presets`.")],
    "kernel": kernels.KernelOption,
    "kernel_uncertainty": kernels.UncertaintyOption,
    "clean": damage.CleanOption,
    "grain": damage.GrainOption,
    "grain_colour": damage.GrainColourOption,
    "crop": Annotated[
        str | None,
        typer.Option(metavar="TOP,LEFT,HEIGHT,WIDTH", help="Train on this part only and enlarge it, in pixels."),
    ],
    "seconds": Annotated[float | None, typer.Option(help="Bound of the training time; by default the preset's.")],
    "steps": Annotated[
        int | None,
        typer.Option(help="Number of training steps. On the CPU the same seed and steps give the same bits."),
    ],
    "least_gain_db": Annotated[
        float,
        typer.Option(
            "--least-gain",
            metavar="DB",
            help="Training ends sooner where twice as much of it promises less than this; 0 uses the time up.",
        ),
    ],
    "seed": Annotated[int, typer.Option(help="Seed of every random draw.")],
    "threads": Annotated[
        int | None,
        typer.Option(
            help="Threads that compute on the processor, all the time. By default as many as other programs leave "
            "cores for; with --steps as many as there are, since their number can change the last bits."
        ),
    ],
    "device": Annotated[str, typer.Option(help="auto, cpu, cuda, mps or xpu; see `zssr-studio devices`.")],
    "memory": Annotated[
        str | None,
        typer.Option(
            metavar="SIZE",
            help="Memory that the program may take, such as 2GB or 800MB. The output is made in blocks that fit; a "
            "TIFF is written as they come. By default, most of what the machine has free.",
        ),
    ],
    "init": Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Start from the weights of this .safetensors file, learned from a sister picture (the same camera, "
            "the same box of scans). The result then says that another picture was used.",
        ),
    ],
}


def taking_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `upscale` in the place of its own parameter `options`, which gets their values."""
    own = inspect.signature(command, eval_str=True).parameters
    defaults = {field.name: field.default for field in fields(Options)}
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=defaults[name], annotation=declared)
        for name, declared in DECLARED.items()
    ]

    @functools.wraps(command)
    def taking(**words: Any) -> None:  # as typer calls it, with the parameters below
        command(options=Options(**{name: words.pop(name) for name in DECLARED}), **words)

    parameters = [one for name in own for one in (shared if name == "options" else (own[name],))]
    taking.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    taking.__annotations__ = {one.name: one.annotation for one in parameters}
    return taking
