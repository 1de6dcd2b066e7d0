"""Which pictures keep bicubic, and how right the widths are that are found, on real pictures, sharp and blurred."""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from tests import shared_folder
from tests.benchmarks.quality_sets import PictureSet, add_options, blurs_of, picture_set
from zssr_studio.engine.estimate import estimate_kernel
from zssr_studio.imaging.kernel_files import read_kernel_file
from zssr_studio.imaging.read import read_picture
from zssr_studio.kernel_choice import kernel_of

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.engine.kernel import Kernel


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks kernels", description=__doc__)
    parser.add_argument("--set", nargs="+", default=["BSD100/x2", "Set14/x2", "Set5/x2", "BSD100-kernels/x2"])
    add_options(parser)
    options = parser.parse_args(arguments)
    shared = shared_folder()
    if shared is None:
        print("The benchmark pictures are not here: put the folder `shared` beside the project.", file=sys.stderr)
        return 2
    for folder, blur in itertools.product(options.set, blurs_of(options)):
        with picture_set(shared, folder, blur) as pictures:
            print(_told(pictures), flush=True)
    return 0


def _told(pictures: PictureSet) -> str:
    images = pictures.images(None)
    started_s = time.perf_counter()
    kernels = {image: _estimated(image, pictures.scale) for image in images}
    each_s = (time.perf_counter() - started_s) / len(images)
    found = {image: kernel for image, kernel in kernels.items() if kernel is not None}
    text = f"{pictures.name}: bicubic kept on {len(images) - len(found)} of {len(images)}, {each_s:.1f} s each"
    kept = [image.stem.removesuffix("_LR") for image in images if image not in found]
    if found and kept:
        text += f" ({', '.join(kept)})"
    families = Counter(_family(kernel) for kernel in found.values())
    text += "".join(f"; {count} x {family}" for family, count in families.most_common())
    ratios = [ratio for image, kernel in found.items() if (ratio := _variance_ratio(image, kernel)) is not None]
    if ratios:
        off = np.median(np.abs(np.array(ratios) - 1))
        text += f"; variance found / true: {off:.0%} off in the median, from {min(ratios):.2f} to {max(ratios):.2f}"
    return text


def _estimated(image: Path, scale: int) -> Kernel | None:
    return estimate_kernel(read_picture(image).pixels, (float(scale), float(scale))).kernel


def _family(kernel: Kernel) -> str:
    return kernel.name.removeprefix("estimated ").partition(":")[0]


def _variance_ratio(image: Path, found: Kernel) -> float | None:
    """Mean variance that is found, of the true one; None where that is not known."""
    file = image.with_name(f"{image.stem}_0.mat")
    if not file.exists():
        return None
    wanted = kernel_of(read_kernel_file(file))
    return float(np.square(found.widths_px).sum() / np.square(wanted.widths_px).sum())
