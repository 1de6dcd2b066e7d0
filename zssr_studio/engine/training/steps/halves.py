"""The gradients of a step, computed by two threads that take half of the batch each.

torch splits each operation among its threads and waits for the last of them. The tiles of a step are hundreds of short
operations: two threads took longer for them than one as soon as anything else ran, and for the 64 channels of `best`
even where nothing did. Two halves wait for each other once in a step (docs/lab/engine.md, "The computation").
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Gradients = tuple[torch.Tensor, tuple[torch.Tensor, ...]]


class Halves:
    """A thread that computes the second half of each batch; the one that asks computes the first."""

    def __init__(self) -> None:
        # Its thread ends with this object.
        self._other = ThreadPoolExecutor(1, "half of a batch", torch.set_num_threads, (1,))

    def gradients(
        self, loss_of: Callable[[slice], torch.Tensor], size: int, weights: Sequence[torch.Tensor]
    ) -> Gradients:
        """Return the sum of the losses of both halves and its gradients.

        Parameters
        ----------
        loss_of : callable
            Computes the loss of a part of the batch, on either thread.
        size : int
            Of the batch.
        weights : sequence of Tensor
            By which the gradients are.
        """
        begun = self._other.submit(_gradients, loss_of, slice(size // 2, size), weights)
        loss, gradients = _gradients(loss_of, slice(size // 2), weights)
        try:
            other_loss, others = begun.result()
        finally:
            # Its error leads to this frame, and with it to this object: its thread would stay until garbage is taken.
            del begun
        torch._foreach_add_(gradients, others)
        return loss + other_loss, gradients


def _gradients(loss_of: Callable[[slice], torch.Tensor], part: slice, weights: Sequence[torch.Tensor]) -> Gradients:
    loss = loss_of(part)
    return loss.detach(), torch.autograd.grad(loss, weights)
