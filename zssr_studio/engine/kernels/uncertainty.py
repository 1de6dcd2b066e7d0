"""Plausible kernels to train against where the true one is known only roughly. Imports no torch.

A network that is trained against one kernel learns to undo that very kernel, and so to amplify the frequencies that it
nearly erases. Where the true kernel differs there by a little, the error is amplified: with one smooth Gaussian of the
right widths, pictures lost 0.4 to 7 dB against their true, rough kernels (docs/lab, "The blur"). Trained against
plausible kernels, the network amplifies only what each of them allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.kernels.kernel import MAX_SIZE, Kernel, stretched

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zssr_studio.engine.config import Factors

# Plausible kernels that are drawn (docs/lab, "The blur"); no comparison was kept.
MEMBERS = 64
# Standard deviation of the stretch, as a share of the uncertainty: a width is known better than single taps are. So the
# usual uncertainty of 0.18 stretches by 0.02, which was compared with 0.03, 0.04 and 0.0625 (docs/lab, "The blur").
STRETCH_SHARE = 1 / 9


@dataclass(frozen=True, slots=True, eq=False)
class PlausibleKernels:
    """Kernels that an uncertain one might be, on one grid.

    Parameters
    ----------
    middle : Kernel
        The uncertain kernel, laid on the grid with its centre of mass in the middle.
    taps : ndarray, shape (MEMBERS, n, m), float64
        Of its members, each summing to 1, about the same origin. Rough taps move a centre of mass by hundredths of a
        pixel, which is not corrected: it is as uncertain in the true kernel.
    """

    middle: Kernel
    taps: NDArray[np.float64]


def draw_plausible(kernel: Kernel, scale: Factors, seed: int) -> PlausibleKernels:
    """Draw plausible kernels about an uncertain one.

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
    middle, *members = (_padded(taps, size) for taps in smooth)
    rough = np.stack(members) * (1 + rng.uniform(-kernel.uncertainty, kernel.uncertainty, (MEMBERS, *size)))
    return PlausibleKernels(Kernel(middle, kernel.name), rough / rough.sum(axis=(1, 2), keepdims=True))


def _padded(taps: NDArray[np.float64], size: NDArray[np.int64]) -> NDArray[np.float64]:
    """Pad a kernel evenly to a larger grid; the sizes of stretched kernels have one parity."""
    return np.pad(taps, [((whole - n) // 2,) * 2 for n, whole in zip(taps.shape, size, strict=True)])
