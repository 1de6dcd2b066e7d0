"""How much memory the output may take."""

from __future__ import annotations

import psutil
import torch

# Share of the free memory that a run takes if no budget is given; the rest is for other programs. Chosen.
FREE_SHARE = 0.6
# A run takes this much however little is free. Chosen.
LEAST_BYTES = 64_000_000
# Share of a given budget that the blocks take; the processor's libraries and the writing of a band need the rest.
# Chosen; with it 100 megapixels x2 took 4.3 GB where 4 were allowed (docs/lab, "What it came to").
OUTPUT_SHARE = 0.5


def held_bytes() -> int:
    """Return the memory that this program uses now (its resident set)."""
    return int(psutil.Process().memory_info().rss)


def budget_for_output(memory_bytes: int | None, device: torch.device) -> float:
    """Return the bytes that the blocks of the output may take together.

    Parameters
    ----------
    memory_bytes : int or None
        Budget of the whole program; what it uses already is subtracted. None takes most of what is free.
    device : torch.device
        On an accelerator, its own free memory bounds the blocks as well.
    """
    if memory_bytes is None:
        free = FREE_SHARE * psutil.virtual_memory().available
    else:
        free = OUTPUT_SHARE * (memory_bytes - held_bytes())
    if device.type == "cuda":
        free = min(free, OUTPUT_SHARE * torch.cuda.mem_get_info(device)[0])
    return max(LEAST_BYTES, free)
