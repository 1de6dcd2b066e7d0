"""Which pictures keep bicubic, and how right the widths are that are found, on real pictures, sharp and blurred."""

from __future__ import annotations

import argparse
import itertools
import time
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from tests import benchmark_pictures
from tests.benchmarks.quality.quality_sets import (
    PictureSet,
    add_damage_options,
    add_options,
    blurs_of,
    damaged,
    picture_set,
)
from zssr_studio.engine.damage import NO_DAMAGE
from zssr_studio.engine.estimation.inspection import find_damage
from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel
from zssr_studio.imaging.kernels.kernel_files import read_kernel_file
from zssr_studio.imaging.read import read_picture
from zssr_studio.kernel_choice import kernel_of

if TYPE_CHECKING:
    from pathlib import Path

    from zssr_studio.engine.kernels.kernel import Kernel
    from zssr_studio.imaging.picture import Picture


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks kernels", description=__doc__)
    parser.add_argument("--set", nargs="+", default=["BSD100/x2", "Set14/x2", "Set5/x2", "BSD100-kernels/x2"])
    parser.add_argument("--parts", type=int, default=1, help="cut each picture into n x n crops, each by itself")
    add_options(parser)
    add_damage_options(parser)
    options = parser.parse_args(arguments)
    shared = benchmark_pictures()
    for folder, blur in itertools.product(options.set, blurs_of(options)):
        with (
            picture_set(shared, folder, blur) as undamaged,
            damaged(undamaged, options.noise, options.quality, options.grain) as pictures,
        ):
            print(_told(pictures, options.parts, is_damaged=pictures is not undamaged), flush=True)
    return 0


def _told(pictures: PictureSet, parts: int, *, is_damaged: bool) -> str:
    started_s = time.perf_counter()
    kernels = [
        (image, kernel)
        for image in pictures.images(None)
        for kernel in _estimated(read_picture(image), parts, pictures.scale, is_damaged=is_damaged)
    ]
    each_s = (time.perf_counter() - started_s) / len(kernels)
    found = [(image, kernel) for image, kernel in kernels if kernel is not None]
    what = "" if parts == 1 else f", each in {parts} x {parts} crops"
    text = f"{pictures.name}{what}: bicubic kept on {len(kernels) - len(found)} of {len(kernels)}, {each_s:.1f} s each"
    kept = [image.stem.removesuffix("_LR") for image, kernel in kernels if kernel is None]
    if found and kept and parts == 1:
        text += f" ({', '.join(kept)})"
    families = Counter(_family(kernel) for _, kernel in found)
    text += "".join(f"; {count} x {family}" for family, count in families.most_common())
    ratios = [ratio for image, kernel in found if (ratio := _variance_ratio(image, kernel)) is not None]
    if ratios:
        off = np.median(np.abs(np.array(ratios) - 1))
        text += f"; variance found / true: {off:.0%} off in the median, from {min(ratios):.2f} to {max(ratios):.2f}"
    return text


def _estimated(picture: Picture, parts: int, scale: int, *, is_damaged: bool) -> list[Kernel | None]:
    rows = np.array_split(picture.pixels, parts, axis=0)
    crops = [np.ascontiguousarray(crop) for row in rows for crop in np.array_split(row, parts, axis=1)]
    damages = [find_damage(crop, picture.jpeg) if is_damaged else NO_DAMAGE for crop in crops]
    factors = (float(scale), float(scale))
    return [estimate_kernel(crop, factors, damage).kernel for crop, damage in zip(crops, damages, strict=True)]


def _family(kernel: Kernel) -> str:
    return kernel.name.removeprefix("estimated ").partition(":")[0]


def _variance_ratio(image: Path, found: Kernel) -> float | None:
    """Mean variance that is found, of the true one; None where that is not known."""
    file = image.with_name(f"{image.stem}_0.mat")
    if not file.exists():
        return None
    wanted = kernel_of(read_kernel_file(file))
    return float(np.square(found.widths_px).sum() / np.square(wanted.widths_px).sum())
