"""What quality is measured on: folders of `../shared/data`, as they are, or their pictures blurred in other ways."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

SEED = 0
REAL = "real "


@dataclass(frozen=True, slots=True)
class PictureSet:
    """Pictures with their truths.

    Parameters
    ----------
    name : str
        As it stands in the rows.
    small, truths : Path
        The folders of `NAME_LR.png` (or jpg) and `NAME_HR.png`.
    scale : int
    """

    name: str
    small: Path
    truths: Path
    scale: int

    def images(self, most: int | None) -> list[Path]:
        """Return the LR pictures, the first so many."""
        return sorted([*self.small.glob("*_LR.png"), *self.small.glob("*_LR.jpg")])[:most]

    def truth(self, image: Path) -> Path:
        """Return the HR picture of an LR one."""
        return self.truths / f"{image.stem.removesuffix('_LR')}_HR.png"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Give a command `--draw` and `--blur`, which `blurs_of` reads."""
    parser.add_argument(
        "--draw",
        type=lambda text: [seed for seed in text.split(",") if seed],
        default=[],
        help="blur the HR pictures of the sets with random kernels of these seeds instead; the scale may be another",
    )
    parser.add_argument(
        "--blur",
        nargs="+",
        default=[],
        help="blur them with a kernel in the words of --kernel: disc:3.2, motion:8,30, kernels.mat#3",
    )
    parser.add_argument(
        "--real",
        type=lambda text: [seed for seed in text.split(",") if seed],
        default=[],
        help="make LR pictures of the HR ones as scanners, the web and phones do, with random draws of these seeds",
    )


def add_damage_options(parser: argparse.ArgumentParser) -> None:
    """Give a command `--noise`, `--grain` and `--quality`, which `damaged` reads."""
    parser.add_argument("--noise", type=float, help="add even noise to each LR picture, its deviation of 255")
    parser.add_argument("--grain", type=float, help="pixels that neighbours share of the noise, alike in all channels")
    parser.add_argument("--quality", type=int, help="then compress it as a JPEG of this quality")


def blurs_of(options: argparse.Namespace) -> list[str]:
    """Return what the sets are measured with: seeds, kernels in words, or, as neither is asked for, what they have."""
    return [*options.draw, *options.blur, *(f"{REAL}{seed}" for seed in getattr(options, "real", []))] or [""]


def _name_of(folder: str, blur: str) -> str:
    """Return what a set is called in the rows: its folder, with what it was blurred by."""
    if not blur:
        return folder
    if blur.startswith(REAL):
        return f"{folder} {blur}"
    return f"{folder} draw {blur}" if blur.isdecimal() else f"{folder} {Path(blur).name}"


@contextmanager
def picture_set(shared: Path, folder: str, blur: str) -> Iterator[PictureSet]:
    """Have a set ready.

    Parameters
    ----------
    shared : Path
    folder : str
        Such as "BSD100/x2", below `shared/data`.
    blur : str
        Seed with which each HR picture is given a random kernel, the kernel of all in words, or `real` with the seed of
        what scanners, the web and phones do; empty: the LR pictures that are there.
    """
    scale = int(folder.rsplit("/x", 1)[-1])
    data = shared / "data"
    if not blur:
        truths = data / folder.replace("-kernels", "").replace("-poor", "")
        yield PictureSet(folder, data / folder, truths, scale)
        return
    with TemporaryDirectory() as made:
        source, target = _source(data / folder), Path(made)
        if blur.isdecimal() or blur.startswith(REAL):
            script, kind = ("degrade_real.py", []) if blur.startswith(REAL) else ("degrade.py", ["kernel"])
            command = [sys.executable, str(shared / "bench" / script), *kind, str(source), made]
            subprocess.run([*command, "--scale", str(scale), "--seed", blur.removeprefix(REAL)], check=True)
        else:
            _blurred(source, target, scale, blur)
        yield PictureSet(_name_of(folder, blur), target, target, scale)


