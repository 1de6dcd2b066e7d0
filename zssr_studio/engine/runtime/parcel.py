"""What the processor drew for several steps, sent to the device at once.

A copy from memory that is not pinned makes the processor wait until the device has done all that it was asked for. So
what a step needs is laid into one pinned buffer, which is copied while the device still computes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable

# Each tensor begins at a multiple of this, so that it can be read as numbers of any type.
ALIGNMENT_BYTES = 16


class Parcel:
    """Collects tensors of the processor, and has them on the device once it was sent.

    Parameters
    ----------
    device : device
    """

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._tensors: list[torch.Tensor] = []
        self._sent: list[torch.Tensor] = []

    def add(self, tensor: torch.Tensor) -> Callable[[], torch.Tensor]:
        """Take a tensor along; what is returned gives it on the device, after `send`."""
        index = len(self._tensors)
        self._tensors.append(tensor)
        return lambda: self._sent[index]

    def send(self) -> None:
        """Copy all that was added, by one copy; the processor keeps what it has."""
        if self._device.type == "cpu" or not self._tensors:
            self._sent = self._tensors
            return
        ends = [0]
        for tensor in self._tensors:
            ends.append(ends[-1] + -(-tensor.nbytes // ALIGNMENT_BYTES) * ALIGNMENT_BYTES)
        buffer = torch.empty(ends[-1], dtype=torch.uint8, pin_memory=self._device.type == "cuda")
        for start, tensor in zip(ends, self._tensors, strict=False):
            buffer[start : start + tensor.nbytes] = tensor.contiguous().view(-1).view(torch.uint8)
        sent = buffer.to(self._device, non_blocking=True)
        self._sent = [
            sent[start : start + tensor.nbytes].view(tensor.dtype).view(tensor.shape)
            for start, tensor in zip(ends, self._tensors, strict=False)
        ]
