"""The size at which a picture is worked on: a blur that reaches far is undone on a smaller version. Imports no torch.

A network of few layers sees some pixels around each; of a line of 20 pixels it sees neither end, and undoes nothing.
Made smaller, the picture loses nothing that such a blur has left of it, and the line is as long as the network sees.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.engine.config import LARGEST_FACTOR, Scale

if TYPE_CHECKING:
    from zssr_studio.engine.kernels.kernel import Kernel

# Standard deviation of a blur along its long axis, in LR pixels, up to which it is undone at the picture's own size.
MOST_STD_LR_PX = 3.0
# Of fewer pixels a side nothing is learned.
LEAST_SIDE_PX = 48


@dataclass(frozen=True, slots=True)
class WorkingSize:
    """How a picture is worked on.

    Parameters
    ----------
    size : tuple of int
        Rows and columns of what is trained on.
    scale : Scale
        From there to the result, which has the size that was asked for.
    times : int
        How many times smaller than the picture that is; 1 where it is the picture.
    """

    size: tuple[int, int]
    scale: Scale
    times: int

    @classmethod
    def of(cls, kernel: Kernel | None, scale: Scale, lr_size: tuple[int, int]) -> WorkingSize:
        """Choose it for a kernel, a wanted scale and the size of the picture."""
        times = _times_smaller(kernel, scale, lr_size)
        if times == 1:
            return cls(lr_size, scale, times)
        height, width = (math.ceil(side / times) for side in lr_size)
        rows, columns = scale.out_size(*lr_size)
        return cls((height, width), Scale(rows / height, columns / width), times)


def _times_smaller(kernel: Kernel | None, scale: Scale, lr_size: tuple[int, int]) -> int:
    if kernel is None:
        return 1
    wanted = math.ceil(kernel.widths_px[0] / math.prod(scale.factors) ** 0.5 / MOST_STD_LR_PX)
    return max(1, min(wanted, int(LARGEST_FACTOR / max(scale.factors)), min(lr_size) // LEAST_SIDE_PX))
