"""The command that enlarges one picture: its options, and what is said of the run."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from zssr_studio.batch.one_file.options import Options  # noqa: TC001  # typer reads the annotations at run time
from zssr_studio.batch.one_file.order import Order
from zssr_studio.cli import evidence
from zssr_studio.cli.options import taking_options
from zssr_studio.cli.run import report, write_run
from zssr_studio.cli.signals import Interrupt
from zssr_studio.cli.streams import EXIT_FAILURE, EXIT_INTERRUPTED, tell_error, tell_notes, tell_sentence
from zssr_studio.host.machine import check_room
from zssr_studio.record.told import told_figures

OutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        help="The file to write: .png, .tif, .jpg, .webp, .avif or .jxl. By default, as NAME_zssr2x.",
    ),
]
WeightsOption = Annotated[Path | None, typer.Option(help="Write what the network learned to this .safetensors file.")]
RecordOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Write the record of the run to this .json file: hashes, settings, findings, versions, times. What it "
        "takes to make the same pixels again stands in the result's XMP too.",
    ),
]
PremisOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write PREMIS 3 of the enlargement to this .xml file, for an archive."),
]


@taking_options
def upscale_command(
    image: Annotated[
        Path,
        typer.Argument(help="The picture to enlarge: PNG, JPEG, TIFF, WebP, AVIF, JPEG XL, HEIC, BMP, DNG or RAW."),
    ],
    output: OutputOption = None,
    *,
    options: Options,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace OUTPUT if it exists. The source is never replaced.")
    ] = False,
    save_weights: WeightsOption = None,
    record: RecordOption = None,
    maps: evidence.MapsOption = None,
    members: evidence.MembersOption = 1,
    kernel_off: evidence.KernelOffOption = None,
    premis: PremisOption = None,
    sign_cert: evidence.SignCertOption = None,
    sign_key: evidence.SignKeyOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")] = False,
) -> None:
    """Train on a picture and write it enlarged.

    A bar shows step, loss and the time left. Ctrl+C ends training, enlarges with the best network so far, writes that
    and exits with 130, and so do SIGTERM and SIGHUP; a second Ctrl+C leaves at once and writes nothing.
    """
    check_room()
    from zssr_studio.batch.one_file.preparation import prepared

    order = Order(
        image,
        output,
        options,
        overwrite=overwrite,
        save_weights=save_weights,
        record=record,
        maps=maps,
        members=members,
        kernel_off_percent=kernel_off,
        premis=premis,
        sign_cert=sign_cert,
        sign_key=sign_key,
    )
    ready = prepared(order, tell_sentence)
    interrupt = Interrupt()
    interrupt.install()
    tell_notes(ready.job.picture.notes)
    written = write_run(ready, interrupt)
    report(ready.job, written.outcome, written.output, interrupted=interrupt.requested())
    evidence.tell(ready.job, written)
    for one in written.elsewhere + written.shown.failures:
        tell_error(one)
    if as_json:
        figures = told_figures(ready.job, written.outcome, written.output, interrupted=interrupt.requested())
        figures |= {"evidence": written.shown.figures}
        sys.stdout.write(json.dumps(figures) + "\n")
    if written.elsewhere or written.shown.failures:
        sys.exit(EXIT_FAILURE)
    if interrupt.requested():
        sys.exit(EXIT_INTERRUPTED)
