"""Kinds of runs that are to give the same bits again: pictures of each kind, and what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from zssr_studio.imaging.export import ExportOptions
from zssr_studio.imaging.picture import Picture
from zssr_studio.imaging.write import write_picture
from zssr_studio.resource import SAMPLE_PHOTO, resource_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    Pixels = NDArray[np.float32]


@dataclass(frozen=True)
class Kind:
    """A picture and a run.

    `suffix` is of both files; `asked` holds the options of the terminal without their dashes.
    """

    suffix: str = ".png"
    asked: dict[str, Any] = field(default_factory=dict)
    size: tuple[int, int] = (40, 48)
    bits: int = 8
    is_gray: bool = False
    has_alpha: bool = False
    change: Callable[[Pixels], Pixels] = lambda pixels: pixels

    def write(self, path: Path) -> Path:
        """Write the picture, and return where."""
        with Image.open(resource_path(SAMPLE_PHOTO)) as image:
            whole = np.asarray(image.convert("RGB"), np.float32) / 255
        height, width = self.size
        pixels = self.change(whole[90 : 90 + height, 120 : 120 + width])
        if self.is_gray:
            pixels = pixels.mean(axis=2, keepdims=True)
        alpha = np.linspace(0, 1, height * width, dtype=np.float32).reshape(height, width) if self.has_alpha else None
        picture = Picture(np.ascontiguousarray(pixels, np.float32), alpha=alpha, source_bits=self.bits)
        path = path.with_suffix(self.suffix)
        write_picture(picture, path, overwrite=False, options=ExportOptions(bits=self.bits))
        return path

    @property
    def arguments(self) -> list[str]:
        """The options as the terminal takes them."""
        return [text for name, value in self.asked.items() for text in (f"--{name}", str(value))]


def noisy(pixels: Pixels) -> Pixels:
    draws = np.random.default_rng(4).normal(0, 0.06, pixels.shape)
    return (pixels + draws).clip(0, 1).astype(np.float32)


def blurred(pixels: Pixels) -> Pixels:
    return gaussian_filter(pixels, (1.4, 1.4, 0))


KINDS = {
    "colour": Kind(asked={"steps": 40}),
    "seconds": Kind(asked={"seconds": 1.0}),
    "gray": Kind(".tif", {"seconds": 1.0}, is_gray=True),
    "alpha": Kind(asked={"seconds": 1.0}, has_alpha=True),
    "gray with alpha": Kind(".tif", {"steps": 40}, is_gray=True, has_alpha=True),
    "16 bits": Kind(".tif", {"seconds": 1.0}, bits=16),
    "floating point": Kind(".tif", {"steps": 40}, bits=32),
    "jpeg": Kind(".jpg", {"seconds": 1.0}),
    "webp": Kind(".webp", {"steps": 40}),
    "jpeg xl": Kind(".jxl", {"steps": 40}),
    "kernel": Kind(asked={"seconds": 1.0, "kernel": "gaussian:1.6,1.1,30"}),
    "uncertain kernel": Kind(asked={"steps": 40, "kernel": "disc:2.2", "kernel-uncertainty": 0.3}),
    "kernel found": Kind(asked={"seconds": 1.0}, size=(160, 180), change=blurred),
    "noise found": Kind(asked={"seconds": 1.0, "grain": 0.3}, size=(160, 180), change=noisy),
    "crop": Kind(asked={"seconds": 1.0, "crop": "8,9,30,31"}),
    "1.5x2": Kind(asked={"seconds": 1.0, "scale": "1.5x2"}),
    "x4": Kind(asked={"seconds": 1.0, "scale": 4}, size=(24, 30)),
    "best": Kind(asked={"seconds": 1.2, "preset": "best", "seed": 7}),
    "paper": Kind(asked={"seconds": 1.0, "preset": "paper"}),
    "gradual": Kind(asked={"seconds": 1.0, "preset": "gradual"}),
    "threads": Kind(asked={"seconds": 1.0, "threads": 2}),
    "tiny": Kind(asked={"steps": 40, "scale": 3}, size=(13, 17)),
    "copy": Kind(asked={"scale": 1}),
}
# What each push tries; all are tried by `python -m tests.benchmarks reproduce`.
FEW = ("seconds", "16 bits", "alpha", "jpeg", "uncertain kernel", "x4")
