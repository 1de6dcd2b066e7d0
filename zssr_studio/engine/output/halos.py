"""Keeps edges from coming out with halos, where the blur that was undone was not quite the picture's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch

from zssr_studio.engine.damage import LUMA
from zssr_studio.engine.degradation.regions import most_textured_part
from zssr_studio.engine.estimation.edges.sharpening import overshoots_of_edges
from zssr_studio.engine.relay import returned

if TYPE_CHECKING:
    from zssr_studio.engine.output.enlarger import Enlarger

# Of the height of an edge: 37 of 39 sharp pictures of BSD100, Set14 and Set5 stay under it where they were blurred, and
# so do results under a kernel that fits. One that is a third too wide makes 0.8 (docs/lab, "Halos").
MOST_OVERSHOOT = 0.4
# Side of the part that is looked at, in LR pixels. Chosen: one pass over it takes a third of a second.
PART_PX = 240


@torch.no_grad()
def share_without_halos(enlarger: Enlarger, lr: torch.Tensor) -> float:
    """Tell how much of what a network adds to interpolation can be taken before edges overshoot as those of halos.

    Only where a kernel was estimated or guessed: one that is known makes none, and a picture may have some of its own.

    Parameters
    ----------
    enlarger : Enlarger
        Of the picture, in one step.
    lr : Tensor, shape (1, C, h, w)

    Returns
    -------
    float
        From 0 to 1.
    """
    kernel = enlarger.degradation.kernel
    if enlarger.network is None or kernel is None or not kernel.uncertainty:
        return 1.0
    part = most_textured_part(lr, PART_PX)
    single = replace(enlarger, orientations=enlarger.orientations[:1], restraint=None)
    out = _brightness(returned(single.whole(part, part)))
    plain = _brightness(enlarger.degradation.upscale(part, enlarger.degradation.hr_size(part)))
    found = overshoots_of_edges(plain, plain, out)
    if found is None or found[1] <= MOST_OVERSHOOT:
        return 1.0
    # At the same edges a mixture overshoots as it is mixed.
    least, overshoot = found
    return float(np.clip((MOST_OVERSHOOT - least) / (overshoot - least), 0.0, 1.0))


def _brightness(x: torch.Tensor) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return the brightness of a picture (1, C, h, w), shape (h, w)."""
    pixels = x[0].cpu().double().numpy()
    weights = np.array(LUMA if len(pixels) == len(LUMA) else (1.0,))
    return np.tensordot(weights, pixels, axes=1)
