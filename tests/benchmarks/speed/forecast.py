"""How right the forecast of a run is: the time and the memory that are told before, against what it takes.

Each picture has a process of its own, as memory is counted by process. The picture is held in memory as in the window,
whose display copies are told as well and not made here; they come after the run's own peak.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import time

import numpy as np
import psutil
from PIL import Image

from zssr_studio.engine.config import Scale
from zssr_studio.forecast import forecast, measure
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job
from zssr_studio.pipeline import upscale
from zssr_studio.resource import SAMPLE_PHOTO, resource_path

ROW = (
    "{megapixels:6.2f} MP x{scale} {preset}: measured in {measuring_s:.1f} s; training {training_told_s:.1f} s told, "
    "{training_s:.1f} s taken; enlarging {output_told_s:.1f} s told, {output_s:.1f} s taken ({output_error:+.0%}); "
    "memory {told_gb:.2f} GB told, {peak_gb:.2f} GB at most; {step_told_ms:.1f} ms a step told, {step_ms:.1f} taken"
)


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    if options.one:
        print(json.dumps(_measure(options.megapixels[0], options)))
        return 0
    for megapixels in options.megapixels:
        command = [sys.executable, "-m", "tests.benchmarks.speed.forecast", "--one", "--megapixels", str(megapixels)]
        command += ["--scale", options.scale, "--preset", options.preset, "--seconds", str(options.seconds)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        print(ROW.format(**json.loads(done.stdout.splitlines()[-1])), flush=True)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks forecast", description=__doc__)
    parser.add_argument("--megapixels", type=float, nargs="+", default=[0.25, 1, 4])
    parser.add_argument("--scale", default="2")
    parser.add_argument("--preset", default="fast")
    parser.add_argument("--seconds", type=float, default=5.0, help="of training")
    parser.add_argument("--one", action="store_true", help="the first size alone, in this process")
    return parser.parse_args(arguments)


def _measure(megapixels: float, options: argparse.Namespace) -> dict[str, object]:
    job = Job(_picture(megapixels), Scale.parse(options.scale), options.preset, seconds=options.seconds, device="cpu")
    started_s = time.perf_counter()
    speed = measure(job.preset, job.device, lambda: False)
    assert speed is not None
    measuring_s = time.perf_counter() - started_s
    told, held = forecast(job, speed), psutil.Process().memory_info().rss
    outcome = None
    run = upscale(job)
    while outcome is None:
        try:
            next(run)
        except StopIteration as end:
            outcome = end.value.outcome
    return {
        **{"megapixels": megapixels, "scale": options.scale, "preset": job.preset, "measuring_s": measuring_s},
        **{"training_told_s": told.training_s, "training_s": outcome.training_s},
        **{"output_told_s": told.output_s, "output_s": outcome.output_s},
        "output_error": told.output_s / outcome.output_s - 1,
        **{"told_gb": (held + told.held_bytes) / 1e9, "peak_gb": _peak_bytes() / 1e9},
        **{"step_told_ms": 1e3 * speed.step_s, "step_ms": 1e3 * outcome.training_s / outcome.steps},
    }


def _peak_bytes() -> int:
    if os.name == "nt":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    # Linux counts in kibibytes, macOS in bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _picture(megapixels: float) -> Picture:
    """Mirror the sample photo to a size."""
    with Image.open(resource_path(SAMPLE_PHOTO)) as opened:
        photo = np.asarray(opened.convert("RGB"), np.float32) / 255
    width = round(math.sqrt(megapixels * 1e6 * 1.5))
    height = round(megapixels * 1e6 / width)
    pads = [(0, max(0, height - photo.shape[0])), (0, max(0, width - photo.shape[1])), (0, 0)]
    return Picture(np.ascontiguousarray(np.pad(photo, pads, mode="symmetric")[:height, :width]))


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
