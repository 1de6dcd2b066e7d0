"""Contact sheets: input, bicubic and the result with everything found by itself, for pictures without a ground truth.

The eye judges. Each sheet shows the liveliest and the calmest part of a picture and says what was found; beside the
sheets stands what varies in flat parts, and how steep edges are, against bicubic (`shared/bench/real_look.py`).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import fmean

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests import shared_folder

PART_PX, SHOWN_PX, MARGIN_PX, TEXT_PX = 160, 480, 16, 18
PAPER, INK = (236, 236, 236), (28, 28, 28)
FOUND = ("jpeg_quality", "noise_std", "noise_grain_px", "kernel", "steps")
LOOKS = ("flat_luma", "flat_colour", "edges")


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks contact", description=__doc__)
    parser.add_argument("out_dir", type=Path)
    parser.add_argument("pictures", type=Path, nargs="*", help="by default ../shared/data/old-photos")
    parser.add_argument("--seconds", default="60")
    parser.add_argument("--grain", default="0")
    options = parser.parse_args(arguments)
    shared = shared_folder()
    pictures = options.pictures or ([] if shared is None else sorted((shared / "data" / "old-photos").glob("*.png")))
    if not pictures:
        print("Name pictures, or put the folder `shared` beside the project.", file=sys.stderr)
        return 2
    options.out_dir.mkdir(parents=True, exist_ok=True)
    looks = []
    for picture in pictures:
        result = options.out_dir / f"{picture.stem}_x2.png"
        record = _upscaled(picture, result, options.seconds, options.grain)
        sheet = options.out_dir / f"{picture.stem}_sheet.png"
        _sheet(picture, result, record).save(sheet)
        print(sheet, {name: record[name] for name in FOUND}, flush=True)
        if shared is not None:
            looks.append(_look(picture, result, shared))
            print("   ", "  ".join(f"{name} {looks[-1][name]:.2f}" for name in LOOKS), flush=True)
    if looks:
        print("mean", "  ".join(f"{name} {fmean(look[name] for look in looks):.2f}" for name in LOOKS))
    return 0


def _look(picture: Path, result: Path, shared: Path) -> dict[str, float]:
    judge = str(shared / "bench" / "real_look.py")
    done = subprocess.run(
        [sys.executable, judge, str(picture), str(result), "--scale", "2"], capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    return {name: float(told[name]) for name in LOOKS}


def _upscaled(picture: Path, result: Path, seconds: str, grain: str) -> dict[str, object]:
    command = [sys.executable, "-m", "zssr_studio", "upscale", str(picture), "-o", str(result), "--overwrite", "--json"]
    command += ["--kernel", "estimate", "--noise-std", "auto", "--grain", grain, "--seconds", seconds]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{picture.name}: exit code {done.returncode}\n{done.stderr}")
    record: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return record


def _sheet(picture: Path, result: Path, record: dict[str, object]) -> Image.Image:
    with Image.open(picture) as opened, Image.open(result) as enlarged:
        source, made = opened.convert("RGB"), enlarged.convert("RGB")
    large = source.resize(made.size, Image.Resampling.BICUBIC)
    places, titles = _places(source), ("Input", "Bicubic", "ZSSR Studio")
    cell = SHOWN_PX + MARGIN_PX
    sheet = Image.new("RGB", (len(titles) * cell + MARGIN_PX, len(places) * cell + 3 * MARGIN_PX + 2 * TEXT_PX), PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(TEXT_PX)
    for column, title in enumerate(titles):
        draw.text((MARGIN_PX + column * cell, MARGIN_PX), title, INK, font)
    for row, (left, top) in enumerate(places):
        box = (left, top, min(source.width, left + PART_PX), min(source.height, top + PART_PX))
        twice = (2 * box[0], 2 * box[1], 2 * box[2], 2 * box[3])
        for column, part in enumerate((source.crop(box), large.crop(twice), made.crop(twice))):
            shown = part.resize((SHOWN_PX, SHOWN_PX), Image.Resampling.NEAREST)
            sheet.paste(shown, (MARGIN_PX + column * cell, 2 * MARGIN_PX + TEXT_PX + row * cell))
    told = "; ".join(f"{name} {record[name]}" for name in FOUND)
    draw.text((MARGIN_PX, sheet.height - MARGIN_PX - TEXT_PX), f"{picture.name}: {told}", INK, font)
    return sheet


def _places(picture: Image.Image) -> list[tuple[int, int]]:
    """Left and top of the part with the most gradient, and of that with the least."""
    gray = np.asarray(picture.convert("L"), np.float64)
    gradient = np.abs(np.diff(gray, axis=0))[:, :-1] + np.abs(np.diff(gray, axis=1))[:-1]
    sums = np.pad(gradient, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    side = [min(PART_PX, n - 1) for n in gradient.shape]
    rows = sums[side[0] :] - sums[: -side[0]]
    parts = rows[:, side[1] :] - rows[:, : -side[1]]
    found = (np.unravel_index(at, parts.shape) for at in (parts.argmax(), parts.argmin()))
    return [(int(left), int(top)) for top, left in found]
