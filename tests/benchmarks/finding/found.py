"""How right grain and sharpening are that are found, on sharp pictures that were given grain or were sharpened.

Each picture is used three times: with grain of a level and a correlation length of its own, sharpened by an unsharp
mask and compressed as cameras do, and compressed alone. What is drawn depends on the seed and on the picture's place.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from tests import benchmark_pictures
from zssr_studio.engine.damage import ColouredNoise
from zssr_studio.engine.estimation.inspection import find_damage
from zssr_studio.engine.estimation.kernel_estimate import estimate_kernel
from zssr_studio.imaging.read import read_picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.float32]

WHITE = 255
SCALE = (2.0, 2.0)
# What is drawn: deviation of 255 and correlation length in pixels of the grain; amount and radius in pixels of the
# unsharp mask; quality of the compression. Such as scanned film, cameras and programs for the web leave.
GRAIN_STD, GRAIN_PX = (4.0, 11.0), (0.35, 1.2)
AMOUNT, RADIUS_PX = (0.4, 1.0), (0.6, 1.2)
QUALITY = (85, 95)
ASKED_LEVEL, ASKED_LENGTH, ASKED_RIGHT = 0.2, 0.25, 0.9


class Grain(NamedTuple):
    """Grain as it was made, and as it was found: deviation of 255 and correlation length in pixels; 0 for none."""

    made: tuple[float, float]
    found: tuple[float, float]

    def off(self, which: int) -> float:
        return abs(self.found[which] / self.made[which] - 1)


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks found", description=__doc__)
    parser.add_argument("--set", nargs="+", default=["BSD100/x2", "Set14/x2", "Set5/x2"])
    parser.add_argument("--first", type=int, default=20, help="pictures of each set")
    parser.add_argument("--pictures", type=int, default=60, help="with grain, and as many to tell whether sharpened")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--soft", type=float, default=0.0, help="pixels of the lens's blur that came before the grain")
    options = parser.parse_args(arguments)
    shared = benchmark_pictures()
    files = [
        file for name in options.set for file in sorted((shared / "data" / name).glob("*_LR.png"))[: options.first]
    ]
    rng = np.random.default_rng(options.seed)
    pictures = [read_picture(file).pixels for file in files]
    chosen = [pictures[number % len(pictures)] for number in range(options.pictures)]
    grains = [_grain(gaussian_filter(picture, (options.soft, options.soft, 0)), rng) for picture in chosen]
    _tell_grain(grains)
    right = [_is_told(picture, rng, is_sharpened=number % 2 == 0) for number, picture in enumerate(chosen)]
    for is_sharpened, name in ((True, "sharpened"), (False, "not sharpened")):
        told = [one for number, one in enumerate(right) if (number % 2 == 0) == is_sharpened]
        print(f"{name}: {sum(told)} of {len(told)} are told right")
    print(f"sharpened or not: {np.mean(right):.0%} are right; asked: {ASKED_RIGHT:.0%}")
    alarms = sum(find_damage(picture).noise is not None for picture in pictures)
    print(f"noise found in {alarms} of {len(pictures)} sharp, clean pictures; asked: none")
    return 0


def _grain(picture: Pixels, rng: np.random.Generator) -> Grain:
    """Give a picture grain that its channels share, and find it again."""
    std, length = rng.uniform(*GRAIN_STD), rng.uniform(*GRAIN_PX)
    field = gaussian_filter(rng.standard_normal(picture.shape[:2]), length, mode="wrap")
    grainy = picture + (std / WHITE * field / field.std())[..., None]
    noise = find_damage((np.round(grainy.clip(0, 1) * WHITE) / WHITE).astype(np.float32)).noise
    if noise is None:
        return Grain((std, length), (0.0, 0.0))
    found_px = noise.grain_px if isinstance(noise, ColouredNoise) else 0.0
    return Grain((std, length), (noise.luma_std() * WHITE, found_px))


def _tell_grain(grains: list[Grain]) -> None:
    found = [grain for grain in grains if grain.found[0]]
    print(f"grain is found in {len(found)} of {len(grains)} pictures; where it is,")
    for which, name, asked in ((0, "its level", ASKED_LEVEL), (1, "its correlation length", ASKED_LENGTH)):
        off = np.array([grain.off(which) for grain in found])
        ratio = np.median([grain.found[which] / grain.made[which] for grain in found])
        print(
            f"{name} is within {asked:.0%} in {np.sum(off <= asked)}; found / true is {ratio:.2f} in the median, off "
            f"by {np.median(off):.0%} in the median and by {np.quantile(off, 0.9):.0%} in nine of ten"
        )


def _is_told(picture: Pixels, rng: np.random.Generator, *, is_sharpened: bool) -> bool:
    """Compress a picture, sharpened or not, and tell whether that is found."""
    amount, radius_px = rng.uniform(*AMOUNT), rng.uniform(*RADIUS_PX)
    if is_sharpened:
        picture = picture + amount * (picture - gaussian_filter(picture, (radius_px, radius_px, 0)))
    whole = np.round(picture.clip(0, 1) * WHITE).astype(np.uint8)
    image = Image.fromarray(whole.squeeze(2) if whole.shape[2] == 1 else whole)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "compressed.jpg"
        image.save(file, quality=int(rng.integers(*QUALITY, endpoint=True)))
        read = read_picture(file)
    found = estimate_kernel(read.pixels, SCALE, find_damage(read.pixels, read.jpeg))
    return (found.sharpening > 0) == is_sharpened
