"""What a kernel that is known only roughly might be: plausible kernels to train against. Imports no torch.

A network that is trained against one kernel learns to undo that very kernel, waves included that it nearly erases.
Where the true one differs there by a little, the error is multiplied: with the right widths but smooth taps, pictures
lost up to 7 dB against their true, rough kernels. Trained against plausible kernels, the network raises only what
each of them allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.kernels.kernel import MAX_SIZE, Kernel
from zssr_studio.engine.kernels.shapes import stretched

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.config import Factors

MEMBERS = 64
# Deviation of the stretch, as a share of the uncertainty: a width is known better than the single taps are.
STRETCH_SHARE = 1 / 9


@dataclass(frozen=True, slots=True, eq=False)
class PlausibleKernels:
    """Kernels that an uncertain one might be, on one grid.

    Parameters
    ----------
    middle : Kernel
        The uncertain kernel, laid on the grid with its centre of mass in the middle.
    taps : ndarray, shape (MEMBERS, n, m), float64
        Of its members, each summing to 1, about the same origin. Roughness moves a centre of mass by hundredths of a
        pixel; so it does in the kernel of the picture, whose place nobody corrects.
    """

    middle: Kernel
    taps: NDArray[np.float64]


def draw_plausible(kernel: Kernel, scale: Factors, seed: int) -> PlausibleKernels:
    """Draw the kernels that an uncertain one might be.

    Parameters
    ----------
    kernel : Kernel
    scale : tuple of float
        Vertical and horizontal.
    seed : int

    Returns
    -------
    PlausibleKernels
        Each member is stretched by a normal draw about 1 whose deviation is a ninth of the uncertainty, and each of its
        taps multiplied by a uniform draw from 1 - uncertainty to 1 + uncertainty.
    """
    rng = np.random.default_rng(seed)
    most = MAX_SIZE / (max(kernel.taps.shape) + 2)
    factors = np.exp(STRETCH_SHARE * kernel.uncertainty * rng.standard_normal(MEMBERS)).clip(max=most)
    smooth = [stretched(kernel, float(factor), scale).taps for factor in (1.0, *factors)]
    size = np.max([taps.shape for taps in smooth], axis=0)
    middle, *members = (_laid(taps, size) for taps in smooth)
    rough = np.stack(members) * (1 + rng.uniform(-kernel.uncertainty, kernel.uncertainty, (MEMBERS, *size)))
    return PlausibleKernels(Kernel(middle, kernel.name), rough / rough.sum(axis=(1, 2), keepdims=True))


def _laid(taps: NDArray[np.float64], size: NDArray[np.int64]) -> NDArray[np.float64]:
    """Lay a kernel in the middle of a larger grid; the sizes of stretched kernels have one parity."""
    return np.pad(taps, [((whole - n) // 2,) * 2 for n, whole in zip(taps.shape, size, strict=True)])
