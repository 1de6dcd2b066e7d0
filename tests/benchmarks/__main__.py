"""`python -m tests.benchmarks` lists the benchmarks; `python -m tests.benchmarks NAME ...` runs one."""

from __future__ import annotations

import importlib
import sys

from tests.benchmarks.machine import describe

BENCHMARKS = {
    "quality": "PSNR of each image of a set after training (--set, --preset, --seconds; see --help)",
    "startup": "time from `bash packaging/run.sh` to a window on the screen (needs an X display and xdotool)",
    "responsiveness": "intervals of a 16 ms timer in the window while it trains on all cores",
}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in BENCHMARKS:
        for name, text in BENCHMARKS.items():
            print(f"{name:16s} {text}")
        return 0 if not arguments or arguments[0] in ("-h", "--help") else 2
    print(describe())
    run = importlib.import_module(f"tests.benchmarks.{arguments[0]}").run
    return int(run(arguments[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
