"""Whether a network that is trained on shortly under another kernel changes its result as one that is trained anew.

For each picture, under a kernel that is 10 % wider and one that is 10 % narrower: root mean square of the change in
levels of 255, and of a change by training anew with another seed, for scale; the correlation of both changes.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests import benchmark_pictures
from tests.benchmarks.quality.disagreement import GIVEN, job_of
from tests.benchmarks.quality.quality_sets import picture_set
from tests.benchmarks.rows import append_row, is_known, known_rows, parts_of
from tests.runs import returned

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.job import Job

KEY = ("set", "image", "steps", "factor")
PERCENT = 10


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    rows = known_rows(options.csv)
    for folder in options.set:
        with picture_set(benchmark_pictures(), folder, "") as pictures:
            for image in pictures.images(options.first):
                stem = image.stem.removesuffix("_LR")
                if is_known(rows, ("set", "image", "steps"), (pictures.name, stem, str(options.steps))):
                    continue
                for figures in _measured(job_of(image, pictures, GIVEN, options.steps)):
                    row = {"set": pictures.name, "image": stem, "steps": str(options.steps)} | figures
                    rows.append(row)
                    append_row(row, options.csv)
                    print("  ".join(f"{name} {value}" for name, value in row.items()), flush=True)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks other_kernels", description=__doc__)
    parser.add_argument("--set", type=parts_of, default=["Set5/x2", "BSD100-kernels/x2"], help="below ../shared/data")
    parser.add_argument("--first", type=int, default=3, help="only the first so many images of each set")
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--csv", type=Path, default=Path("other_kernels.csv"), help="file for the figures")
    return parser.parse_args(arguments)


def _measured(job: Job) -> list[dict[str, str]]:
    """Compare training on with training anew, under the wider and the narrower kernel."""
    from zssr_studio.evidence.other_kernels import other_jobs
    from zssr_studio.pipeline import upscale

    result = returned(upscale(job, previews=False))[1]
    own = result.picture.pixels
    seed = _levels(_pixels(replace(job, seed=job.seed + 1)) - own)
    rows = []
    for factor, shortly in other_jobs(job, result.outcome, PERCENT):
        on = _pixels(shortly) - own
        anew = _pixels(replace(job, kernel=shortly.kernel)) - own
        rows.append(
            {
                "factor": f"{factor:g}",
                "trained_on": f"{_levels(on):.2f}",
                "trained_anew": f"{_levels(anew):.2f}",
                "correlation": f"{np.corrcoef(on.ravel(), anew.ravel())[0, 1]:.3f}",
                "other_seed": f"{seed:.2f}",
            }
        )
    return rows


def _pixels(job: Job) -> NDArray[np.float32]:
    from zssr_studio.pipeline import upscale

    return returned(upscale(job, previews=False))[1].picture.pixels


def _levels(change: NDArray[np.float32]) -> float:
    return float(255 * np.sqrt(np.square(change).mean()))
