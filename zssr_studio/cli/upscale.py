"""The command that enlarges one picture: its options, and what is said of the run."""

from __future__ import annotations

import json
import sys
from pathlib import Path  # noqa: TC003  # typer reads the annotations at run time
from typing import Annotated

import typer

from zssr_studio.batch.one_file.options import Options, Order
from zssr_studio.cli import damage as damages  # noqa: TC001  # typer reads the annotations at run time
from zssr_studio.cli import files, kernels  # noqa: TC001  # the same
from zssr_studio.cli.run import report, write_run
from zssr_studio.cli.signals import Interrupt
from zssr_studio.cli.streams import tell_error, tell_notes, tell_sentence
from zssr_studio.engine.config import PRESETS
from zssr_studio.host.machine import check_room
from zssr_studio.imaging.export import DEFAULT_QUALITY, Compression, ResolutionPolicy
from zssr_studio.imaging.metadata.blocks import MetadataPolicy
from zssr_studio.job import DEFAULT_LEAST_GAIN_DB
from zssr_studio.record.told import told_figures

EXIT_FAILURE, EXIT_INTERRUPTED = 1, 130


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
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace OUTPUT if it exists. The source is never replaced.")
    ] = False,
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
    save_weights: Annotated[
        Path | None, typer.Option(help="Write what the network learned to this .safetensors file.")
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write the record of the run to this .json file: hashes, settings, findings, versions, times. What it "
            "takes to make the same pixels again stands in the result's XMP too.",
        ),
    ] = None,
    premis: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write PREMIS 3 of the enlargement to this .xml file, for an archive."),
    ] = None,
    sign_cert: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Sign the result with content credentials (C2PA) by this chain of certificates, PEM, the signer's own "
            "first. It takes the extra c2pa; nothing goes over the network.",
        ),
    ] = None,
    sign_key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The private key to it, PEM (PKCS #8), without a password.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")] = False,
) -> None:
    """Train on a picture and write it enlarged.

    A bar shows step, loss and the time left. Ctrl+C ends training, enlarges with the best network so far, writes that
    and exits with 130, and so do SIGTERM and SIGHUP; a second Ctrl+C leaves at once and writes nothing.
    """
    check_room()
    from zssr_studio.batch.one_file.preparation import prepared

    options = Options(
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
    order = Order(image, output, options, overwrite, save_weights, record, premis, sign_cert, sign_key)
    ready = prepared(order, tell_sentence)
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
