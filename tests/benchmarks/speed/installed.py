"""How long an installed program starts, beside the program from its source, in pairs."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from statistics import median

# The one loads no torch, the other does.
COMMANDS = ("presets", "devices")


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks installed", description=__doc__)
    parser.add_argument("program", help="such as build/bundle/dist/zssr-studio/zssr-studio")
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args(arguments)
    ways = {"source": [sys.executable, "-m", "zssr_studio"], "installed": [options.program]}
    for command in COMMANDS:
        for words in ways.values():
            _taken([*words, command])  # read from the disk once
        pairs = [[_taken([*words, command]) for words in ways.values()] for _ in range(options.times)]
        for place, unit in enumerate(("s", "s of the processor")):
            told = [", ".join(f"{pair[way][place]:.2f}" for pair in pairs) for way in range(len(ways))]
            ratio = median(installed[place] / source[place] for source, installed in pairs)
            named = "; ".join(f"{name} {values}" for name, values in zip(ways, told, strict=True))
            print(f"{command}, {unit}: {named}; median of the ratios {ratio:.2f}")
    return 0


def _taken(command: list[str]) -> tuple[float, float]:
    """Seconds, and seconds of the processor, until a command has ended."""
    before, begun = os.times(), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    elapsed_s, after = time.perf_counter() - begun, os.times()
    return elapsed_s, sum(after[2:4]) - sum(before[2:4])
