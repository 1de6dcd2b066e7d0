"""Tensors of the files that people have: safetensors, PyTorch's own without code, MATLAB."""

from __future__ import annotations

import io
import math
import pickle
import re
import zipfile
from typing import TYPE_CHECKING

import safetensors.torch
import torch
from safetensors import SafetensorError

from zssr_studio.errors import BadInputError
from zssr_studio.imaging.saving.places import check_ordinary
from zssr_studio.methods.names import TENSOR_SUFFIXES, WEIGHT_SUFFIXES
from zssr_studio.methods.networks.matlab import tensors_of_mat

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# The largest that are in use have 700 MB. Chosen.
MAX_BYTES = 2_000_000_000
# Where programs put a network's tensors among other things; averaged weights first, which are the ones to use.
WRAPPERS = (
    "params_ema",
    "params",
    "state_dict",
    "model_state_dict",
    "generator",
    "netG",
    "net_g",
    "model",
    "net",
    "weights",
)
GENERATORS = ("generator_ema.", "generator.", "netG.", "net_g.", "module.generator.")
MAX_WRAPPERS = 8
PREFIXES = ("module.", "_orig_mod.", "generator_ema.", "generator.", "netG.", "net_g.", "model.", "net.", "backbone.")
_DAMAGED = (EOFError, IndexError, KeyError, OSError, OverflowError, RecursionError, RuntimeError, TypeError, ValueError)


def read_tensors(path: Path) -> dict[str, torch.Tensor]:
    """Read the tensors of a network by their names, without what wraps them, as 32-bit numbers.

    No code of the file is run, and no more memory is taken than the file has bytes, a few times over.

    Raises
    ------
    BadInputError
        With a sentence for a person.
    """
    check_ordinary(path)
    suffix = path.suffix.lower()
    if suffix not in TENSOR_SUFFIXES:
        raise BadInputError(f"{path.name} is no file of weights. Give one that ends in {', '.join(WEIGHT_SUFFIXES)}.")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise BadInputError(f"{path.name} is larger than {MAX_BYTES / 1e9:g} GB, and no network in use is.")
        if size == 0:
            raise BadInputError(f"{path.name} is empty. Copy it anew from where it is.")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES)
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {error.strerror or error}. Check the name or the disk.") from error
    if suffix == ".mat":
        tensors = tensors_of_mat(path.name, content)
    else:
        tensors = _unwrapped(_loaded(path.name, content, suffix))
    return _checked(path.name, tensors, size)


def _loaded(name: str, content: bytes, suffix: str) -> object:
    """Load a file of PyTorch's or of safetensors."""
    try:
        if suffix == ".safetensors":
            return safetensors.torch.load(content)
        _refuse_packed(name, content)
        if b"bytearray" in content:  # PyTorch lets it through, and it can ask for all memory
            raise BadInputError(_objects(name, "bytearray"))
        return torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise _refused(name, str(error)) from error
    except (SafetensorError, zipfile.BadZipFile, *_DAMAGED) as error:
        raise BadInputError(f"{name} is damaged or no file of weights. Copy it anew from where it is.") from error


def _refuse_packed(name: str, content: bytes) -> None:
    """Refuse an archive whose parts unpack to more than they are: PyTorch packs none."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if any(part.file_size != part.compress_size for part in parts) or sum(one.file_size for one in parts) > len(
        content
    ):
        raise BadInputError(
            f"{name} was not opened: its parts unpack to more than the file has, as none of PyTorch's do. It was made "
            "to do harm."
        )


def _refused(name: str, told: str) -> BadInputError:
    """Say why a file was not opened, from what PyTorch tells: objects of Python in it, or nothing that it knows."""
    objects = re.search(r"(?:GLOBAL|instantiating|class) ([\w.]+)", told)
    if objects is None:
        return BadInputError(f"{name} is damaged or holds more than the tensors of a network. Copy it anew.")
    return BadInputError(_objects(name, objects[1]))


def _objects(name: str, told: str) -> str:
    return (
        f"{name} was not opened: it holds objects of Python ({told}), and reading those would run code of the file. "
        "Ask for its weights alone (a state_dict, or better .safetensors)."
    )


def _unwrapped(loaded: object) -> dict[str, torch.Tensor]:
    """Take the tensors out of what wraps them, and the prefixes that all their names share."""
    for _ in range(MAX_WRAPPERS):  # one could hold itself
        inner = next((loaded[key] for key in WRAPPERS if isinstance(loaded, dict) and key in loaded), None)
        if not isinstance(inner, dict):
            break
        loaded = inner
    if not isinstance(loaded, dict):
        return {}
    tensors = {str(name): value for name, value in loaded.items() if isinstance(value, torch.Tensor)}
    return _without_prefixes(_of_generator(tensors))


def _of_generator(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Leave out what a training keeps beside the network: a discriminator, the network of its loss."""
    for prefix in GENERATORS:
        own = {name: value for name, value in tensors.items() if name.startswith(prefix)}
        if own:
            return own
    return tensors


def _without_prefixes(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    while tensors:
        prefix = next((one for one in PREFIXES if all(name.startswith(one) for name in tensors)), None)
        if prefix is None:
            break
        tensors = {name.removeprefix(prefix): value for name, value in tensors.items()}
    return tensors


def _checked(name: str, tensors: Mapping[str, torch.Tensor], size: int) -> dict[str, torch.Tensor]:
    """Refuse what is no network; tensors that claim to be larger than the file are never looked at."""
    if not tensors:
        raise BadInputError(f"{name} holds no tensors of a network. Choose another file.")
    if any(value.layout != torch.strided or value.is_quantized or value.is_meta for value in tensors.values()):
        raise BadInputError(f"{name} holds tensors that are sparse, quantised or empty, which are run nowhere here.")
    claimed = sum(math.prod(value.shape) for value in tensors.values())
    if claimed > size:
        raise BadInputError(
            f"{name} claims to hold {claimed:,} numbers, which is more than it has bytes: it is damaged."
        )
    whole = {one: value.detach().float().contiguous() for one, value in tensors.items() if value.is_floating_point()}
    if not whole:
        raise BadInputError(f"{name} holds no tensors of floating-point numbers, of which networks here are made.")
    for one, value in whole.items():
        if not bool(value.isfinite().all()):
            raise BadInputError(
                f"{name} holds values that are no numbers (in {one}): its training failed or it is damaged."
            )
    return whole
