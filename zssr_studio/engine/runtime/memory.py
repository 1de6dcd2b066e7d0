"""How much memory the output may take."""

from __future__ import annotations

import psutil
import torch

# What the machine keeps for other programs, and what a run takes at the least.
SPARE_SHARE = 0.6
LEAST_BYTES = 64_000_000
# The processor's libraries and the writing of a band take some beside the blocks.
OUTPUT_SHARE = 0.5


def held_bytes() -> int:
    """Return the memory that the program holds now."""
    return int(psutil.Process().memory_info().rss)


def budget_for_output(memory_bytes: int | None, device: torch.device) -> float:
    """Return the bytes that the blocks of the output may take together.

    Parameters
    ----------
    memory_bytes : int or None
        Budget of the whole program; what it holds already is taken off. None takes most of what is free.
    device : torch.device
        On an accelerator, its own free memory bounds the blocks as well.
    """
    if memory_bytes is None:
        free = SPARE_SHARE * psutil.virtual_memory().available
    else:
        free = OUTPUT_SHARE * (memory_bytes - held_bytes())
    if device.type == "cuda":
        free = min(free, OUTPUT_SHARE * torch.cuda.mem_get_info(device)[0])
    return max(LEAST_BYTES, free)
