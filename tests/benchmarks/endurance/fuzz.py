"""Mutated files of every kind, with a fixed seed: none may crash, hang, take the memory or fail without a sentence."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.benchmarks.rows import parts_among
from tests.samples.fuzzing import HANG_S, MEMORY_BYTES, run_kind, seeds


def run(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        known = list(seeds(Path(scratch)))
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=1000, help="of each kind")
    parser.add_argument("--first", type=int, default=0, help="number of the first one, which is its seed")
    parser.add_argument("--kinds", type=parts_among(known), default=known, help="separated by commas; all by default")
    options = parser.parse_args(arguments)
    print(f"limits: {HANG_S:g} s a file, {MEMORY_BYTES / 1e9:g} GB of address space")
    print("kind                  read  refused  crash  hang  exception  no sentence  longest, s")
    bad = []
    for kind in options.kinds:
        tally = run_kind(kind, options.files, options.first)
        counts = [tally.outcomes[name] for name in ("read", "refused", "crash", "hang", "exception", "no sentence")]
        print(
            "{:19s} {:6d} {:8d} {:6d} {:5d} {:10d} {:12d} {:11.2f}".format(kind, *counts, tally.longest_s), flush=True
        )
        bad += tally.bad
    print("\n".join(bad[:40]))
    return int(bool(bad))
