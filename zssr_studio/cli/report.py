"""The command that reports on a result."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads the annotations at run time
from typing import Annotated

import typer

from zssr_studio.cli.streams import console, shown
from zssr_studio.host.machine import check_room


def report_command(
    result: Annotated[Path, typer.Argument(help="A file that ZSSR Studio wrote, with the record of its run.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write: .pdf (PDF/A-1b) or .html.")],
    source: Annotated[
        Path | None,
        typer.Option(help="The picture that was enlarged. By default, that of its name beside RESULT."),
    ] = None,
    maps: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The folder to which `upscale --maps` wrote, for the map of disagreement."),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace OUTPUT if it exists.")] = False,
) -> None:
    """Write a report of one page on a result.

    It shows before and after, where the result is not consistent with the input, where the passes disagree, all
    settings and hashes, and says in plain words what may be relied on. The map of consistency is made anew from the
    result and its source; nothing is trained.
    """
    check_room()
    from zssr_studio.evidence.report.making import check_report_name, report_on_file
    from zssr_studio.imaging.saving.atomic import write_atomically
    from zssr_studio.imaging.saving.places import check_place
    from zssr_studio.words.say import english

    check_report_name(output)
    check_place(output, overwrite=overwrite)
    report = report_on_file(result, source, maps)
    if output.suffix.lower() == ".html":
        content = report.html().encode()
    else:
        from zssr_studio.app.controllers.export.report_pdf import ensure_application, pdf_of

        application = ensure_application()
        content = pdf_of(report, english, result.name)
        del application
    write_atomically(output, lambda file: file.write(content), overwrite=overwrite)
    console(errors=True).print(shown(f"{output}: the report on {result.name}."))
