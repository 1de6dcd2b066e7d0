"""PSNR against training seconds, by the field's protocol (`../shared/bench/score.py` is the judge).

Each run is a process of its own, as a person in a terminal would start it. Its figures join a CSV file at once, and
what is in the file already is not run again, so that a measurement that was broken off goes on where it was. Presets
are run in turns on each image, so that a busy machine hurts both alike.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from tests import benchmark_pictures
from tests.benchmarks.machine import processor
from tests.benchmarks.quality.quality_report import plot, told
from tests.benchmarks.quality.quality_sets import (
    PictureSet,
    add_damage_options,
    add_options,
    blurs_of,
    damaged,
    picture_set,
)
from tests.benchmarks.rows import append_row, is_known, judged, known_rows, parts_of

STEPS = "steps"
OWN_END = "end"
GIVEN, IDEAL = "given", "bicubic"
CLEANED = " cleaned"
KEY = ("set", "image", "preset", "asked_s", "seed", "kernel")


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    shared = benchmark_pictures()
    rows, names = known_rows(options.csv), set[str]()
    for folder, blur in itertools.product(options.set, blurs_of(options)):
        with (
            picture_set(shared, folder, blur) as undamaged,
            damaged(undamaged, options.noise, options.quality, options.grain) as pictures,
        ):
            names.add(pictures.name)
            for image, seconds, preset, kernel in itertools.product(
                pictures.images(options.first), options.seconds, options.preset, options.kernel
            ):
                _measure_once(rows, image, pictures, (preset, seconds, kernel), shared, options)
    wanted = [row for row in rows if _is_wanted(row, names, options)]
    print("\n".join(told(wanted)))
    if options.plot:
        plot(wanted, options.plot)
        print(f"the curves are in {options.plot}")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks quality", description=__doc__)
    parser.add_argument("--set", type=parts_of, default=["Set5/x2"], help="folders of LR images below ../shared/data")
    add_options(parser)
    add_damage_options(parser)
    parser.add_argument("--preset", type=parts_of, default=["fast"], help="presets, separated by commas")
    parser.add_argument("--seconds", type=parts_of, default=[OWN_END], help="bounds: 15, 60, `2000 steps`, `end`")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, help="only the first so many images of each set")
    parser.add_argument(
        "--kernel", type=parts_of, default=[GIVEN], help="given (what the set comes with), estimate, bicubic"
    )
    parser.add_argument(
        "--clean", action="store_true", help="let noise and JPEG compression be found and cleaned (--noise-std auto)"
    )
    parser.add_argument(
        "--csv", type=Path, default=Path("quality.csv"), help="file for the figures; what is there stays"
    )
    parser.add_argument("--plot", type=Path, help="picture file for the curves")
    parser.add_argument("--keep", type=Path, help="folder in which the results stay")
    return parser.parse_args(arguments)


def _is_wanted(row: dict[str, str], names: set[str], options: argparse.Namespace) -> bool:
    return (
        row["set"] in names
        and row["preset"] in options.preset
        and row["asked_s"] in options.seconds
        and row["seed"] == str(options.seed)
    )


def _measure_once(
    rows: list[dict[str, str]],
    image: Path,
    pictures: PictureSet,
    setting: tuple[str, str, str],
    shared: Path,
    options: argparse.Namespace,
) -> None:
    preset, seconds, kernel = setting
    stem = image.stem.removesuffix("_LR")
    file = image.with_name(f"{image.stem}_0.mat")
    if kernel == GIVEN:
        kernel = str(file) if file.exists() else IDEAL
    kind = {IDEAL: "", str(file): file.name}.get(kernel, kernel) + (CLEANED if options.clean else "")
    key = (pictures.name, stem, preset, seconds, str(options.seed), kind)
    if is_known(rows, KEY, key):
        return
    truth, scale = pictures.truth(image), pictures.scale
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep / pictures.name / preset / seconds / kind if options.keep else Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        record = _upscale(image, folder / f"{stem}.png", scale, preset, seconds, kernel, options)
        bicubic = _bicubic(image, truth, Path(scratch) / "bicubic.png", shared, scale)
        row = dict(zip(KEY, key, strict=True)) | {
            "psnr_db": f"{judged(folder / f'{stem}.png', truth, shared, scale)['psnr']:.4f}",
            "bicubic_db": f"{bicubic:.4f}",
            "steps": str(record["steps"]),
            "training_s": str(record["seconds"]),
            "wall_s": str(record["wall_s"]),
            "machine": processor(),
            "torch": version("torch"),
        }
    rows.append(row)
    append_row(row, options.csv)
    print("  ".join(f"{k} {row[k]}" for k in ("set", "image", "preset", "psnr_db", "steps", "training_s")), flush=True)


def _upscale(
    image: Path, output: Path, scale: int, preset: str, seconds: str, kernel: str, options: argparse.Namespace
) -> dict[str, object]:
    command = [sys.executable, "-m", "zssr_studio", "upscale", str(image), "-o", str(output), "--json", "--overwrite"]
    command += ["--scale", str(scale), "--preset", preset, "--seed", str(options.seed)]
    if seconds.endswith(STEPS):
        # As many on a busy machine as on one of its own.
        command += ["--steps", seconds.removesuffix(STEPS).strip()]
    elif seconds != OWN_END:
        # What is measured here is quality at a time, so that the time is used up.
        command += ["--seconds", seconds, "--least-gain", "0"]
    command += ["--kernel", kernel, "--noise-std", "auto" if options.clean else "0"]
    started_s = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{image.name}: exit code {done.returncode}\n{done.stderr}")
    record: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return record | {"wall_s": round(time.perf_counter() - started_s, 2)}


def _bicubic(image: Path, truth: Path, path: Path, shared: Path, scale: int) -> float:
    import numpy as np
    import torch
    from PIL import Image

    from zssr_studio.engine.degradation.model import Degradation
    from zssr_studio.pipeline import to_array, to_tensor

    with Image.open(image) as opened, Image.open(truth) as hr:
        pixels, size = np.asarray(opened.convert("RGB"), np.float32) / 255, (hr.height, hr.width)
    enlarged = Degradation((scale, scale)).upscale(to_tensor(pixels, torch.device("cpu")), size).clamp(0, 1)
    Image.fromarray((to_array(enlarged) * 255).round().astype(np.uint8)).save(path)
    return judged(path, truth, shared, scale)["psnr"]
