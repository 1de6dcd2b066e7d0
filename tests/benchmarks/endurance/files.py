"""Seconds and peak memory of `info` and of `upscale --scale 1` for a 16-bit TIFF of 100 megapixels."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image

from zssr_studio.resource import SAMPLE_PHOTO, resource_path


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks files", description=__doc__)
    parser.add_argument("--megapixels", type=float, default=100.0)
    parser.add_argument("--folder", help="where the files lie meanwhile; they take 1.2 GB")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
        source, target = Path(scratch) / "source.tif", Path(scratch) / "target.tif"
        # In a process of its own: Linux counts what a parent held into the peak of its children.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            height, width = pool.submit(_write, options.megapixels, source).result()
        print(f"{width} x {height} pixels, 16 bits: {source.stat().st_size / 1e6:.0f} MB")
        for words in (("info", source), ("upscale", source, "-o", target, "--scale", "1")):
            wall_s, peak_bytes = _timed(list(map(str, words)))
            print(f"{words[0]:8s} {wall_s:7.2f} s  {peak_bytes / 1e9:5.2f} GB", flush=True)
        same = np.array_equal(tifffile.imread(source)[::97], tifffile.imread(target)[::97])
        print("every 97th row is equal" if same else "THE PIXELS DIFFER")
        return int(not same)


def _write(megapixels: float, path: Path) -> tuple[int, int]:
    """Write mirrored copies of the sample photo with levels between those of 8 bits."""
    with Image.open(resource_path(SAMPLE_PHOTO)) as opened:
        photo = np.asarray(opened.convert("RGB")).astype(np.uint16)
    width = round((megapixels * 1e6 * 1.5) ** 0.5)
    height = round(megapixels * 1e6 / width)
    pads = [(0, max(0, height - photo.shape[0])), (0, max(0, width - photo.shape[1])), (0, 0)]
    samples = np.pad(photo * 257, pads, mode="symmetric")[:height, :width]
    samples[::2] ^= 0x0055
    tifffile.imwrite(path, samples, photometric="rgb", rowsperstrip=64)
    return height, width


def _timed(words: list[str]) -> tuple[float, int]:
    started_s = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "zssr_studio", *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{words[0]}: exit code {process.returncode}\n{errors}")
    # Linux counts in kibibytes, macOS in bytes.
    return time.perf_counter() - started_s, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
