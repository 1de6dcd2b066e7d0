"""Pictures made to break the training: each is enlarged, and none may be worse than back-projected bicubic."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import numpy as np
import torch

from tests.runs import returned
from zssr_studio.engine.config import PRESETS, Scale
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.events import Notice
from zssr_studio.engine.metrics import rmse
from zssr_studio.engine.network import Window, build
from zssr_studio.engine.output.acceptance import stable_rounds
from zssr_studio.engine.output.back_projection import back_projected
from zssr_studio.imaging.picture import Picture
from zssr_studio.job import Job
from zssr_studio.pipeline import to_tensor, upscale
from zssr_studio.words.notices import notice_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from zssr_studio.job import Result

SIZES = ((1, 1), (1, 97), (97, 1), (2, 2), (3, 200), (7, 5), (16, 16), (33, 31), (64, 64), (120, 90))
# The run computes in 16 bits where the processor can, the check in 32.
TOLERANCE = 1e-5
SCALES = ("2", "1.5", "3", "2x1.5")


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks hostile", description=__doc__)
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--preset", default="fast")
    parser.add_argument("--first", type=int, help="only the first so many pictures")
    options = parser.parse_args(arguments)
    counts = {"pictures": 0, "interpolated": 0, "restarted": 0, "worse": 0, "not finite": 0}
    for name, pixels, scale in list(pictures())[: options.first]:
        job = Job(Picture(pixels), Scale.parse(scale), options.preset, steps=options.steps, device="cpu")
        notices, result = finished(job)
        counts["pictures"] += 1
        counts["interpolated"] += any("did not beat" in text for text in notices)
        counts["restarted"] += any("died" in text for text in notices)
        counts["not finite"] += not np.isfinite(result.picture.pixels).all()
        if is_worse(job, notices, result):
            counts["worse"] += 1
            print(f"worse than back-projected bicubic on its own reconstruction: {name} x{scale}")
    print(", ".join(f"{count} {name}" for name, count in counts.items()))
    return int(counts["worse"] + counts["not finite"] > 0)


def pictures() -> Iterator[tuple[str, NDArray[np.float32], str]]:
    """Name, pixels (H, W, C) and scale of each of the 200 pictures."""
    draws = np.random.default_rng(0)
    for index, (height, width) in enumerate(SIZES):
        rows, columns = np.indices((height, width))
        kinds = {
            "black": np.zeros((height, width)),
            "white": np.ones((height, width)),
            "gray": np.full((height, width), 0.5),
            "checkerboard": (rows + columns) % 2,
            "wide checkerboard": (rows // 2 + columns // 3) % 2,
            "noise": draws.random((height, width)),
            "coins": draws.integers(0, 2, (height, width)),
            "ramp": columns / max(1, width - 1),
            "one pixel": (rows == height // 2) & (columns == width // 2),
            "stripes": rows % 2,
            "wave": 0.5 + 0.5 * np.sin(rows**2 / 40),
            "faint noise": 0.5 + 1e-4 * draws.standard_normal((height, width)),
        }
        for number, (name, values) in enumerate(kinds.items()):
            gray = values.astype(np.float32)[:, :, None]
            scale = SCALES[(index + number) % len(SCALES)]
            yield f"{name} {height} x {width}", gray, scale
            if number < 8:
                tint = np.array([1, 0.5, 0], np.float32)
                yield f"tinted {name} {height} x {width}", gray * tint, scale


def finished(job: Job) -> tuple[list[str], Result]:
    """Run a job to its end: the notices, and the result."""
    events, result = returned(upscale(job, previews=False))
    return [notice_text(event) for event in events if isinstance(event, Notice)], result


def is_worse(job: Job, notices: list[str], result: Result) -> bool:
    """Tell whether the network that made the output rebuilds the whole picture worse than back-projected bicubic."""
    if any("did not beat" in text for text in notices):
        return False  # back-projected bicubic is what was returned
    preset, lr = PRESETS[job.preset], to_tensor(job.source.pixels, torch.device("cpu"))
    network = build(preset, job.source.channels, job.scale.factors, torch.Generator())
    network.load_state_dict({name: torch.from_numpy(array) for name, array in result.outcome.weights.arrays.items()})
    degradation = Degradation(job.scale.factors)
    rounds = stable_rounds(lr, degradation, preset.back_projections)
    son = degradation.downscale(lr)
    sizes = [(x.shape[-2], x.shape[-1]) for x in (son, lr)]
    with torch.no_grad():
        rebuilt = network(son, Window.whole(degradation.scale, *sizes))
    plain = degradation.upscale(son, sizes[1])
    errors = [rmse(back_projected(x, son, degradation, rounds), lr) for x in (rebuilt, plain)]
    return not errors[0] <= errors[1] + TOLERANCE
