"""One rung: a picture becomes a fifth larger, with detail from exemplars, block by block."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, TypeVar

import torch

from zssr_studio.engine.config import enlarged_px
from zssr_studio.engine.degradation.regions import Region
from zssr_studio.engine.degradation.resample import resize
from zssr_studio.methods.selfex.blend import detail_of, overlapped
from zssr_studio.methods.selfex.exemplars import RADIUS_PX, enlarged_and_blurred, exemplars_of, mirrored_part
from zssr_studio.methods.selfex.search import Search

if TYPE_CHECKING:
    from collections.abc import Generator

    from zssr_studio.engine.degradation.regions import Size
    from zssr_studio.methods.selfex.planes import Plane

R = TypeVar("R")

# Smaller versions of the picture that are looked in beside itself, each a rung smaller. Measured on Set5 x2, images 2
# and 3: 1 and 2 give 36.44 and 36.49 dB.
SMALLER_VERSIONS = 2
# Pixels of a side of what is enriched at once, which takes some 700 MB. Chosen.
BLOCK_PX = 512
# A block looks for exemplars in its own place and so far around it, in each version. Chosen.
LOOKED_PX = 96


class Rung:
    """A small enlargement, with everything that is the same for all its blocks.

    Parameters
    ----------
    picture : Tensor, shape (1, 1, H, W), float32
    factors : tuple of float
    size : tuple of int
        Rows and columns that it becomes.
    generator : torch.Generator
    planes : tuple of Plane
        Of the scene.
    transformed : bool
        Whether exemplars may be more than moved and scaled.
    """

    def __init__(
        self,
        picture: torch.Tensor,
        factors: tuple[float, float],
        size: Size,
        generator: torch.Generator,
        planes: tuple[Plane, ...],
        *,
        transformed: bool,
    ) -> None:
        self._versions, self._factors, self._size = [picture], factors, size
        smaller = (1 / factors[0], 1 / factors[1])
        for _ in range(SMALLER_VERSIONS):
            last = self._versions[-1]
            below = (enlarged_px(last.shape[-2], smaller[0]), enlarged_px(last.shape[-1], smaller[1]))
            self._versions.append(resize(last, smaller, below))
        self._coarse = enlarged_and_blurred(picture, factors, size)
        self._generator, self._planes, self._transformed = generator, planes, transformed

    def enriched(self) -> Generator[float, None, torch.Tensor]:
        """Return the enlarged picture with detail, (1, 1, *size); yields the share that is done."""
        sums = torch.zeros((2, self._size[0] + 2 * RADIUS_PX, self._size[1] + 2 * RADIUS_PX))
        starts = list(product(range(0, self._size[0], BLOCK_PX), range(0, self._size[1], BLOCK_PX)))
        for number, (top, left) in enumerate(starts):
            stop = (min(top + BLOCK_PX, self._size[0]), min(left + BLOCK_PX, self._size[1]))
            work = self._detail(Region((top, left), stop))
            spread = yield from as_share(work, number / len(starts), (number + 1) / len(starts))
            sums[:, top : stop[0] + 2 * RADIUS_PX, left : stop[1] + 2 * RADIUS_PX] += spread
        inside = sums[:, RADIUS_PX:-RADIUS_PX, RADIUS_PX:-RADIUS_PX]
        return self._coarse + inside[0] / inside[1]

    def _detail(self, block: Region) -> Generator[float, None, torch.Tensor]:
        """Return what `overlapped` does for the detail of a block."""
        regions = [self._looked_in(block, version) for version in self._versions]
        exemplars = exemplars_of(self._versions, self._factors, regions)
        grid = torch.cartesian_prod(*(torch.arange(a, b) for a, b in zip(block.start, block.stop, strict=True)))
        shares = (grid + 0.5) / torch.tensor(self._size)
        around = mirrored_part(self._coarse, block, RADIUS_PX)[0, 0]
        search = Search(around, shares, exemplars, self._generator)
        transforming = 0.5 if self._transformed else 1.0
        yield from as_share(search.translated(), 0.0, 0.9 * transforming)
        if self._transformed:
            yield from as_share(search.transformed(self._planes, max(self._factors)), 0.45, 0.9)
        detail = detail_of(search.matches, search.wanted, exemplars)
        return overlapped(detail, block.size)

    def _looked_in(self, block: Region, version: torch.Tensor) -> Region:
        """Return where in a version exemplars of a block are looked for."""
        starts, stops = [], []
        for first, last, whole, size in zip(block.start, block.stop, self._size, version.shape[-2:], strict=True):
            starts.append(max(0, first * size // whole - LOOKED_PX))
            stops.append(min(size, -(-last * size // whole) + LOOKED_PX))
        return Region((starts[0], starts[1]), (stops[0], stops[1]))


def as_share(work: Generator[float, None, R], first: float, last: float) -> Generator[float, None, R]:
    """Advance a part of a work, telling the share of it that is done as one of all, from `first` to `last`."""
    while True:
        try:
            done = next(work)
        except StopIteration as end:
            result: R = end.value
            return result
        yield first + (last - first) * done
