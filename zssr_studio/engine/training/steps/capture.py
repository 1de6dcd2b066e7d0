"""Records the work of a step once, so that it can be done again without its operations being asked for one by one.

A graphics card does the small operations of a step faster than the processor can ask for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable

    # Records work without doing it, and returns what does it.
    Capture = Callable[[Callable[[], None]], Callable[[], None]]


def capture_for(device: torch.device) -> Capture | None:
    """Return how work is recorded on a device; None where it is not."""
    return _cuda_graph if device.type == "cuda" else None


def _cuda_graph(work: Callable[[], None]) -> Callable[[], None]:
    """Record work on a CUDA card as a graph; the tensors that it reads and writes must stay where they are."""
    graph = torch.cuda.CUDAGraph()
    # Other threads may use the card meanwhile, for other work.
    with torch.cuda.graph(graph, capture_error_mode="thread_local"):
        work()
    return graph.replay
