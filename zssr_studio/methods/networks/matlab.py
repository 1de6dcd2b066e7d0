"""Networks in MATLAB files: SRCNN's (Dong et al.) and VDSR's (Kim et al.) as their authors gave them out."""

from __future__ import annotations

import math
import re
from typing import Any

import torch

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.kernels.mat_files import decode_mat

MAX_SIDE, MAX_AXES = 4096, 4
# Text of their numbers takes ten times as much; the largest there is has 3 MB.
MAX_BYTES = 20_000_000
_LAYER = re.compile(r"(?P<what>weight|bias)(?:es|s)?(?:_conv)?\{?(?P<number>\d+)\}?$")


def tensors_of_mat(name: str, content: bytes) -> dict[str, torch.Tensor]:
    """Turn a MATLAB file's arrays into tensors (out, in, k, k) and (out) of layers `conv1`, `conv2`, and so on.

    Raises
    ------
    BadInputError
    """
    if len(content) > MAX_BYTES:
        raise BadInputError(f"{name} is too large for a network in a MATLAB file. Give its weights as .safetensors.")
    arrays: dict[tuple[str, int], torch.Tensor] = {}
    for array in decode_mat(name, content, MAX_SIDE, MAX_AXES):
        told = _LAYER.search(array["name"])
        if told and array["values"] is not None:
            arrays[told["what"], int(told["number"])] = _tensor(array)
    last = max((number for _, number in arrays), default=0)
    tensors: dict[str, torch.Tensor] = {}
    into = 1
    for number in range(1, last + 1):
        if ("weight", number) not in arrays or ("bias", number) not in arrays:
            raise BadInputError(f"{name} lacks the weights or the biases of layer {number}. Choose another file.")
        bias = arrays["bias", number].flatten()
        weight = _weight(name, arrays["weight", number], into, bias.numel())
        tensors |= {f"conv{number}.weight": weight, f"conv{number}.bias": bias}
        into = bias.numel()
    return tensors


def _tensor(array: dict[str, Any]) -> torch.Tensor:
    return torch.tensor(array["values"], dtype=torch.float32).reshape(array["shape"])


def _weight(name: str, values: torch.Tensor, into: int, out: int) -> torch.Tensor:
    """Bring a layer's weights into PyTorch's order.

    Convolutions of MatConvNet have (k, k, in, out), where axes of 1 at the end are left out. SRCNN's have the taps in
    one axis, counted down the columns, with what comes in before it and what goes out behind: (k*k, out),
    (in, k*k, out) and, of the last one, (in, k*k).
    """
    shape, taps = values.shape, values.numel() // max(1, into * out)
    side = math.isqrt(taps)
    if side**2 * into * out != values.numel() or side % 2 == 0:
        raise BadInputError(f"{name} holds weights {tuple(shape)} where {into} channels come in and {out} go out.")
    if shape[:2] == (side, side) and (side > 1 or values.ndim == 4):
        return values.reshape(side, side, into, out).permute(3, 2, 0, 1).contiguous()
    columns_first = values.reshape(into, side, side, out)
    return columns_first.permute(3, 0, 2, 1).contiguous()
