"""The kernel in the terminal: the options about it, and the command that estimates one."""

from __future__ import annotations

import json
import sys
from pathlib import Path  # noqa: TC003  # typer reads the annotations at run time
from typing import Annotated

import typer

from zssr_studio.batch.one_file.values import read_crop, read_scale
from zssr_studio.cli.streams import shown
from zssr_studio.engine.kernels.shapes import bicubic_kernel
from zssr_studio.words.findings import kernel_finding_text

KernelOption = Annotated[
    str | None,
    typer.Option(
        metavar="KERNEL",
        help="The blur that made the picture: auto (or estimate), which finds it from the picture; bicubic, an "
        "antialiased downscaling; a file (.mat, .npy, .npz, .csv or a picture; FILE#3 is the third kernel of a cell "
        "array), or a shape with its lengths in pixels of the result: gaussian:ALONG[,ACROSS[,ANGLE]] (standard "
        "deviations), disc:RADIUS, motion:LENGTH[,ANGLE] or box:HEIGHT[,WIDTH]; ANGLE in degrees, counter-clockwise "
        "from the horizontal axis. Also the name that a run printed of the kernel that it found. It is normalised and "
        "placed by its centre of mass. By default auto, and bicubic "
        "for the presets paper and gradual.",
    ),
]
UncertaintyOption = Annotated[
    float | None,
    typer.Option(
        "--kernel-uncertainty",
        "--kernel-doubt",  # its name until November 2026
        metavar="0..1",
        help="How far the kernel may be wrong: 0 where it is known exactly, 0.25 for one that was estimated or "
        "guessed. Training then takes in all kernels that are as near as that. By default 0, and for auto what was "
        "found.",
    ),
]


def estimate_kernel_command(
    image: Annotated[Path, typer.Argument(help="The picture whose blur is to be found.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The kernel file to write: .npy.")],
    scale: Annotated[str, typer.Option(help="Enlargement that the kernel is for: 2, 1.5 or 2x1.5.")] = "2",
    crop: Annotated[
        str | None, typer.Option(metavar="TOP,LEFT,HEIGHT,WIDTH", help="Look at this part only, in pixels.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace OUTPUT if it exists.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")] = False,
) -> None:
    """Find the blur that made a picture, from it alone.

    Where the picture is as sharp as an ordinary downscaling makes it, or does not say enough, the kernel of antialiased
    bicubic downscaling is written, which is the safe choice. `upscale --kernel estimate` does the same in one go.
    """
    from zssr_studio.engine.estimation.inspection import find_damage
    from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel
    from zssr_studio.imaging.kernels.kernel_files import check_kernel_file, write_kernel_file
    from zssr_studio.imaging.read import read_picture

    factors = read_scale(scale).factors
    check_kernel_file(output, overwrite=overwrite)
    picture = read_picture(image)
    part = picture.part(None if crop is None else read_crop(crop))
    # Of the whole picture, which has more flat parts to tell noise by than a crop of it.
    found = estimate_kernel(part.pixels, factors, find_damage(picture.pixels, picture.jpeg))
    kernel = found.kernel or bicubic_kernel(factors)
    write_kernel_file(kernel.taps, output, overwrite=overwrite)
    sys.stderr.write(f"{kernel_finding_text(found)}\n")
    if found.kernel is not None:
        sys.stderr.write(f"Use it with: --kernel {shown(output)} --kernel-uncertainty {kernel.uncertainty:.2g}\n")
    if as_json:
        long_px, short_px = kernel.widths_px
        record = {
            "output": str(output),
            "kernel": kernel.name,
            "sure": found.sure,
            "uncertainty": round(kernel.uncertainty, 3),
            "widths_px": [round(long_px, 3), round(short_px, 3)],
            "angle_deg": None if kernel.angle_deg is None else round(kernel.angle_deg, 1),
        }
        sys.stdout.write(json.dumps(record) + "\n")
