"""Networks in ONNX files, run by onnxruntime."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.saving.places import check_ordinary
from zssr_studio.methods.networks.foreign.onnx_fields import counted_weights
from zssr_studio.methods.networks.foreign.trial import Answer, answer_of, needed
from zssr_studio.methods.networks.network import Network, Values

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 2_000_000_000
# Of the square that a network takes, what lies around a block at each side. Chosen.
FIXED_HALO_SHARE = 8
# What runs on a pixel of the input is not told; assumed are three tensors of so many channels. Chosen: SwinIR has 180.
ASSUMED_CHANNELS, LIVE_TENSORS, FLOAT_BYTES = 256, 3, 4


class OnnxModule(nn.Module):
    """Runs a network of ONNX on the processor.

    Parameters
    ----------
    content : bytes
        Of the file: what is not in it is not loaded.
    answer : Answer
    """

    def __init__(self, content: bytes, answer: Answer) -> None:
        super().__init__()
        import onnxruntime
        from onnxruntime.capi import onnxruntime_pybind11_state as state

        # None of them is a RuntimeError, as what fails in torch and in ncnn.
        self._failures = (state.Fail, state.InvalidArgument, state.NotImplemented, state.RuntimeException)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        options.intra_op_num_threads = torch.get_num_threads()
        self._session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        self._answer = answer

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Enlarge (1, C, h, w)."""
        taken = x.cpu().contiguous().numpy().astype(self._answer.type)
        try:
            given = self._session.run([self._answer.out], {self._answer.into: taken})[0]
        except self._failures as error:
            raise RuntimeError(f"onnxruntime gave up: {' '.join(str(error).split())[:200]}") from error
        return torch.from_numpy(np.asarray(given, np.float32)).to(x.device)


def networks_of_onnx(path: Path) -> list[Network]:
    """Read a network of ONNX: one for each range of values that it may take.

    Raises
    ------
    BadInputError, FailureError
    """
    check_ordinary(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadInputError(f"{path.name} is larger than {MAX_BYTES / 1e9:g} GB, and no network in use is.")
        content = path.read_bytes()
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {error.strerror or error}. Check the name or the disk.") from error
    count = counted_weights(path.name, content)
    answer = answer_of("onnx", path)
    try:
        module = OnnxModule(content, answer)
    except ImportError as error:
        raise needed(path, "onnx", str(error)) from error
    fixed = answer.fixed_px
    return [
        Network(
            "onnx",
            f"ONNX, {count:,} parameters",
            module,
            answer.channels,
            answer.scale,
            values,
            multiple=fixed or 1,
            block_px=fixed and fixed - 2 * (fixed // FIXED_HALO_SHARE),
            count=count,
            bytes_per_px=FLOAT_BYTES * LIVE_TENSORS * max(ASSUMED_CHANNELS, 16 * answer.scale**2),
        )
        for values in (Values(), Values((255.0,)))
    ]
