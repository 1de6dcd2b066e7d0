"""Seconds per megapixel and peak memory of `upscale` for pictures of growing size, in a table.

The seconds per megapixel are those of the output: from the end of training to the last row in the file.

The pictures are mirrored copies of the sample photo. The output is a TIFF, which is written as it is made.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

from zssr_studio.resource import SAMPLE_PHOTO, resource_path


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    print("megapixels           size   all, s training, s output, s    s/MP  peak, GB")
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        for megapixels in options.megapixels:
            _measure(megapixels, Path(scratch), options)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks large", description=__doc__)
    parser.add_argument("--megapixels", type=float, nargs="+", default=[1, 4, 16, 24, 100])
    parser.add_argument("--memory", default="4GB", help="passed on to upscale")
    parser.add_argument("--scale", default="2")
    parser.add_argument("--preset", default="fast")
    parser.add_argument("--seconds", type=float, default=10.0, help="of training")
    parser.add_argument("--folder", help="where the pictures lie meanwhile; they take up to 1.5 GB")
    return parser.parse_args(arguments)


def _measure(megapixels: float, folder: Path, options: argparse.Namespace) -> None:
    source, output = folder / "source.jpg", folder / "output.tif"
    height, width = _write_picture(megapixels, source)
    command = [sys.executable, "-m", "zssr_studio", "upscale", str(source), "-o", str(output), "--overwrite", "--json"]
    command += ["--memory", options.memory, "--seconds", str(options.seconds), "--least-gain", "0"]
    command += ["--scale", options.scale, "--preset", options.preset]
    started_s = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        told, errors, peak_bytes = _read(process)
    wall_s = time.perf_counter() - started_s
    if process.returncode:
        raise SystemExit(f"exit code {process.returncode}\n{errors}")
    record = json.loads(told.splitlines()[-1])
    training_s, output_s = float(record["seconds"]), float(record["output_seconds"])
    exact = height * width / 1e6
    size = f"{width} x {height}"
    print(
        f"{exact:10.1f} {size:>14s} {wall_s:8.1f} {training_s:11.1f} {output_s:9.1f} {output_s / exact:7.2f} "
        f"{peak_bytes / 1e9:9.2f}",
        flush=True,
    )
    output.unlink()


def _read(process: subprocess.Popen[str]) -> tuple[str, str, int]:
    """Read a process to its end: its output, its errors, and the most bytes of memory that it held."""
    assert process.stdout is not None
    assert process.stderr is not None
    told, errors = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    # Linux counts in kibibytes, macOS in bytes.
    return told, errors, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _write_picture(megapixels: float, path: Path) -> tuple[int, int]:
    with Image.open(resource_path(SAMPLE_PHOTO)) as opened:
        photo = np.asarray(opened.convert("RGB"))
    width = round(math.sqrt(megapixels * 1e6 * 1.5))
    height = round(megapixels * 1e6 / width)
    pads = [(0, max(0, height - photo.shape[0])), (0, max(0, width - photo.shape[1])), (0, 0)]
    Image.fromarray(np.pad(photo, pads, mode="symmetric")[:height, :width]).save(path, quality=95)
    return height, width
