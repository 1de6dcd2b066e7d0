"""`python -m tests.benchmarks` lists the benchmarks; `python -m tests.benchmarks NAME ...` runs one."""

from __future__ import annotations

import importlib
import sys

from tests.benchmarks.machine import describe

ROOMS = {
    "quality": {
        "quality": "PSNR against training seconds, for images and presets in turns (see --help)",
        "peers": "every method beside the published figures, on ideal, blurred, poor and real pictures (see --help)",
        "contact": "contact sheets of input, bicubic and result, all found by itself, for pictures without a truth",
        "disagreement": "rank correlation of disagreement, of flips and of other seeds, with the error (see --help)",
        "other_kernels": "whether training on shortly under another kernel tells what training anew would",
    },
    "finding": {
        "kernels": "which pictures keep bicubic, and how right the widths are that are found",
        "noise": "how right the noise is that is found, of known deviation on real pictures",
        "found": "how right grain and sharpening are that are found, on 60 pictures that were given them",
        "far": "how often lines and discs that reach far are found, and with what size, in JPEGs that were given one",
        "inspection": "seconds until it is found what was done to a picture of 24 megapixels",
    },
    "speed": {
        "speed": "share of the machine's matrix multiplications that a training step reaches",
        "turns": "processor time of a training step of this checkout against another's, in short turns",
        "crowded": "steps of a training alone, beside a busy program and beside another, with all threads and with one",
        "large": "seconds per megapixel and peak memory for pictures of 1 to 100 megapixels",
        "eta": "how right the time is that a run tells as left, and when the first picture comes",
        "forecast": "how right the time and the memory are that are told before a run, on three sizes",
        "startup": "time from `bash packaging/run.sh` to a window on the screen (needs an X display and xdotool)",
        "installed": "start of an installed program beside the one from source, in pairs (see --help)",
    },
    "screen": {
        "window": "the window's targets: start, frames, opening 24 megapixels, training beside it, 100 cycles",
        "responsiveness": "intervals of a 16 ms timer in the window while it trains on all cores",
        "painting": "milliseconds a frame while a 100-megapixel result is moved, in each way of comparing",
        "clicks": "how many clicks three people need in the window (needs Xvfb and xdotool)",
    },
    "endurance": {
        "batch": "a box of 500 pictures that is ended ten times, a journal of 100,000, and what workers bring",
        "files": "seconds and memory of `info` and of a copy at scale 1 for a 16-bit TIFF of 100 megapixels",
        "fuzz": "mutated files of every kind, none of which may crash, hang or fail without a sentence",
        "hostile": "200 pictures made to break the training",
        "reproduce": "runs of 23 kinds done again from their records, to the same bits; what a record costs",
    },
}
# The room of each benchmark: its module is `tests.benchmarks.ROOM.NAME`.
BENCHMARKS = {name: room for room, texts in ROOMS.items() for name in texts}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in BENCHMARKS:
        for name, room in BENCHMARKS.items():
            print(f"{name:16s} {ROOMS[room][name]}")
        return 0 if not arguments or arguments[0] in ("-h", "--help") else 2
    print(describe())
    run = importlib.import_module(f"tests.benchmarks.{BENCHMARKS[arguments[0]]}.{arguments[0]}").run
    return int(run(arguments[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
