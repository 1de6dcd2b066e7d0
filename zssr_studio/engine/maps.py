"""Where a result is inconsistent with its input, and where it is disagreed about, pixel by pixel. No torch."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A pixel of the result counts as unstable where what is compared there deviates by more, in [0, 1] of the value range:
# 2 of 255 levels (docs/measurements.md, "Maps").
UNSTABLE_STD = 2 / 255
# Where the output is made of one pass it is compared with so many earlier states of the network, each of the end of a
# stage: fewer tell less of the error, and all five of `fast` no more (docs/measurements.md, "Maps").
EARLIER_STATES = 3
# They all enlarge no more pixels of the picture than this, which takes the processor 5 s. Chosen, for a twentieth of a
# run of 40 s on two cores or little more.
COMPARED_PX = 1_000_000
# The picture is looked at in so many cells a side, and unstable pixels are looked for in the part of so many a side
# that holds most of them. Chosen.
CELLS, PART_CELLS = 16, 4


@dataclass(frozen=True, slots=True, eq=False)
class MapRows:
    """Rows of both maps, as they come with a band of the output; the input is the picture as it was worked on.

    Parameters
    ----------
    lr_top : int
        Row of the input at which the first two begin.
    error : ndarray, shape (h, W_lr), float32
        The result downscaled with the kernel against the input, root mean square over the channels, in [0, 1].
    beyond : ndarray, shape (h, W_lr), bool
        Where it is more than noise, compression and rounding explain.
    deviation : ndarray, shape (H, W), float16
        Standard deviation of the self-ensemble's passes, or of one pass of the network and of its earlier states; root
        mean square over the channels, in [0, 1] of the value range; NaN where there was nothing to compare with.
    """

    lr_top: int
    error: NDArray[np.float32]
    beyond: NDArray[np.bool_]
    deviation: NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Unstable:
    """How much of a result is disagreed about.

    Parameters
    ----------
    share : float
        Of the pixels, that deviate by more than `UNSTABLE_STD`.
    median_std : float
        The deviation that half of all pixels stay under, in [0, 1] of the value range.
    part : tuple of int
        Top, left, height and width of the part of the result, a quarter of its sides, in which most of them lie.
    part_share : float
        How many of them lie there, 0 to 1.
    """

    share: float
    median_std: float
    part: tuple[int, int, int, int]
    part_share: float


@dataclass(frozen=True, slots=True)
class MapFigures:
    """What both maps come to, as numbers.

    Parameters
    ----------
    beyond_share : float
        Of the input's pixels, where the result downscaled again differs by more than noise, compression and rounding
        explain.
    expected_share : float
        At most so many would by chance.
    unstable : Unstable or None
        None where nothing is known of it: a single pass and no earlier state, or interpolation.
    by_states : bool
        Whether the network was compared with its earlier states, since the blur allows one pass only, instead of the
        passes of the self-ensemble with each other.
    """

    beyond_share: float
    expected_share: float
    unstable: Unstable | None
    by_states: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Maps:
    """The maps of a whole result: see `MapRows`; `deviation` is None where nothing was compared anywhere.

    `members`, of the size of `deviation` too, is the standard deviation of the results of networks of other seeds,
    where they were asked for.
    """

    error: NDArray[np.float32]
    beyond: NDArray[np.bool_]
    deviation: NDArray[np.float16] | None
    members: NDArray[np.float16] | None = None

    @property
    def held_bytes(self) -> int:
        """Memory that they take."""
        return sum(one.nbytes for one in (self.error, self.beyond, self.deviation, self.members) if one is not None)


class MapCollector:
    """Puts the maps together from bands, or only their figures.

    Parameters
    ----------
    lr_size, hr_size : tuple of int
        Rows and columns of input and result.
    keeps : bool
        Whether the maps themselves are wanted, too.
    """

    def __init__(self, lr_size: tuple[int, int], hr_size: tuple[int, int], *, keeps: bool) -> None:
        self._lr_size, self._hr_size = lr_size, hr_size
        self._row = 0
        self._beyond = 0
        self._known = 0
        # Counts of unstable pixels per cell, and of all by their deviation: bits of a float16, in its order.
        self._cells = np.zeros((CELLS, CELLS), np.int64)
        self._histogram = np.zeros(2**15, np.int64)
        self._maps: tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float16]] | None = None
        if keeps:
            self._maps = np.empty(lr_size, np.float32), np.empty(lr_size, np.bool_), np.empty(hr_size, np.float16)

    def take(self, rows: MapRows) -> None:
        """Take the next rows, from the top on."""
        self._beyond += int(rows.beyond.sum())
        known = rows.deviation[~np.isnan(rows.deviation)]
        self._known += known.size
        self._histogram += np.bincount(known.view(np.uint16).ravel(), minlength=2**15)
        self._count_cells(rows.deviation > UNSTABLE_STD)
        if self._maps is not None:
            lr_rows = slice(rows.lr_top, rows.lr_top + len(rows.error))
            error, beyond, deviation = self._maps
            error[lr_rows], beyond[lr_rows] = rows.error, rows.beyond
            deviation[self._row : self._row + len(rows.deviation)] = rows.deviation
        self._row += len(rows.deviation)

    def figures(self, expected_share: float, *, by_states: bool = False) -> MapFigures:
        """Return what the rows so far come to; the parameters are those of `MapFigures`."""
        return MapFigures(self._beyond / math.prod(self._lr_size), expected_share, self._unstable(), by_states)

    @property
    def maps(self) -> Maps:
        """Both maps, once all rows are there.

        Raises
        ------
        ValueError
            If they were not wanted.
        """
        if self._maps is None:
            raise ValueError("only the figures of the maps were collected")
        error, beyond, deviation = self._maps
        return Maps(error, beyond, deviation if self._known else None)

    def _count_cells(self, unstable: NDArray[np.bool_]) -> None:
        height, width = self._hr_size
        columns = np.arange(width) * CELLS // width
        for row in range(CELLS):
            first, last = (max(0, -(-k * height // CELLS) - self._row) for k in (row, row + 1))
            if first < min(last, len(unstable)):
                counts = unstable[first:last].sum(axis=0)
                self._cells[row] += np.bincount(columns, counts, minlength=CELLS).astype(np.int64)

    def _unstable(self) -> Unstable | None:
        if not self._known:
            return None
        total = int(self._cells.sum())
        middle = int(np.searchsorted(np.cumsum(self._histogram), self._known / 2))
        median_std = float(np.array(middle, np.uint16).view(np.float16))
        windows = np.lib.stride_tricks.sliding_window_view(self._cells, (PART_CELLS, PART_CELLS)).sum(axis=(2, 3))
        row, column = divmod(int(windows.argmax()), windows.shape[1])
        (top, height), (left, width) = (
            _span(start, size) for start, size in zip((row, column), self._hr_size, strict=True)
        )
        part_share = float(windows.max()) / total if total else 0.0
        return Unstable(total / self._known, median_std, (top, left, height, width), part_share)


def earlier_states(orientations: int, ends: int, lr_px: int) -> int:
    """Tell with how many of the ends of earlier stages an output of so many orientations is compared.

    Parameters
    ----------
    orientations : int
        Of which the output is made.
    ends : int
        Of stages, that are known.
    lr_px : int
        Pixels of the picture.
    """
    return min(EARLIER_STATES, ends, COMPARED_PX // lr_px) if orientations == 1 else 0


def unstable_in(deviation: NDArray[np.float16]) -> Unstable | None:
    """Say how much of a whole map of deviations (H, W) is unstable, and where."""
    collector = MapCollector((1, 1), (deviation.shape[0], deviation.shape[1]), keeps=False)
    nothing = np.zeros((0, 1), np.float32)
    collector.take(MapRows(0, nothing, nothing.astype(np.bool_), deviation))
    return collector.figures(0.0).unstable


def _span(cell: int, size: int) -> tuple[int, int]:
    """Return where the part begins whose first cell this is, and how long it is, in pixels."""
    start, stop = (-(-k * size // CELLS) for k in (cell, cell + PART_CELLS))
    return start, stop - start
