"""How much memory the output may take."""

from __future__ import annotations

import psutil
import torch

from zssr_studio.errors import FailureError
from zssr_studio.host.machine import free_in_bounds_bytes, free_memory_bytes

# Share of the free memory that a run takes if no budget is given; the rest is for other programs. Chosen.
FREE_SHARE = 0.6
# A run takes this much however little is free. Chosen.
LEAST_BYTES = 64_000_000
# Share of a given budget, and of what a container leaves, that the blocks take; the processor's libraries and the
# writing of a band need the rest. Chosen; with it 100 megapixels x2 took 4.3 GB where 4 were allowed (docs/lab, "What
# it came to").
OUTPUT_SHARE = 0.5
FLOAT_BYTES = 4
# Copies of the result that training holds: the fathers. A picture of 1600 x 1066, x2, held 513 MB at most before the
# output, one of 800 x 532 410 MB: 20 bytes more for each pixel of the result, 1.7 copies.
VALUES_HELD = 2
# What training takes besides: of the same two 190 MB, over what the program held when it began.
TRAINING_BYTES = 200_000_000


def held_bytes() -> int:
    """Return the memory that this program uses now (its resident set)."""
    return int(psutil.Process().memory_info().rss)


def needed_bytes(out_values: int) -> int:
    """Estimate what training and the output take beside what the program holds before.

    Parameters
    ----------
    out_values : int
        Numbers in the result: its pixels times its channels.
    """
    return VALUES_HELD * FLOAT_BYTES * out_values + TRAINING_BYTES


def check_bounds(out_size: tuple[int, int], channels: int) -> None:
    """Refuse what a container or a limit of this process cannot hold, before it ends the program.

    Raises
    ------
    FailureError
    """
    (height, width), free = out_size, free_in_bounds_bytes()
    needed = needed_bytes(height * width * channels)
    if needed > free:
        raise FailureError(
            f"The container, service or shell that this runs in leaves {free / 1e6:.0f} MB of memory, and to enlarge "
            f"to {width} x {height} pixels takes about {needed / 1e6:.0f} MB more than now. Allow it more memory, draw "
            "a smaller crop or choose a smaller scale. The picture is untouched."
        )


def memory_failure(out_size: tuple[int, int]) -> FailureError:
    """Say that the memory was not enough."""
    height, width = out_size
    return FailureError(
        f"This machine's memory is not enough to enlarge to {width} x {height} pixels. Close other programs, draw a "
        "smaller crop or choose a smaller scale. The picture is untouched."
    )


def budget_for_output(memory_bytes: int | None, device: torch.device, kept_bytes: int = 0) -> float:
    """Return the bytes that the blocks of the output may take together.

    Parameters
    ----------
    memory_bytes : int or None
        Budget of the whole program; what it uses already is subtracted. None takes most of what is free, and less where
        a container bounds it, since a program that passes that bound is killed.
    device : torch.device
        On an accelerator, its own free memory bounds the blocks as well.
    kept_bytes : int
        What is kept of the output while it is made.
    """
    if memory_bytes is None:
        free = min(FREE_SHARE * free_memory_bytes(), OUTPUT_SHARE * (free_in_bounds_bytes() - kept_bytes))
    else:
        free = OUTPUT_SHARE * (memory_bytes - held_bytes())
    if device.type == "cuda":
        free = min(free, OUTPUT_SHARE * torch.cuda.mem_get_info(device)[0])
    return max(LEAST_BYTES, free)
