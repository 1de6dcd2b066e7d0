"""Which pictures keep bicubic, and how right the widths are that are found, on real pictures, sharp and blurred."""

from __future__ import annotations

import argparse
import io
import itertools
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from tests import shared_folder
from tests.benchmarks.quality_sets import PictureSet, add_options, blurs_of, picture_set
from zssr_studio.engine.damage import NO_DAMAGE
from zssr_studio.engine.estimate import estimate_kernel
from zssr_studio.engine.inspection import find_damage
from zssr_studio.imaging.kernel_files import read_kernel_file
from zssr_studio.imaging.read import read_picture
from zssr_studio.jpeg_tables import JpegTables
from zssr_studio.kernel_choice import kernel_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from zssr_studio.engine.kernel import Kernel


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks kernels", description=__doc__)
    parser.add_argument("--set", nargs="+", default=["BSD100/x2", "Set14/x2", "Set5/x2", "BSD100-kernels/x2"])
    parser.add_argument("--parts", type=int, default=1, help="cut each picture into n x n crops, each by itself")
    parser.add_argument("--quality", type=int, help="compress each picture first, as a JPEG of this quality")
    add_options(parser)
    options = parser.parse_args(arguments)
    shared = shared_folder()
    if shared is None:
        print("The benchmark pictures are not here: put the folder `shared` beside the project.", file=sys.stderr)
        return 2
    for folder, blur in itertools.product(options.set, blurs_of(options)):
        with picture_set(shared, folder, blur) as pictures:
            print(_told(pictures, options.parts, options.quality), flush=True)
    return 0


def _told(pictures: PictureSet, parts: int, quality: int | None) -> str:
    started_s = time.perf_counter()
    kernels = [
        (image, kernel)
        for image in pictures.images(None)
        for kernel in _estimated(_pixels(image, quality), parts, quality, pictures.scale)
    ]
    each_s = (time.perf_counter() - started_s) / len(kernels)
    found = [(image, kernel) for image, kernel in kernels if kernel is not None]
    what = "" if parts == 1 else f", each in {parts} x {parts} crops"
    what += "" if quality is None else f", JPEG of quality {quality}"
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


def _pixels(image: Path, quality: int | None) -> NDArray[np.float32]:
    pixels = read_picture(image).pixels
    if quality is None:
        return pixels
    file = io.BytesIO()
    Image.fromarray(np.rint(pixels * 255).astype(np.uint8).squeeze()).save(file, "JPEG", quality=quality)
    with Image.open(file) as compressed:
        return np.atleast_3d(np.asarray(compressed, np.float32)) / np.float32(255)


def _estimated(pixels: NDArray[np.float32], parts: int, quality: int | None, scale: int) -> list[Kernel | None]:
    rows = np.array_split(pixels, parts, axis=0)
    crops = [np.ascontiguousarray(crop) for row in rows for crop in np.array_split(row, parts, axis=1)]
    tables = None if quality is None else JpegTables.of_quality(quality)
    damages = [NO_DAMAGE if tables is None else find_damage(crop, tables) for crop in crops]
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
