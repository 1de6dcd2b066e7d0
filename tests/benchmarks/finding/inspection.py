"""How long it takes to find what was done to a large picture: its noise, its compression, its sharpening and its blur.

The picture is laid out in copies of itself until it is as large as asked for: photographs of 24 megapixels are not kept
beside the project. Nothing is known of its file, so that its blocks are looked for.
"""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path

import numpy as np

from zssr_studio.engine.estimation.inspection import find_damage
from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel
from zssr_studio.imaging.read import read_picture
from zssr_studio.resource import SAMPLE_PHOTO, resource_path
from zssr_studio.words.findings import damage_text

ASKED_S = 2.0
SCALE = (2.0, 2.0)
# The first finds its libraries and tables not yet loaded.
ROUNDS = 3


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks inspection", description=__doc__)
    parser.add_argument("picture", nargs="*", type=Path, default=[resource_path(SAMPLE_PHOTO)])
    parser.add_argument("--megapixels", type=float, default=24.0)
    options = parser.parse_args(arguments)
    slow = False
    for file in options.picture:
        pixels = read_picture(file).pixels
        times = math.ceil(math.sqrt(options.megapixels * 1e6 / (pixels.shape[0] * pixels.shape[1])))
        large = np.tile(pixels, (times, times, 1))
        large = large[: round(options.megapixels * 1e6 / large.shape[1])]
        for number in range(ROUNDS):
            start, cpu = time.perf_counter(), time.process_time()
            damage = find_damage(large)
            middle = time.perf_counter()
            found = estimate_kernel(large, SCALE, damage)
            end = time.perf_counter()
            print(
                f"{file.name}, {large.shape[0] * large.shape[1] / 1e6:.1f} megapixels, round {number + 1}: noise and "
                f"compression {middle - start:.2f} s, sharpening and blur {end - middle:.2f} s, together "
                f"{end - start:.2f} s ({time.process_time() - cpu:.2f} s of processor time); found: "
                f"{damage_text(damage)}; {found.kernel.name if found.kernel else 'no blur'}",
                flush=True,
            )
        slow |= end - start > ASKED_S
    print(f"asked: {ASKED_S:g} s")
    return int(slow)
