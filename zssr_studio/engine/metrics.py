"""Measures of agreement between pictures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


def rmse(a: torch.Tensor, b: torch.Tensor) -> float:
    """Root mean squared difference of two tensors of one shape."""
    return math.sqrt(float((a.double() - b.double()).square().mean()))


def psnr_db(error_rmse: float) -> float:
    """Peak signal-to-noise ratio in dB of a root mean squared error, for a peak of 1; inf for no error."""
    return -20 * math.log10(error_rmse) if error_rmse else math.inf
