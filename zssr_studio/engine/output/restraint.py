"""Keeps flat parts from coming out rougher than interpolation leaves them.

Where they were to be cleaned, and where all that they vary by is too slight to be cleaned: a network that knows nothing
of noise raises it like detail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from zssr_studio.engine.degradation.regions import Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from zssr_studio.engine.degradation.model import Degradation
    from zssr_studio.engine.degradation.regions import Size

# A flat part is judged in windows of so many LR pixels a side, found on the picture made smaller by so much, so that
# low frequencies choose them and not the noise that is judged; with fewer than the least nothing is said. Chosen.
WINDOW_PX, THINNING = 24, 4
WINDOWS, LEAST_WINDOWS = 24, 4
# Windows that vary by more than so many times the noise, or the calmest one, hold texture, which may well come out
# clearer: of the twelve real pictures three lost 0.05 to 0.34 dB while such windows had a say.
CALM = 1.2
# Where no noise was found it is taken to be as strong as this: a little more would have been found and cleaned
# (`estimation.noise`), and a texture as weak is hardly seen. Chosen.
SLIGHT_STD = 0.0042
# Flat parts that vary by less than half a level of 8 bits show nothing of it.
SEEN_STD = 0.5 / 255
# Beyond these means a window is clipped and says nothing about noise. Chosen.
DARKEST, BRIGHTEST = 0.06, 0.94
# High frequencies are what differs from the mean of so many pixels a side; their strength is taken within so many.
# Chosen.
HIGH_FREQUENCY_PX, NEAR_PX = 3, 9
# With less than so many times the high frequencies of flat parts a place is as flat, with more it has detail. Chosen.
FLAT, DETAILED = 1.3, 2.0


@dataclass(frozen=True, slots=True)
class Restraint:
    """How much of what the network adds to interpolation is taken where a picture is flat; all where it has detail.

    Parameters
    ----------
    share : float
        From 0 to 1.
    floor : float
        Root mean square of the high frequencies in flat parts of the picture, in [0, 1] of the value range.
    """

    share: float
    floor: float

    @property
    def is_slight(self) -> bool:
        """Whether what flat parts hold is too slight to be cleaned."""
        return self.floor <= CALM * SLIGHT_STD

    def lr_needed(self, region: Region, lr_size: Size, degradation: Degradation) -> Region:
        """Return the part of the picture that is looked at for a region of the output."""
        needed, reach = degradation.lr_needed(region, lr_size), HIGH_FREQUENCY_PX // 2 + NEAR_PX // 2
        rows, columns = (
            (max(0, start - reach), min(size, stop + reach))
            for start, stop, size in zip(needed.start, needed.stop, lr_size, strict=True)
        )
        return Region.between(rows, columns)

    def taken(self, lr: torch.Tensor, region: Region, degradation: Degradation) -> torch.Tensor:
        """Return how much is taken in each pixel (1, 1, H, W) of a region of the output, 0 to 1."""
        lr_size = (lr.shape[-2], lr.shape[-1])
        held = self.lr_needed(region, lr_size, degradation)
        detail = ((high_frequencies(held.cut(lr)) / max(self.floor, 1e-6) - FLAT) / (DETAILED - FLAT)).clamp(0, 1)
        shares = self.share + (1 - self.share) * detail
        return degradation.upscale_part(shares, held.start, lr_size, region).clamp(0, 1)

    def applied(
        self, out: torch.Tensor, lr: torch.Tensor, region: Region, degradation: Degradation, taken: torch.Tensor
    ) -> torch.Tensor:
        """Restrain what a network made (1, C, H, W) of a region of the output of a whole picture (1, C, h, w)."""
        lr_size = (lr.shape[-2], lr.shape[-1])
        held = self.lr_needed(region, lr_size, degradation)
        plain = degradation.upscale_part(held.cut(lr), held.start, lr_size, region)
        return plain + taken * (out - plain)


def high_frequencies(picture: torch.Tensor) -> torch.Tensor:
    """Strength of the high frequencies about each pixel, root mean square: (1, C, h, w) to (1, 1, h, w)."""
    light = picture.mean(1, keepdim=True)
    return _mean_about((light - _mean_about(light, HIGH_FREQUENCY_PX)).square(), NEAR_PX).sqrt()


def flat_windows(lr: torch.Tensor) -> list[Region]:
    """Find the flattest windows of a picture (1, C, h, w) that are not clipped; a small picture has none."""
    if min(lr.shape[-2:]) < 2 * WINDOW_PX:
        return []
    small = F.avg_pool2d(lr.mean(1, keepdim=True), THINNING)
    steep = F.pad(small.diff(dim=-1).square(), (0, 1)) + F.pad(small.diff(dim=-2).square(), (0, 0, 0, 1))
    side = WINDOW_PX // THINNING
    means, roughness = (F.avg_pool2d(x, side, stride=side)[0, 0] for x in (small, steep))
    roughness = roughness.masked_fill((means < DARKEST) | (means > BRIGHTEST), torch.inf)
    order = roughness.flatten().argsort(stable=True)[:WINDOWS].tolist()
    corners = [(WINDOW_PX * (k // means.shape[1]), WINDOW_PX * (k % means.shape[1])) for k in order]
    found = [k for k, place in enumerate(order) if torch.isfinite(roughness.flatten()[place])]
    return [Region(corners[k], (corners[k][0] + WINDOW_PX, corners[k][1] + WINDOW_PX)) for k in found]


@torch.no_grad()
def restraint_for(
    lr: torch.Tensor, degradation: Degradation, noise_std: float, enlarged: Callable[[Region], torch.Tensor]
) -> Restraint | None:
    """Compare the flattest parts of an output with interpolation.

    Parameters
    ----------
    lr : Tensor, shape (1, C, h, w)
    degradation : Degradation
        Of the output against the picture.
    noise_std : float
        Of the brightness of the picture's noise, in [0, 1] of the value range; 0 where none is known.
    enlarged : callable
        Makes a region of the output.

    Returns
    -------
    Restraint or None
        The mixture by which flat parts come out calmest; None where, in the median, they are no rougher than
        interpolation leaves them, or nobody sees it.
    """
    windows = _calm(lr, flat_windows(lr), noise_std)
    if len(windows) < LEAST_WINDOWS:
        return None
    lr_size = (lr.shape[-2], lr.shape[-1])
    squares = []
    for window in windows:
        region = _enlarged(window, degradation, lr)
        needed = degradation.lr_needed(region, lr_size)
        plain = degradation.upscale_part(needed.cut(lr), needed.start, lr_size, region)
        varying, added = less_surface(plain), less_surface(enlarged(region) - plain)
        squares.append([float((a * b).mean()) for a, b in ((varying, varying), (varying, added), (added, added))])
    plain_square, product, added_square = torch.tensor(squares, dtype=torch.float64).T
    made_square = plain_square + 2 * product + added_square
    is_rougher = float((made_square / plain_square.clamp_min(1e-12)).median()) > 1
    if not is_rougher or float(made_square.median()) <= SEEN_STD**2:
        return None
    floor = float(torch.stack([high_frequencies(window.cut(lr)).square().mean() for window in windows]).mean().sqrt())
    return Restraint(min(1.0, max(0.0, -float(product.sum() / added_square.sum()))), floor)


def _calm(lr: torch.Tensor, windows: list[Region], noise_std: float) -> list[Region]:
    """Leave out windows that hold more than noise."""
    stds = [float(less_surface(window.cut(lr)).square().mean().sqrt()) for window in windows]
    # A texture as weak as slight noise is hardly seen, whatever else was found.
    bound = CALM * max(noise_std or min(stds, default=0.0), SLIGHT_STD)
    return [window for window, std in zip(windows, stds, strict=True) if std <= bound]


def _enlarged(window: Region, degradation: Degradation, lr: torch.Tensor) -> Region:
    """Return where a part of the picture lies in the output, in whole pixels."""
    ends = zip(window.start, window.stop, degradation.scale, degradation.hr_size(lr), strict=True)
    rows, columns = ((int(start * scale), min(int(stop * scale), size)) for start, stop, scale, size in ends)
    return Region.between(rows, columns)


def _mean_about(x: torch.Tensor, side: int) -> torch.Tensor:
    """Mean of so many pixels a side about each pixel; of those that there are at the border."""
    return F.avg_pool2d(x, side, stride=1, padding=side // 2, count_include_pad=False)


def less_surface(x: torch.Tensor) -> torch.Tensor:
    """Take a fitted quadratic surface from the brightness, the mean of all channels: (1, C, h, w) to (h * w,)."""
    rows, columns = (torch.linspace(-1, 1, n, dtype=torch.float64) for n in x.shape[-2:])
    r, c = (grid.flatten() for grid in torch.meshgrid(rows, columns, indexing="ij"))
    basis = torch.linalg.qr(torch.stack([torch.ones_like(r), r, c, r * r, c * c, r * c], dim=1)).Q
    values = x[0].mean(0).cpu().flatten().double()
    rest: torch.Tensor = values - (values @ basis) @ basis.T
    return rest
