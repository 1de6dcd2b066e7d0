"""The blur kernel that made a low-resolution picture. Imports no torch: the window holds one early."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.errors import BadInputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

# Rows and columns, which bounds the time of a training step. Chosen.
MAX_SIZE = 64
# How far a centre of mass may lie from where the field's files have it: multiplicative noise on taps moves it by
# hundredths of a pixel. Chosen.
PLACED_TOLERANCE_PX = 0.2
# An origin that is this near to a half tap is taken for one, since it is then sampled without interpolation, and nobody
# sees a hundredth of a pixel. Chosen.
HALF_TAP_TOLERANCE_PX = 0.01
# Widths that differ by less than this share have no direction. Chosen.
ROUND_SHARE = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Kernel:
    """A blur kernel on the grid of the high-resolution picture.

    Parameters
    ----------
    taps : ndarray, shape (n, m), float64
        Sums to 1; made read-only. Correlated with the HR father (not flipped).
    name : str
        What a person calls it, such as the file's name.
    uncertainty : float
        In [0, 1]: the share by which its taps may be wrong, and twice the share by which its variances may. 0 means
        that the kernel is known exactly; `zssr_studio.engine.kernels.uncertainty` says what training makes of it.
    """

    taps: NDArray[np.float64]
    name: str = "kernel"
    uncertainty: float = 0.0

    def __post_init__(self) -> None:
        self.taps.setflags(write=False)
        check_uncertainty(self.uncertainty)

    def has_taps_of(self, other: Kernel) -> bool:
        """Whether another kernel blurs alike: a shape, or a project, makes another object each time."""
        return self is other or np.array_equal(self.taps, other.taps)

    @classmethod
    def from_array(cls, values: ArrayLike, name: str = "kernel", uncertainty: float = 0.0) -> Kernel:
        """Check an array, normalise its sum to 1 and make a kernel of it.

        Raises
        ------
        BadInputError
            With a sentence for a person: not two-dimensional, empty, over 64 pixels, not finite, sum not positive.
        """
        try:
            taps = _normalised(values)
        except ValueError as error:
            raise BadInputError(f"{name} cannot be used as a kernel: {error}. Choose another file.") from error
        return cls(taps, name, uncertainty)

    @property
    def centre_of_mass(self) -> tuple[float, float]:
        """Row and column of the centre of mass, in taps from the first one's middle."""
        rows, columns = np.indices(self.taps.shape)
        return float((rows * self.taps).sum()), float((columns * self.taps).sum())

    def origin(self, scale: tuple[float, float]) -> tuple[float, float]:
        """Where in the kernel the middle of a low-resolution pixel lies (row, column), in taps.

        LR pixel i shows HR position s*i + (s-1)/2. A kernel file of the field is placed for an integer scale s when its
        centre of mass sits at n//2 + (s - n%2)/2 for an odd n; one that is that close already (multiplicative noise
        moves the centre by hundredths) keeps its place to the bit. Any other kernel is taken at its centre of mass, so
        that the result is never shifted against the input.
        """
        mass = self.centre_of_mass
        return tuple(  # type: ignore[return-value]
            _origin(size, factor, centre) for size, factor, centre in zip(self.taps.shape, scale, mass, strict=True)
        )

    @property
    def widths_px(self) -> tuple[float, float]:
        """Standard deviations along the long and the short axis of the kernel, in HR pixels."""
        short, long = np.sqrt(np.maximum(np.linalg.eigvalsh(self._covariance()), 0))
        return float(long), float(short)

    @property
    def angle_deg(self) -> float | None:
        """Direction of the long axis in [0, 180), counter-clockwise from the horizontal axis; None if it is round."""
        long, short = self.widths_px
        if long - short <= ROUND_SHARE * long:
            return None
        row, column = np.linalg.eigh(self._covariance())[1][:, 1]
        # Rows count downwards.
        return math.degrees(math.atan2(-row, column)) % 180.0

    def _covariance(self) -> NDArray[np.float64]:
        rows, columns = np.indices(self.taps.shape)
        offsets = np.stack([rows - self.centre_of_mass[0], columns - self.centre_of_mass[1]])
        covariance: NDArray[np.float64] = np.einsum("aij,bij,ij->ab", offsets, offsets, self.taps)
        return covariance


def stretched(kernel: Kernel, factors: float | tuple[float, float], scale: tuple[float, float]) -> Kernel:
    """Return a kernel stretched about its centre of mass, alike or by two factors, each tap as an area."""
    both = factors if isinstance(factors, tuple) else (factors, factors)
    rows, columns = (
        _tap_overlaps(size, centre, factor, target)
        for size, centre, factor, target in zip(kernel.taps.shape, kernel.centre_of_mass, both, scale, strict=True)
    )
    name = " x ".join(f"{factor:g}" for factor in dict.fromkeys(both))
    return Kernel.from_array(rows @ kernel.taps @ columns.T, f"{kernel.name} × {name}")


def _tap_overlaps(size: int, centre: float, factor: float, scale: float) -> NDArray[np.float64]:
    """Overlap of each old tap, stretched about the centre, with each new one, as a share of it: shape (new, size)."""
    reach = max(centre, size - 1 - centre) + 0.5
    count = tap_count(reach * factor, scale)
    edges = np.arange(count + 1) - count / 2
    low, high = ((np.arange(size) + end - centre) * factor for end in (-0.5, 0.5))
    shared = np.minimum(edges[1:, None], high) - np.maximum(edges[:-1, None], low)
    share: NDArray[np.float64] = shared.clip(0) / factor
    return share


def tap_count(reach_px: float, factor: float) -> int:
    """Count the taps along an axis: enough for the reach, and of the parity of the scale."""
    even = float(factor).is_integer() and int(factor) % 2 == 0
    count = max(1, math.ceil(2 * reach_px - 1e-9))
    return min(count + (count % 2 == even), MAX_SIZE if even else MAX_SIZE - 1)


def check_uncertainty(uncertainty: float) -> None:
    """Refuse an uncertainty about a kernel that is out of range.

    Raises
    ------
    BadInputError
    """
    if not 0 <= uncertainty <= 1:
        raise BadInputError(f"An uncertainty of {uncertainty:g} about a kernel is out of range; give 0 (exact) to 1.")


def _origin(size: int, factor: float, centre: float) -> float:
    placed = size // 2 + (factor - 1) / 2
    if size % 2 and float(factor).is_integer() and abs(centre - placed) <= PLACED_TOLERANCE_PX:
        return placed
    half_tap = round(2 * centre) / 2
    return half_tap if abs(centre - half_tap) <= HALF_TAP_TOLERANCE_PX else centre


def _normalised(values: ArrayLike) -> NDArray[np.float64]:
    taps = np.array(values, dtype=np.float64)
    if taps.ndim != 2:
        raise ValueError(f"a kernel has two dimensions, this one has {taps.ndim}")
    if 0 in taps.shape or max(taps.shape) > MAX_SIZE:
        size = " x ".join(map(str, taps.shape))
        raise ValueError(f"a kernel has 1 to {MAX_SIZE} rows and columns, this one has {size}")
    if not np.isfinite(taps).all():
        raise ValueError("a kernel holds finite numbers only, this one has NaN or infinite values")
    total = float(taps.sum())
    if total <= 1e-9 * float(np.abs(taps).sum()) or total <= 0:
        raise ValueError(f"a kernel has a positive sum, this one sums to {total:.3g}")
    return taps / total
