"""A comparison as a table, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from rich.table import Table

from zssr_studio.cli.compare.work import Row
from zssr_studio.cli.streams import console, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

MB = 1e6
# What stands for a PSNR without any error, as in the window.
EQUAL = "equal"
COLUMNS = ("method", "PSNR dB", "SSIM", "consistency dB", "seconds", "MB", "learned from")


def print_table(rows: Sequence[Row]) -> None:
    """Print the results of each picture on standard output."""
    for image in dict.fromkeys(row.image for row in rows):
        console().print(shown(image))
        table = Table(*COLUMNS, box=None, pad_edge=False)
        table.columns[0].overflow = table.columns[-1].overflow = "fold"
        for number in range(1, 6):
            table.columns[number].justify = "right"
            table.columns[number].no_wrap = True
        for row in rows:
            if row.image == image:
                table.add_row(*_cells(row))
        console().print(table)


def _cells(row: Row) -> tuple[str, ...]:
    if row.problem:
        return shown(row.name), "", "", "", "", "", shown(f"no result: {row.problem}")
    return (
        shown(row.name),
        _number(row.psnr_db, 2),
        _number(row.ssim, 4),
        _number(row.consistency_db, 1),
        _number(row.seconds, 1),
        _number(row.memory_bytes / MB, 0),
        row.learned_from,
    )


def _number(value: float | None, digits: int) -> str:
    if value is None:
        return "–"
    return EQUAL if math.isinf(value) else f"{value:.{digits}f}"


def as_csv(rows: Sequence[Row]) -> str:
    """Return the rows as CSV, with a line of their names."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Row)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(_plain(row) for row in rows)
    return text.getvalue()


def as_json(rows: Sequence[Row], scale: str, *, interrupted: bool) -> str:
    """Return the rows as one JSON object; a figure without any error is null."""
    return json.dumps({"scale": scale, "results": [_plain(row) for row in rows], "interrupted": interrupted})


def _plain(row: Row) -> dict[str, Any]:
    """Return a row with rounded figures, None for what is no number."""
    plain = asdict(row)
    for name, value in plain.items():
        if isinstance(value, float):
            plain[name] = round(value, 4) if math.isfinite(value) else None
    return plain
