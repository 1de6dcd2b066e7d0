"""The quantisation tables of a JPEG file, which say how much its compression lost. Known to engine and files alike."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

BLOCK_PX = 8
# ITU-T T.81, tables K.1 and K.2, row by row.
_LUMA = (
    *(16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56),
    *(14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92),
    *(49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99),
)
_CHROMA = (
    *(17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99),
    *(47, 66, 99, 99, 99, 99, 99, 99, *(99,) * 32),
)
_TRANSPOSED = tuple(np.arange(BLOCK_PX**2).reshape(BLOCK_PX, BLOCK_PX).T.ravel().tolist())
# The low frequencies, which carry most of a picture: DCT coefficients whose indices sum to 3 at most. Chosen.
_LOW_FREQUENCIES = np.add.outer(np.arange(BLOCK_PX), np.arange(BLOCK_PX)).ravel() <= 3
# A standard deviation of the rounding error, in [0, 1], below which compression counts as slight: from about quality 86
# on. Noise and edges can still be measured then (docs/lab, "Compression"); the bound itself is chosen.
MILD_STD = 0.0045


@dataclass(frozen=True, slots=True)
class JpegTables:
    """How coarsely a JPEG file keeps its DCT coefficients.

    Parameters
    ----------
    luma, chroma : tuple of int
        64 quantisation intervals each, in rows of 8, the lowest frequency first, of the DCT of T.81 for values from 0
        to 255.
    subsampling : tuple of int
        Pixels per sample of colour, vertically and horizontally.
    """

    luma: tuple[int, ...]
    chroma: tuple[int, ...]
    subsampling: tuple[int, int] = (2, 2)

    def __post_init__(self) -> None:
        for table in (self.luma, self.chroma):
            if len(table) != BLOCK_PX**2 or min(table) < 1:
                raise ValueError("a quantisation table has 64 intervals from 1 on")
        if not all(1 <= n <= 4 for n in self.subsampling):
            raise ValueError(f"colours are kept for 1 to 4 pixels, not {self.subsampling}")

    @classmethod
    @cache
    def of_quality(cls, quality: int, subsampling: tuple[int, int] = (2, 2)) -> JpegTables:
        """Make the tables of a quality from 1 to 100, as the Independent JPEG Group's library does."""
        factor = 5000 // quality if quality < 50 else 200 - 2 * quality
        luma, chroma = (
            tuple(min(255, max(1, int((interval * factor + 50) // 100))) for interval in table)
            for table in (_LUMA, _CHROMA)
        )
        return cls(luma, chroma, subsampling)

    @property
    def quality(self) -> int:
        """The quality from 1 to 100 whose luma table is nearest."""
        own = np.log(self.luma)
        return min(range(1, 101), key=lambda q: float(np.abs(own - np.log(_luma(q))).sum()))

    @property
    def transposed(self) -> JpegTables:
        """The tables of a picture whose rows were columns when it was compressed."""
        luma, chroma = (tuple(table[place] for place in _TRANSPOSED) for table in (self.luma, self.chroma))
        return JpegTables(luma, chroma, self.subsampling[::-1])

    @property
    def std(self) -> float:
        """Standard deviation of the rounding error of the low frequencies of luma, in [0, 1]."""
        intervals = np.array(self.luma)[_LOW_FREQUENCIES]
        return math.sqrt(float((intervals**2).mean()) / 12) / 255

    @property
    def is_mild(self) -> bool:
        """Whether so little is lost that noise and edges are still there to be measured."""
        return self.std < MILD_STD


@lru_cache(maxsize=128)
def _luma(quality: int) -> tuple[int, ...]:
    return JpegTables.of_quality(quality).luma
