"""Which pictures keep bicubic, and how right the widths are that are found, on real pictures, sharp and blurred."""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from typing import TYPE_CHECKING

import numpy as np

from tests import shared_folder
from tests.benchmarks.quality_sets import PictureSet, picture_set
from zssr_studio.engine.estimate import estimate_kernel
from zssr_studio.imaging.kernel_files import read_kernel_file
from zssr_studio.imaging.read import read_picture
from zssr_studio.kernel_choice import kernel_of

if TYPE_CHECKING:
    from pathlib import Path


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks kernels", description=__doc__)
    parser.add_argument("--set", nargs="+", default=["BSD100/x2", "Set14/x2", "BSD100-kernels/x2"])
    parser.add_argument("--draw", nargs="+", default=[""], help="seeds of random kernels for the sets' HR pictures")
    options = parser.parse_args(arguments)
    shared = shared_folder()
    if shared is None:
        print("The benchmark pictures are not here: put the folder `shared` beside the project.", file=sys.stderr)
        return 2
    for folder, draw in itertools.product(options.set, options.draw):
        with picture_set(shared, folder, draw) as pictures:
            print(_told(pictures), flush=True)
    return 0


def _told(pictures: PictureSet) -> str:
    images = pictures.images(None)
    started_s = time.perf_counter()
    ratios = [_variance_ratio(image, pictures.scale) for image in images]
    each_s = (time.perf_counter() - started_s) / len(images)
    kept = [image.stem.removesuffix("_LR") for image, ratio in zip(images, ratios, strict=True) if ratio is None]
    found = [ratio for ratio in ratios if ratio is not None]
    text = f"{pictures.name}: bicubic kept on {len(kept)} of {len(images)}, {each_s:.1f} s each"
    if found and not np.isnan(found).any():
        off = np.median(np.abs(np.array(found) - 1))
        names = f" ({', '.join(kept)})" if kept else ""
        text += (
            f"{names}; variance found / true: {off:.0%} off in the median, from {min(found):.2f} to {max(found):.2f}"
        )
    return text


def _variance_ratio(image: Path, scale: int) -> float | None:
    """Mean variance that is found, of the true one; NaN where that is not known, None where bicubic is kept."""
    found = estimate_kernel(read_picture(image).pixels, (float(scale), float(scale))).kernel
    if found is None:
        return None
    file = image.with_name(f"{image.stem}_0.mat")
    if not file.exists():
        return float("nan")
    wanted = kernel_of(read_kernel_file(file))
    return float(np.square(found.widths_px).sum() / np.square(wanted.widths_px).sum())
