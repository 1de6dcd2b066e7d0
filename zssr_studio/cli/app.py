"""The terminal: its help is the manual.

Errors go to standard error; the exit code is 2 for bad input, 1 for a failure, 130 when interrupted.
"""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003  # typer reads the annotations at run time
from typing import Annotated, Any, NoReturn

import typer
from rich.table import Table
from typer.core import TyperGroup

from zssr_studio import __version__
from zssr_studio.cli import files, kernels, report, reproduce, upscale
from zssr_studio.cli.batch import command as batch
from zssr_studio.cli.compare import command, listing
from zssr_studio.cli.signals import end_at_once
from zssr_studio.cli.streams import EXIT_INTERRUPTED, console, errors_told, outlast_terminal, output_checked
from zssr_studio.engine.config import PRESETS
from zssr_studio.errors import INTERRUPTED
from zssr_studio.host.machine import check_room
from zssr_studio.words.presets import PRESET_SUMMARIES


class _Commands(TyperGroup):
    """The commands; one that is ended at once says so, for which typer has no word."""

    def invoke(self, ctx: Any) -> Any:  # a class that typer keeps to itself
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            sys.stderr.write(INTERRUPTED)
            sys.exit(EXIT_INTERRUPTED)


app = typer.Typer(
    name="zssr-studio",
    cls=_Commands,
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
    with errors_told(), output_checked():
        app()


@app.callback(invoke_without_command=True)
def _window_or_command(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if version:
        sys.stdout.write(f"zssr-studio {__version__}\n")
    elif context.invoked_subcommand is None:
        _open_window(())


def open_command(
    images: Annotated[
        list[Path] | None,
        typer.Argument(metavar="IMAGE", help="The picture, or the project, to open; several, or a folder, are a box."),
    ] = None,
) -> None:
    """Open a picture in the window, or in one that is open."""
    _open_window(tuple(images or ()))


def presets_command() -> None:
    """List the presets: named recipes of training."""
    table = Table("preset", "training", "what it is", box=None, pad_edge=False)
    for preset in PRESETS.values():
        time = f"{preset.seconds:g} s" if preset.seconds else "to its own end"
        table.add_row(preset.name, time, PRESET_SUMMARIES[preset.name])
    console().print(table)


def devices_command() -> None:
    """List the devices that can train, that of `auto` first."""
    check_room()
    from zssr_studio.engine.runtime.device import available_devices, device_title

    for name in available_devices():
        sys.stdout.write(f"{name:5s} {device_title(name)}\n")


# In the order in which --help lists them.
app.command("upscale")(upscale.upscale_command)
app.command("batch")(batch.batch_command)
app.command("reproduce", short_help="Do a run again, and compare the pixels.")(reproduce.reproduce_command)
app.command("report")(report.report_command)
app.command("compare")(command.compare_command)
app.command("estimate-kernel")(kernels.estimate_kernel_command)
app.command("info")(files.info_command)
app.command("open")(open_command)
app.command("methods")(listing.methods_command)
app.command("presets")(presets_command)
app.command("devices")(devices_command)


def _open_window(paths: tuple[Path, ...]) -> NoReturn:
    from zssr_studio.app.main import run_window

    sys.exit(run_window(paths))
