"""Figures that are kept in a CSV file while they are measured, and the judge of them."""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    Row = dict[str, str]


def parts_of(text: str) -> list[str]:
    """Return what an option lists, with commas between."""
    return [part for part in text.split(",") if part]


def parts_among(known: Collection[str]) -> Callable[[str], list[str]]:
    """Return what reads such a list and refuses what is not known."""

    def parts(text: str) -> list[str]:
        listed = parts_of(text)
        if strange := [part for part in listed if part not in known]:
            raise argparse.ArgumentTypeError(f"there is no {', '.join(strange)}; there are {', '.join(known)}")
        return listed

    return parts


def known_rows(path: Path) -> list[Row]:
    """Return what was measured before; nothing where there is no such file yet."""
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def is_known(rows: list[Row], columns: Sequence[str], key: Sequence[str]) -> bool:
    """Tell whether a row has these values in these columns."""
    return any(tuple(row[column] for column in columns) == tuple(key) for row in rows)


def append_row(row: Row, path: Path) -> None:
    """Write a row at once, so that a measurement that is broken off keeps what it has."""
    is_new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, row.keys())
        if is_new:
            writer.writeheader()
        writer.writerow(row)


def judged(result: Path, truth: Path, shared: Path, scale: int) -> dict[str, float]:
    """Return PSNR in dB and SSIM of a result by `shared/bench/score.py`: `psnr`, `ssim`."""
    judge = str(shared / "bench" / "score.py")
    command = [sys.executable, judge, str(result), str(truth), "--scale", str(scale), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    means: dict[str, float] = json.loads(done.stdout)["mean"]
    return means
