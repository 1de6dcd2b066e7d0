"""Interpolation in bands of rows, equal to the whole at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch

from zssr_studio.engine.config import PRESETS, Curve, Ensemble
from zssr_studio.engine.degradation.model import Degradation
from zssr_studio.engine.degradation.orientations import AS_IT_IS
from zssr_studio.engine.degradation.resample import AxisMap, needed, resample
from zssr_studio.engine.events import Band
from zssr_studio.engine.output.bands import BandOfOutput, bands, block_px
from zssr_studio.engine.output.enlarger import Enlarger
from zssr_studio.engine.runtime.device import CPU
from zssr_studio.engine.runtime.memory import budget_for_output
from zssr_studio.pipeline import to_array, to_tensor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zssr_studio.engine.config import Scale
    from zssr_studio.methods.assembly import Making
    from zssr_studio.methods.method import Allowance

# Samples of the output that are made at once. Chosen: a band of a picture of any width then takes some megabytes.
SAMPLES_AT_ONCE = 2_000_000


def interpolated_bands(pixels: NDArray[np.float32], scale: Scale, curve: Curve) -> Making:
    """Interpolate pixels (H, W, C) by a curve; see `assembly.Making`."""
    lr = to_tensor(pixels, torch.device(CPU))
    height, width = scale.out_size(*pixels.shape[:2])
    step = max(1, SAMPLES_AT_ONCE // (width * pixels.shape[2]))
    for top in range(0, height, step):
        stop = min(height, top + step)
        yield Band(top, to_array(interpolated(lr, scale, (top, stop), curve).clamp_(0, 1)), None)
        yield stop / height


def interpolated(lr: torch.Tensor, scale: Scale, rows: tuple[int, int], curve: Curve = Curve.CUBIC) -> torch.Tensor:
    """Interpolate a whole picture (1, C, h, w) to rows (first, one past the last) of its enlargement, not clipped."""
    height = AxisMap(scale.vertical, lr.shape[-2], *rows, curve=curve)
    width = AxisMap(scale.horizontal, lr.shape[-1], 0, scale.out_size(*lr.shape[-2:])[1], curve=curve)
    first, stop = needed(height)
    return resample(lr[..., first:stop, :], replace(height, in_start=first), width)


def back_projected_bands(pixels: NDArray[np.float32], scale: Scale, allowance: Allowance) -> Making:
    """Make of pixels (H, W, C) what a run falls back to where training does not beat it; see `assembly.Making`."""
    lr = to_tensor(pixels, torch.device(CPU))
    rounds = PRESETS["fast"].back_projections
    enlarger = Enlarger(None, scale.factors, Degradation(scale.factors), rounds, Ensemble.MEAN, (AS_IT_IS,))
    budget = budget_for_output(allowance.memory_bytes, lr.device)
    side = block_px(enlarger, lr.shape[1], (lr.shape[-2], lr.shape[-1]), budget)
    for made in bands(enlarger, lr, lr, side):
        yield Band(made.top, to_array(made.pixels), None) if isinstance(made, BandOfOutput) else made
