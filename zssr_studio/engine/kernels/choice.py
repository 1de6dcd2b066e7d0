"""A kernel as the window and the terminal keep it before the scale is known: taps, a shape, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zssr_studio.engine.kernels.kernel import Kernel
from zssr_studio.engine.kernels.shapes import Shape

if TYPE_CHECKING:
    from zssr_studio.engine.config import Factors

# What a person writes where no kernel is named: antialiased bicubic downscaling, and to find it in the picture.
IDEAL, ESTIMATE = "bicubic", "estimate"
# None is the ideal degradation: antialiased bicubic.
KernelChoice = Kernel | Shape | None


def resolved(choice: KernelChoice, scale: Factors) -> Kernel | None:
    """Return the kernel for a scale; None is the ideal degradation."""
    return choice.kernel(scale) if isinstance(choice, Shape) else choice
