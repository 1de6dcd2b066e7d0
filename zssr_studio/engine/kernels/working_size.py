"""The size at which a picture is worked on: a blur that reaches far is undone on a smaller version. Imports no torch.

A network of few layers sees some pixels around each; of a line of 20 pixels it sees neither end, and undoes nothing.
Made smaller, the picture loses nothing that such a blur has left of it, and the line is as long as the network sees.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zssr_studio.engine.config import Scale

if TYPE_CHECKING:
    from zssr_studio.engine.kernels.kernel import Kernel

# Standard deviation of a blur along its long axis, in pixels of what is trained on, that is undone best: a picture
# under discs and lines of 1.5 and 2.0 lost 0.7 and 0.9 dB where it was made half as large, and under such of 3.0 and
# 3.5 it gained 1.7 and 0.6 (docs/lab, "Blurs that reach far").
BEST_STD_LR_PX = 1.75
# From what is trained on to the result. At 8 too little is there to learn from: text that could be read at 6 could not.
LARGEST_WORKING_FACTOR = 6
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
    wanted = round(kernel.widths_px[0] / math.sqrt(math.prod(scale.factors)) / BEST_STD_LR_PX)
    return max(1, min(wanted, int(LARGEST_WORKING_FACTOR / max(scale.factors)), min(lr_size) // LEAST_SIDE_PX))
