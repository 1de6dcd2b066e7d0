"""The command that enlarges pictures by several methods and puts the results beside each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from zssr_studio.batch.one_file.values import read_bytes, read_scale
from zssr_studio.cli import damage as damages  # noqa: TC001  # typer reads the annotations at run time
from zssr_studio.cli import kernels  # noqa: TC001  # the same
from zssr_studio.cli.compare.comparison import Comparison
from zssr_studio.cli.compare.preparation import Undoing
from zssr_studio.cli.signals import Interrupt
from zssr_studio.cli.streams import tell_error, tell_notes
from zssr_studio.errors import BadInputError
from zssr_studio.imaging.picture import Picture
from zssr_studio.methods.method import Allowance
from zssr_studio.methods.registry import method_named, methods_in
from zssr_studio.methods.zssr import Zssr

if TYPE_CHECKING:
    from zssr_studio.engine.config import Scale
    from zssr_studio.methods.method import Method

DEFAULT_METHODS = ("zssr", "bicubic")


def compare_command(
    images: Annotated[list[Path], typer.Argument(metavar="IMAGE...", help="The pictures to enlarge.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder for all that is written.")],
    methods: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="METHOD",
            help="A method of `zssr-studio methods`, zssr:PRESET, a file of weights, KIND:FILE such as vdsr:FILE (a + "
            "behind it averages over flips and rotations), or a folder, all of whose files are taken that are "
            "recognised. Say it as often as you like; by default zssr and bicubic.",
        ),
    ] = None,
    scale: Annotated[str, typer.Option(help="Enlargement: 2, 1.5, or vertical x horizontal as in 2x1.5.")] = "2",
    truth: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="What the result should be, for PSNR and SSIM: one a picture, in order."),
    ] = None,
    kernel: kernels.KernelOption = None,
    clean: damages.CleanOption = None,
    seconds: Annotated[float | None, typer.Option(help="Bound of ZSSR's training; by default the preset's.")] = None,
    steps: Annotated[int | None, typer.Option(help="Number of ZSSR's training steps.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of ZSSR's random draws.")] = 0,
    threads: Annotated[int | None, typer.Option(help="Threads that compute on the processor.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, mps or xpu; see `zssr-studio devices`.")] = "auto",
    memory: Annotated[
        str | None, typer.Option(metavar="SIZE", help="Memory that the program may take, such as 2GB.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files of DIR that exist.")] = False,
    as_json_line: Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")] = False,
) -> None:
    """Enlarge by several methods, side by side.

    DIR gets each result as NAME_METHOD.png, a sheet NAME_sheet.png of the places where they differ the most, and the
    table as comparison.csv and comparison.json. Ctrl+C ends it and keeps what is done, with exit code 130.
    """
    from zssr_studio.engine.runtime.device import choose_device

    factors = read_scale(scale)
    truths = truth or []
    if truths and len(truths) != len(images):
        raise BadInputError(f"There are {len(images)} pictures and {len(truths)} of --truth. Give one for each.")
    choose_device(device)
    allowance = Allowance(device, threads, None if memory is None else read_bytes(memory))
    chosen = [method for text in methods or DEFAULT_METHODS for method in _named(text, factors)]
    chosen = [replace(one, seconds=seconds, steps=steps, seed=seed) if isinstance(one, Zssr) else one for one in chosen]
    _check_settings(chosen, factors, allowance)
    interrupt = Interrupt()
    interrupt.install()
    undoing = Undoing(kernel, clean)
    comparison = Comparison(output, chosen, allowance, undoing, interrupt.requested, overwrite=overwrite)
    comparison.begin()
    try:
        for number, image in enumerate(images):
            try:
                comparison.take(image, truths[number] if truths else None, factors)
            except BadInputError as error:
                if len(images) == 1:
                    raise
                # One that cannot be read does not stop the others.
                tell_error(error)
                comparison.has_failed = True
    except KeyboardInterrupt:
        comparison.is_interrupted = True
    comparison.finish(str(factors), as_json_line=as_json_line)


def _check_settings(methods: list[Method], scale: Scale, allowance: Allowance) -> None:
    """Refuse settings under which no picture could be trained on, before a folder or a table is made.

    Raises
    ------
    BadInputError
    """
    any_picture = Picture(np.zeros((1, 1, 3), np.float32))
    for method in methods:
        if isinstance(method, Zssr):
            method.job(any_picture, scale, allowance)


def _named(text: str, scale: Scale) -> list[Method]:
    """Return the methods that a text names; of a folder those that are recognised and enlarge by the scale."""
    folder = Path(text)
    if not folder.is_dir():
        return [method_named(text)]
    usable: list[Method] = []
    for found in methods_in(folder):
        if found.method is None:
            tell_notes((f"{found.path.name} is left out: {found.problem}",))
        elif not found.method.takes(scale):
            tell_notes((f"{found.path.name} is left out: it does not enlarge by {scale}.",))
        else:
            usable.append(found.method)
    if not usable:
        raise BadInputError(
            f"{folder} holds no weights that are recognised and enlarge by {scale}. Give another folder."
        )
    return usable
