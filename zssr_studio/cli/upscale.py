"""The command that enlarges one picture: its options, and what is said of the run."""

from __future__ import annotations

import json
import sys
from pathlib import Path  # noqa: TC003  # typer reads the annotations at run time
from typing import Annotated

import typer

from zssr_studio.batch.one_file.options import Options  # noqa: TC001  # typer reads the annotations at run time
from zssr_studio.batch.one_file.order import Order
from zssr_studio.cli.options import taking_options
from zssr_studio.cli.run import report, write_run
from zssr_studio.cli.signals import Interrupt
from zssr_studio.cli.streams import tell_error, tell_notes, tell_sentence
from zssr_studio.host.machine import check_room
from zssr_studio.record.told import told_figures

EXIT_FAILURE, EXIT_INTERRUPTED = 1, 130


@taking_options
def upscale_command(
    image: Annotated[
        Path,
        typer.Argument(help="The picture to enlarge: PNG, JPEG, TIFF, WebP, AVIF, JPEG XL, HEIC, BMP, DNG or RAW."),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="The file to write: .png, .tif, .jpg, .webp, .avif or .jxl. By default, as NAME_zssr2x.",
        ),
    ] = None,
    *,
    options: Options,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace OUTPUT if it exists. The source is never replaced.")
    ] = False,
    save_weights: Annotated[
        Path | None, typer.Option(help="Write what the network learned to this .safetensors file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")] = False,
) -> None:
    """Train on a picture and write it enlarged.

    A bar shows step, loss and the time left. Ctrl+C ends training, enlarges with the best network so far, writes that
    and exits with 130, and so do SIGTERM and SIGHUP; a second Ctrl+C leaves at once and writes nothing.
    """
    check_room()
    from zssr_studio.batch.one_file.preparation import prepared

    ready = prepared(Order(image, output, options, overwrite, save_weights), tell_sentence)
    interrupt = Interrupt()
    interrupt.install()
    tell_notes(ready.job.picture.notes)
    written = write_run(ready, interrupt)
    report(ready.job, written.outcome, written.output, interrupted=interrupt.requested())
    for one in written.elsewhere:
        tell_error(one)
    if as_json:
        figures = told_figures(ready.job, written.outcome, written.output, interrupted=interrupt.requested())
        sys.stdout.write(json.dumps(figures) + "\n")
    if written.elsewhere:
        sys.exit(EXIT_FAILURE)
    if interrupt.requested():
        sys.exit(EXIT_INTERRUPTED)
