"""How often lines and discs are found, and with what size, in JPEGs of pictures that were given one.

Each picture is blurred by a line, by a disc and by a Gaussian of drawn sizes, compressed, and looked at; and once as it
is. A line or a disc that is found under a Gaussian, or in a picture as it is, is an alarm.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from scipy.ndimage import convolve

from tests import benchmark_pictures
from zssr_studio.engine.estimation.inspection import find_damage
from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel
from zssr_studio.engine.kernels.estimate import Finding
from zssr_studio.engine.kernels.shapes import Shape
from zssr_studio.imaging.read import read_picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.kernels.estimate import Estimate

WHITE = 255
# Estimated for a scale of 1, at which no kernel is cut off.
SCALE = (1.0, 1.0)
# In pixels of the picture: lengths, radii and deviations, from what hardly differs from a Gaussian to what a kernel can
# be at x2.
SIZES_PX = {
    "motion": ((4, 7), (7, 10), (10, 16), (16, 30)),
    "disc": ((1.2, 2), (2, 3), (3, 5), (5, 10)),
    "gaussian": ((0.6, 1.5), (1.5, 2.5), (2.5, 4)),
}
# Of the shorter deviation of a Gaussian to its longer one.
LEAST_RATIO = 0.5
QUALITY = (80, 95)
WITHIN = 0.1
FAMILIES = {"motion": Finding.MOTION, "disc": Finding.DEFOCUS}


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks far", description=__doc__)
    parser.add_argument("--set", nargs="+", default=["Set14/x2", "BSD100/x2"])
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    rng = np.random.default_rng(options.seed)
    folders = [benchmark_pictures() / "data" / name for name in options.set]
    pictures = [read_picture(file).pixels for folder in folders for file in sorted(folder.glob("*_HR.png"))]
    for family, ranges in SIZES_PX.items():
        for sizes in ranges:
            made = [_drawn(family, sizes, rng) for _ in pictures]
            found = [_found(_blurred(pixels, shape), rng) for pixels, shape in zip(pictures, made, strict=True)]
            print(f"{family} of {sizes[0]:g} to {sizes[1]:g} pixels: {_told(made, found)}", flush=True)
    plain = [_found(np.round(pixels * WHITE).astype(np.uint8), rng) for pixels in pictures]
    print(f"as they are: {_alarms(plain)}")
    return 0


def _told(made: list[Shape], found: list[Estimate]) -> str:
    finding = FAMILIES.get(made[0].family)
    if finding is None:
        return _alarms(found)
    told = [
        one.lengths_px[0] / shape.values[0] for one, shape in zip(found, made, strict=True) if one.finding is finding
    ]
    right = sum(abs(ratio - 1) <= WITHIN for ratio in told)
    return f"found in {len(told)} of {len(made)}, within {WITHIN:.0%} of the true size in {right}"


def _alarms(found: list[Estimate]) -> str:
    return f"{sum(one.finding in FAMILIES.values() for one in found)} alarms in {len(found)}"


def _drawn(family: str, sizes: tuple[float, float], rng: np.random.Generator) -> Shape:
    size, angle = rng.uniform(*sizes), rng.uniform(0, 180)
    if family == "disc":
        return Shape(family, (size,))
    return Shape(family, (size, angle) if family == "motion" else (size, size * rng.uniform(LEAST_RATIO, 1), angle))


def _blurred(pixels: NDArray[np.float32], shape: Shape) -> NDArray[np.uint8]:
    taps = shape.kernel(SCALE).taps.astype(np.float32)
    planes = [convolve(plane, taps, mode="reflect") for plane in np.moveaxis(pixels, 2, 0)]
    return np.round(np.stack(planes, axis=-1).clip(0, 1) * WHITE).astype(np.uint8)


def _found(whole: NDArray[np.uint8], rng: np.random.Generator) -> Estimate:
    """Compress a picture, and look at it as a file of a person."""
    image = Image.fromarray(whole.squeeze(2) if whole.shape[2] == 1 else whole)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "compressed.jpg"
        image.save(file, quality=int(rng.integers(*QUALITY, endpoint=True)))
        read = read_picture(file)
    return estimate_kernel(read.pixels, SCALE, find_damage(read.pixels, read.jpeg))
