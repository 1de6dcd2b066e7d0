"""The terminal: its help is the manual.

Errors go to standard error; the exit code is 2 for bad input, 1 for a failure, 130 when interrupted.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path  # noqa: TC003  # typer reads the annotations at run time
from typing import Annotated, NoReturn

import typer
from rich.table import Table

from zssr_studio import __version__
from zssr_studio.cli import damage as damages
from zssr_studio.cli import files, kernels
from zssr_studio.cli.compare import command, listing
from zssr_studio.cli.run import json_line, memory_failure, report, write_run
from zssr_studio.cli.signals import Interrupt, end_at_once
from zssr_studio.cli.streams import console, outlast_terminal, tell_error, tell_notes
from zssr_studio.cli.values import read_bytes, read_crop
from zssr_studio.engine.config import PRESETS
from zssr_studio.engine.weights import Weights
from zssr_studio.errors import BadInputError, StudioError
from zssr_studio.host.machine import check_room
from zssr_studio.imaging.export import DEFAULT_QUALITY, Compression, ResolutionPolicy
from zssr_studio.imaging.metadata.blocks import MetadataPolicy
from zssr_studio.imaging.saving.kept import KeptElsewhereError
from zssr_studio.job import DEFAULT_LEAST_GAIN_DB, Job
from zssr_studio.kernel_choice import IDEAL
from zssr_studio.words.presets import PRESET_SUMMARIES

EXIT_FAILURE, EXIT_BAD_INPUT, EXIT_INTERRUPTED = 1, 2, 130

app = typer.Typer(
    name="zssr-studio",
    help=(
        "Enlarges one picture by training a small network on that picture alone; no outside pictures are used.\n\n"
        "Without a command the window opens. Exit codes: 0 done, 1 failure, 2 bad input, 130 interrupted "
        "(the best result so far is kept)."
    ),
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line and exit with its code."""
    outlast_terminal()
    end_at_once()
    try:
        app()
    except StudioError as error:
        tell_error(error)
        sys.exit(EXIT_BAD_INPUT if isinstance(error, BadInputError) else EXIT_FAILURE)
    except MemoryError:
        tell_error(memory_failure())
        sys.exit(EXIT_FAILURE)
    except KeyboardInterrupt:
        sys.stderr.write("zssr-studio: interrupted; nothing was written\n")
        sys.exit(EXIT_INTERRUPTED)


