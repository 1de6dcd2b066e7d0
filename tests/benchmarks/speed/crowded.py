"""How many steps a training makes alone, beside a busy program and beside a second training."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from zssr_studio.resource import SAMPLE_PHOTO, resource_path

PERIOD_S = 0.1
BUSY = """
import sys, time
busy_s, period_s = float(sys.argv[1]), float(sys.argv[2])
while True:
    end_s = time.perf_counter() + busy_s
    while time.perf_counter() < end_s:
        pass
    time.sleep(period_s - busy_s)
"""


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks crowded", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--share", type=float, default=1, help="of each tenth of a second that the program is busy for")
    options = parser.parse_args(arguments)
    for threads in (os.cpu_count() or 1, 1):
        with tempfile.TemporaryDirectory() as folder:
            alone = _steps(_training(options.seconds, threads, Path(folder, "alone.png")))
            # A session of its own, as another program has: Linux shares the processors between sessions.
            command = [sys.executable, "-c", BUSY, str(options.share * PERIOD_S), str(PERIOD_S)]
            busy = subprocess.Popen(command, start_new_session=True)
            try:
                beside = _steps(_training(options.seconds, threads, Path(folder, "beside.png")))
            finally:
                busy.kill()
                busy.wait()
            both = [_training(options.seconds, threads, Path(folder, f"{name}.png")) for name in ("one", "other")]
            first, second = map(_steps, both)
        print(
            f"{threads} threads, {options.seconds:g} s: {alone} steps alone, {beside} beside a program that is busy "
            f"for {options.share:.0%}, "
            f"{first} and {second} in two trainings at once",
            flush=True,
        )
    return 0


def _training(seconds: float, threads: int, result: Path) -> subprocess.Popen[bytes]:
    photo = str(resource_path(SAMPLE_PHOTO))
    bounds = ["--seconds", str(seconds), "--least-gain", "0", "--crop", "0,0,160,240"]
    return subprocess.Popen(
        [sys.executable, "-m", "zssr_studio", "upscale", photo, "-o", str(result), *bounds, "--json"],
        env={**os.environ, "OMP_NUM_THREADS": str(threads)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _steps(training: subprocess.Popen[bytes]) -> int:
    told = training.communicate()[0]
    if training.returncode:
        raise SystemExit(f"The training ended with {training.returncode}.")
    return int(json.loads(told.splitlines()[-1])["steps"])
