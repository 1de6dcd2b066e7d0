"""What a kernel that is known only roughly might be: a cloud of kernels to train against. Imports no torch.

A network that is trained against one kernel learns to undo that very kernel, waves included that it nearly erases.
Where the true one differs there by a little, the error is multiplied: with the right widths but smooth taps, pictures
lost up to 7 dB against their true, rough kernels. Trained against a cloud, the network raises only what each member of
it allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zssr_studio.engine.kernel import MAX_SIZE, Kernel
from zssr_studio.engine.kernel_shapes import stretched

if TYPE_CHECKING:
    from zssr_studio.engine.config import Factors

MEMBERS = 64
# Deviation of the stretch, as a share of the doubt: a width is known better than the single taps are.
STRETCH_SHARE = 1 / 9


def plausible(kernel: Kernel, scale: Factors, seed: int) -> tuple[Kernel, ...]:
    """Draw the kernels that a doubtful one might be.

    Parameters
    ----------
    kernel : Kernel
    scale : tuple of float
        Vertical and horizontal.
    seed : int

    Returns
    -------
    tuple of Kernel
        `MEMBERS` of them, each stretched by a normal draw about 1 whose deviation is a ninth of the doubt, and each
        tap multiplied by a uniform draw from 1 - doubt to 1 + doubt. The kernel alone where nothing is in doubt.
    """
    if kernel.doubt == 0:
        return (kernel,)
    rng = np.random.default_rng(seed)
    return tuple(_member(kernel, scale, rng) for _ in range(MEMBERS))


def _member(kernel: Kernel, scale: Factors, rng: np.random.Generator) -> Kernel:
    most = MAX_SIZE / (max(kernel.taps.shape) + 2)
    factor = min(float(np.exp(STRETCH_SHARE * kernel.doubt * rng.standard_normal())), most)
    member = stretched(kernel, factor, scale)
    rough = member.taps * (1 + rng.uniform(-kernel.doubt, kernel.doubt, member.taps.shape))
    return Kernel.from_array(rough, kernel.name)
