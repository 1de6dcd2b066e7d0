"""Brings an output nearer to the picture that it was enlarged from (Irani and Peleg 1991)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.engine.damage import LUMA

if TYPE_CHECKING:
    from collections.abc import Generator

    import torch

    from zssr_studio.engine.degradation.model import Degradation
    from zssr_studio.engine.degradation.regions import Region, Size

Strengths = tuple[float, float]


def back_projected(hr: torch.Tensor, lr: torch.Tensor, degradation: Degradation, rounds: int) -> torch.Tensor:
    """Add what the downscaled output lacks against the input, enlarged, again and again (Irani and Peleg 1991).

    Parameters
    ----------
    hr : Tensor, shape (1, C, H, W)
    lr : Tensor, shape (1, C, h, w)
        The picture that `hr` was enlarged from.
    rounds : int
        0 returns `hr` as it is.
    """
    for _ in range(rounds):
        error = lr - degradation.downscale(hr, (lr.shape[-2], lr.shape[-1]))
        hr = hr + degradation.upscale(error, (hr.shape[-2], hr.shape[-1]))
    return hr


@dataclass(frozen=True, slots=True)
class BackProjection:
    """Back-projection of a region of the output, from as much around it as each round needs.

    Parameters
    ----------
    degradation : Degradation
    lr_size, hr_size : tuple of int
        Of the whole picture and of the whole output.
    rounds : int
    strengths : tuple of float
        Factors on what a round adds: on its brightness (BT.601), and on the rest, its colour. A gray picture has no
        colour.
    """

    degradation: Degradation
    lr_size: Size
    hr_size: Size
    rounds: int
    strengths: Strengths = (1.0, 1.0)

    def outer(self, region: Region) -> Region:
        """Tell which region must be enlarged first, so that the rounds can be done for `region`."""
        steps = self._steps(region)
        return steps[0][0] if steps else region

    def apply(self, out: torch.Tensor, lr: torch.Tensor, region: Region) -> Generator[float, None, torch.Tensor]:
        """Back-project `out`, which is the output in `outer(region)`, and return it in `region`.

        Yields after each round the share of them that is done.
        """
        steps = self._steps(region)
        for done, (held, compared, kept) in enumerate(steps, start=1):
            error = compared.cut(lr) - self.degradation.downscale_part(out, held.start, self.hr_size, compared)
            added = self.degradation.upscale_part(error, compared.start, self.lr_size, kept)
            out = kept.cut(out, held.start) + self._weighted(added)
            yield done / len(steps)
        return out

    def interpolated(self, lr: torch.Tensor, region: Region) -> Generator[float, None, torch.Tensor]:
        """Return the bicubic enlargement of the whole picture, back-projected, in `region`.

        Yields the share of the rounds that is done.
        """
        outer = self.outer(region)
        needed = self.degradation.lr_needed(outer, self.lr_size)
        out = self.degradation.upscale_part(needed.cut(lr), needed.start, self.lr_size, outer)
        return (yield from self.apply(out, lr, region))

    def _weighted(self, added: torch.Tensor) -> torch.Tensor:
        of_luma, of_colour = self.strengths
        if of_luma == of_colour or added.shape[1] != len(LUMA):
            return of_luma * added
        luma = (added * added.new_tensor(LUMA)[:, None, None]).sum(dim=1, keepdim=True)
        return of_colour * added + (of_luma - of_colour) * luma

    def _steps(self, region: Region) -> list[tuple[Region, Region, Region]]:
        """For each round: the output region it starts from, the input region compared, the output region it leaves."""
        steps = []
        for _ in range(self.rounds):
            compared = self.degradation.lr_needed(region, self.lr_size)
            held = region.union(self.degradation.hr_needed(compared, self.hr_size))
            steps.append((held, compared, region))
            region = held
        return steps[::-1]
