"""PSNR of each image of a set after training, by the field's protocol (`../shared/bench/score.py` is the judge)."""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import shared_folder


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    shared = shared_folder()
    if shared is None:
        print("The benchmark pictures are not here: put the folder `shared` beside the project.", file=sys.stderr)
        return 2
    lr_folder, hr_folder = shared / "data" / options.set, shared / "data" / options.truth
    images = sorted(lr_folder.glob("*_LR.png"))[: options.first]
    print(
        f"{options.set}: {len(images)} images, preset {options.preset}, seconds {options.seconds}, seed {options.seed}"
    )
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(options.keep or scratch)
        work.mkdir(parents=True, exist_ok=True)
        rows = [_measure(image, work, hr_folder, shared, options) for image in images]
    _finish(rows, options)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks quality", description=__doc__)
    parser.add_argument("--set", default="Set5/x2", help="folder of LR images below ../shared/data")
    parser.add_argument("--truth", help="folder of the HR images; by default the set, or BSD100 for its variants")
    parser.add_argument("--preset", default="fast")
    parser.add_argument("--seconds", type=float, help="bound of training; by default the preset's")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, help="only the first so many images")
    parser.add_argument("--keep", help="folder in which the results stay; what is there already is not made again")
    parser.add_argument("--csv", type=Path, help="file for the figures")
    options = parser.parse_args(arguments)
    options.scale = int(options.set.rsplit("/x", 1)[-1])
    options.truth = options.truth or options.set.replace("-kernels", "").replace("-poor", "")
    return options


def _measure(image: Path, work: Path, hr_folder: Path, shared: Path, options: argparse.Namespace) -> dict[str, object]:
    """Enlarge one image in a process of its own, as a person in a terminal would, and score it."""
    stem = image.stem.removesuffix("_LR")
    output, record = work / f"{stem}.png", work / f"{stem}.json"
    if not (output.exists() and record.exists()):
        record.write_text(_upscale(image, output, options), encoding="utf-8")
    told = json.loads(record.read_text(encoding="utf-8"))
    row = {
        "image": stem,
        "psnr_db": _score(output, hr_folder / f"{stem}_HR.png", shared, options.scale),
        "bicubic_db": _bicubic(image, hr_folder / f"{stem}_HR.png", work, shared, options.scale),
        "steps": told["steps"],
        "training_s": told["seconds"],
        "wall_s": told["wall_s"],
    }
    print("  ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in row.items()), flush=True)
    return row


def _upscale(image: Path, output: Path, options: argparse.Namespace) -> str:
    command = [sys.executable, "-m", "zssr_studio", "upscale", str(image), "-o", str(output), "--json", "--overwrite"]
    command += ["--scale", str(options.scale), "--preset", options.preset, "--seed", str(options.seed)]
    if options.seconds is not None:
        command += ["--seconds", str(options.seconds)]
    kernel = image.with_name(f"{image.stem}_0.mat")
    if kernel.exists():
        command += ["--kernel", str(kernel)]
    started_s = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{image.name}: exit code {done.returncode}\n{done.stderr}")
    told = json.loads(done.stdout.splitlines()[-1])
    return json.dumps(told | {"wall_s": round(time.perf_counter() - started_s, 2)})


def _score(result: Path, truth: Path, shared: Path, scale: int) -> float:
    command = [
        sys.executable,
        str(shared / "bench" / "score.py"),
        str(result),
        str(truth),
        "--scale",
        str(scale),
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["mean"]["psnr"])


def _bicubic(image: Path, truth: Path, work: Path, shared: Path, scale: int) -> float:
    import numpy as np
    import torch
    from PIL import Image

    from zssr_studio.engine.degradation import Degradation
    from zssr_studio.pipeline import to_array, to_tensor

    with Image.open(image) as opened, Image.open(truth) as hr:
        pixels, size = np.asarray(opened.convert("RGB"), np.float32) / 255, (hr.height, hr.width)
    enlarged = Degradation((scale, scale)).upscale(to_tensor(pixels, torch.device("cpu")), size).clamp(0, 1)
    path = work / f"{image.stem}_bicubic.png"
    Image.fromarray((to_array(enlarged) * 255).round().astype(np.uint8)).save(path)
    value = _score(path, truth, shared, scale)
    path.unlink()
    return value


def _finish(rows: list[dict[str, object]], options: argparse.Namespace) -> None:
    def mean(key: str) -> float:
        return sum(float(str(row[key])) for row in rows) / len(rows)

    gains = [float(str(row["psnr_db"])) - float(str(row["bicubic_db"])) for row in rows]
    print(
        f"mean of {len(rows)}: {mean('psnr_db'):.3f} dB, {sum(gains) / len(gains):+.3f} dB over bicubic's "
        f"{mean('bicubic_db'):.3f}; worst gain {min(gains):+.2f} dB; {mean('training_s'):.1f} s of training, "
        f"{mean('wall_s'):.1f} s in all, {mean('steps'):.0f} steps"
    )
    if options.csv:
        with options.csv.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
