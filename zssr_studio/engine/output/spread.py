"""How far passes of the network, or of its earlier states, deviate from each other, collected as they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


class Spread:
    """Sums up passes (1, C, H, W) without keeping them: their differences from the first, and the squares of those.

    Differences, since the squares of values near 1 would drown a deviation of a thousandth in 32 bits.
    """

    def __init__(self) -> None:
        self._first: torch.Tensor | None = None
        self._count = 0

    def add(self, output: torch.Tensor) -> None:
        """Count a pass; it is copied where it is kept."""
        self._count += 1
        if self._first is None:
            self._first = output.clone()
            return
        difference = output - self._first
        if self._count == 2:
            self._sum, self._squares = difference, difference.square().mean(dim=1, keepdim=True)
        else:
            self._sum += difference
            self._squares += difference.square().mean(dim=1, keepdim=True)

    def deviation(self) -> torch.Tensor | None:
        """Return the standard deviation (1, 1, H, W), root mean square over the channels; None of a single pass."""
        n = self._count
        if n < 2:
            return None
        variance = (self._squares - (self._sum / n).square().mean(dim=1, keepdim=True) * n) / (n - 1)
        return variance.clamp_min(0).sqrt()
