"""From exemplars to detail: combined as they rebuild each patch, and averaged where patches overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from zssr_studio.methods.selfex.exemplars import PATCH_PX, RADIUS_PX, patch_offsets
from zssr_studio.methods.selfex.matches import KEPT

if TYPE_CHECKING:
    from zssr_studio.engine.degradation.regions import Size
    from zssr_studio.methods.selfex.exemplars import Exemplars
    from zssr_studio.methods.selfex.matches import Matches

# How much the weights are held to those of a plain mean: of the exemplars' mean power, and of a variance that is not
# told apart, 12 of 255 squared. Measured on Set5 x2, image 3, and parts of Set14 x2, images 3, 13 (two) and 14, mean:
# shares of 0.01, 0.02 and 0.04 give 32.44, 32.48 and 32.51 dB, variances of 8 and 18 instead of 3 then 0.02 and 0.03
# more.
HELD_BACK, INDISTINCT = 0.04, 12 * PATCH_PX**2 / 255**2
# A patch counts less away from its centre.
COUNTED_SIGMA_PX = 2.0
# Patches that are combined at once: their exemplars then take some 60 MB.
AT_ONCE = 16384


def detail_of(matches: Matches, wanted: torch.Tensor, exemplars: Exemplars) -> torch.Tensor:
    """Return the detail of each patch: its exemplars', with the weights that rebuild the patch from them.

    Weights are those of least squares, held to a plain mean (locally linear embedding; Chang and others 2004).

    Parameters
    ----------
    matches : Matches
        Of n patches.
    wanted : Tensor, shape (n, PATCH_PX ** 2)
        The patches, without their means.
    exemplars : Exemplars

    Returns
    -------
    Tensor, shape (n, PATCH_PX ** 2)
    """
    parts = [slice(start, start + AT_ONCE) for start in range(0, len(wanted), AT_ONCE)]
    return torch.cat([_combined(matches, wanted, exemplars, part) for part in parts])


def _combined(matches: Matches, wanted: torch.Tensor, exemplars: Exemplars, part: slice) -> torch.Tensor:
    places, shapes = matches.places[part].flatten(0, 1), matches.shapes[part].flatten(0, 1)
    found = exemplars.patches(places, shapes, with_detail=True).reshape(2, -1, KEPT, PATCH_PX**2)
    compared, detail = found[0], found[1]
    products = compared @ compared.mT
    power = products.diagonal(dim1=1, dim2=2).mean(dim=1)
    held_back = (INDISTINCT + HELD_BACK * power)[:, None, None]
    wanted_of = compared @ wanted[part, :, None] + held_back / KEPT
    weights = torch.linalg.solve(products + held_back * torch.eye(KEPT), wanted_of)
    combined: torch.Tensor = (weights.mT @ detail)[:, 0]
    return combined


def overlapped(patches: torch.Tensor, size: Size) -> torch.Tensor:
    """Add patches up where they overlap, each with how much it counts.

    Parameters
    ----------
    patches : Tensor, shape (H * W, PATCH_PX ** 2)
    size : tuple of int
        H and W.

    Returns
    -------
    Tensor, shape (2, H + 2 * RADIUS_PX, W + 2 * RADIUS_PX)
        The sum, and how much was counted.
    """
    counts = torch.exp(-patch_offsets().square().sum(dim=1) / (2 * COUNTED_SIGMA_PX**2))
    weighted = torch.stack([patches * counts, counts.expand_as(patches)])
    padded = (size[0] + 2 * RADIUS_PX, size[1] + 2 * RADIUS_PX)
    return functional.fold(weighted.mT, padded, PATCH_PX)[:, 0]
