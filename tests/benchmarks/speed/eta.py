"""How right the time is that a run tells as left, from its fifth second on; and when the first picture comes.

The error is that of the time told as left against the time that it was, by the clock, as a share of the latter, while
more than two seconds were left.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from zssr_studio.engine.config import Scale
from zssr_studio.engine.events import Notice, Preview, Step
from zssr_studio.imaging.picture import Crop, Picture
from zssr_studio.job import Job
from zssr_studio.pipeline import upscale
from zssr_studio.resource import SAMPLE_PHOTO, resource_path
from zssr_studio.words.notices import notice_text

if TYPE_CHECKING:
    from collections.abc import Iterator

FROM_S, TO_LEFT_S = 5.0, 2.0
AIM = 0.2


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks eta", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="bound of training")
    parser.add_argument("--preset", default="fast")
    options = parser.parse_args(arguments)
    for name, picture, scale in _pictures():
        job = Job(picture, Scale.parse(scale), options.preset, seconds=options.seconds)
        first_s, told, notices, total_s = _follow(job)
        errors = [
            abs(eta_s - (total_s - at_s)) / (total_s - at_s)
            for at_s, eta_s in told
            if at_s >= FROM_S and total_s - at_s > TO_LEFT_S
        ]
        quoted = f"; it said: {' '.join(notices)}" if notices else ""
        median, worst = (f"{np.quantile(errors, q):.0%}" if errors else "none" for q in (0.5, 1))
        print(
            f"{name} x{scale}: first picture after {first_s:.2f} s, {total_s:.1f} s in all; error of the time left: "
            f"median {median}, worst {worst} (aim: {AIM:.0%}){quoted}",
            flush=True,
        )
    return 0


def _pictures() -> Iterator[tuple[str, Picture, str]]:
    with Image.open(resource_path(SAMPLE_PHOTO)) as opened:
        whole = Picture(np.asarray(opened.convert("RGB"), np.float32) / 255)
    yield "sample photo", whole, "2"
    yield "sample photo", whole, "3"
    yield "a part of 120 x 100", whole.cropped(Crop(40, 40, 100, 120)), "2"
    noise = np.random.default_rng(0).random((128, 128, 3)).astype(np.float32)
    yield "noise", Picture(noise), "2"
    tiled = np.tile(whole.pixels, (3, 3, 1))[:1200, :1600]
    yield "a photo of 1600 x 1200", Picture(np.ascontiguousarray(tiled)), "2"


def _follow(job: Job) -> tuple[float, list[tuple[float, float]], list[str], float]:
    """Run a job by the clock: when the first picture came, (time, time told as left), notices, time in all."""
    started_s = time.perf_counter()
    first_s = float("nan")
    told, notices = [], []
    for event in upscale(job):
        at_s = time.perf_counter() - started_s
        if isinstance(event, Preview) and np.isnan(first_s):
            first_s = at_s
        elif isinstance(event, Step) and event.eta_s is not None:
            told.append((at_s, event.eta_s))
        elif isinstance(event, Notice):
            notices.append(notice_text(event))
    return first_s, told, notices, time.perf_counter() - started_s
