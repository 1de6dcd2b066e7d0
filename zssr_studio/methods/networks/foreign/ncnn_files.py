"""Networks of ncnn, such as Upscayl's: `NAME.param` describes the layers, and `NAME.bin` beside it has the weights."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.saving.places import check_ordinary
from zssr_studio.methods.networks.foreign.trial import answer_of, needed
from zssr_studio.methods.networks.network import Network

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = "7767517"
# Chosen: the largest in use have 3000 layers, described in 300 kB, and 70 MB of weights.
MAX_LAYERS, MAX_PARAM_BYTES, MAX_BIN_BYTES = 20_000, 5_000_000, 1_000_000_000
# Layers of which a pixel depends on those near it alone.
LOCAL = frozenset(
    (
        *(
            "Input",
            "Split",
            "Slice",
            "Concat",
            "MemoryData",
            "Noop",
            "Dropout",
            "BinaryOp",
            "UnaryOp",
            "Eltwise",
            "Scale",
        ),
        *("Convolution", "ConvolutionDepthWise", "BatchNorm", "PixelShuffle", "Interp", "Clip"),
        *("PReLU", "ReLU", "ELU", "GELU", "Mish", "Swish", "HardSwish", "Sigmoid", "TanH"),
    )
)
# In which place of its layer the count of weights stands.
WEIGHT_PLACES = {"Convolution": 6, "ConvolutionDepthWise": 6, "Deconvolution": 6, "DeconvolutionDepthWise": 6}
WEIGHT_PLACES |= {"InnerProduct": 2, "PReLU": 0}
FLOAT_BYTES, LIVE_TENSORS = 4, 8
# As ncnn writes what is no whole number, up to what factors are: 4.000000e+00, 5.000000e-01.
_FACTOR = re.compile(r"\d\.\d+(?:e[+-]0\d)?")


@dataclass(frozen=True, slots=True)
class Description:
    """What a `.param` file tells.

    Parameters
    ----------
    layers : int
    weights : int
        Numbers that were learned, without biases.
    widest : int
        Channels of the widest layer.
    halo_px : int or None
        Pixels around a block that its output may depend on; None where that is the whole picture.
    is_generative : bool
        Whether it interpolates between its layers, as ESRGAN's and Real-ESRGAN's networks do and others do not.
    """

    layers: int
    weights: int
    widest: int
    halo_px: int | None
    is_generative: bool


class NcnnModule(nn.Module):
    """Runs a network of ncnn on the processor.

    Parameters
    ----------
    param, weights : Path
    into, out : str
    """

    def __init__(self, param: Path, weights: Path, into: str, out: str) -> None:
        super().__init__()
        import ncnn

        self._ncnn, self._names = ncnn, (into, out)
        self._network = ncnn.Net()
        options = self._network.opt
        options.use_vulkan_compute = False
        options.num_threads = torch.get_num_threads()
        if self._network.load_param(str(param)) or self._network.load_model(str(weights)):
            raise BadInputError(f"{param.name} has changed while it was read. Try again.")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Enlarge (1, 3, h, w)."""
        extractor = self._network.create_extractor()
        # ncnn neither copies an array nor keeps it alive, so that it has to outlive the computation here.
        taken = x[0].cpu().contiguous().numpy()
        extractor.input(self._names[0], self._ncnn.Mat(taken))
        code, given = extractor.extract(self._names[1])
        if code:
            raise RuntimeError(f"ncnn gave up with code {code}")
        return torch.from_numpy(np.array(given, np.float32))[None].to(x.device)


