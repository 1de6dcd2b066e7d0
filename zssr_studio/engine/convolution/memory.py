"""Memory that a network computes in again at each step.

What is asked of the system anew at each step is cleared by it page by page, which takes longer than the arithmetic. And
a processor spends a part of a step on finding small pages (docs/lab/engine.md, "The computation"), so that large ones
are asked for where there are any.
"""

from __future__ import annotations

import contextlib
import math
import mmap
import sys

import torch

LARGE_PAGE_BYTES = 2**21
# Each tensor begins at a multiple of this, as torch's own do.
ALIGNMENT_BYTES = 64
FLOAT_BYTES = 4


class Memory:
    """Gives out tensors of zeros, one after the other, that lie on large pages."""

    def __init__(self) -> None:
        self._free = torch.empty(0)

    def take(self, *shape: int) -> torch.Tensor:
        """Return zeros of a shape, in 32 bits."""
        values = math.prod(shape)
        if values > len(self._free):
            self._free = _on_large_pages(max(4 * LARGE_PAGE_BYTES, FLOAT_BYTES * values))
        taken = self._free[:values].view(shape)
        aligned = ALIGNMENT_BYTES // FLOAT_BYTES
        self._free = self._free[-(-values // aligned) * aligned :]
        return taken


def _on_large_pages(size: int) -> torch.Tensor:
    """Return zeros of so many bytes at least; their memory is given back with the last tensor on it."""
    pages = -(-size // LARGE_PAGE_BYTES)
    if sys.platform != "linux":
        return torch.zeros(pages * LARGE_PAGE_BYTES // FLOAT_BYTES)
    try:
        # One page more, since large pages begin at multiples of their size.
        mapped = mmap.mmap(-1, (pages + 1) * LARGE_PAGE_BYTES, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    except OSError as error:
        raise MemoryError(f"{size} bytes for a network are not there") from error
    # A kernel that was built without large pages refuses, and gives small ones.
    with contextlib.suppress(OSError):
        mapped.madvise(mmap.MADV_HUGEPAGE)
    values = torch.frombuffer(mapped, dtype=torch.float32)
    before = -values.data_ptr() % LARGE_PAGE_BYTES // FLOAT_BYTES
    return values[before : before + pages * LARGE_PAGE_BYTES // FLOAT_BYTES]
