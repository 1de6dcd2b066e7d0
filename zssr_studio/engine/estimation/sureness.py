"""How sure a finding is, in three steps that a person can tell apart. Imports no torch."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from zssr_studio.engine.damage import ColouredNoise
from zssr_studio.engine.kernels.estimate import UNSURE, Finding

if TYPE_CHECKING:
    from zssr_studio.engine.damage import Noise
    from zssr_studio.engine.kernels.estimate import Estimate

# How far the quarters of a picture may differ about the width of a blur: those of true blurs agree within 0.01 to 0.08
# in the median (docs/lab, "Out of focus and shaken"), and from 0.35 on nothing is undone. The steps are chosen.
SURE_SPREAD, LIKELY_SPREAD = 0.1, 0.2
# Found are 0.25 +- 0.11 where pictures were sharpened and 0.09 +- 0.09 where they were not (docs/lab, "Sharpening").
LIKELY_SHARPENING = 0.25
# Standard deviations as a share of the value range from which on noise is plainly seen. Chosen; of 39 sharp pictures
# one was taken for noisy, by less than this.
SURE_WHITE_STD, SURE_GRAIN_STD = 0.01, 0.02


class Sureness(StrEnum):
    """How much of a finding a person may believe."""

    SURE = "sure"
    LIKELY = "likely"
    NOT_SURE = "not sure"


def kernel_sureness(estimate: Estimate) -> Sureness:
    """Tell how sure what was found of a kernel is."""
    if estimate.finding in UNSURE:
        return Sureness.NOT_SURE
    if estimate.finding is Finding.SHARPENED:
        return Sureness.LIKELY if estimate.sharpening >= LIKELY_SHARPENING else Sureness.NOT_SURE
    spread = estimate.spread or 0.0
    if spread <= SURE_SPREAD:
        return Sureness.SURE
    return Sureness.LIKELY if spread <= LIKELY_SPREAD else Sureness.NOT_SURE


def noise_sureness(noise: Noise | ColouredNoise) -> Sureness:
    """Tell how sure it is that what was found is noise and no texture: weak noise is hard to tell from it."""
    if isinstance(noise, ColouredNoise):
        return Sureness.SURE if noise.luma_std() >= SURE_GRAIN_STD else Sureness.LIKELY
    return Sureness.SURE if noise.mean_std() >= SURE_WHITE_STD else Sureness.LIKELY


def jpeg_sureness(*, is_told_by_file: bool) -> Sureness:
    """Tell how sure a compression is: a JPEG file tells its own, blocks in another file are looked for."""
    return Sureness.SURE if is_told_by_file else Sureness.LIKELY
