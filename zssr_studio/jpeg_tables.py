"""The quantisation tables of a JPEG file: what its compression took away. Below the engine and the files alike."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

BLOCK_PX = 8
# ITU-T T.81, tables K.1 and K.2, in rows.
_LUMA = (
    *(16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56),
    *(14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92),
    *(49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99),
)
_CHROMA = (
    *(17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99),
    *(47, 66, 99, 99, 99, 99, 99, 99, *(99,) * 32),
)
# The coefficients that carry most of a picture: those of the first waves.
_LOW = np.add.outer(np.arange(BLOCK_PX), np.arange(BLOCK_PX)).ravel() <= 3
# Rounding to steps of this deviation, in [0, 1], counts as slight: from about quality 86 on (ADR 4).
MILD_STD = 0.0045


@dataclass(frozen=True, slots=True)
class JpegTables:
    """How coarsely a JPEG file keeps its waves.

    Parameters
    ----------
    luma, chroma : tuple of int
        64 steps each, in rows of 8, the slowest wave first; in units of 1/255 times 8 / sqrt(c), as T.81 has them.
    subsampling : tuple of int
        Pixels per colour sample, vertically and horizontally.
    """

    luma: tuple[int, ...]
    chroma: tuple[int, ...]
    subsampling: tuple[int, int] = (2, 2)

    def __post_init__(self) -> None:
        for table in (self.luma, self.chroma):
            if len(table) != BLOCK_PX**2 or min(table) < 1:
                raise ValueError("a quantisation table has 64 steps from 1 on")
        if not all(1 <= n <= 4 for n in self.subsampling):
            raise ValueError(f"colours are kept for 1 to 4 pixels, not {self.subsampling}")

    @classmethod
    def of_quality(cls, quality: int, subsampling: tuple[int, int] = (2, 2)) -> JpegTables:
        """Make the tables of a quality from 1 to 100, as the Independent JPEG Group's library does."""
        factor = 5000 // quality if quality < 50 else 200 - 2 * quality
        luma, chroma = (
            tuple(min(255, max(1, int((step * factor + 50) // 100))) for step in t) for t in (_LUMA, _CHROMA)
        )
        return cls(luma, chroma, subsampling)

    @property
    def quality(self) -> int:
        """The quality from 1 to 100 whose table of luma comes nearest."""
        own = np.log(self.luma)
        return min(range(1, 101), key=lambda q: float(np.abs(own - np.log(_luma(q))).sum()))

    @property
    def std(self) -> float:
        """Deviation that the rounding of the slow waves of luma brings, in [0, 1]."""
        steps = np.array(self.luma)[_LOW]
        return math.sqrt(float((steps**2).mean()) / 12) / 255

    @property
    def is_mild(self) -> bool:
        """Whether so little is lost that a picture is not cleaned of it, unless a blur is undone."""
        return self.std < MILD_STD


@lru_cache(maxsize=128)
def _luma(quality: int) -> tuple[int, ...]:
    return JpegTables.of_quality(quality).luma
