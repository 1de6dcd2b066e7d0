"""The command that does a run again and compares the pixels."""

from __future__ import annotations

import json
import sys
from pathlib import Path  # noqa: TC003  # typer reads the annotations at run time
from typing import Annotated

import typer

from zssr_studio.cli.run import shown_run
from zssr_studio.cli.streams import console, shown, tell_notes
from zssr_studio.evidence.record_files import read_record
from zssr_studio.evidence.recorded_job import job_of, source_page, source_path
from zssr_studio.evidence.reproduce import reproduced
from zssr_studio.host.machine import check_room
from zssr_studio.record.weights import read_weights

EXIT_DIFFERENT = 1


def reproduce_command(
    result: Annotated[
        Path,
        typer.Argument(metavar="RESULT|RECORD", help="A file that ZSSR Studio wrote, or the .json of --record."),
    ],
    source: Annotated[
        Path | None,
        typer.Option(help="The picture that was enlarged. By default, that of its name beside RESULT or RECORD."),
    ] = None,
    init: Annotated[
        Path | None, typer.Option(help="The weights that the run began with, where it began with some.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")] = False,
) -> None:
    """Do a run again from its record, and say whether its pixels are the same.

    A run that was bounded in seconds is done by the steps that it made. The exit code is 0 where the pixels are equal,
    and 1 where they differ. Nothing is written.
    """
    check_room()
    from zssr_studio.imaging.read import read_picture

    found = read_record(result)
    record = found.record
    picture = read_picture(source_path(record, result, source), source_page(record))
    job = job_of(record, picture, None if init is None else read_weights(init))
    tell_notes(picture.notes)
    with shown_run() as show:
        done = reproduced(record, job, show, found.result)
    console(errors=True).print(shown(done.sentence))
    if as_json:
        difference = done.largest_difference
        told = {
            "pixels_equal": done.is_equal,
            "file_unchanged": done.is_file_unchanged,
            "largest_difference": None if difference is None else round(difference, 7),
            "reasons": list(done.reasons),
            "steps": done.outcome.steps,
            "pixels_sha256": done.outcome.pixels_sha256,
        }
        sys.stdout.write(json.dumps(told) + "\n")
    if not done.is_equal or done.is_file_unchanged is False:
        sys.exit(EXIT_DIFFERENT)
