"""How results are judged beside each other: consistency with the picture, and where they differ."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import uniform_filter

from zssr_studio.engine.metrics import psnr_db, squared_error
from zssr_studio.imaging.picture import Crop
from zssr_studio.methods.consistency import downscaled_again

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.config import Scale
    from zssr_studio.engine.kernels.kernel import Kernel
    from zssr_studio.imaging.picture import Picture


def consistency_db(result: Picture, source: Picture, scale: Scale, kernel: Kernel | None = None) -> float:
    """Downscale a result again and compare it with its source, over all channels, in dB; inf if equal.

    It shows how much a result keeps to the picture under the assumed kernel, not whether its details are true.

    Parameters
    ----------
    result, source : Picture
    scale : Scale
    kernel : Kernel or None
        The blur that made the source; None means an antialiased bicubic downscaling.

    Raises
    ------
    ValueError
        If the result has another size than the scale gives.
    """
    size = scale.out_size(source.height, source.width)
    if (result.height, result.width) != size or result.channels != source.channels:
        raise ValueError(f"a result of {result.pixels.shape} is none of {source.pixels.shape} by {scale}")
    rows = downscaled_again(result, source, scale, kernel)
    squared = sum(squared_error(part.again, part.wanted) for part in rows)
    return psnr_db(math.sqrt(squared / source.pixels.size))


@dataclass(slots=True, eq=False)
class Disagreement:
    """How far results differ from each other at each pixel, kept while they come one after the other (Welford 1962)."""

    count: int = 0
    mean: NDArray[np.float32] | None = None
    squared: NDArray[np.float32] | None = None

    def add(self, pixels: NDArray[np.float32]) -> None:
        """Take a result's pixels (H, W, C), all of one size; they are compared by the mean of their channels."""
        gray = pixels.mean(axis=2, dtype=np.float32)
        if self.mean is None or self.squared is None:
            self.mean, self.squared = np.zeros_like(gray), np.zeros_like(gray)
        self.count += 1
        before = gray - self.mean
        self.mean += before / np.float32(self.count)
        self.squared += before * (gray - self.mean)

    def largest(self, side_px: int, count: int) -> list[Crop]:
        """Return squares where results differ the most, the most first, that do not overlap.

        Parameters
        ----------
        side_px : int
            Smaller where the picture is.
        count : int
            At most so many.
        """
        if self.squared is None:
            return []
        height, width = self.squared.shape
        rows, columns = min(side_px, height), min(side_px, width)
        means = uniform_filter(self.squared, (rows, columns), mode="nearest")
        # The mean of the square that begins at a pixel lies at its middle.
        means = means[rows // 2 :, columns // 2 :][: height - rows + 1, : width - columns + 1].copy()
        crops: list[Crop] = []
        while len(crops) < count and means.max(initial=-1.0) >= 0:
            top, left = (int(place) for place in np.unravel_index(int(means.argmax()), means.shape))
            crops.append(Crop(top, left, rows, columns))
            means[max(0, top - rows + 1) : top + rows, max(0, left - columns + 1) : left + columns] = -1
        return crops
