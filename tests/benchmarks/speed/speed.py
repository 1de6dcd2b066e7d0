"""The share of this machine's rate of matrix multiplication, in 32 bits, that a training step reaches."""

from __future__ import annotations

import argparse
import statistics
import time
from typing import TYPE_CHECKING

import numpy as np
import torch
from PIL import Image

from zssr_studio.engine.config import PRESETS, Scale
from zssr_studio.engine.events import StageStarted, Step
from zssr_studio.engine.network import build
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job
from zssr_studio.pipeline import upscale
from zssr_studio.resource import SAMPLE_PHOTO, resource_path

if TYPE_CHECKING:
    from collections.abc import Callable

MATRIX_SIDE = 2048
ROUNDS = 5
# The first steps of a run are slow.
WARM_UP_STEPS = 20


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    scale = Scale.parse(options.scale)
    if options.threads:
        torch.set_num_threads(options.threads)
    rates = []
    for _ in range(ROUNDS):
        multiply = _multiplications_per_s(options)
        step_s = _step_s(options, scale)
        rates.append((multiply, step_s))
    multiply, step_s = (statistics.median(column) for column in zip(*rates, strict=True))
    work = _operations_per_step(options.preset, scale)
    print(
        f"preset {options.preset}, x{scale}: a step of {work / 1e9:.2f} GFLOP takes {1e3 * step_s:.2f} ms, that is "
        f"{work / step_s / 1e9:.0f} GFLOP/s; multiplying matrices in 32 bits, {multiply / 1e9:.0f} GFLOP/s: "
        f"{work / step_s / multiply:.0%} (medians of {ROUNDS} turns)"
    )
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks speed", description=__doc__)
    parser.add_argument("--preset", default="fast")
    parser.add_argument("--scale", default="2")
    parser.add_argument("--steps", type=int, default=150, help="that are timed in each turn")
    parser.add_argument("--threads", type=int, help="that compute")
    parser.add_argument(
        "--processor-time", action="store_true", help="count the time of the processor, on a machine with other work"
    )
    return parser.parse_args(arguments)


def _clock(options: argparse.Namespace) -> Callable[[], float]:
    return time.process_time if options.processor_time else time.perf_counter


def _multiplications_per_s(options: argparse.Namespace) -> float:
    a, b = torch.randn(2, MATRIX_SIDE, MATRIX_SIDE)
    clock, times = _clock(options), []
    for _ in range(10):
        started_s = clock()
        a @ b
        times.append(clock() - started_s)
    return 2 * MATRIX_SIDE**3 / min(times)


def _step_s(options: argparse.Namespace, scale: Scale) -> float:
    """Median time of a step of a real run: drawing, making the sons, both passes, the optimiser, the averaging.

    The run is bounded in steps, so that a busy machine makes it longer and not its figures fewer.
    """
    with Image.open(resource_path(SAMPLE_PHOTO)) as opened:
        pixels = np.asarray(opened.convert("RGB"), np.float32) / 255
    stages = len(PRESETS[options.preset].stages)
    job = Job(Picture(pixels), scale, options.preset, steps=stages * (WARM_UP_STEPS + options.steps))
    clock = _clock(options)
    times: list[float] = []
    before_s: float | None = None
    for event in upscale(job, previews=False):
        if isinstance(event, Step):
            now_s = clock()
            if before_s is not None:
                times.append(now_s - before_s)
            before_s = now_s
        elif isinstance(event, StageStarted) and event.stage:
            break
        else:
            before_s = None  # what came between belongs to no step
    return statistics.median(times[WARM_UP_STEPS:])


def _operations_per_step(name: str, scale: Scale) -> float:
    """Multiplications and additions of a step's convolutions: once forwards, twice backwards."""
    preset = PRESETS[name]
    network = build(preset, 3, scale.factors, torch.Generator())
    taps = sum(weight.numel() for weight in network.parameters() if weight.ndim == 4)
    side = preset.crop_px if preset.body.value == "hr" else preset.crop_px / 2
    return 2 * 3 * taps * side * side * preset.batch