@contextmanager
def damaged(
    pictures: PictureSet, noise: float | None, quality: int | None, grain: float | None = None
) -> Iterator[PictureSet]:
    """Have a set ready with noise, or compressed, or both, as a camera would after the blur.

    Parameters
    ----------
    pictures : PictureSet
    noise : float, optional
        Standard deviation of 255, alike in all channels, each its own.
    quality : int, optional
        Of a JPEG with its colours halved, 1 to 100.
    grain : float, optional
        Standard deviation in pixels of the Gaussian that smooths the noise, which is then the same in all channels.
    """
    if noise is None and quality is None:
        yield pictures
        return
    name = pictures.name
    name += "" if noise is None else f", noise of {noise:g}"
    name += "" if grain is None else f" and a grain of {grain:g} pixels"
    name += "" if quality is None else f", JPEG of quality {quality}"
    with TemporaryDirectory() as made:
        rng = np.random.default_rng(SEED)
        for image in pictures.images(None):
            _damage(image, Path(made), rng, noise, quality, grain)
        yield replace(pictures, name=name, small=Path(made))


def _damage(
    image: Path,
    target: Path,
    rng: np.random.Generator,
    noise: float | None,
    quality: int | None,
    grain: float | None,
) -> None:
    """Write a damaged LR picture, and its kernel beside it where it has one."""
    from PIL import Image
    from scipy.ndimage import gaussian_filter

    with Image.open(image) as opened:
        pixels = np.asarray(opened.convert("RGB"), np.float64)
    if grain is None:
        pixels = pixels + rng.normal(0, noise or 0, pixels.shape)
    else:
        field = gaussian_filter(rng.standard_normal(pixels.shape[:2]), grain, mode="wrap")
        pixels = pixels + (noise or 0) * (field / field.std())[..., None]
    written = Image.fromarray(pixels.round().clip(0, 255).astype(np.uint8))
    if quality is None:
        written.save(target / f"{image.stem}.png")
    else:
        written.save(target / f"{image.stem}.jpg", quality=quality, subsampling=2)
    kernel = image.with_name(f"{image.stem}_0.mat")
    if kernel.exists():
        shutil.copyfile(kernel, target / kernel.name)


def _blurred(source: Path, target: Path, scale: int, blur: str) -> None:
    """Make LR pictures by one kernel, with their truths, and the kernel as a file beside each."""
    import torch
    from PIL import Image
    from scipy.io import savemat

    from zssr_studio.engine.degradation.model import Degradation
    from zssr_studio.engine.kernels.choice import resolved
    from zssr_studio.imaging.read import read_picture
    from zssr_studio.kernel_choice import parse_kernel
    from zssr_studio.pipeline import to_array, to_tensor

    factors = (float(scale), float(scale))
    kernel = resolved(parse_kernel(blur), factors)
    if kernel is None:
        raise SystemExit(f"--blur {blur}: bicubic is no blur; leave it out to measure the sets as they are.")
    for path in sorted(source.glob("*_HR.png")):
        pixels = read_picture(path).pixels
        height, width = (size // scale * scale for size in pixels.shape[:2])
        truth = to_tensor(pixels[:height, :width], torch.device("cpu"))
        small = Degradation(factors, kernel).downscale(truth)
        stem = path.stem.removesuffix("_HR")
        for kind, tensor in (("HR", truth), ("LR", small)):
            bytes_ = (to_array(tensor.clamp(0, 1)) * 255).round().astype(np.uint8).squeeze()
            Image.fromarray(bytes_).save(target / f"{stem}_{kind}.png")
        savemat(target / f"{stem}_LR_0.mat", {"Kernel": kernel.taps})


def _source(folder: Path) -> Path:
    """Return a folder with the HR pictures of a set, which do for any scale."""
    others = sorted(folder.parent.glob("x*"))
    if not folder.is_dir() and not others:
        raise SystemExit(f"There are no pictures in {folder.parent}.")
    return folder if folder.is_dir() else others[0]
