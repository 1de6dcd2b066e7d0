"""What the rows of the quality benchmark say: means, the speed of one preset against another, and curves."""

from __future__ import annotations

import itertools
import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Row = dict[str, str]
SLOW, QUICK = "paper", "fast"
COLOURS = ("tab:blue", "tab:orange", "tab:green", "tab:red")


def told(rows: list[Row]) -> list[str]:
    """Sentences about the rows, one a line."""
    lines = [line for name in _values(rows, "set") for line in _means([row for row in rows if row["set"] == name])]
    return [*lines, *_speed_up(rows)]


def _values(rows: list[Row], column: str) -> list[str]:
    return list(dict.fromkeys(row[column] for row in rows))


def _number(row: Row, column: str) -> float:
    return float(row[column])


def _mean(rows: list[Row], column: str) -> float:
    return statistics.fmean(_number(row, column) for row in rows)


def _means(rows: list[Row]) -> Iterator[str]:
    kinds = dict.fromkeys(map(_kernel_kind, rows))
    for preset, asked, kind in itertools.product(_values(rows, "preset"), _values(rows, "asked_s"), kinds):
        wanted = (preset, asked, kind)
        part = [row for row in rows if (row["preset"], row["asked_s"], _kernel_kind(row)) == wanted]
        if part:
            gains = [_number(row, "psnr_db") - _number(row, "bicubic_db") for row in part]
            yield (
                f"{part[0]['set']}, {preset}, {asked}, {kind} kernel: mean of {len(part)}: "
                f"{_mean(part, 'psnr_db'):.3f} dB, {statistics.fmean(gains):+.3f} over bicubic's "
                f"{_mean(part, 'bicubic_db'):.3f}, worst gain {min(gains):+.2f}; {_mean(part, 'training_s'):.1f} s of "
                f"training, {_mean(part, 'wall_s'):.1f} s in all, {_mean(part, 'steps'):.0f} steps"
            )


def _kernel_kind(row: Row) -> str:
    """Bicubic, given by a file (whose name the row holds), or estimated."""
    return "given" if "." in row["kernel"] else row["kernel"] or "bicubic"


def _speed_up(rows: list[Row]) -> Iterator[str]:
    """How much sooner the quick preset has the slow one's final PSNR, image by image."""
    ratios = []
    for slow in [row for row in rows if row["preset"] == SLOW and row["asked_s"] == "end"]:
        same = [row for row in rows if (row["set"], row["image"]) == (slow["set"], slow["image"])]
        quick = [row for row in same if row["preset"] == QUICK]
        reached = [_number(row, "training_s") for row in quick if _number(row, "psnr_db") >= _number(slow, "psnr_db")]
        if not quick:
            continue
        if not reached:
            yield f"{slow['image']}: {QUICK} did not reach {SLOW}'s {slow['psnr_db']} dB in the times that were asked"
            ratios.append(0.0)
            continue
        ratios.append(_number(slow, "training_s") / min(reached))
        yield (
            f"{slow['image']}: {SLOW} {slow['psnr_db']} dB in {_number(slow, 'training_s'):.0f} s, {QUICK} has it in "
            f"{min(reached):.1f} s or less: {ratios[-1]:.0f} times sooner"
        )
    if ratios:
        yield f"median of {len(ratios)}: {statistics.median(ratios):.0f} times sooner"


def plot(rows: list[Row], path: Path) -> None:
    """Draw the gain over bicubic against training seconds: thin for each image, thick for the mean."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.add_subplot(xscale="log", xlabel="seconds of training", ylabel="gain over bicubic, dB")
    for colour, preset in zip(COLOURS, _values(rows, "preset"), strict=False):
        part = [row for row in rows if row["preset"] == preset]
        for image in dict.fromkeys((row["set"], row["image"]) for row in part):
            points = sorted(
                (_number(row, "training_s"), _number(row, "psnr_db") - _number(row, "bicubic_db"))
                for row in part
                if (row["set"], row["image"]) == image
            )
            axes.plot(*zip(*points, strict=True), color=colour, linewidth=0.6, marker=".", alpha=0.5)
        means = sorted(
            (_mean(at, "training_s"), _mean(at, "psnr_db") - _mean(at, "bicubic_db"))
            for at in ([row for row in part if row["asked_s"] == asked] for asked in _values(part, "asked_s"))
        )
        axes.plot(*zip(*means, strict=True), color=colour, linewidth=2, marker="o", label=preset)
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(path, dpi=120)
