"""The processor's time of a training step of this checkout against that of another, in short turns.

Both train at once, each in a process of its own with one thread, and take turns of some steps, so that a machine that
does other work hurts both alike; what the other work takes is not counted. With more `--threads`, which wait for each
other, it is the time of the clock.

With `--enlarge` it is the processor's time of what follows the last step instead, per megapixel of the input: the
judging of the network and the enlargement.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

    from zssr_studio.engine.events import Event

HERE = Path(__file__).resolve().parents[3]
# What makes torch's libraries compute as on a processor that has AVX2 and no more.
AVX2 = {"ONEDNN_MAX_CPU_ISA": "AVX2", "ATEN_CPU_CAPABILITY": "avx2", "MKL_ENABLE_INSTRUCTIONS": "AVX2"}
# Steps before the first turn: the first ones are slow.
WARM_UP_STEPS = 25
SIXTEEN_BITS = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    if options.train:
        return _train(options)
    trainings = {name: _started(folder, options) for name, folder in (("before", options.against), ("now", HERE))}
    times: dict[str, list[list[float]]] = {name: [] for name in trainings}
    for turn in range(options.turns):
        for name in sorted(trainings, reverse=bool(turn % 2)):
            times[name].append(_turn(trainings[name], options.steps))
    for training in trainings.values():
        training.communicate()
    medians = {name: [statistics.median(turn) for turn in turns] for name, turns in times.items()}
    ratios = [now / before for before, now in zip(medians["before"], medians["now"], strict=True)]
    before, now = (1e3 * statistics.median(medians[name]) for name in ("before", "now"))
    unit, turn = (
        ("ms", f"{options.steps} steps with {options.threads} threads")
        if options.enlarge is None
        else ("ms a megapixel", "one picture")
    )
    processor = "AVX2 alone" if options.avx2 else "as the processor is"
    precision = ", 32 bits" if options.full_precision and not options.avx2 else ""
    print(
        f"preset {options.preset}, {processor}{precision}: {before:.2f} {unit} before, {now:.2f} now, "
        f"{statistics.median(ratios):.2f} times (medians of {options.turns} turns of {turn})"
    )
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks turns", description=__doc__)
    parser.add_argument("--against", type=Path, default=HERE, help="folder of the other checkout")
    parser.add_argument("--preset", default="fast")
    parser.add_argument("--turns", type=int, default=12)
    parser.add_argument("--steps", type=int, default=12, help="of a turn")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--enlarge", type=float, metavar="MEGAPIXELS", help="time that of a picture of this size")
    parser.add_argument("--avx2", action="store_true", help="compute as a processor with AVX2 alone does")
    parser.add_argument("--full-precision", action="store_true", help="compute in 32 bits")
    parser.add_argument("--train", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _started(folder: Path, options: argparse.Namespace) -> subprocess.Popen[str]:
    """Start a training with the code of a folder, which waits for its turns."""
    threads = {"OMP_NUM_THREADS": str(options.threads)}
    environment = {**os.environ, "PYTHONPATH": str(folder), **threads, **(AVX2 if options.avx2 else {})}
    command = [sys.executable, __file__, "--preset", options.preset, "--threads", str(options.threads)]
    command += [] if options.enlarge is None else ["--enlarge", str(options.enlarge)]
    command += [f"--{name}" for name in ("avx2", "full-precision") if getattr(options, name.replace("-", "_"))]
    return subprocess.Popen(
        command, env=environment, cwd=folder, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def _turn(training: subprocess.Popen[str], steps: int) -> list[float]:
    assert training.stdin is not None
    assert training.stdout is not None
    print(steps, file=training.stdin, flush=True)
    return [float(text) for text in training.stdout.readline().split()]


def _train(options: argparse.Namespace) -> int:
    """Answer each number of steps with their times; what imports the program stands here, for it may be an old one."""
    import numpy as np
    import torch
    from PIL import Image

    from zssr_studio.engine.config import PRESETS
    from zssr_studio.engine.events import Step
    from zssr_studio.imaging.picture import Picture
    from zssr_studio.job import Job
    from zssr_studio.pipeline import upscale
    from zssr_studio.resource import SAMPLE_PHOTO, resource_path

    torch.set_num_threads(options.threads)
    clock = time.process_time if options.threads == 1 else time.perf_counter
    if options.avx2 or options.full_precision:
        for name in SIXTEEN_BITS:
            if hasattr(torch.cpu, name):
                setattr(torch.cpu, name, lambda: False)
    with Image.open(resource_path(SAMPLE_PHOTO)) as opened:
        pixels = np.asarray(opened.convert("RGB"), np.float32) / 255
    if options.enlarge is not None:
        side = round((1e6 * options.enlarge) ** 0.5)
        pads = [(0, max(0, side - size)) for size in pixels.shape[:2]]
        pixels = np.ascontiguousarray(np.pad(pixels, [*pads, (0, 0)], mode="symmetric")[:side, :side])

    def begun(steps: int) -> Generator[Event, None, object]:
        return upscale(
            Job(Picture(pixels), preset=options.preset, steps=steps, threads=options.threads), previews=False
        )

    def enlarged() -> float:
        ended_s = 0.0
        # As few as make a network that is taken.
        for event in begun(WARM_UP_STEPS * len(PRESETS[options.preset].stages)):
            ended_s = clock() if isinstance(event, Step) else ended_s
        return (clock() - ended_s) / (pixels.shape[0] * pixels.shape[1] / 1e6)

    if options.enlarge is not None:
        for _ in sys.stdin:
            print(enlarged(), flush=True)
        return 0
    # So many that all turns lie in the first stage.
    events = begun(1_000_000)

    def timed(steps: int) -> list[float]:
        times: list[float] = []
        while len(times) < steps:
            started_s = clock()
            if isinstance(next(events), Step):
                times.append(clock() - started_s)
        return times

    timed(WARM_UP_STEPS)
    for line in sys.stdin:
        print(*timed(int(line)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(run([*sys.argv[1:], "--train"]))
