"""How long `bash packaging/run.sh` takes until its window is on the screen, once everything is installed.

With `--against` the processor's seconds of a start of this checkout and of another's, in turns: they tell the same on a
busy machine, where the seconds of the clock tell of the others.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import psutil

CHECKOUT = Path(__file__).resolve().parents[3]
SCRIPT = CHECKOUT / "packaging" / "run.sh"
PATIENCE_S = 600.0
AIM_S = 3.0


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks startup", description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--against", type=Path, metavar="CHECKOUT", help="compare the processor's seconds of both")
    options = parser.parse_args(arguments)
    if not os.environ.get("DISPLAY") or shutil.which("xdotool") is None:
        print(
            "This needs an X display that stays when its last window goes, and xdotool, such as: xvfb-run "
            "--server-args=-noreset python -m tests.benchmarks startup",
            file=sys.stderr,
        )
        return 2
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    if options.against is not None:
        return _compare(options.against, options.times, environment)
    _start_s(environment)  # what is missing is installed and read from the disk once
    measured = [_start_s(environment) for _ in range(options.times)]
    told = ", ".join(f"{seconds:.2f}" for seconds in measured)
    print(f"seconds to the window: {told}; longest {max(measured):.2f} (aim: under {AIM_S:g})")
    return 0


def _compare(other: Path, times: int, environment: dict[str, str]) -> int:
    """Start both in turns, so that what else the machine does meets both alike."""
    checkouts, measured = (CHECKOUT, other), ([], [])
    for number in range(times + 1):
        for checkout, seconds in zip(checkouts, measured, strict=True):
            taken = _processor_s(checkout, environment)
            if number > 0:  # the first one compiles what was not compiled yet
                seconds.append(taken)
    for checkout, seconds in zip(checkouts, measured, strict=True):
        told = ", ".join(f"{one:.2f}" for one in seconds)
        print(f"{checkout}: processor's seconds to the window {told}; median {statistics.median(seconds):.2f}")
    ratios = [own / others for own, others in zip(*measured, strict=True)]
    print(f"this one takes {statistics.median(ratios):.2f} of the other ({min(ratios):.2f} to {max(ratios):.2f})")
    return 0


def _processor_s(checkout: Path, environment: dict[str, str]) -> float:
    """Start the window without a picture, so that nothing is done once it is there."""
    command = [sys.executable, "-m", "zssr_studio"]
    paths = {"PYTHONPATH": str(checkout)}
    with subprocess.Popen(command, cwd=checkout, env=environment | paths, start_new_session=True) as process:
        try:
            while not _is_shown():
                if process.poll() is not None:
                    raise SystemExit("no window came; see what the program said above")
                time.sleep(0.02)
            times = psutil.Process(process.pid).cpu_times()
            return times.user + times.system
        finally:
            process.terminate()
            process.wait()
            while _is_shown():
                time.sleep(0.02)


def _start_s(environment: dict[str, str]) -> float:
    started = time.perf_counter()
    with subprocess.Popen(["bash", SCRIPT], env=environment, start_new_session=True) as process:
        try:
            while not _is_shown():
                if process.poll() is not None or time.perf_counter() - started > PATIENCE_S:
                    raise SystemExit("no window came; see what the script said above")
                time.sleep(0.02)
            return time.perf_counter() - started
        finally:
            process.terminate()
            process.wait()
            while _is_shown():
                time.sleep(0.02)


def _is_shown() -> bool:
    search = ["xdotool", "search", "--onlyvisible", "--name", "ZSSR Studio"]
    return subprocess.run(search, capture_output=True, check=False).returncode == 0
