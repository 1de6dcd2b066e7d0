"""From a trained network to the output: tiles and self-ensemble (section 3.2 of the paper).

Everything here works on a region of the output at a time, with what the region needs around it, so that a picture of
any size is enlarged in bounded memory and to the same values as in one piece.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import torch

from zssr_studio.engine.config import Ensemble, enlarged_px
from zssr_studio.engine.degradation.orientations import AS_IT_IS
from zssr_studio.engine.degradation.regions import Region
from zssr_studio.engine.network import Window
from zssr_studio.engine.output.back_projection import BackProjection
from zssr_studio.engine.output.spread import Spread
from zssr_studio.engine.relay import relayed

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from zssr_studio.engine.degradation.model import Degradation
    from zssr_studio.engine.degradation.orientations import Orientation
    from zssr_studio.engine.degradation.regions import Size
    from zssr_studio.engine.network import SingleImageNetwork
    from zssr_studio.engine.output.back_projection import Strengths
    from zssr_studio.engine.output.restraint import Restraint

# Chosen, and not measured against others: the activations of 64 channels then take 67 MB.
HR_TILE_PX = 512
# Where the passes of a network deviate by more than the first it is taken in part, from the second on not at all. In
# [0, 1] of the value range. In fourteen pictures no pixel passed 0.085, and 0.34 where a motion was undone that three
# pictures did not have; where a network had grown beyond bounds they were hundreds apart (docs/lab/engine.md, "Beyond
# bounds").
DOUBTED_STD, DISCARDED_STD = 0.3, 0.6
# What back-projection and the copying of a region take, in passes of the network: measured for `fast` at 0.8 and for
# `best` at 0.3, x2 with 8 rounds on two cores, in blocks of 512 pixels. Chosen between, to tell how far it is.
REST_PASSES = 0.6


@torch.no_grad()
def enlarge_window(
    network: SingleImageNetwork,
    lr: torch.Tensor,
    scale: tuple[float, float],
    region: Region,
    orientation: Orientation = AS_IT_IS,
) -> torch.Tensor:
    """Enlarge one region of a whole picture (1, C, h, w) in one piece, equal to that part of the whole output."""
    margin = network.hr_halo_px
    lr_size = _size(lr)
    whole = [enlarged_px(n, s) for n, s in zip(lr_size, scale, strict=True)]
    grown = Region(
        _pair(max(0, start - margin) for start in region.start),
        _pair(min(size, stop + margin) for stop, size in zip(region.stop, whole, strict=True)),
    )
    halo = network.lr_halo_px
    starts = _pair(max(0, int(start / s) - halo) for start, s in zip(grown.start, scale, strict=True))
    stops = _pair(min(n, int(stop / s) + halo + 1) for stop, s, n in zip(grown.stop, scale, lr_size, strict=True))
    patch = Region(starts, stops).cut(lr)
    out: torch.Tensor = network(patch, Window(scale, lr_size, starts, grown.start, grown.stop), orientation)
    return region.cut(out, grown.start)


class Enlarged(NamedTuple):
    """A region of the output (1, C, H, W), how many passes it is made of, and how far these deviate (1, 1, H, W)."""

    pixels: torch.Tensor
    passes: int
    deviation: torch.Tensor | None = None


def never() -> bool:
    """Let all passes be made."""
    return False


@dataclass(frozen=True, slots=True, eq=False)
class Enlarger:
    """All that makes the output of a picture: the network and what is done with it.

    Parameters
    ----------
    network : SingleImageNetwork or None
        None gives back-projected interpolation.
    scale : tuple of float
        By which the network enlarges its source: the picture, or what an earlier step made of it.
    degradation : Degradation
        What made the picture of the output; back-projection goes all the way to the picture.
    rounds : int
        Of back-projection.
    ensemble : Ensemble
        For the median each orientation is back-projected before they are united, as in the paper; the mean commutes
        with back-projection, which is then done once.
    orientations : sequence of Orientation
        Those that are united.
    strengths : tuple of float
        Factors on what a round of back-projection adds: on its brightness, and on its colour.
    taken : float
        From 0 to 1: how much is taken of what the network adds to interpolation.
    restraint : Restraint or None
        Of what the network adds to flat parts.
    earlier : sequence of SingleImageNetwork
        States of the network that the output is compared with, where it is made of one pass; no pixel is made of them.
    """

    network: SingleImageNetwork | None
    scale: tuple[float, float]
    degradation: Degradation
    rounds: int
    ensemble: Ensemble
    orientations: Sequence[Orientation]
    strengths: Strengths = (1.0, 1.0)
    taken: float = 1.0
    restraint: Restraint | None = None
    earlier: Sequence[SingleImageNetwork] = ()

    def whole(self, lr: torch.Tensor, source: torch.Tensor) -> Generator[float, None, torch.Tensor]:
        """Enlarge a whole picture (1, C, h, w); yields the share that is done, returns (1, C, H, W)."""
        run = self.region(lr, source, Region((0, 0), self.degradation.hr_size(lr)))
        return (yield from relayed(run, lambda work: (work / self.work(self.passes),))).pixels

    @property
    def passes(self) -> int:
        """How many passes of the network the output is made of; 0 where it is interpolated."""
        return 0 if self.network is None else len(self.orientations)

    def work(self, passes: int) -> float:
        """Return how long a region takes that is made of so many passes, in passes of the network."""
        return passes + len(self.earlier) + REST_PASSES

    @torch.no_grad()
    def region(
        self, lr: torch.Tensor, source: torch.Tensor, region: Region, hurry: Callable[[], bool] = never
    ) -> Generator[float, None, Enlarged]:
        """Make a region of the output; yields the work that is done, in passes of the network.

        Parameters
        ----------
        lr, source : Tensor, shape (1, C, h, w)
            The picture, and what the network enlarges: the picture itself where there is one step.
        region : Region
        hurry : callable
            Asked after each pass; once it says True, those that are made have to do.
        """
        projection = BackProjection(
            self.degradation, _size(lr), self.degradation.hr_size(lr), self.rounds, self.strengths
        )
        if self.network is None:
            run = projection.interpolated(lr, region)
            return Enlarged((yield from relayed(run, lambda share: (REST_PASSES * share,))), 0)
        first = projection.outer(region)
        outputs: list[torch.Tensor] = []
        spread = Spread()
        for done, orientation in enumerate(self.orientations):
            if self.ensemble is Ensemble.MEDIAN:
                tiles = self._tiles(self.network, source, projection.outer(first), orientation)
                own = projection.apply((yield from _after(tiles, done)), lr, first)
                outputs.append((yield from _beside(own, done + 1)))
                spread.add(outputs[-1])
            else:
                output = yield from _after(self._tiles(self.network, source, first, orientation), done)
                spread.add(output)
                outputs = [outputs[0].add_(output)] if outputs else [output]
            made = done + 1
            if hurry():
                break
        # A median leaves out by itself what a few of the passes make up.
        is_median = self.ensemble is Ensemble.MEDIAN
        united = _median(outputs) if is_median else self._sound(outputs[0].div_(made), lr, first, spread.deviation())
        for done, network in enumerate(self.earlier, start=made):
            if hurry():
                break
            spread.add((yield from _after(self._tiles(network, source, first, self.orientations[0]), done)))
        rounds = projection.apply(united, lr, region)
        passed = made + len(self.earlier)
        out = yield from relayed(rounds, lambda share: (passed + REST_PASSES * share,))
        if self.taken < 1:
            out = torch.lerp(self._interpolated(lr, region), out, self.taken)
        if (deviation := spread.deviation()) is not None:
            deviation = self.taken * region.cut(deviation, first.start)
        if self.restraint is not None:
            taken = self.restraint.taken(lr, region, self.degradation)
            out = self.restraint.applied(out, lr, region, self.degradation, taken)
            deviation = None if deviation is None else taken * deviation
        return Enlarged(out, made, deviation)

    def _sound(
        self, out: torch.Tensor, lr: torch.Tensor, region: Region, deviation: torch.Tensor | None
    ) -> torch.Tensor:
        """Put interpolation where the passes of the network are too far from each other to be a picture."""
        if deviation is None or float(deviation.max()) <= DOUBTED_STD:
            return out
        believed = ((DISCARDED_STD - deviation) / (DISCARDED_STD - DOUBTED_STD)).nan_to_num(0.0).clamp(0, 1)
        plain = self._interpolated(lr, region)
        return torch.where(believed > 0, torch.lerp(plain, out, believed), plain)

    def _interpolated(self, lr: torch.Tensor, region: Region) -> torch.Tensor:
        needed = self.degradation.lr_needed(region, _size(lr))
        return self.degradation.upscale_part(needed.cut(lr), needed.start, _size(lr), region)

    def _tiles(
        self, network: SingleImageNetwork, source: torch.Tensor, region: Region, orientation: Orientation
    ) -> Generator[float, None, torch.Tensor]:
        out = source.new_empty((1, source.shape[1], *region.size))
        (top, left), (bottom, right) = region.start, region.stop
        corners = [(r, c) for r in range(top, bottom, HR_TILE_PX) for c in range(left, right, HR_TILE_PX)]
        for done, (row, column) in enumerate(corners, start=1):
            tile = Region((row, column), (min(bottom, row + HR_TILE_PX), min(right, column + HR_TILE_PX)))
            tile.cut(out, region.start).copy_(enlarge_window(network, source, self.scale, tile, orientation))
            yield done / len(corners)
        return out


def _after(tiles: Generator[float, None, torch.Tensor], done: int) -> Generator[float, None, torch.Tensor]:
    """Advance a pass, and yield how many passes are done with those before."""
    return relayed(tiles, lambda share: (done + share,))


def _beside(rounds: Generator[float, None, torch.Tensor], passes: int) -> Generator[float, None, torch.Tensor]:
    """Advance the rounds of one orientation, which count as a part of its pass."""
    return relayed(rounds, lambda _: (passes,))


def _median(outputs: list[torch.Tensor]) -> torch.Tensor:
    """Median, for an even count the mean of the middle two."""
    ordered = torch.stack(outputs).sort(dim=0).values
    low, high = (len(outputs) - 1) // 2, len(outputs) // 2
    return (ordered[low] + ordered[high]) / 2


def _size(x: torch.Tensor) -> Size:
    return x.shape[-2], x.shape[-1]


def _pair(values: Generator[int, None, None]) -> Size:
    first, second = values
    return first, second
