"""Contact sheets: input, bicubic and the result with everything found by itself, for pictures without a ground truth.

There is no figure for these; the eye judges. Each sheet shows the liveliest part of a picture and says what was found.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests import shared_folder

PART_PX, SHOWN_PX, MARGIN_PX, TEXT_PX = 160, 480, 16, 18
PAPER, INK = (236, 236, 236), (28, 28, 28)
FOUND = ("jpeg_quality", "noise_std", "kernel", "steps")


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
    for picture in pictures:
        result = options.out_dir / f"{picture.stem}_x2.png"
        record = _upscaled(picture, result, options.seconds, options.grain)
        sheet = options.out_dir / f"{picture.stem}_sheet.png"
        _sheet(picture, result, record).save(sheet)
        print(sheet, {name: record[name] for name in FOUND}, flush=True)
    return 0


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
    left, top = _liveliest(source)
    box = (left, top, min(source.width, left + PART_PX), min(source.height, top + PART_PX))
    twice = (2 * box[0], 2 * box[1], 2 * box[2], 2 * box[3])
    large = source.resize(made.size, Image.Resampling.BICUBIC).crop(twice)
    parts = {
        "Input": source.crop(box).resize((SHOWN_PX, SHOWN_PX), Image.Resampling.NEAREST),
        "Bicubic": large.resize((SHOWN_PX, SHOWN_PX), Image.Resampling.NEAREST),
        "ZSSR Studio": made.crop(twice).resize((SHOWN_PX, SHOWN_PX), Image.Resampling.NEAREST),
    }
    width = len(parts) * (SHOWN_PX + MARGIN_PX) + MARGIN_PX
    sheet = Image.new("RGB", (width, SHOWN_PX + 4 * MARGIN_PX + 2 * TEXT_PX), PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(TEXT_PX)
    for index, (title, part) in enumerate(parts.items()):
        x = MARGIN_PX + index * (SHOWN_PX + MARGIN_PX)
        draw.text((x, MARGIN_PX), title, INK, font)
        sheet.paste(part, (x, 2 * MARGIN_PX + TEXT_PX))
    told = "; ".join(f"{name} {record[name]}" for name in FOUND)
    draw.text((MARGIN_PX, SHOWN_PX + 3 * MARGIN_PX + TEXT_PX), f"{picture.name}: {told}", INK, font)
    return sheet


def _liveliest(picture: Image.Image) -> tuple[int, int]:
    """Left and top of the part with the most gradient."""
    gray = np.asarray(picture.convert("L"), np.float64)
    gradient = np.abs(np.diff(gray, axis=0))[:, :-1] + np.abs(np.diff(gray, axis=1))[:-1]
    sums = np.pad(gradient, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    side = [min(PART_PX, n - 1) for n in gradient.shape]
    rows = sums[side[0] :] - sums[: -side[0]]
    parts = rows[:, side[1] :] - rows[:, : -side[1]]
    top, left = np.unravel_index(parts.argmax(), parts.shape)
    return int(left), int(top)