@app.callback(invoke_without_command=True)
def _window_or_command(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if version:
        sys.stdout.write(f"zssr-studio {__version__}\n")
    elif context.invoked_subcommand is None:
        _open_window(())


@app.command("open")
def open_command(
    images: Annotated[
        list[Path] | None,
        typer.Argument(metavar="IMAGE", help="The picture, or the project, to open; of several the first one."),
    ] = None,
) -> None:
    """Open the window with a picture, or show it in the window that is already open."""
    _open_window(tuple(images or ()))


@app.command("presets")
def presets_command() -> None:
    """List the presets: named recipes of network, training and refinement."""
    table = Table("preset", "training", "what it is", box=None, pad_edge=False)
    for preset in PRESETS.values():
        time = f"{preset.seconds:g} s" if preset.seconds else "to its own end"
        table.add_row(preset.name, time, PRESET_SUMMARIES[preset.name])
    console().print(table)


@app.command("devices")
def devices_command() -> None:
    """List the devices that can train, the one that `auto` takes first."""
    check_room()
    from zssr_studio.engine.runtime.device import available_devices, device_title

    for name in available_devices():
        sys.stdout.write(f"{name:5s} {device_title(name)}\n")


app.command("info")(files.info_command)
app.command("estimate-kernel")(kernels.estimate_kernel_command)
app.command("methods")(listing.methods_command)
app.command("compare")(command.compare_command)


@app.command("upscale")
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
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")] = False,
) -> None:
    """Train on a picture and write it enlarged.

    A bar shows step, loss and the time left. Ctrl+C ends training, enlarges with the best network so far, writes that
    and exits with 130, and so do SIGTERM and SIGHUP; a second Ctrl+C leaves at once and writes nothing.
    """
    check_room()
    from zssr_studio.engine.runtime.device import choose_device
    from zssr_studio.imaging.read import read_info, read_picture
    from zssr_studio.imaging.weight_files import check_weight_file, write_weight_file
    from zssr_studio.imaging.write import check_picture, check_writable

    header = read_info(image, page)
    chosen_part = None if crop is None else read_crop(crop)
    part_size = (header.height, header.width) if chosen_part is None else (chosen_part.height, chosen_part.width)
    factors, print_dpi = files.chosen_scale(part_size, scale, size, print_size, dpi)
    output = files.chosen_output(image, output, str(factors))
    check_writable(output, overwrite=overwrite)
    if save_weights is not None:
        if factors.is_copy:
            raise BadInputError("A scale of 1 trains nothing, so there are no weights to save.")
        check_weight_file(save_weights, overwrite=overwrite)
    _refuse_source(image, output)
    options = files.export_options(
        output, bits, colour, metadata, resolution, quality, compression, source_type, print_dpi, lossless=lossless
    )
    choose_device(device)
    # The paper's ideal case is what its presets are for, and a copy is not to be changed.
    finds = PRESETS[preset].finds_damage and not factors.is_copy if preset in PRESETS else False
    kernel_text = kernel or (kernels.AUTO if finds else IDEAL)
    clean_text = clean or (damages.AUTO if finds else damages.NONE)
    job = Job(
        picture=read_picture(image, page),
        scale=factors,
        preset=preset,
        crop=chosen_part,
        kernel=kernels.named_kernel(kernel_text, kernel_uncertainty, factors),
        seed=seed,
        seconds=seconds,
        steps=steps,
        device=device,
        threads=threads,
        least_gain_db=least_gain,
        memory_bytes=None if memory is None else read_bytes(memory),
        init=None if init is None else _weights(init),
        name=image.name,
    )
    check_picture(job.enlarged_header, job.out_size, output, options)
    # What takes seconds to find comes behind everything that can be refused.
    job = replace(job, damage=damages.chosen_damage(clean_text, grain, grain_colour, job.source))
    if kernels.is_estimated(kernel_text):
        job = replace(job, kernel=kernels.estimated_kernel(job, kernel_uncertainty))
    derivation = files.derivation(job, image, options)
    interrupt = Interrupt()
    interrupt.install()
    tell_notes(job.picture.notes)
    outcome, kept = write_run(job, interrupt, output, options, derivation, overwrite=overwrite)
    elsewhere = [] if kept is None else [kept]
    if save_weights is not None and outcome.weights is not None:
        try:
            write_weight_file(outcome.weights.arrays, outcome.weights.metadata, save_weights, overwrite=overwrite)
        except KeptElsewhereError as error:
            elsewhere.append(error)
    written = output if kept is None else kept.path
    report(job, outcome, written, interrupted=interrupt.requested())
    for one in elsewhere:
        tell_error(one)
    if as_json:
        sys.stdout.write(json_line(job, outcome, written, interrupted=interrupt.requested()) + "\n")
    if elsewhere:
        sys.exit(EXIT_FAILURE)
    if interrupt.requested():
        sys.exit(EXIT_INTERRUPTED)


def _weights(path: Path) -> Weights:
    from zssr_studio.imaging.weight_files import read_weight_file

    return Weights.from_file(path.name, *read_weight_file(path))


def _open_window(paths: tuple[Path, ...]) -> NoReturn:
    from zssr_studio.app.main import run_window

    sys.exit(run_window(paths))


def _refuse_source(image: Path, output: Path) -> None:
    if output.exists() and image.exists() and output.samefile(image):
        raise BadInputError(f"{output} is the source, which is never overwritten. Give another name with -o.")