def network_of_ncnn(path: Path) -> Network:
    """Read a network of ncnn.

    Parameters
    ----------
    path : Path
        Of its `.param` file.

    Raises
    ------
    BadInputError, FailureError
    """
    weights = path.with_suffix(".bin")
    for one in (path, weights):
        check_ordinary(one)
    try:
        told = described(path.name, _text(path), weights.stat().st_size)
    except FileNotFoundError as error:
        raise BadInputError(f"{path.name} needs {weights.name} beside it, which is not there. Put it there.") from error
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {error.strerror or error}. Check the name or the disk.") from error
    answer = answer_of("ncnn", path, weights)
    try:
        module = NcnnModule(path, weights, answer.into, answer.out)
    except ImportError as error:
        raise needed(path, "ncnn", str(error)) from error
    return Network(
        "ncnn",
        f"ncnn, {told.layers} layers",
        module,
        answer.channels,
        answer.scale,
        halo_px=told.halo_px,
        is_generative=told.is_generative,
        count=told.weights,
        bytes_per_px=FLOAT_BYTES * LIVE_TENSORS * max(told.widest, 3 * answer.scale**2),
    )


def _text(path: Path) -> str:
    if path.stat().st_size > MAX_PARAM_BYTES:
        raise BadInputError(f"{path.name} is too large for a description of layers. Choose another file.")
    return path.read_text(encoding="utf-8", errors="replace")


def described(name: str, text: str, bin_bytes: int) -> Description:
    """Read a description, and refuse one that cannot be true of weights of so many bytes.

    Raises
    ------
    BadInputError
    """
    lines = [line.split() for line in text.splitlines() if line.strip()]
    try:
        if lines[0] != [MAGIC]:
            raise BadInputError(f"{name} is no description of ncnn's layers. Choose a .param file.")
        count, blobs = (int(word) for word in lines[1])
        layers = [_layer(words) for words in lines[2:]]
    except (ValueError, IndexError) as error:
        raise BadInputError(f"{name} is damaged: a line of it is no layer. Copy it anew from where it is.") from error
    weights = sum(abs(values.get(WEIGHT_PLACES[kind], 0)) for kind, values in layers if kind in WEIGHT_PLACES)
    memory = sum(_product(values) for kind, values in layers if kind == "MemoryData")
    if not (0 < count == len(layers) <= MAX_LAYERS and 0 < blobs <= 4 * MAX_LAYERS) or bin_bytes > MAX_BIN_BYTES:
        raise BadInputError(f"{name} tells of {count} layers and has {len(layers)}: it is damaged.")
    if weights + memory > bin_bytes:
        raise BadInputError(f"{name} tells of {weights + memory:,} weights, which is more than its .bin has bytes.")
    # Behind a layer that makes its picture smaller all others look farther than their kernels tell.
    is_local = all(kind in LOCAL and not _shrinks(kind, values) for kind, values in layers)
    halo = sum(_reach_px(values) for kind, values in layers if kind.startswith("Convolution"))
    widest = max((values.get(0, 0) for kind, values in layers if kind.startswith("Convolution")), default=0)
    interpolates = any(kind == "Interp" for kind, _ in layers)
    return Description(len(layers), weights, widest, halo if is_local else None, interpolates)


def _layer(words: list[str]) -> tuple[str, dict[int, int]]:
    """Return a layer's kind and its numbers by their places, without what follows a point."""
    into, out = int(words[2]), int(words[3])
    values = {}
    for word in words[4 + into + out :]:
        place, _, value = word.partition("=")
        if value.lstrip("-").isdigit():
            values[int(place)] = int(value)
        elif _FACTOR.fullmatch(value):
            values[int(place)] = int(float(value))
    return words[0], values


def _shrinks(kind: str, values: dict[int, int]) -> bool:
    """Tell whether a layer may give fewer rows or columns than it takes, by its strides, factors or sizes."""
    if kind == "Interp":
        return min(values.get(1, 1), values.get(2, 1)) < 1 or bool(values.get(3) or values.get(4))
    return kind.startswith("Convolution") and max(values.get(3, 1), values.get(13, 1)) > 1


def _reach_px(values: dict[int, int]) -> int:
    """Return how far a convolution looks: half its kernel, as often as it is dilated."""
    return max(values.get(1, 1), values.get(11, 1)) // 2 * max(1, values.get(2, 1))


def _product(values: dict[int, int]) -> int:
    """Return how many numbers a layer of memory has: sides of 0 are not there."""
    product = 1
    for place in (0, 1, 2, 11):
        product *= abs(values.get(place, 0)) or 1
    return product
