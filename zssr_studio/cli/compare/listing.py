"""The command that lists the methods to compare with."""

from __future__ import annotations

import json
import sys
from pathlib import Path  # noqa: TC003  # typer reads the annotations at run time
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from zssr_studio.cli.streams import console, shown
from zssr_studio.words.methods import LEARNED_FROM_TEXTS

if TYPE_CHECKING:
    from zssr_studio.methods.registry import FoundFile


def methods_command(
    models: Annotated[
        Path | None, typer.Option("--models", metavar="DIR", help="Look through this folder for files of weights.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """List the methods to compare with.

    With --models also what the files of weights in a folder are.
    """
    from zssr_studio.methods.registry import built_in, methods_in

    own = built_in()
    files = [] if models is None else methods_in(models)
    if as_json:
        listed = [{"key": one.key, "name": one.name, "learned_from": str(one.learned_from)} for one in own]
        sys.stdout.write(json.dumps({"methods": listed, "files": [_record(one) for one in files]}) + "\n")
        return
    table = Table("method", "what it is", "knows", box=None, pad_edge=False)
    for one in own:
        table.add_row(one.key, one.name, LEARNED_FROM_TEXTS[one.learned_from])
    console().print(table)
    if models is not None:
        console().print()
        _print_files(files, models)


def _print_files(files: list[FoundFile], folder: Path) -> None:
    """Say of each file what it is, or why it is nothing: in lines, since a table would cut names and sentences."""
    if not files:
        console().print(shown(f"{folder} holds no files of weights."))
    for one in files:
        name = shown(one.path.relative_to(folder))
        if one.method is None:
            console().print(f"{name}\n    not used: {shown(one.problem)}")
            continue
        scale = "any scale to 4" if one.method.scale is None else f"x{one.method.scale}"
        told = f"{one.method.title}, {scale}, {one.method.parameters:,} parameters"
        console().print(f"{name}\n    {shown(told)}; {LEARNED_FROM_TEXTS[one.method.learned_from]}")


def _record(one: FoundFile) -> dict[str, Any]:
    if one.method is None:
        return {"file": str(one.path), "problem": one.problem}
    return {
        "file": str(one.path),
        "key": one.method.key,
        "kind": one.method.kinds[0],
        "name": one.method.name,
        "scale": one.method.scale,
        "parameters": one.method.parameters,
        "learned_from": str(one.method.learned_from),
    }
