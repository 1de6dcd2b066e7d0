"""What the names of weight files tell, and the terminal's words for networks. Imports no torch."""

from __future__ import annotations

import re

TORCH_SUFFIXES = (".pth", ".pt", ".ckpt")
TENSOR_SUFFIXES = (".safetensors", *TORCH_SUFFIXES, ".mat")
WEIGHT_SUFFIXES = (*TENSOR_SUFFIXES, ".param", ".onnx")
# Behind a file it asks for the mean of the answers to the 8 flips and rotations, as in EDSR+.
ENSEMBLE_MARK = "+"
# Words for the same tensors.
_ALIKE = {"srgan": ("srgan", "srresnet"), "rrdb": ("rrdb", "esrgan"), "compact": ("compact", "srvgg")}
# The scale: x2, X4, 3x; no part of a longer number or word.
_SCALE = re.compile(r"(?<![a-z0-9])(?:x([2-8])|([2-8])x)(?![0-9a-z])", re.IGNORECASE)


def words_of(kind: str) -> tuple[str, ...]:
    """Return the terminal's words for a kind of network, its own first."""
    return _ALIKE.get(kind, (kind,))


def scale_of_name(name: str) -> int | None:
    """Return the scale that a file's name tells.

    Examples
    --------
    >>> scale_of_name("SRCNN_9-5-5_x3.mat"), scale_of_name("4x_net.pth"), scale_of_name("VDSR.mat")
    (3, 4, None)
    """
    told = {int(first or second) for first, second in _SCALE.findall(name.replace("_", " "))}
    return told.pop() if len(told) == 1 else None
