"""Measures of agreement between pictures."""

from __future__ import annotations

import math

import torch


def squared_error(a: torch.Tensor, b: torch.Tensor) -> float:
    """Sum of the squared differences of two tensors of one shape, in 64 bits, which Apple's GPUs do not have."""
    return float((a - b).square().cpu().sum(dtype=torch.float64))


def rmse(a: torch.Tensor, b: torch.Tensor) -> float:
    """Root mean squared difference of two tensors of one shape."""
    return math.sqrt(squared_error(a, b) / a.numel())


def psnr_db(error_rmse: float) -> float:
    """Peak signal-to-noise ratio in dB of a root mean squared error, for a peak of 1; inf for no error."""
    return -20 * math.log10(error_rmse) if error_rmse else math.inf
